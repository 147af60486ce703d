"""Modules run as by `python -m`, each in a fork of one process that has imported what they import.

Imports take two thirds of the time of a small build. The process that forks reads an order a line and answers each
with a line; it is `python -m tests.support.forks`.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import traceback
from functools import cache
from pathlib import Path
from typing import IO, Any

from markdown import Markdown

from macros.library.loader import load_library

PROJECT = Path(__file__).parents[2]
EXPLAINER = PROJECT / "tests" / "explainer"

MODULES = ("mkdocs.commands.build", "mkdocs_macros.plugin", "macros.build.session", "macros.cli.main")
EXTENSIONS = ("admonition", "attr_list", "fenced_code", "md_in_html", "tables", "toc")
MORE_EXTENSIONS = ("pymdownx.details", "pymdownx.tabbed")
SECONDS = 300  # that a module may take


def run_module(
    folder: Path, arguments: tuple[str, ...], environ: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a module in a folder, with nothing in its environment but what is given."""
    process = _start()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps([str(folder), arguments, environ]) + "\n")
    process.stdin.flush()
    code, out, err = json.loads(process.stdout.readline())
    return subprocess.CompletedProcess(arguments, code, out, err)


@cache
def _start() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=PROJECT,
        env={**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.communicate)  # it ends where there are no more orders
    return process


def answer_orders() -> None:
    """Run what standard input orders, and answer what came of it: the exit code, and what was said."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for name in MODULES:
        importlib.import_module(name)
    load_library(EXPLAINER / "data")  # patterns are compiled when they are first used
    Markdown(extensions=[*EXTENSIONS, *MORE_EXTENSIONS])
    gc.freeze()
    ours = stamps(PROJECT / "macros")
    for line in sys.stdin:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = os.fork()
            if not child:
                _run(*json.loads(line), out, err, ours)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            said = [(file.seek(0), file.read().decode())[1] for file in (out, err)]
        print(json.dumps([code, *said]), file=answers, flush=True)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the size of each file under a folder, and when it changed; copies keep both."""
    found = {}
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            state = os.stat(os.path.join(path, name))
            found[os.path.relpath(os.path.join(path, name), folder)] = state.st_size, state.st_mtime_ns
    return found


def _run(
    folder: str,
    arguments: list[str],
    environ: dict[str, str],
    out: IO[bytes],
    err: IO[bytes],
    ours: dict[str, Any],
) -> None:
    """Run a module; this process ends with it."""
    code: Any = 1
    try:
        signal.alarm(SECONDS)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environ)
        sys.path[0:1] = [folder, *filter(None, environ.get("PYTHONPATH", "").split(os.pathsep))]
        sys.argv = arguments
        macros = (Path(each, "macros") for each in sys.path)
        if stamps(next(filter(Path.is_dir, macros), Path())) != ours:
            for name in [name for name in sys.modules if name.partition(".")[0] == "macros"]:
                del sys.modules[name]
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = ended.code or 0
        if not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    answer_orders()
