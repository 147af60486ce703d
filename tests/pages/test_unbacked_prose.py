"""Prose that no record backs is found, and prose that one backs is left alone."""

import pytest

from macros.pages.site import Site
from macros.pages.unbacked_prose import UNBACKED, find_unbacked

from ..support.library import Small

ALL = ["cost-a-mile", "dig", "lock-closes", "reach"]


@pytest.fixture
def small(small: Small) -> Small:
    return small.lock()


def quoted(words: str) -> list[str]:
    """The words between every kind of quotation marks."""
    marks = [
        "“”",
        '""',
        "‘’",
        "''",
        "«»",
        "»«",
        "„“",
        "„”",
        "‚‘",
        "‹›",
        "「」",
        "❝❞",
        "❛❜",
        "〝〞",
        "〝〟",
        "‟”",
        "””",
        "《》",
        "〈〉",
        "｢｣",
        "＇＇",
    ]
    marks += [("``", "''")]
    found = [f"{pair[0]}{words}{pair[1]}" for pair in marks]
    html = [("<q>", "</q>"), ("<blockquote>", "</blockquote>"), ("&ldquo;", "&rdquo;"), ("&quot;", "&quot;")]
    return [*found, f"« {words} »", *(f"{start}{words}{end}" for start, end in html)]


# What stands on a page, the records that it cites, and what no record backs, with its line.
STATED: list[tuple[str, list[str], list[tuple[int, str]]]] = [
    ("The board counted 4,100.5 crowns.", ["cost-a-mile"], []),
    ("The board counted 4,200 crowns.", ["cost-a-mile"], [(1, "4,200")]),
    ("The board counted 4 100.5, 4&nbsp;100.5, 4'100.5 crowns.", ["cost-a-mile"], []),
    ("The board counted 4 200 crowns.", ["cost-a-mile"], [(1, "4 200")]),
    ("On 3 May 1936, in 1936 200 more, 3 100 in all.", ["lock-closes"], [(1, "200"), (1, "3 100")]),
    (
        "It cost 4,100.5 million, 4,100.5k or 4,100.5bn.",
        ["cost-a-mile"],
        [(1, f"4,100.5{each}") for each in (" million", "k", "bn")],
    ),
    (
        "Hundreds of miles, several million.\n\nA million crowns, one hundred miles.",
        ["cost-a-mile"],
        [(3, "100"), (3, "1000000")],
    ),
    (
        "Half of it, two thirds of them; it doubled.\n\nA quarter less.",
        ["cost-a-mile"],
        [(1, "0.5"), (1, "0.67"), (1, "2"), (3, "0.25")],
    ),
    (
        "One in seven, six out of ten, fivefold, nine times as long.\n\nTwo of six, five times.",
        ["cost-a-mile"],
        [(1, "5"), (1, "6"), (1, "7"), (1, "9"), (1, "10")],
    ),
    ("A canal of 2½ miles.", ["cost-a-mile"], [(1, "2½")]),
    ("It is 4,100.5m deep, cost 4,100.5B, 3.5m or 4,100.5K.", ["cost-a-mile"], [(1, "3.5m"), (1, "4,100.5K")]),
    ("In the last quarter of the year, in a half-hearted way, twice.", ["cost-a-mile"], []),
    ("2035. It ended.\n1.\tOne\n2)\tTwo", [], [(1, "2035")]),
    ("On 6G, 24/7, in 99, 9/11.", [], [(1, "6G"), (1, "24/7"), (1, "99"), (1, "9/11")]),
    ("Two of seven.\n\nTwenty-two ships, a dozen crews.", [], [(3, "12"), (3, "22")]),
    ("It closed on 3 May 1936.", ["lock-closes"], []),
    ("It closed on 3 May 1937.", ["lock-closes"], [(1, "1937")]),
    ("It closed on May 3, 1936, or 3 and 4 May, or 1936-05-03.", ["lock-closes"], [(1, "4")]),
    ("It closed 3 locks and 5 weirs in May 1936.", ["lock-closes"], [(1, "5")]),  # the month of 1936-05-03
    ("On 3.5.1936, 5/3/1936 or 1936/05/03.", ["lock-closes"], []),
    ("On 4.5.1936 or 5/3/1935.", ["lock-closes"], [(1, "4.5.1936"), (1, "5/3/1935")]),
    ("In the 1930s, a 20th-century lock, the twentieth century.", ["lock-closes"], []),
    (
        "In the 1940s, the 19th and 20th centuries, a twenty-first-century weir.",
        ["lock-closes"],
        [(1, "1940s"), (1, "19th"), (1, "21")],
    ),
    ("It closed in June 1936, on a Friday; may I ask in May?", ["lock-closes"], [(1, "June"), (1, "Friday")]),
    (
        "In Jun., on Fri, 3 Sept. or Dec. 3; Jan and Sun came.",
        ["lock-closes"],
        [(1, "Jun"), (1, "Fri"), (1, "Sept"), (1, "Dec")],
    ),
    ("In May 1936.", ["asked"], [(1, "May")]),  # of the mayor of Marle
    ("It closed in 1936–37, or 1935–36.", ["lock-closes"], [(1, "1937"), (1, "1935")]),
    ("The season of 21 floods.", ["cost-a-mile"], [(1, "21")]),  # 1934-21 is a spring
    ("Two dozen.", ["cost-a-mile"], [(1, "24")]),
    ("1) One\n\nA[^4] ~2~\n\n[^4]: B", [], []),
    ("They said “we will dig until the sea”.", ["dig"], []),
    ("They said “we will dig to the sea”.", ["dig"], [(1, "“we will dig to the sea”")]),
    ("So said Brook.", ["dig"], []),
    ("So said Reed.", ["dig"], [(1, "“Reed” names the person reed, and")]),
    (
        "Fine.\n\nThe Lorne Charter\n\nand 77.",
        ["dig"],
        [(3, "“Lorne Charter” names the document charter, and"), (5, "77")],
    ),
    *((f"They said {each}.", ["dig"], []) for each in quoted("we will dig until the sea")),
    *((f"They said {each}.", ["dig"], [(1, "“we never stop”")]) for each in quoted("we never stop")),
    ("They\n\n> We will dig until the sea.\n> — Ada Brook\n\nsaid.", ["dig"], []),
    ("They\n\n> We will dig\n> to the sea.\n\nsaid.", ["dig"], [(3, "“We will dig to the sea.”")]),
    *(
        (text, ["dig"], [(line, "“we never stop”")])
        for line, text in (
            (3, "> we will dig\n>\n> we never stop\n> — Ada Brook"),
            (1, "> we never\nstop"),
            (3, "- > we will dig\n- > until\n- > we never stop\n- Brook"),
            (3, "<blockquote>\n\n<p>we never stop</p>\n\n<p>we will dig</p></blockquote>"),
        )
    ),
    *(
        (text, ["dig"], [(1, "“we never stop”")])
        for text in (
            *('**"we never stop"**', '"<b>we never stop</b>"', '\\"we never stop\\"', 'said:"we never stop"'),
            *("- > we never stop", "    > we never stop", "1. > we never stop", "“we *never* stop”"),
        )
    ),
    ('!!! note "They said "we never stop""', ["dig"], [(1, "“we never stop”")]),
    ("“We will dig … the sea”, and “dig until … sea”.", ["dig"], []),
    ('“We {{ figure("dig") }} until{{ cite("dig") }} the {{ word() }}”', ["dig"], []),
    ('> We stop {{ figure("dig") }}{{ cite("dig") }}.', ["dig"], [(1, "“We stop ….”")]),
    ('> {{ quote("dig") }}\n\n“{{ figure("dig") }}”', [], []),
    ('[a](page.md "Of {{ figure("dig") }}"), 77.', ["dig"], [(1, "77")]),
    ('[a](page.md "So he said ‘we never stop’")', ["dig"], [(1, "“we never stop”")]),
    *(
        (f"A\n\n{each}", ["dig"], [(3, "1985")])
        for each in (
            *(
                '<b title="In 1985">bold</b>',
                "<img alt='In 1985'>",
                '<a aria-label="In 1985" href="b.md">b</a>',
            ),
            *('![a](b.png){ title="In 1985" }', '<option label="In 1985">'),
        )
    ),
    ("[a]\n\n[a]: page-7.md 'A title of 1985'", ["dig"], [(3, "1985")]),
    ("“… sea … we … dig”", ["dig"], [(1, "“… sea … we … dig”")]),
    ("“We will dig … a passing cloud”", ["dig", "asked"], [(1, "“We will dig … a passing cloud”")]),
    ("“[W]e [farmers] dig until the s[ea]” and “We [all] will . . . the sea”", ["dig"], []),
    ("“[O]ur will”, “[we never stop]”", ["dig"], [(1, "“[O]ur will”"), (1, "“[we never stop]”")]),
    ("“We [never](page.md) will dig”", ["dig"], [(1, "“We never] will dig”")]),
    ("They dug “ill”.", ["dig"], [(1, "“ill”")]),  # a word, not a piece of “will”
    ("They said ‘[we will dig](page.md){{ cite('dig') }}’, did they?", ["dig"], []),
    ("“sea, No stone”", ["dig"], []),
    ("The board’s 7\" gun, the engineers' plan, in the '30s.", ["dig", "cost-a-mile"], [(1, "7"), (1, "30s")]),
]


def test_figures_names_and_quoted_words_need_a_record(small: Small) -> None:
    site = Site(small.read())
    found = [(text, ids, sorted(find_unbacked(site, text, ids))) for text, ids, _ in STATED]
    assert found == [
        (text, ids, sorted((line, f"{what} {UNBACKED}") for line, what in wrong)) for text, ids, wrong in STATED
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{{ cite("a-1984") }}',
        "[a link](page-1984.md)",
        '[a link](https://x.example/Canal_(1984)_map "A title")',
        "`code 1984`",
        '<b data-at="1984">bold</b>',
        '<style>@import "1984.css"</style>',
        '`<b title="1984">`',
        '{{ bars(title="1984") }}',
        "198. the item of a list",
        "```\n1984\n```",
        "~~~\n1984\n```\n1985\n~~~",
        "## A heading {#reed-1984}",
        '!!! note "A title of ours"\n    Text.',
        '=== "A tab"\n    Text.',
    ],
)
def test_what_is_not_prose_is_left_alone(small: Small, text: str) -> None:
    assert not list(find_unbacked(Site(small.read()), text, []))


def test_a_year_is_of_the_era_of_the_records(small: Small) -> None:
    small.change("timeline.yml", "date: 1936-05-03", "date: -0043\n  derived: It is 44 BC, not AD 79")
    site = Site(small.read())
    text = "In 44 BC, in 44 BCE, in 44 B.C., in AD 79 and in 79 CE.\n\nIn 79 BC, in AD 44."
    told = [words.partition(" is in no record")[0] for _, words in find_unbacked(site, text, ["lock-closes"])]
    assert told == ["79 BC", "AD 44"]
    small.change("timeline.yml", "derived: It is 44 BC, not AD 79", "derived: As the articles say")
    assert not list(find_unbacked(Site(small.read()), "In 44 BC, on “44 BCE”.", ["lock-closes"]))


def test_the_sources_back_what_they_say_of_themselves(small: Small) -> None:
    site = Site(small.read())
    assert not list(find_unbacked(site, "The Lorne Post printed it in May 1934.", []))
    assert not list(find_unbacked(site, "It was printed in May 1934.", ["cost-a-mile"]))
    found = [what for _, what in find_unbacked(site, "It was printed in May 1934.", ["asked"])]
    assert found == [f"1934 {UNBACKED}", f"May {UNBACKED}"]


@pytest.mark.parametrize(
    ("said", "time", "found"),
    [
        ("14:30", "1936-05-03T14:30", ""),
        ("2:30 pm", "1936-05-03T14:30", ""),
        ("2.30 p.m.", "1936-05-03T14:30", ""),
        ("4:40 am", "1936-05-03T16:40", "4:40"),
        ("14:31", "1936-05-03T14:30", "14:31"),
        ("12:30 am", "1936-05-03T00:30", ""),
        ("3 pm", "1936-05-03T15:00", ""),
        ("15:00", "1936-05-03T15:00", ""),
        ("3:17 pm", "1936-05-03T15:00", "3:17"),
    ],
)
def test_a_time_of_day_is_that_of_a_record_on_a_clock_of_12_or_24_hours(
    small: Small, said: str, time: str, found: str
) -> None:
    small.change("timeline.yml", "1936-05-03", f"{time}Z")
    small.change("timeline.yml", "  actors", f"  derived: At {time[-5:]}.\n  actors")
    wrong = [what for _, what in find_unbacked(Site(small.read()), f"At {said} it closed.", ["lock-closes"])]
    assert wrong == ([f"{found} {UNBACKED}"] if found else [])


def test_every_page_depends_on_all_that_backs_it_whichever_page_asked_first(small: Small) -> None:
    library = small.read()
    site = Site(library)
    for _ in range(2):
        with library.tracking() as dependencies:
            assert list(find_unbacked(site, "Words.", ["cost-a-mile"])) == []
        assert {"cost-a-mile", "board", "reach"} <= dependencies


def test_prose_may_say_where_in_a_source_a_passage_stands(small: Small) -> None:
    small.change("facts.yml", "exact: nearly", "locator: page 77\n      exact: nearly")
    site = Site(small.read())
    assert not list(find_unbacked(site, "On page 77.", ["cost-a-mile"]))
    assert list(find_unbacked(site, "On page 78.", ["cost-a-mile"]))


def test_words_may_be_excused_one_by_one(small: Small) -> None:
    text = "In the 20th century, 24/7 on 5G, “all in all”, 7 came."
    own = ["20th century", "24/7", "5G", "“all in all”"]
    assert [what for _, what in find_unbacked(Site(small.read()), text, [], own)] == [f"7 {UNBACKED}"]
    assert not list(find_unbacked(Site(small.read()), "Open 24/7.", [], "24/7"))


def test_the_small_digits_of_a_formula_count_nothing(small: Small) -> None:
    found = find_unbacked(Site(small.read()), "CO₂, H₂O and CO2 rose by 77 m².", [])
    assert [text.partition(" ")[0] for _, text in found] == ["77"]


def test_the_code_of_a_part_of_a_year_is_no_figure(small: Small) -> None:
    small.change("facts.yml", "as_of: 1934-21", "as_of: 1934-34")
    found = find_unbacked(Site(small.read()), "In 1934 it flooded 34 times.", ["cost-a-mile"])
    assert [text.partition(" ")[0] for _, text in found] == ["34"]


def test_a_number_with_a_letter_for_its_scale_is_what_a_passage_writes(small: Small) -> None:
    small.change("facts.yml", "exact: nearly", "locator: section 77k\n      exact: nearly")
    found = find_unbacked(Site(small.read()), "In 77k. In 78k.", ["cost-a-mile"])
    assert [text.partition(" ")[0] for _, text in found] == ["78k"]


def test_the_words_that_a_correction_took_back_back_nothing(small: Small) -> None:
    small.change("corrections.yml", "was: The second lock opens", "was: The second lock opens in 1977")
    small.change("corrections.yml", "now: The second lock closes", "now: The second lock closes in 1936")
    found = find_unbacked(Site(small.read()), "In 1977 or 1936.", ["weir-2031"])
    assert [text.partition(" ")[0] for _, text in found] == ["1977"]


def test_a_comma_before_decimals_is_told_in_prose_too(small: Small) -> None:
    text = "It cost 4100.5 crowns.\n\nIt cost 4,100.5, “4,1” or 7,5 crowns, in 1927,28 too."
    told = [each for each in find_unbacked(Site(small.read()), text, ["cost-a-mile"]) if UNBACKED not in each[1]]
    assert told == [(3, "“7,5” has a comma before its decimals; write 7.5, or a space after the comma")]
