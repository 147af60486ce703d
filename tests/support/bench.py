"""What a build costs, beside other generators on the same content: `make bench RECORDS=1000 REPEATS=5`.

Every figure is of a whole process. The generators take turns, so that a busy moment of the machine meets all
alike, and each is compared with ours of the same turn. The table takes the place of the one in CONTRIBUTING.md.
"""

import contextlib
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from . import bench_sites
from .builds import PROJECT, environ

RECORDS, REPEATS = (int(os.environ.get(name) or default) for name, default in (("RECORDS", 300), ("REPEATS", 3)))
LONGEST = 900  # seconds; what takes longer is not waited for
COLUMNS = ("cold build", "nothing changed", "one record changed", "save to page", "CPU, cold", "memory, cold")
MKDOCS = (sys.executable, "-m", "mkdocs")
SERVE = (*MKDOCS, "serve", "--livereload", "--dev-addr")


@dataclass(frozen=True)
class Generator:
    """A generator: how its site is written, built and served, and the file that holds the first record."""

    name: str
    write: Callable[[Path, Path], None]
    build: tuple[str, ...]
    serve: tuple[str, ...]
    file: str

    @property
    def installed(self) -> bool:
        return shutil.which(self.build[0]) is not None


GENERATORS = (
    Generator("this one", lambda ours, folder: None, (*MKDOCS, "build"), SERVE, "data/facts.yml"),
    Generator(
        "Material, output in the Markdown",
        bench_sites.write_material,
        (*MKDOCS, "build"),
        SERVE,
        "docs/index.md",
    ),
    Generator(
        "Material, macros plugin, YAML for each page",
        bench_sites.write_naive,
        (*MKDOCS, "build"),
        SERVE,
        "data/records.yml",
    ),
    Generator(
        "Hugo",
        bench_sites.write_hugo,
        ("hugo", "--destination", "site"),
        ("hugo", "server", "--port"),
        "data/records.json",
    ),
    Generator(
        "Eleventy",
        bench_sites.write_eleventy,
        ("eleventy", "--output=site"),
        ("eleventy", "--serve", "--output=site", "--port"),
        "_data/records.json",
    ),
)


def run(folder: Path, command: tuple[str, ...]) -> tuple[float, float, float]:
    """Run a command; return its seconds, its seconds of CPU and its memory at most, in MB.

    Ends the bench, with the output, if it fails. (hyperfine gives neither turns nor memory; a child that Python
    starts begins with the memory of Python.)
    """
    with tempfile.NamedTemporaryFile() as figures:
        timed = ["time", "--quiet", "--format=%e %U %S %M", f"--output={figures.name}", *command]
        done = subprocess.run(timed, cwd=folder, env=environ(), capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{command} failed in {folder}\n{done.stdout}{done.stderr}")
        seconds, user, system, kilobytes = map(float, figures.read().split())
    return seconds, user + system, kilobytes / 1024


@contextlib.contextmanager
def changing(file: Path, number: int) -> Iterator[str]:
    """Change the first record; yield the words by which it is known. The file is as before at the end."""
    before = file.read_text(encoding="utf-8")
    words = bench_sites.WORDS.replace("carried", f"{'ab'[number % 2] * (number + 1)} carried")
    assert bench_sites.WORDS in before, file
    file.write_text(before.replace(bench_sites.WORDS, words), encoding="utf-8")
    try:
        yield words
    finally:
        file.write_text(before, encoding="utf-8")


def time_saves(folder: Path, generator: Generator, repeats: int) -> list[float]:
    """Return the seconds from a save to the new words at the page's address, without an open browser."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    at = f"127.0.0.1:{port}" if generator.serve == SERVE else str(port)
    command = [*generator.serve[:-1], f"{generator.serve[-1]}={at}"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=environ(), stdout=quiet, stderr=quiet)
    try:
        wait_for(port, bench_sites.WORDS)
        taken = []
        for number in range(repeats):
            time.sleep(2)  # the build before has ended, and what watches the files waits
            with changing(folder / generator.file, number) as words:
                started = time.perf_counter()
                wait_for(port, words)
                taken.append(time.perf_counter() - started)
            wait_for(port, bench_sites.WORDS)
        return taken
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, words: str) -> None:
    """Wait until the home page holds the words."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=LONGEST) as page,
        ):
            if words.encode() in page.read():
                return
        time.sleep(0.01)
    sys.exit(f"{words} did not appear in {LONGEST} s")


Figures = dict[str, list[float]]
"""What was measured of one generator, by column, in the order of turns."""


def measure(root: Path, records: int, repeats: int) -> dict[str, Figures]:
    """Return what each generator takes, by its name; nothing of one that is not installed."""
    folders = {each.name: root / str(number) for number, each in enumerate(GENERATORS) if each.installed}
    found: dict[str, Figures] = {name: defaultdict(list) for name in folders}
    steps = [("write", 0)] + [("build", turn) for turn in range(repeats)] + [("save", 0)]
    work = [(step, turn, each) for step, turn in steps for each in GENERATORS if each.installed]
    with click.progressbar(work, item_show_func=lambda each: each and f"{each[0]}: {each[2].name}") as bar:
        for step, _, each in bar:
            folder, figures = folders[each.name], found[each.name]
            if step == "write":
                folder.mkdir()
                if each == GENERATORS[0]:
                    bench_sites.write_project(folder, records)
                each.write(folders[GENERATORS[0].name], folder)
            elif step == "build":
                time_builds(folder, each, figures)
            else:
                figures["save to page"] = time_saves(folder, each, repeats)
    return found


def time_builds(folder: Path, generator: Generator, figures: Figures) -> None:
    """Build from nothing, again with nothing changed, and with one record changed."""
    for name in ("site", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    seconds, cpu, memory = run(folder, generator.build)
    figures["cold build"].append(seconds)
    figures["CPU, cold"].append(cpu)
    figures["memory, cold"].append(memory)
    figures["nothing changed"].append(run(folder, generator.build)[0])
    with changing(folder / generator.file, len(figures["cold build"])):
        figures["one record changed"].append(run(folder, generator.build)[0])


def table(found: dict[str, Figures], records: int, repeats: int) -> str:
    """Return the figures as a table in Markdown: medians, and how many times ours, as the median of the turns."""
    ours = next(iter(found.values()))
    rows = ["", *COLUMNS], ["---", *["---:"] * len(COLUMNS)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    for each in GENERATORS:
        cells = ["not checked"] + [""] * (len(COLUMNS) - 1)
        if figures := found.get(each.name):
            cells = [_cell(figures[column], ours[column], column) for column in COLUMNS]
        lines.append(f"| {' | '.join([each.name, *cells])} |")
    date = f"{datetime.now(UTC):%-d %B %Y}"
    pages = -(-records // bench_sites.RECORDS_A_PAGE)
    said = f"{records:,} records on {pages:,} pages, median of {repeats}; {date}, {machine()}."
    return "\n".join([said, "", *lines])


def _cell(figures: list[float], ours: list[float], column: str) -> str:
    unit = "{:.0f} MB" if column.startswith("memory") else "{:.2f} s"
    ratio = statistics.median(one / other for one, other in zip(figures, ours, strict=True))
    return unit.format(statistics.median(figures)) + (f" ({ratio:.2f} ×)" if figures is not ours else "")


def machine() -> str:
    """Return what the machine is: processor, cores, system, Python, and how busy it is."""
    cpu = re.search(r"^model name\s*: (.*)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    name = cpu[1] if cpu else platform.machine()
    busy = f"{os.getloadavg()[0]:.1f} processes running on average"
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {busy}"


def write_down(text: str) -> None:
    """Put a table in the place of the one in CONTRIBUTING.md."""
    path = PROJECT / "CONTRIBUTING.md"
    before, start, rest = path.read_text(encoding="utf-8").partition("<!-- make bench -->\n")
    end = rest.partition("<!-- end -->")[2]
    path.write_text(f"{before}{start}{text}\n<!-- end -->{end}", encoding="utf-8")


if __name__ == "__main__":
    if not shutil.which("time"):
        sys.exit("GNU time is missing; install it: apt install time")
    with tempfile.TemporaryDirectory() as temporary:
        result = table(measure(Path(temporary), RECORDS, REPEATS), RECORDS, REPEATS)
    print(result)
    write_down(result)
