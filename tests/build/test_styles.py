"""What is wrong with a stylesheet, with its line."""

from __future__ import annotations

import pytest

from macros.build.styles import wrong
from macros.problems import CONFLICT

from ..support.builds import PROJECT


def told(text: str | bytes) -> list[str]:
    raw = text.encode() if isinstance(text, str) else text
    return [str(problem) for problem in wrong(raw, "a.css")]


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "a rule left open": (
            ".a {\n  x: y;\n\n.b {\n  x: y;\n}\n",
            'a.css:1: ".a" is not closed; write "}" after its last line',
        ),
        "the last rule left open": (
            "/* } */\n.a {\n  x: '}';\n",
            'a.css:2: ".a" is not closed; write "}" after its last line',
        ),
        "a query left open": (
            "@media print {\n  .a {\n    x: y;\n  }\n",
            'a.css:1: "@media print" is not closed; write "}" after its last line',
        ),
        "a brace too many": (
            ".a {\n}\n}\n",
            'a.css:3: "}" closes nothing; delete it, or write the "{" it belongs to',
        ),
        "a comment left open": (
            ".a {\n}\n/* why\n.b {\n}\n",
            'a.css:3: opens a comment and does not close it; write "*/" where it ends',
        ),
        "a conflict": (".a {\n<<<<<<< HEAD\n}\n", f"a.css:2: {CONFLICT}"),
        "another encoding": (b".a {\n}\n/* caf\xe9 */\n", "a.css:3: is not UTF-8; save the file as UTF-8"),
    }.values(),
)
def test_what_a_browser_would_leave_out_in_silence_is_told_with_its_line(text, said):
    assert told(text) == [said]


def test_a_rule_within_a_query_within_a_query_is_right():
    assert told("@layer a {\n@media print {\n.a {\n  x: y;\n}\n}\n}\n.b { x: '{'; }\n") == []


@pytest.mark.parametrize("path", sorted((PROJECT / "docs" / "css").glob("*.css")), ids=lambda path: path.name)
def test_the_stylesheets_of_the_project_are_whole(path):
    assert told(path.read_bytes()) == []
