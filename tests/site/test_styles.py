"""The stylesheets of the project: what a browser would ignore silently, and our conventions."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
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


@cache
def bare(path: Path) -> str:
    """A stylesheet without comments and texts."""
    return WORDS.sub("", path.read_text(encoding="utf-8"))


def wrong(look: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """What a look at each stylesheet finds, by the path of the sheet."""
    found = {path.relative_to(PROJECT).as_posix(): sorted(look(path)) for path in SHEETS}
    return {name: told for name, told in found.items() if told}


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


def unbalanced(path: Path) -> Iterator[str]:
    yield from (sign for sign in ("/*", "*/") if sign in bare(path))
    try:
        if not rules(bare(path)):
            yield "holds no rule"
    except ValueError as error:
        yield str(error)


def test_comments_and_braces_are_closed_and_no_rule_stands_in_another() -> None:
    assert wrong(unbalanced) == {}


def unprefixed(path: Path) -> set[str]:
    selectors = [prelude for prelude, _ in rules(bare(path)) if not prelude.startswith("@")]
    classes = {name for selector in selectors for name in re.findall(r"\.(-?[a-zA-Z_][\w-]*)", selector)}
    return {name for name in classes if not name.startswith("xp-")} - EXTENSIONS


def test_every_class_has_the_prefix() -> None:
    assert wrong(unprefixed) == {}


def test_no_rule_depends_on_what_the_whole_page_holds() -> None:
    """Such a rule is matched anew against every element, whatever is opened, typed or reached by keyboard."""
    whole = re.compile(r"(?<![\w-])(?:body|html|:root)[^\s>+~,{]*:has\(")
    assert wrong(lambda path: whole.findall(bare(path))) == {}


def test_colours_are_named_by_tokens_alone() -> None:
    named = wrong(lambda path: COLOUR.findall(re.sub(r"([^{};]*)\{", "{", bare(path))))
    assert named.keys() == {TOKENS.relative_to(PROJECT).as_posix()}, named


def test_every_property_that_is_asked_for_is_set_somewhere() -> None:
    known = {name for sheet in SHEETS for name in re.findall(r"(?<![\w-])(--[\w-]+)\s*:", bare(sheet))}
    assert wrong(lambda path: set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", bare(path))) - known) == {}


def lost_files(path: Path) -> Iterator[str]:
    """The addresses of a sheet that lead nowhere; each is read from css/site.css, wherever its rule stands."""
    for address in re.findall(r'url\("([^"]+)"\)', path.read_text(encoding="utf-8")):
        name = address.removeprefix("../")
        if address == name:
            yield f"{address} does not begin at the site's root"
        if not any((PROJECT / folder / name).is_file() for folder in ("overrides", "docs")):
            yield address


def test_every_file_that_is_asked_for_exists() -> None:
    assert wrong(lost_files) == {}


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
