"""Citations in prose: each rule of a style's manual that our kinds of work meet, on an invented work."""

from typing import Any, get_args

import pytest

from macros.exports.citation_styles import STYLES, format_entry, page_range
from macros.records.parts import Work

from ..support.html import parse_html

BROOK = {"family": "Brook", "given": "Ada Jean-Marie"}
REED = {"family": "Reed", "given": "Ben", "suffix": "Jr."}
BOARD = {"literal": "The Board"}
VAN = {"family": "Gogh", "given": "Vincent van"}
MURAKAMI = {"family": "村上", "given": "春樹", "static-ordering": "true"}
LI = {"family": "Li", "given": "Wei", "static-ordering": "true"}
NEWS = {
    "type": "article-newspaper",
    "title": "A canal with no end",
    "container-title": "The Lorne Post",
    "issued": "1934-09-05",
    "URL": "https://post.example/canal",
}
WEB = {"type": "webpage", "title": "Locks and the men who keep them", "URL": "https://board.example/locks"}
JOURNAL = {
    "type": "article-journal",
    "title": "Locks",
    "container-title": "Water",
    "volume": "12",
    "issue": "3",
    "page": "1-9",
    "issued": "2020",
    "DOI": "10.1234/w.1",
}

THESIS = {"type": "thesis", "title": "On locks", "issued": "2020", "author": [BROOK]}
CHAPTER = {
    "type": "chapter",
    "title": "Of locks",
    "container-title": "The long canal",
    "issued": "2020",
    "page": "12-19",
}
CASE = {"type": "legal_case", "title": "Brook v. Lorne", "issued": "1934-05-16"}

# Rule; work; its entry in APA, Chicago and MLA. Italics stand between asterisks.
CASES: list[tuple[str, dict[str, Any], str, str, str]] = [
    (
        "a newspaper, with an author",
        {**NEWS, "author": [BROOK]},
        "Brook, A. J.-M. (1934, September 5). A canal with no end. *The Lorne Post*. https://post.example/canal",
        "Brook, Ada Jean-Marie. “A Canal with No End.” *The Lorne Post*, September 5, 1934. "
        "https://post.example/canal.",
        "Brook, Ada Jean-Marie. “A Canal with No End.” *The Lorne Post*, 5 Sept. 1934, post.example/canal.",
    ),
    (
        "a newspaper, without an author: title first, in Chicago the newspaper",
        NEWS,
        "A canal with no end. (1934, September 5). *The Lorne Post*. https://post.example/canal",
        "*The Lorne Post*. “A Canal with No End.” September 5, 1934. https://post.example/canal.",
        "“A Canal with No End.” *The Lorne Post*, 5 Sept. 1934, post.example/canal.",
    ),
    (
        "a web page, with an author and a month; no address known",
        {"type": "webpage", "title": "Locks", "issued": "2024-05", "author": [BROOK]},
        "Brook, A. J.-M. (2024, May). *Locks*. The Board.",
        "Brook, Ada Jean-Marie. “Locks.” The Board. May 2024.",
        "Brook, Ada Jean-Marie. “Locks.” *The Board*, May 2024.",
    ),
    (
        "a web page, without author and date, seen on a day",
        {**WEB, "accessed": "2026-11-29"},
        "*Locks and the men who keep them*. (n.d.). The Board. https://board.example/locks",
        "The Board. “Locks and the Men Who Keep Them.” Accessed November 29, 2026. https://board.example/locks.",
        "“Locks and the Men Who Keep Them.” *The Board*, board.example/locks. Accessed 29 Nov. 2026.",
    ),
    (
        "a web page by the body that publishes it: named once",
        {**WEB, "issued": "2020", "author": [BOARD]},
        "The Board. (2020). *Locks and the men who keep them*. https://board.example/locks",
        "The Board. “Locks and the Men Who Keep Them.” 2020. https://board.example/locks.",
        "“Locks and the Men Who Keep Them.” *The Board*, 2020, board.example/locks.",
    ),
    (
        "a title with a quotation in it, a question mark, and capitals that APA does not want",
        {
            "type": "webpage",
            "title": "Is It ‘the End’ of the Board’s iPhone?",
            "sentence-title": "Is it ‘the end’ of the Board’s iPhone?",
            "issued": "2020",
        },
        "*Is it “the end” of the Board’s iPhone?* (2020). The Board.",
        "The Board. “Is It ‘the End’ of the Board’s iPhone?” 2020.",
        "“Is It ‘the End’ of the Board’s iPhone?” *The Board*, 2020.",
    ),
    (
        "a title that ends in a quotation: the full stop stands inside both",
        {**NEWS, "title": "The board’s ‘long plan’", "URL": None, "author": [BROOK]},
        "Brook, A. J.-M. (1934, September 5). The board’s “long plan.” *The Lorne Post*.",
        "Brook, Ada Jean-Marie. “The Board’s ‘Long Plan.’” *The Lorne Post*, September 5, 1934.",
        "Brook, Ada Jean-Marie. “The Board’s ‘Long Plan.’” *The Lorne Post*, 5 Sept. 1934.",
    ),
    (
        "a quotation within a quotation in a title",
        {"type": "webpage", "title": "Brook: “I said ‘no’ to it”", "issued": "2020"},
        "*Brook: “I said ‘no’ to it.”* (2020). The Board.",
        "The Board. “Brook: ‘I Said “No” to It.’” 2020.",
        "“Brook: ‘I Said “No” to It.’” *The Board*, 2020.",
    ),
    (
        "quotation marks of another language, and straight ones",
        {**NEWS, "title": "Das „Ende“ von 'Lorne'", "language": "de", "URL": None},
        "Das “Ende” von “Lorne.” (1934, September 5). *The Lorne Post*.",
        "*The Lorne Post*. “Das ‘Ende’ von ‘Lorne.’” September 5, 1934.",
        "“Das ‘Ende’ von ‘Lorne.’” *The Lorne Post*, 5 Sept. 1934.",
    ),
    (
        "a title in another language, and what it means",
        {**NEWS, "title": "Der lange Kanal", "language": "de", "translated-title": "The long canal", "URL": None},
        "Der lange Kanal [The long canal]. (1934, September 5). *The Lorne Post*.",
        "*The Lorne Post*. “Der lange Kanal” [The long canal]. September 5, 1934.",
        "“Der lange Kanal” [The long canal]. *The Lorne Post*, 5 Sept. 1934.",
    ),
    (
        "a journal, three authors, a DOI before an address",
        {**JOURNAL, "author": [BROOK, REED, LI], "URL": "https://water.example"},
        "Brook, A. J.-M., Reed, B., Jr., & Li, W. (2020). Locks. *Water*, *12*(3), 1–9. https://doi.org/10.1234/w.1",
        "Brook, Ada Jean-Marie, Ben Reed Jr., and Li Wei. “Locks.” *Water* 12, no. 3 (2020): 1–9. "
        "https://doi.org/10.1234/w.1.",
        "Brook, Ada Jean-Marie, et al. “Locks.” *Water*, vol. 12, no. 3, 2020, pp. 1–9, "
        "https://doi.org/10.1234/w.1.",
    ),
    (
        "a book about a certain year, by two, the first with a name that is never turned round",
        {"type": "book", "title": "Locks: the keepers", "issued": "1934~", "author": [LI, REED]},
        "Li, W., & Reed, B., Jr. (ca. 1934). *Locks: the keepers*. The Board.",
        "Li Wei and Ben Reed Jr. *Locks: The Keepers*. The Board, ca. 1934.",
        "Li Wei and Ben Reed Jr. *Locks: The Keepers*. The Board, circa 1934.",
    ),
    (
        "a report, perhaps of a year, by nobody named",
        {"type": "report", "title": "Locks", "issued": "1934?"},
        "*Locks*. (ca. 1934). The Board.",
        "*Locks*. The Board, [1934?].",
        "*Locks*. The Board, [1934?].",
    ),
    (
        "a speech in a decade, by a suffixed name",
        {"type": "speech", "title": "On locks", "issued": "193X", "author": [REED]},
        "Reed, B., Jr. (1930s). *On locks* [Speech]. The Board.",
        "Reed, Ben, Jr. “On Locks.” Speech, The Board, 1930s.",
        "Reed, Ben, Jr. “On Locks.” The Board, 1930s. Speech.",
    ),
    (
        "a journal, without an author, over several days, with straight quotation marks",
        {**JOURNAL, "title": "The 'keepers'", "issued": "2020-05-01/2020-05-03", "volume": None, "issue": None},
        "The “keepers.” (2020). *Water*, 1–9. https://doi.org/10.1234/w.1",
        "“The ‘Keepers.’” *Water* (May 1 to May 3, 2020): 1–9. https://doi.org/10.1234/w.1.",
        "“The ‘Keepers.’” *Water*, 1 May to 3 May 2020, pp. 1–9, https://doi.org/10.1234/w.1.",
    ),
    (
        "a newspaper, over several months, by names of which not every part has an initial",
        {**NEWS, "issued": "1934-09/1934-11", "author": [VAN, MURAKAMI]},
        "Gogh, V. van, & 村上, 春樹. (1934, September to November). A canal with no end. *The Lorne Post*. "
        "https://post.example/canal",
        "Gogh, Vincent van, and 村上春樹. “A Canal with No End.” *The Lorne Post*, September to November 1934. "
        "https://post.example/canal.",
        "Gogh, Vincent van, and 村上春樹. “A Canal with No End.” *The Lorne Post*, Sept. to Nov. 1934, "
        "post.example/canal.",
    ),
    (
        "a newspaper, at a time of day",
        {**NEWS, "issued": "1934-09-05T10:00", "author": [BROOK]},
        "Brook, A. J.-M. (1934, September 5). A canal with no end. *The Lorne Post*. https://post.example/canal",
        "Brook, Ada Jean-Marie. “A Canal with No End.” *The Lorne Post*, September 5, 1934, 10:00. "
        "https://post.example/canal.",
        "Brook, Ada Jean-Marie. “A Canal with No End.” *The Lorne Post*, 5 Sept. 1934, 10:00, post.example/canal.",
    ),
    (
        "a treaty",
        {"type": "treaty", "title": "Treaty of Lorne", "issued": "1934-09-05"},
        "Treaty of Lorne, September 5, 1934.",
        "“Treaty of Lorne.” The Board. September 5, 1934.",
        "*Treaty of Lorne*. The Board, 5 Sept. 1934.",
    ),
    (
        "a law",
        {"type": "law", "title": "Lorne Canal Act", "issued": "1934", "URL": "https://law.example/1934"},
        "Lorne Canal Act (1934). https://law.example/1934",
        "“Lorne Canal Act.” The Board. 1934. https://law.example/1934.",
        "*Lorne Canal Act*. The Board, 1934, law.example/1934.",
    ),
    (
        "an episode of a podcast",
        {"type": "podcast", "title": "Locks", "container-title": "Water, aloud", "issued": "2020-05-01"},
        "Locks [Audio podcast episode]. (2020, May 1). In *Water, aloud*. The Board.",
        "Water, aloud. “Locks.” Podcast, May 1, 2020.",
        "“Locks.” *Water, aloud*, The Board, 1 May 2020.",
    ),
    (
        "a broadcast that is part of no series",
        {"type": "broadcast", "title": "Locks", "issued": "2020-05-01", "author": [BROOK]},
        "Brook, A. J.-M. (2020, May 1). *Locks* [Broadcast]. The Board.",
        "Brook, Ada Jean-Marie. “Locks.” Broadcast, The Board, May 1, 2020.",
        "Brook, Ada Jean-Marie. “Locks.” *The Board*, 1 May 2020.",
    ),
    (
        "a post: its words as they stand, on a platform",
        {
            "type": "post",
            "title": "we will never stop, not at any lock",
            "issued": "2020-05-01",
            "author": [BROOK],
        },
        "Brook, A. J.-M. (2020, May 1). *we will never stop, not at any lock* [Post]. The Board.",
        "Brook, Ada Jean-Marie. “we will never stop, not at any lock.” The Board, May 1, 2020.",
        "Brook, Ada Jean-Marie. “we will never stop, not at any lock.” *The Board*, 1 May 2020.",
    ),
    (
        "a long post: in APA twenty words of it, in Chicago 280 signs",
        {"type": "post", "title": "lock " * 60, "issued": "2020", "author": [BOARD], "publisher": "Tube"},
        f"The Board. (2020). *{'lock ' * 19}lock* [Post]. Tube.",
        f"The Board. “{'lock ' * 54}lock…” Tube, 2020.",
        f"The Board. “{'lock ' * 59}lock.” *Tube*, 2020.",
    ),
    (
        "a law of a certain day",
        {"type": "legislation", "title": "Canal Act 1934", "issued": "1934-09-05"},
        "Canal Act 1934 (1934).",
        "“Canal Act 1934.” The Board. September 5, 1934.",
        "*Canal Act 1934*. The Board, 5 Sept. 1934.",
    ),
    (
        "a magazine, over the end of a year, on many pages",
        {**JOURNAL, "type": "article-magazine", "issued": "2019-12/2020-01", "page": "1123-1128", "DOI": None},
        "Locks. (2019, December to 2020, January). *Water*, *12*(3), 1123–1128.",
        "*Water*. “Locks.” December 2019 to January 2020.",
        "“Locks.” *Water*, vol. 12, no. 3, Dec. 2019 to Jan. 2020, pp. 1123–28.",
    ),
    (
        "a report by two bodies, of which one publishes it",
        {"type": "report", "title": "Locks", "issued": "2020", "author": [BOARD, {"literal": "The Weir"}]},
        "The Board & The Weir. (2020). *Locks*.",
        "The Board and The Weir. *Locks*. 2020.",
        "The Board and The Weir. *Locks*. The Board, 2020.",
    ),
    (
        "a title with v. and vs.",
        {"type": "book", "title": "Reed v. Brook: Lorne vs. Marle, by A. V. Weir, on Henry V and his men"},
        "*Reed v. Brook: Lorne vs. Marle, by A. V. Weir, on Henry V and his men*. (n.d.). The Board.",
        "*Reed v. Brook: Lorne vs. Marle, by A. V. Weir, on Henry V and His Men*. The Board, n.d.",
        "*Reed v. Brook: Lorne vs. Marle, by A. V. Weir, on Henry V and His Men*. The Board.",
    ),
    (
        "a doctoral thesis, kept by a repository",
        {**THESIS, "genre": "PhD dissertation", "container-title": "Lorne Repository"},
        "Brook, A. J.-M. (2020). *On locks* [PhD dissertation, The Board]. Lorne Repository.",
        "Brook, Ada Jean-Marie. “On Locks.” PhD dissertation, The Board, 2020.",
        "Brook, Ada Jean-Marie. *On Locks*. The Board, 2020. PhD dissertation.",
    ),
    (
        "a thesis of no certain kind",
        {**THESIS, "URL": "https://board.example/1"},
        "Brook, A. J.-M. (2020). *On locks* [Thesis, The Board]. https://board.example/1",
        "Brook, Ada Jean-Marie. “On Locks.” Thesis, The Board, 2020. https://board.example/1.",
        "Brook, Ada Jean-Marie. *On Locks*. The Board, 2020, board.example/1. Thesis.",
    ),
    (
        "a data set, by nobody named, in a repository",
        {
            "type": "dataset",
            "title": "Levels",
            "issued": "2020-05-01",
            "container-title": "Zeno",
            "DOI": "10.1234/w",
        },
        "*Levels* [Data set]. (2020). Zeno. https://doi.org/10.1234/w",
        "“Levels.” Data set, Zeno, May 1, 2020. https://doi.org/10.1234/w.",
        "*Levels*. The Board, 1 May 2020, https://doi.org/10.1234/w. Data set.",
    ),
    (
        "a chapter of a book with one editor",
        {**CHAPTER, "author": [BROOK], "editor": [REED]},
        "Brook, A. J.-M. (2020). Of locks. In B. Reed Jr. (Ed.), *The long canal* (pp. 12–19). The Board.",
        "Brook, Ada Jean-Marie. “Of Locks.” In *The long canal*, edited by Ben Reed Jr. The Board, 2020.",
        "Brook, Ada Jean-Marie. “Of Locks.” *The long canal*, edited by Ben Reed Jr., The Board, 2020, pp. 12–19.",
    ),
    (
        "a chapter of one page, by nobody named, of a book with two editors",
        {**CHAPTER, "page": "12", "editor": [REED, LI]},
        "Of locks. (2020). In B. Reed Jr. & Li W. (Eds.), *The long canal* (p. 12). The Board.",
        "“Of Locks.” In *The long canal*, edited by Ben Reed Jr. and Li Wei. The Board, 2020.",
        "“Of Locks.” *The long canal*, edited by Ben Reed Jr. and Li Wei, The Board, 2020, p. 12.",
    ),
    (
        "an entry of an encyclopedia without an editor",
        {**CHAPTER, "type": "entry-encyclopedia", "page": None},
        "Of locks. (2020). In *The long canal*. The Board.",
        "“Of Locks.” In *The long canal*. The Board, 2020.",
        "“Of Locks.” *The long canal*, The Board, 2020.",
    ),
    (
        "a book that somebody edited",
        {"type": "book", "title": "Locks", "issued": "2020", "author": [BROOK], "editor": [REED]},
        "Brook, A. J.-M. (2020). *Locks* (B. Reed Jr., Ed.). The Board.",
        "Brook, Ada Jean-Marie. *Locks*. Edited by Ben Reed Jr. The Board, 2020.",
        "Brook, Ada Jean-Marie. *Locks*. Edited by Ben Reed Jr., The Board, 2020.",
    ),
    (
        "a case in a law report",
        {**CASE, "container-title": "L.R.", "volume": "12", "page": "347"},
        "Brook v. Lorne, 12 L.R. 347 (The Board 1934).",
        "*Brook v. Lorne*, 12 L.R. 347 (The Board 1934).",
        "*Brook v. Lorne*. *L.R.*, The Board, vol. 12, 16 May 1934, p. 347.",
    ),
    (
        "a case by its court and address alone",
        {**CASE, "URL": "https://law.example/1"},
        "Brook v. Lorne (The Board 1934). https://law.example/1",
        "*Brook v. Lorne* (The Board 1934). https://law.example/1.",
        "*Brook v. Lorne*. The Board, 16 May 1934, law.example/1.",
    ),
    (
        "a bill",
        {"type": "bill", "title": "Canal Bill", "issued": "1934"},
        "Canal Bill (1934).",
        "“Canal Bill.” The Board. 1934.",
        "*Canal Bill*. The Board, 1934.",
    ),
    (
        "a hearing",
        {"type": "hearing", "title": "On locks", "issued": "1934"},
        "*On locks* [Hearing]. (1934). The Board.",
        "“On Locks.” Hearing, The Board, 1934.",
        "“On Locks.” The Board, 1934. Hearing.",
    ),
    (
        "a letter in an archive",
        {"type": "manuscript", "title": "To the board", "genre": "Letter", "issued": "1934", "author": [BROOK]},
        "Brook, A. J.-M. (1934). *To the board* [Letter]. The Board.",
        "Brook, Ada Jean-Marie. “To the Board.” Letter, The Board, 1934.",
        "Brook, Ada Jean-Marie. “To the Board.” The Board, 1934. Letter.",
    ),
    (
        "a document of no type that there is, and of no certain kind",
        {"type": "document", "title": "Locks", "issued": "1934"},
        "*Locks*. (1934). The Board.",
        "“Locks.” The Board. 1934.",
        "“Locks.” The Board, 1934.",
    ),
    (
        "a press release on a site",
        {"type": "webpage", "title": "Locks", "genre": "Press release", "issued": "1934"},
        "*Locks* [Press release]. (1934). The Board.",
        "The Board. “Locks.” Press release, 1934.",
        "“Locks.” *The Board*, 1934. Press release.",
    ),
    (
        "a video on a site, known by an archived copy alone",
        {
            "type": "video",
            "title": "Locks",
            "container-title": "Tube",
            "issued": "2020-05-01",
            "author": [BOARD],
            "archived": "https://archive.example/1",
        },
        "The Board. (2020, May 1). *Locks* [Video]. Tube. https://archive.example/1",
        "The Board. “Locks.” Video, Tube, May 1, 2020. https://archive.example/1.",
        "“Locks.” *Tube*, The Board, 1 May 2020, archive.example/1.",
    ),
]


def test_a_work_is_cited_as_the_manual_asks() -> None:
    asked = {
        (what, style): said for what, _, *all_said in CASES for style, said in zip(STYLES, all_said, strict=True)
    }
    assert {(what, style): cite(fields, style) for what, fields, *_ in CASES for style in STYLES} == asked


def cite(fields: dict[str, Any], style: str) -> str:
    given = {name: value for name, value in fields.items() if value is not None}
    work = Work.model_validate({"id": "work", "publisher": "The Board", **given})
    shown = str(format_entry(STYLES[style], work)).replace("<i>", "*").replace("</i>", "*").replace("&amp;", "&")
    return shown.replace('<bdi lang="de">', "").replace("</bdi>", "")


@pytest.mark.parametrize(
    ("pages", "chicago", "mla"),
    [
        ("3-10", "3–10", "3–10"),
        ("96-117", "96–117", "96–117"),
        ("100-104", "100–104", "100–04"),
        ("101–108", "101–8", "101–08"),
        ("808-833", "808–33", "808–33"),
        ("1100-1113", "1100–1113", "1100–13"),
        ("1103-1104, 1123-1128", "1103–4, 1123–28", "1103–04, 1123–28"),
        ("498-532", "498–532", "498–532"),
        ("11564-11615", "11564–615", "11564–615"),
        ("12991-13001", "12991–3001", "12991–3001"),
        ("123-1234", "123–1234", "123–1234"),
        ("xii-xv", "xii–xv", "xii–xv"),
        ("S101-S108", "S101–S108", "S101–S108"),
    ],
)
def test_a_range_of_pages_is_cut_as_the_manual_asks(pages: str, chicago: str, mla: str) -> None:
    found = [page_range(pages, style) for style in ("", "Chicago", "MLA")]
    assert found == [pages.replace("-", "–"), chicago, mla]


@pytest.mark.parametrize(
    ("style", "entry"),
    [
        ("APA 7", "[לוי], [דוד]. (1931). <TITLE> {Peace}. <i>[עיתון]</i>. https://a.example/[שלום]"),
        ("Chicago 18", "[לוי], [דוד]. “<TITLE>” {Peace}. <i>[עיתון]</i>, 1931. https://a.example/[שלום]."),
        ("MLA 9", "[לוי], [דוד]. “<TITLE>” {Peace}. <i>[עיתון]</i>, 1931, a.example/[שלום]."),
    ],
)
def test_words_from_right_to_left_move_no_mark_or_number_beside_them(style: str, entry: str) -> None:
    names = {"author": [{"family": "לוי", "given": "דוד"}], "publisher": "עיתון", "title": "שלום (5)"}
    given = {
        "id": "work",
        "type": "article-newspaper",
        "issued": "1931",
        "language": "he",
        "translated-title": "Peace",
    }
    work = Work.model_validate({**names, **given, "URL": "https://a.example/שלום"})
    for short, written in {"<TITLE>": '<bdi lang="he">שלום (5)</bdi>', "[": "<bdi>", "]": "</bdi>"}.items():
        entry = entry.replace(short, written)
    assert str(format_entry(STYLES[style], work)) == entry.replace("{", "[").replace("}", "]")


@pytest.mark.parametrize("style", STYLES)
def test_no_text_of_a_work_becomes_a_mark_of_html(style: str) -> None:
    hostile = "</p><script>alert(1)</script>&amp;\"'“‘<i>’”"
    fields = ("title", "translated-title", "container-title", "publisher", "volume", "issue", "page", "genre")
    name = {"family": hostile, "given": hostile, "suffix": hostile}
    for type_ in get_args(Work.model_fields["type"].annotation):
        for author in ([], [name, {"literal": hostile}]):
            given = {
                "type": type_,
                "author": author,
                "editor": author,
                "language": "ar",
                "URL": "https://a.example/?b=c&d=e'f",
            }
            work = Work.model_validate({**dict.fromkeys(fields, hostile), **given, "id": "work"})
            shown = parse_html(str(format_entry(STYLES[style], work)))
            assert {each.tag for each in shown.iter()} <= {"html", "head", "body", "i", "bdi"}
            assert "</p><script>alert(1)</script>&amp;" in "".join(shown.itertext())


@pytest.mark.parametrize(("style", "count"), [("APA 7", 19), ("Chicago 18", 3), ("MLA 9", 1)])
def test_of_many_authors_as_many_are_named_as_the_manual_asks(style: str, count: int) -> None:
    names = [{"literal": f"Body{number}"} for number in range(1, 23)]
    work = Work.model_validate({**JOURNAL, "id": "work", "publisher": "The Board", "author": names})
    shown = str(format_entry(STYLES[style], work))
    assert f"Body{count}," in shown
    assert f"Body{count + 1}," not in shown
    assert ("Body22" in shown) == (style == "APA 7")
