"""The settings at the top of a page, read with their lines, because MkDocs tells no mistake in them."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from ..library.yaml import MAX_PAGE, Tree, parse_yaml, read_file, text_problems
from ..problems import Problem, ProblemsFoundError, did_you_mean, find_nearest

# What a page's settings are, else the build fails on them or takes them for others: YAML makes `1936` a number.
TYPES = {
    **dict.fromkeys(("title", "description", "schema"), (str, "one text; put it in quotation marks")),
    "template": (str, "the name of a template, as main.html"),
    "glossary": (bool, "true or false, without quotation marks"),
    "search": (dict, "as in search: {exclude: true}"),
    "scripts": (list, "a list, as [js/one.js]"),
}
SETTINGS = (*TYPES, "home_of", "own_words", "hide")
# Settings of other tools, and what stands for them here.
ELSEWHERE = dict.fromkeys(("draft", "published", "unlisted"), "; name the page under draft_docs in mkdocs.yml")
FRONT_MATTER = re.compile(rb"\A---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL)
EMPTY = re.compile(rb"---\s*\n(---|\.\.\.)\s*\n")
LONGER = re.compile(rb"(-{4,}|\+{3,})[ \t]*\n(?:[\w-]+ ?[:=] .*\n)+(?:-{3,}|\+{3,})[ \t]*\n")
# A setting below an empty line, or without the lines around it, which MkDocs takes out of the text.
OUTSIDE = re.compile(rb"(?:\s+---[ \t]*\n)? {0,3}([A-Za-z0-9_-]+:)")


class FrontMatter:
    """The front matter of a page: what it claims to be the home of, by line, and what else is wrong."""

    def __init__(self, raw: bytes, name: str) -> None:
        """Read the bytes of a page. Raises ProblemsFoundError where its claims are unclear."""
        self.raw, self.name = raw, name
        self.problems: list[Problem] = []
        self.claims: list[tuple[int, str]] = []
        self.scripts: list[tuple[int, str]] = []
        if tree := self._parse(raw):
            self._check(tree)
            claims = tree.data.get("home_of", [])
            for index, claim in enumerate([claims] if isinstance(claims, str) else claims):
                self.claims.append((tree.place(("home_of", index))[0], str(claim)))

    def _unclear(self, line: int, what: str) -> ProblemsFoundError:
        return ProblemsFoundError([*self.problems, Problem(self.name, line, text=what)])

    def _parse(self, raw: bytes) -> Tree | None:
        """Return the settings of a page, each with its line; None where it has none."""
        raw = raw.replace(b"\r\n", b"\n").removeprefix(BOM_UTF8)
        match = FRONT_MATTER.match(raw)
        try:
            self.problems += text_problems(raw.decode("utf-8"), self.name)
        except UnicodeDecodeError:
            if match:
                parse_yaml(b"\n" + match[1].decode("utf-8", errors="replace").encode(), self.name)
            raise ProblemsFoundError([]) from None  # who shows the page says so
        if match:
            tree = parse_yaml(b"\n" + match[1], self.name)
            if isinstance(tree.data, str):
                return None
            if not isinstance(tree.data, dict):
                raise self._unclear(2, 'the front matter should have a name on each line, as "title: …"')
            return tree
        if EMPTY.match(raw):
            raise self._unclear(1, "the front matter is empty; write a setting between its lines, or delete them")
        if match := LONGER.match(raw):
            raise self._unclear(1, f'the front matter stands between two lines "---", not "{match[1].decode()}"')
        if raw.startswith(b"---\n"):
            raise self._unclear(1, 'the front matter is not closed; write "---" alone on the line after it')
        if outside := OUTSIDE.match(raw):
            setting = f"{outside[1].decode()} is taken for a setting of the page"
            do = 'the front matter stands between two lines "---", from the first line on; a text begins otherwise'
            raise self._unclear(1 + outside[0].count(b"\n"), f"{setting}; {do}")
        return None

    def _check(self, tree: Tree) -> None:
        """Note each setting that is wrong, misspelt or another tool's; any other may be a variable of the page."""
        for key in tree.data:
            near = ELSEWHERE.get(key) or did_you_mean(key, SETTINGS)
            if key not in SETTINGS and near and not str(key)[2:].endswith(SETTINGS):  # as in subtitle
                what = f'a page has no setting "{key}"{near}'
                if find_nearest(key, SETTINGS) == "home_of":
                    raise self._unclear(tree.place((key,))[0], what)
                self.problems.append(tree.problem((key,), what))
        scripts = tree.data.get("scripts")
        for index, script in enumerate(scripts if isinstance(scripts, list) else ()):
            self.scripts.append((tree.place(("scripts", index))[0], str(script)))
        if not tree.data.get("home_of", True):
            what = '"home_of" is empty; name a kind or an id, or delete it'
            raise self._unclear(tree.place(("home_of",))[0], what)

    def script_problems(self, docs: Path) -> Iterator[Problem]:
        """Yield a problem for each script that is neither in the folder of pages nor in that of the look."""
        for line, script in self.scripts:
            if not any((folder / script).is_file() for folder in (docs, docs.with_name("overrides"))):
                what = f'"scripts": no "{script}" in docs/ or overrides/; fix its name, or put it back'
                yield Problem(self.name, line, text=what)


def read_front_matter(docs: Path, path: str, before: FrontMatter | None) -> FrontMatter:
    """Return the front matter of the page at a path in the folder `docs`, or that of before for the same bytes.

    Raises ProblemsFoundError where the page cannot be read, or its claims are unclear.
    """
    raw = read_file(docs / path, name := f"{docs.name}/{path}", MAX_PAGE)
    return before if before and before.raw == raw else FrontMatter(raw, name)
