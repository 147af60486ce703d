"""Publishing: the folder that a build writes to, which takes the site's place when nothing is wrong."""

import ctypes
import fcntl
import logging
import os
import shutil
import subprocess
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread

from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.macros")

AT_FDCWD, RENAME_EXCHANGE = -100, 2
NO_ADDRESS = (
    "no site_url, which SITE_URL=https://… gives: the sitemap is empty, shared links have no picture, citations, "
    "feed and data name no address, and below a path the error page has no style"
)


def commit_time(project: Path) -> str:
    """Return the Unix time of the last commit that changed a page or a record; 0 where there is none.

    The site says that it was revised then, and has the same bytes whenever it is built.
    """
    command = ("git", "log", "-1", "--format=%ct", "--", "docs", "data")
    with suppress(OSError):
        return subprocess.run(command, cwd=project, capture_output=True, text=True).stdout.strip() or "0"
    return "0"


def format_build_date(epoch: str) -> str:
    """Return the ISO date of SOURCE_DATE_EPOCH; empty when none is known, because the clock is no evidence."""
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.strip("0").isdigit() else ""


class Draft:
    """The folder that one build writes to. No two builds share one."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Make MkDocs write to the draft: `config.site_dir` names it until `publish` or `discard`.

        All builds beside the site share a lock, which ends with the process. One that has it alone deletes what
        killed ones have left.
        """
        self.site = Path(config.site_dir)
        self.site.parent.mkdir(parents=True, exist_ok=True)
        beginning, self.lock = f".{self.site.name}.", ExitStack()
        opened = os.open(self.site.parent, os.O_RDONLY)
        self.lock.callback(os.close, opened)
        with suppress(OSError):  # another build runs
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in self.site.parent.glob(f"{beginning}*"):
                shutil.rmtree(left, ignore_errors=True)
        fcntl.flock(opened, fcntl.LOCK_SH)
        self.folder = Path(mkdtemp(prefix=beginning, dir=self.site.parent))
        self.folder.chmod(0o755)
        config.site_dir = str(self.folder)

    def publish(self, config: MkDocsConfig) -> None:
        """Put the draft in the site's place, at once and whole; of two builds, the one that comes last stays."""
        config.site_dir = str(self.site)
        try:
            self.folder.rename(self.site)
        except OSError:  # there is a site already
            _exchange(self.folder, self.site)
        self.discard()
        if not config.site_url:
            log.info(NO_ADDRESS)

    def discard(self) -> None:
        """Delete the draft, or the site whose place it took; nobody waits for that but the process, at its end."""
        self.lock.close()
        Thread(target=shutil.rmtree, args=(self.folder, True)).start()


def _exchange(one: Path, other: Path) -> None:
    """Exchange the names of two folders, in one step where the system can; Python has no function for it."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename and rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return
    aside = Path(mkdtemp(prefix=f".{other.name}.", dir=other.parent)) / "old"
    other.rename(aside)
    one.rename(other)
    shutil.rmtree(aside.parent, ignore_errors=True)
