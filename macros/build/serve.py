"""`mkdocs serve`: a save is seen at once, a mistake is shown on the page, and the server lives.

This module, `hooks.py` and `readers.py` stay while the server runs. All others are
loaded anew when a file under macros/ changes, and whatever they kept goes with them.
"""

from __future__ import annotations

import gc
import importlib
import logging
import sys
import threading
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from mkdocs.exceptions import Abort

from ..problems import Problem
from .readers import Readers
from .watch import Stamp, Watch, stamps

STAYING = ("macros/hooks.py", "macros/preview.py", "macros/readers.py")
INDEX = ("/search/search_index.json", "/search/names.json")

# MkDocs says these before the error itself, and knows less of the place.
FOLLOWED = ("Error building page", "Error reading page", "Error building template")

log = logging.getLogger("mkdocs.plugins.macros")


class Preview:
    """What one run of MkDocs knows from one build to the next."""

    def __init__(self, root: Path, *, serving: bool) -> None:
        self.root = root
        self.serving = serving
        self.code: dict[str, Stamp] | None = None
        self.heard: dict[str, Problem] = {}
        self.site: Path | None = None
        self.page = ""
        self.pages: dict[Path, str] = {}
        self.theme_key: object = None
        self.theme: Environment
        self.make_index: Callable[[], None] = lambda: None
        self.lock = threading.Lock()
        self.readers: Readers | None = None
        self.uses: Any = {}

    def report(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            log.error(str(problem), extra={"problems": [problem]})


_preview: Preview


def start(root: Path, *, serving: bool) -> None:
    """Begin to listen to what is logged, which is what the panel shows."""
    global _preview
    _preview = Preview(root, serving=serving)
    sys.path.insert(0, str(root))
    sys.dont_write_bytecode = serving  # a module saved twice in a second would not be seen the second time
    logger = logging.getLogger("mkdocs")
    listener = logging.Handler(logging.WARNING)
    listener.emit = _hear  # type: ignore[method-assign]
    for handler in [*logger.handlers, listener]:
        handler.addFilter(_give_place)
    logger.addHandler(listener)


def _give_place(record: logging.LogRecord) -> bool:
    """Let MkDocs' own warnings start as ours do, with a file and a line."""
    if record.levelno < logging.WARNING or record.name.startswith("mkdocs.livereload"):
        return True
    if record.getMessage().startswith(FOLLOWED):
        _preview.page = _of_the_day("errors").problems_from_log(record.getMessage(), _preview.root)[0].file
        return False
    if not hasattr(record, "problems"):
        record.problems = problems = _of_the_day("errors").problems_from_log(record.getMessage(), _preview.root)
        record.msg, record.args = "\n".join(map(str, problems)), ()
    return True


def _hear(record: logging.LogRecord) -> None:
    _preview.heard |= {str(each): each for each in getattr(record, "problems", ())}


def serving() -> bool:
    return _preview.serving


def door() -> Any:
    return _of_the_day("build")


def _of_the_day(name: str) -> Any:
    """A module as it was last loaded."""
    return importlib.import_module(f"macros.build.{name}")


def load_code() -> None:
    """Load the modules, anew if any file under macros/ has changed; one that is broken leaves the ones before."""
    now = dict(stamps(_preview.root / "macros"))
    before, _preview.code = _preview.code, None
    if before == now:
        _preview.code = now
        return
    first = "macros.build.build" not in sys.modules
    loaded = {} if first else {name: sys.modules.pop(name) for name in _ours()}
    try:
        for name in ("build", "errors", "error_overlay"):
            _of_the_day(name)
        _preview.code = now
    except Exception as error:
        for name in [] if first else _ours():
            del sys.modules[name]
        sys.modules.update(loaded)
        _preview.report([_of_the_day("errors").problem_from_error(error, _preview.root)])
        if first:
            raise Abort("nothing was built") from None
    for name in STAYING:
        path = str(_preview.root / name)
        if before and before.get(path) != now.get(path):
            _preview.report([Problem(name, 0, 0, "has changed, and is in use; start the server again")])


def _ours() -> list[str]:
    return [name for name in sys.modules if name.split(".")[0] == "macros" and name != __name__]


def keep_theme(theme: Any) -> None:
    """Serving, compile the templates of the theme when they change; MkDocs would at each build."""
    if not _preview.serving:
        return
    own = [theme.custom_dir] if theme.custom_dir else []
    key = theme.dirs, theme.locale, [each for folder in own for each in stamps(Path(folder))]
    if key != _preview.theme_key:
        env = theme.get_env()
        env.loader = ChoiceLoader([FileSystemLoader(own), Still([each for each in theme.dirs if each not in own])])
        _preview.theme_key, _preview.theme = key, env
    theme.get_env = lambda: _preview.theme


class Still(FileSystemLoader):
    """The theme's own templates, without its ten thousand icons: they do not change while the server runs."""

    @cache  # noqa: B019
    def list_templates(self) -> list[str]:
        return [name for name in super().list_templates() if not name.startswith(".")]


def put_open_first(nav: Any, files: Any, config: Any) -> None:
    """Have the pages that are open made before all others."""
    if _preview.readers and _preview.site:
        door().put_first(_preview.readers.pages(), nav, files, config)


def show_open(page: Any, content: str) -> None:
    """Once the pages that are open are made, show them; the build goes on."""
    made = door().made_first(page, content, _preview.uses)
    if not made or not _preview.readers or not _preview.site:
        return
    texts = {_preview.site / name: text for name, text in made.items()}
    pages = {path: text for path, text in texts.items() if path.suffix == ".html"}
    if _preview.heard:
        _keep_pages()
    if _preview.pages:
        _preview.pages |= pages
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    _show_panel(pages, door().addresses())
    _preview.readers.let_in()


def publish(config: Any) -> None:
    """After a build: publish it, and keep what the panel and the search need."""
    if _preview.readers and _preview.site:
        _preview.readers.keep_out(_preview.site)
    _preview.make_index = door().finish(config)
    _preview.pages.clear()
    _preview.uses = door().uses()
    if _preview.serving:
        _preview.site = Path(config.site_dir)
        _preview.report(_of_the_day("error_overlay").overlay_problems(_preview.root))
        _show(door().addresses())


def fail(error: Exception) -> None:
    """When a build fails of itself: say where, and leave no draft behind."""
    if "macros.build.build" in sys.modules:
        door().give_up()
    if not isinstance(error, Abort):
        _preview.report([_of_the_day("errors").problem_from_error(error, _preview.root, _preview.page)])
        raise Abort("the build failed; what was there before is as it was")


def _show(addresses: dict[str, str]) -> None:
    for path, text in _preview.pages.items():
        path.write_text(text, encoding="utf-8")
    if _preview.site and _preview.heard:
        _keep_pages()
        _show_panel(_preview.pages, addresses)


def _keep_pages() -> None:
    """Keep the pages as they are without the panel."""
    if _preview.site and not _preview.pages:
        _preview.pages = {path: path.read_text("utf-8") for path in _preview.site.rglob("*.html")}


def _show_panel(paths: Iterable[Path], addresses: dict[str, str]) -> None:
    if _preview.site and _preview.heard:
        order = sorted(_preview.heard.values(), key=lambda each: (each.file, each.line, each.column, each.text))
        _of_the_day("error_overlay").show_overlay(_preview.site, paths, order, addresses, _preview.root)


def take_over(server: Any, config: Any, builder: Callable[[], None]) -> None:
    """Let MkDocs' server watch and build as this module does."""
    for path in (config.docs_dir, config.config_file_path):
        server.unwatch(path)
    server.observer = Watch()
    for path in (config.docs_dir, config.config_file_path):
        server.watch(path)
    server.build_delay = 0.0
    server.builder = lambda: _rebuild(builder)
    readers = _preview.readers = Readers(server)

    def answer(environ: Any, start_response: Any) -> Any:
        if environ["PATH_INFO"].endswith(INDEX):
            with _preview.lock:
                _preview.make_index()
        return readers.answer(environ, start_response)

    server.set_app(answer)


def _rebuild(builder: Callable[[], None]) -> None:
    """Build again. What goes wrong is shown on the pages of the build before, which stay."""
    assert _preview.readers
    assert _preview.site
    with _preview.lock:
        _preview.heard.clear()
        _preview.page = ""
        _preview.readers.begin()
        gc.disable()
        try:
            builder()
        except (Exception, SystemExit) as error:
            if not _preview.heard:
                _preview.report([_of_the_day("errors").problem_from_error(error, _preview.root)])
            _preview.readers.keep_out(_preview.site)
            _show({})
        finally:
            gc.enable()
        _preview.readers.settle(_preview.site)
