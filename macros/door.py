"""The door to MkDocs: the only room that knows it.

A mistake in a page or a record never ends a build half-way and never stops the
server. It is logged with its place, shown on the page, and counted; at the end
a build with any problem fails and leaves the site that was built before.
"""

from __future__ import annotations

import inspect
import logging
import os
import shutil
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError
from markupsafe import Markup
from mkdocs.exceptions import Abort
from mkdocs.utils import CountHandler

from .components import MACROS
from .library import read
from .pages import BrokenRecordError, Page, read_site
from .problems import AuthorError, Problem, did_you_mean
from .render import block

# MkDocs counts what is logged below this name.
log = logging.getLogger("mkdocs.plugins.macros")

command = "build"
_build: Build | None = None
_output: Output | None = None


class Build:
    """One build: the site's records, the page whose macros run, and what went wrong."""

    def __init__(self, config: Any) -> None:
        root = Path(config.config_file_path).parent
        data, texts = root / "data", root / (os.environ.get("SOURCES") or "sources")
        self.docs = Path(config.docs_dir)
        library = read(data, texts, accept_unlocked=command == "serve")
        self.site, problems = read_site(library, self.docs)
        self.problems = sorted({*library.problems, *problems})
        for problem in self.problems:
            log.error(str(problem))
        self.page: Page | None = None
        self.offset = 0

    def report(self, text: str, line: int = 0) -> Markup:
        """Log a problem of the current page; return what its reader sees of it."""
        assert self.page
        problem = Problem(f"{self.docs.name}/{self.page.path}", line and line + self.offset, 0, text)
        log.error(str(problem))
        return block("problem", problems=[problem])


def open_build(env: Any) -> None:
    """Read the data and offer every macro to the pages."""
    global _build
    _build = Build(env.conf)
    for name, macro in MACROS.items():
        env.macro(_guarded(_build, macro), name)


def _guarded(build: Build, macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """A macro as pages call it: on the current page, its mistakes reported and shown."""
    signature = inspect.signature(macro)

    @wraps(macro)
    def call(*args: Any, **kwargs: Any) -> Markup:
        try:
            signature.bind(build.page, *args, **kwargs)
        except TypeError:
            takes = ", ".join(list(signature.parameters)[1:]) or "nothing"
            unknown = next((name for name in kwargs if name not in signature.parameters), "")
            near = did_you_mean(unknown, list(signature.parameters)[1:]) if unknown else ""
            what = f'no "{unknown}" in' if unknown else "the arguments do not fit"
            return build.report(f"{what} {macro.__name__}(), which takes {takes}{near}", _line())
        try:
            return macro(build.page, *args, **kwargs)
        except AuthorError as error:
            return build.report(str(error), _line())
        except BrokenRecordError as error:
            return block("problem", problems=error.problems)

    return call


def _line() -> int:
    """The line of the page, without its front matter, that is being rendered."""
    frame = sys._getframe()
    while frame:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back  # type: ignore[assignment]
    return 0


def render_page(env: Any) -> None:
    """Run the macros of a page, in the plugin's place: it would stop at the first mistake."""
    build = _build
    assert build
    page = env.page
    build.page = Page(build.site, page.file.src_uri)
    written = Path(page.file.abs_src_path).read_text(encoding="utf-8-sig")
    build.offset = written.rstrip().count("\n") - env.markdown.rstrip().count("\n")
    jinja = env.env
    jinja.undefined = _missing(build, list(jinja.globals))
    try:
        text = jinja.from_string(env.markdown).render(env.variables)
    except TemplateSyntaxError as error:
        text = build.report(f"is not a macro call: {error.message}", error.lineno)
    except Exception as error:
        text = build.report(f"cannot be rendered: {error}", _raised_at(error))
    problems = list(build.page.problems(build.docs.name))
    for problem in problems:
        log.error(str(problem))
    shown = [*build.problems, *problems] if command == "serve" else []
    panel = f"{block('problem', problems=shown)}\n\n" if shown else ""
    env.markdown = panel + text
    page.meta["render_macros"] = False


def _raised_at(error: BaseException) -> int:
    line, trace = 0, error.__traceback__
    while trace:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        line = int(template.get_corresponding_lineno(trace.tb_lineno)) if template else line
        trace = trace.tb_next
    return line


def _missing(build: Build, known: list[str]) -> type[StrictUndefined]:
    """What stands for a name that nobody defined: it reports itself and the page goes on."""

    class Missing(StrictUndefined):
        def _report(self, *_: Any, **__: Any) -> Markup:
            name = str(self._undefined_name)
            near = did_you_mean(name, known)
            return build.report(f'no macro "{name}"{near}', _line())

        __call__ = __str__ = __html__ = _report  # type: ignore[assignment]

        def __iter__(self) -> Any:
            self._report()
            return iter(())

        def __bool__(self) -> bool:
            self._report()
            return False

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self

        __getitem__ = __getattr__

    return Missing


class Output:
    """Where a build writes: beside the site, which it replaces only when nothing is wrong."""

    def __init__(self, config: Any) -> None:
        self.site = Path(config.site_dir)
        self.draft = self.site.with_name(self.site.name + ".new")
        config.site_dir = str(self.draft)
        self.counter = CountHandler()
        self.counter.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self.counter)

    def publish(self, config: Any) -> None:
        config.site_dir = str(self.site)
        count = sum(number for _, number in self.counter.get_counts())
        if count:
            self.discard()
            before = f"{self.site.name}/ is as it was" if self.site.exists() else "nothing was published"
            raise Abort(f"{count} problem{'s' if count > 1 else ''}; {before}")
        logging.getLogger("mkdocs").removeHandler(self.counter)
        old = self.site.with_name(self.site.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        if self.site.exists():
            self.site.rename(old)
        self.draft.rename(self.site)
        shutil.rmtree(old, ignore_errors=True)

    def discard(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self.counter)
        shutil.rmtree(self.draft, ignore_errors=True)


def begin(config: Any) -> None:
    """Before a build: write beside the published site."""
    global _output
    _output = None if command == "serve" else Output(config)
    if _output and _build and _build.problems:
        for _ in _build.problems:  # logged before the counter listened
            _output.counter.emit(logging.LogRecord("", logging.ERROR, "", 0, "", None, None))


def finish(config: Any) -> None:
    """After a build: publish it, or fail and keep what was there."""
    if _output:
        _output.publish(config)


def give_up() -> None:
    """When a build fails of itself: leave no draft behind."""
    if _output:
        _output.discard()
