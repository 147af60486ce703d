"""The built site: what a reader's browser and a link checker see, on the real site and on the second explainer."""

import gzip
import re
import shutil
import string
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest

from macros.evidence.article import FOLDS, PROSE, Article
from macros.exports.atom import FEED
from macros.library.proof import articles_of
from macros.records.kinds import Correction, Event, Fact, Quote, Source, Tension

from ..support.builds import (
    EXPLAINER,
    PROJECT,
    TEXTS,
    Built,
    Page,
    built,
    complaints,
    fingerprints,
    new_folder,
    start,
    text_of,
    texts_at_hand,
)
from ..support.html import parse_html

RUN_OF_WORDS = 16
FIRST_VIEW = 75_000  # bytes, compressed, as in tests/browser/test_weight.py
MARKS = string.punctuation + "“”‘’"
INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time"}
FETCHED = {
    "link": ("href",),
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "form": ("action",),
}
NEVER_FETCHED = {"canonical", "alternate", "prev", "next", "license", "author"}


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_nothing_is_logged_against_the_site(site: Built) -> None:
    assert complaints(site.log) == []


def test_every_link_inside_the_site_leads_to_a_place_that_exists(site: Built) -> None:
    lost = []
    for page in site.pages.values():
        for link in page.having("href"):
            address = link.get("href", "")
            if urlsplit(address).scheme or address.startswith("//"):
                continue
            name, fragment = page.target(address)
            if not (site.site / name).is_file():
                lost.append(f"{page.name}: {address}: no such file")
            elif fragment and not fragment.startswith("__") and fragment not in site.pages[name].ids:
                lost.append(f"{page.name}: {address}: no such place")
    assert lost == []


def test_every_picture_script_and_style_of_the_site_exists(site: Built) -> None:
    lost = [
        f"{page.name}: {address}"
        for page in site.pages.values()
        for address in fetched(page)
        if not urlsplit(address).scheme and not (site.site / page.target(address)[0]).is_file()
    ]
    assert lost == []


def test_an_id_stands_once_on_a_page(site: Built) -> None:
    twice = {
        name: again
        for name, page in site.pages.items()
        if (again := [each for each, count in Counter(page.ids).items() if count > 1])
    }
    assert twice == {}


def test_a_record_has_its_id_exactly_once_over_the_whole_site_on_its_home_page(site: Built) -> None:
    places: dict[str, list[str]] = {name: [] for name in site.homes}
    for page in site.pages.values():
        for element in page.having("data-record"):
            if name := element.get("id"):
                places.setdefault(name, []).append(page.name)
    assert {name: found for name, found in places.items() if found != [site.homes.get(name)]} == {}


def test_the_element_with_a_record_s_id_is_the_record(site: Built) -> None:
    for name, home in site.homes.items():
        element = next(each for each in site.pages[home].having("id") if each.get("id") == name)
        assert element.get("data-record") == name


def test_every_record_on_a_page_is_a_record_of_the_library(site: Built) -> None:
    shown = {each.get("data-record") for page in site.pages.values() for each in page.having("data-record")}
    assert shown <= set(site.library.records)
    assert shown >= set(site.homes)


def test_every_id_that_is_named_for_help_exists(site: Built) -> None:
    for page in site.pages.values():
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for element in page.having(attribute):
                assert [each for each in element.get(attribute, "").split() if each not in page.ids] == [], (
                    page.name
                )


def citations(page: Page) -> list[tuple[str, str]]:
    """Each citation of a page with each reference it stands for: its own id, and that of the reference."""
    found = []
    for mark in page.of_class("xp-cite"):
        own = [each.get("id") for each in mark.iter() if each.get("id")]
        links = list(mark.iter("a"))
        assert len(own) == len(links) == 1, f"{page.name}: {text_of(mark)}"
        first = links[0].get("href", "").removeprefix("#")
        numbers = links[0].get("data-run", first.rpartition("-")[2]).split()
        found += [(str(own[0]), f"xp--ref-{number}") for number in numbers]
    return found


def references(page: Page) -> list[tuple[str, list[Element]]]:
    """Each reference of a page: its id, and its links back."""
    cited = {f"#{own}" for own, _ in citations(page)}
    return [
        (item.get("id", ""), [link for link in item.iter("a") if link.get("href") in cited])
        for listed in page.of_class("xp-references")
        for item in listed.iter("li")
        if item.get("id")
    ]


def test_every_citation_has_its_reference_and_every_reference_leads_back_to_each(site: Built) -> None:
    total = 0
    for page in site.content.values():
        there = citations(page)
        back = [(link.get("href", "")[1:], name) for name, links in references(page) for link in links]
        assert sorted(there) == sorted(back), page.name
        assert len(set(there)) == len(there), page.name
        total += len(there)
    assert total


def test_every_reference_is_cited(site: Built) -> None:
    for page in site.content.values():
        assert [name for name, links in references(page) if not links] == [], page.name


def test_citations_are_numbered_in_reading_order(site: Built) -> None:
    for page in site.content.values():
        first = list(dict.fromkeys(reference for _, reference in citations(page)))
        assert first == [f"xp--ref-{number + 1}" for number in range(len(first))], page.name


def test_every_link_back_on_a_page_has_a_name_of_its_own(site: Built) -> None:
    for page in site.content.values():
        names = [link.get("aria-label") or text_of(link) for _, links in references(page) for link in links]
        assert [name for name, count in Counter(names).items() if count > 1] == [], page.name


def forward_links(site: Built) -> set[tuple[str, str]]:
    """From each record, at its home, to the paragraphs it rests on."""
    found = set()
    for page in site.content.values():
        for proofs in page.of_class("xp-proofs"):
            record = next(each for each in page.above(proofs) if each.get("data-record"))
            if record.get("id"):
                links = (page.target(link.get("href", "")) for link in proofs.iter("a"))
                found |= {
                    (record.get("data-record", ""), place) for _, place in links if is_paragraph(site, place)
                }
    return found


def back_links(site: Built) -> set[tuple[str, str]]:
    """From each paragraph, on its source's page, to the records that rest on it."""
    found = set()
    for page in site.content.values():
        for item in page.of_class("xp-passages__record"):
            (link,) = item.iter("a")
            paragraph = next(each for each in page.above(item) if is_paragraph(site, each.get("id", "")))
            found.add((page.target(link.get("href", ""))[1], paragraph.get("id", "")))
    return found


def is_paragraph(site: Built, name: str) -> bool:
    names = "|".join(re.escape(source.id) for source in site.library.of(Source))
    return bool(re.fullmatch(rf"({names})-[a-z]+-\d+", name))


def test_the_links_to_paragraphs_and_the_links_from_paragraphs_are_the_same(site: Built) -> None:
    resting = {
        (name, location.source + location.place)
        for name, found in site.library.locations.items()
        for location in found
    }
    assert forward_links(site) == resting
    assert back_links(site) == resting


def fetched(page: Page) -> Iterator[str]:
    """What a browser asks for when it opens a page."""
    for element in page.root.iter():
        if NEVER_FETCHED & set(element.get("rel", "").split()) and "stylesheet" not in element.get("rel", ""):
            continue
        for attribute in FETCHED.get(str(element.tag), ()):
            value = element.get(attribute, "").strip()
            if attribute == "srcset":
                yield from (each.split()[0] for each in value.split(",") if each.strip())
            elif value:
                yield value


def test_no_page_asks_another_host_for_anything(site: Built) -> None:
    for page in site.pages.values():
        assert [each for each in fetched(page) if urlsplit(each).netloc] == [], page.name
        styles = [each.get("style", "") for each in page.having("style")]
        styles += ["".join(each.itertext()) for each in page.root.iter("style")]
        assert [each for each in styles if re.search(r"url\(|@import", each)] == [], page.name


def test_no_style_asks_another_host_for_anything(site: Built) -> None:
    for path in site.site.rglob("*.css"):
        asked = re.findall(r"(?:url\(|@import)\s*['\"]?(?!url\()([^)'\"\s]+)", path.read_text(encoding="utf-8"))
        assert [each for each in asked if urlsplit(each).netloc or each.startswith("//")] == [], path.name


def test_every_link_out_of_the_site_is_https(site: Built) -> None:
    for page in site.pages.values():
        for link in page.root.iter("a"):
            address = link.get("href", "")
            assert urlsplit(address).scheme in ("", "https"), page.name
            assert not address.startswith("//"), f"{page.name}: {address}"


def test_two_builds_are_the_same_to_the_byte_on_however_many_cores() -> None:
    first = built(PROJECT)
    folder = new_folder() / "project"
    shutil.copytree(first.folder, folder)
    done = start(folder, "mkdocs", "build", cores=1).done()
    assert done.returncode == 0, done.stderr
    assert fingerprints(folder / "site") == first.files()


def words(text: str) -> list[str]:
    """The words of a text as an anchor's are counted: whatever stands between spaces."""
    return [word for each in text.casefold().translate(FOLDS).split() if (word := each.strip(MARKS))]


def pieces(root: Element) -> Iterator[str]:
    """The text of a page, broken where a block begins or ends."""
    text = "".join(broken_text(root))
    return (piece for piece in text.split("\n\n") if piece.strip())


def broken_text(element: Element) -> Iterator[str]:
    border = "" if element.tag in INLINE else "\n\n"
    yield border + (element.text or "")
    for child in element:
        yield from broken_text(child)
        yield child.tail or ""
    yield border


def narration(article: Article) -> Iterator[list[str]]:
    """The stretches of an article's prose that stand outside quotation marks, as words."""
    for paragraph in article.paragraphs:
        if paragraph.role != PROSE:
            continue
        start = paragraph.span.start
        for quotation in [
            each for each in article.quotations if paragraph.span.start <= each.start < paragraph.span.end
        ]:
            yield words(article.text[start : quotation.start])
            start = quotation.end
        yield words(article.text[start : paragraph.span.end])


def runs(found: list[str], length: int) -> Iterator[str]:
    return (" ".join(found[start : start + length]) for start in range(len(found) - length + 1))


@texts_at_hand
def test_no_long_run_of_an_article_s_own_words_is_published() -> None:
    site = built(PROJECT)
    articles = articles_of(site.library, TEXTS)
    secret = {
        run for article in articles.values() for part in narration(article) for run in runs(part, RUN_OF_WORDS)
    }
    assert secret
    for name, page in site.pages.items():
        for piece in pieces(page.root):
            assert secret.isdisjoint(runs(words(piece), RUN_OF_WORDS)), f"{name}: {piece}"
    for path in site.site.rglob("*"):
        if path.suffix in (".json", ".jsonld", ".xml", ".txt", ".csv", ".md", ".yml", ".bib", ".ris"):
            for piece in re.split(r'<[^>]*>|[{}"]|\n\n', path.read_text(encoding="utf-8")):
                assert secret.isdisjoint(runs(words(piece), RUN_OF_WORDS)), f"{path.name}: {piece}"


@texts_at_hand
def test_the_search_for_leaks_would_find_one() -> None:
    for article in articles_of(built(PROJECT).library, TEXTS).values():
        longest = max(narration(article), key=len)
        page = parse_html(f"<p>In our words: <b>{' '.join(longest)}</b>.</p>")
        found = {run for piece in pieces(page) for run in runs(words(piece), RUN_OF_WORDS)}
        assert found & set(runs(longest, RUN_OF_WORDS))


def test_without_a_correction_the_method_page_says_so_and_the_feed_is_empty() -> None:
    site = built(PROJECT)
    if not site.library.of(Correction):
        assert "No correction so far." in text_of(site.pages["method/index.html"].root)
        assert "<entry" not in (site.site / FEED).read_text(encoding="utf-8")


def test_every_page_leads_to_errors_and_corrections_while_no_address_for_reports_is_set() -> None:
    for name, page in built(PROJECT).content.items():
        links = ["".join(each.itertext()) for each in page.of_class("xp-colophon__tool")]
        assert "Errors and corrections" in links, name
        assert "Report an error" not in links, name


def test_the_page_of_numbers_holds_every_figure_in_its_table_and_in_a_form_above_it() -> None:
    page, facts = built(PROJECT).pages["numbers/index.html"], built(PROJECT).library.of(Fact)
    figures = {each.id for each in facts if each.value is not None}
    (every,) = page.of_class("xp-numbers")
    rows = [each for each in every.iter() if "xp-numbers__row" in each.get("class", "").split()]
    assert sorted(row.get("data-record", "") for row in rows) == sorted(figures)
    within = set(every.iter())
    above = [each.attrib["data-cites"] for each in page.having("data-cites") if each not in within]
    assert figures <= {name for each in above for name in each.split()}


def test_a_full_page_of_records_like_this_site_s_would_be_light() -> None:
    site = built(PROJECT)
    for kind in (Fact, Quote, Event, Tension):
        names = [each.id for each in site.library.of(kind)]
        (home,) = {site.homes[each] for each in names}
        page = site.pages[home]
        loaded = {"css/site.css"} | {
            page.target(each.attrib["src"])[0] for each in page.root.iter("script") if "src" in each.attrib
        }
        assert len(names) <= kind.page_length
        assert (
            compressed(site, home) * kind.page_length / len(names) + sum(compressed(site, each) for each in loaded)
            < FIRST_VIEW
        )


def compressed(site: Built, name: str) -> int:
    return len(gzip.compress((site.site / name).read_bytes(), 9))


def test_a_fact_away_from_its_home_says_whose_word_it_is(site: Built) -> None:
    shown = 0
    for page in site.pages.values():
        for card in page.root.iter("article"):
            if "xp-fact" in (card.get("class") or "").split() and not card.get("id"):
                record = site.library.get(card.get("data-record"), Fact)
                source = site.library.get(record.evidence[0].source, Source)
                told = {text_of(each) for each in card.iter("dt")} & {"According to", "Counted by"}
                assert told or source.publisher in record.text, (page.name, record.id)
                shown += 1
    assert shown > 0
