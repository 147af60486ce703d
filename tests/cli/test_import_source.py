"""A saved page becomes a source with its text."""

from __future__ import annotations

from macros.library.loader import load_library

from ..support.library import Small, fingerprint, out


def files(small: Small) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in small.data.iterdir()}


def test_a_saved_page_becomes_a_source_with_its_text(small):
    page = small.root / "saved.html"
    page.write_text(
        "<!doctype html><html lang=en-GB><head><meta property=og:site_name content='The Weir'>"
        "<meta property='article:published_time' content='1937-02-01T10:00:00Z'>"
        "<meta name=author content='By Ada Brook; Ana de la Cruz'><meta name=citation_author content='Brook, Ada'>"
        "<meta name=citation_author content='Weir News Desk'><meta name=author content='The Weir'>"
        "<meta property=article:author content='https://weir.example/ada'>"
        "<link rel=canonical href='https://weir.example/a'><script>no()</script></head><body><nav>Menu</nav>"
        "<article><h1>Water &amp; stone</h1><p>It <em>rained</em>.</p><h2>After</h2><figure><img src=x>"
        "<figcaption>A weir</figcaption></figure><p>“It stopped,”<br>she said.</p></article><footer>©</footer>",
        encoding="utf-8",
    )
    said = out(small, "new", "source", "saved.html", "--id", "weir")
    assert "5 paragraphs" in said
    text = (small.texts / "weir.txt").read_text(encoding="utf-8")
    assert text == "Water & stone\n\nIt rained.\n\nAfter\n\nA weir\n\n“It stopped,” she said.\n"
    added = load_library(small.data, small.texts, accept_unlocked=True).records["weir"]
    assert (added.title, added.publisher, added.issued.edtf) == ("Water & stone", "The Weir", "1937-02-01")
    assert (added.URL, added.language, added.sha256) == ("https://weir.example/a", "en-GB", fingerprint(text))
    assert [each.role for each in added.furniture] == ["title", "heading", "caption"]
    assert [each.model_dump(exclude_none=True) for each in added.author] == [
        {"family": "Brook", "given": "Ada"},
        {"family": "de la Cruz", "given": "Ana"},
        {"literal": "Weir News Desk"},
        {"literal": "The Weir"},
    ]


def test_what_a_page_does_not_say_is_asked_for_and_never_guessed(small):
    (small.root / "plain.txt").write_text("A title\n\nIt rained.\n", encoding="utf-8")
    assert "--publisher, --issued is needed" in out(small, "new", "source", "plain.txt", code=2)
