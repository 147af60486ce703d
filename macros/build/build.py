"""One build, event by event: the records are read, the pages made, completed and published.

A mistake in a page or a record never ends a build half-way. It is reported with its place and shown on the page;
at the end a build with any problem fails and leaves the site that was built before. While serving, the site is
shown all the same.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup, escape
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from mkdocs.utils import is_markdown_file

from ..components.registry import MACROS
from ..components.rendering import compiled_templates, render_block, render_inline
from ..exports.atom import FEED
from ..exports.citation_formats import citation_texts, cite_page
from ..exports.records_json import list_exports
from ..exports.schema_org import GRAPH, PAGE_TYPES, SchemaOrg, dump_json, format_build_date
from ..exports.search_index import index_files, page_entries
from ..exports.share_cards import ShareCard, ShareCards
from ..library.loader import find_texts_folder, load_library
from ..library.schema import SCHEMAS, renew_ids
from ..pages.backlinks import Uses
from ..pages.glossary import Mentions
from ..pages.page import Page, reading_minutes
from ..pages.site import from_root, read_site, url_beside
from ..pages.unbacked_prose import Backing
from ..problems import AuthorError, Problem, ProblemsFoundError, conflict_lines, counted, listed
from ..records.kinds import Correction, Limit, Source, Term
from .cache import CachedPage, file_stamps
from .content_security_policy import page_problems
from .error_overlay import overlay_problems, show_overlay
from .macro_calls import Calls, page_urls, walk_items
from .page_syntax import unread_blocks
from .placement import MARK
from .publish import Draft, encoding_problems, select_files

if TYPE_CHECKING:
    from .session import Session

# A page that says it is of this type is read from the beginning to the end.
ARGUMENT = "BackgroundNewsArticle"

SHARE_CARD = "card.png"  # beside its page

# What shows a served page anew after a build, in place of MkDocs' own script, which the policy stops.
RELOAD = Path(__file__).parents[1] / "components" / "partials" / "overlay" / "reload.js"

# The template of a page that needs no rendering.
CACHED = "cached.html"

# The attributes of MkDocs' page that others read: the menu, the checks of links.
OUTLINE = ("title", "toc", "present_anchor_ids", "links_to_anchors")


class Build:
    """One build: the site's records, its pages while they are made, and the folder it writes to."""

    def __init__(self, config: Any, session: Session) -> None:
        """Read the data. `config` is that of MkDocs; `session` lasts from one build to the next."""
        self.config, self.session, self.report = config, session, session.report
        self.root, self.docs = Path(config.config_file_path).parent, Path(config.docs_dir)
        self.draft = Draft(config)
        self.serving = config.extra["served"] = session.serving
        with _without_garbage_collector(freeze=not self.serving):
            texts = find_texts_folder(self.root)
            self.library = load_library(self.root / "data", texts, accept_unlocked=self.serving)
        self.calls = Calls(MACROS, self.report, self.root)
        self.backing, self.uses = Backing(self.library), Uses()
        self.mentions = Mentions(self.library.of(Term))
        self.share_cards = None if self.serving else self._open_share_cards()
        self.menu: list[Any] = []
        self.published: set[str] = set()
        self.made: dict[str, CachedPage] = {}
        self.rendered: list[Any] = []
        if self.serving:
            renew_ids(self.root / "data" / SCHEMAS, self.library)

    def _report_address(self) -> str:
        address = str(self.config.extra.get("report") or "")
        if address and not address.startswith(("mailto:", "https://")):
            text = f'extra.report is "{address}"; write mailto:… or https://…, or leave it out'
            self.report(Problem("mkdocs.yml", 0, 0, text))
        return address

    def _open_share_cards(self) -> ShareCards | None:
        if not (picture := self.config.extra.get("share_cards")):
            return None
        try:
            return ShareCards(self.docs / picture, self.root / "overrides" / "css" / "tokens.css")
        except AuthorError as error:
            self.report(Problem("mkdocs.yml", 0, 0, f"extra.share_cards: {error}"))
            return None

    # Before the pages

    def choose_files(self, files: Any) -> Any:
        """Return MkDocs' files with the exports of the records added, and those of the theme replaced by ours."""
        files = select_files(files, self.config)
        for problem in encoding_problems(files, self.docs.name):
            self.report(problem)
        self._read_site(page_urls(files))
        for path, text in list_exports(self.exports):
            files.append(File.generated(self.config, unquote(path), content=text))
        if self.serving:
            files.append(File.generated(self.config, "js/reload.js", abs_src_path=str(RELOAD)))
        self.session.cache.renew(self.library, self._shared(files))
        return files

    def _read_site(self, urls: dict[str, str]) -> None:
        """Find the records' homes among the pages, and prepare what is exported."""
        config = self.config
        self.site, problems = read_site(self.library, self.docs, urls)
        for problem in sorted({*self.library.problems, *problems}):
            self.report(problem)
        self.site.report = self._report_address()
        self.site.name = config.site_name
        self.site.address = f"{config.site_url.rstrip('/')}/" if config.site_url else ""
        self.site.author = config.site_author or ""
        self.site.built = config.extra["built"] = format_build_date(os.environ.get("SOURCE_DATE_EPOCH", ""))
        self.exports = SchemaOrg(self.site)

    def _shared(self, files: Any) -> object:
        """Return all that every page depends on besides its own text and records."""
        return (
            *(self.site.homes, self.site.report, self.site.address, self.library.redirects),
            self.library.of(Source),
            *(self.library.coverage, self.library.trials, self.library.proved, self.backing.names),
            sorted(file.src_uri for file in files),
            Path(self.config.config_file_path).read_bytes(),
            file_stamps(self.root / "overrides", "*"),
            file_stamps(self.root / "macros", "*.html"),
        )

    def _path(self, file: Any) -> str:
        """Return a page's file as messages name it."""
        return f"{self.docs.name}/{file.src_uri}"

    def read_menu(self, nav: Any) -> None:
        """Store the order of the pages; one that is not in the menu does not count as a use of a record."""
        nav.items = _without_missing(nav.items)
        self.menu = list(nav.pages)
        self.calls.report = self.report
        for item in walk_items(nav.items):
            if item.title:
                item.title = self.calls.run_title(Page(self.site, "mkdocs.yml", ""), item.title)

    # Page by page

    def run_macros(self, env: Any) -> None:
        """Run the macros of a page instead of the plugin, which would stop at the first mistake."""
        file = env.page.file
        written = file.content_bytes.decode("utf-8-sig")
        page = Page(self.site, self._path(file), file.url)
        source = (written, self.site.residents.get(page.url))
        with self.library.noting() as asked:
            self.calls.report = self.report
            titles = self.calls.run_titles(env.page, page, written)
        cached = self.session.cache.find(page.path, source)
        if cached is None:
            cached = self._run(env, page, titles, source)
        else:
            cached.page.site, cached.page.library = self.site, self.library
        cached.asked |= asked
        for problem in cached.problems:
            self.report(problem)
        self.made[file.url] = cached
        self.uses.note(cached.page)
        env.markdown = "" if cached.html else cached.text
        env.page.meta["render_macros"] = False

    def _run(self, env: Any, page: Page, titles: dict[str, str], source: tuple[object, ...]) -> CachedPage:
        problems: list[Problem] = []
        offset = str(source[0]).rstrip().count("\n") - env.markdown.rstrip().count("\n")
        self.calls.report = problems.append
        with self.library.noting() as asked:
            text = self.calls.run(page, env.markdown, env.env, env.variables, offset)
            problems += page.problems()
            if not page.incomplete and not any(conflict_lines(str(source[0]))):
                own_words = env.page.meta.get("own_words", ())
                for line, what in self.backing.unbacked(env.markdown, page.cited | page.shown, own_words):
                    problems.append(Problem(page.path, line + offset, 0, what))
                for name, said in titles.items():
                    for _, what in self.backing.unbacked(said, page.cited | page.shown, own_words):
                        problems.append(Problem(page.path, 1, 0, f'"{name}": {what}'))
        cached = CachedPage(source, page, text, problems, asked)
        if not problems and self.calls.holds_no_code(env.markdown, env.env):
            self.session.cache.pages[page.path] = cached
        return cached

    def finish_content(self, html: str, page: Any) -> str:
        """Return a page's HTML with its components, and tell MkDocs which ids these have."""
        cached = self.made.get(page.file.url)
        if cached is None:  # the plugin did not run
            return html
        self.rendered.append(page)
        if cached.html:
            for name, value in cached.outline.items():
                setattr(page, name, value)
            page.meta |= {"minutes": cached.minutes, "about": self._about(page)}
            return ""
        with self.library.noting() as asked:
            if page.meta.get("glossary", True):
                self.library.of(Term)
                html = self.mentions.link(html, cached.page, render_inline)
            self.calls.report = self.report
            placement, source = self.calls.placement, str(cached.source[0])
            html = placement.place_inline(html)
            found = [*unread_blocks(html, source), *placement.id_problems(source)]
            for text, line in sorted(found, key=lambda each: each[1]):
                self.report(Problem(cached.page.path, line, 0, text))
            self.calls.finish_titles(page)
            page.present_anchor_ids.update(placement.anchors)
            prose, cached.content = MARK.sub(" ", html), f"{placement.place_blocks(html)}{self._withdrawn(page)}"
            if not (page.meta.get("search") or {}).get("exclude"):
                cached.entries = page_entries(from_root(page.url), page.title.unescape(), prose)
        if page.meta.get("schema") == ARGUMENT and not page.is_homepage:
            page.meta["minutes"] = cached.minutes = reading_minutes(prose)
        page.meta["about"] = self._about(page)
        cached.asked |= asked
        cached.outline = {name: getattr(page, name) for name in OUTLINE}
        return cached.content

    def _withdrawn(self, page: Any) -> str:
        """Return what stands at the old addresses of the records that were withdrawn from a page."""
        url, homes = from_root(page.url), self.site.homes
        corrections = [
            each
            for each in self.library.of(Correction)
            if each.withdrawn and homes.get(each.withdrawn_kind or "", homes.get(Correction.kind)) == url
        ]
        if not corrections:
            return ""
        former = {each.withdrawn: self.library.redirects.get(each.withdrawn or "", []) for each in corrections}
        page.present_anchor_ids.update([*former, *(name for names in former.values() for name in names)])
        return render_block("withdrawn", corrections=corrections, former=former)

    def _about(self, page: Any) -> dict[str, object]:
        """Return what the end of a page says of it: what it covers, how to cite it, where to report an error."""
        headline = next((each.title for each in page.toc if each.level == 1), page.title)
        url, title = from_root(page.url), Markup(headline).striptags()
        corrections = self.site.homes.get(Correction.kind)
        return {
            "covers": self.site.covers,
            "cite": citation_texts(cite_page(self.site, url, title or self.site.name)),
            "report": self.site.report_link(title, url, title),
            "corrections": None if corrections is None else self.made[page.file.url].page.relative(corrections),
        }

    # Once all pages have run

    def join_pages(self, env: Any, files: Any) -> None:
        """List at each record's home where it is used, and add the files that pages publish beside themselves."""
        env.bytecode_cache = compiled_templates()
        env.loader = ChoiceLoader([env.loader, DictLoader({CACHED: "a page cached from the build before"})])
        self.uses.gather((page.url, page.title) for page in self.menu)
        for page in self.menu:
            page.meta["asks"] = escape(self.site.question(page.url))
        menu = [(str(page.title), page.url, page.meta["asks"], page.meta.get("description")) for page in self.menu]
        for page in self.rendered:
            cached = self.made[page.file.url]
            uses = [self.uses.found.get(name) for name in self.site.residents.get(cached.page.url, ())]
            if cached.html and cached.surroundings == (menu, uses):
                page.meta["template"] = CACHED
            else:
                cached.html, cached.surroundings = "", (menu, uses)
                page.content = self.uses.fill(cached.content, page.url, render_block)
        entries = [entry for page in self.rendered for entry in self.made[page.file.url].entries]
        for path, text in index_files(self.site, entries):
            files.append(File.generated(self.config, path, content=text))
        for shown in self.uses.pages.values():
            for name, text in shown.files.items():
                path = unquote(url_beside(shown.url, name))
                files.append(File.generated(self.config, path, content=text))
        self.published = {file.dest_uri for file in files}

    def complete_page(self, html: str, page: Any) -> str:
        """Return a finished page with metadata in its head: what it is, what it cites, which records it holds."""
        cached = self.made.get(page.file.url)
        if cached is None:
            return html
        if not cached.html:
            with self.library.noting() as asked:
                cached.html = self._with_head(html, page, cached.page)
            cached.asked |= asked
            own = self.root / self._path(page.file)
            cached.problems += self._check_policy(cached.html, page.file.dest_uri, own)
        return cached.html

    def _check_policy(self, html: str, page: str, own: Path | None = None) -> list[Problem]:
        """Report and return what the policy would stop on a page, given by its path in the site."""
        policy = self.config.extra.get("content_security_policy") or ""
        found = page_problems(html, policy, page, self.published, own, self.root)
        for problem in found:
            self.report(problem)
        return found

    def _with_head(self, html: str, page: Any, shown: Page) -> str:
        if not html.strip():
            raise ProblemsFoundError(
                [Problem(shown.path, 0, 0, "comes out empty; fix the template that shows it")]
            )
        title = page.meta.get("title") or (escape(self.config.site_name) if page.is_homepage else page.title)
        title = title.unescape()
        schema = page.meta.get("schema", "WebPage")
        if schema not in PAGE_TYPES:
            self.report(Problem(shown.path, 0, 0, f'"schema" should be {listed(PAGE_TYPES)}, not "{schema}"'))
            return html
        description = (page.meta.get("description") or escape(self.config.site_description or "")).unescape()
        head = render_block(
            "head",
            title=title,
            description=description,
            first=page.is_homepage,
            share_card=self._draw_share_card(shown, page, title),
            picture=urljoin(page.canonical_url or "", shown.relative(url_beside(shown.url, SHARE_CARD))),
            author=self.site.author,
            name=self.config.site_name,
            language="en",
            published=self.site.built.replace("-", "/"),
            address=page.canonical_url or "",
            feed=shown.relative(FEED),
            graph=GRAPH if shown.url in self.exports.apart else "",
            data=Markup(dump_json(self.exports.page(shown, title, description, schema))),
        )
        return html.replace("</head>", f"{head}\n</head>", 1)

    def _draw_share_card(self, shown: Page, page: Any, title: str) -> ShareCard | None:
        """Write a page's share card beside it, with a limit's question, or any other page's title."""
        if not self.share_cards or not (page.is_homepage or page.previous_page or page.next_page):
            return None
        asked = [limit for limit in shown.library.of(Limit) if shown.is_home(limit)]
        section = page.parent.title.unescape() if page.parent and page.file.name != "index" else ""
        label, words = (title, asked[0].question) if len(asked) == 1 else (section, title)
        card = self.share_cards.choose_words(self.config.site_name, label, words)
        path = Path(self.config.site_dir, unquote(url_beside(shown.url, SHARE_CARD)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.share_cards.draw(card))
        return card

    # The end

    def finish(self) -> None:
        """Check the pages against the policy, and publish. Raises Abort where there are problems."""
        site = Path(self.config.site_dir)
        checked = {page.file.dest_uri for page in self.rendered}
        for path in sorted(site.rglob("*.html")):
            if (name := path.relative_to(site).as_posix()) not in checked:
                self._check_policy(path.read_text(encoding="utf-8"), name)
        for problem in overlay_problems(self.root) if self.serving else ():
            self.report(problem)
        problems = self.session.problems
        self.session.cache.drop(problem.file for problem in problems)
        if problems and not self.serving:
            site = self.draft.site
            before = f"{site.name}/ is unchanged" if site.exists() else "nothing was published"
            raise Abort(f"{counted(len(problems), 'problem')}; {before}")
        self.draft.publish(self.config)
        if self.serving:
            addresses = {self._path(page.file): page.file.dest_uri for page in self.rendered}
            show_overlay(self.draft.site, problems, addresses, self.root)


@contextmanager
def _without_garbage_collector(*, freeze: bool) -> Iterator[None]:
    """Switch the garbage collector off meanwhile: it would look at each new record again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
        if freeze:
            gc.freeze()


def _without_missing(items: list[Any]) -> list[Any]:
    """Return a menu without entries that lead to no page: MkDocs has reported them, no template can show them."""
    for item in items:
        if item.is_section:
            item.children = _without_missing(item.children)
    return [
        each
        for each in items
        if each.children or not (each.is_section or (each.is_link and is_markdown_file(each.url)))
    ]
