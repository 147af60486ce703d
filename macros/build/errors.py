"""Errors as problems: an error of Python, a template or the configuration, with its place in the project."""

import errno
import logging
import os
import re
import traceback
from pathlib import Path

import yaml
from jinja2 import TemplateNotFound, TemplateSyntaxError

from ..problems import CONFLICT, Problem, ProblemsFoundError, find_conflict, line_at

log = logging.getLogger("mkdocs.plugins.macros")

CONFIG = "mkdocs.yml"
UTF_8 = "is not UTF-8; save the file as UTF-8"
UNREADABLE_NAME = "a file or folder has a name that this locale cannot read; set PYTHONUTF8=1"
QUOTED = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
# Modules of macros/ that only pass on what others raise.
BETWEEN = ("build/hooks.py", "build/session.py", "build/build.py", "components/rendering.py")


def problem_from_error(error: BaseException, root: Path, page: str = "") -> Problem:
    """Return an error as a problem, placed in the project under `root`; `page` is the one being built.

    The traceback is logged for --verbose.
    """
    log.debug("The traceback of this error:", exc_info=error)
    said = " ".join(str(getattr(error, "message", None) or error).split()).rstrip(".")
    said = re.sub(r" \(/[^)]*\)$", "", said)  # where a module was loaded from
    match error:
        case ProblemsFoundError():
            return error.problems[0]
        case TemplateSyntaxError():
            return Problem(_relative(error.filename or "", root), error.lineno, text=f"is not a template: {said}")
        case UnicodeDecodeError() if file := _file_of(error.object, root):
            return Problem(file, error.object.count(b"\n", 0, error.start) + 1, text=UTF_8)
        case UnicodeEncodeError(reason="surrogates not allowed"):
            return Problem(CONFIG, text=UNREADABLE_NAME)
        case SyntaxError():
            name = _relative(error.filename or str(root / "macros"), root)
            return Problem(name, error.lineno or 0, error.offset or 0, f"is not Python: {error.msg}")
        case PermissionError(filename=str(name)) if not _is_readable(name):
            text = f"cannot be read: {error.strerror}; give yourself the right to read it"
            return Problem(_relative(name, root), text=text)
        case OSError(errno=errno.EROFS | errno.EACCES, filename=str(name)):
            place = _relative(name, root) if Path(name).exists() else str(root)
            return Problem(place, text=f"{error.strerror}; copy the project to a folder where you may write")
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EFBIG):
            return Problem(str(root), text=f"{error.strerror}; make room, then build again")
        case TemplateNotFound():
            said = f'no template "{error.name}"; create it, or fix the name'
            if not (_last_own_line(error, root) or ("",))[0].endswith(".html") and not page:
                file = _template_file(str(error.name), root)
                return Problem(file, text="is missing; create it, or fix the name")
        case _:
            if not type(error).__module__.startswith(("mkdocs", "jinja2")):
                said = f"fails with {type(error).__name__}: {said}".rstrip(": ")
            said = said or type(error).__name__
    if isinstance(error.__context__, yaml.MarkedYAMLError) and error.__context__.problem_mark:
        return _settings_problem(error.__context__, error.__context__.problem_mark, root)
    file, line = _last_own_line(error, root) or (page or CONFIG, 0)
    return Problem(file, line, text=said)


def _settings_problem(error: yaml.MarkedYAMLError, mark: yaml.Mark, root: Path) -> Problem:
    """Return what keeps the settings from being read as YAML, at its mark."""
    if line := find_conflict((root / CONFIG).read_text(encoding="utf-8", errors="replace")):
        return Problem(CONFIG, line, text=CONFLICT)
    what = str(error.problem or error.context)
    do = "indent with spaces" if r"\t" in what else "see the line before, too"
    return Problem(CONFIG, mark.line + 1, mark.column + 1, f"is not YAML: {what}; {do}")


def _is_readable(name: str) -> bool:
    """Tell whether a file, where there is one, can be read, and its folder entered."""
    asked = ((name, os.R_OK), (os.path.dirname(name), os.X_OK))
    return all(os.access(path, mode) for path, mode in asked if os.path.lexists(path))


def _template_file(name: str, root: Path) -> str:
    """Return where a component's template belongs, which its name gives without the group."""
    folders = (root / "macros" / "components").glob(f"*/{name.partition('/')[0]}")
    return f"macros/components/{next((each.parent.name for each in folders), '…')}/{name}"


def _file_of(raw: bytes, root: Path) -> str:
    """Return the file that holds these bytes, which are not UTF-8."""
    paths = (path for folder in ("macros", "overrides") for path in sorted((root / folder).rglob("*.*")))
    return next((_relative(str(path), root) for path in paths if path.is_file() and path.read_bytes() == raw), "")


def _last_own_line(error: BaseException, root: Path) -> tuple[str, int] | None:
    """Return the last line of the project's own that ran; Jinja gives its frames the lines of the template."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        between = "/".join(path.parts[-2:]) in BETWEEN and path.parts[-3] == "macros"
        if path.is_relative_to(root) and ".venv" not in path.parts and not between:
            return _relative(frame.filename, root), frame.lineno or 0
    return None


def _relative(file: str, root: Path) -> str:
    """Return the path of a file within the project; as it is, for one elsewhere."""
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def problem_from_log(message: str, root: Path, docs: str) -> Problem:
    """Return a warning of MkDocs as a problem, in its own words, at the page or setting it names.

    `docs` is the name of the folder of pages, from which MkDocs names a page.
    MkDocs logs sentences alone; what can be looked up is what they hold between quotation marks.
    """
    first, *more = [line.strip(" -") for line in message.splitlines() if line.strip()]
    said = f"{first} {', '.join(more)}".strip().rstrip(".").replace(f"{root}/", "")
    words = [one or other for one, other in QUOTED.findall(said)]
    page = next((word for word in words if (root / docs / word).is_file()), "")
    file = f"{docs}/{page}" if page else CONFIG
    lines = [line for word in words if word != page and (line := _last_line_with(word, root / file))]
    return Problem(file, (lines[0] if page else max(lines)) if lines else 0, text=said)


def place_in_settings(words: str, root: Path) -> tuple[str, int]:
    """Return the file of the settings, and the last line there that holds some words."""
    return CONFIG, _last_line_with(words, root / CONFIG)


def _last_line_with(words: str, path: Path) -> int:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    starts = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?![\w;]|:\S)", text)]
    return line_at(text, starts[-1]) if starts else 0
