"""What is published: all of it or nothing, one stylesheet, one script, and no file that nobody asks for.

Serving, all is published whatever is wrong with it; still, nobody sees half a site.
"""

from __future__ import annotations

import logging
import posixpath
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from mkdocs.utils import CountHandler

from ..problems import Problem
from .styles import addresses, missing, wrong

# MkDocs counts what is logged below this name.
log = logging.getLogger("mkdocs.plugins.macros")

# What the parts that mkdocs.yml lists are joined into.
JOINED = {"extra_css": "css/site.css", "extra_javascript": "js/site.js"}

# A fifth of the stylesheet's weight, on every first view, is what we say to each other in it.
COMMENT = re.compile(r"""("[^"]*"|'[^']*')|\s*/\*.*?\*/""", re.DOTALL)


def select_files(files: Any, config: Any) -> Any:
    """Join the stylesheets into one, and the scripts; leave out the folders that `extra.unpublished` names."""
    _complain(_unlisted(files, config))
    for setting, joined in JOINED.items():
        parts = []
        sheets = {}
        for path in map(str, config[setting]):
            part = files.get_file_from_path(path)
            if part is None:
                log.error(f"Config value '{setting}': no '{path}' in docs/")
            else:
                raw = part.content_bytes
                if setting == "extra_css":
                    _complain(wrong(raw, f"docs/{part.src_uri}"))
                    _complain(_asked_in_vain(files, part))
                    sheets[f"docs/{part.src_uri}"] = raw
                parts.append(raw.decode("utf-8", errors="replace"))
                files.remove(part)
        if len(sheets) == len(config[setting]):  # a missing one may be the one that sets them
            _complain(missing(sheets))
        if parts:
            content = "\n".join(parts)
            if joined.endswith(".css"):
                content = COMMENT.sub(lambda found: found[1] or "", content)
            files.append(File.generated(config, joined, content=content))
            config[setting] = [joined]
    unpublished = tuple(f"{folder}/" for folder in config.extra.get("unpublished", ()))
    for file in [each for each in files if unpublished and each.src_uri.startswith(unpublished)]:
        files.remove(file)
    return files


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        log.error(str(problem), extra={"problems": [problem]})


def _unlisted(files: Any, config: Any) -> Iterator[Problem]:
    """The stylesheets of ours that no page gets; where the list names a missing one, that is the mistake."""
    listed = {*map(str, config["extra_css"])}
    if all(files.get_file_from_path(path) for path in listed):
        for file in files:
            ours = file.abs_src_path and Path(file.abs_src_path).is_relative_to(config["docs_dir"])
            if ours and file.src_uri.endswith(".css") and file.src_uri not in listed:
                text = 'is on no page; add it under "extra_css" in mkdocs.yml, or delete it'
                yield Problem(f"docs/{file.src_uri}", 0, 0, text)


def _asked_in_vain(files: Any, sheet: Any) -> Iterator[Problem]:
    """The faces and pictures that a stylesheet asks for and that are not there."""
    for line, address in addresses(sheet.content_bytes):
        if not files.get_file_from_path(
            posixpath.normpath(posixpath.join(posixpath.dirname(sheet.src_uri), address))
        ):
            text = f'asks for "{address}", and there is no such file; mend its name, or put it back'
            yield Problem(f"docs/{sheet.src_uri}", line, 0, text)


class Output:
    """Where a build writes: beside the site, which it replaces in the end; if `strict`, when nothing is wrong."""

    def __init__(self, config: Any, *, strict: bool) -> None:
        self.strict = strict
        self.site = Path(config.site_dir)
        self.draft = self.site.with_name(self.site.name + ".new")
        config.site_dir = str(self.draft)
        self.counter = CountHandler()
        self.counter.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self.counter)

    def publish(self, config: Any) -> None:
        """Put the draft in the site's place. If strict, raises Abort and drops it when anything was logged."""
        config.site_dir = str(self.site)
        count = sum(number for _, number in self.counter.get_counts())
        if count and self.strict:
            self.discard()
            before = f"{self.site.name}/ is as it was" if self.site.exists() else "nothing was published"
            raise Abort(f"{count} problem{'s' if count > 1 else ''}; {before}")
        logging.getLogger("mkdocs").removeHandler(self.counter)
        old = self.site.with_name(self.site.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        if self.site.exists():
            self.site.rename(old)
        self.draft.rename(self.site)
        shutil.rmtree(old, ignore_errors=True)

    def discard(self) -> None:
        """Drop the draft; the site stays."""
        logging.getLogger("mkdocs").removeHandler(self.counter)
        shutil.rmtree(self.draft, ignore_errors=True)
