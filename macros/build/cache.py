"""The cache: what one build has learnt, for the next one, in the same process or in another.

A page is made of its text, the records it asked for, the components' templates, and what all pages share: homes,
settings, names. Around that stand the theme's templates, the menu and the backlinks of its records, known only
once all pages have run. What the exports say of a record is made of answers of the library alone. Each build
drops what was made of something that has changed, by its content. What many pages then lack, processes on all
cores put in; MkDocs goes on as if all were from the build before.

When a process ends, the cache is written to one file, `.cache/build`, under a seal of its bytes and of the code,
the Python and the packages that made them. A file with another seal is no cache, so it may be deleted, cut off,
or of any age: that costs time, and changes nothing.
"""

import os
import pickle
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import mkdocs
from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils.yaml import yaml_load

from ..components.rendering import environment
from ..exports.search_index import Entry
from ..library.library import Library
from ..library.loader import load_library
from ..pages.front_matter import FrontMatter
from ..pages.page import Page
from ..pages.site import Parts, Site
from ..records.kinds import Source

# Extensions of Markdown that read nothing but the page.
OF_PAGE_ALONE = re.compile(r"(markdown\.extensions\.|pymdownx\.)?(?!b64|snippets|\w*include)\w+")

Digests = dict[str, bytes]
"""What stands for the content of files, by path; nothing stands for one that cannot be read."""

Kept = TypeVar("Kept")


@dataclass(eq=False)
class CachedPage:
    """A page as it was made, and what it was made of."""

    source: tuple[object, ...]  # its text, and whatever else is its own
    page: Page
    dependencies: set[object] = field(default_factory=set)
    content: str = ""  # its HTML, before the template and the backlinks; empty while there is none
    outline: dict[str, Any] = field(
        default_factory=dict
    )  # what others, and the checks of links, read of MkDocs' page
    links: dict[str, dict[str, str]] = field(default_factory=dict)  # to places on pages, by the file of each page
    minutes: int = 0  # that its prose takes to read; 0 where that is not said
    html: str = ""  # the finished page; empty while there is none
    around: object = None  # what stands round the content there: the look, the menu, the uses of its records
    share_card: bytes = b""
    entries: list[Entry] = field(default_factory=list)  # of it in the search index


class CompiledTemplates(dict[str, bytes], BytecodeCache):
    """The compiled templates by the name of each; Jinja looks whether it is of the same text."""

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.bytecode_from_string(self.get(bucket.key, b""))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self[bucket.key] = bucket.bytecode_to_string()


class Cache:
    """The library and the pages of the build before, with all that was made of them."""

    def __init__(self) -> None:
        self.library: Library | None = None
        self.templates: Digests = {}
        self.compiled = CompiledTemplates()
        self.pages: dict[str, CachedPage] = {}  # by the path of their file
        self.parts: Parts = {}
        self.front_matter: dict[str, FrontMatter] = {}
        self.kept: dict[str, tuple[object, Any]] = {}  # what is made of all the site, after what it was made of
        self.saved: object = None

    @classmethod
    def load(cls, path: Path, generator: str) -> "Cache":
        """Return the cache that a file holds, if the same generator wrote it; else an empty one."""
        with suppress(OSError):
            file = memoryview(path.read_bytes())
            seal, kept = file[: blake2b.MAX_DIGEST_SIZE], file[blake2b.MAX_DIGEST_SIZE :]
            if seal == _seal(kept, generator):
                cache: Cache = pickle.loads(kept)
                cache.saved = cache._state()
                return cache
        return cls()

    def save(self, path: Path, generator: str) -> None:
        """Write the cache to a file, at once and whole, if it has changed, and where files can be written."""
        if self.saved == (saved := self._state()):
            return
        self.saved = None
        kept, new = pickle.dumps(self), path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            try:
                new.write_bytes(_seal(kept, generator) + kept)
                new.replace(path)
                self.saved = saved
            finally:
                new.unlink(missing_ok=True)

    def _state(self) -> object:
        """Return what differs if the cache has changed: no text is compared that is still the same object."""
        pages = [(cached, cached.html, cached.content) for cached in self.pages.values()]
        return {**vars(self), "pages": pages, "saved": None}

    def renew_library(self, data: Path, texts: Path | None) -> Library:
        """Return the library of the records in a folder; drop each page that asked for an answer that has changed.

        It is read again where a file has changed, in the folder of the articles' texts, too, if one is given.
        """
        read = [digest_files(folder, "*") for folder in (data, texts) if folder]
        before = self.library
        library = self.keep("library", read, lambda: load_library(data, texts, before))
        if before and library is not before:
            dependencies = set[object]().union(*(used for _, _, used in self._all()))
            self._drop(library.changed(before, dependencies))
        self.library = library
        return library

    def renew_templates(self, folder: Path) -> None:
        """Drop each page that used a template of the components which has changed; all are read again."""
        templates = digest_files(folder, "**/*.html")
        if edited := self.templates.items() ^ templates.items():
            self._drop({"/".join(Path(path).parts[-2:]) for path, _ in edited})  # as they are asked for
            self.templates = templates
            environment.cache_clear()
        environment().bytecode_cache = self.compiled

    def _all(self) -> Iterator[tuple[dict[Any, Any], object, set[object]]]:
        """Yield what was made, as the place and the key where it is kept, and what it was made of."""
        yield from ((self.pages, path, cached.dependencies) for path, cached in self.pages.items())
        yield from ((self.parts, key, dependencies) for key, (_, dependencies) in self.parts.items())

    def _drop(self, changed: set[object]) -> None:
        for kept, key, dependencies in [*self._all()]:
            if not changed.isdisjoint(dependencies):
                del kept[key]

    def keep(self, name: str, source: object, make: Callable[[], Kept]) -> Kept:
        """Return what was made of the same `source` under this name, or make it."""
        if name not in self.kept or self.kept[name][0] != source:
            self.kept = {**self.kept, name: (source, make())}  # a new map, for `save` compares it with the old
        found: Kept = self.kept[name][1]
        return found


def digest_files(folder: Path, pattern: str) -> Digests:
    """Return the digests of the files in a folder that fit a pattern, by path."""
    found = {}
    for path in sorted(folder.glob(pattern)):
        found[str(path)] = b""
        with suppress(OSError):  # gone meanwhile, or not to be read
            if path.is_file():
                found[str(path)] = blake2b(path.read_bytes(), digest_size=16).digest()
    return found


def digest_code(macros: Path) -> Digests:
    """Return the digests of the generator's modules, and of the templates beside them."""
    return digest_files(macros, "**/*.py") | digest_files(macros, "**/*.j2")


def reads_other_files(config: MkDocsConfig) -> bool:
    """Tell whether an extension or a plugin may make pages of files that no cache knows of."""
    known = all(map(OF_PAGE_ALONE.fullmatch, config.markdown_extensions))
    return not known or bool(config.plugins.keys() - {"macros", "build", *config.hooks})


def describe_generator(code: Digests) -> str:
    """Return what a cache depends on besides a project's content: Python, the packages beside MkDocs, our code."""
    packages = sorted(each.name for each in Path(mkdocs.__file__).parents[1].glob("*.dist-info"))
    return repr((sys.version, packages, code))


def describe_site(site: Site, files: Files, config: MkDocsConfig) -> object:
    """Return all that the content of every page depends on besides its own text and records.

    The settings are as they say, with what they take from the environment; and there is the code of all hooks.
    """
    library, path = site.library, Path(config.config_file_path)
    with path.open("rb") as settings:
        said = str(yaml_load(settings))
    residents = [ids[0] for url, ids in site.residents.items() if url in site.pages]
    return {
        "where links lead": (site.homes, site.address, library.redirects, sorted(file.src_uri for file in files)),
        "which records are on which further page": (site.pages, library.published, residents),
        "what the sources are": library.of(Source),
        "settings": (said, config.use_directory_urls, config.theme.name),
        "hooks": [(path.parent / each).read_bytes() for each in config.hooks],
    }


def describe_look(config: MkDocsConfig) -> object:
    """Return what is drawn around the content of pages: templates, the logo, and all that share cards are of."""
    theme, picture = config.theme.custom_dir, Path(config.docs_dir, str(config.extra.get("share_cards")))
    drawn = [digest_files(Path(theme), each) for each in ("**/*.html", "css/tokens.css", "fonts/*") if theme]
    return drawn, config.extra.get("mark"), digest_files(picture.parent, picture.name)


def _seal(kept: bytes | memoryview, generator: str) -> bytes:
    return blake2b(kept, key=blake2b(generator.encode()).digest()).digest()
