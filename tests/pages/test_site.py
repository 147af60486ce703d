"""What a site says of itself: where an error is reported, and until when it covers."""

import re
from pathlib import Path

from macros.library.library import Library
from macros.pages.site import Site

from ..support.builds import EXPLAINER, PROJECT, built, copy_project, run


def reporting(report: str, address: str = "") -> str:
    site = Site(Library(""), report=report, address=address)
    return site.report_link("lay-in-harbour", "here/#lay-in-harbour", "The ferry lay in harbour.")


def test_a_report_is_filled_in_and_there_is_none_without_an_address() -> None:
    assert reporting("") == ""
    assert reporting("mailto:desk@ferry.example", "https://ferry.example/") == (
        "mailto:desk@ferry.example?subject=Error%20in%20lay-in-harbour"
        "&body=https%3A//ferry.example/here/%23lay-in-harbour%0AThe%20ferry%20lay%20in%20harbour.%0A%0A"
    )
    assert reporting("https://desk.example/?r={record}&a={address}") == (
        "https://desk.example/?r=lay-in-harbour&a=here%2F%23lay-in-harbour"
    )


def test_every_record_at_home_has_a_link_to_report_an_error_where_an_address_is_set() -> None:
    site = built(EXPLAINER)
    links = [
        each.get("href", "") for page in site.content.values() for each in page.of_class("xp-correction__report")
    ]
    reported = [re.sub(r".*record=([^&]*)&.*", r"\1", each) for each in links]
    known = {name for name in site.homes if site.library.records[name].kind != "correction"}
    assert sorted(reported) == sorted(known)
    assert [
        page.name for page in built(PROJECT).pages.values() if list(page.of_class("xp-correction__report"))
    ] == []


def test_an_address_for_reports_that_is_none_and_a_type_of_page_that_is_none_fail_the_build(
    tmp_path: Path,
) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("https://desk.example", "javascript:alert(1)//"), "utf-8")
    page = folder / "docs" / "winter.md"
    page.write_text(page.read_text(encoding="utf-8").replace("---\n", "---\nschema: Blog\n", 1), encoding="utf-8")
    done = run(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert 'mkdocs.yml: extra.report is "javascript:alert(1)//' in done.stderr
    assert 'docs/winter.md:2: "schema" should be WebPage, ' in done.stderr
