"""The project's own articles."""

import os
from pathlib import Path

import pytest

from macros.evidence.article import Article
from macros.library.yaml import read_yaml
from macros.records.kinds import Source

from ..support.library import PROJECT


@pytest.fixture(scope="session")
def real() -> list[Article]:
    """The project's own articles, where their texts are at hand."""
    texts = Path(os.environ.get("SOURCES") or PROJECT.parent / "shared" / "sources")
    sources = [
        Source.model_validate(one) for one in read_yaml(PROJECT / "data" / "sources.yml", "sources.yml").data
    ]
    found = [
        Article(source.id, (texts / source.text).read_text(encoding="utf-8"), source.furniture)
        for source in sources
        if (texts / source.text).is_file()
    ]
    if not found:
        pytest.skip(f"the articles' texts are not at hand: set SOURCES (now {texts})")
    return found
