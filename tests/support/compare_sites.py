"""Compare two built sites: `python -m tests.support.compare_sites BEFORE AFTER`.

Files are the same to the byte, or are HTML that a browser reads as the same document. Exits 1 where neither is so.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from .html import parse_html


def document(path: Path) -> Iterator[tuple[object, ...]]:
    """Yield each element of a page with its attributes and texts, in order."""
    for element in parse_html(path.read_bytes()).iter():
        yield element.tag, sorted(element.attrib.items()), element.text, element.tail


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def main(before: Path, after: Path) -> int:
    one, other = files(before), files(after)
    same = parsed = 0
    different = [f"only in {before}: {name}" for name in sorted(one - other)]
    different += [f"only in {after}: {name}" for name in sorted(other - one)]
    for name in sorted(one & other):
        if (before / name).read_bytes() == (after / name).read_bytes():
            same += 1
        elif name.endswith(".html") and list(document(before / name)) == list(document(after / name)):
            parsed += 1
        else:
            different.append(f"differs: {name}")
            if name.endswith(".html"):
                pairs = zip(document(before / name), document(after / name), strict=False)
                different += [f"  {a}\n  {b}" for a, b in pairs if a != b][:2]
    print(*different, sep="\n")
    print(f"{same} files the same to the byte, {parsed} pages the same document, {len(different)} differences")
    return bool(different)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])) if len(sys.argv) == 3 else __doc__)
