"""A saved page becomes a source with its text."""

import json

import pytest

from macros.cli.import_source import SavedPage, split_authors, split_name
from macros.evidence.article import LINE_BREAK, Article
from macros.evidence.selectors import find_passage
from macros.exports.citation_styles import turn_name
from macros.library.loader import load_library
from macros.records.models import Passage
from macros.records.parts import Name

from ..support.library import Small, fingerprint, out

OPTIONS = ("--id", "weir", "--type", "webpage", "--publisher", "W", "--issued", "1937", "--language", "en")


def files(small: Small) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in small.data.iterdir()}


def test_a_saved_page_becomes_a_source_with_its_text(small):
    page = small.root / "saved.html"
    page.write_text(
        "<!doctype html><html lang=en_GB><head><meta property=og:site_name content='The Weir'>"
        "<meta property='article:published_time' content='1937-02-01T10:00:00Z'>"
        "<meta name=author content='By Ada Brook; Ana de la Cruz'><meta name=citation_author content='Brook, Ada'>"
        "<meta name=author content='Jo Weir, Li Po, and Max Mere'>"
        "<meta name=citation_author content='Weir News Desk'><meta name=author content='The Weir'>"
        "<meta property=article:author content='https://weir.example/ada'><meta name=author content='佐藤 花子'>"
        "<link rel=canonical href='https://weir.example/a'><script>no()</script></head><body><nav>Menu</nav>"
        "<article><h1>Water &amp; stone</h1><p>By Ada Brook</p>"
        "<p>It <em>rained</em>.</p><h2>After</h2><figure><img src=x>"
        "<figcaption><p>A weir</p></figcaption></figure>"
        "<p>“It stopped,”<br>she said.</p></article><footer>©</footer>",
        encoding="utf-8",
    )
    said = out(small, "new", "source", "saved.html", "--id", "weir", "--type", "webpage")
    assert "6 paragraphs" in said
    text = (small.texts / "weir.txt").read_text(encoding="utf-8")
    prose = f"It rained.\n\nAfter\n\nA weir\n\n“It stopped,”{LINE_BREAK}she said.\n"
    assert text == f"Water & stone\n\nBy Ada Brook\n\n{prose}"
    added = load_library(small.data, small.texts).records["weir"]
    assert (added.type, added.title, added.issued.edtf) == ("webpage", "Water & stone", "1937-02-01")
    assert added.publisher == "The Weir"
    assert (added.URL, added.language, added.sha256) == ("https://weir.example/a", "en-GB", fingerprint(text))
    assert [each.role for each in added.furniture] == ["title", "byline", "heading", "caption"]
    assert [each.model_dump(exclude_none=True) for each in added.author] == [
        {"family": "Brook", "given": "Ada"},
        {"family": "de la Cruz", "given": "Ana"},
        {"family": "Weir", "given": "Jo"},
        {"family": "Po", "given": "Li"},
        {"family": "Mere", "given": "Max"},
        {"literal": "Weir News Desk"},
        {"literal": "The Weir"},
        {"family": "佐藤", "given": "花子", "static-ordering": True},
    ]
    told = out(small, "new", "source", "saved.html", "--id", "weir-again", "--type", "webpage", code=1)
    assert '"weir" is the same; keep one of the two' in told


def test_an_explainer_begins_with_its_first_source(tmp_path):
    fresh = Small(tmp_path)
    (fresh.root / "rain.txt").write_text("It rained in 1931.\n", encoding="utf-8")
    out(fresh, "new", "source", "rain.txt", *OPTIONS, "--title", "Rain")
    assert fresh.locked() == []
    assert (fresh.data / "facts.yml").read_text(encoding="utf-8").startswith("# yaml-language-server: ")


def test_what_a_page_does_not_say_is_asked_for_and_never_guessed(small):
    (small.root / "plain.txt").write_text("A title\n\nIt rained.\n", encoding="utf-8")
    told = out(small, "new", "source", "plain.txt", code=1)
    needed = "needed besides: --type, --publisher, --issued, --language; --issued n.d. when nothing tells"
    assert needed in told
    options = ["--type", "book", "--issued", "n.d.", "--language", "de"]
    told = out(small, "new", "source", "plain.txt", *options, code=1)
    assert "needed besides: --publisher\n" in told
    out(small, "new", "source", "plain.txt", *options, "--publisher", "W", "--id", "weir")
    assert small.read().records["weir"].language == "de"


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("Ana Sousa, João Melo e Li Wei", "Sousa, Ana; Melo, João; Wei, Li"),
        ("Jan Maier und Eva Groß | AP", "Maier, Jan; Groß, Eva; AP"),
        ("Ana Costa e Silva/José Ortega y Gasset", "Costa e Silva, Ana; Ortega y Gasset, José"),
        ("By Jane Doe and Bob Roe, The Associated Press", "Doe, Jane; Roe, Bob; The Associated Press"),
        ("Jane Doe, Reuters • Por Bob Roe (AFP)", "Doe, Jane; Reuters; Roe, Bob"),
        ("Martin Luther King, Jr. and John Smith III", "King, Martin Luther, Jr.; Smith, John, III"),
        ("Doe, Jane, Sr. and Roe, Bob", "Doe, Jane, Sr.; Roe, Bob"),
        ("von der Leyen, Ursula Gertrud; Von Jan Maier", "von der Leyen, Ursula Gertrud; Maier, Jan"),
        ("Foreign, Commonwealth and Development Office", "Foreign, Commonwealth and Development Office"),
        ("Ministry of Trade, Energy and Industry", "Ministry of Trade, Energy and Industry"),
        ("Agence France-Presse; BBC Monitoring; Redação", "Agence France-Presse; BBC Monitoring; Redação"),
        ("Von Eva Groß und Jan Maier; Text: Ann Lee", "Groß, Eva; Maier, Jan; Lee, Ann"),
        ("Story by Ann Lee with Bob Roe; Par Luc Dupont avec AFP", "Lee, Ann; Roe, Bob; Dupont, Luc; AFP"),
        ("Dr. Ann Lee, PhD and Prof Bob Roe <bob@x.example>", "Lee, Ann; Roe, Bob"),
        ("United Nations; Department of Health; The Weir", "United Nations; Department of Health; The Weir"),
        ("Pelé, Zico and Sócrates, https://x.example/a", "Pelé; Zico; Sócrates"),
    ],
)
def test_authors_are_told_apart_and_bodies_stay_whole(small, said, authors):
    names = (Name.model_validate(split_name(name)) for name in split_authors(said))
    assert "; ".join(map(turn_name, names)) == authors


def test_an_author_is_given_as_on_the_page_or_as_yaml(small):
    page = (
        "<meta name=citation_author content='García Márquez, Gabriel José'><p>García Márquez</p><p>It rained.</p>"
    )
    (small.root / "saved.html").write_text(page, encoding="utf-8")
    options = ["--title", "Rain", "--publisher", "W", "--issued", "1937", "--type", "book", "--language", "en"]
    for id, author, family in (
        ("one", "World Health Organization; Ada Brook", [None, "Brook"]),
        ("two", "[{family: Brook, given: Ada}]", ["Brook"]),
        ("three", "", ["García Márquez"]),
    ):
        out(small, "new", "source", "saved.html", "--id", id, "--author", author, "--editor", author, *options)
        added = small.read().records[id]
        assert [each.family for each in added.author] == family
        assert [each.family for each in added.editor] == (family if author else [])
        small.write({"sources.yml": "[]"})


def imported(small: Small, body: str, *options: str) -> Article:
    """The text of a page, as `new source` keeps it."""
    (small.root / "saved.html").write_text(f"<article><h1>Water</h1>{body}</article>", encoding="utf-8")
    out(small, "new", "source", "saved.html", *OPTIONS)
    source = small.read().records["weir"]
    return Article("weir", (small.texts / "weir.txt").read_text(encoding="utf-8"), source.furniture)


def test_a_passage_across_a_line_break_is_found_and_linked_in_two_pieces(small):
    ruby = "<ruby>Two<rp>(</rp><rt>tu:</rt><rp>)</rp></ruby>"
    article = imported(small, f"<p>It stopped,<br>she said.</p><p>One.<br><br>{ruby}.</p>")
    found = find_passage(article, Passage(source="weir", exact="It stopped, she said"), quoted=False)
    assert found.directive == "text=It%20stopped%2C,she%20said"
    assert [article.original(each.span) for each in article.paragraphs[1:]] == [
        "It stopped, she said.",
        "One.",
        "Two.",
    ]


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<dl><dt>Cost</dt><dd>5 crowns</dd><dt>Year</dt></dl>", ["Cost", "5 crowns", "Year"]),
        ("<table><caption>Cost</caption><tr><th>1931</th><th>1932</th></tr></table>", ["Cost", "1931", "1932"]),
        ("<header>One<hr>two</header><address>By</address>three<main>four<div></div>five</main>",
         ["One", "two", "By", "three", "four", "five"]),
        ("<details><summary>More</summary>It rained.</details>", ["More", "It rained."]),
        ("<p>A <q>cite</q>, a <label>label</label> and a w<b>or</b>d</p>", ["A cite, a label and a word"]),
        ("<p hidden>a</p><p style='Display: none'>b</p><p style=display:none>c</p><dialog>d</dialog>e", ["e"]),
        ("<p>a<video>b</video><audio>c</audio><select><option>d</select></p>", ["a"]),
        ("<p hidden=until-found>a</p><p aria-hidden=true>b</p><dialog open>c</dialog>", ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_a_page_has_the_paragraphs_that_a_browser_shows(small, body, paragraphs):
    article = imported(small, body)
    assert [article.original(each.span) for each in article.paragraphs[1:]] == paragraphs


def test_the_number_of_a_note_is_no_part_of_the_text_and_no_link_reaches_across_it(small):
    article = imported(
        small,
        '<p>In 1931<sup><a href="#n">2</a></sup>, it <a href="https://w.example/a#n"><sup>3</sup></a>rained.</p>',
    )
    words = "In 1931, it rained."
    found = find_passage(article, Passage(source="weir", exact=words), quoted=False)
    assert article.original(article.paragraphs[1].span) == words
    assert found.directive == "text=In%201931,rained."


def test_words_that_stand_beside_the_article_too_are_told_apart(small):
    body = "<aside><p>The water stopped</p><p>Read more</p></aside><p>At last the water stopped.</p>"
    article = imported(small, body.replace("At last the", "The"))
    assert [(each.role, each.number) for each in article.paragraphs] == [
        ("title", 1),
        ("boilerplate", 1),
        ("paragraph", 1),
    ]
    found = find_passage(article, Passage(source="weir", exact="The water stopped", suffix="."), quoted=False)
    assert (found.role, found.directive) == ("paragraph", "text=The%20water%20stopped,-.")


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        ("<p>Menu</p><main><h1>A</h1><p>b</p></main><article><h3>C</h3></article>", ["A", "b"]),
        ("<article><h3>C</h3></article><main><article><h1>A</h1><p>b</p></article>d</main>", ["A", "b"]),
        ("<h1>A</h1><main>b</main>", ["b"]),
        ("<h1>A</h1><article>b</article><article>c</article>d", ["b", "c"]),
        ("<h1>A</h1><div>b</div>", ["A", "b"]),
    ],
)
def test_the_article_is_told_from_what_stands_around_it(page, paragraphs):
    assert [words for words, _ in SavedPage(page).paragraphs] == paragraphs


def test_what_a_page_says_in_json_ld_is_taken_too(small):
    authors = [{"@type": "Person", "name": "Ada Brook"}, "Jo Weir", {"@type": "NGO", "name": "Mere Mortals"}]
    article = {"@type": ["NewsArticle"], "headline": "Water", "datePublished": "1937-02-01T10:00:00Z"}
    article |= {"inLanguage": "en-GB", "publisher": {"name": "W"}, "author": authors}
    script = "<script type=application/ld+json>"
    said = json.dumps({"@graph": [{"@type": "WebSite", "name": "No"}, article]})
    page = f"{script}{said}</script>{script}{{</script><meta name=author content='Brook, Ada'><p>It rained."
    (small.root / "saved.html").write_text(page, encoding="utf-8")
    out(small, "new", "source", "saved.html", "--id", "weir", "--type", "webpage")
    added = small.read().records["weir"]
    assert (added.title, added.publisher, added.issued.edtf, added.language) == (
        "Water",
        "W",
        "1937-02-01",
        "en-GB",
    )
    assert "; ".join(map(turn_name, added.author)) == "Brook, Ada; Weir, Jo; Mere Mortals"


def test_a_text_file_with_other_line_ends_is_taken_as_it_is(small):
    (small.root / "plain.txt").write_bytes("\ufeffWater\r\n\r\nIt rained.\r\n".encode())
    out(small, "new", "source", "plain.txt", *OPTIONS)
    assert small.problems() == []


@pytest.mark.parametrize(
    ("name", "text", "options", "kept", "titles"),
    [
        ("plain.txt", "It rained in 1931.\n", ["--title", "Rain"], "It rained in 1931.\n", []),
        ("plain.md", "# Rain\n\nIt rained.\n", [], "# Rain\n\nIt rained.\n", ["# Rain"]),
        ("plain.md", "---\ntitle: Rain\n---\nIt rained.\n", [], "It rained.\n", []),
        ("plain.md", "---\nlang: en\n---\nRain\n\nIt did.\n", [], "Rain\n\nIt did.\n", ["Rain"]),
        ("plain.md", "---\nRain\n---\nIt did.\n", ["--title", "Rain"], "---\nRain\n---\nIt did.\n", ["Rain"]),
        ("plain.php", "\n<!DOCTYPE html><h1>Rain</h1><p>It rained.", [], "Rain\n\nIt rained.\n", ["Rain"]),
        ("plain", "<?xml version='1.0'?><html><h1>Rain</h1></html>", [], "Rain\n", ["Rain"]),
    ],
)
def test_what_a_file_holds_decides_what_is_its_title_and_its_text(small, name, text, options, kept, titles):
    (small.root / name).write_text(text, encoding="utf-8")
    out(small, "new", "source", name, *OPTIONS, *options)
    added = small.read().records["weir"]
    assert added.title == "Rain"
    assert [each.starts for each in added.furniture] == titles
    assert (small.texts / "weir.txt").read_text(encoding="utf-8") == kept


def test_a_line_that_names_the_authors_who_are_given_is_a_byline(small):
    (small.root / "plain.txt").write_text("Regen\n\nVon Ada Brook\n\nVon Brook kam er.\n", encoding="utf-8")
    out(small, "new", "source", "plain.txt", *OPTIONS, "--author", "Ada Brook")
    added = small.read().records["weir"]
    assert [(each.role, each.starts) for each in added.furniture] == [
        ("title", "Regen"),
        ("byline", "Von Ada Brook"),
    ]


def test_a_text_in_utf_16_is_to_be_saved_as_utf_8(small):
    (small.root / "plain.txt").write_bytes("Water".encode("utf-16"))
    told = out(small, "new", "source", "plain.txt", *OPTIONS, code=1)
    assert told == "Error: plain.txt:1:1: is not UTF-8; save the file as UTF-8\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.4\n%\xe2\xe3\n",
        b"PK\3\4a\0",
        b"{\\rtf1 Water}",
        b"From: <Saved by Blink>\r\nSubject: Water\r\nMIME-Version: 1.0\r\n\r\n<html>",
    ],
)
def test_a_file_of_another_program_is_no_text(small, raw):
    (small.root / "saved.txt").write_bytes(raw)
    before = files(small)
    told = out(small, "new", "source", "saved.txt", *OPTIONS, code=1)
    assert told.startswith("Error: saved.txt is no text; save what it says as a web page (.html)")
    assert files(small) == before
