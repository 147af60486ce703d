"""One run of MkDocs, of one build or, while serving, of many: its problems, and what lasts between builds."""

import gc
import logging
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from markdown.blockprocessors import OListProcessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from watchdog import events
from watchdog.observers import Observer

from ..components.placeholders import MARK, heading_id
from ..library.schema import SCHEMAS
from ..problems import Problem, ProblemsFoundError
from ..records.fields import is_english
from .build import Build
from .cache import Cache, describe_generator, digest_code, reads_other_files
from .error_overlay import show_overlay
from .errors import CONFIG, place_in_settings, problem_from_error, problem_from_log
from .project import with_text_titles
from .theme import use_own_theme

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

CACHE = ".cache/build"
# Plugins that need Material's templates, or scripts inside the HTML, which the policy stops.
UNUSED = {"blog", "offline", "privacy", "redirects", "search", "social", "tags"}
CHANGES = [events.FileCreatedEvent, events.FileDeletedEvent, events.FileModifiedEvent, events.FileMovedEvent]
CHANGES_OF_FOLDERS = [events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent]
IGNORED = [f"**/{SCHEMAS}/*", "**/.*", "**/#*#", "**/*~"]  # what builds and editors write

log = logging.getLogger("mkdocs.plugins.macros")


class Session:
    """What lasts from one build to the next: the cache, the build before, the digests of the code."""

    def __init__(self, root: Path) -> None:
        """Add a handler to MkDocs' log: each of its warnings is a problem as well."""
        self.root, self.serving = root, False
        self.cache = Cache()
        self.build: Build | None = None
        self.docs = "docs"  # the name of the folder of pages, as soon as the settings are read
        self.page = ""  # the page that MkDocs says it fails at
        self.building = Lock()
        self.write_index: Callable[[], None] | None = None
        self.code = digest_code(root / "macros")
        self._problems: dict[Problem, None] = {}
        logger = logging.getLogger("mkdocs")
        if logger.level > logging.WARNING:  # -q, which would hide what a build fails for
            logger.setLevel(logging.WARNING)
        self._listener = listener = logging.Handler(logging.WARNING)
        listener.emit = lambda record: self._problems.update(dict.fromkeys(getattr(record, "problems", ())))  # type: ignore[method-assign]
        for handler in (listener, *logger.handlers):
            handler.addFilter(self._give_place)
        logger.addHandler(listener)

    @property
    def problems(self) -> list[Problem]:
        """The problems of this build, in the order of files and lines."""
        return sorted(self._problems)

    def mute(self) -> dict[Problem, None]:
        """Log nothing from now on, in a process that helps a build; return its problems, as they are noted."""
        logging.getLogger("mkdocs").handlers = [self._listener]
        self._problems.clear()
        return self._problems

    def report(self, *problems: Problem) -> None:
        """Log problems, each once in a build."""
        for problem in problems:
            if problem not in self._problems:
                log.error(str(problem), extra={"problems": [problem]})

    def report_error(self, error: BaseException) -> None:
        """Log an error of any kind as a problem, or the problems that it brings."""
        found = error.problems if isinstance(error, ProblemsFoundError) else ()
        self.report(*(found or [problem_from_error(error, self.root, self.page)]))

    def _give_place(self, record: logging.LogRecord) -> bool:
        """Rewrite a warning of MkDocs to start as ours do, with a file and a line."""
        if record.levelno < logging.WARNING or record.name.startswith("mkdocs.livereload"):
            return True
        if not hasattr(record, "problems"):
            if MARK.search(record.getMessage()):  # a call in the address of a link, which is told of itself
                return False
            problem = problem_from_log(record.getMessage(), self.root, self.docs)
            if record.name == "mkdocs.commands.build" and record.levelno == logging.ERROR:
                # It only names the page in which the exception is raised that follows.
                self.page = problem.file
                return False
            record.problems, record.msg, record.args = [problem], str(problem), ()
        return True

    def on_startup(self, command: str, **_: Any) -> None:
        """Begin the run of a command of MkDocs."""
        self.serving = command == "serve"
        self.cache = Cache.load(self.root / CACHE, describe_generator(self.code))

    def on_shutdown(self) -> None:
        """End the run of a command: keep for the next what can be used."""
        self.forget_problems()
        self.cache.save(self.root / CACHE, describe_generator(self.code))
        gc.freeze()  # the process ends, and would free each object on its own

    @event_priority(100)  # before the macros plugin asks for the macros
    def on_config(self, config: MkDocsConfig) -> None:
        """Begin a build: read the data, and report modules that have changed since the server started."""
        if self.serving and self.build is None:
            try:
                socket.create_server((config.dev_addr.host, config.dev_addr.port)).close()
            except OSError as error:  # MkDocs would find out after the first build
                said = str(error.strerror).partition(" (")[0]  # Python adds the address in brackets
                raise Abort(f"cannot serve at {config.dev_addr}: {said}; give another --dev-addr") from None
        self.docs = Path(config.docs_dir).name
        plugin = config.plugins.get("macros")
        if plugin is None or plugin.config["module_name"] != "macros":
            text = 'the plugin "macros" does not load this project\'s; write "module_name: macros" under it'
            raise ProblemsFoundError([Problem(CONFIG, text=text)])
        if unused := sorted(UNUSED & {name.rpartition("/")[2] for name in config.plugins}):
            text = 'the plugin "{}" is not used here, as CONTRIBUTING.md says; delete it'
            places = [(*place_in_settings(f"- {name}", self.root), 0, text.format(name)) for name in unused]
            raise ProblemsFoundError([Problem(*each) for each in places])
        if not is_english(language := str(config.theme.get("language") or "en")):
            text = f"'language' is \"{language}\", and every page here is in English; delete it"
            self.report(problem_from_log(text, self.root, self.docs))
        for checks in (config.validation.nav, config.validation.links):  # MkDocs only mentions what leads nowhere
            checks.update({name: logging.WARNING for name, level in checks.items() if level == logging.INFO})
        if reads_other_files(config):
            self.cache = Cache()
        self.cache.renew_templates(self.root / "macros")
        code = digest_code(self.root / "macros")
        for path in sorted({path for path, _ in code.items() ^ self.code.items()}):
            name = Path(path).relative_to(self.root).as_posix()
            self.report(Problem(name, 0, 0, "has changed since the server started; restart the server"))
        config.nav = with_text_titles(config.nav)
        use_own_theme(config.theme)
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", heading_id)
        config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)  # a style is refused
        OListProcessor.LAZY_OL = False  # a list that begins at 3 is shown from 3
        self.build = Build(config, self)
        config.extra["build"] = self.build  # by which `define_env` knows that hooks ran
        config.plugins["build"] = self.build  # type: ignore[assignment]  # handed the events, as a plugin is

    def on_build_error(self, error: Exception) -> None:
        """End a build that cannot go on: report where it failed, and delete its draft. Raises Abort."""
        if self.build:
            self.build.draft.discard()
        if not isinstance(error, Abort):
            self.report_error(error)
            raise Abort("the build failed; what was published before is unchanged")

    def on_serve(self, server: "LiveReloadServer", config: MkDocsConfig, builder: Callable[[], None]) -> None:
        """Make MkDocs' server notice a change at once, and outlive a build that fails.

        Its own observer polls every file twice a second: a save was seen after 0.25 s on average, and is after
        0.01 s (`python -m tests.support.latency`). Without a builder that catches errors, no request is answered
        after one in mkdocs.yml or a template of the theme until it is fixed.
        """
        gc.freeze()  # what the first build has read lasts: it is not looked through for what later ones leave
        gc.set_threshold(100_000, 1, 1)
        for path in (config.docs_dir, config.config_file_path):
            server.unwatch(path)
        server.build_delay = 0.02  # after the last of several changes; MkDocs waits for 0.1 s
        server.observer = ChangeObserver([config.config_file_path, config.docs_dir, *config.watch])
        links = (path for path in Path(config.docs_dir).rglob("*") if path.is_symlink() and path.is_dir())
        for path in (config.docs_dir, *map(str, map(Path.resolve, links))):
            server.watch(path)
        server.watch(str(self.root), recursive=False)
        server.builder = lambda: self._rebuild(builder)
        server.set_app(partial(self._answer, server.get_app()))

    def _answer(self, app: Any, environ: dict[str, str], start_response: Any) -> Any:
        """Answer a request by MkDocs' `app`; the search index is written when asked for, so that no save waits."""
        if "/search/" in environ["PATH_INFO"]:
            with self.building:
                if self.write_index:
                    self.write_index()
                self.write_index = None
        return app(environ, start_response)

    def forget_problems(self) -> None:
        """Begin anew, without the problems of the build before; a page that had one is made again."""
        for problem in self._problems:
            self.cache.pages.pop(problem.file, None)
        self._problems.clear()
        self.page = ""

    def _rebuild(self, builder: Callable[[], None]) -> None:
        """Build again. A build that fails is shown on the pages of the build before, which stay."""
        self.forget_problems()
        with self.building:
            try:
                builder()
            except (Exception, SystemExit) as error:
                if not self._problems:
                    self.report_error(error)
                if self.build:
                    show_overlay(self.build.draft.site, self.problems, {}, self.root)


class ChangeObserver(Observer):  # type: ignore[misc, valid-type]
    """The system's observer of files, limited to changes by an author: a build opens files, and writes schemas."""

    def __init__(self, read: list[str]) -> None:
        """Watch what is `read` by the project's folder, too: a file may be replaced, a folder renamed."""
        super().__init__()
        self.read = read

    def schedule(self, handler: Any, path: str, *, recursive: bool = False, event_filter: Any = None) -> Any:
        wanted = events.PatternMatchingEventHandler(
            patterns=None if recursive else self.read, ignore_patterns=IGNORED, ignore_policy="all"
        )
        # MkDocs' handler passes over what happens to a folder
        wanted.on_any_event = lambda event: handler.dispatch(events.FileModifiedEvent(event.src_path))  # type: ignore[method-assign]
        changes = CHANGES if recursive else CHANGES + CHANGES_OF_FOLDERS
        return super().schedule(wanted, path, recursive=recursive, event_filter=changes)
