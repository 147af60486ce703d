"""Whatever goes wrong, as a problem: an error of Python, a template or the configuration, with its place."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

import yaml
from jinja2 import TemplateNotFound, TemplateSyntaxError

from .problems import Problem, ProblemsFoundError

CONFIG = "mkdocs.yml"
QUOTED = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
# MkDocs' words, and ours.
WORDS = (
    (
        r"a link '(.+?)', but .* anchor '(.+?)'",
        r'links to "\1", and nothing there has the address "\2"; mend the link',
    ),
    (r"a link '(.+?)', but the target", r'links to "\1", and there is no such page; mend the link'),
    (
        r"reference to '(.+?)' is included in the 'nav'",
        r'the menu names "\1", and there is no such page; mend "nav"',
    ),
    (r"Config value '(.+?)': (.+)", r'"\1": \2; mend it'),
)
BETWEEN = ("hooks.py", "preview.py", "render.py")  # they hand on what others get wrong
OMITTED = "pages exist in the docs directory, but are not included"


def fault(error: BaseException, root: Path, page: str = "") -> Problem:
    """Say where in the project under `root` an error arose, and what it is; `page` was being made meanwhile."""
    said = " ".join(str(getattr(error, "message", None) or error).split()).rstrip(".")
    said = re.sub(r" \(/[^)]*\)$", "", said)  # where a module was loaded from
    match error:
        case ProblemsFoundError():
            return error.problems[0]
        case TemplateSyntaxError():
            return Problem(
                _name(error.filename or "", root), error.lineno, 0, f"is not a template: {said}; mend it"
            )
        case SyntaxError():
            place = _name(error.filename or "", root), error.lineno or 0, error.offset or 0
            return Problem(*place, f"is not Python: {error.msg}; mend it")
        case TemplateNotFound():
            said = f'no template "{error.name}"; create it, or mend the name'
            if not (_deepest(error, root) or ("",))[0].endswith(".html") and not page:
                return Problem(f"macros/templates/{error.name}", 0, 0, "is missing; create it, or mend the name")
        case _:
            said = f"{said or type(error).__name__}; mend it"
            if not type(error).__module__.startswith(("mkdocs", "jinja2")):
                said = f"fails with {type(error).__name__}: {said}"
    context = error.__context__
    if isinstance(context, yaml.MarkedYAMLError) and context.problem_mark:
        mark, what = context.problem_mark, context.problem or context.context
        return Problem(CONFIG, mark.line + 1, mark.column + 1, f"is not YAML: {what}; see the line before, too")
    file, line = _deepest(error, root) or (page or CONFIG, 0)
    return Problem(file, line, 0, said)


def _deepest(error: BaseException, root: Path) -> tuple[str, int] | None:
    """The last line of the project's own that ran; Jinja gives its frames the lines of the template."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(root) and ".venv" not in path.parts and path.name not in BETWEEN:
            return _name(frame.filename, root), frame.lineno or 0
    return None


def _name(file: str, root: Path) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def heard(message: str, root: Path, docs: str = "docs") -> list[Problem]:
    """Turn a warning of MkDocs into problems with a place: the page or setting it names, where that is written."""
    first, *more = [line.strip(" -") for line in message.splitlines() if line.strip()]
    if OMITTED in first:
        text = f'is in no menu; add it under "nav" in {CONFIG}, or delete it'
        return [Problem(f"{docs}/{page}", 0, 0, text) for page in more]
    words = [one or other for one, other in QUOTED.findall(first)]
    pages = [word for word in words if word.endswith(".md") and (root / docs / word).is_file()]
    file = f"{docs}/{pages[0]}" if pages else CONFIG
    sought = [word.partition("#")[0] or word for word in words if word not in pages[:1]]
    if first.startswith("Config value"):  # what is wrong with it comes after its name
        sought.append(sought.pop(0))
    line = next((found for word in sought if (found := _line_of(word, root / file))), 0)
    said = " ".join([first, *more]).rstrip(".")
    text = next(
        (match.expand(ours) for sign, ours in WORDS if (match := re.search(sign, said))), f"{said}; mend it"
    )
    return [Problem(file, line, 0, text)]


def _line_of(words: str, path: Path) -> int:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    start = text.find(words)
    return text.count("\n", 0, start) + 1 if start >= 0 else 0
