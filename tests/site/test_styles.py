"""The stylesheets of the project: what a browser would ignore silently, and our conventions."""

import re
from pathlib import Path

import pytest

from macros.build.theme import find_styles, join_styles

from ..support.builds import PROJECT

THEME = PROJECT / "overrides"
TOKENS = THEME / "css" / "tokens.css"
LAYERS = find_styles(THEME)
SHEETS = [path for paths in LAYERS.values() for path in paths]

COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|oklch|oklab|lab|lch|color|light-dark)\("
    r"|(?<![\w-])(?:white|black|gr[ae]y|red|green|blue)(?![\w-])"
)
WORDS = re.compile(r'/\*.*?\*/|"[^"\n]*"', re.DOTALL)

# The classes that Markdown's own extensions write.
EXTENSIONS = {
    *("headerlink", "toclink", "admonition", "admonition-title", "warning", "danger"),
    *("tabbed-set", "tabbed-content"),
}

each_sheet = pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.relative_to(PROJECT).as_posix())


def bare(path: Path) -> str:
    """A stylesheet without comments and texts."""
    return WORDS.sub("", path.read_text(encoding="utf-8"))


def rules(text: str) -> list[tuple[str, str]]:
    """What stands before each brace, and before the brace around it. Raises ValueError where one is missing."""
    found, open_ = [], [""]
    for prelude, sign in re.findall(r"([^{};]*)([{};])", text):
        if sign == "{":
            found.append((prelude.strip(), open_[-1]))
            if open_[-1] and not open_[-1].startswith("@"):
                raise ValueError(f'"{prelude.strip()}" stands in "{open_[-1]}"')
            open_.append(prelude.strip())
        elif sign == "}":
            if len(open_) == 1:
                raise ValueError('"}" closes nothing')
            open_.pop()
    if len(open_) > 1:
        raise ValueError(f'"{open_[-1]}" is not closed')
    return found


def test_every_stylesheet_is_found() -> None:
    every = {path for folder in ("overrides", "macros", "docs") for path in (PROJECT / folder).rglob("*.css")}
    assert every == set(SHEETS)
    assert len(SHEETS) == len(every)


@each_sheet
def test_comments_and_braces_are_closed_and_no_rule_stands_in_another(path: Path) -> None:
    text = bare(path)
    assert "/*" not in text
    assert "*/" not in text
    assert rules(text)


@each_sheet
def test_every_class_has_the_prefix(path: Path) -> None:
    selectors = [prelude for prelude, _ in rules(bare(path)) if not prelude.startswith("@")]
    classes = {name for selector in selectors for name in re.findall(r"\.(-?[a-zA-Z_][\w-]*)", selector)}
    assert {name for name in classes if not name.startswith("xp-")} <= EXTENSIONS


@each_sheet
def test_no_rule_depends_on_what_the_whole_page_holds(path: Path) -> None:
    """Such a rule is matched anew against every element, whatever is opened, typed or reached by keyboard."""
    assert re.findall(r"(?<![\w-])(?:body|html|:root)[^\s>+~,{]*:has\(", bare(path)) == []


@each_sheet
def test_colours_are_named_by_tokens_alone(path: Path) -> None:
    text = re.sub(r"([^{};]*)\{", "{", bare(path))
    assert path == TOKENS or COLOUR.findall(text) == []


@each_sheet
def test_every_property_that_is_asked_for_is_set_somewhere(path: Path) -> None:
    known = {name for sheet in SHEETS for name in re.findall(r"(?<![\w-])(--[\w-]+)\s*:", bare(sheet))}
    assert set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", bare(path))) <= known


@each_sheet
def test_every_file_that_is_asked_for_exists(path: Path) -> None:
    """An address is read from css/site.css, wherever its rule was written."""
    for address in re.findall(r'url\("([^"]+)"\)', path.read_text(encoding="utf-8")):
        name = address.removeprefix("../")
        assert address != name, f"{address} does not begin at the site's root"
        assert any((PROJECT / folder / name).is_file() for folder in ("overrides", "docs")), address


def test_styles_are_joined_in_their_layers_without_comments_and_indents(tmp_path: Path) -> None:
    first, second = tmp_path / "a.css", tmp_path / "b.css"
    first.write_text('/* why */\n.a {\n  content: "/* kept */";\n}\n', encoding="utf-8")
    second.write_text(".b {\n}\n", encoding="utf-8")
    joined = join_styles({"theme": [first], "components": [second]})
    assert joined == '@layer theme {\n.a {\ncontent: "/* kept */";\n}\n}\n@layer components {\n.b {\n}\n}\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (".a {\n  x: y;\n.b {\n}\n", "stands in"),
        (".a {\n}\n}\n", "closes nothing"),
        ("@media print {\n.a {\n}\n", "is not closed"),
    ],
)
def test_a_brace_too_few_or_too_many_would_be_seen(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rules(text)
