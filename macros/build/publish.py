"""Publishing: a build writes into a folder of its own, which takes the site's place when nothing is wrong."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

AT_FDCWD, RENAME_EXCHANGE = -100, 2


class Draft:
    """The folder that one build writes to. No two builds share one."""

    def __init__(self, config: Any) -> None:
        """Make MkDocs write to the draft: `config.site_dir` names it until `publish` or `discard`."""
        self.site = Path(config.site_dir)
        self.site.parent.mkdir(parents=True, exist_ok=True)
        self.folder = Path(mkdtemp(prefix=f".{self.site.name}.", dir=self.site.parent))
        self.folder.chmod(0o755)
        config.site_dir = str(self.folder)

    def publish(self, config: Any) -> None:
        """Put the draft in the site's place, at once and whole; of two builds, the one that comes last stays."""
        config.site_dir = str(self.site)
        try:
            self.folder.rename(self.site)
        except OSError:  # there is a site already
            _exchange(self.folder, self.site)
        self.discard()

    def discard(self) -> None:
        """Delete the draft, or the site whose place it took."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _exchange(one: Path, other: Path) -> None:
    """Exchange the names of two folders, in one step where the system can; Python has no function for it."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename and rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return
    aside = Path(mkdtemp(prefix=f".{other.name}.", dir=other.parent)) / "old"
    other.rename(aside)
    one.rename(other)
    shutil.rmtree(aside.parent, ignore_errors=True)
