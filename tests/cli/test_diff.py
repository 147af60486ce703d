"""`diff` shows a reviewer what a change means to readers."""

import re

from ..support.builds import run


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
    redirects.write_text(redirects.read_text(encoding="utf-8") + "a: [b\n", encoding="utf-8")
    assert "data/redirects.yml:" in run(explainer, "macros", "diff", "HEAD").stderr
    assert run(explainer, "macros", "diff", "no-such-revision").returncode == 1
