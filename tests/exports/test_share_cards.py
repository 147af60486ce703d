"""The pictures of shared links: one beside each page, the same every time, and no word outside its column."""

import shutil
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from macros.exports.share_cards import COLUMN, FOOT, HEIGHT, MARGIN, WIDTH, ShareCard, ShareCards
from macros.problems import AuthorError

from ..support.builds import EXPLAINER, PROJECT, Built, complaints, copy_project, new_folder, run

STYLES = PROJECT / "overrides" / "css" / "tokens.css"
PICTURE = new_folder() / "share-card.png"
ADDRESS = "https://ferry.example/site/"

Image.new("RGB", (WIDTH, HEIGHT), "white").convert("P").save(PICTURE)
DRAWN = ShareCards(PICTURE, STYLES)
LETTERS = st.sampled_from("aegijmpqWÀŒ—“?Щ")
WORDS = st.lists(st.builds(str.__mul__, LETTERS, st.integers(1, 150)), min_size=1, max_size=60).map(" ".join)


def check_cards(site: Built, pages: Collection[str], address: str = "") -> None:
    """Find beside each of these pages, and no other, a picture of its own, and what leads to it on the page."""
    for name in pages:
        said, folder = site.pages[name].meta, name.removesuffix("index.html")
        path = (site.site / name).with_name(said["og:image"].removeprefix(f"{address}{folder}" if address else ""))
        assert path.stat().st_size <= 40_000, name
        with Image.open(path) as image:
            shown = str(image.width), str(image.height)
            assert shown == (said["og:image:width"], said["og:image:height"]) == ("1200", "630"), name
        assert said["og:title"] in said["og:image:alt"] or name == "index.html"
        assert {"og:type", "og:site_name"} <= said.keys(), name
        assert said["twitter:card"] == "summary_large_image"
    pictures = [path.read_bytes() for path in site.site.rglob("card.png")]
    assert len(set(pictures)) == len(pictures) == len(pages)


def test_every_page_has_its_picture_named_in_full_where_the_site_has_an_address_and_drawn_the_same() -> None:
    folder = copy_project(EXPLAINER, new_folder() / "project")
    shutil.copy(PICTURE, folder / "docs")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("extra:\n", f"extra:\n  share_cards: {PICTURE.name}\n"))
    drawn = []
    for address in ("", ADDRESS):
        done = run(folder, "mkdocs", "build", SITE_URL=address)
        assert done.returncode == 0, complaints(done.stderr)
        placed = Built(folder, done.stderr)
        check_cards(placed, placed.content, address)
        drawn.append({name: mark for name, mark in placed.files().items() if Path(name).name == "card.png"})
    for name, page in placed.content.items():
        assert page.meta["og:image"] == f"{ADDRESS}{name.removesuffix('index.html')}card.png"
        assert page.meta["og:url"] == ADDRESS + name.removesuffix("index.html")
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == len(placed.content) == 3


@settings(max_examples=20, deadline=None)
@example("q" * 150, "i" * 300, "W" * 150 + " Àe" * 900)
@given(WORDS, WORDS | st.just(""), WORDS)
def test_no_word_of_any_length_leaves_the_column(site_name: str, label: str, title: str) -> None:
    drawn = []
    for place, text, colour in DRAWN.place_texts(ShareCard(site_name, label, title)):
        sheet = Image.new("RGB", (WIDTH, HEIGHT), "white")
        ImageDraw.Draw(sheet).text(place, text, colour, anchor=FOOT)
        if ink := ImageChops.invert(sheet).getbbox():
            overhang = 0.12 * text.font.size  # a letter may reach a little beyond its own width
            assert MARGIN - overhang <= ink[0] < ink[2] <= MARGIN + COLUMN + overhang
            assert ink[3] < HEIGHT - 20
            drawn.append((ink[1], ink[3]))
    drawn.sort()
    assert all(above[1] <= below[0] for above, below in pairwise(drawn))


def test_a_text_is_drawn_as_large_as_it_has_room_and_left_out_where_it_has_none() -> None:
    sizes = []
    for title in (
        "Arms",
        "Does China arm Russia for its war in Ukraine?",
        "Is it so? " * 30,
        "W" * 100,
        "so " * 900,
    ):
        texts = [text for _, text, _ in DRAWN.place_texts(ShareCard("", "A label", title))]
        sizes.append(texts[0].font.size if texts else 0)
    assert sizes == [118, 98, 42, 0, 0]


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
        ("W" * 100, ""),
        ("so " * 900, ""),
    ],
)
def test_a_title_is_drawn_whole_or_not_at_all(title: str, drawn: str) -> None:
    card = DRAWN.choose_words("A site", "A label", title)
    assert card == (ShareCard("A site", "A label", drawn) if drawn else ShareCard("A site", "", ""))
    words = {text.text.replace("\n", " ") for _, text, _ in DRAWN.place_texts(card)}
    assert words == ({"A site", "A label", drawn} if drawn else {"A site"})


def test_a_stylesheet_or_picture_that_lacks_something_is_named(tmp_path: Path) -> None:
    bare = tmp_path / "bare.css"
    bare.write_text(":root { --xp-ink: light-dark(#000000, #ffffff) }", encoding="utf-8")
    faceless = tmp_path / "faceless.css"
    faceless.write_text(STYLES.read_text(encoding="utf-8").replace("--xp-display", "--xp-other"), encoding="utf-8")
    small = tmp_path / "small.png"
    Image.new("RGB", (64, 64)).save(small)
    for picture, stylesheet, message in (
        (PICTURE, bare, "no colour, or no face with an @font-face, --xp-ink-soft in bare.css; write one"),
        (
            PICTURE,
            tmp_path / "none.css",
            "no colour, or no face with an @font-face, --xp-ink in none.css; write one",
        ),
        (PICTURE, faceless, "no colour, or no face with an @font-face, --xp-display in faceless.css; write one"),
        (small, STYLES, "small.png should be 1200 pixels wide and 630 high; draw it so"),
        (STYLES, STYLES, "tokens.css is no picture that opens"),
        (tmp_path / "none.png", STYLES, "none.png is no picture that opens; put it back"),
    ):
        with pytest.raises(AuthorError, match=message):
            ShareCards(picture, stylesheet)
