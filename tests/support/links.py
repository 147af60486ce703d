"""Check the addresses outside that the built site leads to, and write a dated report of those that fail.

`python -m tests.support.links` asks each once. One that fails on three days, with none between when it answers,
is gone: then an archived copy is looked for, and the exit code is 1. Without a network nothing is written.
"""

import datetime
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from .builds import PROJECT

REPORT = PROJECT / "links.json"
ARCHIVE = "https://archive.org/wayback/available?url="
STRIKES = 3
SECONDS = 20  # to wait for an answer
LINK = re.compile(r'<a\b[^>]*\shref="(https?://[^"#]+)')
# The server is there, and does not let programs in, or not now.
REFUSED = {401, 403, 429, 503}

Failures = dict[str, dict[str, str]]
"""What an address said on each day that it failed, by the address and the day in ISO 8601."""


def current_day() -> str:
    return datetime.date.today().isoformat()


def find_addresses(site: Path) -> dict[str, set[str]]:
    """Return each address outside that the pages of a site lead to, with the names of those pages."""
    found = defaultdict(set)
    for path in sorted(site.rglob("*.html")):
        for address in LINK.findall(path.read_text(encoding="utf-8")):
            found[unescape(address)].add(path.relative_to(site).as_posix())
    return found


def ask(address: str) -> str:
    """Return why an address fails; empty for one that answers. Raises OSError where nothing can be reached."""
    for method in ("HEAD", "GET"):  # not every server knows the first
        try:
            urlopen(
                Request(address, method=method, headers={"User-Agent": "Mozilla/5.0"}), timeout=SECONDS
            ).close()
            return ""
        except HTTPError as error:
            said = f"{error.code} {error.reason}"
            if error.code in REFUSED:
                return ""
    return said


def archived_copy(address: str, archive: str = ARCHIVE) -> str:
    """Return the address of the archive's closest copy of a page; empty where it has none."""
    with urlopen(archive + quote(address, safe=""), timeout=SECONDS) as answer:
        closest = json.load(answer).get("archived_snapshots", {}).get("closest", {})
    return str(closest.get("url", "")).replace("http://", "https://", 1)


def check(
    addresses: dict[str, set[str]], before: Failures, today: str, archive: str, say: Callable[[str], object]
) -> Failures | None:
    """Ask every address, and say what each answers; return the failures with those of `before`.

    Returns None when neither an address nor the archive can be reached: then there is no network.
    """

    def reach(address: str) -> tuple[str, bool]:
        try:
            return ask(address), True
        except OSError as error:
            return str(getattr(error, "reason", error)), False

    with ThreadPoolExecutor(8) as threads:
        answers = dict(zip(addresses, threads.map(reach, addresses), strict=True))
    if not any(reached for _, reached in answers.values()) and not reach(archive)[1]:
        return None
    failures: Failures = {}
    for address, (said, _) in answers.items():
        if not said:
            continue
        days = failures[address] = {**before.get(address, {}), today: said}
        say(f"{address} fails: {said} (on {len(days)} of {STRIKES} days; {', '.join(sorted(addresses[address]))})")
        if len(days) >= STRIKES:
            copy = archived_copy(address, archive)
            say(f"  it is gone; {f'add archived: {copy}' if copy else 'the archive has no copy of it'}")
    return failures


def main(site: Path, report: Path, archive: str = ARCHIVE) -> int:
    if not site.is_dir():
        print(f"{site} is missing; run make build first")
        return 2
    addresses, today = find_addresses(site), current_day()
    print(f"Asking {len(addresses)} addresses; up to {SECONDS} seconds each …", flush=True)
    before = json.loads(report.read_text(encoding="utf-8"))["failures"] if report.is_file() else {}
    failures = check(addresses, before, today, archive, print)
    if failures is None:
        print("Links: not checked; there is no network")
        return 0
    found = {"checked": today, "addresses": len(addresses), "failures": failures}
    report.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"{today}: {len(addresses) - len(failures)} of {len(addresses)} answer; {report.name} has the rest")
    return any(len(days) >= STRIKES for days in failures.values())


if __name__ == "__main__":
    sys.exit(main(PROJECT / "site", REPORT))
