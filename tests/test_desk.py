"""The commands find, new, rename, why and diff, used as an author uses them."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from macros.library.loader import load_library
from macros.library.proof import LOCK

from .builds import EXPLAINER, PROJECT, build, copy_project, new_folder, run
from .conftest import Small, fingerprint

QUOTE = [
    "new",
    "quote",
    "--words",
    "passing CLOUD",
    "--id",
    "cloud-again",
    "--speaker",
    "brook",
]


def out(small: Small, *words: str, code: int = 0) -> str:
    """What a command says; standard output when it went well, else standard error."""
    done = small.run(*words)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code == 0 else done.stderr


def files(small: Small) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in small.data.iterdir()}


def test_find_shows_the_sentence_its_place_and_the_records_that_rest_on_it(small):
    said = out(small, "find", "nearly", "4,100.5")
    assert "post, paragraph 3, “The cost”" in said
    assert "The board had counted nearly 4,100.5 crowns a mile — a third more than planned —" in said
    assert "fact cost-a-mile" in said


def test_find_takes_any_case_and_typography_and_words_in_any_order(small):
    assert "we’re right" not in out(small, "find", "'THE THIRSTY DITCH'")
    assert "ended at Marle" in out(small, "find", "marle", "ended", "1936")
    assert "is in no article" in out(small, "find", "hovercraft", code=1)


def test_a_new_quotation_is_all_that_stands_between_the_marks_and_is_proved_at_once(small):
    before = files(small)
    said = out(small, *QUOTE)
    assert "proved: post, paragraph 4, “The cost”" in said
    assert '{{ quote("cloud-again") }}' in said
    after = files(small)
    added = after["quotes.yml"].removeprefix(before["quotes.yml"])
    assert yaml.safe_load(added) == [
        {
            "id": "cloud-again",
            "speaker": "brook",
            "form": "phrase",
            "evidence": [{"source": "post", "exact": "a passing cloud"}],
        }
    ]
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"quotes.yml", LOCK}
    assert small.locked() == []


def test_a_speech_that_the_source_interrupts_is_taken_whole(small):
    out(small, "new", "quote", "--words", "no stone", "--speaker", "brook", "--id", "stone")
    added = yaml.safe_load((small.data / "quotes.yml").read_text(encoding="utf-8"))[-1]
    assert [part["exact"] for part in added["evidence"]] == [
        "We will dig until the sea,",
        "No stone will stop us.",
    ]
    assert "form" not in added


def test_an_editor_s_word_for_the_form_goes_before_a_guess(small):
    out(small, *QUOTE, "--form", "sentence")
    added = yaml.safe_load((small.data / "quotes.yml").read_text(encoding="utf-8"))[-1]
    assert added["form"] == "sentence"


def test_what_stands_there_twice_gets_the_words_that_tell_which(small):
    said = out(small, "new", "fact", "--words", "canal", "--source", "post", "--text", "x", code=1)
    assert re.search(r"stand in \d places", said)
    out(
        small,
        "new",
        "fact",
        "--words",
        "critics say the water stops",
        "--text",
        "Critics see an end.",
        "--id",
        "end",
    )
    added = yaml.safe_load((small.data / "facts.yml").read_text(encoding="utf-8"))[-1]
    assert added["evidence"] == [{"source": "post", "exact": "Critics say the water stops"}]


def test_a_record_is_proved_before_a_data_file_is_touched(small):
    path = small.data / "quotes.yml"
    before = path.stat().st_mtime_ns
    assert "Nothing was written." in out(small, *QUOTE, "--topics", "nosuch", code=1)
    assert path.stat().st_mtime_ns == before


def test_a_mistake_elsewhere_does_not_stop_a_new_record_and_one_of_its_own_does(small):
    small.verify()
    small.change("topics.yml", "name", "nmae")
    fact = ["new", "fact", "--words", "a third more than planned", "--text", "It cost more.", "--id", "more"]
    assert "Nothing was written." in out(small, *fact, "--as-of", "yesterday", code=1)
    assert "fact “more”" in out(small, *fact)


def test_a_record_that_rests_on_no_passage_needs_no_text(small):
    lock = small.verify().read_bytes()
    done = small.run("new", "topic", "--name", "Locks", "--id", "locks", texts=False)
    assert done.returncode == 0, done.stderr
    assert small.locked() == []
    assert (small.data / LOCK).read_bytes() == lock


def test_words_that_stand_everywhere_show_no_endless_list(small):
    done = small.run("new", "fact", "--words", "the", "--text", "x")
    assert re.search(r"stand in \d\d places; give more of them", done.stderr)
    assert len(done.stdout.splitlines()) == 2 * 9


def test_a_comment_and_the_layout_of_a_data_file_stay_and_the_form_of_the_new_entry_is_the_house_s(small):
    path = small.data / "facts.yml"
    path.write_text("# kept\n" + path.read_text(encoding="utf-8") + "\n# at the end\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    long = "A statement long enough to be folded: it goes on, “with marks”, a # sign, and 10 % more, " * 2
    out(small, "new", "fact", "--words", "a third more than planned", "--text", long, "--topics", "reach")
    assert path.read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    (small.root / ".yamlfmt").write_bytes((PROJECT / ".yamlfmt").read_bytes())
    tool = Path(sys.executable).with_name("yamlfmt")
    done = subprocess.run([tool, "-lint", "data/facts.yml"], cwd=small.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert small.problems() == []


@pytest.mark.parametrize(
    ("words", "said"),
    {
        "narration": (
            ["quote", "-w", "the water stops at", "--speaker", "brook"],
            'narration in "post"; make a fact',
        ),
        "no such speaker": (
            ["quote", "-w", "passing cloud", "--speaker", "nobody"],
            'no "nobody" in data/people.yml',
        ),
        "no such words": (["fact", "-w", "hovercraft", "--text", "x"], "is in no article"),
        "nothing given": (["fact"], "--words is needed"),
        "no text": (["fact", "-w", "a third more than planned"], "--text is needed"),
        "a word that is no choice": ([*QUOTE[1:], "--form", "song"], "'song' is not one of"),
        "an id that is taken": ([*QUOTE[1:5], "cost-a-mile", "--speaker", "brook"], '"cost-a-mile"'),
        "no such kind": (["song"], "No such command"),
    }.values(),
)
def test_a_record_that_would_be_wrong_is_not_written(words, said, small):
    before = files(small)
    done = small.run("new", *words)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert files(small) == before


def test_a_person_and_an_event_are_drawn_from_the_text_too(small):
    out(
        small,
        "new",
        "person",
        "-w",
        "Tom Reed, a miller",
        "--name",
        "Tom Reed II",
        "--role",
        "a miller",
        "--id",
        "t2",
    )
    out(
        small,
        "new",
        "event",
        "-w",
        "closed the second lock",
        "--date",
        "1936-05-03",
        "--title",
        "It closes",
        "--act",
        "deed",
    )
    assert small.problems() == []


def test_a_saved_page_becomes_a_source_with_its_text(small):
    page = small.root / "saved.html"
    page.write_text(
        "<!doctype html><html lang=en-GB><head><meta property=og:site_name content='The Weir'>"
        "<meta property='article:published_time' content='1937-02-01T10:00:00Z'>"
        "<link rel=canonical href='https://weir.example/a'><script>no()</script></head><body><nav>Menu</nav>"
        "<article><h1>Water &amp; stone</h1><p>It <em>rained</em>.</p><h2>After</h2><figure><img src=x>"
        "<figcaption>A weir</figcaption></figure><p>“It stopped,”<br>she said.</p></article><footer>©</footer>",
        encoding="utf-8",
    )
    said = out(small, "new", "source", "saved.html", "--id", "weir")
    assert "5 paragraphs" in said
    text = (small.texts / "weir.txt").read_text(encoding="utf-8")
    assert text == "Water & stone\n\nIt rained.\n\nAfter\n\nA weir\n\n“It stopped,” she said.\n"
    added = load_library(small.data, small.texts, accept_unlocked=True).records["weir"]
    assert (added.title, added.publisher, added.issued.edtf) == ("Water & stone", "The Weir", "1937-02-01")
    assert (added.URL, added.language, added.sha256) == ("https://weir.example/a", "en-GB", fingerprint(text))
    assert [each.role for each in added.furniture] == ["title", "heading", "caption"]


def test_what_a_page_does_not_say_is_asked_for_and_never_guessed(small):
    (small.root / "plain.txt").write_text("A title\n\nIt rained.\n", encoding="utf-8")
    assert "--publisher, --issued is needed" in out(small, "new", "source", "plain.txt", code=2)


def test_at_a_terminal_it_asks_for_what_is_needed(small):
    small.verify()
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "macros", "new", "quote"],
        cwd=small.root,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SOURCES": "sources", "TERM": "dumb"},
        stdin=child,
        stdout=child,
        stderr=child,
    )
    os.close(child)
    said = ""
    for prompt, answer in (
        ("words:", "will dig"),
        ("speaker:", "brook"),
        ("setting:", ""),
        ("date:", ""),
        ("topics:", "reach"),
        ("id [", ""),
    ):
        said += until(parent, prompt)
        os.write(parent, f"{answer}\n".encode())
    said += until(parent, "make ids")
    assert process.wait(30) == 0, said
    added = yaml.safe_load((small.data / "quotes.yml").read_text(encoding="utf-8"))[-1]
    assert added["topics"] == ["reach"]
    assert re.fullmatch(r"[a-z0-9-]+", added["id"])


def until(terminal: int, words: str) -> str:
    """Read a terminal until it says these words."""
    said, end = "", time.monotonic() + 30
    while words not in said:
        assert time.monotonic() < end, said
        if select.select([terminal], [], [], 0.2)[0]:
            said += os.read(terminal, 4096).decode(errors="replace")
    return said


@pytest.fixture(scope="module")
def explainer() -> Path:
    """The second explainer, in git, so that it can be compared with itself."""
    folder = copy_project(EXPLAINER, new_folder() / "project")
    for words in (["init", "-q"], ["add", "data", "docs"], ["commit", "-qm", "x"]):
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
        subprocess.run(git, cwd=folder, check=True, env={**os.environ, "HOME": str(folder)})
    return folder


def test_why_names_all_that_uses_a_record(explainer):
    done = run(explainer, "macros", "why", "gulls-stayed-home")
    assert done.returncode == 0, done.stderr
    assert "data/quotes.yml:" in done.stdout
    assert re.search(r"rests on +courier, paragraph \d", done.stdout)
    assert re.search(r"shown on +docs/index.md", done.stdout)
    assert re.search(r"named by +\w+ ", run(explainer, "macros", "why", "odo-penn").stdout)
    assert "did you mean" in run(explainer, "macros", "why", "gulls-stayed-hme").stderr


def test_a_renamed_record_has_its_new_id_everywhere_and_readers_links_still_land(explainer):
    (explainer / "data" / "published.txt").write_text("gulls-stayed-home\n", encoding="utf-8")
    before = (explainer / "data" / "quotes.yml").read_text(encoding="utf-8")
    done = run(explainer, "macros", "rename", "gulls-stayed-home", "gulls-at-home")
    assert done.returncode == 0, done.stderr
    left = [
        path.name
        for folder in ("data", "docs")
        for path in (explainer / folder).rglob("*")
        if path.is_file() and re.search(r"(?<![\w-])gulls-stayed-home(?![\w-])", path.read_text(encoding="utf-8"))
    ]
    assert sorted(left) == ["published.txt", "redirects.yml"]
    after = (explainer / "data" / "quotes.yml").read_text(encoding="utf-8")
    assert after == before.replace("gulls-stayed-home", "gulls-at-home")
    assert build(explainer).returncode == 0
    again = run(explainer, "macros", "rename", "gulls-at-home", "gulls-stayed-home")
    assert again.returncode == 1
    assert "never reused" in again.stderr

    said = run(explainer, "macros", "diff").stdout
    assert "### Renamed: quote `gulls-stayed-home` is `gulls-at-home` (on " in said
    assert re.search(r"- `docs/index.md`: its text changed", said)


def test_diff_shows_a_reviewer_records_pages_and_citations_before_and_after(explainer):
    facts = explainer / "data" / "facts.yml"
    written = facts.read_text(encoding="utf-8")
    text = re.search(r"- id: crossings-2020\n  text: (.*)\n", written)
    assert text
    facts.write_text(written.replace(text[1], f"{text[1]} *Truly*"), encoding="utf-8")
    page = explainer / "docs" / "index.md"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole.replace('{{ cite("never-misses") }} In', " In"), encoding="utf-8")
    said = run(explainer, "macros", "diff", "HEAD").stdout
    assert "### Changed: fact `crossings-2020` (on index.md" in said
    assert "**\\*Truly\\***" in said, "what came is marked, and its own marks are not Markdown"
    assert "Pages: " in said
    page.write_text(whole, encoding="utf-8")
    facts.write_text(written, encoding="utf-8")
    assert run(explainer, "macros", "diff", "no-such-revision").returncode == 1
