"""One build, event by event: the records are read, the pages made, completed and published.

MkDocs calls `on_files` and `on_nav`; for each page `on_page_markdown` and `on_page_content`; when all have run,
`on_env`; for each page `on_post_page`; `on_post_build`. Where many pages are new, processes on all cores make them
first, their content in `on_nav` and the finished pages in `on_env`: both wait in the cache for MkDocs' calls.

A mistake in a page or a record never ends a build half-way. It is reported with its place and shown on the page;
at the end a build with any problem fails and leaves the site that was built before. While serving, the site is
shown all the same.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from jinja2 import ChoiceLoader, DictLoader, Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import write_file

from ..components.placeholders import MARK
from ..components.rendering import environment, render_block, render_inline
from ..exports import list_exports
from ..exports.search_index import index_files, page_entries, record_entries
from ..exports.share_cards import ShareCards
from ..library.loader import find_texts_folder
from ..library.parallel import in_parallel
from ..library.schema import SCHEMAS, renew_ids
from ..pages.citations import Citations
from ..pages.content_security_policy import page_problems
from ..pages.glossary import link_terms
from ..pages.page import Page, fill_uses, find_uses, reading_minutes
from ..pages.site import Parts, read_site, url_beside
from ..pages.syntax_mistakes import printed_syntax
from ..pages.unbacked_prose import find_unbacked, unbacked_on_page
from ..problems import AuthorError, Problem, ProblemsFoundError, counted, find_conflict
from . import project
from .cache import CachedPage, describe_look, describe_site, reads_other_files
from .error_overlay import overlay_problems, show_overlay
from .errors import CONFIG, place_in_settings
from .macro_calls import Calls, has_calls, is_plain, run_title, run_titles
from .page_metadata import SHARE_CARD, PageMetadata
from .publish import Draft, format_build_date
from .theme import select_files

if TYPE_CHECKING:
    from .session import Session

# The template of a page that needs no rendering.
CACHED = "cached.html"
FEWEST_PAGES = 8  # that are worth a process of their own


def _render_nothing(config: MkDocsConfig, files: Files) -> None:
    """Stand in for the `render` of a cached page, which sets up Markdown for each in 0.7 ms."""


class Build:
    """One build: the site's records, its pages while they are made, and the folder it writes to.

    A method that starts with `on_` answers the event of MkDocs of its name. There `page` is MkDocs' own; `ours` is
    the same page as the macros see it.
    """

    def __init__(self, config: MkDocsConfig, session: "Session") -> None:
        """Read the data. `config` is that of MkDocs; `session` lasts from one build to the next."""
        self.config, self.session, self.cache, self.report = config, session, session.cache, session.report
        self.root, self.docs = Path(config.config_file_path).parent, Path(config.docs_dir)
        if linked := [*project.link_problems(self.root, self.docs.name)]:  # before MkDocs follows them
            raise ProblemsFoundError(linked)
        self.serving = config.extra["served"] = session.serving
        texts = find_texts_folder(self.root) if self.serving else None
        self.library = self.cache.renew_library(self.root / "data", texts)
        self.calls: dict[str, Calls] = {}  # of the pages that wait for Markdown, by their URLs
        self.menu_titles: list[tuple[Any, str]] = []  # each entry that has one in mkdocs.yml, and as it is written
        self.site_files: dict[str, str] = {}  # what each is made from, where it is not published; else nothing
        self.cached: dict[str, CachedPage] = {}  # by the URL of each; new ones, too
        self.menu: list[MkDocsPage] = []
        self.rendered: list[MkDocsPage] = []
        if self.serving:
            renew_ids(self.root / "data" / SCHEMAS, self.library)
        self.draft = Draft(config)

    # Before the pages

    def on_files(self, files: Files, **_: Any) -> Files:
        """Return MkDocs' files with the exports of the records added, and those of the theme replaced by ours."""
        plugin: Any = self.config.plugins["macros"]
        given = {"jinja": plugin.env, "variables": plugin.variables}
        self.start: Callable[..., Calls] = partial(Calls, report=self.report, root=self.root, **given)
        files = select_files(files, self.config)
        self.report(*project.file_problems(files, self.config.theme, self.docs))
        self._read_site(project.page_urls(files))
        project.hide_front_matter(files, self.site.unread)
        written = self.cache.keep(
            "written", self.site, lambda: [*list_exports(self.site), *self.site.further_pages()]
        )
        self._add(files, written)
        shared = describe_site(self.site, files, self.config)
        self.cache.pages = self.cache.keep("pages", shared, dict[str, CachedPage])
        return files

    def _add(self, files: Files, texts: Iterable[tuple[str, str]]) -> None:
        """Add files of MkDocs with the texts given by their URLs from the site's root; none is in the menu."""
        kept_out = InclusionLevel.NOT_IN_NAV
        for url, text in texts:
            if unquote(url) in self.config.extra["files"]:
                what = "has the name of a file that the build writes; rename it"
                self.report(Problem(f"{self.docs.name}/{unquote(url)}", text=what))
            files.append(File.generated(self.config, unquote(url), content=text, inclusion=kept_out))

    def _read_site(self, urls: dict[str, str]) -> None:
        """Find the records' homes among the pages, and prepare what is exported."""
        config = self.config
        policy = config.extra.get("content_security_policy")
        config.extra["content_security_policy"] = policy if isinstance(policy, str) and policy.strip() else ""
        self.site, problems = read_site(self.library, self.docs, urls, self.cache.front_matter)
        self.cache.front_matter = self.site.front_matter
        self.report(*sorted({*self.library.problems, *problems, *project.setting_problems(config.extra)}))
        self.site.report = str(config.extra.get("report") or "")
        self.site.name = config.site_name
        self.site.address = f"{config.site_url.rstrip('/')}/" if config.site_url else ""
        self.site.author = config.site_author or ""
        self.site.built = config.extra["built"] = format_build_date(os.environ.get("SOURCE_DATE_EPOCH", ""))
        shared = self.site.homes, self.site.further, self.site.address
        self.cache.parts = self.site.parts = self.cache.keep("parts", shared, Parts)
        self.metadata = PageMetadata(self.site, config.site_description or "")
        if (picture := config.extra.get("share_cards")) and not self.serving:
            tokens = self.root / (config.theme.custom_dir or "") / "css" / "tokens.css"
            try:
                self.metadata.share_cards = ShareCards(self.docs / str(picture), tokens)
            except AuthorError as error:
                self.report(Problem(CONFIG, text=f"extra.share_cards: {error}"))

    @contextmanager
    def _tracking(self, dependencies: set[object]) -> Iterator[None]:
        """Note in a set what is used meanwhile: what the library is asked for, and the templates of components."""
        with self.library.tracking() as environment().dependencies:
            yield
        dependencies |= environment().dependencies

    def _path(self, file: File) -> str:
        """Return a page's file as messages name it."""
        return f"{self.docs.name}/{file.src_uri}"

    def on_nav(self, nav: Navigation, files: Files, **_: Any) -> None:
        """Store the order of the pages; one that is not in the menu does not count as a use of a record."""
        nav.items = project.two_levels(nav.items)
        self.report(*project.menu_problems(nav, self.root))
        self.pages: dict[str, MkDocsPage] = {
            file.page.url: file.page for file in files.documentation_pages() if file.page
        }
        for home in nav.pages:
            further = [self.pages[url] for url in self.site.pages.get(home.url, ())[1:]]
            for each in further:
                each.parent = home.parent
            self.menu += [home, *further]
        for item in project.walk_items(nav.items):
            if item.title:
                self.menu_titles += [(item, item.title)] if self.config.nav else []  # else a folder's name
                line = place_in_settings(item.title, self.root)[1] if has_calls(item.title) else 0
                item.title = run_title(self.start(Page(self.site, CONFIG, ""), offset=line - 1), item.title)
        self.nav = nav
        new = [page for page in self.pages.values() if self._path(page.file) not in self.cache.pages]
        self._fill_cache(new, partial(project.make_content, config=self.config, files=files))

    def _fill_cache(self, pages: list[MkDocsPage], make: Callable[[MkDocsPage], object]) -> None:
        """Make pages on all cores, for the cache; one with a problem is left to MkDocs, which has it told."""

        def work(part: Iterator[MkDocsPage]) -> tuple[dict[str, CachedPage], dict[str, bytes]]:
            made = {}
            for page in part:
                path, problems = self._path(page.file), self.session.mute()
                with suppress(Exception):
                    make(page)
                if path in self.cache.pages and not problems:
                    made[path] = self.cache.pages[path]
            return made, self.cache.compiled

        if not reads_other_files(self.config):  # another plugin would miss what happens in a process that ends
            for made, compiled in in_parallel(work, pages, FEWEST_PAGES):
                self.cache.pages |= made
                self.cache.compiled |= compiled

    # Page by page

    @event_priority(100)  # before the macros plugin, which would stop at the first mistake
    def on_page_markdown(self, text: str, page: MkDocsPage, **_: Any) -> str:
        """Return a page's Markdown with its macros run; empty for a page that is in the cache."""
        page.meta["render_macros"] = False  # so the plugin leaves it as it is
        written = page.file.content_bytes.decode("utf-8-sig")
        ours = Page(self.site, self._path(page.file), page.url)
        source = (written, self.site.residents.get(page.url))
        dependencies = set[object]()
        with self._tracking(dependencies):
            titles = run_titles(self.start, self.report, page, ours, written)
            cached = self.cache.pages.get(ours.path)
            if cached and cached.content and cached.source == source:
                cached.page.site, markdown = self.site, ""
                page.content, page.render = "", _render_nothing  # type: ignore[method-assign]
            else:
                cached, markdown = CachedPage(source, ours), self._run(text, page, ours, titles, written)
                if is_plain(text) and not ours.incomplete:
                    self.cache.pages[ours.path] = cached
        cached.dependencies |= dependencies
        self.cached[page.url] = cached
        return markdown

    def _run(self, text: str, page: MkDocsPage, ours: Page, titles: dict[str, str], written: str) -> str:
        """Return a page's Markdown with its macros run, and report what is wrong with it as a whole."""
        offset = written.rstrip().count("\n") - text.rstrip().count("\n")
        calls = self.calls[page.url] = self.start(ours, mkdocs_page=page, offset=offset)
        markdown = calls.run(text)
        self.report(*ours.problems())
        if ours.incomplete or find_conflict(written):
            return markdown
        code = "" if is_plain(text) else calls.placeholders.omit(markdown)
        own_words = page.meta.get("own_words", ())
        self.report(*unbacked_on_page(ours, written, text, code, titles, own_words))
        return markdown

    def on_page_content(self, html: str, page: MkDocsPage, files: Files, **_: Any) -> str:
        """Return a page's HTML with its components, and tell MkDocs which ids these have."""
        cached = self.cached[page.url]
        self.rendered.append(page)
        if cached.content:
            for name, value in cached.outline.items():
                setattr(page, name, value)
            found = ((files.get_file_from_path(uri), to) for uri, to in cached.links.items())
            page.links_to_anchors = {file: to for file, to in found if file}
        else:
            with self._tracking(cached.dependencies):
                self._place(html, page, cached)
            cached.outline = {name: getattr(page, name) for name in ("title", "toc", "present_anchor_ids")}
            cached.page.citations = Citations()  # the references are printed
            cached.links = {file.src_uri: to for file, to in (page.links_to_anchors or {}).items()}
        return cached.content

    def _place(self, html: str, page: MkDocsPage, cached: CachedPage) -> None:
        """Put the components into a page's HTML, and keep what search and the reading time need of it."""
        calls, source = self.calls.pop(page.url), str(cached.source[0])
        placeholders = calls.placeholders
        printed = [*printed_syntax(MARK.sub("<>", html), source)]  # before terms in it are linked
        if page.meta.get("glossary", True):
            html = link_terms(html, cached.page, render_inline)
        html = placeholders.place_inline(html)
        found = sorted([*printed, *placeholders.id_problems(source)], key=itemgetter(1))
        self.report(*(Problem(cached.page.path, line, text=text) for text, line in found))
        calls.finish_titles(page)
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *placeholders.anchors}
        project.note_links(page, self.pages, placeholders.links, source)
        prose = MARK.sub(" ", html)
        if not page.meta.get("search", {}).get("exclude"):
            cached.entries = page_entries(page.url, page.title.unescape(), prose)
        if page.meta.get("schema") == "BackgroundNewsArticle" and not page.is_homepage:  # read to the end
            cached.minutes = reading_minutes(prose)
        cached.content = placeholders.place_blocks(html)
        if withdrawn := self.site.withdrawn(page.url):
            page.present_anchor_ids.update(*([each.withdrawn or "", *former] for each, former in withdrawn))
            cached.content = f"{cached.content}{render_block('withdrawn', withdrawn=withdrawn)}"

    def _menu_title_problems(self) -> Iterator[Problem]:
        """Yield what a title in the menu states and its page does not cite, or no record, for a section's."""
        for item, title in self.menu_titles:
            cached = self.cached.get(item.url) if item.is_page else None
            ids = cached.page.cited_ids | cached.page.shown_ids if cached else self.library.records
            own_words = item.meta.get("own_words", ()) if cached else ()
            for _, what in find_unbacked(self.site, title, ids, own_words):
                yield Problem(*place_in_settings(title, self.root), text=f'"{title}" in the menu: {what}')

    # Once all pages have run

    def on_env(self, env: Environment, files: Files, **_: Any) -> None:
        """List at each record's home where it is used, and add the files that pages publish beside themselves."""
        env.bytecode_cache = self.cache.compiled
        cached_page = DictLoader({CACHED: "a page cached from the build before"})
        env.loader = ChoiceLoader([env.loader, cached_page]) if env.loader else cached_page
        uses = find_uses((page.title, self.cached[page.url].page) for page in self.menu if page.url in self.cached)
        self.report(*self._menu_title_problems())
        for page in self.menu:
            page.meta["question"] = escape(self.site.question(page.url))
        menu = [(page.title, page.url, page.meta["question"], page.meta.get("description")) for page in self.menu]
        look = (menu, self.site.built, self.serving, describe_look(self.config))
        unfinished = []
        for page in self.rendered:
            cached = self.cached[page.url]
            around = look, [uses.get(name) for name in self.site.residents.get(page.url, ())]
            if cached.html and cached.around == around:
                page.meta["template"] = CACHED
            else:
                if cached is self.cache.pages.get(cached.page.path) and page.file.inclusion.is_included():
                    unfinished.append(page)
                cached.html, cached.around = "", around
                with self._tracking(cached.dependencies):
                    page.content = fill_uses(cached.content, cached.page, uses, render_block)
                    about, pages = self.metadata.at_end(page, cached.page), self.site.pages.get(page.url)
                    page.meta.update({"minutes": cached.minutes, "about": about, "pages": pages})
            self._add(files, [(url_beside(page.url, name), text) for name, text in cached.page.files.items()])
        self.site_files = {
            file.dest_uri: self._path(file) if file.inclusion.is_excluded() else "" for file in files
        }
        finish = partial(project.finish_page, nav=self.nav, files=files, env=env, config=self.config)
        self._fill_cache(unfinished, finish)
        for page in unfinished:
            finished = self.cache.pages[self._path(page.file)]
            if finished.html:
                page.meta["template"] = CACHED
                self.cached[page.url], finished.page.site = finished, self.site

    def on_post_page(self, html: str, page: MkDocsPage, **_: Any) -> str:
        """Return a finished page with metadata in its head: what it is, what it cites, which records it holds."""
        cached = self.cached[page.url]
        if not cached.html:
            with self._tracking(cached.dependencies):
                cached.html, cached.share_card = self.metadata.add_head(html, page, cached.page)
            own = self.root / self._path(page.file)
            if self._check_policy(cached.html, page.file.dest_uri, own):
                self.cache.pages.pop(cached.page.path, None)
        if cached.share_card:
            write_file(cached.share_card, f"{self.config.site_dir}/{unquote(url_beside(page.url, SHARE_CARD))}")
        return cached.html

    def _check_policy(self, html: str, page: str, own: Path | None = None) -> list[Problem]:
        """Report and return what the policy would stop on a page, given by its path in the site."""
        policy = self.config.extra["content_security_policy"]
        found = page_problems(html, policy, page, self.site_files, own, self.root)
        self.report(*found)
        return found

    # The end

    def on_post_build(self, **_: Any) -> None:
        """Check the pages against the policy, and publish. Raises Abort where there are problems."""
        site = Path(self.config.site_dir)
        checked = {page.file.dest_uri for page in self.rendered}
        for path in sorted([*site.rglob("*.html"), *site.rglob("*.css")]):
            if (name := path.relative_to(site).as_posix()) not in checked:
                own = Path(self.config.docs_dir, name)
                self._check_policy(path.read_text("utf-8", errors="replace"), name, own if own.is_file() else None)
        if self.serving:
            self.report(*overlay_problems(self.root))
        elif problems := self.session.problems:
            site = self.draft.site
            before = f"{site.name}/ is unchanged" if site.exists() else "nothing was published"
            raise Abort(f"{counted(len(problems), 'problem')}; {before}")
        else:
            self.write_index()
        self.draft.publish(self.config)
        if self.serving:
            addresses = {self._path(page.file): page.file.dest_uri for page in self.rendered}
            show_overlay(self.draft.site, self.session.problems, addresses, self.root)
            self.session.write_index = self.write_index

    def write_index(self) -> None:
        """Write the files of the search index into the site."""
        entries = [each for page in self.rendered for each in self.cached[page.url].entries]
        source = self.site, entries
        files = self.cache.keep("index", source, lambda: [*index_files([*entries, *record_entries(self.site)])])
        for name, text in files:
            write_file(text.encode(), f"{self.config.site_dir}/{name}")
