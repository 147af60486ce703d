"""Macro calls in the text of a page: run, their mistakes shown in place, their output hidden from Markdown."""

import inspect
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.utils import missing
from markupsafe import Markup, escape
from mkdocs.structure.pages import Page as MkDocsPage

from ..components.placeholders import Placeholders, refer_to_marks
from ..components.rendering import MACROS, Macro, render_block
from ..exports.schema_org import PAGE_TYPES
from ..library.library import BrokenRecordError, Library
from ..library.yaml import decode_text
from ..pages.front_matter import FRONT_MATTER, TYPES
from ..pages.page import Page
from ..pages.site import read_site
from ..pages.syntax_mistakes import calls_without_braces, explain_syntax_error, open_elements
from ..problems import AuthorError, Problem, ProblemsFoundError, did_you_mean, find_line, line_at, listed
from .errors import problem_from_error
from .project import link_problems, page_urls, read_files, walk_items

# Most pages hold only prose, comments, code set apart and calls like {{ cite("an-id") }}: no template is needed.
PLAIN = re.compile(
    r"\{##(?:(?!\{##).)*?##\}|\{% raw %\}(?P<raw>(?:(?!\{% raw).)*?)\{% endraw %\}"
    r'|\{\{\s*(?P<macro>\w+)\((?P<arguments>(?:\s*(?:\w+=)?"[^"\\{}]*"(?:\s*,)?)*)\s*\)\s*\}\}',
    re.DOTALL,
)
ARGUMENT = re.compile(r'(?:(\w+)=)?"([^"]*)"')
# What looks into a value or changes it, and the filters that leave it as it is, or put it into more.
CHANGING = (nodes.Filter, nodes.FilterBlock, nodes.Compare, nodes.Getitem, nodes.Getattr)
KEEPING = ("d", "default", "e", "escape", "format", "indent", "join", "safe", "string", "trim")
SIGNS = ("{{", "{%", "{##")


_signature_of = cache(inspect.signature)  # one of each macro, for thousands of calls
new_environment = partial(Environment, comment_start_string="{##", comment_end_string="##}")


@dataclass
class Calls:
    """The macros as a text of a page calls them: each is guarded, so that a mistake never stops a page.

    `report` is told every problem, `root` is the project's folder. `jinja` is for a text with code of its own,
    which reads the settings of `mkdocs_page` and the `variables`; `offset` lines of front matter came before it.
    """

    page: Page
    report: Callable[[Problem], None]
    root: Path = Path()
    jinja: Environment = field(default_factory=new_environment)
    variables: Mapping[str, Any] = field(default_factory=dict)
    mkdocs_page: MkDocsPage | None = None
    offset: int = 0
    line: int = field(default=0, init=False)  # of the call that runs, where that is known

    def __post_init__(self) -> None:
        self.placeholders = Placeholders(self._tell)
        self.macros = {name: partial(self._call, macro) for name, macro in MACROS.items()}

    def run(self, text: str) -> str:
        """Return the Markdown of the text, with its macros run."""
        text = refer_to_marks(text)
        for what, line in calls_without_braces(text, self.macros):
            self._tell(what, line)
        text = self._run_plain(text) if is_plain(text) else self._render(text)
        for what, line in open_elements(text):
            self._tell(what, line)
        return text

    def _render(self, text: str) -> str:
        """Return a page's Markdown where it is a template of Jinja, with code of its own."""
        self.jinja.undefined, self.jinja.finalize = self._missing(), self._printed
        page = self.mkdocs_page
        given = {**self.variables, **(page.meta if page else {}), "page": page}
        variables = {str(name): value for name, value in given.items()}  # YAML makes a year a number
        try:
            template = self.jinja.parse(text)
            self._check_use(template)
            return self.jinja.from_string(template, globals=self.macros).render(variables)
        except TemplateSyntaxError as error:
            what, line = explain_syntax_error(text, error)
            return self.problem(f"is not a macro call: {what}", line)
        except Exception as error:
            do = "put ids in quotation marks" if isinstance(error, UndefinedError) else "fix it"
            ran = traceback.walk_tb(error.__traceback__)  # Jinja gives its frames the lines of the template
            lines = [line for frame, line in ran if "__jinja_exception__" in frame.f_globals]
            return self.problem(f"cannot be rendered: {error}; {do}", max(lines, default=0))

    def _check_use(self, template: nodes.Template) -> None:
        """Report each filter, comparison or part of what a macro prints, which is put in later."""
        kept = set[str]()

        def printing(node: nodes.Node) -> list[str]:
            called = {getattr(each.node, "name", "") for each in node.find_all(nodes.Call)}
            return sorted((called & {*self.macros}) | (kept & {each.name for each in node.find_all(nodes.Name)}))

        for setting in template.find_all((nodes.Assign, nodes.AssignBlock)):
            if printing(setting):
                kept |= {name.name for name in setting.find_all(nodes.Name) if name.ctx == "store"}
        for each in template.find_all(CHANGING):
            used = getattr(getattr(each, "filter", each), "name", "")
            if used not in KEEPING and (made := printing(each)):
                what = f"what {made[0]} prints is put in later, so no filter or comparison sees it"
                self.problem(f"{what}; write the call alone", each.lineno)

    def finish_titles(self, page: MkDocsPage) -> None:
        """Put the words of macros into the outline and title of MkDocs' `page`, once Markdown has made them."""
        for entry in walk_items(page.toc):
            entry.title = self.placeholders.words(entry.title, "a heading")
        heading = next((entry.title for entry in page.toc), page.file.name)
        title = self.placeholders.words(str(page.title or heading))
        page.title = escape(Markup(title).striptags())

    def _printed(self, value: Any) -> Any:
        """Return what a page prints for a value; a macro that is named and not called is a problem."""
        for name, macro in self.macros.items():
            if value is macro:
                _, *parameters = _signature_of(MACROS[name]).parameters.values()
                given = '"…"' * any(each.default is each.empty for each in parameters)
                return self.problem(f"{name} is named and not called; write {{{{ {name}({given}) }}}}")
        if isinstance(value, list | tuple):
            return self.problem('prints more than one value; write {{ cite("one-id", "another") }}, or two calls')
        return value

    def _run_plain(self, text: str) -> str:
        def output(match: re.Match[str]) -> str:
            if not match["macro"]:
                return match["raw"] or ""
            self.line = line_at(text, match.start())
            if match["macro"] not in self.macros:
                return self._unknown(match["macro"])
            given = ARGUMENT.findall(match["arguments"])
            named = {name: value for name, value in given if name}
            return self.macros[match["macro"]](*(value for name, value in given if not name), **named)

        return PLAIN.sub(output, text)

    def problem(self, text: str, line: int = 0) -> Markup:
        """Report a problem of the page; return what stands there instead."""
        return self._box([self._tell(text, line or self.line or _running_line())])

    def _tell(self, text: str, line: int) -> Problem:
        self.page.incomplete = True
        problem = Problem(self.page.path, line and line + self.offset, text=text)
        self.report(problem)
        return problem

    def _box(self, problems: list[Problem]) -> Markup:
        try:
            return self.placeholders.mark(render_block("problem", problems=problems), 0, "")
        except Exception as error:
            self.report(problem_from_error(error, self.root))
            return Markup("")

    def _call(self, macro: Macro, *args: Any, **kwargs: Any) -> Markup:
        """Call a macro; return what stands for its output, or for what is wrong."""
        for each in (*args, *kwargs.values()):
            if isinstance(each, StrictUndefined):
                name = each._undefined_name
                return self.problem(f'"{name}" is not defined; put ids in quotation marks, as "{name}"')
        signature = _signature_of(macro)
        try:
            signature.bind(self.page, *args, **kwargs)
        except TypeError as error:
            _, *parameters = signature.parameters
            return self.problem(f"{error}; {macro.__name__}() takes {', '.join(parameters) or 'nothing'}")
        try:
            output = macro(self.page, *args, **kwargs)
            return self.placeholders.mark(output, self.line or _running_line(), macro.__name__)
        except AuthorError as error:
            return self.problem(str(error))
        except BrokenRecordError as error:
            problems = error.problems
        except Exception as error:
            problems = [problem_from_error(error, self.root)]
            self.report(*problems)
        self.page.incomplete = True
        return self._box(problems) if problems else Markup("")

    def _unknown(self, name: str) -> Markup:
        return self.problem(f'no macro "{name}"{did_you_mean(name, self.macros)}')

    def _missing(self) -> type[StrictUndefined]:
        """Return a class of undefined names that report themselves, so that the rest of the page is rendered."""
        calls = self

        class Missing(ChainableUndefined, StrictUndefined):
            def _report(self, *_: Any, **__: Any) -> Markup:
                name, holder = str(self._undefined_name), self._undefined_obj
                if holder is missing:
                    return calls._unknown(name)
                known = holder if isinstance(holder, Mapping) else dir(holder)
                return calls.problem(f'no "{name}" in what stands before it{did_you_mean(name, known)}')

            __call__ = __str__ = _report  # type: ignore[assignment]

            def __iter__(self) -> Any:
                self._report()
                return iter(())

            def __bool__(self) -> bool:  # type: ignore[override]
                self._report()
                return False

        return Missing


def run_titles(
    start: Callable[..., Calls], report: Callable[[Problem], None], page: MkDocsPage, ours: Page, source: str
) -> dict[str, str]:
    """Run the macros in the title and description of MkDocs' `page`; return both as they were written.

    Its heading waits for Markdown. `start` begins the calls of a text.
    """
    written = {}
    for name in [each for each in TYPES if each in page.meta]:
        (kind, shape), line = TYPES[name], find_line(f"(?m)^{name}:", source)
        if not isinstance(page.meta[name], kind):
            report(Problem(ours.path, line, text=f'"{name}" should be {shape}'))
            del page.meta[name]
        elif name == "schema" and page.meta[name] not in PAGE_TYPES:
            what = f'"schema" should be {listed(PAGE_TYPES)}, not "{page.meta.pop(name)}"'
            report(Problem(ours.path, line, text=what))
        elif name in ("title", "description"):
            written[name], titled = page.meta[name], Page(ours.site, ours.path, ours.url)
            page.meta[name] = run_title(start(titled, mkdocs_page=page, offset=line - 1), written[name])
    if has_calls(str(page.title)):
        page.title = ""
    return written


def run_title(calls: Calls, text: str) -> Markup:
    """Return a title as HTML without tags: its macros run, and escaped once, wherever it comes from."""
    if has_calls(text):
        text = calls.placeholders.words(calls.run(text))
    return escape(Markup(text).striptags())


def run_all_pages(root: Path, library: Library) -> dict[str, Page]:
    """Run the macros of all pages of a project; return the pages by their paths in its folder of pages.

    Raises ProblemsFoundError where one of them, or its front matter, cannot be read.
    """
    docs, files = read_files(root)
    site, problems = read_site(library, docs, page_urls(files))
    unread = [each for each in problems if each.file.removeprefix(f"{docs.name}/") in site.unread]
    unread += link_problems(root, docs.name)
    pages = {}
    for name, url in page_urls(files).items():
        page, raw = Page(site, f"{docs.name}/{name}", url), (docs / name).read_bytes()
        try:
            decode_text(raw, page.path)
            Calls(page, lambda problem: None).run(FRONT_MATTER.sub(b"", raw).decode())
        except ProblemsFoundError as error:
            unread += error.problems
        pages[name] = page
    if unread:
        raise ProblemsFoundError(unread)
    return pages


def is_plain(text: str) -> bool:
    """Tell whether a page's text holds only prose and simple calls, and no Jinja code of its own."""
    return not has_calls(PLAIN.sub("", text))


def has_calls(text: str) -> bool:
    """Tell whether a text holds the beginning of a macro call, of Jinja code or of a comment."""
    return any(sign in text for sign in SIGNS)


def _running_line() -> int:
    """Return the line of the page's template that is running; 0 while none does."""
    for frame, line in traceback.walk_stack(None):
        if template := frame.f_globals.get("__jinja_template__"):
            return int(template.get_corresponding_lineno(line))
    return 0
