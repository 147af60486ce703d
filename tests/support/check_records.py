"""Every command that checks the records, in one process: Python starts once, and most share the records it reads.

`python -m tests.support.check_records` runs all of them, and fails where one does.
"""

import sys
from pathlib import Path

from macros.cli.main import main
from macros.cli.workspace import Workspace
from macros.library.loader import find_texts_folder, load_library

COMMANDS = ("ids --check", "schema --check")
WITH_TEXTS = ("verify --check", "coverage")


def check_records(folder: Path) -> bool:
    """Run the commands in a project as `python -m macros` does; tell whether all ended well."""
    workspace = Workspace(folder / "data", find_texts_folder(folder), interactive=False)
    workspace.library = load_library(workspace.data)  # by the lock alone, as the command "check" does
    at_hand = workspace.texts.is_dir()
    ended = [_run(command, workspace) for command in (*COMMANDS, *(WITH_TEXTS if at_hand else ()))]
    if not at_hand:
        print("The texts are not at hand (SOURCES, or the folder sources/): passages and coverage are not checked")
    return not any(ended)


def _run(command: str, workspace: Workspace) -> object:
    name, *options = command.split()
    print(f"python -m macros {command}", flush=True)
    try:
        main.commands[name].main(options, prog_name=name, obj=workspace)
    except SystemExit as ended:
        return ended.code


if __name__ == "__main__":
    sys.exit(not check_records(Path()))
