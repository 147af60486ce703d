"""The commands, run as an editor runs them: what they print, and how they end."""

import json
import re
import subprocess

import pytest

from macros.cli.main import REMEDY

from ..support.builds import run
from ..support.library import ENTRIES, POST, fingerprint, out

LOCK = "evidence.lock.json"
COVERED = """\
post: 6 paragraphs of prose, 8 quoted passages
gazette: 3 paragraphs of prose, 2 quoted passages
"""


RECORDS = f"{len(ENTRIES)} records, no problem\n"


def ended(run: subprocess.CompletedProcess[str], code: int) -> tuple[str, str]:
    """What a command printed, after looking how it ended."""
    assert "Traceback" not in run.stderr
    assert run.returncode == code, run.stderr
    return run.stdout, run.stderr


def test_check_says_how_many_records_there_are_when_nothing_is_wrong(small):
    small.verify()
    assert ended(small.run("check", texts=False), 0) == (RECORDS, "")


def test_check_prints_every_problem_with_its_place_and_ends_with_1(small):
    small.verify()
    small.change("topics.yml", "name", "nmae").change("facts.yml", "qualifier", "qualifer")
    small.change("quotes.yml", "a passing cloud", "a passing clout")
    out, err = ended(small.run("check", texts=False), 1)
    assert out == ""
    assert err.splitlines() == [
        'data/facts.yml:5: "qualifer" is not a field here; did you mean "qualifier"?',
        'data/quotes.yml:15: "a passing clout" was not checked in these words; '
        "do so where the texts are, with python -m macros verify",
        'data/topics.yml:1: "name" is missing; give it (the name a reader sees)',
        'data/topics.yml:2: "nmae" is not a field here; did you mean "name"?',
        "4 problems",
    ]


def test_check_wants_the_lock_written_even_where_the_texts_are_at_hand(small):
    small.verify()
    small.change("facts.yml", "exact: nearly 4,100.5", "exact: had counted nearly 4,100.5")
    assert ended(small.run("check"), 1)[1].splitlines() == [
        'data/facts.yml:12: "had counted nearly 4,100.5 crowns a mile" was not checked in these words; '
        "do so where the texts are, with python -m macros verify",
        "1 problem",
    ]


def test_verify_writes_the_lock_and_then_finds_it_up_to_date(small):
    rest = [each.count("exact:") for each in ENTRIES if "exact:" in each]
    found = f"{sum(rest)} passages of {len(rest)} records found in 2 texts\n"
    assert ended(small.run_process("verify"), 0) == (found, "")
    lock = (small.data / LOCK).read_bytes()
    assert json.loads(lock)["sources"]["post"] == fingerprint(POST)
    assert ended(small.run("verify", "--check"), 0) == (found, "")
    assert ended(small.run("verify"), 0) == (found, "")
    assert (small.data / LOCK).read_bytes() == lock
    assert ended(small.run("check", texts=False), 0)[0] == RECORDS


def test_verify_check_writes_nothing_and_fails_when_the_lock_is_missing_or_out_of_date(small):
    message = f"data/{LOCK}: is out of date; run python -m macros verify and commit it\n1 problem\n"
    assert ended(small.run("verify", "--check"), 1) == ("", message)
    assert not (small.data / LOCK).exists()
    lock = small.verify()
    lock.write_text(lock.read_text(encoding="utf-8").replace('"start": 50', '"start": 51'), encoding="utf-8")
    damaged = lock.read_bytes()
    assert ended(small.run("verify", "--check"), 1) == ("", message)
    assert lock.read_bytes() == damaged


def test_verify_writes_no_lock_while_a_passage_is_not_proved(small):
    small.change("quotes.yml", "exact: a passing cloud", "exact: She called the debt")
    assert ended(small.run("verify"), 1)[1] == (
        'data/quotes.yml:15: "She called the debt" does not stand between quotation marks in "post"; '
        'give what they enclose, make it a fact, or list its own in "quotation_marks"\n1 problem\n'
    )
    assert not (small.data / LOCK).exists()


def test_verify_names_a_text_that_is_not_there(small):
    (small.texts / "gazette.txt").unlink()
    assert ended(small.run("verify"), 1)[1].splitlines() == [
        'data/sources.yml:29: no "gazette.txt" in sources; set SOURCES to the texts\' folder',
        "1 problem",
    ]


def test_verify_names_a_text_that_is_another(small):
    (small.texts / "post.txt").write_text(POST + "More.\n", encoding="utf-8")
    assert ended(small.run("verify"), 1)[1].splitlines() == [
        f"data/sources.yml:11: the text has the fingerprint {fingerprint(POST + 'More.' + chr(10))}; "
        "if it is the right text, write that here",
        "1 problem",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_verify_says_that_a_text_is_not_utf_8(small, encoding):
    (small.texts / "post.txt").write_bytes("The Lörne canal".encode(encoding))
    assert 'data/sources.yml:10: "post.txt" is not UTF-8; save it as UTF-8' in ended(small.run("verify"), 1)[1]


def test_verify_accepts_a_new_text_once_its_fingerprint_is_recorded(small):
    small.verify()
    (small.texts / "post.txt").write_text(POST + "More.\n", encoding="utf-8")
    small.change("sources.yml", fingerprint(POST), fingerprint(POST + "More.\n"))
    stale = (
        'data/sources.yml:11: the evidence of "post" was checked against another text; run python -m macros verify'
    )
    assert ended(small.run("check", texts=False), 1)[1].splitlines() == [stale, "1 problem"]
    assert ended(small.run("verify"), 0)[1] == ""
    assert ended(small.run("check", texts=False), 0)[1] == ""


def test_verify_survives_a_text_in_another_encoding_and_a_lock_that_is_none(small):
    (small.texts / "post.txt").write_bytes(POST.encode("utf-16"))
    (small.data / LOCK).write_text("<<<<<<< ours\n", encoding="utf-8")
    assert "the text has the fingerprint" in ended(small.run("verify"), 1)[1]


@pytest.mark.parametrize("old", ["- starts: The cost\n", "- starts: By Ada Brook\n"])
def test_verify_names_furniture_that_is_not_in_the_text(small, old):
    small.change("sources.yml", old, "- starts: The “price”\n").change("facts.yml", "1931/1934", "1934")
    line = (small.data / "sources.yml").read_text(encoding="utf-8").partition("“price”")[0].count("\n") + 1
    assert ended(small.run("verify"), 1)[1].splitlines() == [
        f'data/sources.yml:{line}: no paragraph starts with "The "price"", and no heading is that; copy its words',
        "1 problem",
    ]


def test_coverage_ends_with_0_when_nothing_is_left(small):
    assert ended(small.run("coverage"), 0) == (f"{COVERED}all covered\n", "")


def test_coverage_lists_paragraphs_and_quotations_that_no_record_rests_on_and_ends_with_1(small):
    quotes = (small.data / "quotes.yml").read_text(encoding="utf-8")
    small.write({"quotes.yml": quotes[: quotes.index("- id: alike")], "tensions.yml": "[]\n"})
    small.write({"timeline.yml": "[]\n", "corrections.yml": "[]\n"}).change(
        "limits.yml", "[lock-closes]", "[cost-a-mile]"
    )
    assert ended(small.run("coverage"), 1)[0].splitlines() == [
        'gazette: paragraph 3 has no record: "The board closed the second lock on 3 May 1936. …"',
        'gazette: paragraph 1: no quote "the water belongs to every village alike."',
        'gazette: paragraph 2: no quote "We asked for water, and got a ditch."',
        *COVERED.splitlines(),
        f"3 left; {REMEDY}",
    ]


def test_a_fact_that_rests_on_quoted_words_does_not_stand_for_the_quote(small):
    quotes = (small.data / "quotes.yml").read_text(encoding="utf-8")
    cloud = quotes[quotes.index("- id: cloud") : quotes.index("- id: friends")]
    fact = "- id: cloud\n  text: She called it so.\n  evidence: [{source: post, exact: a passing cloud}]\n"
    facts = (small.data / "facts.yml").read_text(encoding="utf-8")
    small.write({"quotes.yml": quotes.replace(cloud, ""), "facts.yml": facts + fact})
    assert 'post: paragraph 4: no quote "a passing cloud"' in ended(small.run("coverage"), 1)[0].splitlines()


def test_coverage_counts_furniture_neither_as_covered_nor_as_left(small):
    caption = "    - starts: A photograph of\n      role: caption\n      why: Describes a picture\n"
    small.change("sources.yml", caption, "")
    assert ended(small.run("coverage"), 1)[0].splitlines() == [
        'post: paragraph 4 has no record: "A photograph of the second lock …"',
        COVERED.splitlines()[0].replace("6", "7"),
        COVERED.splitlines()[1],
        f"1 left; {REMEDY}",
    ]


def test_coverage_is_not_complete_while_a_record_is_wrong(small):
    small.change("topics.yml", "name", "nmae")
    out, _ = ended(small.run("coverage"), 1)
    assert out.startswith('data/topics.yml:1: "name" is missing; give it (the name a reader sees)\n')


def test_coverage_survives_a_damaged_lock(small):
    small.verify().write_text("{", encoding="utf-8")
    assert "is not a lock" in ended(small.run("coverage"), 1)[1]


def test_without_texts_coverage_and_verify_fail_and_say_what_to_set(small):
    assert ended(small.run("coverage", texts=False), 1)[0].splitlines()[-1] == (
        "nowhere: holds no text; set SOURCES to the folder of the articles"
    )
    assert ended(small.run("verify", texts=False), 1)[1].splitlines() == [
        'data/sources.yml:10: no "post.txt" in nowhere; set SOURCES to the texts\' folder',
        'data/sources.yml:29: no "gazette.txt" in nowhere; set SOURCES to the texts\' folder',
        "2 problems",
    ]


def test_another_folder_of_records_can_be_named(small):
    small.data.rename(small.root / "facts")
    out, err = ended(small.run("--data", "facts", "check"), 1)
    assert out == ""
    assert err.splitlines()[0] == "facts/evidence.lock.json: is missing; run python -m macros verify to write it"


def test_an_unknown_command_and_a_missing_folder_are_errors_without_a_traceback(small):
    assert "No such command 'chekc'" in ended(small.run_process("chekc"), 2)[1]
    error = ended(small.run_process("--data", "nowhere", "check"), 1)[1]
    assert error.splitlines() == [
        "Error: nowhere/: is missing; put it back, or begin it by python -m macros new source FILE"
    ]


def test_an_unexpected_error_is_one_line_with_its_place_and_a_traceback_only_when_asked_for(small):
    small.verify()
    (small.data / "schemas" / "ids.json").mkdir(parents=True)
    out, err = ended(small.run_process("schema"), 1)
    assert out == ""
    assert re.fullmatch(r"macros/cli/workspace\.py:\d+: fails with IsADirectoryError: .*\n", err)
    verbose = small.run_process("--verbose", "schema")
    assert verbose.returncode == 1
    assert verbose.stderr.startswith("Traceback")
    assert "IsADirectoryError" in verbose.stderr.splitlines()[-1]


def test_find_shows_the_sentence_its_place_and_the_records_that_rest_on_it(small):
    said = out(small, "find", "nearly", "4,100.5")
    assert "post, paragraph 3, “The cost”" in said
    assert "The board had counted nearly 4,100.5 crowns a mile — a third more than planned —" in said
    assert "fact cost-a-mile" in said


def test_find_takes_any_case_and_typography_and_words_in_any_order(small):
    assert "we’re right" not in out(small, "find", "'THE THIRSTY DITCH'")
    assert "ended at Marle" in out(small, "find", "marle", "ended", "1936")
    assert out(small, "find", "hovercraft", code=1).endswith("in one sentence\n")
    (small.texts / "post.txt").unlink()
    assert out(small, "find", "crowns", code=1).endswith("; the text of post is not at hand\n")


def test_words_that_stand_everywhere_show_no_endless_list(small):
    done = small.run("new", "fact", "--words", "the", "--text", "x")
    assert re.search(r"stand in \d\d places; give more of them", done.stderr)
    assert len(done.stderr.partition("Error: ")[2].splitlines()) == 1 + 9


def test_why_names_all_that_uses_a_record(explainer):
    done = run(explainer, "macros", "why", "gulls-stayed-home")
    assert done.returncode == 0, done.stderr
    assert "data/quotes.yml:" in done.stdout
    assert re.search(r"rests on +courier, paragraph \d", done.stdout)
    assert re.search(r"shown on +docs/index.md", done.stdout)
    assert re.search(r"named by +\w+ ", run(explainer, "macros", "why", "odo-penn").stdout)
    assert "did you mean" in run(explainer, "macros", "why", "gulls-stayed-hme").stderr


@pytest.mark.parametrize("command", ["why", "rename"])
def test_a_former_id_is_told_by_the_one_it_has_now(command, explainer):
    new = ["new-id"] if command == "rename" else []
    done = run(explainer, "macros", command, "ferry-misses-no-crossing", *new)
    assert done.stderr == 'Error: "ferry-misses-no-crossing" is now called "never-misses"; write that\n'


@pytest.mark.parametrize("file", ["facts.yml", "evidence.lock.json"])
def test_what_cannot_be_read_is_said_instead_of_what_seems_missing(small, file):
    small.verify()
    path = small.data / file
    path.write_text(path.read_text(encoding="utf-8") + "\n- id: [\n", encoding="utf-8")
    for command in ("find", "crowns"), ("why", "cost-a-mile"), ("coverage",):
        done = small.run(*command)
        assert done.returncode == 1
        assert f"data/{file}:" in done.stderr
        assert "no record" not in done.stdout + done.stderr
