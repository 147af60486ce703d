"""Publishing: which files a build writes, and where; the result takes the site's place when nothing is wrong."""

import ctypes
import fcntl
import logging
import os
import re
import shutil
import subprocess
from collections.abc import Container, Iterator, MutableMapping
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.theme import Theme
from mkdocs.utils import is_markdown_file
from pathspec import GitIgnoreSpec

from ..components.rendering import FOLDER as COMPONENTS
from ..library.yaml import MAX_PAGE, decode_utf8
from ..pages.front_matter import FRONT_MATTER
from ..problems import Problem, ProblemsFoundError
from .errors import problem_from_error, problem_from_log

log = logging.getLogger("mkdocs.plugins.macros")

AT_FDCWD, RENAME_EXCHANGE = -100, 2

# What editors and systems leave beside files: copies, locks, what is being written, what could not be merged.
LEFTOVERS = GitIgnoreSpec.from_lines(
    [
        *(".#*", "._*", ".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon[\r]", "__MACOSX/", "4913"),
        *("*~", r"\#*#", "~$*", ".*.sw?", "*.icloud", "*.bak", "*.orig", "*.rej", "*.tmp", "*.part"),
        *("*___jb_tmp___", "*___jb_old___", "*.save", "*.crdownload"),
    ]
)

NO_ADDRESS = (
    "no site_url, which SITE_URL=https://… gives: the sitemap is empty, shared links have no picture, citations, "
    "feed and data name no address, and below a path the error page has no style"
)

OUTSIDE = "is a link that leads out of the project; put a copy in its place"

# A fifth of the stylesheet's weight, on every first view, is what we say to each other in it.
COMMENT = re.compile(r"""("[^"]*"|'[^']*')|(?<!\s)\s*/\*.*?(?:\*/|\Z)""", re.DOTALL)

INDENT = re.compile(r"(?<=\n)\s+|\A\s+")


def find_styles(theme: Path) -> dict[str, list[Path]]:
    """Return the stylesheets of each `@layer`, weakest layer first. In a layer the look depends on no order."""
    tokens = theme / "css" / "tokens.css"
    return {
        "tokens": [tokens] if tokens.exists() else [],
        "theme": [path for path in sorted(theme.glob("css/[!.]*.css")) if path != tokens],
        "components": sorted(COMPONENTS.glob("*/*/style.css")),
        "pages": sorted(theme.glob("css/pages/[!.]*.css")),
    }


def join_styles(layers: dict[str, list[Path]]) -> str:
    """Return one stylesheet, without comments and indents: a block for each layer, in their order."""
    blocks = []
    for layer, paths in layers.items():
        text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)
        bare = COMMENT.sub(lambda found: found[1] or "", text)
        blocks.append(f"@layer {layer} {{\n{INDENT.sub('', bare)}}}\n")
    return "".join(blocks)


def without_leftovers(files: Files) -> Files:
    """Return MkDocs' files without what editors and systems leave."""
    return Files([file for file in files if not LEFTOVERS.match_file(file.src_uri)])


def use_own_theme(theme: Theme) -> None:
    """Leave the theme it extends out of a `theme.custom_dir` that is a whole one, with a `main.html`.

    MkDocs lists the templates of every folder in each build: Material's 14,000 icons take it 0.3 s.
    """
    if theme.custom_dir and Path(theme.custom_dir, "main.html").is_file():
        theme.dirs = [theme.custom_dir, theme.dirs[-1]]  # the last is MkDocs' own, with the sitemap
        theme.static_templates |= {"_headers", "404.html"}  # what hosts send with every file, and in place of none


def select_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish no editor's leftovers, and one stylesheet in place of those of `theme.custom_dir`, if any.

    While serving, a script shows a page anew after a build, in place of MkDocs' own, which the policy stops.
    """
    files = without_leftovers(files)
    if config.extra["served"]:
        script = str(COMPONENTS / "partials" / "overlay" / "reload.js")
        files.append(File.generated(config, "js/reload.js", abs_src_path=script))
    config.extra["files"] = {each.src_uri for each in files if each.src_dir == config.docs_dir}
    if not config.theme.custom_dir:
        return files
    layers = find_styles(Path(config.theme.custom_dir))
    joined = {str(path) for paths in layers.values() for path in paths}
    files = Files([file for file in files if file.abs_src_path not in joined])
    files.append(File.generated(config, "css/site.css", content=join_styles(layers)))
    logo = Path(config.docs_dir, str(config.theme.get("logo") or ""))
    drawn = logo.suffix == ".svg" and logo.is_file()
    config.extra["mark"] = logo.read_text(encoding="utf-8").strip() if drawn else ""
    return files


def setting_problems(extra: MutableMapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the settings under `extra` of a site, and empty a policy that is none."""
    if (report := str(extra.get("report") or "")) and not report.startswith(("mailto:", "https://")):
        text = f'extra.report is "{report}"; write mailto:… or https://…, or leave it out'
        yield Problem("mkdocs.yml", 0, 0, text)
    policy = extra.get("content_security_policy")
    if not (isinstance(policy, str) and policy.strip()):
        extra["content_security_policy"] = ""
        text = "extra.content_security_policy is no text, and without one browsers load whatever a page names; "
        yield Problem("mkdocs.yml", 0, 0, f"{text}write \"default-src 'self'\", and what the build then asks for")


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
        yield Problem(f"{docs.name}/index.md", 0, 0, "is missing, and every page links to it; write a first page")
    for name in ("logo", "favicon"):
        path = theme.get(name) or ""
        if not path.startswith("assets/") and not (docs / path).exists():  # Material has a favicon of its own
            what = f"'{name}' is '{path}', and there is no such file in {docs.name}/"
            yield problem_from_log(what, docs.parent)


def name_problems(files: Files, docs: str) -> Iterator[Problem]:
    """Yield the problem of each page whose name keeps it from being one: its ending, or another's address."""
    first: dict[str, str] = {}
    for file in files:
        name = f"{docs}/{file.src_uri}"
        if not file.is_documentation_page() and is_markdown_file(file.src_uri.lower()):
            yield Problem(name, 0, 0, "is no page, because its ending has capitals; rename it")
        elif file.inclusion.is_included() and (other := first.setdefault(file.dest_uri, name)) != name:
            yield Problem(name, 0, 0, f"has the address of {other}; rename one of them")


def hide_front_matter(files: Files, unread: Container[str]) -> None:
    """Take what cannot be read out of pages: MkDocs' own reader can hang on it. Lines keep their numbers."""
    for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
        if file.src_uri in unread:
            raw = file.content_bytes if Path(file.abs_src_path or "").stat().st_size <= MAX_PAGE else b""
            file.content_bytes = FRONT_MATTER.sub(lambda found: b"\n" * found[0].count(b"\n"), raw)


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
                yield Problem(where, 0, 0, what)
                continue
            seen.add(real)
            for name in names:
                link = Path(path, name)
                if link.is_symlink() and not link.resolve().is_relative_to(root.resolve()):
                    yield Problem(f"{where}/{name}", 0, 0, OUTSIDE)
        yield from (problem_from_error(each, root) for each in refused if isinstance(each, PermissionError))


def commit_time(project: Path) -> str:
    """Return the Unix time of the last commit that changed a page or a record; 0 where there is none.

    The site says that it was revised then, and has the same bytes whenever it is built.
    """
    try:
        command = ("git", "log", "-1", "--format=%ct", "--", "docs", "data")
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    except OSError:
        return "0"
    return done.stdout.strip() or "0"


class Draft:
    """The folder that one build writes to. No two builds share one."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Make MkDocs write to the draft: `config.site_dir` names it until `publish` or `discard`.

        All builds beside the site share a lock, which ends with the process. One that has it alone deletes what
        killed ones have left.
        """
        self.site = Path(config.site_dir)
        self.site.parent.mkdir(parents=True, exist_ok=True)
        beginning, self.lock = f".{self.site.name}.", ExitStack()
        opened = os.open(self.site.parent, os.O_RDONLY)
        self.lock.callback(os.close, opened)
        with suppress(OSError):  # another build runs
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in self.site.parent.glob(f"{beginning}*"):
                shutil.rmtree(left, ignore_errors=True)
        fcntl.flock(opened, fcntl.LOCK_SH)
        self.folder = Path(mkdtemp(prefix=beginning, dir=self.site.parent))
        self.folder.chmod(0o755)
        config.site_dir = str(self.folder)

    def publish(self, config: MkDocsConfig) -> None:
        """Put the draft in the site's place, at once and whole; of two builds, the one that comes last stays."""
        config.site_dir = str(self.site)
        try:
            self.folder.rename(self.site)
        except OSError:  # there is a site already
            _exchange(self.folder, self.site)
        self.discard()
        if not config.site_url:
            log.info(NO_ADDRESS)

    def discard(self) -> None:
        """Delete the draft, or the site whose place it took; nobody waits for that but the process, at its end."""
        self.lock.close()
        Thread(target=shutil.rmtree, args=(self.folder, True)).start()


def _exchange(one: Path, other: Path) -> None:
    """Exchange the names of two folders, in one step where the system can; Python has no function for it."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename and rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return
    aside = Path(mkdtemp(prefix=f".{other.name}.", dir=other.parent)) / "old"
    other.rename(aside)
    one.rename(other)
    shutil.rmtree(aside.parent, ignore_errors=True)
