"""Where the output of a macro goes, and the addresses of headings."""

import pytest

from macros.components.placeholders import Placeholders, heading_id

HEADINGS = {
    "What is left open?": "what-is-left-open",
    "Références & été": "references-ete",
    "Łódź": "łódź",
    "İzmir": "izmir",
    "ıstanbul Iğdır": "ıstanbul-iğdır",
    "Große ﬁrma": "große-firma",
    "ΟΔΟΣ": "οδος",
    "两国合作没有上限": "两国合作没有上限",
    "لن نتوقف (1931)!": "لن-نتوقف-1931",
    "हिन्दी शीर्षक": "हिन्दी-शीर्षक",
    "Тест — Ёлка": "тест-ёлка",
    "½ of “it”": "12-of-it",
}


@pytest.mark.parametrize("words", HEADINGS)
def test_the_address_of_a_heading_can_be_read_in_any_script(words: str) -> None:
    assert heading_id(words, "-") == HEADINGS[words]


def test_what_authors_say_to_each_other_in_comments_is_not_published() -> None:
    placeholders = Placeholders(lambda what, line: None)
    html = "<p>A<!-- TODO: did he lie? --> b</p>\n<!--\n\n> c\n--><style>/* <!-- */ d {} /* --> */</style>"
    assert placeholders.place_inline(html) == "<p>A b</p>\n<style>/* <!-- */ d {} /* --> */</style>"
