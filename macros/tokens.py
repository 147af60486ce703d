"""The tokens of the style: colours and faces, read from the one file that names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .problems import AuthorError

FACE = re.compile(r'@font-face\s*{[^}]*?font-family:\s*"?([^";]+)"?;\s*src:\s*url\("([^"]+)"\)')
COLOUR = re.compile(r"--xp-([\w-]+):\s*light-dark\((#[0-9a-f]+),\s*(#[0-9a-f]+)\)")
FAMILY = re.compile(r'--xp-([\w-]+):\s*"?([^",;]+)"?,')


@dataclass(frozen=True)
class Tokens:
    """What a stylesheet names: `colours`, light and dark, as `#rrggbb`; the font file of each of our `faces`."""

    colours: dict[str, tuple[str, str]]
    faces: dict[str, Path]

    def light(self, name: str) -> str:
        """The colour on paper. Raises AuthorError where there is none."""
        if name not in self.colours:
            raise AuthorError(f"no --xp-{name}: light-dark(#…, #…); name one")
        return self.colours[name][0]

    def face(self, name: str) -> Path:
        """The font file of a face. Raises AuthorError where there is none."""
        if name not in self.faces:
            raise AuthorError(f"no @font-face for the first family of --xp-{name}; write one")
        return self.faces[name]


def read_tokens(path: Path) -> Tokens:
    """Read custom properties and the first `@font-face` of each family from a stylesheet."""
    text = path.read_text(encoding="utf-8")
    files: dict[str, Path] = {}
    for family, address in FACE.findall(text):
        files.setdefault(family, (path.parent / address).resolve())
    return Tokens(
        {name: (light, dark) for name, light, dark in COLOUR.findall(text)},
        {name: files[family] for name, family in FAMILY.findall(text) if family in files},
    )
