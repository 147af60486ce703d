"""Citations for reference managers: each format parses back to what the source says."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from macros.exports.citation_formats import (
    FORMATS,
    citation_path,
    citation_texts,
    cite_page,
    format_biblatex,
    format_csl_json,
    format_quotation,
    format_ris,
)
from macros.exports.citation_styles import format_entry
from macros.library.yaml import read_yaml
from macros.records.dates import parse_date
from macros.records.kinds import Quote, Source
from macros.records.parts import Name

from ..support.builds import EXPLAINER, PROJECT, Built, built
from ..support.components import examples


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_a_reference_manager_finds_title_date_and_language_on_every_page(site: Built) -> None:
    for name, page in site.content.items():
        meta = {each.get("name"): each.get("content") for each in page.root.iter("meta")}
        assert meta["citation_title"], name
        assert re.fullmatch(r"\d{4}/\d\d/\d\d", meta["citation_online_date"] or ""), name
        assert meta["citation_language"] == "en", name


HOSTILE = Source.model_validate(
    {
        "id": "signs",
        "type": "article-journal",
        "title": r"50% of {a} \b & #c $d_e ^f ~g “Größe”",
        "author": [{"family": "de la O’Neil", "given": "Ana M."}, {"literal": "Ink and Sons"}],
        "publisher": "A & B",
        "issued": "2020~",
        "URL": "https://signs.example/a_b~c?d=1&e=%20#f",
        "text": "signs.txt",
        "sha256": "0" * 64,
    }
)


def sources() -> list[Source]:
    found = [source for each in (PROJECT, EXPLAINER) for source in read_sources(each)]
    return [*found, HOSTILE]


def read_sources(project: Path) -> list[Source]:
    """The sources of a project as its file has them: nothing is built while tests are collected."""
    data = read_yaml(project / "data" / Source.file, Source.file).data
    return [Source.model_validate(each) for each in data]


each_source = pytest.mark.parametrize("source", sources(), ids=lambda source: source.id)


def read_bibtex(text: str) -> dict[str, str]:
    """Fields of one entry, read by counting braces as BibTeX does; escapes undone."""
    head = re.match(r"@\w+\{([^,]+),\n", text)
    assert head
    fields, at = {"ID": head[1]}, head.end()
    while field := re.compile(r"\s*(\w+) = \{").match(text, at):
        depth, start, at = 1, field.end(), field.end()
        while depth:
            step = 2 if text[at] == "\\" and text[at + 1] in "{}" else 1
            depth += {"{": 1, "}": -1}.get(text[at], 0) if step == 1 else 0
            at += step
        fields[field[1]] = text[start : at - 1]
        assert text[at] == ","
        at += 1
    assert text[at:].strip() == "}"
    return fields


@each_source
def test_bibtex_parses_back(source: Source) -> None:
    fields = read_bibtex(format_biblatex(source))
    assert fields["ID"] == source.id
    title = fields["title"]
    assert title[0] == "{"
    assert title[-1] == "}"
    assert untex(title[1:-1]) == source.title
    assert fields.get("url") == source.URL
    assert fields["date"] == source.issued.edtf


def untex(text: str) -> str:
    names = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}
    pattern = r"\\text\w+\{\}|\\[&%$#_{}]"
    return re.sub(pattern, lambda match: names.get(match[0], match[0][1:]), text)


def test_a_literal_name_with_and_in_it_stays_one_name_in_bibtex() -> None:
    assert read_bibtex(format_biblatex(HOSTILE))["author"] == "de la O’Neil, Ana M. and {Ink and Sons}"


@each_source
def test_csl_json_parses_back(source: Source) -> None:
    (item,) = json.loads(format_csl_json(source))
    assert (item["id"], item["type"], item["title"]) == (source.id, source.type, source.title)
    assert item.get("URL") == source.URL
    assert len(item.get("author", ())) == len(source.author)
    assert set(item["issued"]) in ({"date-parts"}, {"date-parts", "circa"}, {"literal"})


@pytest.mark.parametrize(
    ("type", "named", "carriers"),
    [
        *(("article-newspaper", "", ["A & B"]), ("webpage", "", ["A & B"]), ("post", "", ["A & B"])),
        *(
            ("article-journal", "Ink", ["Ink"]),
            ("broadcast", "Ink", ["Ink"]),
            ("book", "", []),
            ("speech", "", []),
        ),
    ],
)
def test_each_format_names_what_carries_a_work(type: str, named: str, carriers: list[str]) -> None:
    work = HOSTILE.model_copy(update={"type": type, "container_title": named or None})
    (item,) = json.loads(format_csl_json(work))
    assert [item[name] for name in ("container-title",) if name in item] == carriers
    assert re.findall(r"^T2  - (.*)\r$", format_ris(work), re.MULTILINE) == carriers


# EDTF; the date in biblatex, the year and the date in RIS, the date in CSL-JSON.
DATES: dict[str, tuple[str, str, str, dict[str, object]]] = {
    "1934-05-16": ("1934-05-16", "1934", "1934/05/16/", {"date-parts": [[1934, 5, 16]]}),
    "1934": ("1934", "1934", "1934///", {"date-parts": [[1934]]}),
    "1934~": ("1934~", "1934", "1934///about 1934", {"date-parts": [[1934]], "circa": True}),
    "193X": ("193X", "", "///the 1930s", {"literal": "the 1930s"}),
    "1934-24": ("1934-24", "1934", "1934///winter 1934–35", {"literal": "winter 1934–35"}),
    "1934/1935": ("1934/1935", "", "///1934 to 1935", {"date-parts": [[1934], [1935]]}),
    "1934/..": ("1934/..", "", "///since 1934", {"literal": "since 1934"}),
    "-0043-03-15": ("-0043-03-15", "", "///15 March 44 BCE", {"literal": "15 March 44 BCE"}),
    "193X-05-16": ("", "", "///16 May in the 1930s", {"literal": "16 May in the 1930s"}),
    "1934-05~-16": (
        *("", "1934", "1934///16 May 1934 (approximate in part)"),
        {"date-parts": [[1934, 5, 16]], "circa": True},
    ),
    "[1934,1936]": ("", "", "///1934 or 1936", {"literal": "1934 or 1936"}),
    "1934-05-16T10:00": ("1934-05-16", "1934", "1934/05/16/10:00", {"date-parts": [[1934, 5, 16]]}),
}


@pytest.mark.parametrize("edtf", DATES)
def test_a_date_reaches_each_format_as_that_allows(edtf: str) -> None:
    work = HOSTILE.model_copy(update={"issued": parse_date(edtf)})
    biblatex, year, ris, csl = DATES[edtf]
    assert read_bibtex(format_biblatex(work)).get("date", "") == biblatex
    assert json.loads(format_csl_json(work))[0]["issued"] == csl
    fields = dict(line.split("  - ") for line in format_ris(work).split("\r\n") if line)
    assert (fields.get("PY", ""), fields["DA"]) == (year, ris)


def test_a_work_without_a_date_has_none_in_any_format() -> None:
    work = HOSTILE.model_copy(update={"issued": None, "URL": None, "archived": "https://archive.example/1"})
    assert not {"date", "note"} & {*read_bibtex(format_biblatex(work))}
    assert "issued" not in json.loads(format_csl_json(work))[0]
    assert not re.search(r"^(PY|DA|N1) ", format_ris(work), re.MULTILINE)
    for text in (format_biblatex(work), format_csl_json(work), format_ris(work)):
        assert "https://archive.example/1" in text


def test_an_archived_copy_reaches_each_format_beside_the_address() -> None:
    copy = "https://archive.example/a_b"
    work = HOSTILE.model_copy(update={"URL": "https://a.example/", "archived": copy})
    assert untex(read_bibtex(format_biblatex(work))["addendum"]) == f"Archived at {copy}"
    assert json.loads(format_csl_json(work))[0]["archive_location"] == copy
    assert re.findall(r"^(?:UR|AV)  - (.*)\r$", format_ris(work), re.MULTILINE) == ["https://a.example/", copy]
    for text in map(str, citation_texts(work.model_copy(update={"URL": None})).values()):
        assert text.count("archive.example") == 1, text


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en-GB", "english"),
        ("zh-Hans", "chinese"),
        ("nb", "norsk"),
        ("grc", "ancientgreek"),
        ("hsb", "uppersorbian"),
        ("cel", "cel"),
    ],
)
def test_a_language_in_bibtex_is_one_that_latex_knows(tag: str, name: str) -> None:
    assert read_bibtex(format_biblatex(HOSTILE.model_copy(update={"language": tag})))["langid"] == name


def test_names_reach_each_format_split_turned_or_whole() -> None:
    names = [
        {"family": "Brook", "given": "Ada", "suffix": "Jr."},
        {"family": "Li", "given": "Wei", "static-ordering": "true"},
        {"literal": "Ink and Sons"},
        {"family": "Sukarno"},
    ]
    work = HOSTILE.model_copy(update={"author": tuple(map(Name.model_validate, names))})
    said = "Brook, Jr., Ada and Li, Wei and {Ink and Sons} and Sukarno"
    assert read_bibtex(format_biblatex(work))["author"] == said
    assert json.loads(format_csl_json(work))[0]["author"][1] == names[1] | {"static-ordering": True}
    authors = re.findall(r"^AU  - (.*)\r$", format_ris(work), re.MULTILINE)
    assert authors == ["Brook, Ada, Jr.", "Li, Wei", "Ink and Sons", "Sukarno"]


@pytest.mark.parametrize(
    ("page", "fields"),
    [("12-19", ["SP  - 12", "EP  - 19"]), ("12-19, 30", ["SP  - 12-19, 30"]), ("e1", ["SP  - e1"])],
)
def test_the_pages_in_ris_are_a_first_and_a_last_or_all(page: str, fields: list[str]) -> None:
    assert re.findall(r"[SE]P  - .*(?=\r)", format_ris(HOSTILE.model_copy(update={"page": page}))) == fields


@pytest.mark.parametrize(
    ("type", "fields", "ris"),
    [
        ("thesis", {"type": "Draft", "institution": r"A \& B"}, ["THES", "M3  - Draft"]),
        (
            "chapter",
            {"booktitle": "Ink", "editor": "Brook, Ada", "publisher": r"A \& B"},
            ["CHAP", "A2  - Brook, Ada"],
        ),
        ("paper-conference", {"booktitle": "Ink", "type": "Draft"}, ["CPAPER", "T2  - Ink"]),
        ("dataset", {"publisher": r"A \& B"}, ["DATA", "PB  - A & B"]),
        ("legal_case", {"publisher": r"A \& B"}, ["CASE", "PB  - A & B"]),
        ("document", {"howpublished": "Ink", "type": "Draft"}, ["GEN", "M3  - Draft"]),
    ],
)
def test_a_work_of_each_type_keeps_its_kind_editor_and_carrier(
    type: str, fields: dict[str, str], ris: list[str]
) -> None:
    editor = (Name(family="Brook", given="Ada"),)
    work = HOSTILE.model_copy(
        update={"type": type, "genre": "Draft", "editor": editor, "container_title": "Ink", "author": ()}
    )
    assert fields.items() <= read_bibtex(format_biblatex(work)).items()
    assert all(f"{each}\r\n" in format_ris(work) for each in ris)
    (item,) = json.loads(format_csl_json(work))
    assert (item["type"], item["genre"], item["editor"]) == (type, "Draft", [{"family": "Brook", "given": "Ada"}])
    assert item.get("authority") == ("A & B" if type == "legal_case" else None)


def test_a_podcast_is_a_broadcast_in_csl() -> None:
    assert json.loads(format_csl_json(HOSTILE.model_copy(update={"type": "podcast"})))[0]["type"] == "broadcast"


@each_source
def test_ris_parses_back(source: Source) -> None:
    lines = format_ris(source).split("\r\n")
    assert lines[0].startswith("TY  - ")
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    fields = [(line[:2], line[6:]) for line in lines[:-1]]
    assert ("TI", source.title) in fields
    assert [value for tag, value in fields if tag == "UR"] == ([source.URL] if source.URL else [])
    assert len([tag for tag, _ in fields if tag == "AU"]) == len(source.author)


def test_every_source_s_files_stand_where_its_card_links_to(site: Built) -> None:
    for source in site.library.of(Source):
        page = site.pages[site.homes[source.id]]
        linked = {page.target(each.get("href", ""))[0] for each in page.having("download")}
        for ending, (_, written) in FORMATS.items():
            name = citation_path(source, ending)
            assert name in linked
            assert (site.site / name).read_bytes().decode() == written(source)


def test_a_quotation_to_copy_says_who_when_and_where_it_is_quoted(site: Built) -> None:
    for quote in site.library.of(Quote):
        page = site.pages[site.homes[quote.id]]
        (card,) = [each for each in page.having("data-record") if each.get("id") == quote.id]
        (text,) = ["".join(each.itertext()) for each in card.iter() if each.get("data-copy") is not None]
        assert all(f"“{part.exact.removesuffix(',')}”" in text for part in quote.evidence)
        source = site.library.records[quote.evidence[0].source]
        assert isinstance(source, Source)
        assert format_entry("chicago", source).striptags() in text
        for name in quote.speaker:
            assert site.library.records[name].label in text


def test_words_in_another_language_stand_apart_in_a_quotation_to_copy() -> None:
    library = replace(examples("quote")[0]).library
    quote = library.of(Quote)[0]
    source = library.get(quote.evidence[0].source, Source)
    library.records[source.id] = source.model_copy(update={"language": "he"})
    copied = format_quotation(library, quote)
    assert copied.startswith(f'“<bdi lang="he">{quote.evidence[0].exact.removesuffix(",")}</bdi>” ')
    assert f'<bdi lang="he">{source.title}</bdi>' in copied


def test_a_page_is_cited_as_a_work_of_the_site_with_its_address_and_day() -> None:
    site = examples("fact")[0].page().site
    site.name, site.author = "Never misses?", "Ines Aldo"
    site.address, site.built = "https://ferry.example/", "2026-11-29"
    page = cite_page(site, "limits/fares/", "Is it dear?")
    assert (page.id, page.URL) == ("limits-fares", "https://ferry.example/limits/fares/")
    assert str(citation_texts(page)["APA 7"]) == (
        "Ines Aldo. (2026, November 29). <i>Is it dear?</i> Never misses? https://ferry.example/limits/fares/"
    )
    assert cite_page(site, "", "Never misses?").id == "never-misses"
    assert cite_page(site, "%C3%9Cber%20uns/", "Über uns").id == "uber-uns"
    site.name = "海"
    assert cite_page(site, "%E6%B5%B7/", "海").id == "e6-b5-b7"
    assert cite_page(site, "", "海").id == "site"


def test_a_work_is_cited_in_every_style_and_format() -> None:
    source = examples("fact")[0].page().site.library.of(Source)[0]
    texts = citation_texts(source)
    assert list(texts) == ["APA 7", "Chicago 18", "MLA 9", "BibTeX", "CSL-JSON", "RIS"]
    assert all(source.publisher in text or source.container_title in text for text in texts.values())
