"""What followed on words: only deeds that are certainly later, on the same limit."""

import re

from macros.components.timeline.views import later_deeds
from macros.records.kinds import Event

from ..support.builds import PROJECT, built


def test_only_deeds_that_are_certainly_later_on_the_same_limit_follow_on_words() -> None:
    library = built(PROJECT).library
    limit = next(record.id for record in library.records.values() if record.kind == "limit")
    topic = next(record.id for record in library.records.values() if record.kind == "topic")

    def event(edtf: str, act: str, *topics: str) -> Event:
        name = re.sub("[^a-z0-9]+", "-", f"{act}-{edtf}").strip("-")
        given = {"id": name, "date": edtf, "title": edtf, "act": act, "topics": topics}
        return Event.model_validate({**given, "evidence": [{"source": "a-source", "exact": "words"}]})

    said = event("2022-02~", "words", limit, topic)
    later = [
        event("2022-03", "deed", limit),
        event("2021/2023", "deed", limit),
        event("2022-02/..", "deed", limit),
    ]
    others = [
        event("2022-02", "deed", limit),
        event("[2022..2023]", "deed", limit),
        event("2023", "deed", topic),
        event("2024", "words", limit),
    ]
    [(subject, deeds)] = later_deeds(library, said, [*others, *later])
    assert (subject.id, deeds) == (limit, later)
    assert later_deeds(library, later[0], [*others, *later]) == []
    assert [each.id for each, _ in later_deeds(library, event("2020", "words", topic), others)] == [topic]

    morning, [noon, day] = (
        event("2022-02-04T09:00", "words", limit),
        [event(edtf, "deed", limit) for edtf in ("2022-02-04T12:00", "2022-02-04")],
    )
    [(_, deeds)] = later_deeds(library, morning, [noon, day])
    assert deeds == [noon]
