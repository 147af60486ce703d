"""Run the command line: `python -m macros`, or with the path of a Python, as help and messages then say."""

import sys

from .cli.main import main

main(prog_name=f"{sys.orig_argv[0]} -m macros")
