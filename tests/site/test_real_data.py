"""The real records: they load, obey every rule, and rest on what was found in the texts."""

import pytest

from macros.library.library import Library
from macros.library.loader import verify_library
from macros.library.proof import LOCK
from macros.records.kinds import KINDS, Event, Fact, Limit, Quote
from macros.records.models import Record

from ..support.builds import PROJECT, TEXTS, real_library, texts_at_hand

DATA = PROJECT / "data"


@pytest.fixture(scope="module")
def real() -> Library:
    return real_library()


def test_the_records_load_and_obey_every_rule(real: Library) -> None:
    assert [str(problem) for problem in real.problems] == []
    assert real.broken == {}


@pytest.mark.parametrize(("kind", "least"), [(Quote, 40), (Fact, 60), (Event, 60), (Limit, 1)])
def test_there_are_as_many_records_as_were_promised(kind: type[Record], least: int, real: Library) -> None:
    proved = [record for record in real.of(kind) if kind is Limit or real.locations[record.id]]
    assert len(proved) >= least


def test_there_is_a_record_of_every_kind(real: Library) -> None:
    """But a correction: none so far is a good state."""
    assert [name for name, kind in KINDS.items() if not real.of(kind) and name != "correction"] == []


@texts_at_hand
def test_every_passage_stands_in_its_text_and_the_lock_is_up_to_date(real: Library) -> None:
    lock, problems = verify_library(DATA, TEXTS, real)
    assert [str(problem) for problem in problems] == []
    assert (DATA / LOCK).read_text(encoding="utf-8") == lock.dumps(), "run make verify"
