"""What is kept from one build to the next: a site is always what a build from nothing would make it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from macros.build.cache import Cache, CachedPage, describe_generator, digest_code, reads_other_files
from macros.exports.figures_csv import list_figures
from macros.library.library import Library, measures
from macros.library.speakers import read_speakers
from macros.pages.page import Page
from macros.pages.site import Site
from macros.records.kinds import Fact

from ..support.builds import EXPLAINER, PROJECT, build, copy_project, fingerprints, run_process, start
from ..support.library import Small


@pytest.mark.long
def test_whatever_is_edited_each_page_is_what_a_build_without_the_cache_makes_it(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    path = os.pathsep.join([str(folder), str(PROJECT)])
    for seed in ("3", "4"):  # the second goes on from the cache of the first
        done = start(folder, "tests.support.rebuilds", seed, "12", own_code=True, PYTHONPATH=path).done()
        assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr[-3000:]


def test_each_page_follows_what_it_hangs_on_besides_its_own(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    path = os.pathsep.join([str(folder), str(PROJECT)])
    done = start(folder, "tests.support.rebuilds", own_code=True, PYTHONPATH=path).done()
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr[-3000:]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built."""
    folder = copy_project(EXPLAINER, tmp_path_factory.mktemp("built") / "project")
    assert build(folder).returncode == 0
    return folder.rename(folder.with_name("once"))


@pytest.fixture
def project(once: Path) -> Iterator[Path]:
    """The project as it was built, in the same place, since the cache knows files by their paths."""
    yield shutil.copytree(once, once.with_name("project"))
    shutil.rmtree(once.with_name("project"))


def generator(project: Path) -> str:
    return describe_generator(digest_code(project / "macros"))


def mark_cache(project: Path, generator: str) -> None:
    """Put a word into each page that is kept, which no build would put there."""
    cache = Cache.load(project / ".cache" / "build", generator)
    for page in cache.pages.values():
        page.html += "from the cache"
    cache.save(project / ".cache" / "build", generator)


def shows_mark(project: Path) -> bool:
    """Build, and tell whether a page comes from the cache that was marked."""
    done = build(project)
    assert done.returncode == 0, done.stderr
    return "from the cache" in (project / "site" / "index.html").read_text(encoding="utf-8")


def test_a_build_takes_its_pages_from_the_one_before(project: Path) -> None:
    mark_cache(project, generator(project))
    assert shows_mark(project)
    (project / "docs" / "index.md").write_text((project / "docs" / "index.md").read_text() + "\nMore.\n")
    assert not shows_mark(project)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("overrides/partials/footer.html", "<p", "<p hidden></p><p"),
        ("overrides/base.html", "</body>", "<p></p></body>"),
        ("macros/build/cache.py", '"""The cache', '"""This cache'),
        ("mkdocs.yml", "site_name: Never", "site_name: Hardly ever"),
    ],
)
def test_what_all_pages_hang_on_makes_them_anew(file: str, old: str, new: str, project: Path) -> None:
    mark_cache(project, generator(project))
    text, state = (project / file).read_text(encoding="utf-8"), (project / file).stat()
    assert old in text
    (project / file).write_text(text.replace(old, new), encoding="utf-8")
    os.utime(project / file, ns=(state.st_atime_ns, state.st_mtime_ns))  # only the content tells
    assert not shows_mark(project)


def test_a_page_follows_what_a_hook_makes_of_it(project: Path) -> None:
    settings, hook = project / "mkdocs.yml", project / "more.py"
    settings.write_text(settings.read_text().replace("hooks.py]", "hooks.py, more.py]"))
    for said in ("As it was.", "As it is."):
        hook.write_text(f"def on_page_content(html, **_):\n    return html + {said!r}\n")
        assert build(project).returncode == 0
        assert said in (project / "site" / "index.html").read_text(encoding="utf-8")


def test_a_page_that_takes_in_another_file_follows_it(project: Path) -> None:
    settings, page, other = (project / name for name in ("mkdocs.yml", "docs/index.md", "other.txt"))
    settings.write_text(
        settings.read_text().replace("  - pymdownx.tabbed\n", "  - pymdownx.tabbed\n  - pymdownx.snippets\n")
    )
    own = f'---\nown_words: ["8", "{other.name}"]\n'
    page.write_text(page.read_text().replace("---\n", own, 1) + f'\n--8<-- "{other.name}"\n')
    for said in ("As it was.", "As it is."):
        other.write_text(said)
        assert build(project).returncode == 0
        assert said in (project / "site" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("extensions", "plugins", "told"),
    [
        (["toc", "markdown.extensions.tables", "pymdownx.superfences"], ["macros", "hooks.py"], False),
        (["toc", "pymdownx.snippets"], ["macros"], True),
        (["markdown_include.include"], ["macros"], True),
        (["toc"], ["macros", "include-markdown"], True),
    ],
)
def test_nothing_is_kept_beside_what_may_read_other_files(extensions, plugins, told) -> None:
    config = SimpleNamespace(
        markdown_extensions=extensions, plugins=dict.fromkeys(plugins), hooks={"hooks.py": None}
    )
    assert reads_other_files(config) is told


def test_the_cache_of_another_python_other_packages_or_other_code_is_none(project: Path) -> None:
    path = project / ".cache" / "build"
    cache = Cache.load(path, generator(project))
    assert cache.pages
    assert not Cache.load(path, generator(project).replace("3.", "4.", 1)).pages
    assert not Cache.load(
        path, generator(project).replace("mkdocs-1.6.1.dist-info", "mkdocs-1.6.2.dist-info")
    ).pages
    assert not Cache.load(path, generator(PROJECT)).pages


def test_templates_that_code_alone_reads_count_as_code() -> None:
    macros = PROJECT / "macros"
    beside = {*macros.rglob("*.*")} - {*macros.rglob("*.pyc"), *(macros / "components").glob("*/*/*")}
    assert {str(path) for path in beside if path.is_file()} == digest_code(macros).keys()


def test_a_file_that_is_cut_off_or_changed_is_no_cache(project: Path) -> None:
    path, site = project / ".cache" / "build", fingerprints(project / "site")
    kept = path.read_bytes()
    changed = kept.replace(b"winter", b"summer", 1)
    for spoilt in (b"", b"no cache at all", kept[:-1], kept[: len(kept) // 2], kept + kept, changed):
        assert spoilt != kept
        path.write_bytes(spoilt)
        assert not Cache.load(path, generator(project)).pages, f"{len(spoilt)} bytes: {spoilt[:40]!r}"
    assert build(project).returncode == 0
    assert fingerprints(project / "site") == site
    assert Cache.load(path, generator(project)).pages


def test_without_a_place_for_it_a_build_is_the_same(project: Path) -> None:
    site = fingerprints(project / "site")
    shutil.rmtree(project / ".cache")
    (project / ".cache").touch()
    for _ in range(2):
        done = build(project)
        assert (done.returncode, fingerprints(project / "site")) == (0, site), done.stderr


def test_two_builds_at_once_leave_one_whole_cache(project: Path) -> None:
    site = fingerprints(project / "site")
    (project / ".cache" / "build").unlink()
    for each in [start(project, "mkdocs", "build") for _ in range(2)]:
        assert each.done().returncode == 0
    assert Cache.load(project / ".cache" / "build", generator(project)).pages
    assert [path.name for path in (project / ".cache").iterdir() if path.is_file()] == ["build"]
    assert fingerprints(project / "site") == site


def test_pages_made_on_all_cores_are_those_that_one_makes(tmp_path: Path) -> None:
    found = []
    for cores in (1, os.cpu_count()):
        folder = copy_project(EXPLAINER, tmp_path / "project")
        for number in range(20):
            text = '# A page\n\nIt runs.{{ cite("harbour-days-2012") }}\n\n{{ references() }}\n'
            (folder / "docs" / f"page-{number}.md").write_text(text, encoding="utf-8")
        done = run_on(cores, folder)
        assert done.returncode == 0, done.stderr
        (folder / "docs" / "page-7.md").write_text("# A page\n\nIn 1787. [There](#nowhere)\n", encoding="utf-8")
        wrong = run_on(cores, folder)
        assert wrong.stderr.count("docs/page-7.md:3: 1787 is in no record") == 1
        found.append((fingerprints(folder / "site"), done.stderr, wrong.stderr))
        shutil.rmtree(folder)
    assert found[0] == found[1]


def run_on(cores: int, project: Path) -> Any:
    """Build a project on so many cores, without a cache."""
    shutil.rmtree(project / ".cache", ignore_errors=True)
    return start(project, "mkdocs", "build", "-q", cores=cores).done()


def test_a_page_is_the_same_where_sets_have_another_order(project: Path) -> None:
    site = fingerprints(project / "site")
    path = project / "data" / "facts.yml"
    path.write_text(f"# A comment moves every line.\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    done = run_process(project, "mkdocs", "build", PYTHONHASHSEED="4711")
    assert (done.returncode, fingerprints(project / "site")) == (0, site), done.stderr


def test_a_mistake_is_told_again_and_a_link_to_a_place_that_is_gone(project: Path) -> None:
    one, other = project / "docs" / "index.md", project / "docs" / "record.md"
    text = one.read_text(encoding="utf-8")
    one.write_text(f"{text}\n## A place {{#a-place}}\n", encoding="utf-8")
    other.write_text(f"{other.read_text(encoding='utf-8')}\n[There](index.md#a-place)\n", encoding="utf-8")
    assert build(project).returncode == 0
    one.write_text(f"{text}\n## A place {{#elsewhere}}\n\nIn 1787.\n", encoding="utf-8")
    for _ in range(2):
        told = build(project).stderr
        assert "1787 is in no record" in told
        assert "'index.md' does not contain an anchor '#a-place'" in told


ASKING = {
    "a fact": lambda library: library.get("cost-a-mile", Fact),
    "facts": lambda library: library.of(Fact),
    "figures": list_figures,
    "speakers": read_speakers,
    "how many": measures,
    "where it stands": lambda library: library.order(library.records.data["cost-a-mile"]),
    "where it is written": lambda library: library.written("cost-a-mile"),
}


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        (
            "facts.yml",
            "text: The board counted",
            "text: In sum, the board counted",
            {"a fact", "facts", "figures", "where it is written"},
        ),
        ("people.yml", "capacity: party", "capacity: analyst", {"speakers"}),
        ("facts.yml", "- id: cost", "# The cost\n- id: cost", {"where it is written"}),
        (
            "facts.yml",
            "  period: 1931/1934\n  as_of: 1934-21\n",
            "  as_of: 1934-21\n  period: 1931/1934\n",
            {"where it is written"},
        ),
    ],
)
def test_a_page_is_kept_while_all_that_it_asked_for_is_answered_alike(small, file, old, new, changed):
    def pages(library: Library) -> dict[str, CachedPage]:
        found = {}
        for name, ask in ASKING.items():
            with library.tracking() as dependencies:
                ask(library)
            found[name] = CachedPage((name,), Page(Site(library), name, ""), dependencies)
        return found

    before, cache = small.read(), Cache()
    cache.library, cache.pages = before, pages(before)
    cache.parts = {(name,): (name, {*page.dependencies}) for name, page in cache.pages.items()}
    cache.renew_library(small.change(file, old, new).data, small.texts)
    assert {*ASKING} - {*cache.pages} == changed
    assert {*ASKING} - {name for (name,) in cache.parts} == changed


@pytest.mark.parametrize("name", ["data/quotes.yml", "data/published.txt", "sources/an-article"])
def test_the_data_is_read_again_once_a_file_of_it_or_a_text_has_changed(name: str, small: Small) -> None:
    path, cache = small.root / name, Cache()
    path.touch()  # a text's name may have no ending
    first = cache.renew_library(small.data, small.texts)
    path.touch()
    assert cache.renew_library(small.data, small.texts) is first
    path.write_text(f"{path.read_text(encoding='utf-8')}\n", encoding="utf-8")
    assert cache.renew_library(small.data, small.texts) is not first
