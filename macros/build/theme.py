"""The theme: one stylesheet of all, scripts without comments, and which of its files a site has."""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.theme import Theme

from ..components.rendering import FOLDER as COMPONENTS
from .project import without_leftovers

# A fifth of the weight of stylesheet and scripts, on every first view, is what we say to each other in them.
LINE_COMMENT = re.compile(rb"(?m)^[ \t]*//(?!!).*\n")
COMMENT = re.compile(r"""("[^"]*"|'[^']*')|(?<!\s)\s*/\*.*?(?:\*/|\Z)""", re.DOTALL)
INDENT = re.compile(r"(?<=\n)\s+|\A\s+")


def find_styles(theme: Path) -> dict[str, list[Path]]:
    """Return the stylesheets of each `@layer`, weakest layer first. In a layer the look depends on no order."""
    tokens = theme / "css" / "tokens.css"
    return {
        "tokens": [tokens] if tokens.exists() else [],
        "theme": [path for path in sorted(theme.glob("css/[!.]*.css")) if path != tokens],
        "components": sorted(COMPONENTS.glob("*/*/style.css")),
        "pages": sorted(theme.glob("css/pages/[!.]*.css")),
    }


def join_styles(layers: dict[str, list[Path]]) -> str:
    """Return one stylesheet, without comments and indents: a block for each layer, in their order."""
    blocks = []
    for layer, paths in layers.items():
        text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)
        bare = COMMENT.sub(lambda found: found[1] or "", text)
        blocks.append(f"@layer {layer} {{\n{INDENT.sub('', bare)}}}\n")
    return "".join(blocks)


def use_own_theme(theme: Theme) -> None:
    """Leave the theme it extends out of a `theme.custom_dir` that is a whole one, with a `main.html`.

    MkDocs lists the templates of every folder in each build: Material's 14,000 icons take it 0.3 s.
    """
    if theme.custom_dir and Path(theme.custom_dir, "main.html").is_file():
        theme.dirs = [theme.custom_dir, theme.dirs[-1]]  # the last is MkDocs' own, with the sitemap
        theme.static_templates |= {"_headers", "404.html"}  # what hosts send with every file, and in place of none


def select_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish no editor's leftovers; of `theme.custom_dir`, if any, one stylesheet, and scripts without comments.

    While serving, a script shows a page anew after a build, in place of MkDocs' own, which the policy stops.
    Under `extra`, `files` then holds what docs/ has, and `mark` the logo as SVG, which templates print.
    """
    files = without_leftovers(files)
    if config.extra["served"]:
        script = str(COMPONENTS / "partials" / "overlay" / "reload.js")
        files.append(File.generated(config, "js/reload.js", abs_src_path=script))
    config.extra["files"] = {each.src_uri for each in files if each.src_dir == config.docs_dir}
    if not (theme := config.theme.custom_dir):
        return files
    for file in (each for each in files if each.src_dir == theme and each.src_uri.endswith(".js")):
        file.content_bytes = LINE_COMMENT.sub(b"", file.content_bytes)
    layers = find_styles(Path(theme))
    joined = {str(path) for paths in layers.values() for path in paths}
    files = Files([file for file in files if file.abs_src_path not in joined])
    files.append(File.generated(config, "css/site.css", content=join_styles(layers)))
    logo = Path(config.docs_dir, str(config.theme.get("logo") or ""))
    config.extra["mark"] = logo.read_text("utf-8").strip() if logo.suffix == ".svg" and logo.is_file() else ""
    return files
