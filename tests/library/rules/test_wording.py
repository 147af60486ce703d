"""The catalogue of unfair sentences: a record, the passage it rests on, and what its author is told."""

import pytest

from macros.library.library import Library
from macros.library.loader import load_record
from macros.library.rules import wording
from macros.library.rules.rule import RULES, Rule
from macros.library.rules.wording import (
    briefs_keep_to_their_record,
    decimals_have_a_point,
    documents_speak_on_their_date,
    figures_keep_their_hedge,
    hedges_stay,
    parts_of_a_year_are_said,
    positions_keep_to_what_they_rest_on,
    relative_years_are_derived,
    relative_years_are_resolved,
    targets_are_called_targets,
    texts_hold_no_markup,
)
from macros.library.yaml import parse_entries
from macros.records.kinds import KINDS

from ...support.library import breaches

PRINTED = "is printed as it stands; write plain text, with signs such as “ and é"
SHA256 = "0" * 64
SOURCES = f"""\
- {{id: post, type: report, title: T, publisher: P, issued: 1934-05, text: p.txt, sha256: "{SHA256}"}}
- {{id: gazette, type: report, title: T, publisher: P, issued: 1936, text: g.txt, sha256: "{SHA256}"}}
"""

NAMED = """\
- id: charter
  name: Charter
  issued: 1931
  text: A paper.
  evidence: [{source: gazette, exact: the charter}]
"""


def library_of(**files: str) -> Library:
    """The records of a few lines of YAML a kind; their passages are not looked for."""
    library = Library("data")
    for name, text in {"source": SOURCES, "document": NAMED, **files}.items():
        kind = KINDS[name]
        for tree in parse_entries(text.encode(), f"data/{kind.file}", {}):
            library.add(load_record(kind, tree))
    return library


def fact(exact: str, text: str = "Something is so.", more: str = "") -> str:
    return f"- id: one\n  text: {text}\n{more}  evidence:\n    - source: post\n      exact: {exact}\n"


def limit(record: str, text: str = "") -> str:
    brief = f"  counter:\n    record: {record}\n" + (f"    text: {text}\n" if text else "")
    return f"- id: two\n  title: T\n  question: Q?\n  answer: A.\n{brief}  said: [{record}]\n"


QUOTATION = "- id: one\n  speaker: charter\n  form: {}\n  evidence: [{{source: gazette, exact: water for all}}]\n"
HEDGED = fact("the lock may close", "The lock may close.", "  said_by: board\n")


def held(text: str, as_of: str = "1934") -> str:
    return (
        f"- id: board\n  name: Board\n  position:\n    text: {text}\n    as_of: {as_of}\n    rests_on: [one]\n"
        "  text: A body.\n  evidence: [{source: post, exact: the board}]\n"
    )


COUNT = "  value: 40\n  unit: barges\n  period: {}\n  as_of: 1933\n"

# The rule, the files, what is told; nothing is told of a record that is right.
CATALOGUE: dict[str, tuple[Rule, dict[str, str], list[str]]] = {
    "last year is a year too late": (
        relative_years_are_resolved,
        {"fact": fact("in the year", more='  as_of: 1934\n  derived: "“Last year” in a report of May 1934"\n')},
        ["data/facts.yml:4: “last year” in a source of 1934 is 1933; fix the date, or how it is derived"],
    ),
    "last year is right": (
        relative_years_are_resolved,
        {"fact": fact("in the year", more='  as_of: 1933\n  derived: "“Last year” in a report of May 1934"\n')},
        [],
    ),
    "last year is not explained": (
        relative_years_are_derived,
        {"fact": fact("the lock closed last year", more="  as_of: 1933\n")},
        ['data/facts.yml:1: "one" rests on “last year”; say in "derived" which year that is'],
    ),
    "a text holds markup": (
        texts_hold_no_markup,
        {"fact": fact("the lock &amp; it", "The <q>lock</q>.", "  note: A &ldquo;lock&rdquo;\n")},
        [f"data/facts.yml:{line}: “{words}” {PRINTED}" for line, words in ((3, "&ldquo;"), (2, "<q>"))],
    ),
    "a text holds a link": (
        texts_hold_no_markup,
        {"fact": fact("the lock", "The [lock](locks.md).", "  note: There are {{ count('fact') }}.\n")},
        [f"data/facts.yml:{line}: “{words}” {PRINTED}" for line, words in ((3, "{{"), (2, "](locks.md)"))],
    ),
    "the title of a source holds a tag": (
        texts_hold_no_markup,
        {"source": SOURCES.replace("title: T", "title: The <b> tag", 1)},
        [],
    ),
    "the title of a source holds a reference to a sign": (
        texts_hold_no_markup,
        {"source": SOURCES.replace("title: T", "title: Locks &amp; weirs", 1)},
        [f"data/sources.yml:1: “&amp;” {PRINTED}"],
    ),
    "a text holds words in italics": (
        texts_hold_no_markup,
        {"fact": fact("the lock", "The _second_ lock.", "  note: ~~Shut~~\n  derived: By the post[^a]\n")},
        [f"data/facts.yml:{line}: “{words}” {PRINTED}" for line, words in ((3, "~~"), (2, "_second_"), (4, "[^"))],
    ),
    "a text is a sign that there is none": (
        texts_hold_no_markup,
        {
            "fact": fact("None", "TODO count them.", "  note: n/a\n  derived: '–'\n"),
            "term": NAMED.replace("Charter", "N/A").replace("  issued: 1931\n", ""),
        },
        [
            f"data/facts.yml:{line}: “{words}” says nothing; write what is so, or delete the field"
            for line, words in ((3, "n/a"), (2, "TODO count them."), (4, "–"))
        ],
    ),
    "a text holds signs": (
        texts_hold_no_markup,
        {"fact": fact("the lock", "5*3 < 8, R&D; AT&T; a <mark>, a_b_c, __init__, ~5, [sic], _.")},
        [],
    ),
    "decimals have a comma": (
        decimals_have_a_point,
        {"fact": fact("134,1 Millionen", "It cost 134,1 crowns, “über 3,5 Millionen”.", "  note: By 7,5 or so\n")},
        [
            f"data/facts.yml:{line}: “{number}” has a comma before its decimals; write {point}, or a space after "
            "the comma"
            for line, number, point in ((3, "7,5", "7.5"), (2, "134,1", "134.1"))
        ],
    ),
    "a comma groups digits, or stands between numbers": (
        decimals_have_a_point,
        {"fact": fact("1,5", "It cost 4,100 in 1931,32 or 1,50,000 of 1.000,5, 12 of 2,4-D and 3, 4 of X1,2.")},
        [],
    ),
    "a figure loses its hedge": (
        figures_keep_their_hedge,
        {"fact": fact("nearly 40 barges came", more=COUNT.format("1933"))},
        ['data/facts.yml:9: the source says “nearly 40”; keep the hedge in "qualifier"'],
    ),
    "a figure loses what follows it": (
        figures_keep_their_hedge,
        {"fact": fact("40 barges or more came", more=COUNT.format("1933"))},
        ['data/facts.yml:9: the source says “40 barges or more”; keep the hedge in "qualifier"'],
    ),
    "a figure beside one that is hedged": (
        figures_keep_their_hedge,
        {"fact": fact("nearly 400 farmers and 40 barges", more=COUNT.format("1933"))},
        [],
    ),
    "two figures are hedged": (
        figures_keep_their_hedge,
        {"fact": fact("some 400 farmers and fewer than 40 barges", more=COUNT.format("1933"))},
        ['data/facts.yml:9: the source says “fewer than 40”; keep the hedge in "qualifier"'],
    ),
    "a figure in words is hedged": (
        figures_keep_their_hedge,
        {"fact": fact("it sank More than forty barges", more=COUNT.format("1933"))},
        ['data/facts.yml:9: the source says “More than forty barges”; keep the hedge in "qualifier"'],
    ),
    "a figure in words is no hedge’s": (
        figures_keep_their_hedge,
        {"fact": fact("a film about forty barges, over the forty locks", more=COUNT.format("1933"))},
        [],
    ),
    "a figure keeps its hedge": (
        figures_keep_their_hedge,
        {"fact": fact("nearly 40 barges came", more=COUNT.format("1933") + "  qualifier: nearly\n")},
        [],
    ),
    "a statement loses its hedge": (
        hedges_stay,
        {"fact": fact("the lock may close", "The lock closes.")},
        ["data/facts.yml:5: the source says “may”; keep the hedge in the statement"],
    ),
    "a statement loses a hedge beside one on its figure": (
        hedges_stay,
        {
            "fact": fact(
                "it may lose nearly 40 barges", "It loses 40.", COUNT.format("1933") + "  qualifier: over\n"
            )
        },
        ["data/facts.yml:10: the source says “may”; keep the hedge in the statement"],
    ),
    "a hedge on a figure is the figure’s": (
        hedges_stay,
        {"fact": fact("it loses nearly 40 barges", "It loses 40.", COUNT.format("1933"))},
        [],
    ),
    "a statement keeps its hedge in other words": (
        hedges_stay,
        {"fact": fact("the lock may close", "The lock could close.")},
        [],
    ),
    "a belief is stated": (
        hedges_stay,
        {"fact": fact("the lock is believed to be shut", "The lock is shut.")},
        ["data/facts.yml:5: the source says “is believed”; keep the hedge in the statement"],
    ),
    "a belief is told in other words": (
        hedges_stay,
        {"fact": fact("the lock is believed to be shut", "The board believes that the lock is shut.")},
        [],
    ),
    "what is unlikely is denied": (
        hedges_stay,
        {"fact": fact("the lock is unlikely to close", "The lock stays open.")},
        ["data/facts.yml:5: the source says “unlikely”; keep the hedge in the statement"],
    ),
    "May is a month": (
        hedges_stay,
        {"fact": fact("the lock closed in May", "The lock closed.")},
        [],
    ),
    "a position is flatter than what it rests on": (
        positions_keep_to_what_they_rest_on,
        {"fact": HEDGED, "organisation": held("The lock closes.")},
        ["data/organisations.yml:6: what it rests on says “may”; keep the hedge in the position"],
    ),
    "a position keeps the hedge in other words": (
        positions_keep_to_what_they_rest_on,
        {"fact": HEDGED, "organisation": held("The lock could close.")},
        [],
    ),
    "a position on somebody else's words": (
        positions_keep_to_what_they_rest_on,
        {
            "fact": fact("the lock closed", "The lock closed.", "  said_by: charter\n"),
            "organisation": held("The lock closed."),
        },
        ['data/organisations.yml:6: "one" is not said by "board"; name what is, or add the speaker there'],
    ),
    "a position is dated after its source": (
        positions_keep_to_what_they_rest_on,
        {"fact": HEDGED, "organisation": held("The lock may close.", "1934-06")},
        ["data/organisations.yml:5: June 1934 is later than every source it rests on; fix it"],
    ),
    "a position is of the month of its source": (
        positions_keep_to_what_they_rest_on,
        {"fact": HEDGED, "organisation": held("The lock may close.", "1934-05")},
        [],
    ),
    "a target is shown as a result": (
        targets_are_called_targets,
        {"fact": fact("the target is 40 barges", more=COUNT.format("1933"))},
        ['data/facts.yml:3: the source calls the figure a target; write "status: target"'],
    ),
    "an aim is shown as a result": (
        targets_are_called_targets,
        {"fact": fact("their goal is 40 barges", more=COUNT.format("1933"))},
        ['data/facts.yml:3: the source calls the figure a target; write "status: target"'],
    ),
    "an aim is another figure": (
        targets_are_called_targets,
        {"fact": fact("they aim for 50 barges, and have 40", more=COUNT.format("1933"))},
        [],
    ),
    "a target is not called one": (
        targets_are_called_targets,
        {"fact": fact("the target is 40 barges", more=COUNT.format("1933") + "  status: target\n")},
        ["data/facts.yml:2: the figure is a target; the sentence should call it one"],
    ),
    "part of a year passes for a year": (
        parts_of_a_year_are_said,
        {"fact": fact("40 barges", "Forty barges came in 1933.", COUNT.format("1933-01/1933-07"))},
        ["data/facts.yml:2: the figure covers January to July 1933, not a whole year; name its months here"],
    ),
    "part of a year is said": (
        parts_of_a_year_are_said,
        {"fact": fact("40 barges", "Forty came in the first seven months.", COUNT.format("1933-01/1933-07"))},
        [],
    ),
    "one document's words are credited to another of another date": (
        documents_speak_on_their_date,
        {"quote": "- id: one\n  speaker: charter\n  date: 1936\n  evidence: [{source: gazette, exact: water}]\n"},
        ['data/quotes.yml:3: "charter" is of 1931; fix the date or the speaker'],
    ),
    "a phrase at a glance is itself": (
        briefs_keep_to_their_record,
        {"quote": QUOTATION.format("phrase"), "limit": limit("one")},
        [],
    ),
    "a sentence is too long for a glance": (
        briefs_keep_to_their_record,
        {"quote": QUOTATION.format("sentence"), "limit": limit("one")},
        ['data/limits.yml:5: "one" is no phrase; give it in "text", in a few words'],
    ),
    "a quotation is retold at a glance": (
        briefs_keep_to_their_record,
        {"quote": QUOTATION.format("sentence"), "limit": limit("one", "water everywhere")},
        ['data/limits.yml:7: "one" is a quotation; quote of it, between “ and ”'],
    ),
    "a quotation is changed at a glance": (
        briefs_keep_to_their_record,
        {"quote": QUOTATION.format("sentence"), "limit": limit("one", "promised “water to all”")},
        ['data/limits.yml:7: “water to all” is not in the passages of "one"; quote it word for word'],
    ),
    "a quotation is changed between other marks at a glance": (
        briefs_keep_to_their_record,
        {"quote": QUOTATION.format("sentence"), "limit": limit("one", "promised ‘water to all’")},
        ['data/limits.yml:7: “water to all” is not in the passages of "one"; quote it word for word'],
    ),
    "a quotation is quoted in part at a glance": (
        briefs_keep_to_their_record,
        {"quote": QUOTATION.format("sentence"), "limit": limit("one", "promised “for all”")},
        [],
    ),
    "a hedge is lost at a glance": (
        briefs_keep_to_their_record,
        {"fact": fact("may dry up", "The canal may dry up."), "limit": limit("one", "it dries up")},
        ['data/limits.yml:7: "one" says “may”; keep the hedge'],
    ),
    "the hedge of a figure is lost at a glance": (
        briefs_keep_to_their_record,
        {
            "fact": fact("nearly 40", more=COUNT.format("1933") + "  qualifier: nearly\n"),
            "limit": limit("one", "40 barges"),
        },
        ["data/limits.yml:7: the figure is “nearly 40”; keep the hedge"],
    ),
    "a target is a result at a glance": (
        briefs_keep_to_their_record,
        {
            "fact": fact("the target is 40", more=COUNT.format("1933") + "  status: target\n"),
            "limit": limit("one", "40 barges"),
        },
        ["data/limits.yml:7: the figure is a target; call it one"],
    ),
}


@pytest.mark.parametrize("case", CATALOGUE)
def test_the_author_is_told_exactly_this(case: str) -> None:
    rule, files, told = CATALOGUE[case]
    assert breaches(rule, library_of(**files)) == told


OF_WORDING = [rule for rule in RULES if rule.__module__ == wording.__name__]


@pytest.mark.parametrize("rule", OF_WORDING, ids=lambda rule: rule.__name__)
def test_every_rule_of_wording_finds_a_mistake_in_the_catalogue(rule: Rule) -> None:
    assert any(told for about, _, told in CATALOGUE.values() if about is rule)
