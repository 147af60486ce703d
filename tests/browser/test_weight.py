"""What a first view weighs, that it does not move, and that nothing is published which nobody asks for."""

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import count, takewhile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from ..support.browser import DESKTOP, PHONE, SHIFTS, serving, visiting
from ..support.builds import EXPLAINER, PROJECT, Built, Page, build, built, copy_project, new_folder

# In bytes, each answer compressed as a host would: gzip, level 9. Fonts and pictures are compressed already.
FIRST_VIEW = 75_000
FONTS = 120_000
REQUESTS = 12
COMPRESSED = (".woff2", ".png")

# Asked for by their well-known names, by hosts and search engines; the licences have to go where the fonts go.
UNLINKED = {
    "404.html",
    "_headers",
    "sitemap.xml",
    "sitemap.xml.gz",
    "fonts/newsreader-OFL.txt",
    "fonts/schibsted-grotesk-OFL.txt",
}
# What a page names for browsers and machines: to follow, fetch or show.
NAMED = ("href", "src", "srcset", "content")


@pytest.fixture(scope="module")
def site() -> Built:
    return built(PROJECT)


@cache  # pages share most of what they ask for
def weight(file: Path) -> int:
    """What the answer of a host weighs that serves this file; to ask the browser for it takes longer."""
    body = file.read_bytes()
    return len(body if file.suffix in COMPRESSED else gzip.compress(body, 9))


def first_view(
    browser: Browser, folder: Path, address: str, viewport: dict[str, int], *, whole: bool = True
) -> tuple[dict[str, int], list[str]]:
    """What each file of the folder weighs that a page asks for, by its path, until it is shown or, as a whole,
    until nothing more is asked for; and what moved meanwhile.
    """
    with visiting(browser, viewport=viewport) as visit:
        visit.page.add_init_script(SHIFTS)
        visit.page.goto(address, wait_until="networkidle" if whole else "load")
        visit.page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        visit.page.wait_for_timeout(100)
        visit.assert_quiet(address)
        paths = [urlsplit(url).path.lstrip("/") for url in visit.asked]
        return {path: weight(folder / path) for path in paths}, visit.page.evaluate("window.shifts")


def excess(weights: dict[str, int]) -> list[str]:
    """What a first view has too much of."""
    fonts = sum(size for path, size in weights.items() if path.endswith(".woff2"))
    rest = sum(weights.values()) - fonts
    return [
        *([f"{len(weights)} requests"] if len(weights) > REQUESTS else []),
        *([f"{rest} bytes apart from fonts: {weights}"] if rest > FIRST_VIEW else []),
        *([f"{fonts} bytes of fonts"] if fonts > FONTS else []),
        *(["the index of the search"] if any(path.endswith("search/index.json") for path in weights) else []),
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    ("viewport", "late"),
    [(PHONE, 0.3), (DESKTOP, 0.0), (DESKTOP, 0.3)],
    ids=["phone, fonts late", "desktop, fonts at once", "desktop, fonts late"],
)
def test_a_first_view_is_light_and_does_not_move(
    viewport: dict[str, int], late: float, site: Built, browser: Browser
) -> None:
    found = {}
    with serving(site.site, slow=".woff2", delay=late) as address:
        for name in site.pages:
            for _ in range(4):  # a face may come just after the first paint; what is late moves every time
                weights, moved = first_view(browser, site.site, address + name, viewport, whole=not late)
                if not moved:
                    break
            assert {"css/site.css", "js/masthead.js", "fonts/newsreader.woff2"} <= set(weights), name
            allowed = {"the index of the search"} if name == "404.html" else set()  # it offers what was meant
            if wrong := [*({*excess(weights)} - allowed), *(f"moved by {each}" for each in moved)]:
                found[name] = wrong
    assert found == {}


def test_the_scales_would_show_what_is_too_much() -> None:
    assert excess({"a.css": 40_000, "a.js": 40_000}) == [
        "80000 bytes apart from fonts: {'a.css': 40000, 'a.js': 40000}"
    ]
    assert excess({f"{number}.js": 1 for number in range(13)}) == ["13 requests"]
    assert excess({"a.woff2": 130_000}) == ["130000 bytes of fonts"]
    assert excess({"search/index.json": 1}) == ["the index of the search"]


def test_what_comes_late_and_moves_the_page_would_be_seen(site: Built, browser: Browser) -> None:
    folder = new_folder() / "site"
    shutil.copytree(site.site, folder)
    with (folder / "js" / "masthead.js").open("a", encoding="utf-8") as script:
        script.write("setTimeout(() => document.querySelector('h1').before('later'), 300)\n")
    with serving(folder) as address:
        _, moved = first_view(browser, folder, f"{address}index.html", PHONE)
    assert moved


def asked_for(site: Built) -> Iterator[str]:
    """Every file that a page, a style, a script or a machine's reader of the site names."""
    for page in site.pages.values():
        yield page.name
        yield from named(page)
    for path in (*site.site.rglob("*.css"), *site.site.rglob("*.js")):
        for address in re.findall(r"""(?:url|import)\(["']?([^)"']+)""", path.read_text(encoding="utf-8")):
            yield Page(path.relative_to(site.site).as_posix(), next(iter(site.pages.values())).root).target(
                address
            )[0]
    yield from loaded_by_search(site)


def loaded_by_search(site: Built) -> Iterator[str]:
    """The files of the search index: the first, and those that it and the number of entries call for."""
    yield "search/index.json"
    yield "search/filters.json"
    index = json.loads((site.site / "search" / "index.json").read_text(encoding="utf-8"))
    yield from (f"search/words-{number}.json" for number in range(len(index["words"])))
    names = (f"search/entries-{number}.json" for number in count())
    yield from takewhile(lambda name: (site.site / name).exists(), names)


def named(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        for attribute in NAMED:
            value = element.get(attribute, "")
            for address in value.split(",") if attribute == "srcset" else [value]:
                yield page.target(address.split()[0] if address.split() else "")[0]


def unasked(site: Built) -> list[str]:
    files = {path.relative_to(site.site).as_posix() for path in site.site.rglob("*") if path.is_file()}
    return sorted(files - set(asked_for(site)) - UNLINKED)


def test_nothing_is_published_that_nobody_asks_for(site: Built) -> None:
    assert unasked(site) == []


def test_what_is_named_as_unlinked_is_published(site: Built) -> None:
    assert [name for name in sorted(UNLINKED) if not (site.site / name).is_file()] == []


def test_a_file_that_nobody_asks_for_would_be_seen() -> None:
    folder = copy_project(EXPLAINER, new_folder() / "project")
    for name in ("site.js.map", "unread.json"):
        (folder / "overrides" / "js" / name).write_text("{}", encoding="utf-8")
    assert build(folder).returncode == 0
    before = unasked(built(EXPLAINER))
    assert [each for each in unasked(Built(folder, "")) if each not in before] == [
        "js/site.js.map",
        "js/unread.json",
    ]


def test_published_scripts_hold_no_lines_of_comment_and_all_of_the_rest(site: Built) -> None:
    for path in Path(PROJECT, "overrides", "js").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        published = (site.site / "js" / path.name).read_text(encoding="utf-8")
        assert published.splitlines() == [line for line in lines if not line.strip().startswith("//")]


def test_the_published_stylesheet_holds_no_comments_and_all_of_the_rest(site: Built) -> None:
    published = (site.site / "css" / "site.css").read_text(encoding="utf-8")
    assert "/*" not in published
    layers = re.findall(r"^@layer (\w+) {$", published, re.MULTILINE)
    assert layers == ["tokens", "theme", "components", "pages"]
    parts = [
        path.read_text(encoding="utf-8")
        for folder in ("overrides/css", "macros/components")
        for path in Path(PROJECT, folder).rglob("*.css")
    ]
    parts += [f"@layer {layer} {{}}" for layer in layers]
    assert sorted("".join(published.split())) == sorted(
        "".join(re.sub(r"/\*.*?\*/", "", "".join(parts), flags=re.DOTALL).split())
    )
