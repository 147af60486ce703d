"""A small library on an invented subject, a canal said to be without end: good, and complete."""

import contextlib
import hashlib
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from click.testing import CliRunner

from macros.cli.main import main
from macros.library.library import Library
from macros.library.loader import load_library, verify_library
from macros.library.proof import LOCK
from macros.library.rules.rule import RULES, Rule
from macros.records.kinds import KINDS
from macros.records.models import Passage

from .forks import PROJECT, Order, Process

POST = """\
A canal without end
By Ada Brook
The engineers of Lorne promised a canal “without end” in 1931. Critics say the water stops at the second lock.
“We will dig until the sea,” said Ada Brook, the chief engineer of the Lorne Canal Board. “No stone will stop us.”
The cost
The board had counted nearly 4,100.5 crowns a mile — a third more than planned — by the spring of 1934.
A photograph of the second lock
“The cost is not a secret,” Brook told the assembly. She called the debt “a passing cloud” and the critics\
 “friends of the river.”
Tom Reed, a miller, was blunt: “Farmers call it ‘the thirsty ditch’ … and they’re right.”
The canal “without end” ended at Marle, the farmers’ village, in 1936.
"""

GAZETTE = """\
Water for Marle
Under the Lorne Charter of 1931, “the water belongs to every village alike.”
Reed, now mayor of Marle, said: “We asked for water, and got a ditch.”
The board closed the second lock on 3 May 1936.
"""

TEXTS = {"post.txt": POST, "gazette.txt": GAZETTE}


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# One small good entry a kind; with them nothing in the two texts is left without a record.
FILES = {
    "sources.yml": f"""\
- id: post
  type: article-newspaper
  title: A canal without end
  author:
    - family: Brook
      given: Ada
  publisher: The Lorne Post
  issued: 1934-05
  URL: https://post.example/canal
  text: post.txt
  sha256: {fingerprint(POST)}
  furniture:
    - starts: A canal without end
      role: title
      why: The headline
    - starts: By Ada Brook
      role: byline
      why: Names the author
    - starts: The cost
      role: heading
    - starts: A photograph of
      role: caption
      why: Describes a picture
- id: gazette
  type: webpage
  title: Water for Marle
  publisher: The Marle Gazette
  issued: 1936~
  text: gazette.txt
  sha256: {fingerprint(GAZETTE)}
  furniture:
    - starts: Water for Marle
      role: title
      why: The headline
""",
    "people.yml": """\
- id: brook
  name: Ada Brook
  roles:
    - role: chief engineer
      capacity: official
      evidence:
        - source: post
          exact: Ada Brook, the chief engineer of the Lorne Canal Board
- id: reed
  name: Tom Reed
  roles:
    - role: a miller
      capacity: party
      evidence:
        - source: post
          exact: Tom Reed, a miller
    - role: mayor of Marle
      capacity: official
      at: 1936
      evidence:
        - source: gazette
          exact: Reed, now mayor of Marle
""",
    "organisations.yml": """\
- id: board
  name: Lorne Canal Board
  capacity: official
  text: The body that dug the canal.
  evidence:
    - source: post
      exact: the Lorne Canal Board
""",
    "documents.yml": """\
- id: charter
  name: Lorne Charter
  capacity: official
  author: board
  issued: 1931
  text: The paper on which the canal rests.
  evidence:
    - source: gazette
      exact: the Lorne Charter of 1931
""",
    "glossary.yml": """\
- id: lock
  name: second lock
  text: A gate in the canal.
  evidence:
    - source: post
      exact: stops at the second lock
""",
    "topics.yml": """\
- id: water
  name: Water
""",
    "facts.yml": """\
- id: cost-a-mile
  text: The board counted nearly 4,100.5 crowns a mile.
  value: 4100.5
  unit: crowns a mile
  qualifier: nearly
  period: 1931/1934
  as_of: 1934-21
  counted_by: board
  topics: [reach]
  evidence:
    - source: post
      exact: nearly 4,100.5 crowns a mile
""",
    "quotes.yml": """\
- id: dig
  speaker: brook
  topics: [reach]
  evidence:
    - source: post
      exact: We will dig until the sea,
    - source: post
      exact: No stone will stop us.
- id: secret
  speaker: brook
  evidence: [{source: post, exact: "The cost is not a secret,"}]
- id: cloud
  speaker: brook
  form: phrase
  evidence: [{source: post, exact: a passing cloud}]
- id: friends
  speaker: brook
  form: phrase
  evidence: [{source: post, exact: friends of the river.}]
- id: ditch
  speaker: reed
  evidence: [{source: post, exact: Farmers call it 'the thirsty ditch' ... and they're right.}]
- id: endless-promised
  unattributed: The engineers, who are not named
  form: phrase
  evidence: [{source: post, exact: without end, prefix: "promised a canal “"}]
- id: endless-ended
  unattributed: The slogan, cited back
  form: phrase
  evidence: [{source: post, exact: without end, suffix: ” ended at Marle}]
- id: alike
  speaker: charter
  evidence: [{source: gazette, exact: the water belongs to every village alike.}]
- id: asked
  speaker: reed
  evidence: [{source: gazette, exact: "We asked for water, and got a ditch."}]
""",
    "timeline.yml": """\
- id: lock-closes
  date: 1936-05-03
  title: The second lock closes
  act: deed
  actors: [board]
  topics: [water]
  evidence:
    - source: gazette
      exact: The board closed the second lock on 3 May 1936
""",
    "limits.yml": """\
- id: reach
  title: Reach
  question: Does the canal reach the sea?
  answer: It ended at Marle.
  shows: [lock-closes]
  against: [endless-promised]
""",
    "tensions.yml": """\
- id: sea-or-ditch
  title: The sea or a ditch
  text: The engineer promised the sea; the mayor got a ditch.
  one: [dig]
  other: [asked]
  scope: across
  both_true: yes
""",
    "corrections.yml": """\
- id: weir-2031
  date: 2031-02-03
  record: lock-closes
  was: The second lock opens
  now: The second lock closes
  why: The Gazette says “closed”.
""",
}

# What a mistake may refer to: two sources, brook and reed with their roles, a topic. All other files are empty.
BASE = {name: FILES[name] for name in ("sources.yml", "people.yml", "topics.yml")}

EVIDENCE = """\
  evidence:
    - source: post
      exact: a third more than planned
"""

DIG = """\
- id: dig
  text: Dig.
  evidence: [{source: post, exact: a third more than planned}]
- id: stop
  text: Stop.
  evidence: [{source: gazette, exact: closed the second lock}]
"""

ENTRIES = [entry for text in FILES.values() for entry in text.split("- id: ")[1:]]


@dataclass
class Small:
    """A library's files in a folder of their own."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def texts(self) -> Path:
        return self.root / "sources"

    def make(self, files: dict[str, str]) -> Self:
        """Write a library of these files and empty ones, and the two texts beside it."""
        self.data.mkdir()
        self.texts.mkdir()
        for name, text in TEXTS.items():
            (self.texts / name).write_text(text, encoding="utf-8")
        return self.write({kind.file: "[]\n" for kind in KINDS.values()} | files)

    def write(self, files: dict[str, str]) -> Self:
        for name, text in files.items():
            (self.data / name).write_text(text, encoding="utf-8")
        return self

    def change(self, name: str, old: str, new: str) -> Self:
        text = (self.data / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.write({name: text.replace(old, new)})

    def read(self) -> Library:
        """Read it with the texts at hand, whatever the lock says; what no test changed is read once."""
        return load_library(self.data, self.texts, read_good_library())

    def problems(self) -> list[str]:
        return [str(problem) for problem in self.read().problems]

    def verify(self) -> Path:
        """Write the lock, as the command does."""
        lock, problems = verify_library(self.data, self.texts)
        assert not problems, problems
        path = self.data / LOCK
        path.write_text(lock.dumps(), encoding="utf-8")
        return path

    def lock(self) -> Self:
        """Write the lock of the good library: then only what a test changes is looked up in the texts."""
        return self.write({LOCK: lock_good_library()})

    def locked(self) -> list[str]:
        """The problems of a machine that has the lock, and no texts."""
        return [str(problem) for problem in load_library(self.data, None).problems]

    def run(self, *words: str, texts: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command in the library's folder; an error that is no mistake of its user is raised here."""
        with contextlib.chdir(self.root):
            done = CliRunner(env={"SOURCES": None if texts else "nowhere"}).invoke(
                main, words, prog_name="python -m macros", catch_exceptions=False
            )
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)

    def run_process(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command as an editor does, in a process of its own."""
        return self.start(*words).done()

    def start(self, *words: str, terminal: str = "", **environment: str) -> Process:
        """Start a command in a process of its own, at a terminal if its path is given."""
        kept = {name: value for name, value in os.environ.items() if name != "SOURCES"}
        environ = {**kept, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", **environment}
        return Process(Order(str(self.root), ["macros", *words], environ, terminal=terminal))


@cache
def read_good_library() -> Library:
    """The small library as no test has changed it."""
    with TemporaryDirectory() as folder:
        good = Small(Path(folder)).make(FILES)
        library = load_library(good.data, good.texts)
    assert not library.problems, library.problems
    return library


@cache
def lock_good_library() -> str:
    """Its lock, as the command writes it."""
    with TemporaryDirectory() as folder:
        return Small(Path(folder)).make(FILES).verify().read_text(encoding="utf-8")


def passage(exact: str, prefix: str | None = None, suffix: str | None = None, source: str = "post") -> Passage:
    return Passage(source=source, exact=exact, prefix=prefix, suffix=suffix)


def out(small: Small, *words: str, code: int = 0) -> str:
    """What a command says; standard output when it went well, else standard error."""
    done = small.run(*words)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code == 0 else done.stderr


def breaches(rule: Rule, library: Library) -> list[str]:
    """The problems that a rule finds in all of a library."""
    entries = (entry for entry in library.entries.values() if isinstance(entry.record, RULES[rule]))
    return [str(entry.problem(*wrong)) for entry in entries for wrong in rule(entry.record, library)]
