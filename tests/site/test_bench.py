"""The comparison with other generators: the same records for each, and ratios of the same turn."""

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ..support import bench, bench_sites
from ..support.builds import new_folder


@pytest.fixture(scope="module")
def ours() -> Path:
    project = new_folder() / "project"
    bench_sites.write_project(project, 21)
    return project


@pytest.mark.parametrize("write", [bench_sites.write_naive, bench_sites.write_hugo, bench_sites.write_eleventy])
def test_each_generator_is_given_all_there_is(
    write: Callable[[Path, Path], None], ours: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    write(ours, folder)
    text = "".join(path.read_text() for path in folder.rglob("*.md"))
    records, cited = {f"record-{number}" for number in range(21)}, {f"record-{number}" for number in range(10, 20)}
    assert Counter(re.findall('(?:card|cite)[( ]"(.+?)"', text)) == Counter(
        [*records, *cited, "keeper-0", "source-0"]
    )
    assert (folder / next(each.file for each in bench.GENERATORS if each.write == write)).is_file()


def test_material_is_given_what_our_macros_print(ours: Path, tmp_path: Path) -> None:
    bench_sites.write_material(ours, tmp_path / "site")
    text = "".join(path.read_text() for path in (tmp_path / "site").rglob("*.md"))
    assert "{{" not in text
    assert {f"record-{number}" for number in range(21)} <= {*re.findall('data-record="(.+?)"', text)}


def test_each_turn_is_compared_with_ours_of_the_same_turn() -> None:
    ours = {column: [1.0, 2.0, 10.0] for column in bench.COLUMNS}
    hugo = {column: [2.0, 6.0, 10.0] for column in bench.COLUMNS}
    rows = {row.split(" | ")[0]: row for row in bench.table({"this one": ours, "Hugo": hugo}, 41, 3).splitlines()}
    assert rows["| this one"].startswith("| this one | 2.00 s | 2.00 s |")
    assert rows["| Hugo"].startswith("| Hugo | 6.00 s (2.00 ×) |")
    assert rows["| Eleventy"].startswith("| Eleventy | not checked |")


@pytest.mark.skipif(not shutil.which("time"), reason="GNU time is not installed")
def test_a_build_that_fails_ends_the_bench(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="No such option"):
        bench.run(tmp_path, (*bench.MKDOCS, "--no-such-option"))
