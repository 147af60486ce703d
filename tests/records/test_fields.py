"""Values: what each type of field takes, what it makes of it, and what it refuses."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from macros.library.yaml import HIDDEN
from macros.records import fields
from macros.records.fields import Date, Number, Text, Url

TAKEN = {
    "Id": [("a", "a"), ("a-good-name", "a-good-name"), ("2022-visit", "2022-visit")],
    "Text": [("no", "no"), (" a\n  b\t c ", "a b c"), ("<b>*x*</b>", "<b>*x*</b>"), ("a\u00a0b", "a\u00a0b")],
    "Number": [("0", Decimal(0)), ("-12", Decimal(-12)), ("140.70", Decimal("140.70")), ("007", Decimal(7))],
    "Locator": [
        (each, each)
        for each in (
            "page 12",
            "pages xii-xiv",
            "section 3.2",
            "timestamp 00:12:30",
            "line 3",
            "paragraphs 5-7",
            "article 5(1)",
            "appendix B",
            "figure A.2",
        )
    ],
    "Doi": [(each, each) for each in ("10.1000/182", "10.1000/a.b(c)1", "10.1002/(SICI)1<1::A>3.0.CO;2-2")],
    "Url": [
        ("https://post.example", "https://post.example"),
        ("https://post.example/a%20b?c=d&e=f#g", "https://post.example/a%20b?c=d&e=f#g"),
        ("https://post.example/a_(b)", "https://post.example/a_(b)"),
        ("https://post.example/Brook's_canal", "https://post.example/Brook's_canal"),
        ("http://post.example/a", "http://post.example/a"),
        ("HTTPS://post.example/A", "https://post.example/A"),
    ],
    "Language": [
        ("en", "en"),
        *(
            ("en-US", "en-US"),
            ("en-us", "en-us"),
            ("EN", "en"),
            ("PT-br", "pt-br"),
            ("es-419", "es-419"),
            ("zh-yue", "zh-yue"),
        ),
        *(("ZH-HANT-tw", "zh-HANT-tw"), ("de-CH-1901", "de-CH-1901"), ("sl-ROZAJ", "sl-ROZAJ"), ("yue", "yue")),
        *(
            ("sr-Latn-RS", "sr-Latn-RS"),
            ("zh-Hant", "zh-Hant"),
            ("en-u-CA-gregory", "en-u-CA-gregory"),
            ("de-ch-x-Wallis", "de-ch-x-Wallis"),
        ),
        *(("deu", "de"), ("de-DD", "de-DD"), ("ger-AT", "de-AT"), ("ENG", "en"), ("haw", "haw")),
    ],
}


REFUSED = {
    "Id": ["", "A", "a b", "a_b", "-a", "a-", "a--b", "é", "a\n", "a/b", "a.b", "#a", ["a"], {"a": "b"}, 1, None],
    "Text": ["", " ", "\n\t", ["a"], {"a": "b"}, 1, 1.5, True, None, b"a"],
    "Number": [
        *(
            "",
            "1,000",
            "1 000",
            "1e3",
            "1.",
            ".5",
            "1.2.3",
            "+1",
            "--1",
            "0x1",
            "five",
            "5%",
            "nan",
            "inf",
            " 1",
            "1\n",
        ),
        *("١", "１", "²", "1_000", "−5", "1,5", "1/2", "20-25", "1k", "$5", 1, 1.5, True, None, ["1"]),
    ],
    "Url": [
        *("//post.example", "post.example", "/a", "mailto:a@b.example"),
        *("javascript:alert(1)", "data:text/html,a", "https:post.example", "https://", "https:///a", "https://?a"),
        *("https://post.example/a b", "https://po st.example", "https://post.example/\u00a0a", "https://#a"),
        *(
            'https://post.example/"a',
            "https://post.example/<a>",
            "https://po'st.example/a",
            "https://post.example\\a",
        ),
        *(" javascript:https://post.example", "ftp://post.example", "", ["https://post.example"], None),
    ],
    "Doi": ["10.1000/182.", "10.1000/182,", "https://doi.org/10.1000/182", "10.1/2"],
    "Locator": ["p. 12", "12", "Page 12", "page", "page vix.", "p12", "12:30", "row 3", "chapter One"],
    "Language": [
        *("", "English", "en_US", "e", "en-", "en-US-x", "en-USA", "en-u", "x-marle", "e1", ["en"], None),
        *("en-UK", "en-uk", "sr-Latn-UK", "de-XY", "jp", "cz-CZ", "aq"),
    ],
    "Date": ["", "May 1936", "1936-13", "86400", 86400, 1936, None, True, ["1936"], {"start": "1936"}],
}


def take(name, typed):
    return TypeAdapter(getattr(fields, name)).validate_python(typed)


def is_refused(name, typed):
    try:
        take(name, typed)
    except ValidationError:
        return True
    return False


def test_a_good_value_is_taken():
    good = [(name, *pair) for name, pairs in TAKEN.items() for pair in pairs]
    taken = [(name, typed, take(name, typed)) for name, typed, _ in good]
    assert taken == good
    assert repr(taken) == repr(good)  # 7 equals 7.00


def test_a_wrong_value_is_refused():
    wrong = [(name, typed) for name, all_typed in REFUSED.items() for typed in all_typed]
    assert [each for each in wrong if not is_refused(*each)] == []


def test_an_id_that_is_suggested_loses_no_letter_of_a_name():
    names = {
        "İğdır Kalesi": "igdir-kalesi",
        "Łódź": "lodz",
        "Straße 7": "strasse-7",
        "Œuvre, Søren Þór": "oeuvre-soren-thor",
    }
    assert {name: fields.id_like(name) for name in names} == names


def test_a_date_is_read_as_edtf_and_written_as_it_was_typed():
    date = TypeAdapter(Date)
    assert date.validate_python(" 1934-05~ ").say() == "about May 1934"
    assert date.dump_python(date.validate_python("../196X")) == "../196X"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_number_keeps_every_digit_that_was_typed(number):
    typed = f"{number:f}"
    assert str(TypeAdapter(Number).validate_python(typed)) == typed


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_an_address_that_is_taken_can_leave_no_attribute_and_names_no_script(typed):
    url = TypeAdapter(Url)
    for address in (typed, f"https://post.example/{typed}", f"https://{typed}"):
        try:
            taken = url.validate_python(address)
        except ValidationError:
            continue
        assert taken.startswith("https://")
        assert not set(taken) & set(' "<>\\\n\t\r')


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not HIDDEN.search(text)))
def test_a_text_keeps_its_characters_and_only_folds_white_space(typed):
    try:
        taken = TypeAdapter(Text).validate_python(typed)
    except ValidationError:
        taken = ""
    assert taken.split() == typed.split()
