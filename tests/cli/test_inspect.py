"""`find` and `why`: where words stand, and all that uses a record."""

import re

import pytest

from ..support.builds import run
from ..support.library import out


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
