"""How many wrong quotations were tried on the articles, and how many refused: the method page says so.

`python -m tests.support.trials` tries them again and writes the numbers down.
"""

import json
import sys
from collections.abc import Iterable

from macros.evidence.article import Article
from macros.library.loader import TRIALS, load_library
from macros.library.proof import articles_of

from .builds import PROJECT, TEXTS
from .wrong_quotations import accepted, wrong

PATH = PROJECT / "data" / TRIALS


def count(articles: Iterable[Article]) -> dict[str, int]:
    refused = [not accepted(article, changed) for article in articles for _, changed in wrong(article)]
    return {"wrong quotations tried": len(refused), "wrong quotations refused": sum(refused)}


def written(counts: dict[str, int]) -> str:
    return json.dumps(counts, indent=2) + "\n"


if __name__ == "__main__":
    articles = articles_of(load_library(PROJECT / "data"), TEXTS)
    if not articles:
        sys.exit(f"no texts in {TEXTS}; set SOURCES to their folder")
    PATH.write_text(written(count(articles.values())), encoding="utf-8")
    print(PATH.read_text(encoding="utf-8"), end="")
