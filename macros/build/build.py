"""The door to MkDocs: what happens in a build, and when.

A mistake in a page or a record never ends a build half-way. It is logged with
its place, shown on the page, and counted; at the end a build with any problem
fails and leaves the site that was built before. Serving, the site is shown all
the same (`preview.py`), and a page that reads nothing new is not run again.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.structure.files import File

from ..components.registry import MACROS
from ..components.rendering import render_block, render_inline
from ..exports.atom import FEED
from ..exports.jsonld import dump_json
from ..exports.records_json import list_exports
from ..exports.schema_org import GRAPH, PAGE_TYPES, SchemaOrg, format_build_date
from ..exports.search_index import index_records
from ..exports.share_cards import ShareCard, ShareCards
from ..library.loader import find_texts_folder, load_library
from ..library.schema import SCHEMAS, renew_ids
from ..pages.backlinks import Found, Uses
from ..pages.glossary import Mentions
from ..pages.page import Page, reading_minutes
from ..pages.site import read_site
from ..pages.unbacked_prose import Backing
from ..problems import AuthorError, Problem, ProblemsFoundError, listed
from ..records.kinds import Limit, Term
from .ahead import Ahead
from .cache import Kept, Ran, Watched, noting
from .macro_calls import Calls, is_plain
from .policy import policy_problems
from .publish import JOINED, Output, log, select_files

# A page that says it is of this type is read from the beginning to the end.
ARGUMENT = "BackgroundNewsArticle"


class Build:
    """One build: the site's records, the page whose macros run, and where the result goes."""

    def __init__(self, config: Any, *, serving: bool) -> None:
        root = Path(config.config_file_path).parent
        self.docs = Path(config.docs_dir)
        self.output = Output(config, strict=not serving)
        self.serving = config.extra["served"] = serving
        self.reported: set[Problem] = set()
        self.addresses: dict[str, str] = {}
        texts = find_texts_folder(root)
        with _unhurried(freeze=not serving):
            library = load_library(root / "data", texts, accept_unlocked=serving)
            if serving:
                library = Watched(library)
            self.site, problems = read_site(library, self.docs)
        for problem in sorted({*library.problems, *problems}):
            self.report(problem)
        self.calls = Calls(MACROS, self.report, root)
        self.menu: list[Any] = []
        self.ahead: Ahead | None = None
        self.written: dict[str, str] = {}
        self.backing = Backing(library)
        self.mentions = Mentions(each for each in library.of(Term) if isinstance(each, Term))
        self.uses = Uses()
        self.site.report = str(config.extra.get("report") or "")
        self.site.name = config.site_name
        self.site.address = f"{config.site_url.rstrip('/')}/" if config.site_url else ""
        built = config.extra["built"] = format_build_date(os.environ.get("SOURCE_DATE_EPOCH", ""))
        self.exports = SchemaOrg(self.site, config.site_name, config.site_author or "", built)
        self.posters = None if serving else self._open_posters(config, root)
        if not self.site.report.startswith(("mailto:", "https://")) and self.site.report:
            text = f'extra.report is "{self.site.report}"; write mailto:… or https://…, or leave it out'
            self.report(Problem("mkdocs.yml", 0, 0, text))
        if serving:
            _kept.renew(self.site, self.backing.names)
            renew_ids(root / SCHEMAS, library)

    def _open_posters(self, config: Any, root: Path) -> ShareCards | None:
        """What draws the pictures of shared links, where `extra.posters` names the stylesheet to draw by."""
        if not (stylesheet := config.extra.get("posters")):
            return None
        docs = Path(config.docs_dir)
        try:
            return ShareCards(docs / stylesheet, docs / str(config.theme["favicon"]), root / ".cache" / "posters")
        except AuthorError as error:
            self.report(Problem("mkdocs.yml", 0, 0, f"extra.posters: {error}"))
            return None

    def report(self, problem: Problem) -> None:
        """Log a problem, once, so that MkDocs counts it."""
        if problem not in self.reported:
            self.reported.add(problem)
            log.error(str(problem), extra={"problems": [problem]})


_build: Build
_kept = Kept()


@contextmanager
def _unhurried(*, freeze: bool) -> Iterator[None]:
    """Read records without the garbage collector, which would look at every one of them again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
        if freeze:
            gc.freeze()


def open_build(config: Any, *, serving: bool) -> None:
    """Read the data."""
    global _build
    _build = Build(config, serving=serving)


def offer_macros(env: Any) -> None:
    """Offer every macro to the pages."""
    for name, macro in _build.calls.macros.items():
        env.macro(macro, name)


def render_page(env: Any) -> None:
    """Run the macros of a page, in the plugin's place: it would stop at the first mistake."""
    written = env.page.file.content_bytes.decode("utf-8-sig")
    offset = written.rstrip().count("\n") - env.markdown.rstrip().count("\n")
    path = f"{_build.docs.name}/{env.page.file.src_uri}"
    page = Page(_build.site, path, env.page.file.url)
    _build.written[env.page.file.dest_uri] = path
    peculiar = (written, _build.site.residents.get(page.url))
    ran = _kept.find(path, peculiar, _build.site) if _build.serving else None
    if ran is None:
        ran = _run(env, page, offset, peculiar)
    for problem in [*_texts_problems(page, env.page.meta), *ran.problems]:
        _build.report(problem)
    _build.calls.page, _build.calls.blocks = ran.page, ran.blocks
    _build.uses.note(ran.page)
    env.markdown = ran.text
    env.page.meta["render_macros"] = False


def _run(env: Any, page: Page, offset: int, peculiar: tuple[object, ...]) -> Ran:
    calls, problems = _build.calls, list[Problem]()
    calls.report = problems.append
    with noting(_build.site.library) as asked:
        text = calls.run(page, env.markdown, env.env, env.variables, offset)
        problems += [*page.problems(), *_prose_problems(page, env.markdown, offset)]
    ran = Ran(page, peculiar, text, calls.blocks, problems, asked)
    if _build.serving and is_plain(env.markdown):  # what code of a page's own reads, nobody knows
        _kept.ran[page.path] = ran
    return ran


def _texts_problems(page: Page, meta: dict[str, Any]) -> Iterator[Problem]:
    """What the front matter says of a page is text; YAML would make `1936` a number, and the theme fails on it."""
    for name in ("title", "description"):
        if name in meta and not isinstance(meta[name], str):
            meta[name] = str(meta[name])
            yield Problem(page.path, 0, 0, f'"{name}" should be one text; put it in quotation marks')


def _prose_problems(page: Page, text: str, offset: int) -> Iterator[Problem]:
    if page.incomplete:
        return
    for line, what in _build.backing.unbacked(text, page.cited | page.shown):
        yield Problem(page.path, line + offset, 0, f"{what}; cite one that says so, or change the words")


def restore_blocks(html: str, page: Any) -> str:
    """Put the components into a page that Markdown has made, and tell MkDocs which ids they carry."""
    anchors = _build.calls.anchors()
    for problem in _taken_addresses(page, anchors):
        _build.report(problem)
    page.present_anchor_ids.update(anchors)
    shown = _build.uses.page(page.url)  # none where the plugin did not run
    if shown and page.meta.get("glossary", True):
        html = _build.mentions.link(html, shown, render_inline)
    restored = _build.calls.restore(html)
    if page.meta.get("schema") == ARGUMENT and not page.is_homepage:
        page.meta["minutes"] = reading_minutes(html), reading_minutes(restored)
    return restored


def _taken_addresses(page: Any, anchors: set[str]) -> Iterator[Problem]:
    """A heading whose address a component has: a link to the record would lead to the heading."""
    for taken in sorted(anchors & page.present_anchor_ids):
        text = (
            f'a heading takes the address "#{taken}" of a record; give it another, as in "## Title {{#another}}"'
        )
        yield Problem(f"{_build.docs.name}/{page.file.src_uri}", 0, 0, text)


def read_menu(nav: Any) -> None:
    """Keep the order of the pages; one that is not in the menu is not counted as a use of a record."""
    nav.items = _present(nav.items)
    _build.menu = list(nav.pages)


def _present(items: list[Any]) -> list[Any]:
    """A menu without what leads to no page: MkDocs has reported it, and no template can show it."""
    for item in items:
        if item.is_section:
            item.children = _present(item.children)
    return [
        each
        for each in items
        if each.children or not (each.is_section or (each.is_link and each.url.endswith(".md")))
    ]


def put_first(urls: Collection[str], nav: Any, files: Any, config: Any) -> None:
    """Have the pages at these URLs made before all others."""
    _build.ahead = Ahead(urls, nav, files, config)


def made_first(page: Any, content: str, found: Found) -> dict[str, str]:
    """Once the last of the pages to be made first is there: they, and what every page loads, by path in the site.

    `found` are the uses in the build before.
    """
    ahead = _build.ahead
    if ahead is None or not ahead.note(page, content):
        return {}
    _ask()
    made = ahead.render(lambda html, url: _build.uses.fill(html, url, render_block, found), complete)
    for joined in JOINED.values():
        if file := ahead.files.get_file_from_path(joined):
            made[joined] = file.content_string
    return made


def uses() -> Found:
    """Where each record is used, once a build has ended."""
    return _build.uses.found


def addresses() -> dict[str, str]:
    """Which file of the site each page is written to."""
    return _build.addresses


def _ask() -> None:
    for page in _build.menu:
        page.meta["asks"] = _build.site.question(page.url)


def fill_uses(files: Any, config: Any) -> None:
    """Once every page has run: say at each record's home where it is used, and add the files beside pages."""
    if _build.ahead:
        _build.ahead.restore_order()
    _build.uses.gather((page.url, str(page.title)) for page in _build.menu)
    _ask()
    for file in files.documentation_pages():
        if file.page is not None and file.page.content:
            file.page.content = _build.uses.fill(file.page.content, file.page.url, render_block)
    for page in _build.uses.pages.values():
        for name, text in page.files.items():
            files.append(File.generated(config, f"{page.url}{name}", content=text))


def choose_files(files: Any, config: Any) -> Any:
    """Say what a build reads and writes: readable pages, records for machines, nothing that nobody asks for."""
    _check_encoding(files)
    _add_files(files, config)
    _build.addresses = {
        f"{_build.docs.name}/{each.src_uri}": each.dest_uri for each in files.documentation_pages()
    }
    return select_files(files, config)


def _check_encoding(files: Any) -> None:
    """Read each page as UTF-8; what is not is reported, and shown with a mark in its place."""
    for file in files.documentation_pages():
        raw = file.content_bytes
        try:
            raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            column = error.start - raw.rfind(b"\n", 0, error.start)
            path = f"{_build.docs.name}/{file.src_uri}"
            _build.report(Problem(path, line, column, "is not UTF-8; save the file as UTF-8"))
            file.content_bytes = raw.decode("utf-8-sig", errors="replace").encode()


def _add_files(files: Any, config: Any) -> None:
    """Publish the records for machines, beside the pages."""
    for path, text in list_exports(_build.exports):
        files.append(File.generated(config, path, content=text))


def complete(html: str, page: Any, config: Any) -> str:
    """Say in the head of a finished page what it is, what it cites and which records are at home on it."""
    shown = _build.uses.page(page.url)
    if shown is None:
        return html
    if not html.strip():
        raise ProblemsFoundError([Problem(shown.path, 0, 0, "comes out empty; mend the template that shows it")])
    title = page.meta.get("title") or (config.site_name if page.is_homepage else page.title)
    schema = page.meta.get("schema", "WebPage")
    if schema not in PAGE_TYPES:
        text = f'"schema" should be {listed(PAGE_TYPES)}, not "{schema}"'
        _build.report(Problem(shown.path, 0, 0, text))
        return html
    description = str(page.meta.get("description") or config.site_description or "")
    data = _build.exports.page(shown, str(title), description, schema)
    head = render_block(
        "head",
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
        data=Markup(dump_json(data)),
    )
    return html.replace("</head>", f"{head}\n</head>", 1)


def _draw_poster(shown: Page, page: Any, title: str, config: Any) -> ShareCard | None:
    """Put a page's picture beside it: a limit asks its question, any other page in the menu says its title."""
    if not _build.posters or not (page.is_homepage or page.previous_page or page.next_page):
        return None
    asked = [limit for limit in shown.library.of(Limit) if shown.is_home(limit)]
    if len(asked) == 1:
        poster = ShareCard(config.site_name, title, asked[0].question)
    else:
        section = page.parent.title if page.parent and page.file.name != "index" else ""
        poster = ShareCard(config.site_name, section, title)
    path = Path(config.site_dir, shown.url, "poster.png")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_build.posters.draw(poster))
    return poster


def finish(config: Any) -> Callable[[], None]:
    """After a build: make each record findable, hold to the policy, publish; or fail and keep what was there."""
    build = _build
    index_records(Path(config.site_dir), build.site)
    policy = config.extra.get("content_security_policy")
    if policy and not build.serving:
        for problem in policy_problems(Path(config.site_dir), policy, build.written, build.docs.parent):
            build.report(problem)
    build.output.publish(config)
    return lambda: None


def give_up() -> None:
    """When a build fails of itself: leave no draft behind."""
    with suppress(NameError):  # it failed before it began
        _build.output.discard()
