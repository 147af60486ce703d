"""Text of every script in a line of another: marked with its language, and kept from moving what is beside it."""

import pytest
from jinja2 import DictLoader
from markupsafe import Markup

from macros.components import rendering
from macros.components.rendering import environment, in_language, render_block, render_inline, unbroken
from macros.problems import CONFLICT, ProblemsFoundError

ARABIC, HEBREW = "لن نتوقف (1931)!", "שלום 5"


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> str:
    """A template with a text in a line, in attributes, and where HTML has no elements."""
    text = (
        '<p title="By {{ name }}" data-copy="{{ name }}">By {{ name }}, 1931.</p>'
        "<svg><text>{{ name }}</text></svg><title>{{ name }}</title><p>{{ name }}</p>"
        '<p>{{ [name, name]|map("isolated")|join("; ") }}</p>'
    )
    environment.cache_clear()
    monkeypatch.setattr(environment(), "loader", DictLoader({"any/line.html": text}))
    monkeypatch.setattr(environment(), "bytecode_cache", None)
    yield "any/line"
    environment.cache_clear()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" \n", "is empty; write it, or put it back"),
        ("<p>\n<<<<<<< ours\n</p>\n", f"2: {CONFLICT}"),
    ],
)
def test_a_template_that_is_none_is_refused_with_its_place(text, told, tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "FOLDER", tmp_path)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "fact.html").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFoundError) as raised:
        rendering.Templates(tmp_path / "records").get_source(environment(), "fact.html")
    separator = ":" if told[0].isdigit() else ": "
    assert str(raised.value) == f"macros/components/records/fact.html{separator}{told}"


@pytest.mark.parametrize("render", [render_block, render_inline])
@pytest.mark.parametrize("name", [ARABIC, HEBREW, f"{HEBREW} & <b>", "שלום לעולם (UN)"])
def test_a_text_from_right_to_left_is_isolated(name: str, render: object, template: str) -> None:
    shown = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert render(template, name=name) == (  # type: ignore[operator]
        f'<p title="By \u2068{shown}\u2069" data-copy="{shown}">By <bdi>{shown}</bdi>, 1931.</p>'
        f"<svg><text>\u2068{shown}\u2069</text></svg><title>\u2068{shown}\u2069</title><p><bdi>{shown}</bdi></p>"
        f"<p><bdi>{shown}</bdi>; <bdi>{shown}</bdi></p>"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("שלום לעולם denies it, in 1931!", "[שלום לעולם] denies it, in 1931!"),
        ("The company of שלום (5)", "The company of [שלום] (5)"),
        ("Said by שלום, לעולם and others", "Said by [שלום], [לעולם] and others"),
        ("He wrote “שלום (1931)!” in ink", "He wrote “[שלום (1931)!]” in ink"),
        ("He wrote ‘(1931) שלום’ and «שלום.» in red ink", "He wrote ‘[(1931) שלום]’ and «[שלום.]» in red ink"),
        (
            '"שלום (1932)!" is not in "one": after "שלום" it ends',
            '"[שלום (1932)!]" is not in "one": after "[שלום]" it ends',
        ),
        ("docs/שלום.md, of שלום 5 לעולם here", "docs/[שלום].md, of [שלום 5 לעולם] here"),
    ],
)
def test_words_from_right_to_left_are_isolated_in_a_sentence_that_is_not(
    text: str, shown: str, template: str
) -> None:
    shown = shown.replace("[", "<bdi>").replace("]", "</bdi>").replace('"', "&#34;")
    assert f">By {shown}, 1931.</p>" in render_block(template, name=text)


def test_any_other_text_stays_as_it_is(template: str) -> None:
    assert "bdi" not in render_block(template, name="Łódź, 两国合作, Ελλάδα – “words”")


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("words", "en", "words"),
        ("words", "en-GB", "words"),
        ("my wordes", "en-GB", "my wordes"),
        ("my wordes", "enm", '<span lang="enm" dir="ltr">my wordes</span>'),
        ("mots & phrases", "fr", '<span lang="fr" dir="ltr">mots &amp; phrases</span>'),
        (ARABIC, "ar", f'<span lang="ar" dir="rtl">{ARABIC}</span>'),
        ("“Вода!”", "ar-EG", '<span lang="ar-EG" dir="ltr">“Вода!”</span>'),
        (f"WHO {ARABIC}", "ar", f'<span lang="ar" dir="rtl">WHO {ARABIC}</span>'),
        (f"le mot {HEBREW[:3]}", "fr", f'<span lang="fr" dir="ltr">le mot {HEBREW[:3]}</span>'),
        ("lan natawaqqaf", "ar-Latn", '<span lang="ar-Latn" dir="ltr">lan natawaqqaf</span>'),
        (HEBREW, "und", f'<span lang="und" dir="rtl">{HEBREW}</span>'),
        ("arte", "arn", '<span lang="arn" dir="ltr">arte</span>'),
    ],
)
def test_words_of_another_language_say_which(text: str, language: str, shown: str) -> None:
    assert in_language(text, language) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("we “never” stop,", "we ‘never’ stop"),
        ("остаёмся в „старой“ гавани", "остаёмся в „старой“ гавани"),
    ],
)
def test_a_quotation_in_a_quotation_has_single_marks_and_foreign_ones_stay(words: str, shown: str) -> None:
    assert environment().filters["nested"](words) == shown


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A Russia-China pact", 'A <span class="xp-unbroken">Russia-China</span> pact'),
        ("The Russia–China <b>", 'The <span class="xp-unbroken">Russia–China</span> &lt;b&gt;'),
        ("A treaty of good-neighbourliness - 1", "A treaty of good-neighbourliness - 1"),
        (Markup('<span lang="zh-Hans">a-b</span>'), '<span lang="zh-Hans">a-b</span>'),
    ],
)
def test_a_line_of_a_title_does_not_end_within_a_short_hyphenated_word(title: str, shown: str) -> None:
    assert unbroken(title) == shown
