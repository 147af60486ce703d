"""`mkdocs serve`: a save is seen at once, a mistake is told gently, and the server lives through all of them."""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..support import latency
from ..support.builds import EXPLAINER, build, copy_project, text_of
from ..support.html import parse_html
from ..support.serving import Server, serving

pytestmark = pytest.mark.long

PAGES = ("", "record/", "winter/")
TABLE = Path(__file__).parent / "mistakes.yml"
MISTAKES: list[dict[str, Any]] = yaml.load(TABLE.read_bytes(), yaml.CSafeLoader)

# While serving, a module that has changed asks for a restart; what is wrong with it is told then.
SERVED = [each for each in MISTAKES if not each["file"].endswith(".py")]
IN_MODULES = [each for each in MISTAKES if each["file"].endswith(".py")]
ROUNDS: dict[str, list[dict[str, Any]]] = {}
for each in SERVED:
    ROUNDS.setdefault(f"round {each['round']}" if "round" in each else each["mistake"], []).append(each)


def make_project(folder: Path) -> Path:
    """The explainer, with a favicon and a menu."""
    copy_project(EXPLAINER, folder)
    path = folder / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  name: material\n", "  name: material\n  favicon: icon.svg\n")
    (folder / "docs" / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    text += "\nnav:\n  - index.md\n  - record.md\n  - winter.md\n"
    path.write_text(text, encoding="utf-8")
    return folder


def make(folder: Path, mistake: dict[str, Any]) -> Callable[[], None]:
    """Make a mistake; return what puts it right."""
    path = folder / mistake["file"]
    good = path.read_bytes() if path.is_file() else None
    old, new = mistake.get("old"), mistake.get("new")
    if moved := mistake.get("moved"):
        (folder / moved).parent.mkdir(exist_ok=True)
        path.rename(folder / moved)
        return lambda: (folder / moved).rename(path) and None
    encoding = mistake.get("encoding", "utf-8")
    if old is not None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        path.write_bytes(text.replace(old, new).encode(encoding))
    elif new is not None:
        path.write_bytes((new * mistake.get("times", 1)).encode(encoding))
    elif encoding != "utf-8":
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    else:
        path.unlink()
    return path.unlink if good is None else lambda: path.write_bytes(good) and None


def placed(told: str, folder: Path) -> str:
    """What is told, with the number of the line that holds the words in braces."""
    match = re.match(r"(\S+?):\{([^{}]+)\}:", told)
    if not match:
        return told
    before, words, _ = (folder / match[1]).read_text(encoding="utf-8").partition(match[2])
    assert words, f"{match[2]} is not in {match[1]}"
    number = before.count("\n") + 1
    return f"{match[1]}:{number}:{told[match.end() :]}"


@dataclass
class Author:
    """Makes mistakes on a served site, and fixes those before when making the next."""

    server: Server
    good: dict[str, str]
    undo: list[Callable[[], object]] = field(default_factory=list)

    def make(self, mistakes: list[dict[str, Any]]) -> None:
        with self.server.rebuilding():
            self.fix()
            self.undo = [make(self.server.folder, each) for each in mistakes]

    def fix(self) -> None:
        while self.undo:
            self.undo.pop()()

    def told(self, mistakes: list[dict[str, Any]]) -> list[str]:
        """What the overlay lists on the pages concerned; what they say, where the overlay itself is broken."""
        pages = {each.get("page", "") for each in mistakes}
        listed = {told for page in pages for told in self.server.mistakes(page)}
        if not listed and any(each["file"].endswith("overlay/template.html") for each in mistakes):
            said = [text_of(parse_html(self.server.get(page)[1])) for page in pages]
            return [each for each in self.expected(mistakes) if any(each in whole for whole in said)]
        return sorted(listed)

    def expected(self, mistakes: list[dict[str, Any]]) -> list[str]:
        return sorted({placed(told, self.server.folder) for each in mistakes for told in each["told"]})


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Author]:
    with serving(make_project(tmp_path_factory.mktemp("served") / "project")) as server:
        server.is_well()
        time.sleep(1)  # the folders are watched a moment after the first answer
        yield Author(server, {page: visible(server.get(page)[1]) for page in PAGES})


def visible(html: str) -> str:
    """A page without the script that reloads a served one, and without that of MkDocs, which the policy stops."""
    html = re.sub(r"<script>\s*var livereload.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r'<script src="[./]*js/reload.js" type="module"></script>', "", html)
    return re.sub(r"\s*\n\s*", "\n", html)


@pytest.mark.parametrize("mistakes", ROUNDS.values(), ids=ROUNDS)
def test_a_mistake_is_told_on_the_page_and_in_the_terminal_and_every_page_answers(
    mistakes: list[dict[str, Any]], author: Author
) -> None:
    server, before = author.server, len(author.server.log.read_text(encoding="utf-8"))
    author.make(mistakes)
    told = author.expected(mistakes)
    assert all(each["told"] for each in mistakes)
    server.wait(lambda: author.told(mistakes) == told, f"{told}, in place of {author.told(mistakes)}")
    terminal = server.log.read_text(encoding="utf-8")[before:]
    assert [line for line in told if line not in terminal] == []
    for page in PAGES:
        status, text = server.get(page)
        file = f"docs/{page.strip('/') or 'index'}.md"
        gone = any(each["file"] == file and not {"new", "encoding"} & {*each} for each in mistakes)
        assert (status, "<h1" in text) == (404 if gone else 200, True)


def test_after_all_mistakes_the_site_is_as_it_was_and_nobody_saw_a_traceback(author: Author) -> None:
    author.fix()
    author.server.wait(
        lambda: {page: visible(author.server.get(page)[1]) for page in PAGES} == author.good, "the site as it was"
    )
    assert "Traceback" not in author.server.log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def unserved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("built") / "project")


@pytest.mark.parametrize("mistake", IN_MODULES, ids=lambda each: each["mistake"])
def test_a_mistake_in_a_module_ends_a_build_and_is_told_with_its_place(
    mistake: dict[str, Any], unserved: Path
) -> None:
    undo = make(unserved, mistake)
    told = [placed(each, unserved) for each in mistake["told"]]
    done = build(unserved)
    undo()
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert [line for line in told if line not in said] == [], said
    assert "Traceback" not in said


def test_there_are_sixty_mistakes_or_more() -> None:
    assert len({each["mistake"] for each in MISTAKES}) == len(MISTAKES) >= 60


def test_the_overlay_opens_the_file_at_its_line_and_is_announced(author: Author) -> None:
    mistake = next(each for each in MISTAKES if each["told"][0].startswith("data/facts.yml:4:9:"))
    author.make([mistake])
    author.server.wait(lambda: author.told([mistake]) == mistake["told"], "the mistake")
    root = parse_html(author.server.get("record/")[1])
    (overlay,) = [each for each in root.iter("section") if each.get("class") == "xp-overlay"]
    assert overlay.get("role") == "alert"
    path = (author.server.folder / "data" / "facts.yml").as_posix()
    assert [each.get("href") for each in overlay.iter("a")] == [f"vscode://file{path}:4:9"]


INDEX = ["search/index.json", "search/words-0.json", "search/entries-0.json"]


def test_what_is_served_after_edits_is_what_a_build_makes(author: Author) -> None:
    """Above all, no page is kept that reads something that has changed."""
    author.fix()
    folder, server = author.server.folder, author.server
    edits = {
        "data/facts.yml": ("The company bought no second ship.", "The company has bought no other ship."),
        "data/people.yml": ("name: Odo Penn", "name: Odo Pennant"),
        "data/limits.yml": ("title: Timetable", "title: The timetable"),
        "data/timeline.yml": ("title: A winter in harbour", "title: A winter in the harbour"),
        "data/topics.yml": ("- id: weather", "- id: tide\n  name: Tide\n- id: weather"),
        "data/corrections.yml": ("noticed_by: A reader", "noticed_by: Another reader"),
        "docs/index.md": ("## References", "More words.\n\n## References"),
        "macros/components/records/fact/template.html": ("</article>", "<p>Seen.</p></article>"),
        "overrides/partials/footer.html": ("<footer", "<p>Seen.</p><footer"),
        "macros/components/partials/problem/style.css": ("}", "--seen: 1 }"),
    }
    for file, (old, new) in edits.items():
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        author.undo.append(partial(path.write_text, text, encoding="utf-8"))
        with server.rebuilding():
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
    served = {page: visible(server.get(page)[1]) for page in PAGES}
    files = {path: server.get(path)[1] for path in (*INDEX, "css/site.css", "data.json")}
    with (folder / "mkdocs.yml").open("a") as config:
        config.write(f"\nsite_url: {server.address}/\n")  # a served site knows its address, too
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert served == {page: visible((folder / "site" / page / "index.html").read_text("utf-8")) for page in PAGES}
    assert files == {path: (folder / "site" / path).read_text("utf-8") for path in files}


WAYS_TO_SAVE: dict[str, Callable[[Path, bytes], object]] = {
    "at once": lambda path, text: path.write_bytes(text),
    "beside it and moved": lambda path, text: beside(path, text).replace(path),
    "with a copy of the old file": lambda path, text: (shutil.copy(path, f"{path}~"), path.write_bytes(text)),
    "emptied first": lambda path, text: (path.write_bytes(b""), time.sleep(0.02), path.write_bytes(text)),
    "removed first": lambda path, text: (path.unlink(), path.write_bytes(text)),
    "under a hidden name and moved": lambda path, text: beside(path, text, f".{path.name}.tmp").replace(path),
    "two times": lambda path, text: (path.write_bytes(text), time.sleep(0.03), path.write_bytes(text)),
}


def beside(path: Path, text: bytes, name: str = "facts.yml.tmp.4711") -> Path:
    new = path.with_name(name)
    new.write_bytes(text)
    return new


def test_a_page_follows_a_save_however_an_editor_writes(author: Author) -> None:
    server = author.server
    author.fix()
    path = server.folder / "data" / "facts.yml"
    good = path.read_bytes()
    author.undo = [partial(path.write_bytes, good)]

    def shown(words: str) -> bool:
        return words in server.get("record/")[1]

    for way, save in WAYS_TO_SAVE.items():
        save(path, good.replace(b"no second ship.", f"no second ship, {way}.".encode()))
        server.wait(partial(shown, f"ship, {way}."), f"what is saved {way}")
        server.wait(lambda: server.mistakes("record/") == [], f"no problem with what is saved {way}")
    author.fix()
    server.wait(partial(shown, "no second ship."), "the page as before")


def test_a_folder_that_is_renamed_is_missed_and_found_again(author: Author) -> None:
    server = author.server
    author.fix()
    server.is_well()
    server.settle()
    (server.folder / "docs").rename(server.folder / "doc")
    server.wait(lambda: any("isn't an existing directory" in each for each in server.mistakes()), "the folder")
    (server.folder / "doc").rename(server.folder / "docs")
    server.is_well()


def test_what_an_editor_or_a_build_writes_beside_the_files_builds_nothing(author: Author) -> None:
    author.fix()
    data, log = author.server.folder / "data", author.server.log
    (data / "schemas").mkdir(exist_ok=True)
    time.sleep(2)
    before = log.read_text(encoding="utf-8")
    for name in (".facts.yml.swp", ".#facts.yml", "#facts.yml#", "facts.yml~", "schemas/ids.json"):
        (data / name).write_text("{}", encoding="utf-8")
    time.sleep(2)
    assert log.read_text(encoding="utf-8") == before


def test_a_changed_module_asks_for_a_restart(author: Author) -> None:
    author.fix()
    path = author.server.folder / "macros" / "exports" / "atom.py"
    path = path if path.exists() else author.server.folder / "macros" / "exports" / "schema_org.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n# Changed.\n", encoding="utf-8")
    author.undo = [partial(path.write_text, text, encoding="utf-8")]
    author.server.wait(lambda: any("restart" in each for each in author.server.mistakes()), "the restart")


def test_a_save_is_seen_soon_even_on_a_busy_machine(tmp_path: Path) -> None:
    """The goal is a second on a quiet machine; `python -m tests.support.latency` measures it."""
    project = latency.PROJECTS["another explainer"]
    medians = latency.measure(project, tmp_path / "project", rounds=1)
    print({what: round(seconds, 2) for what, seconds in medians.items()})
    assert max(medians.values()) < 15 * project.goal


COUNTED = """
_index_files = index_files
def index_files(entries):
    with open(".indexed", "a") as counted:
        counted.write("1")
    return _index_files(entries)
"""


def test_the_search_index_is_made_when_it_is_asked_for_so_that_no_save_waits(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project")
    with (folder / "macros" / "exports" / "search_index.py").open("a") as module:
        module.write(COUNTED)
    indexed, page = folder / ".indexed", folder / "docs" / "index.md"
    with serving(folder) as server:
        server.wait(lambda: server.get()[0] == 200, "the site")
        for times in (1, 2):
            with server.rebuilding():
                page.write_text(f"{page.read_text('utf-8')}\nSearchable{times}.\n", encoding="utf-8")
            assert len(indexed.read_text() if indexed.exists() else "") == times - 1
            words = [server.get(f"search/words-{number}.json")[1] for number in (0, 0)]
            assert f"searchable{times}" in words[0]
            assert words[0] == words[1]
            assert len(indexed.read_text()) == times
