"""Pages kept from the build before: whatever is edited, each is what a build from nothing would make it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros.build.cache import CachedPage, PageCache
from macros.exports.figures_csv import list_figures
from macros.library.library import Library
from macros.library.voices import read_speakers
from macros.pages.page import Page
from macros.pages.site import Site
from macros.records.kinds import Fact

from ..support.builds import EXPLAINER, PROJECT, copy_project, start


def test_every_page_is_what_a_cold_build_makes_it(tmp_path: Path) -> None:
    folder = copy_project(EXPLAINER, tmp_path / "project")
    path = os.pathsep.join([str(folder), str(PROJECT)])
    process = start(folder, "tests.support.rebuilds", "3", "28", own_code=True, PYTHONPATH=path)
    done = process.done()
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr[-3000:]


ASKING = {
    "a fact": lambda library: library.get("cost-a-mile", Fact),
    "facts": lambda library: library.of(Fact),
    "figures": list_figures,
    "speakers": read_speakers,
    "how many": lambda library: library.measures,
    "where it stands": lambda library: library.order(library.records.data["cost-a-mile"]),
    "where it is written": lambda library: library.places["cost-a-mile"],
}


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        (
            "facts.yml",
            "text: The board counted",
            "text: In sum, the board counted",
            {"a fact", "facts", "figures", "where it stands"},
        ),
        ("people.yml", "capacity: party", "capacity: analyst", {"speakers"}),
        ("facts.yml", "- id: cost", "# The cost\n- id: cost", {"where it is written"}),
    ],
)
def test_a_page_is_kept_while_all_that_it_asked_for_is_answered_alike(small, file, old, new, changed):
    def pages(library: Library) -> dict[str, CachedPage]:
        found = {}
        for name, ask in ASKING.items():
            with library.noting() as asked:
                ask(library)
            found[name] = CachedPage((name,), Page(Site(library), name, ""), asked)
        return found

    before, cache = small.read(), PageCache()
    cache.renew(before, {}, shared="")
    cache.pages = pages(before)
    cache.renew(small.change(file, old, new).read(), {}, shared="")
    assert {*ASKING} - {*cache.pages} == changed
