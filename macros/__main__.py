"""Run the command line: `python -m macros`."""

from .cli.main import main

main(prog_name="python -m macros")
