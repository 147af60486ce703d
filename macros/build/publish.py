"""Publishing: what a build writes, and where; the result takes the site's place when nothing is wrong."""

import ctypes
import fcntl
import logging
import os
import re
import shutil
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.theme import Theme

from ..components.rendering import FOLDER as COMPONENTS
from .project import without_leftovers

log = logging.getLogger("mkdocs.plugins.macros")

AT_FDCWD, RENAME_EXCHANGE = -100, 2
NO_ADDRESS = (
    "no site_url, which SITE_URL=https://… gives: the sitemap is empty, shared links have no picture, citations, "
    "feed and data name no address, and below a path the error page has no style"
)

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


def commit_time(project: Path) -> str:
    """Return the Unix time of the last commit that changed a page or a record; 0 where there is none.

    The site says that it was revised then, and has the same bytes whenever it is built.
    """
    command = ("git", "log", "-1", "--format=%ct", "--", "docs", "data")
    with suppress(OSError):
        return subprocess.run(command, cwd=project, capture_output=True, text=True).stdout.strip() or "0"
    return "0"


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
