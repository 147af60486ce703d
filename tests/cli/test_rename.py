"""A renamed record has its new id everywhere, and readers' links still land."""

from __future__ import annotations

import re

from ..support.builds import build, run


def test_a_renamed_record_has_its_new_id_everywhere_and_readers_links_still_land(explainer):
    (explainer / "data" / "published.txt").write_text("gulls-stayed-home\n", encoding="utf-8")
    before = (explainer / "data" / "quotes.yml").read_text(encoding="utf-8")
    done = run(explainer, "macros", "rename", "gulls-stayed-home", "gulls-at-home")
    assert done.returncode == 0, done.stderr
    left = [
        path.name
        for folder in ("data", "docs")
        for path in (explainer / folder).rglob("*")
        if path.is_file() and re.search(r"(?<![\w-])gulls-stayed-home(?![\w-])", path.read_text(encoding="utf-8"))
    ]
    assert sorted(left) == ["published.txt", "redirects.yml"]
    after = (explainer / "data" / "quotes.yml").read_text(encoding="utf-8")
    assert after == before.replace("gulls-stayed-home", "gulls-at-home")
    assert build(explainer).returncode == 0
    again = run(explainer, "macros", "rename", "gulls-at-home", "gulls-stayed-home")
    assert again.returncode == 1
    assert "never reused" in again.stderr

    said = run(explainer, "macros", "diff").stdout
    assert "### Renamed: quote `gulls-stayed-home` is `gulls-at-home` (on " in said
    assert re.search(r"- `docs/index.md`: its text changed", said)
