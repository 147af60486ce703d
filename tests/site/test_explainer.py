"""The generator knows no topic: it makes another explainer, on an invented subject, of the same parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from macros.build.macro_calls import SIGNS
from macros.components.rendering import MACROS
from macros.library.library import Library
from macros.records.kinds import KINDS, Organisation, Person

from ..support.builds import EXPLAINER, PROJECT, Built, built, complaints, copy_project, real_library, run

# What the real site is about, and what no record need name.
SUBJECT = (
    *("russia", "russian", "soviet", "ussr", "kremlin", "moscow", "putin", "china", "chinese", "sino", "prc"),
    *("beijing", "xi jinping", "taiwan", "ukraine", "ukrainian", "mongolia", "central asia", "siberia"),
    *("kuomintang", "gazprom", "huawei", "radio free asia", "benarnews", "rfa", "nato"),
    *("no limits", "no-limits", "partnership", "alliance"),
)


@pytest.fixture(scope="session")
def explainer() -> Built:
    return built(EXPLAINER)


def test_the_second_explainer_builds_and_nothing_is_logged_against_it(explainer: Built) -> None:
    assert complaints(explainer.log) == []
    assert set(explainer.pages) == {"index.html", "winter/index.html", "record/index.html", "404.html"}


def test_the_second_explainer_holds_three_sources_and_every_kind(explainer: Built) -> None:
    assert {record.kind for record in explainer.library.records.values()} == set(KINDS)
    assert len(explainer.library.of(KINDS["source"])) == 3
    assert len(explainer.library.records) >= 12


@pytest.mark.parametrize("macro", MACROS)
def test_every_macro_is_used_on_a_page_of_the_second_explainer(macro: str, explainer: Built) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (EXPLAINER / "docs").glob("*.md"))
    assert re.search(rf"\{{\{{ {macro}\(", text), f"call {macro}() on a page of tests/explainer/docs"


def test_both_ways_to_run_macros_are_taken_by_the_second_explainer() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (EXPLAINER / "docs").glob("*.md")]
    assert {any(sign in text for sign in SIGNS[1:]) for text in texts} == {True, False}


def test_no_call_or_placeholder_is_left_on_a_page(explainer: Built) -> None:
    for path in explainer.site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search("[\U000f0000-\U000fffff]", html), path
        assert "data-uses" not in html, path
        assert not re.search(r"\{\{ *\w+\(", html), path


def test_every_record_of_the_second_explainer_is_covered_by_its_texts() -> None:
    done = run(built(EXPLAINER).folder, "macros", "coverage", SOURCES=str(EXPLAINER / "sources"))
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["all covered"]), done.stdout


def test_a_changed_letter_of_a_quote_ends_the_build_without_the_texts(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    path = folder / "data" / "quotes.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("gulls do not rest", "gulls do now rest"), encoding="utf-8"
    )
    done = run(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert "data/quotes.yml:17: " in done.stderr


ALONE = re.compile(r'(built|read_page_urls|copy_project)\(PROJECT\b|real_library\(\)|PROJECT / "(data|docs)\b')
TESTS = [
    path
    for path in sorted((PROJECT / "tests").glob("**/test_*.py"))
    if path.parent.name not in ("site", "browser")
]


def test_no_test_of_the_generator_is_about_this_site_alone() -> None:
    """With other content they hold too: what is tested on this site is tested on the second explainer."""
    texts = {path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8") for path in TESTS}
    assert {name: found[0] for name, text in texts.items() if (found := ALONE.search(text))} == {}


GENERATOR = [path for ending in ("*.py", "*.html") for path in sorted((PROJECT / "macros").rglob(ending))]


@pytest.fixture(scope="session")
def real() -> Library:
    return real_library()


@dataclass(frozen=True)
class Word:
    """What this site is about: its letters, and how they stand where they mean it."""

    letters: str
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        found = self.letters in (text.lower() if self.pattern.flags & re.IGNORECASE else text)
        return found and bool(self.pattern.search(text))  # most letters are in no file, and that is quick to tell


@pytest.fixture(scope="session")
def words(real: Library) -> list[Word]:
    return list(subject(real))


def test_no_file_of_the_generator_names_anything_of_the_site_s_subject(words: list[Word]) -> None:
    texts = {path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8") for path in GENERATOR}
    assert [(name, word) for name, text in texts.items() for word in words if word.is_in(text)] == []


def subject(real: Library) -> Iterator[Word]:
    """Its names, and its ids where they stand for themselves."""
    for word in SUBJECT:
        yield Word(word, re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE))
    names: list[str] = []
    for record in real.records.values():
        if isinstance(record, Person | Organisation):
            names += [record.name, *record.alternate_names]
        if isinstance(record, Person):
            names += record.name.split()
    ids = [*real.records, *real.broken]
    for name in [*names, *(each for each in ids if "-" in each)]:
        yield Word(name, re.compile(rf"\b{re.escape(name)}\b"))
    for name in ids:
        if "-" not in name:
            yield Word(name, re.compile(rf"""["']{re.escape(name)}["']"""))


def test_the_words_of_the_subject_are_found_where_they_stand(real: Library, words: list[Word]) -> None:
    some = next(iter(real.records))
    assert any(word.is_in(f'find("{some}")') for word in words)
    assert any(word.is_in("a Russian word") for word in words)
