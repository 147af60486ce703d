"""Ids that were published stay: none disappears without a redirect to what stands for it."""

import pytest

from macros.library.published_ids import read_published
from macros.library.yaml import NOT_YAML
from macros.problems import AuthorError

from ..support.library import ENTRIES

MISTAKES = {
    "an id disappears": (
        {"published.txt": "dig\ndug\n"},
        [
            'data/published.txt:2: "dug" was published and is gone; '
            "say in data/redirects.yml what stands for it, or withdraw it by a correction"
        ],
    ),
    "a redirect leads nowhere": (
        {"published.txt": "dug\n", "redirects.yml": "dug: digg\n"},
        ['data/redirects.yml:1: no record "digg" in data/; did you mean "dig"?'],
    ),
    "a redirect leads to another": (
        {"redirects.yml": "# Former ids\ndug: doug\ndoug: dig\n"},
        ['data/redirects.yml:2: no record "doug" in data/'],
    ),
    "a redirect from a record that is there": (
        {"redirects.yml": "dig: asked\n"},
        ['data/redirects.yml:1: "dig" is still the id of a record; delete the redirect'],
    ),
    "a character that cannot be seen": (
        {"published.txt": "dig\n\u200bwater\n"},
        ["data/published.txt:2:1: holds a character that cannot be seen (U+200B); delete it"],
    ),
    "a list of redirects": (
        {"redirects.yml": "- dug\n"},
        ['data/redirects.yml:1: should have a line for each former id, as "former-id: id"'],
    ),
    "a redirect to two records": (
        {"redirects.yml": "delved: dig\ndug: [dig, asked]\n"},
        ['data/redirects.yml:2: should have a line for each former id, as "former-id: id"'],
    ),
    "redirects that are not YAML": (
        {"redirects.yml": "dug: dig: asked\n"},
        ["data/redirects.yml:1:9: " + NOT_YAML.format("mapping values are not allowed in this context")],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_author_is_told_exactly_this(small, mistake):
    files, messages = MISTAKES[mistake]
    assert small.write(files).problems() == messages


def test_a_redirect_stands_for_an_id_that_is_gone(small):
    library = small.write({"published.txt": "dig\ndug\n", "redirects.yml": "dug: dig\n"}).read()
    assert library.problems == []
    assert library.redirects == {"dig": ["dug"]}


WITHDRAWN = """\
- id: no-dug
  date: 2022-03-04
  withdrawn: dug
  withdrawn_kind: fact
  was: They dug.
  why: No source says so.
"""


def test_a_correction_withdraws_an_id_that_is_gone_and_what_led_to_it(small):
    small.write({"published.txt": "delved\ndug\n", "redirects.yml": "delved: dug\n", "corrections.yml": WITHDRAWN})
    assert small.problems() == []
    with pytest.raises(AuthorError, match='"dug" was withdrawn, as "no-dug" says; take it out'):
        small.read().get("dug")
    small.write({"corrections.yml": WITHDRAWN + WITHDRAWN.replace("no-dug", "not-dug")})
    told = '"dug" is withdrawn twice; keep one of the two'
    assert small.problems() == [f"data/corrections.yml:{line}: {told}" for line in (3, 9)]
    small.write({"published.txt": "delved\n", "corrections.yml": WITHDRAWN})
    assert small.problems() == ['data/corrections.yml:3: "dug" was never published; delete this correction']
    small.change("corrections.yml", "withdrawn: dug", "withdrawn: dig")
    assert 'data/corrections.yml:3: "dig" is still a record; delete it, or give it another id' in small.problems()


def test_a_record_with_a_mistake_has_not_disappeared(small):
    small.write({"published.txt": "dig\nwater\n"}).change("topics.yml", "name", "nmae")
    assert [each for each in small.problems() if "published" in each] == []


def test_ids_lists_new_ids_and_keeps_those_that_are_redirected(small):
    small.verify()
    small.write({"published.txt": "dug\n", "redirects.yml": "dug: dig\n"})
    checked = small.run("ids", "--check")
    assert checked.returncode == 1
    assert "data/published.txt: is out of date; run python -m macros ids" in checked.stderr
    assert small.run("ids").stdout == f"{len(ENTRIES) + 1} ids published, {len(ENTRIES)} of them new\n"
    listed = read_published(small.data)
    assert listed[0] == "dug"
    assert len(listed) == len({*listed})
    assert small.run("ids", "--check").stdout == f"{len(ENTRIES) + 1} ids published, 0 of them new\n"


def test_ids_lists_nothing_while_there_is_a_problem(small):
    small.verify()
    small.change("topics.yml", "name", "nmae")
    done = small.run("ids")
    assert done.returncode == 1
    assert not (small.data / "published.txt").exists()
