"""What a page can show: a folder a component, and a view for each in its group's `views.py`."""

from importlib import import_module

from .rendering import GROUPS

for group in GROUPS:
    if (group / "views.py").is_file():
        import_module(f"{__name__}.{group.name}.views")
