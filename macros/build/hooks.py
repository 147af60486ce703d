"""The events of MkDocs that are answered around a build; this file is named under `hooks` in mkdocs.yml.

Those of the build itself are answered by the `Build` that begins when the configuration is read.
"""

import gc
import logging
import os
import sys
from pathlib import Path

from mkdocs.exceptions import Abort

gc.set_threshold(0)  # until the server starts: a build ends soon, and leaves little to collect
ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))  # MkDocs loads this file by its path alone

try:
    from macros.build.publish import commit_time
    from macros.build.session import Session
except Exception as error:
    from macros.build.errors import problem_from_error

    raise Abort(str(problem_from_error(error, ROOT))) from None

# The plugin logs a dozen lines about itself in each build, among which an author's mistakes would be lost.
logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)

os.environ.setdefault("SOURCE_DATE_EPOCH", commit_time(ROOT))

# While serving, this module is all that MkDocs hands from one build to the next.
session = Session(ROOT)
on_startup = session.on_startup
on_config = session.on_config
on_serve = session.on_serve
on_build_error = session.on_build_error
on_shutdown = session.on_shutdown
