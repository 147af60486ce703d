"""Messages to authors: where something is wrong, what is wrong, what to do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

CONFLICT = 'holds a conflict that git left; keep one side, and delete the lines "<<<<<<<", "=======" and ">>>>>>>"'


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: its file, relative to the project, and line and column from 1; 0 means the whole of it.

    `text` is one sentence without a full stop: what is wrong, then after a semicolon what to do.
    """

    file: str
    line: int = 0
    column: int = 0
    text: str = ""

    @property
    def place(self) -> str:
        """The file, with the line and the column where they are known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class ProblemsFoundError(Exception):
    """Every problem that was found, sorted, none twice."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class AuthorError(Exception):
    """A mistake of an author, raised by code that does not know its place."""


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of `known` that is most like a word; empty where none is."""
    by_letters = {each.casefold(): each for each in reversed([*known])}
    near = get_close_matches(word.casefold(), by_letters, n=1)
    return by_letters[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "…"?` for the nearest of `known`, or nothing."""
    near = find_nearest(word, known)
    return f'; did you mean "{near}"?' if near else ""


def listed(words: Iterable[str]) -> str:
    """Join words for a sentence: `a, b or c`; empty for none."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} or {last}" if first else last


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def line_at(text: str, offset: int) -> int:
    """Return the number of the line that an offset in a text is on."""
    return text.count("\n", 0, offset) + 1


def find_line(pattern: str, text: str) -> int:
    """Return the number of the line where a pattern is first found in a text; 0 where it is not."""
    match = re.search(pattern, text)
    return line_at(text, match.start()) if match else 0


def find_conflict(text: str) -> int:
    """Return the line where a conflict that git left in a text begins; 0 where there is none."""
    return find_line("(?m)^(<{7} |>{7} )", text)
