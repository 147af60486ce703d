"""Build the site with every Python that is supported, each with its own environment of the pinned packages.

`python -m tests.support.pythons` tells of each whether its site is the same, byte for byte, as that of the Python
that runs this; then it exits 1 if one is not. A Python that is not installed is "not checked".
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from .builds import PROJECT, fingerprints

MINOR_VERSIONS = (11, 12, 13)


def find_python(minor: int) -> str:
    """Return the program of Python 3.`minor`; empty where there is none that starts."""
    name = f"python3.{minor}"
    try:
        done = subprocess.run(
            [name, "-c", "import sys, venv; print(sys.executable)"], capture_output=True, text=True
        )
    except OSError:
        return ""
    return done.stdout.strip()


def install(python: str, folder: Path) -> str:
    """Make an environment with the pinned packages in a folder; return its Python."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "--requirement", PROJECT / "requirements.txt"], check=True)
    return str(folder / "bin" / "python")


def build_site(python: str) -> dict[str, str]:
    """Return the fingerprints of the site as a Python builds it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "mkdocs", "build", "--site-dir", f"{folder}/site"], cwd=PROJECT, check=True)
        return fingerprints(Path(folder) / "site")


def main() -> int:
    wrong, expected = 0, build_site(sys.executable)
    for minor in MINOR_VERSIONS:
        if not (python := find_python(minor)):
            print(f"Python 3.{minor}: not checked, because it is not installed")
            continue
        print(f"Python 3.{minor}: installing the pinned packages, and building …", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            found = build_site(install(python, Path(folder)))
        differ = sorted(name for name in {**found, **expected} if found.get(name) != expected.get(name))
        print(f"Python 3.{minor}: {f'these differ: {differ[:5]}' if differ else f'the same {len(found)} files'}")
        wrong += bool(differ)
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
