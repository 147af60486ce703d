"""What a page says in its own sentences, on the lines where it says so, and what it quotes there."""

import pytest

from macros.pages.prose import find_quoted, read_prose


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('It says {{ quote("dig") }} so.{{ cite("dig") }}', "It says … so."),
        ("A <b>bold</b> word, *and* `code`.", "A bold word, and  ."),
        ('![](a.png "A lock")', "!] A lock "),
        ("1. One\n2. Two", " One\n Two"),
        ("<style>\na {}\n</style>\nWords", " \n\n\nWords"),
    ],
)
def test_what_is_no_prose_is_left_out_and_lines_keep_their_numbers(written: str, read: str) -> None:
    assert read_prose(written, ()) == read


def test_own_words_are_left_out() -> None:
    assert read_prose("Open 24/7, or 24/70.", ["24/7"]) == "Open , or 24/70."


def test_quotations_are_found_with_marks_and_in_blocks() -> None:
    page = "He said “no”.\n\n> Never,\n> he said.\n> — Tom Reed\n\n<q>Yes</q>\n"
    assert list(find_quoted(read_prose(page, ()))) == [(1, "no"), (3, "Never, he said."), (7, "Yes")]
