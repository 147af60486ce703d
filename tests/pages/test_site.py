"""What a site says of itself: where an error is reported, and until when it covers."""

from pathlib import Path

from macros.library.library import Library
from macros.pages.site import Site

from ..support.builds import EXPLAINER, PROJECT, built, copy_project, run


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
    for name, page in built(PROJECT).content.items():
        links = ["".join(each.itertext()) for each in page.of_class("xp-colophon__tool")]
        assert "Errors and corrections" in links, name
        assert "Report an error" not in links, name


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
