"""The authors' guide: every macro with its arguments, called and live, and for a record the YAML beside it."""

import inspect
import re
from pathlib import Path

import pytest

from macros.components.rendering import MACROS
from macros.records.kinds import KINDS

from ..exports.test_search_index import read_entries
from ..support.builds import EXPLAINER, PROJECT, built

GUIDE = (PROJECT / "docs" / "authors.md").read_text(encoding="utf-8")
HEADING = re.compile(r"^### `(\w+)\((.*)\)`$", re.MULTILINE)


def part(macro: str) -> str:
    """What the guide says of a macro."""
    start = re.search(rf"^### `{macro}\(.*\)`$", GUIDE, re.MULTILINE)
    assert start, f"docs/authors.md has no heading “### `{macro}({arguments(macro)})`”"
    return re.split(r"^##", GUIDE[start.end() :], maxsplit=1, flags=re.MULTILINE)[0]


def arguments(macro: str) -> str:
    """What a macro takes, as an author writes it."""
    said = []
    for each in list(inspect.signature(MACROS[macro]).parameters.values())[1:]:
        star = "*" if each.kind is each.VAR_POSITIONAL else ""
        default = f'="{each.default}"' if isinstance(each.default, str) else f"={each.default}"
        said.append(star + each.name + ("" if each.default is each.empty else default))
    return ", ".join(said)


def test_the_guide_tells_of_every_macro_once_and_of_no_other():
    assert sorted(name for name, _ in HEADING.findall(GUIDE)) == sorted(MACROS)


@pytest.mark.parametrize("macro", MACROS)
def test_the_guide_shows_a_macro_with_its_arguments_as_it_is_written_and_live(macro):
    assert dict(HEADING.findall(GUIDE))[macro] == arguments(macro)
    call = re.compile(rf"\{{\{{ {macro}\([^}}]*\) \}}\}}")
    written, live = part(macro).split("{% endraw %}", 1)
    assert call.search(written), "the call as an author writes it stands in a fenced block"
    assert call.findall(live), "and is called beneath"
    assert call.findall(live)[0] in written, "the call that is shown is the call that is live"
    if macro in KINDS:
        record = re.search(r'"([^"]+)"', call.findall(live)[0])
        assert record
        assert f'{{{{ entry("{record[1]}") }}}}' in live, "the YAML stands beside it"


def test_the_guide_is_published_and_neither_in_a_menu_nor_in_the_search():
    pages = built(PROJECT).pages
    assert "authors/index.html" in pages
    menu = [each.get("href") or "" for each in pages["index.html"].of_class("xp-menu__link")]
    assert not [href for href in menu if "authors" in href]
    found = {entry.location.partition("#")[0] for entry in read_entries(built(PROJECT))}
    assert "method/" in found
    assert "authors/" not in found


def test_the_second_explainer_shows_every_macro_too():
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(EXPLAINER, "docs").rglob("*.md")))
    assert [macro for macro in MACROS if not re.search(rf"\b{macro}\(", text)] == []
