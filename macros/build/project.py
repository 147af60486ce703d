"""A project as MkDocs has it: its settings, files, pages and menu, and what is wrong with them."""

import os
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs.utils import is_markdown_file
from mkdocs.utils.yaml import yaml_load
from pathspec import GitIgnoreSpec

from ..library.yaml import MAX_PAGE, decode_utf8
from ..pages.front_matter import FRONT_MATTER
from ..problems import Problem, ProblemsFoundError
from .errors import CONFIG, place_in_settings, problem_from_error, problem_from_log

SETTINGS = ("site_name", "docs_dir", "use_directory_urls", "exclude_docs", "draft_docs")

# What editors and systems leave beside files: copies, locks, what is being written, what could not be merged.
LEFTOVERS = GitIgnoreSpec.from_lines(
    [
        *(".#*", "._*", ".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon[\r]", "__MACOSX/", "4913"),
        *("*~", r"\#*#", "~$*", ".*.sw?", "*.icloud", "*.bak", "*.orig", "*.rej", "*.tmp", "*.part"),
        *("*___jb_tmp___", "*___jb_old___", "*.save", "*.crdownload", "*.crswap", "*.kate-swp", "*.sw[a-p]"),
        *("*.old", "*.mine", "*.md.r[0-9]*", "__pycache__/", "node_modules/", "@eaDir/", "lost+found/"),
        *("$RECYCLE.BIN/", "System Volume Information/"),
    ]
)
# What programs that keep folders alike, or git, name a copy that they could not merge.
CONFLICTED = re.compile(r"(?i)conflicted copy|\.sync-conflict-|(?-i:_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+)\.")

OUTSIDE = "is a link that leads out of the project; put a copy in its place"


def read_files(root: Path) -> tuple[Path, Files]:
    """Return the folder of a project's pages, and MkDocs' files of it, without a build.

    Raises ProblemsFoundError if the settings are no YAML.
    """
    config, path = MkDocsConfig(str(root / CONFIG)), root / CONFIG
    try:
        given = yaml_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except Exception as error:
        raise ProblemsFoundError([problem_from_error(error, root)]) from None
    config.load_dict({name: given[name] for name in SETTINGS if name in given})
    config.validate()
    return Path(config.docs_dir), without_leftovers(get_files(config))


def without_leftovers(files: Files) -> Files:
    """Return MkDocs' files without what editors and systems leave; no page is a copy that could not be merged."""
    files = Files([file for file in files if not LEFTOVERS.match_file(file.src_uri)])
    for file in (each for each in files if CONFLICTED.search(each.src_uri)):
        file.inclusion = InclusionLevel.EXCLUDED
    return files


def page_urls(files: Files) -> dict[str, str]:
    """Return the URL from the site's root of each of MkDocs' files that is a page to publish, by its path."""
    return {file.src_uri: "" if file.url == "./" else file.url for file in files.documentation_pages()}


def setting_problems(extra: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the settings under `extra` of a site."""
    if (report := str(extra.get("report") or "")) and not report.startswith(("mailto:", "https://")):
        yield Problem(CONFIG, text=f'extra.report is "{report}"; write mailto:… or https://…, or leave it out')
    if not extra["content_security_policy"]:
        what = "extra.content_security_policy is no text, and without one browsers load whatever a page names"
        do = "write \"default-src 'self'\", and what the build then asks for"
        yield Problem(CONFIG, text=f"{what}; {do}")


def file_problems(files: Files, theme: Theme, docs: Path) -> Iterator[Problem]:
    """Yield what is wrong with MkDocs' files: pages, and a logo or favicon that is not there.

    In a page that is not UTF-8, what cannot be decoded is replaced.
    """
    for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
        raw = file.content_bytes
        try:
            decode_utf8(raw, f"{docs.name}/{file.src_uri}")
        except ProblemsFoundError as error:
            yield from error.problems
            file.content_bytes = raw.decode("utf-8-sig", errors="replace").encode()
    yield from name_problems(files, docs.name)
    if not any(file.dest_uri == "index.html" and file.inclusion.is_included() for file in files):
        yield Problem(f"{docs.name}/index.md", text="is missing, and every page links to it; write a first page")
    for name in ("logo", "favicon"):
        path = theme.get(name) or ""
        if not path.startswith("assets/") and not (docs / path).exists():  # Material has a favicon of its own
            what = f"'{name}' is '{path}', and there is no such file in {docs.name}/"
            yield problem_from_log(what, docs.parent, docs.name)


def name_problems(files: Files, docs: str) -> Iterator[Problem]:
    """Yield the problem of each file whose name keeps it from being a page."""
    first: dict[str, str] = {}
    for file in files:
        name = f"{docs}/{file.src_uri}"
        if CONFLICTED.search(file.src_uri):
            yield Problem(name, text="is a copy that could not be merged; merge what differs, and delete it")
        elif not file.is_documentation_page() and is_markdown_file(file.src_uri.lower()):
            yield Problem(name, text="is no page, because its ending has capitals; rename it")
        elif file.inclusion.is_included() and (other := first.setdefault(file.dest_uri, name)) != name:
            yield Problem(name, text=f"has the address of {other}; rename one of them")


def link_problems(root: Path, docs: str) -> Iterator[Problem]:
    """Yield a problem for each folder that cannot be read, and each link out of the project, or read already."""
    for folder in (docs, "data", "overrides"):
        seen, refused, top = set[str](), list[OSError](), (root / folder).resolve()
        for path, folders, names in os.walk(root / folder, onerror=refused.append, followlinks=True):
            real = os.path.realpath(path)
            where = Path(path).relative_to(root).as_posix()
            twice = real in seen or (seen and Path(path).is_symlink() and Path(real).is_relative_to(top))
            if twice or not Path(real).is_relative_to(root.resolve()):
                folders.clear()
                what = "leads to a folder that is read already; delete it" if twice else OUTSIDE
                yield Problem(where, text=what)
                continue
            seen.add(real)
            for name in names:
                link = Path(path, name)
                if link.is_symlink() and not link.resolve().is_relative_to(root.resolve()):
                    yield Problem(f"{where}/{name}", text=OUTSIDE)
        yield from (problem_from_error(each, root) for each in refused if isinstance(each, PermissionError))


def hide_front_matter(files: Files, unread: Container[str]) -> None:
    """Take what cannot be read out of pages: MkDocs' own reader can hang on it. Lines keep their numbers."""
    for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
        if file.src_uri in unread:
            raw = file.content_bytes if Path(file.abs_src_path or "").stat().st_size <= MAX_PAGE else b""
            file.content_bytes = FRONT_MATTER.sub(lambda found: b"\n" * found[0].count(b"\n"), raw)


def with_text_titles(nav: Any) -> Any:
    """Return the `nav` of the settings with each title as a text: YAML makes a year a number, or a date."""
    if isinstance(nav, dict):
        return {str(title): with_text_titles(item) for title, item in nav.items()}
    return [with_text_titles(item) for item in nav] if isinstance(nav, list) else nav


def two_levels(items: Iterable[Any], top: Any = None) -> list[Any]:
    """Return a menu in which the pages of a section's sections are its own, as the templates show it.

    Entries that lead to no page are left out: MkDocs has reported them, and no template can show them.
    """
    found: list[Any] = []
    for item in items:
        children = two_levels(item.children or (), top or item)
        if item.is_section and top:
            found += children
        elif children or not (item.is_section or (is_markdown_file(item.url) and ":" not in item.url)):
            item.parent = top
            if item.is_section:
                item.children = children
            found.append(item)
    return found


def menu_problems(nav: Navigation, root: Path) -> Iterator[Problem]:
    """Yield the problem of each page that stands in the menu twice: it has one title, and one page comes next."""
    for name, times in Counter(page.file.src_uri for page in nav.pages).items():
        if times > 1:
            file, line = place_in_settings(name, root)
            yield Problem(file, line, text=f"{name} stands twice in the menu; keep one")


def make_content(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Make the HTML of a page's text, with all events, as MkDocs does."""
    plugins = config.plugins
    plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    page.render(config, files)
    page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)


def finish_page(page: Page, nav: Navigation, files: Files, env: Environment, config: MkDocsConfig) -> None:
    """Put a page's HTML into its template, with all events, as MkDocs does."""
    plugins, page.active = config.plugins, True
    context = get_context(nav, files.documentation_pages(), config, page)
    context = plugins.on_page_context(context, page=page, config=config, nav=nav)
    html = env.get_template(page.meta.get("template", "main.html")).render(context)
    plugins.on_post_page(html, page=page, config=config)
    page.active = False


def note_links(page: Page, pages: Mapping[str, Page], links: Iterable[tuple[str, str]], source: str) -> None:
    """Have MkDocs look for the places, on all `pages` by their URLs, that links in the `source` lead to."""
    noted = {
        file: {unquote(name): link for name, link in to.items()}
        for file, to in (page.links_to_anchors or {}).items()
    }
    for path, name in sorted(links):
        leads = pages.get(urljoin(f"/{page.url}", path.removesuffix("index.html"))[1:])
        if leads and (link := f"{path}#{name}") in source:
            noted.setdefault(leads.file, {}).setdefault(unquote(name), link)
    page.links_to_anchors = noted


def walk_items(items: Iterable[Any]) -> Iterator[Any]:
    """Yield the items of a menu or an outline of MkDocs, and those below them."""
    for item in items:
        yield item
        yield from walk_items(item.children or ())
