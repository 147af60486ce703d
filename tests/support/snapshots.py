"""Render the snapshots of all components again; review their diff."""

from macros.components.rendering import MACROS

from .components import folder_of, snapshot

for component in MACROS:
    (folder_of(component) / "snapshot.html").write_text(snapshot(component), encoding="utf-8")
print(f"{len(MACROS)} snapshots in macros/components/")
