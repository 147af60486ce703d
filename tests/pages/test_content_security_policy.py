"""The Content-Security-Policy: strict, on every page and in the headers, and held to by the build."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from macros.pages.content_security_policy import Breach, Reader, file_breaches, page_problems

from ..support.builds import EXPLAINER, PROJECT, Built, build, built, complaints, copy_project, new_folder

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'none'; "
    "img-src 'self' data: https://images.example *.free.example; media-src 'self'"
)
FILES = dict.fromkeys(["index.html", "a.mp4", "page/b c.png", "page/index.html", "c/index.html"], "")
HEAD = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'


def breaches(html: str, policy: str = POLICY) -> list[Breach]:
    reader = Reader(policy)
    reader.read_page(html)
    return reader.found


@pytest.fixture(scope="module", params=[PROJECT, EXPLAINER], ids=["site", "explainer"])
def site(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_every_page_forbids_what_it_does_not_need_and_the_headers_say_the_same(site: Built) -> None:
    policies = set()
    for page in site.pages.values():
        found = [each.get("content") or "" for each in page.root.iter("meta") if each.get("http-equiv")]
        assert len(found) == 1, page.name
        policies |= set(found)
    (policy,) = policies
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    headers = re.search(r"^/\*\n  Content-Security-Policy: (.+)$", (site.site / "_headers").read_text(), re.M)
    assert headers
    # A page cannot say who may frame it; only a header can.
    assert headers[1] == f"{policy}; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<script>alert(1)</script>", "an inline script that the policy does not allow"),
        ("<SCRIPT\n>alert(1)</SCRIPT>", "an inline script that the policy does not allow"),
        ('<script type="module">alert(1)</script>', "an inline script that the policy does not allow"),
        ('<script data-x=" src=">alert(1)</script>', "an inline script that the policy does not allow"),
        ('<script src="//elsewhere.example/x.js"></script>', "a script of another host"),
        ('<script defer src="https://elsewhere.example/x.js"></script>', "a script of another host"),
        ("<style>p { color: red }</style>", "an inline style that the policy does not allow"),
        ('<p style="color: red">', 'a "style" attribute'),
        ('<p title=">" style=color:red>', 'a "style" attribute'),
        ("<img/onerror=alert(1) src=x>", 'a script in "onerror"'),
        ('<p ONCLICK="alert(1)">', 'a script in "onclick"'),
        ('<a href=" javascript:alert(1)">', 'a script in "href"'),
        ('<img src="https://elsewhere.example/a.png">', '<img> loads "https://elsewhere.example/a.png"'),
        ("<table background=//elsewhere.example/a.png>", '<table> loads "//elsewhere.example/a.png"'),
        ("<IMG SRC=//elsewhere.example/a.png>", '<img> loads "//elsewhere.example/a.png"'),
        ('<img srcset="a.png 1x, https://b.example/b.png 2x">', '<img> loads "https://b.example/b.png"'),
        ('<img srcset="a.png 1x,https://b.example/b.png 2x">', '<img> loads "https://b.example/b.png"'),
        ('<svg><use href="https://a.example/b.svg#c"/></svg>', '<use> loads "https://a.example/b.svg#c"'),
        ('<a href="/" ping="https://a.example/">A</a>', '<a> loads "https://a.example/"'),
        ('<img src="https://images.example.evil/a.png">', '<img> loads "https://images.example.evil/a.png"'),
        ('<img src="http://images.example/a.png">', '<img> loads "http://images.example/a.png"'),
        ('<iframe src="https://a.example/?b=1&amp;c=2"></iframe>', '<iframe> loads "https://a.example/?b=1&c=2"'),
        ('<video src="https://a.example/b.mp4"></video>', '<video> loads "https://a.example/b.mp4"'),
        (
            '<video src="b.mp4" poster="https://a.example/b.png"></video>',
            '<video> loads "https://a.example/b.png"',
        ),
        ('<audio><source src="https://a.example/b.mp3"></audio>', '<source> loads "https://a.example/b.mp3"'),
        ('<object data="b.svg"></object>', '<object> loads "b.svg"'),
        ('<form action="https://a.example/"></form>', '<form> loads "https://a.example/"'),
        ('<link rel="stylesheet" href="https://a.example/b.css">', '<link> loads "https://a.example/b.css"'),
        ('<img src="https://evil.example/b.free.example">', '<img> loads "https://evil.example/b.free.example"'),
        ('<link rel="preload" as="font" href="a.woff2">', '<link> loads "a.woff2"'),
        ('<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>', 'a page in "srcdoc"'),
    ],
)
def test_whatever_the_policy_would_stop_is_told(html: str, said: str) -> None:
    (breach,) = breaches(HEAD + html)
    assert breach.text.startswith(said)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="../js/masthead.js" type="module"></script>',
        '<script type="application/ld+json">{"a": "<p onclick=x style=y>"}</script>',
        "<p>Turn it on = off, with &lt;script&gt; and style = none.</p>",
        '<img src="a.png"><img src="data:image/png;base64,AA"><img src="https://images.example/a.png">',
        '<img src="//a.free.example/b.png"><img src="https://b.free.example">',
        '<img srcset="data:image/png;base64,AA 1x, b.png 2x"><svg><use href="#c"/></svg>',
        '<video src="a.mp4" poster="a.png"><source src="b.mp4"><track src="c.vtt"></video><audio src="d.mp3">',
        '<link rel="preload" as="image" href="https://images.example/a.png">',
        '<link rel="preload" as="style" href="a.css"><link rel="modulepreload preload" as="script" href="a.js">',
        '<link rel="canonical" href="https://a.example/"><form role="search" method="dialog"></form>',
    ],
)
def test_what_the_policy_allows_passes(html: str) -> None:
    assert breaches(HEAD + html) == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<video src="../a.mp4">', []),
        (
            '<video src="a.mp4">',
            ['<video> loads "a.mp4", and there is no such file; from this page, write "../a.mp4"'],
        ),
        ('<img src="b%20c.png?d#e">', []),
        (
            '<script src="g.js">',
            ['<script> loads "g.js", and there is no such file; put it into docs/, or fix its name'],
        ),
        (
            '<img src="d.png">',
            ['<img> loads "d.png", and there is no such file; put it into docs/, or fix its name'],
        ),
        (
            '<a href="f.md#g">',
            ['<a> leads to "f.md", and there is no such file; write the link in Markdown'],
        ),
        (
            '<a href="a (b).md">',
            ['<a> leads to "a (b).md", and there is no such file; write the link in Markdown'],
        ),
        ('<a href="../"><a href=".."><a href="#a"><a href="?b"><a href="">', []),
        (
            '<a href="/a.mp4" id="b"><a href="https://x.example/c/"><a href="../a.mp4#d"><a href="../c">',
            [
                '<a> leads to "/a.mp4", which starts at the root of the host; from this page, write "../a.mp4"',
            ],
        ),
        (
            '<a href="f/#g"><a href="f/#h"><area href="c/">',
            [
                '<a> leads to "f/", and there is no such file; put it into docs/, or fix its name',
                '<area> leads to "c/", and there is no such file; from this page, write "../c/"',
            ],
        ),
        (
            '<link rel="stylesheet" href="e.css"><link rel="icon" href="/f.svg">',
            ['<link> loads "e.css", and there is no such file; put it into docs/, or fix its name'],
        ),
    ],
)
def test_a_file_that_a_page_loads_or_leads_to_exists(html: str, said: list[str]) -> None:
    reader = Reader("")
    reader.read_page(html)
    assert [each.text for each in file_breaches(reader.own, "page/index.html", FILES)] == said


def test_a_breach_is_told_where_the_address_is_written_and_not_where_its_letters_are(tmp_path: Path) -> None:
    own = tmp_path / "docs" / "a.md"
    own.parent.mkdir()
    own.write_text("# The map\n\nA map: map.\n\n<object data=map></object>\n", encoding="utf-8")
    html = f'{HEAD}<object data="map"></object>'
    found = page_problems(html, POLICY, "a/index.html", {"a/map": ""}, own, tmp_path)
    assert [(each.line, each.text[:19]) for each in found] == [(5, '<object> loads "map')]


@pytest.mark.parametrize(
    ("page", "href"),
    [
        ("index.html", "my-draft/"),
        ("a/index.html", "../my-draft/"),
        ("a/index.html", "../my-draft/index.html#b"),
        ("a/b/index.html", "../../my-draft/?c"),
    ],
)
def test_a_link_to_what_is_not_published_is_told_wherever_it_stands(page: str, href: str, tmp_path: Path) -> None:
    files = {"my-draft/index.html": "docs/my-draft.md", "a/index.html": ""}
    found = page_problems(f'{HEAD}<a href="{href}">A</a>', POLICY, page, files, None, tmp_path)
    assert [each.text.partition(";")[0] for each in found] == ["leads to docs/my-draft.md, which is not published"]
    other = page_problems(f'{HEAD}<a href="{href.replace("-", ".")}">A</a>', POLICY, page, files, None, tmp_path)
    assert other == []


def test_a_page_names_the_policy_and_a_file_that_is_copied_need_not(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    told = [page_problems("<p>", POLICY, "a/index.html", {}, docs / own, tmp_path) for own in ("a.md", "a.html")]
    assert [[problem.file for problem in each] for each in told] == [["docs/a.md"], []]


@pytest.mark.parametrize(
    ("css", "directive"),
    [
        ("@import url(https://a.example/b.css);", "style-src"),
        ("@import 'https://a.example/b.css';", "style-src"),
        ("@font-face { src: url(https://a.example/b.woff2) }", "font-src"),
        ("p { background: URL( '//a.example/b.png' ) }", "img-src"),
        ("p { background: image-set('https://a.example/b.png' 1x) }", "img-src"),
        ("p { background: url(https://images.example/b.png), url(data:image/png;base64,AA), url(b.png) }", ""),
        ("/* url(https://a.example/b.png) */", ""),
    ],
)
def test_what_the_policy_would_stop_in_a_stylesheet_is_told(css: str, directive: str) -> None:
    reader = Reader(POLICY)
    reader.read_stylesheet(css)
    found = [each.text for each in reader.found]
    assert [re.search("under ([a-z-]+) of", text)[1] for text in found] == ([directive] if directive else [])


def test_an_inline_script_passes_whose_hash_the_policy_names_and_no_other() -> None:
    digest = b64encode(sha256(b"start()").digest()).decode()
    pinned = f"{POLICY} 'sha256-{digest}'"
    head = HEAD.replace(POLICY, pinned)
    assert breaches(f"{head}<script>start()</script>", pinned) == []
    assert breaches(f"{head}<script>start( )</script>", pinned)


def test_a_build_fails_with_a_script_or_style_that_nobody_pinned_in_a_page_or_an_override() -> None:
    folder = copy_project(EXPLAINER, new_folder() / "project")
    page, footer = folder / "docs" / "winter.md", folder / "overrides" / "partials" / "footer.html"
    written = page.read_text(encoding="utf-8").rstrip("\n")
    line = written.count("\n") + 3
    page.write_text(f'{written}\n\n<script>open()</script>\n\n<p onclick="x()" style="color: red">Red</p>\n')
    footer.write_text(footer.read_text(encoding="utf-8") + "<script>count()</script>\n", encoding="utf-8")
    last = footer.read_text(encoding="utf-8").count("\n")
    done = build(folder)
    assert done.returncode != 0
    assert not (folder / "site").exists()
    said = [each.split("-  ")[1] for each in complaints(done.stderr) if each.startswith("ERROR")]
    starts = sorted(each.partition(";")[0] for each in said)
    assert starts == [
        f"docs/winter.md:{line}: an inline script that the policy does not allow",
        f'docs/winter.md:{line + 2}: a "style" attribute',
        f'docs/winter.md:{line + 2}: a script in "onclick"',
        f"overrides/partials/footer.html:{last}: an inline script that the policy does not allow",
    ]
    assert all("put it into " in each or "give it a class" in each for each in said)


def test_the_error_page_names_its_files_from_the_root_and_lacks_none_beside_it(tmp_path: Path) -> None:
    template = tmp_path / "overrides" / "404.html"
    template.parent.mkdir()
    template.write_text('<img src="gone.png">\n<img src="/there.png">\n', encoding="utf-8")
    found = page_problems(f"{POLICY}{template.read_text()}", POLICY, "404.html", {}, None, tmp_path)
    assert [(each.place, "gone.png" in each.text) for each in found] == [("overrides/404.html:1", True)]


@pytest.mark.parametrize("href", ["../my-draft/", "../my-draft/#part", "", "../other-draft/"])
def test_a_draft_may_lead_to_itself_and_to_other_drafts(href: str, tmp_path: Path) -> None:
    files = {f"{name}/index.html": f"docs/{name}.md" for name in ("my-draft", "other-draft")}
    page = f'{HEAD}<a href="{href}">A</a>'
    assert page_problems(page, POLICY, "my-draft/index.html", files, None, tmp_path) == []
