"""Homes of records: which page shows each record at its own address.

A page says in its front matter which it is the home of, by kind or by id: `home_of: [event]`, `home_of: [an-id]`.
The home of a long kind has further pages, which the build writes: after facts/ come facts/2/, facts/3/ and so on.
On which a record stands goes by its place in the list of published ids: a new record comes last and moves no
other, so that no address changes.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import quote as percent_encode

from jinja2 import Template

from ..library.library import Library
from ..problems import Problem, ProblemsFoundError, did_you_mean
from ..records.kinds import KINDS, Correction, Limit, Source, kind_called
from ..records.models import Record
from .front_matter import FrontMatter, read_front_matter

Part = TypeVar("Part")
Parts = dict[tuple[object, ...], tuple[Any, set[object]]]
"""What functions have made, each with the answers of the library that it was made of."""

FURTHER_PAGE = Path(__file__).with_name("further_page.j2")


@dataclass
class Site:
    """The library, the addresses of its records, and what the site says of itself."""

    library: Library
    homes: dict[str, str] = field(default_factory=dict)  # a page's URL by the kinds and ids it claims
    front_matter: dict[str, FrontMatter] = field(default_factory=dict, compare=False)  # by the path of each page
    unread: set[str] = field(default_factory=set)  # the paths of pages whose front matter cannot be read
    report: str = ""  # where a reader reports an error: mailto:… or https://…
    address: str = ""  # of the site itself, if it is known
    name: str = ""
    author: str = ""
    built: str = ""  # the day of the commit, in ISO 8601
    parts: Parts = field(default_factory=dict, compare=False)

    def remember(self, make: Callable[..., Part], *given: object) -> Part:
        """Return what a function makes of the site and of what is `given`, from the build before where it can be.

        Whoever asks depends on the answers of the library that it was made of.
        """
        if (key := (make, *given)) not in self.parts:
            with self.library.tracking() as dependencies:
                self.parts[key] = make(self, *given), dependencies
        found: Part = self.parts[key][0]
        self.library.records.dependencies |= self.parts[key][1]
        return found

    @cached_property
    def _numbers(self) -> dict[str, tuple[str, int]]:
        """The home of each record that stands on a further page of it, and the page's number, by its id."""
        numbered = number_pages(self.library).items()
        return {name: (self.homes[kind], n) for name, (kind, n) in numbered if n > 1 and kind in self.homes}

    @cached_property
    def further(self) -> dict[str, str]:
        """The URL of a further page by the ids of its records."""
        return {name: further_url(*place) for name, place in self._numbers.items()}

    @cached_property
    def pages(self) -> dict[str, list[str]]:
        """All pages of a home that has several, by the URL of each."""
        listed: dict[str, dict[str, None]] = {}
        for name, (home, _) in self._numbers.items():
            listed.setdefault(home, {home: None})[self.further[name]] = None
        return {url: [*urls] for urls in listed.values() for url in urls}

    def home(self, record: Record) -> str | None:
        """Return the URL, from the site's root, of the page that is a record's home."""
        return self.homes.get(record.id, self.further.get(record.id, self.homes.get(record.kind)))

    def record_address(self, record: Record) -> str:
        """Return the address of a record from the site's root; empty when it has no home."""
        home = self.home(record)
        return "" if home is None else f"{home}#{record.id}"

    @cached_property
    def residents(self) -> dict[str, list[str]]:
        """The ids of the records that have their home on each page."""
        found: dict[str, list[str]] = {}
        for record in self.library.records.values():
            if (home := self.home(record)) is not None:
                found.setdefault(home, []).append(record.id)
        return found

    def further_pages(self) -> Iterator[tuple[str, str]]:
        """Yield the path under docs/ and the text of each further page of a home."""
        template = Template(FURTHER_PAGE.read_text("utf-8"), trim_blocks=True)
        for url, (home, *further) in self.pages.items():
            if url != home:
                kinds = dict.fromkeys(type(self.library.records[name]) for name in self.residents.get(url, ()))
                path = f"{url.rstrip('/').removesuffix('.html')}.md"
                yield path, template.render(number=2 + further.index(url), kinds=kinds)

    def report_link(self, title: str, url: str) -> str:
        """Return the address to report an error at, in a page of that title; empty where none is set."""
        place = self.address + url
        if self.report.startswith("mailto:"):
            return f"{self.report}?subject={percent_encode(f'Error in {title}')}&body={percent_encode(place)}"
        address = percent_encode(place, safe="")
        return self.report.replace("{title}", percent_encode(title)).replace("{address}", address)

    @cached_property
    def covers(self) -> str:
        """The date of the latest source, as it is said; empty where there is no source."""
        dates = [source.issued for source in self.library.of(Source) if source.issued]
        return max(dates, key=lambda date: date.sort_key).say() if dates else ""

    def withdrawn(self, url: str) -> list[tuple[Correction, list[str]]]:
        """Return the corrections that withdraw a record whose home a page was, with the record's former ids."""
        last = self.homes.get(Correction.kind)
        return [
            (each, self.library.redirects.get(each.withdrawn, []))
            for each in self.library.of(Correction)
            if each.withdrawn
            and self.further.get(each.withdrawn, self.homes.get(each.withdrawn_kind or "", last)) == url
        ]

    def question(self, url: str) -> str:
        """Return the question of a page that is the home of one limit alone; empty for any other."""
        records = (self.library.records[name] for name in self.residents.get(url, ()))
        limits = [record for record in records if isinstance(record, Limit)]
        return limits[0].question if len(limits) == 1 else ""


def read_site(
    library: Library, docs: Path, urls: Mapping[str, str], read: Mapping[str, FrontMatter] = MappingProxyType({})
) -> tuple[Site, list[Problem]]:
    """Find every record's home by the front matter of pages; `urls` are by the path of each under `docs`.

    What was `read` before, by the same paths, is read again only of pages that have changed.
    """
    site, problems, first = Site(library), list[Problem](), dict[str, str]()
    known = {*KINDS, *library.entries, *library.broken}
    unread = False
    for path in sorted(urls, key=lambda each: each.split("/")):
        name = f"{docs.name}/{path}"
        try:
            page = site.front_matter[path] = read_front_matter(docs, path, read.get(path))
            problems += (*page.problems, *page.script_problems(docs))
            for line, claim in page.claims:
                if claim not in known and not library.unread:
                    what = f'no kind or record "{claim}"{did_you_mean(kind_called(claim), known)}'
                    problems.append(Problem(name, line, text=what))
                    unread = True
                elif claim in first:
                    what = f'{first[claim]} is already the home of "{claim}"; keep one'
                    problems.append(Problem(name, line, text=what))
                else:
                    first[claim], site.homes[claim] = name, urls[path]
        except ProblemsFoundError as error:
            problems += error.problems
            unread = True
            if error.problems:
                site.unread.add(path)
    for kind in KINDS.values() if not unread else ():  # a page with a mistake in what it claims may be the home
        lost = {f'"{each.id}"': each.id for each in library.of(kind) if kind.has_home and site.home(each) is None}
        if lost and len(lost) == len(library.of(kind)):
            lost = {f"any {kind.kind}": kind.kind}
        for what, claim in lost.items():
            text = f'no page is the home of {what}; write "home_of: [{claim}]" at the top of one'
            problems.append(Problem(f"{docs.name}/", text=text))
    return site, problems


def number_pages(library: Library) -> dict[str, tuple[str, int]]:
    """Return the kind of each record, withdrawn ones too, and the number of its page among its kind's, by its id.

    A record that was renamed keeps the place of its first id; those not published yet come last.
    """
    now = {former: name for name, ids in library.redirects.items() for former in ids}
    kinds = {correction.withdrawn: correction.withdrawn_kind for correction in library.of(Correction)}
    kinds |= {name: entry.record.kind for name, entry in library.entries.items()}
    before, found = Counter[str](), dict[str, tuple[str, int]]()
    for listed in dict.fromkeys([*library.published, *library.entries]):
        name = now.get(listed, listed)
        if kind := kinds.get(name):
            found.setdefault(name, (kind, 1 + before[kind] // KINDS[kind].page_length))
            before[kind] += 1
    return found


def further_url(home: str, number: int) -> str:
    """Return the URL of a further page of a home; both are from the site's root."""
    stem = re.sub(r"(^|/)index\.html$|\.html$|/$", "", home)
    return f"{stem}/{number}".lstrip("/") + (".html" if home.endswith(".html") else "/")


@cache
def relative_address(target: str, base: str) -> str:
    """Return the address of a page or file as seen from the page at `base`; both are URLs from the site's root."""
    path = posixpath.relpath(target or ".", base.rpartition("/")[0] or ".")
    return f"{path}/" if not target or target.endswith("/") else path


def url_beside(url: str, name: str) -> str:
    """Return the URL of a file of that name that belongs to the page at `url`."""
    folder, _, page = url.rpartition("/")
    stem = page.removesuffix(".html").removesuffix("index")
    return (f"{folder}/" if folder else "") + (f"{stem}-" if stem else "") + name
