"""The Content-Security-Policy, checked on every finished page: a browser blocks silently what it forbids.

A script is in a file, or its hash is in the policy. The hashes are written by hand, because hashing whatever is
found would allow what somebody injected.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from ..problems import Problem

# Parsing takes far longer than searching, so that only a page with a suspect is parsed.
SUSPECT = re.compile(
    r"<script(?! src=\"(?!//)[\w./-]*\"(?: defer| type=\"module\")?>)(?! type=\"application/ld\+json\">)"
    r"|<style|[\s\"'/](?:style|on[a-z]+)\s*=|javascript\s*:",
    re.IGNORECASE,
)
DATA = ("application/ld+json", "application/json")
MOVE = "put it into overrides/js/ and name it in overrides/base.html"


class _Reader(HTMLParser):
    """Parser of a page; `found` holds, for each breach, a pattern to find it in a source, and the message."""

    def __init__(self, policy: str) -> None:
        super().__init__(convert_charrefs=False)
        self.policy = policy
        self.open = ""
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            if name == "style":
                self.found.append(
                    (r"\bstyle\s*=", 'a "style" attribute; give it a class, and a stylesheet its style')
                )
            elif name.startswith("on"):
                self.found.append((rf"\b{name}\s*=", f'a script in "{name}"; {MOVE}'))
            elif re.match(r"[\s\0]*javascript\s*:", value, re.IGNORECASE):
                self.found.append((r"javascript\s*:", f'a script in "{name}"; {MOVE}'))
        if tag == "style" or (tag == "script" and given.get("type") not in DATA and "src" not in given):
            self.open = tag
            self.inline = ""
        elif tag == "script" and re.match(r"(\w+:)?//", given.get("src", "")):
            address = re.escape(given["src"])
            self.found.append((address, f"a script of another host; {MOVE}"))

    def handle_data(self, data: str) -> None:
        if self.open:
            self.inline += data

    def handle_endtag(self, tag: str) -> None:
        if tag != self.open:
            return
        self.open = ""
        digest = f"'sha256-{b64encode(sha256(self.inline.encode()).digest()).decode()}'"
        if digest not in self.policy:
            do = MOVE if tag == "script" else "put it into a stylesheet"
            pin = f"add {digest} to content_security_policy in mkdocs.yml"
            what = f"an inline {tag} that the policy does not allow; {do}, or {pin}"
            beginning = re.escape(self.inline.strip()[:20].partition("\n")[0])
            self.found.append((rf"<{tag}\b[^>]*>\s*{beginning}", what))


def breaches(html: str, policy: str) -> Iterator[tuple[str, str]]:
    """Yield each breach of a policy on a finished page: a pattern to find it in a source, and the message."""
    if policy not in html:
        yield "<head", "has no Content-Security-Policy; keep the block site_meta of base.html"
    if SUSPECT.search(html):
        reader = _Reader(policy)
        reader.feed(html)
        reader.close()
        yield from reader.found


def _find_line(pattern: str, sources: Iterable[Path], root: Path) -> tuple[str, int] | None:
    """Return the first of the sources that holds a pattern, and the line."""
    for source in sources:
        found = re.search(pattern, text := source.read_text(encoding="utf-8"), re.IGNORECASE)
        if found:
            return source.relative_to(root).as_posix(), text.count("\n", 0, found.start()) + 1
    return None


def policy_problems(site: Path, policy: str, written: dict[str, str], root: Path) -> list[Problem]:
    """Return the breaches of the policy on all pages of a site, each at the line that wrote it, if known.

    `written` names the file in docs/ of each page, by the page's path in the site.
    """
    found = set()
    shared = [
        path for folder in ("overrides", "macros/components") for path in sorted((root / folder).rglob("*.html"))
    ]
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        own = [root / written[name]] if name in written else []
        for pattern, text in breaches(path.read_text(encoding="utf-8"), policy):
            file, line = _find_line(pattern, [*own, *shared], root) or (written.get(name, name), 0)
            found.add(Problem(file, line, 0, text))
    return sorted(found)
