"""Modules run as by `python -m`, each in a fork of one process that has imported what they import.

Imports take two thirds of the time of a small build, and compiling templates half of the rest: forks share both.
`python -m tests.support.forks` is the process that forks: it reads the name of a folder a line. In the folder lies
the order, and what comes of it.
"""

import _imp
import atexit
import gc
import importlib
import json
import marshal
import os
import resource
import runpy
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import mkdocs.plugins
import mkdocs.utils
import mkdocs_macros.context
from jinja2 import Environment
from markdown import Markdown
from mkdocs_macros.context import get_git_info

from macros.library.loader import load_library
from macros.records.parts import Work

PROJECT = Path(__file__).parents[2]
EXPLAINER = PROJECT / "tests" / "explainer"
COMPILED = PROJECT / ".cache" / "templates"

MODULES = ("mkdocs.commands.build", "mkdocs_macros.plugin", "macros.build.session", "macros.cli.main")
EXTENSIONS = ("admonition", "attr_list", "fenced_code", "md_in_html", "tables", "toc")
MORE_EXTENSIONS = ("pymdownx.details", "pymdownx.tabbed")
SECONDS = 300  # that a module may take
PIPE = "FORKS"  # where the environment names the pipe to the process that forks, if one runs


@dataclass(frozen=True)
class Order:
    """A module to run, with its arguments, and all that it runs with."""

    folder: str
    arguments: list[str]
    environ: dict[str, str]
    own_code: bool = False
    """Whether it imports macros/ itself, because files in there change while it runs."""
    cores: int = 0
    """How many cores it may use; 0 is all."""
    file_size: int = 0
    """The most bytes that a file may have which it writes; 0 is no limit."""
    terminal: str = ""
    """The path of the terminal it is run at, if any."""


class Process:
    """A module that runs, much as `subprocess.Popen` has it."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._files = tempfile.TemporaryDirectory(prefix="forks-")
        self.out, self.err = Path(self._files.name, "out"), Path(self._files.name, "err")
        self.out.touch()
        self.err.touch()
        Path(self._files.name, "order").write_text(json.dumps(asdict(order)))
        os.write(start_forking(), f"{self._files.name}\n".encode())

    def _said(self, name: str) -> str | None:
        path = f"{self._files.name}/{name}"  # asked for a hundred times a second
        return Path(path).read_text(encoding="utf-8") if os.path.exists(path) else None

    @cached_property
    def pid(self) -> int:
        while (said := self._said("pid")) is None:
            time.sleep(0.002)
        return int(said)

    def poll(self) -> int | None:
        ended = self._said("ended")
        return None if ended is None else int(ended.split()[0])

    @property
    def spent(self) -> float:
        """Seconds of the processor, for what has ended."""
        return float((self._said("ended") or "").split()[1])

    def wait(self, timeout: float = SECONDS) -> int:
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(self.order.arguments, timeout)
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended, and what came of it is not written yet
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def done(self) -> subprocess.CompletedProcess[str]:
        """Wait for it; return what came of it."""
        code = self.wait()
        said = (path.read_text(encoding="utf-8") for path in (self.out, self.err))
        return subprocess.CompletedProcess(self.order.arguments, code, *said)


@cache
def start_forking() -> int:
    """Return the pipe to the process that forks, one for all who inherit its name; it ends with the last."""
    if PIPE in os.environ:
        return os.open(os.environ[PIPE], os.O_WRONLY)
    folder = tempfile.mkdtemp(prefix="forks-")
    atexit.register(shutil.rmtree, folder)
    path = os.environ[PIPE] = os.path.join(folder, "orders")
    os.mkfifo(path)
    orders = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # it would wait for a writer
    pipe = os.open(path, os.O_WRONLY)
    os.set_blocking(orders, True)
    environ = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.Popen([sys.executable, "-m", __name__], cwd=PROJECT, env=environ, stdin=orders)
    os.close(orders)
    return pipe


def fork_as_ordered() -> None:
    """Run what standard input orders, until it ends; write down each process, then its exit code and time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in MODULES:
        importlib.import_module(name)
    load_library(EXPLAINER / "data")  # patterns are compiled when they are first used
    Work.model_rebuild()
    Markdown(extensions=[*EXTENSIONS, *MORE_EXTENSIONS])
    mkdocs_macros.context.get_git_info = ask_git_in_a_repository
    # Each build reads of all packages what they have for MkDocs, and forgets it.
    plugins, themes = mkdocs.plugins.get_plugins(), mkdocs.utils.get_themes()
    mkdocs.plugins.get_plugins, mkdocs.utils.get_themes = cache(lambda: plugins), cache(lambda: themes)
    gc.freeze()
    ours, compiled = stamps(PROJECT / "macros"), make_folder_of_compiled()
    running: dict[int, str] = {}  # the folders of their orders
    while True:
        if select.select([0], [], [], 0.01 if running else None)[0]:
            if not (said := os.read(0, 1 << 16).decode()):
                return
            for files in said.splitlines():
                child = os.fork()
                if not child:
                    _run(files, Order(**json.loads(Path(files, "order").read_text())), ours, compiled)
                running[child] = files
                _write(Path(files, "pid"), str(child))
        while running and (ended := os.wait4(-1, os.WNOHANG))[0]:
            child, status, usage = ended
            spent = f"{os.waitstatus_to_exitcode(status)} {usage.ru_utime}"
            _write(Path(running.pop(child), "ended"), spent)


def ask_git_in_a_repository() -> dict[str, Any]:
    """Return what mkdocs-macros tells of git, which it starts a dozen times, even where there is no repository."""
    known = any((folder / ".git").exists() for folder in (Path.cwd(), *Path.cwd().parents))
    return get_git_info() if known else {"status": False, "date": None}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the size of each file under a folder, and when it changed; copies keep both."""
    found = {}
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            state = os.stat(os.path.join(path, name))
            found[os.path.relpath(os.path.join(path, name), folder)] = state.st_size, state.st_mtime_ns
    return found


def of_code(stamps: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Return the stamps of modules: what is compiled of a template hangs on its text and on them alone."""
    modules = (path for path in stamps if path.endswith(".py") and "/." not in path)
    return {path: stamps[path] for path in modules}


def make_folder_of_compiled() -> Path:
    """Return the folder of the templates that this code has compiled; remove those not used for an hour."""
    key = sha256(sys.version.encode())
    for path in (PROJECT / "requirements.txt", *sorted((PROJECT / "macros").rglob("*.py"))):
        key.update(path.read_bytes())
    folder = COMPILED / key.hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    for path in COMPILED.iterdir():
        if path.stat().st_mtime < time.time() - 3600:
            shutil.rmtree(path, ignore_errors=True)
    return folder


def share_compiled(folder: Path) -> None:
    """Have Jinja take from a folder what was compiled of the same text, with the same settings, in any project."""
    compile_anew = Environment.compile

    def compile_once(jinja: Any, source: str, name: str | None = None, filename: str | None = None) -> Any:
        names = [sorted(each) for each in (jinja.filters, jinja.tests, jinja.extensions)]
        signs = (jinja.block_start_string, jinja.variable_start_string, jinja.comment_start_string)
        settings = (type(jinja), jinja.autoescape, jinja.trim_blocks, jinja.lstrip_blocks, signs, names)
        path = folder / sha256(repr((settings, name, source)).encode()).hexdigest()
        if path.exists():
            code = marshal.loads(path.read_bytes())
            if filename is not None:  # pages come from no file
                _imp._fix_co_filename(code, filename)
        else:
            code = compile_anew(jinja, source, name, filename)
            new = folder / f"{os.getpid()}.new"
            new.write_bytes(marshal.dumps(code))
            new.replace(path)
        return code

    Environment.compile = compile_once  # type: ignore[method-assign]


def _write(path: Path, text: str) -> None:
    """Write a file that is there only once it is whole; none where whoever asks for it has ended."""
    new = path.with_suffix(".new")
    with suppress(FileNotFoundError):
        new.write_text(text)
        new.rename(path)


def _run(files: str, order: Order, ours: dict[str, Any], compiled: Path) -> None:
    """Run a module. This process ends with it."""
    code: Any = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _redirect(files, order.terminal)
        os.chdir(order.folder)
        os.environ.clear()
        os.environ.update(order.environ)
        before = [*filter(None, order.environ.get("PYTHONPATH", "").split(os.pathsep))]
        sys.path[0:1] = [order.folder, *before]
        sys.argv = order.arguments
        macros = (Path(each, "macros") for each in sys.path)
        found = stamps(next(filter(Path.is_dir, macros), Path()))
        if of_code(found) == of_code(ours) and not order.file_size:  # what is shared is written, too
            share_compiled(compiled)
        own = {path.stem for each in before for path in Path(each).glob("*.py")}
        own |= {"macros"} if order.own_code or found != ours else set()
        for name in [name for name in sys.modules if name.partition(".")[0] in own]:
            del sys.modules[name]
        _limit(order)
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as ended:
        code = ended.code or 0
        if not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
    except BaseException:
        traceback.print_exc()
    finally:
        for thread in threading.enumerate():  # as Python does when it ends
            if thread is not threading.main_thread() and not thread.daemon:
                thread.join()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _limit(order: Order) -> None:
    """Have this process, and those that it starts, use so many cores and write no larger files."""
    if order.cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: order.cores])
    if order.file_size:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.file_size, order.file_size))


def _redirect(files: str, terminal: str) -> None:
    """Put a terminal, or files, in the place of standard input and output."""
    os.setsid()  # then the first terminal that is opened is its own
    paths = [terminal] * 3 if terminal else [os.devnull, f"{files}/out", f"{files}/err"]
    for number, path in enumerate(paths):
        opened = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1, closefd=False) for number in (1, 2))


if __name__ == "__main__":
    fork_as_ordered()
