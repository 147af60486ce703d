"""The door to MkDocs: what happens in a build, and when.

A mistake in a page or a record never ends a build half-way and never stops the
server. It is logged with its place, shown on the page, and counted; at the end
a build with any problem fails and leaves the site that was built before.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.structure.files import File

from .calls import Calls
from .components import MACROS
from .exports import FEED, GRAPH, PAGE_TYPES, Exports, built_on, dumps
from .library import read
from .mentions import Mentions
from .output import Output, log
from .pages import Page, read_site
from .policy import stopped
from .posters import Poster, Posters
from .problems import AuthorError, Problem, listed
from .prose import Backing
from .reading import minutes
from .records import Limit, Term
from .render import block
from .search import find_records
from .uses import Uses

# A page that says it is of this type is read from the beginning to the end.
ARGUMENT = "BackgroundNewsArticle"

command = "build"


class Build:
    """One build: the site's records, the page whose macros run, and where the result goes."""

    def __init__(self, config: Any) -> None:
        root = Path(config.config_file_path).parent
        self.docs = Path(config.docs_dir)
        self.output = None if command == "serve" else Output(config)
        config.extra["served"] = command == "serve"
        texts = root / (os.environ.get("SOURCES") or "sources")
        with _unhurried():
            library = read(root / "data", texts, accept_unlocked=command == "serve")
            self.site, problems = read_site(library, self.docs)
        self.problems = sorted({*library.problems, *problems})
        for problem in self.problems:
            report(problem)
        self.calls = Calls(MACROS, report)
        self.menu: list[Any] = []
        self.written: dict[str, str] = {}
        self.backing = Backing(library)
        self.mentions = Mentions(each for each in library.of(Term) if isinstance(each, Term))
        self.uses = Uses()
        self.site.report = str(config.extra.get("report") or "")
        self.site.name = config.site_name
        self.site.address = f"{config.site_url.rstrip('/')}/" if config.site_url else ""
        built = config.extra["built"] = built_on(os.environ.get("SOURCE_DATE_EPOCH", ""))
        self.exports = Exports(self.site, config.site_name, config.site_author or "", built)
        self.posters = None if command == "serve" else _open_posters(config, root)
        if not self.site.report.startswith(("mailto:", "https://")) and self.site.report:
            text = f'extra.report is "{self.site.report}"; write mailto:… or https://…, or leave it out'
            report(Problem("mkdocs.yml", 0, 0, text))


_build: Build


def _open_posters(config: Any, root: Path) -> Posters | None:
    """What draws the pictures that shared links show, where `extra.posters` names the stylesheet to draw by."""
    if not (stylesheet := config.extra.get("posters")):
        return None
    docs = Path(config.docs_dir)
    try:
        return Posters(docs / stylesheet, docs / str(config.theme["favicon"]), root / ".cache" / "posters")
    except AuthorError as error:
        report(Problem("mkdocs.yml", 0, 0, f"extra.posters: {error}"))
        return None


def report(problem: Problem) -> None:
    """Log a problem so that MkDocs counts it."""
    log.error(str(problem))


@contextmanager
def _unhurried() -> Iterator[None]:
    """Read records without the garbage collector, which would look at every one of them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


def open_build(env: Any) -> None:
    """Read the data and offer every macro to the pages."""
    global _build
    _build = Build(env.conf)
    for name, macro in _build.calls.macros.items():
        env.macro(macro, name)


def render_page(env: Any) -> None:
    """Run the macros of a page, in the plugin's place: it would stop at the first mistake."""
    written = Path(env.page.file.abs_src_path).read_text(encoding="utf-8-sig")
    offset = written.rstrip().count("\n") - env.markdown.rstrip().count("\n")
    name = f"{_build.docs.name}/{env.page.file.src_uri}"
    page = Page(_build.site, name, env.page.file.url)
    text = _build.calls.run(page, env.markdown, env.env, env.variables, offset)
    _build.uses.note(page)
    _build.written[env.page.file.dest_uri] = name
    problems = [*page.problems(), *_prose_problems(page, env.markdown, offset)]
    for problem in problems:
        report(problem)
    shown = [*_build.problems, *problems] if command == "serve" else []
    panel = f"{_build.calls.stash(block('problem', problems=shown))}\n\n" if shown else ""
    env.markdown = panel + text
    env.page.meta["render_macros"] = False


def _prose_problems(page: Page, text: str, offset: int) -> Iterator[Problem]:
    if page.incomplete:
        return
    for line, what in _build.backing.unbacked(text, page.cited | page.shown):
        yield Problem(page.path, line + offset, 0, f"{what}; cite one that says so, or change the words")


def restore_blocks(html: str, page: Any) -> str:
    """Put the components into a page that Markdown has made, and tell MkDocs which ids they carry."""
    anchors = _build.calls.anchors()
    problems = list(_taken_addresses(page, anchors))
    for problem in problems:
        report(problem)
    page.present_anchor_ids.update(anchors)
    panel = block("problem", problems=problems) if problems and command == "serve" else ""
    if page.meta.get("glossary", True):
        html = _build.mentions.link(html, _build.calls.page)
    restored = _build.calls.restore(html)
    if page.meta.get("schema") == ARGUMENT and not page.is_homepage:
        page.meta["minutes"] = minutes(html), minutes(restored)
    return panel + restored


def _taken_addresses(page: Any, anchors: set[str]) -> Iterator[Problem]:
    """A heading whose address a component has: a link to the record would lead to the heading."""
    for taken in sorted(anchors & page.present_anchor_ids):
        text = (
            f'a heading takes the address "#{taken}" of a record; give it another, as in "## Title {{#another}}"'
        )
        yield Problem(f"{_build.docs.name}/{page.file.src_uri}", 0, 0, text)


def read_menu(nav: Any) -> None:
    """Keep the order of the pages; one that is not in the menu is not counted as a use of a record."""
    _build.menu = list(nav.pages)


def fill_uses(files: Any, config: Any) -> None:
    """Once every page has run: say at each record's home where it is used, and add the files beside pages."""
    _build.uses.gather((page.url, str(page.title)) for page in _build.menu)
    for page in _build.menu:
        page.meta["asks"] = _build.site.question(page.url)
    for file in files.documentation_pages():
        if file.page is not None and file.page.content:
            file.page.content = _build.uses.fill(file.page.content, file.page.url)
    for page in _build.uses.pages.values():
        for name, text in page.files.items():
            files.append(File.generated(config, f"{page.url}{name}", content=text))


def add_files(files: Any, config: Any) -> None:
    """Publish the records for machines, beside the pages."""
    for path, text in _build.exports.files():
        files.append(File.generated(config, path, content=text))


def complete(html: str, page: Any, config: Any) -> str:
    """Say in the head of a finished page what it is, what it cites and which records are at home on it."""
    shown = _build.uses.page(page.url)
    if shown is None:
        return html
    title = page.meta.get("title") or (config.site_name if page.is_homepage else page.title)
    schema = page.meta.get("schema", "WebPage")
    if schema not in PAGE_TYPES:
        text = f'"schema" should be {listed(PAGE_TYPES)}, not "{schema}"'
        report(Problem(shown.path, 0, 0, text))
        return html
    description = str(page.meta.get("description") or config.site_description or "")
    data = _build.exports.page(shown, str(title), description, schema)
    head = block(
        "parts/head",
        title=str(title),
        description=description,
        first=page.is_homepage,
        poster=_draw_poster(shown, page, str(title), config),
        author=_build.exports.author,
        name=config.site_name,
        language="en",
        published=_build.exports.built.replace("-", "/"),
        address=page.canonical_url or "",
        feed=shown.relative(FEED).removesuffix("/"),
        graph=GRAPH if shown.url in _build.exports.apart else "",
        data=Markup(dumps(data)),
    )
    return html.replace("</head>", f"{head}\n</head>", 1)


def _draw_poster(shown: Page, page: Any, title: str, config: Any) -> Poster | None:
    """Put a page's picture beside it: a limit asks its question, any other page in the menu says its title."""
    if not _build.posters or not (page.is_homepage or page.previous_page or page.next_page):
        return None
    asked = [limit for limit in shown.library.of(Limit) if shown.is_home(limit)]
    if len(asked) == 1:
        poster = Poster(config.site_name, title, asked[0].question)
    else:
        section = page.parent.title if page.parent and page.file.name != "index" else ""
        poster = Poster(config.site_name, section, title)
    path = Path(config.site_dir, shown.url, "poster.png")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_build.posters.draw(poster))
    return poster


def finish(config: Any) -> None:
    """After a build: make each record findable, hold to the policy, publish; or fail and keep what was there."""
    find_records(Path(config.site_dir), _build.site)
    policy = config.extra.get("content_security_policy")
    if _build.output and policy:
        for problem in stopped(Path(config.site_dir), policy, _build.written, _build.docs.parent):
            report(problem)
    if _build.output:
        _build.output.publish(config)


def give_up() -> None:
    """When a build fails of itself: leave no draft behind."""
    if _build.output:
        _build.output.discard()
