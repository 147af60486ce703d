"""The overlay counts what the terminal counts, and says which pages show the rest."""

from pathlib import Path

from macros.build.error_overlay import show_overlay
from macros.problems import Problem


def test_the_overlay_counts_the_mistakes_that_other_pages_show(tmp_path: Path) -> None:
    for name in ("index.html", "a.html"):
        (tmp_path / name).write_text("<body></body>", encoding="utf-8")
    problems = [Problem("docs/a.md", 1, 0, "x"), Problem("docs/a.md", 2, 0, "y"), Problem("data/b.yml", 1, 0, "z")]
    show_overlay(tmp_path, problems, {"docs/a.md": "a.html", "docs/index.md": "index.html"}, tmp_path)
    first, other = ((tmp_path / name).read_text(encoding="utf-8") for name in ("index.html", "a.html"))
    assert "3 mistakes, 2 of them on docs/a.md<" in first
    assert "3 mistakes<" in other
