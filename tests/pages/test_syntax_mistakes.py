"""What is wrong with a call or a tag that cannot be read is told by the page's own text, at its line."""

import pytest
from jinja2 import Environment, TemplateSyntaxError

from macros.pages.syntax_mistakes import explain_syntax_error

JINJA = Environment(comment_start_string="{##", comment_end_string="##}")

CLOSING = (
    "Encountered unknown tag 'endfor'. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. "
    "The innermost block that needs to be closed is 'if'; a call is written like {{ quote(\"an-id\") }}"
)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('{{ limits() }\n\n{{ cite("a") }}', 1, "it is not closed; end it with }} in the same line"),
        ('{{ cite("a",\n"b") }}\n{{ cite(', 3, "it is not closed; end it with }} in the same line"),
        ("{{ quote('it“s') }}\n{{ cite(„a“) }}", 2, 'its quotation marks are not straight; type " in their place'),
        ("{{ cite(‘a’) }}", 1, 'its quotation marks are not straight; type " in their place'),
        (
            "{{ quote('it“s', \"b’s\") }}\n\n{{ cite('a’) }}",
            3,
            'its quotation marks are not straight; type " in their place',
        ),
        ('{{ cite("a”) }}', 1, 'its quotation marks are not straight; type " in their place'),
        ('{{ cite("a", "b) }}', 1, "a quotation mark is missing; put one before and one after each id"),
        ('{{ cite("a")|round( }}', 1, "a bracket is not closed; write ) before }}"),
        ('{{ cite("a")) }}', 1, "unexpected ')'; a call is written like {{ quote(\"an-id\") }}"),
        ("{% if a %}\n{% endfor %}", 2, CLOSING),
    ],
)
def test_what_cannot_be_read_is_told_by_what_it_looks_like(text: str, line: int, said: str) -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        JINJA.from_string(text)
    assert explain_syntax_error(text, caught.value) == (said, line)
