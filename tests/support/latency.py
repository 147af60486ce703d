"""How long a save takes to be seen: from the save to the new bytes served, on this site and with 2,000 records."""

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import bench_sites
from .builds import EXPLAINER, PROJECT, copy_project
from .serving import Server, serving

ROUNDS = 10


def copy_site(folder: Path) -> Path:
    return copy_project(PROJECT, folder)


def copy_large(folder: Path) -> Path:
    """This site's look on 2,000 invented records."""
    bench_sites.write_project(folder, 2_000)
    return folder


@dataclass(frozen=True)
class Project:
    """What is served, in how many seconds a save should be seen, and the open page: its address and file."""

    copy: Callable[[Path], Path]
    goal: float
    page: str
    file: str


PROJECTS = {
    "another explainer": Project(lambda folder: copy_project(EXPLAINER, folder), 1.0, "record/", "docs/record.md"),
    "this site": Project(copy_site, 1.0, "facts/", "docs/facts.md"),  # the longest page there is
    "2,000 records": Project(copy_large, 2.0, "", "docs/index.md"),
}


def _replace(old: str, new: str) -> Callable[[str, str], str]:
    return lambda text, mark: text.replace(old, new.format(mark=mark), 1)


# What is saved: a file (the open page's, if none), what is done to its text, which part of the page changes (all,
# if none). Each mark is seen once.
SAVES: dict[str, tuple[str, Callable[[str, str], str], str]] = {
    "a record": (
        "data/facts.yml",
        lambda text, mark: re.sub(r"(\n  text: (>-\n    )?)", rf"\1{mark} ", text, count=1),
        "",
    ),
    "a page": ("", lambda text, mark: f"{text}\n\n{mark}\n", ""),
    "a template": (
        "macros/components/records/fact/template.html",
        _replace("<article", "<p hidden>{mark}</p><article"),
        "",
    ),
    "a style": (
        "macros/components/records/quote/style.css",
        lambda text, mark: f"{text}.{mark} {{}}\n",
        "css/site.css",
    ),
    "an override": ("overrides/base.html", _replace("</body>", "<p>{mark}</p></body>"), ""),
}


def measure(project: Project, folder: Path, rounds: int = ROUNDS) -> dict[str, float]:
    """The median of seconds from a save to the new bytes, by what is saved, for whoever has the page open."""
    with serving(project.copy(folder)) as server:
        server.wait(lambda: server.get()[0] == 200, "the site")
        server.settle()
        return {
            what: _measure(server, project.page, file or project.file, change, part, what.split()[1], rounds)
            for what, (file, change, part) in SAVES.items()
        }


def _measure(
    server: Server, page: str, file: str, change: Callable[[str, str], str], part: str, word: str, rounds: int
) -> float:
    path = server.folder / file
    good, taken = path.read_text(encoding="utf-8"), []
    for number in range(rounds):
        mark = f"{word}seen{chr(97 + number)}"  # no figure, which no passage would back
        with server.reading(page, mark, part) as wait:
            path.write_text(change(good, mark), encoding="utf-8")
            started = time.perf_counter()
            wait()
            taken.append(time.perf_counter() - started)
        server.settle()
    return statistics.median(taken)


if __name__ == "__main__":
    print(f"From a save to the new bytes of the open page: median of {ROUNDS}, in seconds.", flush=True)
    slow = False
    for name, project in PROJECTS.items():
        with tempfile.TemporaryDirectory() as temporary:
            for what, seconds in measure(project, Path(temporary, "project")).items():
                slow = slow or seconds >= project.goal
                print(f"  {name:<14} {what:<12} {seconds:5.2f}  (goal: under {project.goal:.0f})", flush=True)
    sys.exit(slow)
