"""The lists of pages: short ones on every page, a long one once, so that no page grows with the site."""

import re

import pytest

from ..support.builds import EXPLAINER, Built, build, copy_project, new_folder

FEW, MANY = 30, 31  # `many` in overrides/base.html: the longest list that stands on every page


def site(*folders: tuple[str, int], nav: str = "") -> Built:
    """The second explainer with folders of so many pages each; without a `nav`, each is a section."""
    project = copy_project(EXPLAINER, new_folder() / "project")
    for name, count in folders:
        for number in range(count):
            path = project / "docs" / name / f"page-{number:02}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text("# A page\n", encoding="utf-8")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(nav)
    result = build(project)
    assert result.returncode == 0, result.stderr
    return Built(project, result.stderr)


def links(built: Built, name: str, folder: str) -> set[str]:
    """The other pages of a folder to which a page links."""
    page = built.pages[name]
    found = {page.target(each.attrib["href"])[0] for each in page.having("href")}
    return {each for each in found - {name} if re.fullmatch(f"{folder}page-../index.html", each)}


def page(number: int, folder: str) -> str:
    return f"{folder}page-{number:02}/index.html"


@pytest.fixture(scope="module")
def sections() -> Built:
    return site(("few", FEW), ("many", MANY))


@pytest.fixture(scope="module")
def top() -> Built:
    return site(("", MANY))


def test_a_short_section_is_listed_on_every_page(sections: Built) -> None:
    few = {page(number, "few/") for number in range(FEW)}
    for name in ("index.html", "404.html", page(9, "few/"), page(9, "many/")):
        assert links(sections, name, "few/") == few - {name}, name


def test_other_pages_link_to_the_first_of_a_long_section(sections: Built) -> None:
    for name in ("index.html", "404.html", "winter/index.html", page(9, "few/")):
        assert links(sections, name, "many/") == {page(0, "many/")}, name


def test_a_page_of_a_long_section_links_to_the_first_and_its_neighbours(sections: Built) -> None:
    assert links(sections, page(9, "many/"), "many/") == {page(number, "many/") for number in (0, 8, 10)}


def test_the_first_page_of_a_long_section_lists_all_of_it(sections: Built) -> None:
    assert links(sections, page(0, "many/"), "many/") == {page(number, "many/") for number in range(1, MANY)}


def test_the_home_page_lists_a_long_top_of_the_menu(top: Built) -> None:
    assert links(top, "index.html", "") == {page(number, "") for number in range(MANY)}
    assert links(top, page(9, ""), "") == {page(8, ""), page(10, "")}
    assert links(top, "404.html", "") == set()


def test_a_menu_may_hold_links_elsewhere_and_sections_within_sections() -> None:
    nav = """
nav:
  - index.md
  - In short: [winter.md, Deeper: [deep/page-00.md, Deepest: [record.md]], Others: https://others.example/]
  - Elsewhere: https://elsewhere.example/
  - Code: https://code.example/README.md
"""
    built = site(("deep", 1), nav=nav)
    for name in ("winter/index.html", "404.html", "index.html"):
        page = built.pages[name]
        shown = {each.attrib["href"] for each in page.having("href")}
        assert {"https://elsewhere.example/", "https://others.example/", "https://code.example/README.md"} <= shown
        within = {page.target(href)[0] for href in shown if "://" not in href}
        assert {"winter/index.html", "deep/page-00/index.html", "record/index.html"} <= within
    home = built.pages["deep/page-00/index.html"].root.findall(
        ".//*[@class='xp-path__item xp-path__item--section']/a"
    )
    assert [each.text for each in home] == ["In short"]
