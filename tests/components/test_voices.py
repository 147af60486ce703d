"""Voices: every quotation stands once, under whoever said it, and the picture says what the limits' lists say."""

from collections import Counter
from xml.etree.ElementTree import Element

import pytest

from macros.components.rendering import MACROS, nested
from macros.records.kinds import Document, Fact, Limit, Person, Quote
from macros.records.models import Record

from ..support.builds import EXPLAINER, PROJECT, Built, Page, built, text_of
from ..support.components import examples

CAPACITIES = {"official", "analyst", "party", "other"}


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def page_of(site: Built) -> Page:
    """The page that is the home of quotations."""
    return site.pages[site.homes[next(iter(site.library.of(Quote))).id]]


def marks(page: Page) -> dict[tuple[str, str], str]:
    """Where each statement stands, by its id and the limit's, as the picture shows it."""
    (table,) = page.of_class("xp-voices__table")
    limits = [link.get("href", "").rpartition("#")[2] for link in table.find("thead").iter("a")]  # type: ignore[union-attr]
    return {
        (link.get("href", "").rpartition("#")[2], limit): next(link.iter("i")).get("class", "").rpartition("--")[2]
        for row in table.iter("tr")
        for limit, cell in zip(limits, row.findall("td"), strict=False)
        for link in cell.iter("a")
    }


def reports(site: Built, record: Quote | Fact) -> bool:
    """Whether the words a statement rests on are somebody's report of what others hold."""
    told = [quote for quote in site.library.of(Quote) if quote.voice == "others"]
    return any(
        passage.exact in quoted.exact or quoted.exact in passage.exact
        for passage in record.evidence
        for quote in told
        for quoted in quote.evidence
    )


def stated(site: Built) -> dict[tuple[str, str], str]:
    """Where each statement of a named speaker stands by the lists of the limits."""
    found = {}
    for limit in site.library.of(Limit):
        for side in ("said", "shows", "against"):
            for name in getattr(limit, side):
                record = site.library.records[name]
                if isinstance(record, Quote | Fact) and getattr(record, "speaker", ()) + getattr(
                    record, "said_by", ()
                ):
                    found[name, limit.id] = "reports" if reports(site, record) else side
    return found


def test_every_mark_of_the_picture_is_what_the_lists_of_the_limits_say(site: Built) -> None:
    assert marks(page_of(site)) == stated(site)
    assert set(stated(site).values()) >= {"shows", "against", "said"}


def test_whoever_is_quoted_leads_from_their_record_to_each_of_their_quotations(site: Built) -> None:
    within = {
        place.get("id"): {each.get("data-record") for each in place.iter()}
        for place in page_of(site).of_class("xp-speakers__speaker")
    }
    for quote in site.library.of(Quote):
        for name in quote.speaker:
            (card,) = (each for each in site.pages[site.homes[name]].having("id") if each.get("id") == name)
            (words,) = (each for each in card.iter() if each.get("class") == "xp-foot__words")
            places = {link.get("href", "").rpartition("#")[2] for link in words.iter("a")}
            assert any(quote.id in within[place] for place in places), (name, quote.id)


def test_a_mark_says_aloud_where_it_stands_and_what_was_said(site: Built) -> None:
    page = page_of(site)
    (key,) = page.of_class("xp-voices__key")
    meant = {next(sign.iter("i")).get("class", ""): text_of(sign) for sign in key.iter("li")}
    for link in page.of_class("xp-voices__link"):
        record = site.library.records[link.get("href", "").rpartition("#")[2]]
        words = f"“{nested(record.label)}”" if record.quoted else record.label
        assert link.get("aria-label") == f"{meant[next(link.iter('i')).get('class', '')]}: {words}"


def test_those_stand_first_in_a_group_on_whose_words_verdicts_rest_then_who_takes_a_side_on_more_limits(
    site: Built,
) -> None:
    page = page_of(site)
    weighed = {
        (name, limit.id) for limit in site.library.of(Limit) for name in (*limit.upheld_by, *limit.disputed_by)
    }
    for group in page.of_class("xp-voices__group"):
        weights = []
        for row in list(group)[1:]:
            names = str(next(row.iter("a")).get("href")).partition("#")[2].split("--")[1:]
            staked = any(getattr(site.library.records[name], "stake", None) for name in names)
            cells = [[marked_in(link) for link in cell.iter("a")] for cell in row.findall("td")]
            limits = [limit.id for limit in site.library.of(Limit)]
            verdicts = (
                0
                if staked
                else sum(
                    any((name, limit) in weighed for name, _ in cell)
                    for limit, cell in zip(limits, cells, strict=True)
                )
            )
            sides = sum(any(stands in ("shows", "against") for _, stands in cell) for cell in cells)
            weights.append((-verdicts, -sides, -sum(map(bool, cells))))
        assert weights == sorted(weights)


def marked_in(link: Element) -> tuple[str, str]:
    """The id of a statement that a mark leads to, and where it stands."""
    stands = next(link.iter("i")).get("class", "").rpartition("--")[2]
    return link.get("href", "").rpartition("#")[2], stands


def test_analysts_come_before_those_whose_own_matter_it_is(site: Built) -> None:
    groups = [text_of(each) for each in page_of(site).of_class("xp-voices__capacity")]
    order = ("Analysts", "Officials and official texts", "Parties to the matter", "Other voices")
    assert groups == [each for each in order if each in groups]


def group_of(page: Page, element: Element) -> str:
    around = next(each for each in page.above(element) if "xp-speakers" in each.get("class", "").split())
    return around.get("class", "").rpartition("--")[2]


def capacities(speaker: Record, source: str) -> set[str | None]:
    """In what capacity a speaker speaks in a source, by the speaker's own record."""
    if isinstance(speaker, Person):
        return {role.capacity for role in speaker.roles if any(each.source == source for each in role.evidence)}
    return {getattr(speaker, "capacity", None)}


def test_every_quotation_stands_once_in_the_group_that_its_speaker_s_record_says(site: Built) -> None:
    page = page_of(site)
    shown = Counter()
    for figure in page.of_class("xp-quote"):
        if not figure.get("id"):
            continue
        quote = site.library.records[figure.get("id", "")]
        assert isinstance(quote, Quote)
        shown[quote.id] += 1
        group = group_of(page, figure)
        if quote.speaker:
            assert group in capacities(site.library.records[quote.speaker[0]], quote.evidence[0].source), quote.id
            section = next(each for each in page.above(figure) if each.tag == "section")
            assert section.get("id") == "--".join((group, *quote.speaker))
        else:
            assert group == "unnamed"
    assert shown == Counter(quote.id for quote in site.library.of(Quote))


def test_every_speaker_stands_once_with_name_role_and_position(site: Built) -> None:
    page = page_of(site)
    sections = list(page.of_class("xp-speakers__speaker"))
    assert len({each.get("id") for each in sections}) == len(sections)
    positions = Counter(text_of(each) for each in page.of_class("xp-speakers__position"))
    assert set(positions.values()) <= {1}
    holders = [each for each in site.library.records.values() if getattr(each, "position", None)]
    assert len(positions) == len(holders)
    for each in holders:
        assert any(each.position.text in told for told in positions), each.id  # type: ignore[attr-defined]
    for section in sections:
        (head,) = (each for each in section.iter() if each.get("class") == "xp-speakers__head")
        classes = " ".join(each.get("class", "") for each in head.iter())
        people = [site.library.records[name] for name in section.get("id", "").split("--")[1:]]
        assert ("xp-speakers__role" in classes) == any(isinstance(each, Person) for each in people)


def test_whoever_says_anything_is_among_the_speakers(site: Built) -> None:
    told = {
        name
        for each in page_of(site).of_class("xp-speakers__speaker")
        for name in each.get("id", "").split("--")[1:]
    }
    for record in (*site.library.of(Quote), *site.library.of(Fact)):
        names = record.speaker if isinstance(record, Quote) else record.said_by
        authors = {
            author
            for name in names
            if isinstance(document := site.library.records[name], Document)
            for author in document.author
        }
        assert not names or told & {*names, *authors}, record.id


def test_a_speaker_who_reports_what_others_hold_is_marked_in_words(site: Built) -> None:
    for figure in page_of(site).of_class("xp-quote"):
        quote = site.library.records[figure.get("data-record", "")]
        marked = any(each.get("class") == "xp-quote__voice" and text_of(each) for each in figure.iter())
        assert marked == (quote.voice == "others")  # type: ignore[attr-defined]


def test_a_page_with_the_picture_and_without_the_speakers_it_leads_to_is_told_what_to_add() -> None:
    example = next(each for each in examples("voices") if each.home)
    page = example.page()
    MACROS["voices"](page)
    told = [problem.text for problem in page.problems()]
    assert 'links to quotations that it does not show; add {{ speakers("official") }}' in told
    for capacity in ("official", "other"):
        MACROS["speakers"](page, capacity)
    assert not [problem for problem in page.problems() if "leads to" in problem.text]
