"""`diff` shows a reviewer what a change means to readers."""

import re
import subprocess

import pytest

from ..support.builds import run

WITHDRAWN = """
- id: no-second-ship-withdrawn
  date: 2024-01-02
  withdrawn: no-second-ship
  withdrawn_kind: fact
  was: The company bought no second ship.
  why: It did.
"""


def test_diff_shows_a_reviewer_records_pages_and_citations_before_and_after(explainer):
    facts = explainer / "data" / "facts.yml"
    written = facts.read_text(encoding="utf-8")
    text = re.search(r"- id: crossings-2020\n  text: (.*)\n", written)
    assert text
    facts.write_text(written.replace(text[1], f"{text[1]} *Truly*"), encoding="utf-8")
    page = explainer / "docs" / "index.md"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole.replace('{{ cite("never-misses") }} In', " In"), encoding="utf-8")
    said = run(explainer, "macros", "diff", "HEAD").stdout
    assert "### Changed: fact `crossings-2020` (on index.md" in said
    assert f"```diff\n-  text: {text[1]}\n+  text: {text[1]} *Truly*\n```\n" in said
    assert "Pages: " in said
    page.write_text(whole, encoding="utf-8")
    facts.write_text(written.replace(text[1], f"{text[1]}\n  tally: seven"), encoding="utf-8")
    said = run(explainer, "macros", "diff", "HEAD").stdout
    assert "\n+  tally: seven\n" in said, "a field that no kind has now is shown, too"
    facts.write_text(f"{written}\n- id: [\n", encoding="utf-8")
    unread = run(explainer, "macros", "diff", "HEAD")
    assert (unread.returncode, unread.stdout) == (1, "")
    assert "data/facts.yml:" in unread.stderr
    facts.write_text(written, encoding="utf-8")
    (explainer / "docs" / "spring.md").write_text("# Spring\n", encoding="utf-8")
    assert "`docs/spring.md` is new" in run(explainer, "macros", "diff", "HEAD").stdout
    redirects = explainer / "data" / "redirects.yml"
    good = redirects.read_text(encoding="utf-8")
    redirects.write_text(f"{good}a: [b\n", encoding="utf-8")
    assert "data/redirects.yml:" in run(explainer, "macros", "diff", "HEAD").stderr
    redirects.write_text(good, encoding="utf-8")
    assert run(explainer, "macros", "diff", "no-such-revision").returncode == 1


@pytest.mark.parametrize(
    ("file", "added", "told"),
    [
        ("corrections.yml", WITHDRAWN, "its correction stands at its address"),
        ("redirects.yml", "no-second-ship: crossings-2020\n", "links to it lead to `crossings-2020`"),
        ("redirects.yml", "", "links to it are broken"),
    ],
)
def test_what_becomes_of_the_links_to_a_record_that_is_gone_is_told(file, added, told, explainer):
    facts, other = explainer / "data" / "facts.yml", explainer / "data" / file
    before = {path: path.read_text(encoding="utf-8") for path in (facts, other)}
    other.write_text(f"{before[other]}{added}", encoding="utf-8")
    facts.write_text(before[facts].partition("- id: no-second-ship")[0], encoding="utf-8")
    said = run(explainer, "macros", "diff", "HEAD").stdout
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")
    assert f"### Gone: fact `no-second-ship` (was on record.md, winter.md; {told})" in said


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("# Winter é".encode("latin-1"), "docs/winter.md:1:10: is not UTF-8; save the file as UTF-8"),
        (b"<<<<<<< ours\n# Winter\n", "docs/winter.md:1:1: holds a conflict that git left; keep one side,"),
        (b"---\nhome_of: [winter\n---\n# Winter\n", "docs/winter.md:3:1: is not YAML: "),
    ],
)
def test_no_citation_is_called_gone_from_a_page_that_cannot_be_read(explainer, broken, told):
    page = explainer / "docs" / "winter.md"
    good = page.read_bytes()
    page.write_bytes(broken)
    for words in (["diff", "HEAD"], ["why", "crossings-2020"], ["rename", "crossings-2020", "crossings-of-2020"]):
        done = run(explainer, "macros", *words)
        assert done.returncode == 1, words
        assert told in done.stderr, words
        assert "cites no longer" not in done.stdout
    author = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
    commit = ["git", *author, "commit", "--all", "--message", "Break it"]
    subprocess.run(commit, cwd=explainer, check=True, capture_output=True)
    page.write_bytes(good)
    assert f"HEAD cannot be read: {told}" in run(explainer, "macros", "diff", "HEAD").stderr
