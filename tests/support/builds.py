"""Sites built for the tests: copies of a project, each built by MkDocs in a process of its own."""

import fcntl
import hashlib
import os
import pickle
import posixpath
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urldefrag
from xml.etree.ElementTree import Element

import pytest

from macros.build.project import page_urls, read_files
from macros.library.library import Library
from macros.library.loader import load_library, verify_library
from macros.library.proof import LOCK
from macros.pages.site import read_site

from .forks import EXPLAINER, PROJECT, Order, Process
from .html import parse_html

TEXTS = PROJECT / (os.environ.get("SOURCES") or "sources")

texts_at_hand = pytest.mark.skipif(
    not TEXTS.is_dir(), reason=f"the articles' texts are not at hand in {TEXTS}; set SOURCES to their folder"
)

BUILDS = PROJECT / ".cache" / "tests"

# What a build of a project reads.
PARTS = ("mkdocs.yml", "docs", "data", "macros", "overrides")
SHARED = ("macros", "overrides")  # by every explainer

_folders: list[TemporaryDirectory[str]] = []


def new_folder() -> Path:
    """A folder that lasts until the tests end."""
    _folders.append(TemporaryDirectory(prefix="builds-"))
    return Path(_folders[-1].name)


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a module of Python in a project, with this project's packages already imported."""
    return start(folder, *arguments, **environment).done()


def start(
    folder: Path, *arguments: str, own_code: bool = False, cores: int = 0, file_size: int = 0, **environment: str
) -> Process:
    """Start a module of Python in a project; with `own_code` where macros/ there changes while it runs."""
    return Process(Order(str(folder), [*arguments], environ(**environment), own_code, cores, file_size))


def run_process(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a module of Python in a project, in a process that has imported nothing."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env=environ(**environment),
        capture_output=True,
        text=True,
        timeout=300,
    )


def environ(**more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SOURCES", "SITE_URL", "REPORT_URL", "PYTHONPATH")
    }
    fixed = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", "PYTHONUTF8": "1"}
    return {**kept, **fixed, "SOURCES": "no-texts", **more}


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(folder, "mkdocs", "build")


def copy_project(source: Path, folder: Path) -> Path:
    """Copy a project; the explainer gets this project's macros and overrides, and its lock."""
    folder.mkdir(exist_ok=True)
    for part in PARTS:
        path = (PROJECT if part in SHARED else source) / part
        if path.is_dir():
            shutil.copytree(path, folder / part)
        elif path.exists():
            shutil.copy(path, folder / part)
    if source == EXPLAINER:
        (folder / "data" / LOCK).write_text(lock_explainer(), encoding="utf-8")
    return folder


@cache
def lock_explainer() -> str:
    lock, problems = verify_library(EXPLAINER / "data", EXPLAINER / "sources")
    assert not problems, problems
    return lock.dumps()


@cache
def real_library() -> Library:
    """The project's own records, as a machine without the texts reads them: by the lock alone.

    They are read once for all processes, which takes twenty times as long as to unpickle them.
    """
    with kept("library", PROJECT) as folder:
        path = folder / "library"
        if not path.is_file():
            new = path.with_suffix(".new")
            new.write_bytes(pickle.dumps(load_library(PROJECT / "data")))
            new.replace(path)
        return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]


def read_page_urls(folder: Path) -> dict[str, str]:
    """The URL of every page that a build of a project would publish, by its path under docs/."""
    return page_urls(read_files(folder)[1])


@dataclass(frozen=True)
class Built:
    """A project and the site built from it."""

    folder: Path
    log: str
    before: Library | None = None
    """A library whose records are mostly those of the project, if one has been read."""

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @cached_property
    def library(self) -> Library:
        return load_library(self.folder / "data", None, self.before)

    @cached_property
    def homes(self) -> dict[str, str]:
        """The page that is each record's home, by the record's id; topics have none."""
        site, _ = read_site(self.library, self.folder / "docs", read_page_urls(self.folder))
        found = {record.id: site.home(record) for record in self.library.records.values()}
        return {name: f"{home}index.html" for name, home in found.items() if home is not None}

    @cached_property
    def pages(self) -> dict[str, "Page"]:
        """Every HTML page, by its path in the site."""
        names = {path.relative_to(self.site).as_posix(): path for path in sorted(self.site.rglob("*.html"))}
        return {name: Page(name, parse_html(path.read_bytes())) for name, path in names.items()}

    @cached_property
    def content(self) -> dict[str, "Page"]:
        """The pages that come from docs/: all but the error page."""
        return {name: page for name, page in self.pages.items() if name != "404.html"}

    def files(self) -> dict[str, str]:
        return fingerprints(self.site)


@dataclass(frozen=True)
class Page:
    """One page of a built site."""

    name: str
    root: Element

    @cached_property
    def parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def ids(self) -> list[str]:
        return [each.attrib["id"] for each in self.root.iter() if "id" in each.attrib]

    @cached_property
    def meta(self) -> dict[str, str]:
        """What the page says of itself in each element `meta`, by its property or name."""
        return {
            each.get("property") or each.get("name") or "": each.get("content", "")
            for each in self.root.iter("meta")
        }

    def having(self, attribute: str) -> Iterator[Element]:
        return iter(self._by_attribute.get(attribute, []))

    def of_class(self, name: str) -> Iterator[Element]:
        return (each for each in self.having("class") if name in each.attrib["class"].split())

    @cached_property
    def _by_attribute(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self.root.iter():
            for name in element.attrib:
                found.setdefault(name, []).append(element)
        return found

    def above(self, element: Element) -> Iterator[Element]:
        """The element and what it stands in, from the inside out."""
        inner: Element | None = element
        while inner is not None:
            yield inner
            inner = self.parents.get(inner)

    def target(self, address: str) -> tuple[str, str]:
        """The file of the site and the fragment that an address on this page leads to."""
        path, fragment = urldefrag(address)
        path = unquote(path.partition("?")[0])
        if not path:
            return self.name, unquote(fragment)
        start = "" if path.startswith("/") else posixpath.dirname(self.name)
        joined = posixpath.normpath(posixpath.join(start, path.lstrip("/")))
        name = "" if joined == "." else joined
        if path.endswith(("/", ".")) or not name:
            name = posixpath.join(name, "index.html")
        return name, unquote(fragment)


def complaints(log: str) -> list[str]:
    """What MkDocs logged above mere information."""
    return [line for line in log.splitlines() if line.startswith(("WARNING", "ERROR", "CRITICAL"))]


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def fingerprints(folder: Path) -> dict[str, str]:
    """The fingerprint of every file under a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@cache
def built(project: Path) -> Built:
    """A project's site, built without the texts: the lock must do.

    It is built once for all processes. Whoever wants to change it copies the folder.
    """
    with kept("site", project) as folder:
        log = folder / "log"
        if not log.is_file():
            shutil.rmtree(folder / "project", ignore_errors=True)
            done = build(copy_project(project, folder / "project"))
            assert done.returncode == 0, "the site does not build:\n" + "\n".join(complaints(done.stderr))
            log.write_text(done.stderr, encoding="utf-8")
    before = real_library() if project == PROJECT else None
    return Built(folder / "project", log.read_text(encoding="utf-8"), before)


@contextmanager
def kept(what: str, project: Path) -> Iterator[Path]:
    """The folder of what is made of a project, for one process at a time; another when the project changes.

    Removed is what has not been used for an hour; tests that run now may use anything younger.
    """
    folder = BUILDS / f"{project.name}-{content_key(project)}-{what}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.utime(folder)
        yield folder
    for path in BUILDS.iterdir():
        with suppress(FileNotFoundError):  # another process may have removed it
            if path.stat().st_mtime < time.time() - 3600:
                shutil.rmtree(path, ignore_errors=True)


@cache
def content_key(project: Path) -> str:
    """Return twelve letters that stand for all a project's site is made of."""
    files = [PROJECT / "requirements.txt", Path(__file__)]
    for part in PARTS:
        path = (PROJECT if part in SHARED else project) / part
        files += [each for each in sorted(path.rglob("*")) if "__pycache__" not in each.parts] or [path]
    if project == EXPLAINER:
        files += sorted((EXPLAINER / "sources").iterdir())
    key = hashlib.sha256(sys.version.encode())
    for path in files:
        if path.is_file():
            key.update(f"\n{path.relative_to(PROJECT)}\n".encode() + path.read_bytes())
    return key.hexdigest()[:12]
