"""The files beside the pages: one stylesheet, one script, and none that no page asks for."""

from __future__ import annotations

import logging
import re
from typing import Any

from mkdocs.structure.files import File

# MkDocs counts what is logged below this name.
log = logging.getLogger("mkdocs.plugins.macros")

# What the parts that mkdocs.yml lists are joined into.
JOINED = {"extra_css": "css/site.css", "extra_javascript": "js/site.js"}

# A fifth of the stylesheet's weight, on every first view, is what we say to each other in it.
COMMENT = re.compile(r"""("[^"]*"|'[^']*')|\s*/\*.*?\*/""", re.DOTALL)


def select_files(files: Any, config: Any) -> Any:
    """Join the stylesheets into one, and the scripts; leave out the folders that `extra.unpublished` names."""
    for setting, joined in JOINED.items():
        parts = []
        for path in map(str, config[setting]):
            part = files.get_file_from_path(path)
            if part is None:
                log.error(f"Config value '{setting}': no '{path}' in docs/")
            else:
                raw = part.content_bytes
                parts.append(raw.decode("utf-8", errors="replace"))
                files.remove(part)
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
