"""`new` finds the words in the text, writes the record, and proves it before a file is touched."""

import os
import pty
import re
import select
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from macros.library.proof import LOCK

from ..support.builds import PROJECT
from ..support.forks import Process
from ..support.library import Small, out

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


def forget(small: Small, name: str) -> None:
    """Delete a quote, so that its words can be recorded anew."""
    first, *entries = (small.data / "quotes.yml").read_text(encoding="utf-8").split("- id: ")
    left = [f"- id: {entry}" for entry in entries if not entry.startswith(f"{name}\n")]
    small.write({"quotes.yml": "".join([first, *left])}).change("tensions.yml", "one: [dig]", "one: [friends]")


def files(small: Small) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in small.data.iterdir()}


def test_a_new_quotation_is_all_that_stands_between_the_marks_and_is_proved_at_once(small):
    forget(small, "cloud")
    before = files(small)
    said = out(small, *QUOTE)
    assert "proved: post, paragraph 4, “The cost”" in said
    assert '{{ quote("cloud-again") }}' in said
    after = files(small)
    added = after["quotes.yml"].removeprefix(before["quotes.yml"])
    assert yaml.safe_load(added) == [
        {
            "id": "cloud-again",
            "speaker": ["brook"],
            "form": "phrase",
            "evidence": [{"source": "post", "exact": "a passing cloud"}],
        }
    ]
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"quotes.yml", LOCK}
    assert small.locked() == []


def test_a_speech_that_the_source_interrupts_is_taken_whole(small):
    forget(small, "dig")
    out(small, "new", "quote", "--words", "no stone", "--speaker", "brook", "--id", "stone")
    added = yaml.safe_load((small.data / "quotes.yml").read_text(encoding="utf-8"))[-1]
    assert [part["exact"] for part in added["evidence"]] == [
        "We will dig until the sea,",
        "No stone will stop us.",
    ]
    assert "form" not in added


def test_an_editor_s_word_for_the_form_goes_before_a_guess(small):
    forget(small, "cloud")
    out(small, *QUOTE, "--form", "sentence")
    added = yaml.safe_load((small.data / "quotes.yml").read_text(encoding="utf-8"))[-1]
    assert added["form"] == "sentence"


def test_words_that_are_recorded_already_are_not_recorded_again(small):
    before = files(small)
    assert '"cloud" is the same; keep one of the two' in out(small, *QUOTE, code=1)
    assert files(small) == before


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


def test_words_that_do_not_reach_to_the_figure_are_told_to(small):
    fact = ["new", "fact", "--words", "water stops", "--text", "It stops at 2 locks.", "--id", "stops"]
    assert "Nothing was written; let --words reach to it." in out(small, *fact, code=1)


def test_a_mistake_elsewhere_does_not_stop_a_new_record_and_one_of_its_own_does(small):
    small.verify()
    small.change("topics.yml", "name", "nmae")
    fact = ["new", "fact", "--words", "a third more than planned", "--text", "It cost more.", "--id", "more"]
    assert "Nothing was written." in out(small, *fact, "--as-of", "yesterday", code=1)
    assert "fact “more”" in out(small, *fact)


def test_a_new_record_that_makes_another_wrong_is_refused_with_the_place_of_that(small):
    mill = "- id: mill\n  name: Mill\n  text: A mill.\n  evidence: [{source: post, exact: a miller}]\n"
    small.write({"organisations.yml": (small.data / "organisations.yml").read_text(encoding="utf-8") + mill})
    small.verify()
    before = files(small)
    said = out(small, *QUOTE[:-1], "mill", "--attribution", "It says so.", code=1)
    assert 'data/organisations.yml:8: "mill" speaks, and has no "capacity"; add official' in said
    assert "Nothing was written." in said
    assert files(small) == before


@pytest.mark.parametrize("file", ["facts.yml", "topics.yml", "quotes.yml", "redirects.yml"])
def test_nothing_is_added_while_a_file_cannot_be_read(file, small):
    small.verify()
    small.write({file: "- id: [a"})
    for options in (["topic", "--name", "Locks"], ["fact", "--words", "a third more", "--text", "It cost more."]):
        before = files(small)
        assert f"data/{file}:2:1: is not YAML" in out(small, "new", *options, "--id", "more", code=1)
        assert files(small) == before


def test_a_record_that_rests_on_no_passage_needs_no_text(small):
    lock = small.verify().read_bytes()
    done = small.run("new", "topic", "--name", "Locks", "--id", "locks", texts=False)
    assert done.returncode == 0, done.stderr
    assert small.locked() == []
    assert (small.data / LOCK).read_bytes() == lock


def test_a_record_that_rests_on_no_passage_needs_no_lock(small):
    assert not (small.data / LOCK).exists()
    done = small.run("new", "topic", "--name", "Weirs", "--id", "weirs", texts=False)
    assert done.returncode == 0, done.stderr
    assert "id: weirs" in (small.data / "topics.yml").read_text("utf-8")


def test_the_line_ends_of_a_data_file_stay(small):
    small.verify()
    path = small.data / "topics.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    out(small, "new", "topic", "--name", "Fish", "--id", "fish")
    after = path.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n") > before.count(b"\n")


def test_a_comment_and_the_layout_of_a_data_file_stay_and_the_form_of_the_new_entry_is_the_house_s(small):
    path = small.data / "facts.yml"
    path.write_text("# kept\n" + path.read_text(encoding="utf-8") + "\n# at the end\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    long = "A statement long enough to be folded: it goes on, “more than planned”, a # sign, and a % sign, " * 2
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
        "nothing given": (["fact"], "no words are given"),
        "no text": (["fact", "-w", "a third more than planned"], "needed besides: --text"),
        "no name": (["person", "-w", "Tom Reed, a miller"], "needed besides: --name, --role"),
        "nothing of an id": (["topic", "--name", "水門"], "needed besides: --id"),
        "a word that is no choice": (
            [*QUOTE[1:], "--form", "song"],
            '"form" should be sentence or phrase, not "song"',
        ),
        "an id that is taken": (
            [*QUOTE[1:5], "cost-a-mile", "--speaker", "brook"],
            '"cost-a-mile" names a record already',
        ),
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
        "closed the second lock on 3 May 1936",
        "--date",
        "1936-05-03",
        "--title",
        "It closes",
        "--act",
        "deed",
    )
    assert small.problems() == []


@contextmanager
def at_terminal(small: Small, kind: str) -> Iterator[tuple[Process, int]]:
    """Run `new` at a terminal; yield its process and the end of the terminal that reads and types."""
    parent, child = pty.openpty()
    options = {"SOURCES": "sources", "TERM": "dumb", "COLUMNS": "999"}
    try:
        yield small.start("new", *kind.split(), terminal=os.ttyname(child), **options), parent
    finally:
        os.close(child)
        os.close(parent)


def test_at_a_terminal_it_asks_for_what_is_needed(small):
    forget(small, "dig")
    small.verify()
    with at_terminal(small, "quote") as (process, parent):
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


END = "\x04"  # Ctrl-D


def answer(small: Small, kind: str, *exchange: tuple[str, str]) -> tuple[int, str]:
    """Run `new` at a terminal and answer each prompt; return the exit code and all that was said."""
    with at_terminal(small, kind) as (process, parent):
        said = ""
        for prompt, typed in exchange:
            said += until(parent, prompt)
            os.write(parent, typed.encode() if typed == END else f"{typed}\n".encode())
        code = process.wait(20)
        while select.select([parent], [], [], 0)[0]:
            said += os.read(parent, 4096).decode(errors="replace")
    return code, said


def test_an_answer_is_checked_when_it_is_given_and_asked_for_again(small):
    small.verify()
    code, said = answer(
        small,
        "fact",
        ("words:", "no such words"),
        ("is in no article", "third more than planned"),
        ("text:", ""),
        ("this is needed", "It cost more."),
        ("as_of:", "yesterday"),
        ("as_of:", "1934"),
        ("said_by:", "bro"),
        ("there is brook", "Ada Brook"),
        ("there is brook", "nobody"),
        ('no person, organisation or document "nobody"; add it by python -m macros new person', "brook"),
        ("topics:", "reach"),
        ("id [", "cost-a-mile"),
        ("never reused", "more"),
    )
    assert code == 0, said
    assert "Of these, with commas between several: " in said
    added = yaml.safe_load((small.data / "facts.yml").read_text(encoding="utf-8"))[-1]
    assert (added["id"], added["said_by"], str(added["as_of"])) == ("more", ["brook"], "1934")


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("limit", "title question answer rests_on=cost-a-mile shows=cost-a-mile against=lock-closes"),
        ("tension", "title text one=cost-a-mile other=lock-closes scope=within"),
        ("correction", "date=2031-02-03 record=reach withdrawn= withdrawn_kind= was now=Others why"),
        ("correction", "date=2031-02-03 record= withdrawn=weir withdrawn_kind=term was now= why"),
    ],
)
def test_a_record_without_passages_needs_nothing_but_answers(small, kind, answers):
    small.verify()
    small.write({"published.txt": "weir\n"} if "weir" in answers else {})
    asked = [each.partition("=") for each in answers.split()]
    code, said = answer(
        small, kind, *((f"{name}:", typed if sign else "Words") for name, sign, typed in asked), ("id [", "")
    )
    assert code == 0, said
    assert ("Of these: across, within, overtaken" in said) == (kind == "tension")


def test_a_question_says_all_the_words_it_takes_and_where_there_is_no_record_to_name(small):
    (small.root / "plain.txt").write_text("Water\n", encoding="utf-8")
    _, said = answer(small, "source plain.txt", ("type:", END))
    assert "motion_picture, document\x1b" in said
    assert "part of an id" not in said
    small.write({"topics.yml": "[]", "limits.yml": "[]"})
    asked = (("words:", "third more than planned"), ("text:", "A."), ("as_of:", ""), ("said_by:", ""))
    _, said = answer(small, "fact", *asked, ("topics:", END))
    assert "There is no topic or limit yet." in said


def test_an_event_may_say_how_its_date_was_worked_out(small):
    small.verify()
    passage = ("words:", "closed the second lock on 3 May 1936")
    worked_out = ("derived:", "The board counts 1936 as 1937")
    event = (("date:", "1937"), ("title:", "It closes"), ("summary:", ""), ("act:", "deed"), worked_out)
    code, said = answer(small, "event", passage, *event, ("actors:", ""), ("topics:", ""), ("id [", ""))
    assert code == 0, said


def test_what_is_answered_of_a_source_is_checked_and_what_its_page_says_is_offered(small):
    page = "<meta property=og:site_name content='The Weir'><h1>Water</h1><p>It rained.</p>"
    (small.root / "saved.html").write_text(page, encoding="utf-8")
    asked = (
        ("type:", "newspaper"),
        ('not "newspaper"', "article-newspaper"),
        ("title [Water]:", ""),
        ("publisher [The Weir]:", ""),
        ("issued:", "May 1937"),
        ("which is not a date", ""),
        ("this is needed; n.d. when nothing tells", "none"),
        ("URL:", "weir.example"),
        ("should be an address", "https://weir.example/"),
        ("language:", ""),
        ("this is needed", "German"),
        ("should be a BCP 47 language", "de"),
    )
    code, said = answer(small, "source saved.html", *asked, ("id [", END))
    assert code == 1
    command = said.partition(f"To go on: {sys.executable} -m macros ")[2].partition("\n")[0]
    assert command.startswith("new source saved.html --type=article-newspaper")
    out(small, *shlex.split(command), "--id", "weir")
    source = small.read().records["weir"]
    assert (source.publisher, source.issued, source.language) == ("The Weir", None, "de")
    assert source.URL == "https://weir.example/"


def test_what_was_answered_before_a_slip_is_shown_to_go_on_with(small):
    code, said = answer(
        small, "fact", ("words:", "third more than planned"), ("text:", "It's dear."), ("as_of:", END)
    )
    assert code == 1
    words = "--words=third more than planned"
    assert f"To go on: {sys.executable} -m macros new fact '{words}' '--text=It'\"'\"'s dear.'" in said


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["person", "-w", "Tom Reed, a miller", "--name", "Jo Weir", "--role", "a miller"], "weir"),
        (["person", "-w", "Tom Reed, a miller", "--name", "Tom Brook", "--role", "a miller"], "tom-brook"),
        (["person", "-w", "Tom Reed, a miller", "--name", "Jo Ødegård-Łoś, Jr.", "--role", "a"], "odegard-los"),
        (["person", "-w", "Tom Reed, a miller", "--name", "Wei Jo", "--family", "Wei", "--role", "a"], "wei"),
        (["topic", "--name", "Locks and Öfen"], "locks-and-ofen"),
        (["topic", "--name", "Straße nach Þórshöfn"], "strasse-nach-thorshofn"),
        (
            ["tension", "--title", "Sea", "--text", "A.", "--scope", "within", "--one", "dig", "--other", "asked"],
            "sea-a",
        ),
        (["correction", "--record", "reach", "--was", "A", "--now", "B", "--why", "C"], "reach-corrected"),
        (
            ["correction", "--withdrawn", "weir", "--withdrawn-kind", "term", "--was", "A", "--why", "C"],
            "weir-corrected",
        ),
        (
            ["fact", "-w", "third more than planned", "--text", "It didn’t cost no crowns."],
            "didn-cost-no-crowns-third",
        ),
    ],
)
def test_the_id_that_is_suggested_is_the_name(small, options, expected):
    small.verify()
    small.write({"published.txt": "weir\n"} if "--withdrawn" in options else {})
    dated = ["--date", "2031-02-03"] if options[0] == "correction" else []
    assert f"“{expected}” is written" in out(small, "new", *options, *dated)


def test_arrow_keys_move_within_an_answer(small):
    left = "\x1b[D"
    code, said = answer(small, "topic", ("name:", f"Lcks{left * 3}o"), ("id [", ""))
    assert code == 0, said
    assert "name: Locks" in (small.data / "topics.yml").read_text(encoding="utf-8")


def test_no_id_is_suggested_where_no_letter_of_one_is_known(small):
    code, said = answer(small, "topic", ("name:", "水門"), ("id:", ""), ("like a-good-name", "sluice"))
    assert code == 0, said
    assert "id: sluice" in (small.data / "topics.yml").read_text(encoding="utf-8")


def test_a_field_with_fields_is_given_as_yaml(small):
    small.verify()
    sides = [
        "--shows",
        "cost-a-mile",
        "--against",
        "lock-closes",
        "--strongest",
        "{record: cost-a-mile, text: nearly dear}",
    ]
    out(small, "new", "limit", "--title", "Sea", "--question", "Is it?", "--answer", "No.", *sides)
    added = yaml.safe_load((small.data / "limits.yml").read_text(encoding="utf-8"))[-1]
    assert added["strongest"] == {"record": "cost-a-mile", "text": "nearly dear"}


def until(terminal: int, words: str) -> str:
    """Read a terminal until it says these words."""
    said, end = "", time.monotonic() + 30
    while words not in said:
        assert time.monotonic() < end, said
        if select.select([terminal], [], [], 0.2)[0]:
            said += os.read(terminal, 4096).decode(errors="replace")
    return said
