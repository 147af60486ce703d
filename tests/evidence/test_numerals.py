"""Figures are read as the language of a text writes them, in digits or in words."""

from decimal import Decimal

import pytest

from macros.evidence.numerals import read_figures

FIGURES = [
    ("It cost 4,100.5 crowns.", "en", "4100.5"),
    ("It took ½ a day.", "en", "0.5"),
    ("It took 3½ days.", "en", "3.5"),
    ("It took two dozen days.", "en", "24"),
    ("It is 5 m deep.", "en", "5"),
    ("See section 1.2.3 of it.", "en", "1.23"),
    ("Es kostete 4.100,5 Kronen.", "de", "4100.5"),
    ("Es kostete 4.100,5 Kronen.", "de-AT-u-nu-latn", "4100.5"),
    ("Es dauerte 3½ Tage.", "de", "3.5"),
    ("Das Wasser stand 10 Tage in Halbingen.", "de", "10"),
]

# What a text says, and one of the figures in it.
HELD = [
    ("It grew to 1.2×10^6 visits.", "en", "1200000"),
    ("It grew to 1.2 × 10⁶ visits.", "en", "1200000"),
    ("It grew to 1.2e6 visits.", "en", "1200000"),
    ("It is 66 ± 2 million years old.", "en", "66000000"),
    ("It cost 3 or 4 million.", "en", "3000000"),
    ("It cost 5 lakh rupees.", "en-IN", "500000"),
    ("Es kostete 2 Mio. Franken.", "de", "2000000"),
    ("Es kostete 1’234’567.50 Franken.", "de-CH", "1234567.50"),
    ("Il coûta 1 234,5 francs.", "fr", "1234.5"),
    ("Die Hälfte ist Schlamm.", "de", "0.5"),
    ("Eine halbe Million Kronen.", "de", "500000"),
    ("La moitié est de la boue.", "fr", "0.5"),
    ("5 миллионов рублей", "ru", "5000000"),
    ("利用者は3億人", "ja", "300000000"),
    ("利用者は三億人", "ja", "300000000"),
    ("二〇一九年に二十二隻", "ja", "2019"),
    ("二〇一九年に二十二隻", "ja", "22"),
    ("利用者の三分の一", "ja", "0.33"),
    ("4.5万元", "zh", "45000"),
    ("3억 명", "ko", "300000000"),
    ("3천만 원", "ko", "30000000"),
    ("3,5 tys. złotych", "pl", "3500"),
    ("3 milyon lira", "tr", "3000000"),
    ("3 триллиона рублей", "ru", "3000000000000"),
    ("5 लाख रुपये", "hi", "500000"),
    ("Its odds ratio was 1·25.", "en", "1.25"),
    ("It lasted from 1974–6.", "en", "1976"),
    ("It lasted from 1974-78.", "en", "1978"),
    ("At 2.30pm it closed.", "en", "30"),
    ("A single boat sank.", "en", "1"),
    ("A pair of boats sank.", "en", "2"),
    ("Three and a half boats sank.", "en", "3.5"),
    ("It was a twentyfold rise.", "en", "20"),
    ("It was a twenty-two-day war.", "en", "22"),
    ("Twelve dozen boats sank.", "en", "144"),
    ("It has 1.2m users.", "en", "1200000"),
    ("It rose from 1.2m in 1935.", "en", "1200000"),
    ("It cost $1.5B.", "en", "1500000000"),
    ("Its 120K users", "en", "120000"),
    ("It cost 3-4 million.", "en", "3000000"),
    ("Its share is 10,5 per cent.", "en-ZA", "10.5"),
    ("Tiene 2,9 millones de barcos.", "es-419", "2900000"),
    ("1.35 Mio. Franken", "de", "1350000"),
    ("Es dauerte anderthalb Jahre.", "de", "1.5"),
    ("5 Tsd. Franken", "de", "5000"),
    ("約21万3000人", "ja", "213000"),
    ("2만 3000명", "ko", "23000"),
    ("1억 2천만 원", "ko", "120000000"),
]


@pytest.mark.parametrize(("text", "language", "figure"), FIGURES)
def test_a_figure_is_read_by_the_language_of_its_text(text, language, figure):
    assert read_figures(text, language) == {Decimal(figure)}


def test_a_figure_is_read_in_other_signs_and_words():
    unread = [each for each in HELD if Decimal(each[2]) not in read_figures(*each[:2])]
    assert unread == []


@pytest.mark.parametrize(
    "text", ["Limits one and two.", "Two, three or four of them.", "One & two; 50 is no word."]
)
def test_small_numbers_in_words_count_nothing_beside_others_either(text):
    assert read_figures(text, least=11) <= {Decimal(50)}
