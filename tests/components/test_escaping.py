"""Whatever a record's text holds, a page shows it as text, and nothing more."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import yaml
from hypothesis import example as with_example
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from pydantic import TypeAdapter, ValidationError

from macros.build.macro_calls import Calls
from macros.components.rendering import MACROS
from macros.evidence.selectors import text_directive
from macros.library.yaml import HIDDEN
from macros.pages.citations import Proof
from macros.problems import AuthorError, Problem
from macros.records.fields import MAX_BRIEF_WORDS, AnchorText, BriefText, Text, Url
from macros.records.kinds import KINDS, Source
from macros.records.models import Model, Passage, annotation_parts, nested_model, referenced_ids
from macros.records.word_boundaries import count_words

from ..support.builds import PROJECT
from ..support.components import Example, Fields, all_examples, cast, examples
from ..support.html import parse_html

STATEMENTS = [name for name, kind in KINDS.items() if "evidence" in kind.model_fields]

# Texts that no page shows: they are for finding and checking what others show.
UNSEEN = {
    *(("source", "furniture", name) for name in ("starts", "why")),
    *((kind, "evidence", name) for kind in STATEMENTS for name in ("prefix", "suffix")),
    *(("person", "roles", "evidence", name) for name in ("prefix", "suffix")),
    *((kind, "note") for kind in ("topic", "limit", "tension")),
    ("quote", "role"),
    ("person", "family"),
    ("person", "roles", "plural"),  # of roles that are alike, as none are with texts put in; see sides
    ("source", "sentence-title"),
}

HARMLESS = "qqwordqq"

# Texts that mean something to HTML, Markdown, its extensions, Jinja, or our own placeholders.
HOSTILE = (
    "</p></article><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!-- <b>",
    "<div markdown>*a*</div>",
    "&amp; &lt; &#60; &nosuch; &",
    "*a* _b_ **c** `d` ~~e~~ ==f== ^g^ H~2~O",
    "[a](https://x.example) ![b](c) <https://d.example> [e][f] [^1]",
    "{: .a #b onclick=c } { .a }",
    "{{ 7 * 7 }} {% raw %} {## a ##} {# b #}",
    "# a",
    "1. a",
    "- a",
    "> a",
    "| a | b |",
    "--- === *** ...",
    "!!! note",
    "/// a",
    "```a",
    "[TOC] :smile: --8<-- ++a++ (c) -->",
    "\\* \\",
    "\U000f0000\U000f0010\U000f0001",
    "klzzwxh:0000 wzxhzdk:0 qlzzwxh:hash",
    "https://a.example www.b.example c@d.example",
    "Größe 東京 عربي 🛥️ \u00a0x",
    "javascript:alert(1)",
    "a\\n\\1\\g<0>$&",
)

VISIBLE = st.characters(exclude_categories=("Cs", "Cn"))
WORDS = st.lists(
    st.one_of(
        st.sampled_from(HOSTILE),
        st.text(VISIBLE, min_size=1, max_size=12),
        st.text("<>&\"'*_`[](){}#|!:/\\^~=+-. a1\u00a0", min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=3,
)


def as_read(text: str) -> str:
    """The text as the reader of YAML and the type Text hand it over: at most 12 words, nothing hidden."""
    read = re.sub(r"[ \t\n]+", " ", HIDDEN.sub("", text)).strip(" ")
    words = re.match(r"\s*(\S+\s+){0,11}\S*", read)  # a no-break space parts words, too
    assert words
    return words[0].strip()


TEXTS = WORDS.map(" ".join).map(as_read).filter(bool)

Place = tuple[str | int, ...]


def leaves(value: Any, path: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield path, value
    else:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))


def put(entries: Any, path: Place, text: str) -> Any:
    """Entries with a text in a place; what lies beside it is not copied."""
    if not path:
        return text
    changed = entries.copy()
    changed[path[0]] = put(entries[path[0]], path[1:], text)
    return changed


@cache
def cast_places() -> list[Place]:
    return [path for path, _ in leaves(cast()) if is_free(cast(), path)]


def free_places(example: Example) -> list[Place]:
    """Every place of an example's records, or the cast's, that takes any text."""
    first = {kind: len(entries) for kind, entries in cast().items()}
    own = [path for path, _ in leaves(example.records) if is_free(example.records, path)]
    return [*cast_places(), *((kind, first.get(kind, 0) + number, *inner) for kind, number, *inner in own)]


@cache
def text_places() -> list[tuple[Example, list[Place]]]:
    """Every example, with the places whose text its component shows: the cast's too, and the article's heading."""
    found: list[tuple[Example, list[Place]]] = []
    for each in all_examples():
        example = replace(each, records=merged(each))
        found.append((example, shown_of(example, [("section",), *free_places(each)])))
    return found


def shown_of(example: Example, places: list[Place]) -> list[Place]:
    """The places whose text a component shows. One that refuses a text of its own, as of a unit, does not."""
    texts = {place: numbered(number, HARMLESS) for number, place in enumerate(places)}
    try:
        html = changed(example, texts).render()
    except AuthorError:
        return [shown for place in places for shown in shown_of(example, [place])] if len(places) > 1 else []
    return [place for place, text in texts.items() if text in html]


def numbered(number: int, text: str) -> str:
    return f"{text} {number:03}"


def merged(example: Example) -> dict[str, list[Fields]]:
    """The example's records with the cast's, so that both can be changed."""
    kinds = {**cast(), **{kind: [] for kind in example.records if kind not in cast()}}
    return {kind: [*entries, *example.records.get(kind, [])] for kind, entries in kinds.items()}


def text_fields(model: type[Model]) -> Iterator[tuple[str, ...]]:
    """The names of the fields, of a model and those in it, that hold text."""
    for name, field in model.model_fields.items():
        annotation = next(each.__annotations__[name] for each in model.__mro__ if name in each.__annotations__)
        if nested := nested_model(annotation):
            yield from ((name, *inner) for inner in text_fields(nested))
        elif any(part in (Text, AnchorText, BriefText) for part in annotation_parts(annotation)):
            yield (field.alias or name,)


def is_free(records: dict[str, list[Fields]], path: Place) -> bool:
    """Whether a place takes any text: ids, dates, numbers, addresses and choices do not."""
    kind, number = path[:2]
    entry = put(records, path, "qq Qq")[str(kind)][int(number)]
    try:
        KINDS[str(kind)].model_validate(entry)
    except ValidationError:
        return False
    return True


EXTENSIONS = yaml.load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def markdown() -> Markdown:
    """Markdown as mkdocs.yml asks for it; what needs MkDocs' own objects is left at its default."""
    names, settings = ["toc", "tables", "fenced_code"], {}
    for entry in EXTENSIONS["markdown_extensions"]:
        name, options = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        names.append(name)
        if name != "toc" and not re.search("emoji|superfences|snippets", name):
            settings[name] = {
                key: {"true": True, "false": False}.get(value, value) for key, value in options.items()
            }
    return Markdown(extensions=list(dict.fromkeys(names)), extension_configs=settings)


CONVERTER = markdown()
URL = TypeAdapter(Url)

# Where an author may put a call; block components stand alone, or in a list.
ALONE = "# Title\n\nBefore.\n\n{call}\n\nAfter.\n"
IN_LIST = "- Item\n\n    {call}\n\n- Item\n"
IN_SENTENCE = "Before *this {call} and* that.\n\n| a | b |\n| --- | --- |\n| {call} | **{call}** |\n\n> {call}\n"


def show(example: Example, frame: str) -> Element:
    """The DOM of a page that calls the component, made as a build makes it."""
    problems: list[Problem] = []
    calls = Calls(example.page(), problems.append)
    output = calls.run(frame.replace("{call}", "{{ " + example.call_text + " }}"))
    html = calls.placeholders.place_blocks(calls.placeholders.place_inline(CONVERTER.reset().convert(output)))
    assert problems == []
    return parse_html(html)


def frames(example: Example) -> tuple[str, ...]:
    if example.component == "references":
        return (ALONE,)
    return (IN_SENTENCE,) if example.component in ("cite", "figure") else (ALONE, IN_LIST)


def outline(element: Element, old: str = "", new: str = "") -> Any:
    """An element as tuples: name, attributes, text and children; with one text put for another.

    What is there to be copied stays out: a style of citation changes marks and capitals (test_citation_styles).
    """
    if element.get("data-copy") is not None:
        return str(element.tag)

    def put_in(text: str | None) -> str:
        text = (text or "").replace("\u2068", "").replace("\u2069", "")  # they isolate, as `<bdi>` does
        return text.replace(old, new) if old else text

    attributes = sorted((name, put_in(value)) for name, value in element.items())
    words, inner = put_in(element.text), []
    for child in element:
        if child.tag == "bdi" and not child.keys() and not len(child):  # words that run the other way stand apart
            words_between = put_in(child.text) + put_in(child.tail)
            if inner:
                inner[-1] = inner[-1][0], inner[-1][1] + words_between
            else:
                words += words_between
        else:
            inner.append((outline(child, old, new), put_in(child.tail)))
    return str(element.tag), attributes, words, inner


def changed(example: Example, texts: dict[Place, str]) -> Example:
    records, section = example.records, example.section
    for place, text in texts.items():
        if place == ("section",):
            section = text
        else:
            records = put(records, place, text)
    return replace(example, records=records, section=section)


def assert_text_stays_text(example: Example, places: list[Place], text: str) -> None:
    """Put a text into all of an example's places; only if it does not stay text, into each alone, to name it."""
    if not stays_text(example, places, text):
        assert [place for place in places if not stays_text(example, [place], text)] == []
        pytest.fail(f"{text!r} stays text in each place alone, and not in all of {places}")


def stays_text(example: Example, places: list[Place], text: str) -> bool:
    harmless = HARMLESS
    if example.component in ("records", "passages", "timeline", "remainder", "voices", "speakers"):
        # What is drawn keeps its length, what is sorted and grouped by its text its order
        harmless, text = f"{HARMLESS} {'w' * len(text)}", f"{HARMLESS} {text}"
    texts = {place: numbered(number, text) for number, place in enumerate(places)}
    if example.component == "entry":  # YAML puts quotation marks round some texts; read back, they are the same
        codes = [next(show(changed(example, texts), frame).iter("code")) for frame in frames(example)]
        written = [yaml.load("".join(code.itertext()), Loader=yaml.BaseLoader) for code in codes]
        read = [{each for _, each in leaves(every)} for every in written]
        lines = [line for code in codes for line in code]
        plain = all(line.attrib == {"class": "xp-entry__line"} and len(line) == 0 for line in lines)
        return plain and all({*texts.values()} <= each for each in read)
    return all(
        outline(show(changed(example, texts), frame))
        == outline(show_harmless(example, tuple(places), harmless, frame), harmless, text)
        for frame in frames(example)
    )


_shown: dict[tuple[int, tuple[Place, ...], str, str], Element] = {}


def show_harmless(example: Example, places: tuple[Place, ...], harmless: str, frame: str) -> Element:
    """Show one of `text_places` with a harmless text; that is the same for every text it is compared with."""
    key = id(example), places, harmless, frame
    if key not in _shown:
        texts = {place: numbered(number, harmless) for number, place in enumerate(places)}
        _shown[key] = show(changed(example, texts), frame)
    return _shown[key]


@settings(max_examples=100, deadline=None)
@given(st.data(), TEXTS)
def test_any_text_in_any_field_of_any_record_comes_out_as_that_text(data: st.DataObject, text: str) -> None:
    example, places = data.draw(st.sampled_from(text_places()))
    assert_text_stays_text(example, [each for each in places if has_room(each, text)], text)


def has_room(place: Place, text: str) -> bool:
    return count_words(text) < MAX_BRIEF_WORDS or place[0] != "limit" or len(place) < 4


@pytest.mark.parametrize("component", MACROS)
def test_every_hostile_text_in_every_field_of_a_component_stays_text(component: str) -> None:
    text = as_read("</p>*a*_b_`c`{{d}}[e](f){:.g}&amp;<!--|#\"'")
    for example, places in text_places():
        if example.component == component:
            assert_text_stays_text(example, places, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_text_inside_a_sentence_and_a_table(text: str) -> None:
    for example, places in text_places():
        if example.component == "figure":
            assert_text_stays_text(example, [each for each in places if each[-1] in ("unit", "qualifier")], text)


def test_every_text_of_a_record_is_shown_by_an_example_or_known_to_be_for_checking_only() -> None:
    """A new field comes with an example, or the tests above would not see it."""
    shown = [place for _, places in text_places() for place in places]
    seen = {(str(place[0]), *(step for step in place[2:] if isinstance(step, str))) for place in shown}
    fields = {(kind, *names) for kind, model in KINDS.items() for names in text_fields(model)}
    assert fields - seen == UNSEEN
    assert seen - fields == {("section",)}


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@with_example("javascript:alert(1)")
@with_example("//x.example")
@with_example("http://x.example")
@with_example("https://")
@with_example('https://x.example/"onclick="a')
@with_example("https://x.example/<b>")
@with_example("https://x.example/a b")
@with_example("HTTPS://x.example")
@with_example("https://x.example\\@y.example")
def test_an_address_is_refused_unless_it_is_a_web_page_s(text: str) -> None:
    try:
        url = URL.validate_python(text)
    except ValidationError:
        return
    assert url.startswith(("https://", "http://"))
    assert not set(url) & set('<>"\\ \t\n')


@settings(deadline=None)
@given(st.text(VISIBLE, min_size=1, max_size=20).map(lambda tail: "https://a.example/" + tail))
def test_every_link_out_of_the_site_is_https_and_is_the_record_s_address(url: str) -> None:
    usual = examples("source")[0]
    example = replace(usual, records=merged(usual))
    try:
        URL.validate_python(url)
    except ValidationError:
        return
    records = put(example.records, ("source", 0, "URL"), as_read(url))
    page = show(replace(example, records=records), ALONE)
    outward = [link.get("href") for link in page.iter("a") if "://" in link.get("href", "")]
    assert outward == [as_read(url)]


@settings(deadline=None)
@given(TEXTS, st.text(VISIBLE, max_size=20).map(as_read))
def test_a_link_to_a_passage_holds_nothing_that_ends_it(words: str, around: str) -> None:
    raw = f"{around} {words} {around}\n{around}"
    start = raw.index(words)
    directive = text_directive(raw, start, start + len(words))
    assert re.fullmatch(r"text=[A-Za-z0-9%._~,-]+", directive)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"URL": "https://a.example/b"}, "https://a.example/b#"),
        ({"URL": "https://a.example/b#c"}, "https://a.example/b#c"),
        ({"URL": "https://a.example/b#c:~:text=else"}, "https://a.example/b#c"),
        ({"URL": "https://a.example/b#:~:text=else"}, "https://a.example/b#"),
        ({"URL": "http://a.example/b", "archived": "https://c.example"}, "http://a.example/b#"),
        ({"URL": None, "archived": "https://c.example/http://a.example"}, "https://c.example/http://a.example#"),
    ],
)
def test_a_link_to_a_passage_keeps_the_fragment_of_the_source_s_address_but_no_passage(given, address) -> None:
    fields = {**cast()["source"][0], **given}
    source = Source.model_validate({name: value for name, value in fields.items() if value})
    location = examples("fact")[0].library.locations["lay-in-harbour"][0]
    passage = Passage(source=source.id, exact="words")
    assert Proof(source, passage, location, "", 1).address == f"{address}:~:text=words"


def test_an_id_is_never_text_of_the_author_s_choice() -> None:
    """Ids are printed as they are, so none may hold a sign that HTML reads."""
    for example in all_examples():
        for record in example.library.records.values():
            for name in [record.id, *(ref for _, ref, _ in referenced_ids(record))]:
                assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    for sign in "<>\"'&*_ {#:./":
        with pytest.raises(ValidationError):
            KINDS["topic"].model_validate({"id": f"a{sign}b", "name": "A"})
