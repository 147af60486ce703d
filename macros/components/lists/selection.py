"""The records that a macro names by kind and topic."""

from __future__ import annotations

from ...pages.page import Page
from ...problems import AuthorError, did_you_mean
from ...records.kinds import KINDS, Limit, Topic
from ...records.models import Record


def kind_named(name: str) -> type[Record]:
    if name not in KINDS:
        raise AuthorError(f'no kind "{name}"{did_you_mean(name, KINDS)}')
    return KINDS[name]


def chosen_records(page: Page, kind: type[Record], topic: str) -> list[Record]:
    if topic:
        page.library.get(topic, Topic, Limit)
    return page.library.of(kind, topic)
