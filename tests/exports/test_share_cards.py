"""The pictures of shared links: one beside each page, the same every time, and no word outside its column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from macros.exports.share_cards import COLUMN, HEIGHT, MARGIN, WIDTH, ShareCard, ShareCards
from macros.problems import AuthorError

from ..support.builds import PROJECT, Built, build, built, complaints, copy_project, new_folder

DOCS = PROJECT / "docs"
STYLES, MARK = PROJECT / "overrides" / "css" / "tokens.css", DOCS / "images" / "favicon.svg"
ADDRESS = "https://limits.example/site/"

DRAWN = ShareCards(STYLES, MARK, new_folder())
LETTERS = st.sampled_from("aegijmpqWÀŒ—“?Щ")
WORDS = st.lists(st.builds(str.__mul__, LETTERS, st.integers(1, 150)), min_size=1, max_size=60).map(" ".join)


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


def meta(site: Built) -> dict[str, dict[str, str]]:
    """What each page in the menu says for those who share it, by its name."""
    return {
        name: {
            each.get("property") or each.get("name") or "": each.get("content", "")
            for each in page.root.iter("meta")
        }
        for name, page in site.content.items()
        if name != "authors/index.html"
    }


def test_every_page_in_the_menu_has_its_picture(site: Built) -> None:
    for name, said in meta(site).items():
        path = (site.site / name).with_name(said["og:image"])
        assert path.stat().st_size <= 40_000, name
        with Image.open(path) as image:
            shown = str(image.width), str(image.height)
            assert shown == (said["og:image:width"], said["og:image:height"]) == ("1200", "630"), name
        assert said["og:title"] in said["og:image:alt"] or name == "index.html"
        assert {"og:description", "og:type", "og:site_name"} <= said.keys(), name
        assert said["twitter:card"] == "summary_large_image"
    pictures = [path.read_bytes() for path in site.site.rglob("card.png")]
    assert len(set(pictures)) == len(pictures) == len(meta(site))


def test_with_an_address_of_its_own_the_site_names_its_pictures_in_full_and_draws_the_same() -> None:
    folder = copy_project(PROJECT, new_folder() / "project")
    config = folder / "mkdocs.yml"
    config.write_text(f"site_url: {ADDRESS}\n{config.read_text(encoding='utf-8')}", encoding="utf-8")
    done = build(folder)
    assert done.returncode == 0, complaints(done.stderr)
    placed = Built(folder, done.stderr)
    for name, said in meta(placed).items():
        assert said["og:image"] == f"{ADDRESS}{name.removesuffix('index.html')}card.png"
        assert said["og:url"] == ADDRESS + name.removesuffix("index.html")
    drawn = {name: mark for name, mark in placed.files().items() if name.endswith("card.png")}
    there = built(PROJECT).files()
    assert drawn == {name: there[name] for name in drawn}


@settings(max_examples=20, deadline=None)
@example("q" * 150, "i" * 300, "W" * 150 + " Àe" * 900)
@given(WORDS, WORDS | st.just(""), WORDS)
def test_no_word_of_any_length_leaves_the_column(site_name: str, label: str, title: str) -> None:
    below = 0
    for line in DRAWN.lines(ShareCard(site_name, label, title)):
        sheet = Image.new("RGB", (WIDTH, HEIGHT), "white")
        line.draw_on(sheet)
        ink = ImageChops.invert(sheet).getbbox()
        if ink:
            overhang = 0.12 * line.size  # a letter may reach a little beyond its own width
            assert MARGIN - overhang <= ink[0] < ink[2] <= MARGIN + COLUMN + overhang
            assert ink[3] < HEIGHT - 20
        assert line.baseline - below >= 0.9 * line.size
        below = line.baseline


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        ("R&D, “élan” – 25 %", "R&D, “élan” – 25 %"),
        ("e\u0301lan co\u00adoperation", "élan cooperation"),
        ("Šibenik and Erdoğan", ""),
        ("两国合作", ""),
        ("لن نتوقف", ""),
        ("q\u0301", ""),
        ("Ship 🛥️", ""),
    ],
)
def test_a_title_is_drawn_whole_or_not_at_all(title: str, drawn: str) -> None:
    card = DRAWN.choose_words("A site", "A label", title)
    assert card == (ShareCard("A site", "A label", drawn) if drawn else ShareCard("A site", "", ""))
    words = [line.words for line in DRAWN.lines(card)]
    assert " ".join(words) == (f"A site A label {drawn}" if drawn else "A site")


def test_what_was_drawn_before_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = ShareCard("A site", "A label", "A title")
    first = ShareCards(STYLES, MARK, tmp_path).draw(card)
    monkeypatch.setattr(ShareCards, "lines", None)
    assert ShareCards(STYLES, MARK, tmp_path).draw(card) == first


def test_a_stylesheet_or_mark_that_lacks_something_is_named(tmp_path: Path) -> None:
    bare = tmp_path / "bare.css"
    bare.write_text(":root { --xp-ink: light-dark(#000000, #ffffff) }", encoding="utf-8")
    drawing = tmp_path / "drawing.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0V5"/></svg>', encoding="utf-8")
    for stylesheet, mark, message in (
        (bare, MARK, "no @font-face for the first family of --xp-display"),
        (STYLES, drawing, 'no path of class "loop" in drawing.svg'),
        (tmp_path / "none.css", MARK, "no none.css to draw share cards from"),
    ):
        with pytest.raises(AuthorError, match=message):
            ShareCards(stylesheet, mark, tmp_path).draw(ShareCard("A", "", "B"))
