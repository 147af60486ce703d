"""The real records: they load, obey every rule, and rest on what was found in the texts."""

import pytest
import yaml

from macros.library.library import Library
from macros.library.loader import verify_library
from macros.library.proof import LOCK
from macros.library.published_ids import PUBLISHED, REDIRECTS, dump_ids, read_published
from macros.library.schema import SCHEMAS, first_line, schema_name
from macros.records.kinds import KINDS, LINE, Event, Fact, Limit, Quote
from macros.records.models import Record

from ..library.test_schema import EditorsLoader, complaints
from ..support.builds import PROJECT, TEXTS, real_library, texts_at_hand

DATA = PROJECT / "data"
FILES_OF_KINDS = [kind.file for kind in KINDS.values()]


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


def test_each_limit_says_why_and_takes_part_in_every_picture(real: Library) -> None:
    for limit in real.of(Limit):
        assert all((limit.why, limit.strongest, limit.counter)), limit.id
        assert any(getattr(limit, place) for place in LINE), limit.id


def test_the_list_of_published_ids_is_complete_and_names_each_once(real: Library) -> None:
    listed = read_published(DATA)
    assert (DATA / PUBLISHED).read_text(encoding="utf-8") == dump_ids(dict.fromkeys(listed))
    assert set(real.records) - set(listed) == set(), "run make ids"


@pytest.mark.parametrize("file", FILES_OF_KINDS)
def test_every_record_is_right_in_an_editor(file: str) -> None:
    data = yaml.load((DATA / file).read_text(encoding="utf-8"), EditorsLoader)
    assert complaints(DATA / SCHEMAS, file, data) == []


@pytest.mark.parametrize("file", [*FILES_OF_KINDS, REDIRECTS])
def test_every_data_file_names_its_schema(file: str) -> None:
    path = DATA / file
    if path.exists():
        assert path.read_text(encoding="utf-8").split("\n")[0] == first_line(file)
    assert (DATA / SCHEMAS / schema_name(file)).exists()


@texts_at_hand
def test_every_passage_stands_in_its_text_and_the_lock_is_up_to_date(real: Library) -> None:
    lock, problems = verify_library(DATA, TEXTS, real)
    assert [str(problem) for problem in problems] == []
    assert (DATA / LOCK).read_text(encoding="utf-8") == lock.dumps(), "run make verify"
