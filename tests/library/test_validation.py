"""Whatever stands in a field is read, or refused in our words."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from macros.library.library import BrokenRecordError
from macros.library.loader import load_record
from macros.library.yaml import parse_yaml
from macros.records.kinds import KINDS

from ..support import library as small_library

VALUES = st.recursive(
    st.sampled_from(["", " ", "x", "A b", "-1", "1936", "https://x", "post", "dig"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "source", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.sampled_from(list(KINDS.values())), st.data())
def test_whatever_stands_in_a_field_the_author_is_told_in_our_words(kind, data):
    tree = parse_yaml(small_library.FILES[kind.file].encode(), f"data/{kind.file}")
    fields = [field.alias or name for name, field in kind.model_fields.items()]
    record = dict(tree.data[0]) | data.draw(
        st.dictionaries(st.sampled_from(fields), VALUES, min_size=1, max_size=3)
    )
    try:
        load_record(kind, replace(tree, data=[record]), 0)
        problems = []
    except BrokenRecordError as error:
        problems = error.problems
    assert all(problem.line > 0 for problem in problems)
    theirs = re.compile(r"input|valid|pydantic|tuple|type=|None|\[\'|\{\'", re.IGNORECASE)
    assert [problem.text for problem in problems if theirs.search(problem.text)] == []
