"""One page while it is rendered: what it cites and shows, its addresses; then, of all pages, who uses a record."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ..library.library import AnyRecord, Library, resting_on, source_numbers
from ..library.speakers import Speaker
from ..problems import AuthorError, Problem
from ..records.kinds import Quote, Source
from ..records.models import Record
from .citations import Citations, Proof
from .site import Site, relative_address, url_beside


@dataclass(eq=False)
class Page:
    """One page while its macros run: the records that it has shown and cited, its references and its files."""

    site: Site
    path: str  # the name of its file in messages
    url: str  # its address from the site's root
    citations: Citations = field(default_factory=Citations)
    shown_ids: set[str] = field(default_factory=set)
    anchored_ids: set[str] = field(default_factory=set)  # of those that it has shown at their address
    cited_ids: set[str] = field(default_factory=set)
    mapped: set[str] = field(default_factory=set)  # the ids of the sources whose passages it has listed
    incomplete: bool = field(init=False)  # whether something could not be shown: then nothing is missed
    uses: dict[str, str] = field(default_factory=dict)  # the first citation of each record it uses, or ""
    files: dict[str, str] = field(default_factory=dict)  # the texts to publish beside it, by their names
    speakers: set[str] = field(default_factory=set)  # the keys of those whose quotations it has shown
    linked: dict[str, str] = field(default_factory=dict)  # the capacity of each speaker it links to on itself

    def __post_init__(self) -> None:
        self.incomplete = not self.library.proved

    def __getstate__(self) -> dict[str, object]:
        """Leave the site out: what another process reads belongs to the site of its own build."""
        return {**vars(self), "site": None}

    @property
    def library(self) -> Library:
        return self.site.library

    def is_home(self, record: Record) -> bool:
        return self.site.home(record) == self.url

    def records(self, kind: type[AnyRecord], topic: str = "") -> list[AnyRecord]:
        """Return the records of a kind, or of a topic; of a kind that has further pages, those of this."""
        pages = self.site.pages.get(self.url)
        if topic or not pages or pages[0] != self.site.homes.get(kind.kind):
            return self.library.of(kind, topic)
        here = map(self.library.get, self.site.residents.get(self.url, ()))
        return [record for record in here if isinstance(record, kind)]

    def claim_anchor(self, record: Record) -> str:
        """Return the id for the element that shows a record: once, on its home page; empty elsewhere."""
        if not self.is_home(record) or record.id in self.anchored_ids:
            return ""
        self.anchored_ids.add(record.id)
        return record.id

    def use(self, record: Record, citation: str = "") -> None:
        """Note that the page shows or cites a record; the first citation is where a reader finds it."""
        self.uses[record.id] = self.uses.get(record.id) or citation

    def link(self, record: Record, part: str = "") -> str:
        """Return the relative address of a record, or of a part of it, at its home; empty when it has none.

        A page that is the home of all sources need not list the passages of each.
        """
        address = self.site.record_address(record)
        return address and self.relative(address + (part if record.id in self.site.homes else ""))

    def proofs(self, record: Record) -> list[Proof]:
        """Return the passages that a record rests on, with their places in the sources."""
        proofs = []
        for passage, location in zip(record.passages, self.library.locate(record.id), strict=True):
            source = self.library.get(passage.source, Source)
            nth = source_numbers(self.library)[source.id]
            proofs.append(Proof(source, passage, location, self.link(source, location.place), nth))
        return proofs

    def links(self, ids: Iterable[str]) -> list[tuple[Record, str]]:
        """Return the records of some ids, each with its relative address."""
        return [(record, self.link(record)) for record in map(self.library.get, ids)]

    def link_quotations(self, speaker: Speaker) -> str:
        """Return the relative address of a speaker's quotations, at the home of all; empty when they have none."""
        home = self.site.homes.get(Quote.kind)
        if home == self.url:
            self.linked[speaker.key] = speaker.capacity
        return "" if home is None else self.relative(f"{home}#{speaker.key}")

    def relative(self, url: str) -> str:
        """Return the address of another page or file of the site, or of a place on one, relative to this page."""
        page, sign, place = url.partition("#")
        return f"{'' if sign and page == self.url else relative_address(page, self.url)}{sign}{place}"

    def publish(self, name: str, text: str) -> str:
        """Publish a file beside the page; return its address. Raises AuthorError where the name is taken."""
        if self.files.setdefault(name, text) != text:
            raise AuthorError(f'the page has another "{name}"; begin this drawing with another figure')
        return self.relative(url_beside(self.url, name))

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the page as a whole, once all its macros have run."""
        if self.incomplete:
            return
        for record_id in self.site.residents.get(self.url, ()):
            if record_id not in self.anchored_ids:
                text = f'is the home of "{record_id}" and does not show it; show it, or change "home_of"'
                yield Problem(self.path, text=text)
            elif record_id in self.site.homes.keys() & resting_on(self.library).keys() - self.mapped:
                text = f'is the home of "{record_id}" and lists no passages; add {{{{ passages("{record_id}") }}}}'
                yield Problem(self.path, text=text)
        for capacity in dict.fromkeys(self.linked[key] for key in self.linked if key not in self.speakers):
            text = f'links to quotations that it does not show; add {{{{ speakers("{capacity}") }}}}'
            yield Problem(self.path, text=text)
        if self.citations.references and not self.citations.printed:
            yield Problem(self.path, text="cites, and lists no references; end it with {{ references() }}")


WORDS_A_MINUTE = 230

# What does not count as reading: tags, the numbers of citations, what is folded away, the list of references.
NOT_READ = re.compile(
    r'<(sup|details)\b.*?(?:</\1>|\Z)|<ol class="xp-references.*?(?:</ol>|\Z)|<[^<>]*>', re.DOTALL
)


def reading_minutes(html: str) -> int:
    """Return the whole minutes that it takes to read a piece of HTML, at least one."""
    return max(1, round(len(NOT_READ.sub(" ", html).split()) / WORDS_A_MINUTE))


USES_PLACE = re.compile(r'<div data-uses="([^"]+)"></div>')

# Where each record is used, by its id: a page's title, its URL from the site's root, the number's anchor there.
Uses = dict[str, list[tuple[str, str, str]]]


def find_uses(pages: Iterable[tuple[str, Page]]) -> Uses:
    """Return the uses of each record on the pages, which are given with their titles in the menu's order."""
    found: Uses = {}
    for title, page in pages:
        for name, anchor in page.uses.items():
            found.setdefault(name, []).append((title, page.url, anchor))
    return found


def fill_uses(html: str, home: Page, found: Uses, render: Callable[..., str]) -> str:
    """Return the HTML of a page with the list of its uses on other pages at each record."""

    def listed(match: re.Match[str]) -> str:
        uses = [
            (title, home.relative(url) + (f"#{anchor}" if anchor else ""))
            for title, url, anchor in found.get(match[1], ())
            if url != home.url
        ]
        return render("foot/uses", uses=uses)

    return USES_PLACE.sub(listed, html)
