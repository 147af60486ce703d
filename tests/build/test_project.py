"""A project as MkDocs has it: which files of docs/ are pages, and what they are called."""

import errno
import json
import os
from pathlib import Path

import pytest
from PIL import Image

from macros.build.project import link_problems, name_problems, read_files

from ..support.builds import (
    EXPLAINER,
    Built,
    Page,
    build,
    complaints,
    copy_project,
    read_page_urls,
    text_of,
)

NO_PAGE = '---\nhome_of: [winter, fact]\n---\n# Never a page\n\n{{ fact("nothing") }}\n'
NO_PAGES = ("left-out.md", "drafts/one.md", ".obsidian/two.md", ".#winter.md", "#winter.md#", "winter.md~")
NO_PAGES += ("node_modules/three.md", "lost+found/four.md", "__pycache__/five.md")
LEFTOVERS = (
    *("docs/~$winter.docx", "docs/Icon\r", "docs/ehthumbs.db", "overrides/.base.html.icloud"),
    *("docs/winter.md___jb_tmp___", "docs/winter.md.save", "data/facts.yml___jb_old___"),
    *(
        "docs/winter.md.swp",
        "docs/winter.md.old",
        "docs/winter.md.mine",
        "docs/winter.md.r12",
        "data/facts.yml.orig",
    ),
    *("docs/.DS_Store", "docs/winter.md.orig", "docs/.winter.md.swp", "docs/._winter.md", "data/._facts.yml"),
    *("data/.#facts.yml", "data/facts.yml~", "overrides/._base.html", "overrides/css/._page.css"),
    *("overrides/css/page.css~", "macros/components/records/fact/._template.html", "macros/records/._kinds.py"),
)
PAGES = {
    "Zeitüberblick.md": '# Zeitüberblick\n\n{{ bars("It", "crossings-made-2020", "crossings-aimed-at") }}\n\n'
    "[Winter](<Time line.md>), [more](more.markdown), [three](shared/three.md)\n\n{{ references() }}\n",
    "more.markdown": '# R&D at {{ figure("crossings-2020") }}\n\n'
    '## {{ figure("crossings-2020") }} of them <b>&</b> more\n\n## Content\n\n## Search\n\n## Menu\n\n3. Third\n',
    "titled.md": '---\ntitle: R&D {{ where }} {{ figure("crossings-2020") }}\nwhere: at\n'
    "description: \"“R&D” at {{ figure('crossings-2020') }}\"\nown_words: R&D\n"
    "craft: the ferry\n---\n# Another\n\nOf {{ craft }}.\n",
    "underlined.md": 'R&D at {{ figure("crossings-2020") }}\n===\n',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    docs, elsewhere = folder / "docs", folder / "elsewhere"
    for name in NO_PAGES:
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_text(NO_PAGE, encoding="utf-8")
    for name in LEFTOVERS:
        (folder / name).write_bytes(b"\0\xff")
    (docs / ".#lock.md").symlink_to("nobody@nowhere:1")
    elsewhere.mkdir()
    (docs / "winter.md").rename(docs / "Time line.md")
    for name, text in PAGES.items():
        (docs / name).write_text(text, encoding="utf-8")
    (elsewhere / "three.md").write_text('# Three\n\n{{ limit("winter") }}\n\n{{ references() }}\n')
    (docs / "shared").symlink_to(elsewhere)
    glossary = folder / "data" / "glossary.yml"  # so long that the graph of its home has a file of its own
    text = glossary.read_text(encoding="utf-8")
    assert text.count("  text: ") == 1
    glossary.write_text(text.replace("  text: ", f"  text: {'A list. ' * 400}"), encoding="utf-8")
    with (folder / "mkdocs.yml").open("a") as config:
        config.write("\nexclude_docs: /left-out.md\ndraft_docs: drafts/\n")
    return folder


@pytest.mark.parametrize("directories", [True, False])
def test_pages_are_those_of_mkdocs_whatever_they_are_called(directories: bool, project: Path) -> None:
    with (project / "mkdocs.yml").open("a") as config:
        config.write(f"use_directory_urls: {directories}\n")
    done = build(project)
    assert done.returncode == 0, complaints(done.stderr)
    site = Built(project, done.stderr)
    assert [*site.site.rglob("*.jsonld")], "no graph has a file of its own"
    ending, link = ("/index.html", "more/") if directories else (".html", "more.html")
    names = ("Time line", "Zeitüberblick", "more", "record", "shared/three", "titled", "underlined")
    assert site.content.keys() == {"index.html", *(f"{name}{ending}" for name in names)}
    left = {Path(name).name for name in (*NO_PAGES, *LEFTOVERS)}
    assert [name for name in site.files() if Path(name).name in left] == []
    for name in ("more", "titled", "underlined"):
        check_title(site.content[f"{name}{ending}"], "R&D at 83.7%")
    assert "Of the ferry." in text_of(site.content[f"titled{ending}"].root)  # a variable of its front matter
    assert [each.get("start") for each in site.content[f"more{ending}"].root.iter("ol")] == ["3"]
    named = {text_of(each) for each in site.content["index.html"].root.iter("a") if each.get("href") == link}
    assert named == {"R&D at 83.7%"}
    for page in site.content.values():
        for element in page.having("href"):
            address = element.get("href", "")
            if ":" in address or "images/" in address:
                continue
            name, fragment = page.target(address)
            assert (site.site / name).is_file(), (page.name, address)
            assert not fragment or fragment in site.pages[name].ids, (page.name, address)


def test_a_logo_may_be_a_picture_and_what_yaml_makes_a_number_or_a_date_a_title(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    Image.new("RGB", (64, 64)).save(folder / "docs" / "logo.png")
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("  font: false\n", "  font: false\n  logo: logo.png\n").replace(
        "extra:\n", "extra:\n  2020: x\n"
    )
    menu = "nav:\n  - 2020: index.md\n  - 2019:\n      - 1998-04-12: winter.md\n  - record.md\n"
    settings.write_text(text + menu, encoding="utf-8")
    (folder / "docs" / "winter.md").open("a").write("\n{% set ferry = 1 %}\n")
    done = build(folder)
    assert done.returncode == 0, complaints(done.stderr)
    page = Built(folder, done.stderr).content["winter/index.html"]
    (shown,) = page.root.iter("title")
    assert text_of(shown) == "1998-04-12 – Never misses?"
    assert {"2020", "2019", "1998-04-12"} <= {text_of(each) for each in page.root.iter()}
    assert [each.get("src") for each in page.of_class("xp-mark")] == ["../logo.png"] * 2


def test_a_warning_is_told_at_its_page_in_a_folder_of_any_name(project: Path) -> None:
    (project / "docs").rename(project / "pages")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\ndocs_dir: pages\n")
    page = project / "pages" / "index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[a](nothing.md)\n", encoding="utf-8")
    said = build(project).stderr
    assert f"WARNING -  pages/index.md:{text.count(chr(10)) + 2}: Doc file 'index.md'" in said


def check_title(page: Page, title: str) -> None:
    """Find a title with a macro and a sign of HTML in all that names a page, escaped once."""
    assert (page.meta["og:title"], page.meta["citation_title"]) == (title, title)
    assert page.meta["description"] in ("“R&D” at 83.7%", "")
    (shown,) = page.root.iter("title")
    assert text_of(shown) == f"{title} – Never misses?"
    (data,) = [each for each in page.root.iter("script") if each.get("type") == "application/ld+json"]
    assert json.loads("".join(data.itertext()))["@graph"][0]["name"] == title


def test_commands_read_the_pages_that_a_build_publishes(project: Path) -> None:
    names = {
        "Time line.md",
        "Zeitüberblick.md",
        "index.md",
        "more.markdown",
        "record.md",
        "shared/three.md",
        "underlined.md",
        "titled.md",
    }
    assert read_page_urls(project).keys() == names
    pages = {Path(each.src_uri).name for each in read_files(project)[1] if each.is_documentation_page()}
    assert pages >= {"one.md", "two.md", "three.md", "more.markdown"}
    assert read_page_urls(project)["shared/three.md"] == "shared/three/"


def test_a_page_that_its_name_keeps_from_being_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: a\n", encoding="utf-8")
    copy = "winter (conflicted copy).md"
    for name in ("SPRING.MD", "map.PNG", copy, "winter.md", "winter/index.md"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).touch()
    assert [*map(str, name_problems(read_files(tmp_path)[1], "docs"))] == [
        "docs/SPRING.MD: is no page, because its ending has capitals; rename it",
        f"docs/{copy}: is a copy that could not be merged; merge what differs, and delete it",
        "docs/winter/index.md: has the address of docs/winter.md; rename one of them",
    ]
    assert read_page_urls(tmp_path).keys() == {"winter.md", "winter/index.md"}


def test_a_folder_of_pages_that_cannot_be_read_is_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "docs" / "sub"
    closed.mkdir(parents=True)
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)  # root may read everything
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != closed)
    told = "docs/sub: cannot be read: Permission denied; give yourself the right to read it"
    assert [str(each) for each in link_problems(tmp_path, "docs")] == [told]
