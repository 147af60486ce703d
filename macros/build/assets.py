"""The files beside the pages: one stylesheet joined from layers, and none of the theme's unused files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

STYLESHEET = "css/site.css"

COMPONENTS = Path(__file__).parent.parent / "components"

# Comments are a fifth of the stylesheet's weight, which every first view pays.
COMMENT = re.compile(r"""("[^"]*"|'[^']*')|\s*/\*.*?\*/""", re.DOTALL)

INDENT = re.compile(r"(?<=\n)\s+|\A\s+")


def find_styles(theme: Path) -> dict[str, list[Path]]:
    """Return the stylesheets of each `@layer`, weakest layer first. In a layer the look depends on no order."""
    tokens = theme / "css" / "tokens.css"
    return {
        "tokens": [tokens] if tokens.exists() else [],
        "theme": [path for path in sorted(theme.glob("css/*.css")) if path != tokens],
        "components": sorted(COMPONENTS.glob("*/*/style.css")),
        "pages": sorted(theme.glob("css/pages/*.css")),
    }


def join_styles(layers: dict[str, list[Path]]) -> str:
    """Return one stylesheet, without comments and indents: a block for each layer, in their order."""
    blocks = []
    for layer, paths in layers.items():
        text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)
        bare = COMMENT.sub(lambda found: found[1] or "", text)
        blocks.append(f"@layer {layer} {{\n{INDENT.sub('', bare)}}}\n")
    return "".join(blocks)


def select_files(files: Any, config: Any) -> Any:
    """Publish the files of `theme.custom_dir`, if there is one, in place of those of the theme that it extends."""
    theme = config.theme.custom_dir and Path(config.theme.custom_dir)
    if not theme:
        return files
    layers = find_styles(theme)
    joined = {path for paths in layers.values() for path in paths}
    for file in list(files):
        source = file.abs_src_path and Path(file.abs_src_path)
        ours = not source or source.is_relative_to(theme) or source.is_relative_to(config.docs_dir)
        if source in joined or not ours:
            files.remove(file)
    files.append(File.generated(config, STYLESHEET, content=join_styles(layers)))
    logo = Path(config.docs_dir, str(config.theme.get("logo") or ""))
    config.extra["mark"] = logo.read_text(encoding="utf-8").strip() if logo.is_file() else ""
    return files
