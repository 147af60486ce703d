"""Links that lead out: one that fails on three days is gone, and one bad day is none of them."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ..support import links


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        codes = {"/good": 200, "/shy": 403, "/no-head": 501 if self.command == "HEAD" else 200}
        copy = {"archived_snapshots": {"closest": {"url": "http://archive.example/copy"}}}
        self.send_response(200 if self.path.startswith("/wayback") else codes.get(self.path, 404))
        self.end_headers()
        if self.path.startswith("/wayback"):
            self.wfile.write(json.dumps(copy if "gone" in self.path else {}).encode())

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def write_site(folder: Path, *addresses: str) -> Path:
    folder.mkdir()
    page = "".join(f'<p><a class="a" href="{address}#:~:text=words">words</a>' for address in addresses)
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder


def test_an_address_is_gone_after_three_days(server, tmp_path, capsys, monkeypatch):
    bad = f"{server}/gone"
    site = write_site(tmp_path / "site", f"{server}/good", f"{server}/shy", f"{server}/no-head", bad)
    report, archive = tmp_path / "links.json", f"{server}/wayback?url="
    for day, code in (("2026-01-01", 0), ("2026-01-01", 0), ("2026-02-01", 0), ("2026-03-01", 1)):
        monkeypatch.setattr(links, "current_day", lambda day=day: day)
        assert links.main(site, report, archive) == code
    assert json.loads(report.read_text(encoding="utf-8")) == {
        "checked": "2026-03-01",
        "addresses": 4,
        "failures": {bad: dict.fromkeys(("2026-01-01", "2026-02-01", "2026-03-01"), "404 Not Found")},
    }
    said = capsys.readouterr().out
    assert said.count("add archived: https://archive.example/copy") == 1
    assert said.endswith("2026-03-01: 3 of 4 answer; links.json has the rest\n")


def test_an_address_that_answers_again_begins_anew(server, tmp_path):
    site, report = write_site(tmp_path / "site", f"{server}/good"), tmp_path / "links.json"
    report.write_text(json.dumps({"failures": {f"{server}/good": {"2026-01-01": "404", "2026-01-02": "404"}}}))
    assert links.main(site, report, f"{server}/wayback?url=") == 0
    assert json.loads(report.read_text(encoding="utf-8"))["failures"] == {}


def test_one_host_that_is_gone_is_no_missing_network(server, tmp_path, capsys):
    site, report = write_site(tmp_path / "site", "http://127.0.0.1:9/gone"), tmp_path / "links.json"
    assert links.main(site, report, f"{server}/wayback?url=") == 0
    assert "http://127.0.0.1:9/gone fails: [Errno 111] Connection refused" in capsys.readouterr().out


def test_without_a_network_nothing_is_written(tmp_path, capsys):
    site, report = write_site(tmp_path / "site", "http://127.0.0.1:9/a"), tmp_path / "links.json"
    assert links.main(site, report, "http://127.0.0.1:9/wayback") == 0
    assert capsys.readouterr().out.endswith("Links: not checked; there is no network\n")
    assert not report.exists()
