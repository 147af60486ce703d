"""Errors as problems: an error of Python, a template or the configuration, with its place in the project."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

import yaml
from jinja2 import TemplateNotFound, TemplateSyntaxError
from mkdocs.utils import is_markdown_file

from ..problems import CONFLICT, Problem, ProblemsFoundError, conflict_lines
from .page_syntax import unclosed

CONFIG = "mkdocs.yml"
UTF_8 = "is not UTF-8; save the file as UTF-8"
QUOTED = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
# MkDocs' words, and ours.
WORDS = (
    (
        r"a link '(.+?)', but .* anchor '(.+?)'",
        r'links to "\1", and nothing there has the address "\2"; fix the link',
    ),
    (
        r"a link '(.+?\.(?:md|markdown)\b.*?)', but the target",
        r'links to "\1", and there is no such page; fix the link',
    ),
    (r"a link '(.+?)', but the target", r'shows or links to "\1", and there is no such file; fix its name'),
    (
        r"reference to '(.+?)' is included in the 'nav'",
        r'the menu names "\1", and there is no such page; fix "nav"',
    ),
    (r"Plugin '([^']+)' option '([^']+)': Unrec", r'the plugin "\1" has no setting "\2"; fix its name'),
    (r"Config value '([^']+)': Unrecognised configuration name", r'no setting is called "\1"; fix its name'),
    (r"Config value '(.+?)': Required configuration not provided", r'"\1" is missing; give it'),
    (r"Config value 'plugins': The \"(.+?)\" plugin is not installed", r'no plugin is called "\1"; fix its name'),
    (r"Config value '.+?': Failed to load extension '(.+?)'", r'no extension is called "\1"; fix its name'),
    (
        r"Config value '(.+?)': .*?'(\S+)'\)? (?:isn't an existing|does not)",
        r'"\1": there is no "\2"; put it back, or fix the name',
    ),
    (r"Config file '.+?' does not exist", "is missing; put it back, or make it anew"),
    (r"could not find custom '(.+?)' module", r'no module is called "\1"; fix its name'),
    (r"_Macro Rendering Error_", 'the plugin "macros" does not know ours; write "module_name: macros" under it'),
    (r"Config value '(.+?)': (.+)", r'"\1": \2; fix it'),
)
BETWEEN = ("hooks.py", "session.py", "rendering.py", "build.py")  # they only pass on what others raise
OMITTED = "pages exist in the docs directory, but are not included"


def problem_from_error(error: BaseException, root: Path, page: str = "") -> Problem:
    """Return an error as a problem, placed in the project under `root`; `page` is the one being built."""
    said = " ".join(str(getattr(error, "message", None) or error).split()).rstrip(".")
    said = re.sub(r" \(/[^)]*\)$", "", said)  # where a module was loaded from
    match error:
        case ProblemsFoundError():
            return error.problems[0]
        case TemplateSyntaxError():
            what, line = _misread(error, said)
            return Problem(_name(error.filename or "", root), line, 0, what)
        case UnicodeDecodeError() if file := _of(error.object, root):
            return Problem(file, error.object.count(b"\n", 0, error.start) + 1, 0, UTF_8)
        case SyntaxError() if not error.filename:
            return _not_text(root) or Problem("macros/", 0, 0, f"a module is not Python: {error.msg}; fix it")
        case SyntaxError() if "'utf-8' codec" in error.msg:
            return Problem(_name(error.filename or "", root), error.lineno or 0, 0, UTF_8)
        case SyntaxError() if (error.text or "").startswith(("<<<<<<< ", ">>>>>>> ")):
            return Problem(_name(error.filename or "", root), error.lineno or 0, 0, CONFLICT)
        case SyntaxError():
            place = _name(error.filename or "", root), error.lineno or 0, error.offset or 0
            return Problem(*place, f"is not Python: {error.msg}; fix it")
        case TemplateNotFound():
            said = f'no template "{error.name}"; create it, or fix the name'
            if not (_deepest(error, root) or ("",))[0].endswith(".html") and not page:
                component = str(error.name).partition("/")[0]
                folders = (root / "macros" / "components").glob(f"*/{component}")
                group = next((each.parent.name for each in folders), "…")
                return Problem(
                    f"macros/components/{group}/{error.name}", 0, 0, "is missing; create it, or fix the name"
                )
        case _:
            if not type(error).__module__.startswith(("mkdocs", "jinja2")):
                said = f"fails with {type(error).__name__}: {said}".rstrip(": ")
            said = _in_our_words(said or type(error).__name__)
    context = error.__context__
    if isinstance(context, yaml.MarkedYAMLError) and context.problem_mark:
        for line in conflict_lines((root / CONFIG).read_text(encoding="utf-8", errors="replace")):
            return Problem(CONFIG, line, 0, CONFLICT)
        mark, what = context.problem_mark, str(context.problem or context.context)
        do = "indent with spaces" if r"\t" in what else "see the line before, too"
        return Problem(CONFIG, mark.line + 1, mark.column + 1, f"is not YAML: {what}; {do}")
    file, line = _deepest(error, root) or (page or CONFIG, 0)
    return Problem(file, line, 0, said)


def _misread(error: TemplateSyntaxError, said: str) -> tuple[str, int]:
    """Return what is wrong with a template, and in which line: where a tag is open, not where the file ends."""
    tag = unclosed(error.source or "") if said.startswith("Unexpected end") else None
    what, line = tag or (f"{said}; fix it", error.lineno)
    return f"is not a template: {what}", line


def _of(raw: bytes, root: Path) -> str:
    """Return the file that holds these bytes, which are not UTF-8."""
    paths = (path for folder in ("macros", "overrides") for path in sorted((root / folder).rglob("*.*")))
    return next((_name(str(path), root) for path in paths if path.is_file() and path.read_bytes() == raw), "")


def _not_text(root: Path) -> Problem | None:
    """Return the problem of a module with NUL bytes: Python does not say which one it is."""
    for path in sorted((root / "macros").rglob("[!.]*.py")):
        if b"\0" in path.read_bytes():
            return Problem(_name(str(path), root), 0, 0, UTF_8)
    return None


def _deepest(error: BaseException, root: Path) -> tuple[str, int] | None:
    """Return the last line of the project's own that ran; Jinja gives its frames the lines of the template."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(root) and ".venv" not in path.parts and path.name not in BETWEEN:
            return _name(frame.filename, root), frame.lineno or 0
    return None


def _name(file: str, root: Path) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def problems_from_log(message: str, root: Path, docs: str = "docs") -> list[Problem]:
    """Return a warning of MkDocs as problems, each at the page or setting it names."""
    first, *more = [line.strip(" -") for line in message.splitlines() if line.strip()]
    if OMITTED in first:
        text = f'is in no menu; add it under "nav" in {CONFIG}, or delete it'
        return [Problem(f"{docs}/{page}", 0, 0, text) for page in more]
    words = [one or other for one, other in QUOTED.findall(first)]
    pages = [word for word in words if is_markdown_file(word) and (root / docs / word).is_file()]
    file = f"{docs}/{pages[0]}" if pages else CONFIG
    sought = [word.partition("#")[0] or word for word in words if word not in pages[:1]]
    if first.startswith("Config value"):  # what is wrong with it comes after its name
        sought.append(sought.pop(0))
    line = next((found for word in sought if (found := _line_of(word, root / file))), 0)
    said = " ".join([first, *more]).rstrip(".").replace(f"{root}/", "")
    return [Problem(file, line, 0, _in_our_words(said))]


def _in_our_words(said: str) -> str:
    matches = ((re.search(sign, said), ours) for sign, ours in WORDS)
    return next((match.expand(ours) for match, ours in matches if match), f"{said}; fix it")


def _line_of(words: str, path: Path) -> int:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    start = text.find(words)
    return text.count("\n", 0, start) + 1 if start >= 0 else 0
