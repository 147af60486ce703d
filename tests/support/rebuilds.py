"""Random edits to a project, each followed by a build with the cache and one without, compared.

`python -m tests.support.rebuilds SEED NUMBER [PATTERN]`, in a copy of the project, prints what differs; then it
exits 1. It goes on from the cache that the run before has left. Without arguments it makes each edit of
`FOLLOWED`, in a copy of the second explainer.
"""

import contextlib
import difflib
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from macros.build.cache import Cache
from macros.problems import Problem

Edit = Callable[[str, random.Random], str]


def swap_records(text: str, chance: random.Random) -> str:
    records = re.split(r"(?m)^(?=- id:)", text)
    if len(records) > 2:
        first = chance.randrange(1, len(records) - 1)
        records[first : first + 2] = records[first + 1], records[first]
    return "".join(records)


def drop_a_line(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def repeat_a_line(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join([*lines[:at], lines[at], *lines[at:]])


def change_a_word(text: str, chance: random.Random) -> str:
    words = list(re.finditer(r"\b[a-z]{4,}\b", text))
    word = chance.choice(words)
    return text[: word.start()] + chance.choice(words)[0] + text[word.end() :]


def add_a_speaker(text: str, chance: random.Random) -> str:
    """Let two say together what one said: pages of people lead to the words of each company."""
    speakers = list(re.finditer(r"(?<=speaker: )[a-z0-9-]+", text))
    if len(speakers) < 2:  # an edit before this one may have taken the others
        return text
    one, other = chance.sample(speakers, 2)
    return f"{text[: one.start()]}[{one[0]}, {other[0]}]{text[one.end() :]}"


def add_a_comment(text: str, chance: random.Random) -> str:
    return f"# {chance.random()}\n{text}"


EDITS: dict[str, tuple[Edit, ...]] = {
    "data/*.yml": (swap_records, drop_a_line, repeat_a_line, change_a_word, change_a_word, add_a_comment),
    "data/quotes.yml": (add_a_speaker,),
    "docs/*.md": (drop_a_line, repeat_a_line, change_a_word, change_a_word),
    "macros/components/*/*/[!s]*.html": (repeat_a_line, change_a_word),
    "overrides/partials/*.html": (repeat_a_line, change_a_word),
    "mkdocs.yml": (change_a_word, add_a_comment),
}


class Project:
    """The project in the current folder, built as a command of MkDocs builds it."""

    def __init__(self) -> None:
        self.site = f"{tempfile.mkdtemp()}/site"  # builds lock the folder above, which all share otherwise
        self.config = load_config("mkdocs.yml", site_dir=self.site)
        self.session = sys.modules["macros/build/hooks.py"].session  # type: ignore[attr-defined]
        self.problems: list[Problem] = []
        self.begin("serve")

    def begin(self, command: str) -> None:
        """Begin a run of a command, with the cache that the run before has left."""
        self.config.plugins.on_startup(command=command, dirty=False)

    def end(self) -> None:
        """End the run: its cache is written."""
        self.config.plugins.on_shutdown()

    def build(self, *, cold: bool) -> dict[str, bytes]:
        """Return every file of the site, and the problems; a `cold` build leaves the cache alone."""
        self.session.forget_problems()
        kept = self.session.cache
        if cold:
            self.session.cache = Cache()
        address = "http://127.0.0.1:9/" if self.session.serving else None
        with contextlib.redirect_stderr(None):
            try:
                build(load_config("mkdocs.yml", site_dir=self.site), serve_url=address)
            except (Exception, SystemExit) as error:
                self.session.report_error(error)
        self.problems, self.session.cache = self.session.problems, kept
        site = Path(self.site)
        found = {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        return {"problems": "\n".join(map(str, self.problems)).encode(), **found}


def is_same(project: Project, what: str) -> bool:
    """Tell whether a build with the cache is what one without makes; print what differs after an edit."""
    warm, cold = project.build(cold=False), project.build(cold=True)
    if warm == cold:
        return True
    names = [name for name in {**warm, **cold} if warm.get(name) != cold.get(name)]
    print(f"{what}: {', '.join(names[:6])}")
    lines = (each.get(names[0], b"").decode(errors="replace").splitlines() for each in (warm, cold))
    print(*list(difflib.unified_diff(*lines, lineterm="", n=0))[:8], sep="\n")
    return False


def put(file: str, old: str, new: str) -> None:
    """Put a text into a file in place of another, or at its end."""
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file}: {old}"
    path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")


def move_home(_: Project) -> None:
    put("docs/record.md", "document, term, fact", "document, fact")
    put("docs/record.md", '{{ term("tally") }}\n', "")
    put("docs/more.md", "tension]", "tension, term]")
    put("docs/more.md", "# More", '# More\n\n{{ term("tally") }}')


def find_lock(project: Project) -> None:
    Path("docs/new.md").write_text("# New\n\nIn 1787.\n", encoding="utf-8")
    path = Path("data/evidence.lock.json")
    lock = path.read_bytes()
    path.unlink()
    project.build(cold=False)
    path.write_bytes(lock)


def move_source(_: Project) -> None:
    path = Path("data/sources.yml")
    path.write_text(swap_records(path.read_text(encoding="utf-8"), random.Random(1)), encoding="utf-8")


MORE = '---\nhome_of: [tension]\n---\n\n# More\n\n{{ tension("missed-or-delayed") }}\n\n{{ references() }}\n'
TENSION = (
    "\n- {id: new, title: New, text: They differ., scope: across, one: [never-misses], other: [no-second-ship]}\n"
)
# What pages follow besides their own text, their records and their templates.
FOLLOWED: dict[str, Callable[[Project], object]] = {
    "the command": lambda project: (project.end(), project.begin("build")),
    "who cites a record": lambda _: put(
        "docs/index.md", "They keep", 'No ship.{{ cite("no-second-ship") }} They keep'
    ),
    "a title in the menu": lambda _: put("docs/more.md", "# More", "# Still more"),
    "a page that is new": lambda _: Path("docs/new.md").write_text("# New\n", encoding="utf-8"),
    "a page that is gone": lambda _: Path("docs/more.md").unlink(),
    "the home of a record": move_home,
    "a former id": lambda _: put("data/redirects.yml", "", "list-of-days: tally\n"),
    "which records a page is the home of": lambda _: put("data/tensions.yml", "", TENSION),
    "the order of the sources": move_source,
    "where a passage stands": lambda _: put("data/evidence.lock.json", '"number": 3', '"number": 2'),
    "until when the sources reach": lambda _: put("data/sources.yml", "issued: 2021-06~", "issued: 2021-07~"),
    "that there is no lock": lambda _: Path("data/evidence.lock.json").unlink(),
    "that there is a lock again": find_lock,
    "the day of the last commit": lambda _: os.environ.update(SOURCE_DATE_EPOCH="1800000000"),
}


def follow() -> int:
    """Make each edit after a build with the cache; return 1 where a page does not follow one."""
    Path("docs/more.md").write_text(MORE, encoding="utf-8")
    Path("docs/plain.md").write_text("# Plain\n", encoding="utf-8")
    put("docs/record.md", "tension, ", "")
    put("docs/record.md", '{{ tension("missed-or-delayed") }}', "[More](more.md)")
    put("docs/index.md", "## References", 'They keep a tally.{{ cite("tally") }} [More](more.md)\n\n## References')
    same, project = [], Project()
    for what, edit in FOLLOWED.items():
        project.build(cold=False)
        before = {path: path.read_bytes() for path in (*Path("data").glob("*.*"), *Path("docs").glob("*.md"))}
        edit(project)
        same.append(is_same(project, what))
        Path("docs/new.md").unlink(missing_ok=True)
        for path, text in before.items():
            path.write_bytes(text)
    project.end()
    return not all(same)


def main(seed: str, number: int, only: str = "") -> int:
    chance, wrong = random.Random(seed), 0
    project = Project()
    for step in range(number):
        pattern = chance.choice([only] if only else [each for each in EDITS if any(Path().glob(each))])
        path = chance.choice(sorted(Path().glob(pattern)))
        edit = chance.choice(EDITS[pattern])
        before = path.read_text(encoding="utf-8")
        path.write_text(edit(before, chance), encoding="utf-8")
        if chance.random() < 0.5:
            project.end()
            project.begin(chance.choice(["build", "serve"]))
        wrong += not is_same(project, f"seed {seed}, step {step}: {edit.__name__} in {path}")
        if project.problems or chance.random() < 0.5:  # a page with a mistake is never cached
            path.write_text(before, encoding="utf-8")
    project.end()
    return bool(wrong)


if __name__ == "__main__":
    if subprocess.run(["git", "ls-files", "--error-unmatch", "mkdocs.yml"], capture_output=True).returncode == 0:
        sys.exit("The edits stay in the files: run it in a copy of the project that git does not track.")
    sys.exit(main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:]) if sys.argv[1:] else follow())
