"""What a site says of itself, and further pages of long kinds: no address changes, and everything leads to it."""

import json
import re
import shutil
from pathlib import Path

import pytest

from macros.library.library import Library
from macros.pages.front_matter import read_front_matter
from macros.pages.page import Page
from macros.pages.site import Site, further_url, number_pages
from macros.records.kinds import Fact

from ..support.bench_sites import write_project
from ..support.builds import EXPLAINER, Built, built, copy_project, run, start, text_of
from ..support.library import Small

FACT = "- id: {0}\n  text: Stop.\n  evidence: [{{source: gazette, exact: closed the second lock}}]\n"
CITED = '{{ cite("record-3", "record-27") }}\n\n{{ event("record-29") }}\n\n'
PAGES = {
    "index": ("person, source", CITED + '{{ records("person") }}\n\n{{ records("source") }}'),
    "facts": ("fact", '{{ records("fact") }}'),
    "voices": ("quote", '{{ speakers("other") }}'),
    "timeline": ("event", '{{ timeline(eras="1900/1999") }}'),
}


def reporting(report: str, address: str = "") -> str:
    site = Site(Library(""), report=report, address=address)
    return site.report_link("Winter & ice", "winter/")


def test_a_report_is_filled_in_and_there_is_none_without_an_address() -> None:
    assert reporting("") == ""
    assert reporting("mailto:desk@ferry.example", "https://ferry.example/") == (
        "mailto:desk@ferry.example?subject=Error%20in%20Winter%20%26%20ice&body=https%3A//ferry.example/winter/"
    )
    assert reporting("https://desk.example/?t={title}&a={address}") == (
        "https://desk.example/?t=Winter%20%26%20ice&a=winter%2F"
    )


def test_every_page_has_a_link_to_report_an_error_where_an_address_is_set() -> None:
    for name, page in built(EXPLAINER).content.items():
        links = [each.get("href", "") for each in page.of_class("xp-colophon__tool")]
        assert [each for each in links if each.startswith("https://desk.example/report?title=")], name


def test_an_address_for_reports_that_is_none_and_a_type_of_page_that_is_none_fail_the_build(
    tmp_path: Path,
) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("https://desk.example", "javascript:alert(1)//"), "utf-8")
    page = folder / "docs" / "record.md"
    page.write_text(page.read_text(encoding="utf-8").replace("BackgroundNewsArticle", "Blog"), encoding="utf-8")
    done = run(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert 'mkdocs.yml: extra.report is "javascript:alert(1)//' in done.stderr
    assert 'docs/record.md:3: "schema" should be WebPage, ' in done.stderr


def written(small: Small, facts: list[str], published: list[str], **others: str) -> Library:
    """A library whose file of facts and list of published ids hold ids in these orders."""
    files = {"facts.yml": "".join(map(FACT.format, facts)), "published.txt": "\n".join(published)}
    return small.write(files | {f"{name}.{ending}": text for name, (ending, text) in others.items()}).read()


def pages_of_facts(library: Library) -> dict[str, int]:
    return {name: page for name, (kind, page) in number_pages(library).items() if kind == "fact"}


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fact, "page_length", 2)


@pytest.mark.usefixtures("short_pages")
def test_a_new_record_moves_no_other_wherever_it_is_written(small: Small) -> None:
    listed = ["e", "a", "d", "b", "c"]
    before = {"e": 1, "a": 1, "d": 2, "b": 2, "c": 3}
    for place in range(6):
        facts = [*"abcde"[:place], "new", *"abcde"[place:]]
        assert pages_of_facts(written(small, facts, listed)) == {**before, "new": 3}
    assert pages_of_facts(written(small, [*"edcba", "new", "newer"], listed)) == {**before, "new": 3, "newer": 4}


@pytest.mark.usefixtures("short_pages")
def test_what_is_renamed_or_withdrawn_keeps_its_place(small: Small) -> None:
    renamed = written(small, ["b", "c", "one"], ["a", "b", "c", "one"], redirects=("yml", "a: one\n"))
    assert pages_of_facts(renamed) == {"one": 1, "b": 1, "c": 2}
    withdrawn = "- {id: no-a, date: 2022, withdrawn: a, withdrawn_kind: fact, was: So., why: No.}\n"
    left = written(small, ["b", "c"], ["a", "b", "c"], redirects=("yml", ""), corrections=("yml", withdrawn))
    assert pages_of_facts(left) == {"a": 1, "b": 1, "c": 2}


@pytest.mark.parametrize(
    ("home", "second"),
    {
        "": "2/",
        "facts/": "facts/2/",
        "a/b/": "a/b/2/",
        "index.html": "2.html",
        "facts.html": "facts/2.html",
        "a/index.html": "a/2.html",
    }.items(),
)
def test_a_further_page_stands_below_its_home(home: str, second: str) -> None:
    assert further_url(home, 2) == second


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with ten facts, quotations and events, of which a page holds four."""
    folder = tmp_path_factory.mktemp("long") / "project"
    write_project(folder, 30)
    for path in (folder / "macros" / "records").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(page_length\b.* =) \d+", r"\1 4", text), encoding="utf-8")
    shutil.rmtree(folder / "docs" / "records")
    for name, (kinds, calls) in PAGES.items():
        text = f"---\nhome_of: [{kinds}]\n---\n\n# {name}\n\n## All\n\n{calls}\n\n{{{{ references() }}}}\n"
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    done = start(folder, "mkdocs", "build", own_code=True).done()
    assert done.returncode == 0, done.stderr
    return Built(folder, done.stderr)


def test_each_record_stands_once_at_the_address_that_every_export_gives(long: Built) -> None:
    exported = json.loads((long.site / "data.json").read_text(encoding="utf-8"))
    addresses = [each["address"] for rows in exported.values() for each in rows]
    assert "facts/3/#record-27" in addresses
    shown = [f"{page.removesuffix('index.html')}#{each}" for page in long.pages for each in long.pages[page].ids]
    assert sorted(addresses) == sorted(each for each in shown if each.partition("#")[2] in long.library.records)
    entries = [json.loads(path.read_text(encoding="utf-8")) for path in long.site.glob("search/entries-*.json")]
    indexed = [location for each in entries for location, *_ in each]
    assert {*addresses} < {*indexed}
    assert {each for each in indexed if "/3/" in each} < {*addresses}  # the page itself is not found
    assert (
        "record-27" in (long.site / "facts" / "3" / "index.html").read_text(encoding="utf-8").partition("<body")[0]
    )


def test_every_link_to_a_record_leads_to_it(long: Built) -> None:
    for page in long.content.values():
        for link in page.having("href"):
            name, place = page.target(link.attrib["href"])
            if place in long.library.records or place.startswith("xp--"):
                assert place in long.pages[name].ids, f"{page.name}: {link.attrib['href']}"


def test_a_page_says_which_it_is_and_leads_to_those_before_and_after(long: Built) -> None:
    for home in ("facts", "voices", "timeline"):
        pages = [long.pages[f"{home}/{each}index.html"] for each in ("", "2/", "3/")]
        assert f"{home}/4/index.html" not in long.pages
        for number, page in enumerate(pages, 1):
            (where,) = (text_of(each) for each in page.of_class("xp-path__reading"))
            assert where == f"page {number} of 3"
            assert [text_of(each) for each in page.of_class("xp-menu__link--active")] == [home]
            (listed,) = page.of_class("xp-path__all")
            assert [page.target(each.attrib["href"])[0] for each in listed.iter("a")] == [
                each.name for each in pages
            ]
            ways = [nav for nav in page.of_class("xp-pagination") if "of this list" in nav.attrib["aria-label"]]
            near = [each for each in (number - 1, number + 1) if 1 <= each <= 3]
            led = [page.target(each.attrib["href"])[0] for nav in ways for each in nav.iter("a")]
            assert led == [pages[each - 1].name for each in near]


def test_a_speaker_s_quotations_on_further_pages_are_named_where_the_speaker_stands(long: Built) -> None:
    home = long.pages["voices/index.html"]
    (speaker,) = home.of_class("xp-speakers__speaker")
    (ways,) = (each for each in speaker.iter("ul") if "xp-speakers__facts" in each.get("class", ""))
    assert len([*ways.iter("a")]) == 6
    assert len([each for each in speaker.iter() if "xp-quote" in each.get("class", "").split()]) == 4


def test_what_is_remembered_is_made_once_and_whoever_asks_depends_on_what_it_was_made_of(small: Small) -> None:
    def label(site: Site, name: str) -> str:
        made.append(name)
        return site.library.get(name).label

    made: list[str] = []
    site = Site(small.read())
    for _ in range(2):
        with site.library.tracking() as dependencies:
            assert site.remember(label, "dig") == site.library.records.data["dig"].label
        assert dependencies == {"dig"}
    assert made == ["dig"]


def test_the_front_matter_of_a_page_is_read_again_only_if_the_page_has_changed(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "a.md"
    page.parent.mkdir()
    page.write_text("---\nhome_of: fact\nscripts: [a.js]\n---\n")
    first = read_front_matter(page.parent, "a.md", None)
    assert read_front_matter(page.parent, "a.md", first) is first
    (told,) = first.script_problems(page.parent)
    assert str(told) == 'docs/a.md:3: "scripts": no "a.js" in docs/ or overrides/; fix its name, or put it back'
    page.with_name("a.js").touch()
    assert [*first.script_problems(page.parent)] == []
    page.write_text("---\nhome_of: quote\n---\n")
    assert read_front_matter(page.parent, "a.md", first).claims == [(2, "quote")]


def test_a_passage_is_linked_to_the_page_of_its_source_and_else_to_the_source(small: Small) -> None:
    site = Site(small.read(), {"source": "all/"})
    cost = site.library.get("cost-a-mile")
    assert Page(site, "docs/b.md", "b/").proofs(cost)[0].link == "../all/#post"
    site.homes["post"] = "a/"
    assert Page(site, "docs/b.md", "b/").proofs(cost)[0].link == "../a/#post-paragraph-3"


def test_the_home_of_a_source_lists_its_passages_and_that_of_all_sources_need_not(small: Small) -> None:
    def told(homes: dict[str, str]) -> list[str]:
        page = Page(Site(small.read(), homes), "docs/a.md", "a/", anchored_ids={"post", "gazette"})
        return [str(problem) for problem in page.problems()]

    said = 'docs/a.md: is the home of "post" and lists no passages; add {{ passages("post") }}'
    assert told({"post": "a/"}) == [said]
    assert told({"source": "a/"}) == []
