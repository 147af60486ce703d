"""How much the records cost: the site against the same pages with the macros' output already in the Markdown.

Both are built by MkDocs with the same theme, in turn, in fresh processes; the
ratio of the medians is printed. The goal is 1.10 at both sizes.
"""

import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIZES = {1_000: 5, 10_000: 3}
GOAL = 1.10
RECORDS_A_PAGE = 20
RECORDS_A_SOURCE = 250

CONFIG = """\
site_name: Bench
theme: {name: material, font: false}
markdown_extensions: [attr_list, md_in_html]
"""
WITH_RECORDS = """\
hooks: [macros/build/hooks.py, keep.py]
plugins: [search, {macros: {module_name: macros, on_undefined: strict}}]
"""
PLAIN = "plugins: [search]\n"
KEEP = """\
import os, pathlib
def on_page_markdown(markdown, page, config, **_):
    if folder := os.environ.get("KEEP"):
        path = pathlib.Path(folder, page.file.src_uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(config.extra["build"].calls.placeholders.place_blocks(markdown), encoding="utf-8")
"""


def write_project(folder: Path, count: int) -> None:
    """Write a project of `count` facts, quotes and events, 20 a page, each page citing the one before."""
    docs, data, texts = folder / "docs", folder / "data", folder / "sources"
    for each in (docs, data, texts):
        each.mkdir(parents=True)
    shutil.copytree(ROOT / "macros", folder / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "mkdocs.yml").write_text(CONFIG + WITH_RECORDS)
    (folder / "keep.py").write_text(KEEP)
    kinds: dict[str, list[str]] = {"facts": [], "quotes": [], "timeline": []}
    sources, pages, ids = [], [], []
    for first in range(0, count, RECORDS_A_SOURCE):
        name, lines = f"source-{first}", []
        for number in range(first, min(first + RECORDS_A_SOURCE, count)):
            record_id, kind = f"record-{number}", list(kinds)[number % 3]
            ids.append(record_id)
            words = f"the canal carried {number} barges past the lock at Weir {number}"
            lines.append(f"The harbour master wrote: “{words}” in his book of {1900 + number % 100}.")
            kinds[kind].append(_record(kind, record_id, number, name, words))
        text = "\n\n".join(lines)
        (texts / f"{name}.txt").write_text(text)
        print_of_text = hashlib.sha256(text.encode()).hexdigest()
        sources.append(
            f"- {{id: {name}, type: report, title: Report {first}, publisher: The canal office, issued: 1999, "
            f"text: {name}.txt, sha256: {print_of_text}}}\n"
        )
    people = "- id: master\n  name: The harbour master\n  roles:\n"
    for first in range(0, count, RECORDS_A_SOURCE):
        words = f"the canal carried {first} barges past the lock at Weir {first}"
        people += (
            f"    - {{role: keeper, capacity: other, evidence: [{{source: source-{first}, exact: {words}}}]}}\n"
        )
    for first in range(0, count, RECORDS_A_PAGE):
        shown, before = ids[first : first + RECORDS_A_PAGE], ids[max(0, first - 10) : first]
        extra = ["person", "source"] if first == 0 else []
        macro = {0: "fact", 1: "quote", 2: "event"}
        body = [f"---\nhome_of: [{', '.join(shown + extra)}]\n---\n\n# Page {first}\n\n## Records\n"]
        body += [f'{{{{ {macro[int(each[7:]) % 3]}("{each}") }}}}\n' for each in shown]
        body += [f'The records before are cited here.{{{{ cite("{each}") }}}}\n' for each in before]
        body += ['{{ records("person") }}\n{{ records("source") }}\n'] if first == 0 else ["{{ references() }}\n"]
        pages.append("\n".join(body))
    for number, page in enumerate(pages):
        (docs / ("index.md" if number == 0 else f"page-{number}.md")).write_text(page)
    for name, entries in kinds.items():
        (data / f"{name}.yml").write_text("\n".join(entries))
    (data / "sources.yml").write_text("".join(sources))
    (data / "people.yml").write_text(people)
    for name in ("organisations", "documents", "glossary", "topics", "limits", "tensions", "corrections"):
        (data / f"{name}.yml").write_text("[]\n")
    run(folder, "-m", "macros", "verify", SOURCES="sources")
    shutil.rmtree(texts)


def _record(kind: str, record_id: str, number: int, source: str, words: str) -> str:
    evidence = f"  evidence: [{{source: {source}, exact: {words}}}]\n"
    date = f"{1900 + number % 100}-{number % 12 + 1:02}"
    match kind:
        case "facts":
            fields = f"  text: The canal carried {number} barges.\n  value: {number}\n  unit: barges\n"
            fields += f"  period: {date}\n  as_of: 1999\n  said_by: master\n"
        case "quotes":
            fields = f"  speaker: master\n  form: phrase\n  date: {date}\n  setting: In his book\n"
        case _:
            fields = f"  date: {date[:4]}\n  title: {number} barges pass\n  summary: The lock opens.\n"
            fields += f"  derived: The book is of {date[:4]}\n  act: deed\n  actors: [master]\n"
    return f"- id: {record_id}\n{fields}{evidence}"


def run(folder: Path, *arguments: str, **environment: str) -> float:
    """Run Python in a fresh process; return seconds. Ends the bench, with the output, when it fails."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - started


def measure(count: int, rounds: int) -> float:
    """Return how many times as long the site takes as its pages in plain Markdown."""
    with tempfile.TemporaryDirectory() as temporary:
        site, plain = Path(temporary, "site"), Path(temporary, "plain")
        write_project(site, count)
        run(site, "-m", "mkdocs", "build", KEEP=str(plain / "docs"))
        (plain / "mkdocs.yml").write_text(CONFIG + PLAIN)
        times: dict[Path, list[float]] = {site: [], plain: []}
        for number in range(rounds):
            for folder in (site, plain):
                times[folder].append(run(folder, "-m", "mkdocs", "build"))
                name = f"{folder.name}, {number + 1} of {rounds}"
                print(f"  {count:>6,} records, {name:<16} {times[folder][-1]:6.2f} s", flush=True)
        medians = {folder: statistics.median(found) for folder, found in times.items()}
    ratio = medians[site] / medians[plain]
    print(
        f"{count:,} records: site {medians[site]:.2f} s, plain {medians[plain]:.2f} s, ratio {ratio:.2f}",
        flush=True,
    )
    return ratio


if __name__ == "__main__":
    print("Timing the site against the same pages in plain Markdown; some minutes in all.", flush=True)
    ratios = [measure(count, rounds) for count, rounds in SIZES.items()]
    print("PASS" if max(ratios) <= GOAL else "FAIL", f"(goal: at most {GOAL:.2f} times plain)")
    sys.exit(max(ratios) > GOAL)
