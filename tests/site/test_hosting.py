"""A site on a host: its address in all that it writes, and what nginx answers with the settings in deploy/."""

import gzip
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from types import SimpleNamespace
from xml.etree.ElementTree import fromstring

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader

from ..support.builds import EXPLAINER, PROJECT, built, copy_project, new_folder, run

ADDRESS = "https://example.org/repo/"
MIME_TYPES = Path("/etc/nginx/mime.types")
needs_nginx = pytest.mark.skipif(
    not (shutil.which("nginx") and MIME_TYPES.exists() and os.access("/var/lib/nginx", os.W_OK)),
    reason="what nginx answers is not checked: it is not installed here, or not as this user",
)

# Where a page gives an address that has to be whole.
WHOLE = (
    r'<link rel="canonical" href="([^"]+)"',
    r'<meta property="og:(?:url|image)" content="([^"]+)"',
    r'<meta name="citation_public_url" content="([^"]+)"',
    r'"@id":"([^"]+)"',
    r'class="xp-colophon__address" href="([^"]+)"',
)


@pytest.fixture(scope="module")
def site() -> Iterator[Path]:
    """The site of the second explainer, for readers at ADDRESS."""
    folder = copy_project(EXPLAINER, new_folder() / "project")
    done = run(folder, "mkdocs", "build", SITE_URL=ADDRESS.removesuffix("/"))
    assert done.returncode == 0, done.stderr
    assert "site_url" not in done.stderr
    yield folder / "site"
    shutil.rmtree(folder)


def test_every_whole_address_begins_with_the_sites(site: Path) -> None:
    for page in site.rglob("index.html"):
        text = page.read_text("utf-8")
        for pattern in WHOLE:
            found = [each for each in re.findall(pattern, text) if not each.startswith("_:")]
            assert found, (page, pattern)
            assert [each for each in found if not each.startswith(ADDRESS)] == []
        for name in ("APA 7", "Chicago 18"):
            assert re.search(rf"<dt>{name}</dt><dd><p>.*?{ADDRESS}", text), (page, name)
        assert re.search(rf"url = {{{ADDRESS}", text)
    in_sitemap = re.findall("<loc>(.+?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert len(in_sitemap) == len([*site.rglob("index.html")])
    feed = (site / "corrections.xml").read_text("utf-8")
    for found in (in_sitemap, re.findall('href="(.+?)"', feed)):
        assert [each for each in found if not each.startswith(ADDRESS)] == []
    rows = json.loads((site / "data.json").read_text("utf-8"))
    assert f'"{ADDRESS}' in json.dumps(rows)


def test_the_map_of_the_site_names_no_day_where_none_is_known(site: Path) -> None:
    assert "<lastmod>2023-11-14</lastmod>" in (site / "sitemap.xml").read_text("utf-8")
    template = Environment(loader=FileSystemLoader(PROJECT / "overrides")).get_template("sitemap.xml")
    page = SimpleNamespace(canonical_url="https://a.example/?b&c", update_date="1970-01-01", is_link=False)
    text = template.render(pages=[SimpleNamespace(page=page)], config=SimpleNamespace(extra={"built": ""}))
    assert [each.text for each in fromstring(text).iter() if (each.text or "").strip()] == [page.canonical_url]


def test_a_build_without_an_address_says_what_is_missing() -> None:
    assert "no site_url, which SITE_URL=https://… gives: the sitemap is empty" in built(PROJECT).log


class Host:
    """nginx, with the settings that the image has."""

    def __init__(self, folder: Path, site: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = (PROJECT / "deploy" / "nginx.conf").read_text("utf-8")
        here = {
            "listen 8080": f"listen 127.0.0.1:{self.port}",
            "/srv/site": str(site),
            "pid /tmp": f"pid {folder}",
        }
        for written, replacement in here.items():
            assert written in settings
            settings = settings.replace(written, replacement)
        (folder / "nginx.conf").write_text(settings, "utf-8")
        shutil.copy(MIME_TYPES, folder)
        command = re.search(r"^RUN (.+)$", (PROJECT / "deploy" / "Containerfile").read_text("utf-8"), re.MULTILINE)
        assert command
        shutil.copy(PROJECT / "deploy" / "nginx.sed", folder)
        made = command[1].replace("/srv/site", str(site)).replace("/etc/nginx", str(folder))
        subprocess.run(["sh", "-c", made], check=True)
        user = "user root; " if os.getuid() == 0 else ""  # may read the folders of tests
        self.process = subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-g", f"{user}daemon off;"])
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("nginx does not answer")

    def get(self, path: str, **headers: str) -> tuple[int, Message, bytes]:
        address = f"http://127.0.0.1:{self.port}/{path}"
        asked = urllib.request.Request(
            address, headers={name.replace("_", "-"): each for name, each in headers.items()}
        )
        try:
            with NO_REDIRECTS.open(asked, timeout=10) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()


class KeepRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


NO_REDIRECTS = urllib.request.build_opener(KeepRedirects)


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[Host]:
    (site / "_redirects").write_text("# A page that moved\n/before/  /record/  301\n", "utf-8")
    host = Host(new_folder(), site)
    yield host
    host.process.terminate()
    host.process.wait(10)


def test_actions_are_pinned_by_commit_and_may_do_no_more_than_they_must() -> None:
    text = (PROJECT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert used
    assert [each for each in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []
    jobs = yaml.safe_load(text)
    granted = [job["permissions"] for job in jobs["jobs"].values()]
    assert [jobs["permissions"], *granted] == [
        {},
        {"contents": "read", "pages": "read"},
        {"pages": "write", "id-token": "write"},
    ]


@needs_nginx
def test_nginx_sends_the_headers_of_the_site_with_every_answer(host: Host, site: Path) -> None:
    said = re.findall("^  (.+?): (.+)$", (site / "_headers").read_text("utf-8"), re.MULTILINE)
    cache = said.pop()
    assert len(said) == 4
    for path in ("", "css/site.css", "data.json", "nowhere/"):
        headers = host.get(path)[1]
        assert [(name, headers[name]) for name, _ in said] == said, path
        assert re.fullmatch("nginx", headers["Server"])
    font = next((site / "fonts").glob("*.woff2")).name
    assert ("Cache-Control", host.get(f"fonts/{font}")[1]["Cache-Control"]) == cache


@needs_nginx
@pytest.mark.parametrize(
    ("path", "kind", "fresh"),
    [
        ("record/", "text/html; charset=utf-8", "no-cache"),
        ("css/site.css", "text/css; charset=utf-8", "no-cache"),
        ("js/preview.js", "application/javascript; charset=utf-8", "no-cache"),
        ("data.json", "application/json; charset=utf-8", "no-cache"),
        ("corrections.xml", "text/xml; charset=utf-8", "no-cache"),
    ],
)
def test_nginx_compresses_texts_and_has_browsers_ask_again(host: Host, path: str, kind: str, fresh: str) -> None:
    _, plain, body = host.get(path)
    status, headers, packed = host.get(path, Accept_Encoding="gzip")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, kind, fresh)
    assert (headers["Content-Encoding"], headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed) == body
    assert len(packed) < len(body)
    assert host.get(path, If_None_Match=plain["ETag"])[0] == 304


@needs_nginx
def test_nginx_does_not_compress_pictures_and_fonts_again(host: Host, site: Path) -> None:
    for path in [*site.rglob("*.woff2")]:
        _, headers, _ = host.get(path.relative_to(site).as_posix(), Accept_Encoding="gzip")
        assert (headers["Content-Type"], headers["Content-Encoding"]) == ("font/woff2", None)


@needs_nginx
def test_nginx_answers_former_and_wrong_addresses(host: Host, site: Path) -> None:
    status, headers, _ = host.get("record")
    assert (status, headers["Location"]) == (301, "/record/")
    status, headers, _ = host.get("before/")
    assert (status, headers["Location"]) == (301, "/record/")
    assert host.get("nowhere/")[::2] == (404, (site / "404.html").read_bytes())
    former = re.findall("^([a-z-]+): ", (EXPLAINER / "data" / "redirects.yml").read_text(), re.MULTILINE)[0]
    assert f'id="{former}"'.encode() in host.get("record/")[2]
