"""Write the snapshots of all components anew; read their diff like prose."""

from __future__ import annotations

from macros.components import MACROS

from . import FOLDER, snapshot

for old in FOLDER.glob("*.html"):
    old.unlink()
for component in MACROS:
    (FOLDER / f"{component}.html").write_text(snapshot(component), encoding="utf-8")
print(f"{len(MACROS)} snapshots in {FOLDER}")
