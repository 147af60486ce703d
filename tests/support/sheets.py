"""A sheet of every component: its examples below each other, as the site shows them, drawn at three widths.

`tests/browser/pictures/` holds the sheets as they were last reviewed. As a command, draws all again.
"""

import io
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, Route

from macros.components.rendering import MACROS

from .browser import chromium
from .builds import PROJECT, built
from .components import examples

PICTURES = PROJECT / "tests" / "browser" / "pictures"
VERSION = PICTURES / "chromium.txt"
REJECTED = PROJECT / ".cache" / "pictures"

# Dark changes colours and nothing else.
VIEWS = ((360, "light"), (768, "light"), (1280, "light"), (360, "dark"))

# Two pictures are the same when they are of one size, hardly a pixel differs by more than the smoothed edges of
# letters do, and few by more than a machine's rounding. Of 255, pixels; of 255, share of all pixels.
EDGE, EDGES = 32, 12
SHADE, SHADES = 3, 0.005

COLOURS = 128
HOST = "http://sheets.invalid/"


def drawn() -> list[str]:
    """The components that are more than text."""
    return [name for name in MACROS if any("<" in example.render() for example in examples(name))]


def sheet(component: str) -> str:
    """The examples of a component as a page, everything that opens open."""
    shown = [example.render().replace("<details", "<details open") for example in examples(component)]
    if (MACROS[component].__doc__ or "").endswith("Inline."):
        shown = [f"<p>A sentence.{each}</p>" for each in shown]
    return (
        '<!doctype html><html lang="en" class="xp-scripted"><meta charset="utf-8">'
        '<link rel="stylesheet" href="css/site.css">'
        '<div class="xp-page"><main class="xp-page__main"><article class="xp-prose">'
        f"{'<hr>'.join(shown)}</article></main></div>"
    )


def draw(component: str, page: Page) -> Iterator[tuple[str, Image.Image]]:
    """A component's pictures by their names."""
    page.goto(f"{HOST}{component}")
    for width, scheme in VIEWS:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        yield f"{component}-{width}-{scheme}", shot(page)


def shot(page: Page) -> Image.Image:
    """The sheet as it stands, once its faces are there, in few colours."""
    page.evaluate("document.fonts.ready")
    data = page.locator(".xp-page").screenshot(animations="disabled")
    return few_colours(Image.open(io.BytesIO(data)).convert("RGB"))


def opened(browser: Browser, site: Path) -> Page:
    """A page at whose addresses there are the sheets, and the styles and fonts of a built site."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.lstrip("/")
        if path in MACROS:
            return route.fulfill(body=sheet(path), content_type="text/html")
        file = site / path
        if not file.is_file():
            return route.abort()
        body = file.read_bytes()
        if file.suffix == ".css":  # no picture without its fonts, however busy the machine is
            body = body.replace(b"font-display: optional", b"font-display: block")
        return route.fulfill(body=body, content_type=mimetypes.guess_type(path)[0] or "font/woff2")

    page = browser.new_context(reduced_motion="reduce").new_page()
    page.route("**/*", answer)
    return page


def few_colours(picture: Image.Image) -> Image.Image:
    """The picture in its commonest colours: these stay exact, the others become the nearest of them."""
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    palette = Image.new("P", (1, 1))
    colours = [channel for _, colour in counted[:COLOURS] for channel in colour]  # type: ignore[union-attr]
    palette.putpalette(colours + colours[:3] * (256 - len(colours) // 3))
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def difference(old: Image.Image, new: Image.Image) -> tuple[str, Image.Image | None]:
    """What is not the same in two pictures, if anything, and where."""
    if old.size != new.size:
        return f"{old.width} × {old.height} before, {new.width} × {new.height} now", None
    old, new = old.convert("RGB"), new.convert("RGB")
    red, green, blue = ImageChops.difference(old, new).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    counts = most.histogram()
    edges, shades = sum(counts[EDGE + 1 :]), sum(counts[SHADE + 1 :])
    if edges <= EDGES and shades <= SHADES * most.width * most.height:
        return "", None
    where = most.point(lambda value: 255 if value > SHADE else 0)
    told = f"{shades:,} pixels differ, {edges:,} of them by more than {EDGE} of 255, in {where.getbbox()}"
    return told, Image.composite(Image.new("RGB", new.size, "magenta"), new.convert("L").convert("RGB"), where)


def compare(name: str, new: Image.Image) -> str:
    """What is not the same in a component's picture and how it looks now; then both are kept to be looked at."""
    path = PICTURES / f"{name}.png"
    if not path.is_file():
        told, where = "there is no picture yet", None
    else:
        told, where = difference(Image.open(path), new)
    if told:
        REJECTED.mkdir(parents=True, exist_ok=True)
        new.save(REJECTED / f"{name}.png")
        if where:
            where.save(REJECTED / f"{name}-differs.png")
    return told


def write(browser: Browser) -> None:
    PICTURES.mkdir(exist_ok=True)
    page = opened(browser, built(PROJECT).site)
    old = {*PICTURES.glob("*.png")}
    for component in drawn():
        for name, picture in draw(component, page):
            picture.save(path := PICTURES / f"{name}.png", optimize=True)
            old.discard(path)
    for path in old:  # last, so that a run that is cut off deletes nothing
        path.unlink()
    VERSION.write_text(f"{major(browser)}\n", encoding="utf-8")


def major(browser: Browser) -> str:
    return browser.version.partition(".")[0]


if __name__ == "__main__":
    with chromium() as started:
        write(started)
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES}")
