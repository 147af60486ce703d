"""Components, what a page can show: a folder for each, and its view in the `views.py` of its group."""

from importlib import import_module

from .rendering import GROUPS

for group in GROUPS:
    if (group / "views.py").is_file():
        import_module(f"{__name__}.{group.name}.views")
