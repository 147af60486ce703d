"""How text is set: what quotation marks enclose, and the one form in which texts are compared."""

from unicodedata import normalize

import pytest

from macros.evidence.article import Article, read_articles
from macros.evidence.selectors import find_parts, find_passage
from macros.evidence.typography import find_quotations, fold, holds, loose, marks_of, outermost
from macros.problems import AuthorError
from macros.records.models import Passage

# The language of a text, its own quotation marks or none, the text, and what stands between quotation marks.
QUOTED = [
    ("en", (), 'He said “we go” and "we stay".', ["we go", "we stay"]),
    ("en", (), "“We call it ‘the ditch’ here,” he said.", ["We call it ‘the ditch’ here,"]),
    ("en", (), "In the ’30s, the engineers’ own plan failed.", []),
    ("en", (), "In the '30s, the engineers' own plan failed.", []),
    ("en", (), "In the ‘30s, the engineers’ own plan failed.", []),
    ("en", (), "'Twas the engineers' plan, 'til rock 'n' roll got 'em.", []),
    ("en-GB", (), "‘We don’t stop,’ he said.", ["We don’t stop,"]),
    ("en-GB", (), "'We don't stop,' he said.", ["We don't stop,"]),
    ("en-GB", (), "‘The engineers’ own plan failed,’ he said.", ["The engineers’ own plan failed,"]),
    ("en-GB", (), "‘He asked “who digs” in the ’30s,’ she said.", ["He asked “who digs” in the ’30s,"]),
    (
        "en-GB",
        (),
        "'We fed the mills' he said; I don't see the farmers' plan. 'And stay.'",
        ["We fed the mills", "And stay."],
    ),
    (
        "en-GB",
        (),
        "‘’Tis winter,’ he said; ‘Rock ’n’ roll o’ course.’",
        ["’Tis winter,", "Rock ’n’ roll o’ course."],
    ),
    (
        "en-GB",
        (),
        "‘The islanders’ ferry is the ’90s’ best,’ she said.",
        ["The islanders’ ferry is the ’90s’ best,"],
    ),
    ("nl", (), "'We zijn 's avonds thuis', zei hij.", ["We zijn 's avonds thuis"]),
    ("nl", (), "‘’t Is laat’, zei hij, ‘en ’k ga’.", ["’t Is laat", "en ’k ga"]),
    ("en-GB", (), "‘I’m goin’ home,’ he said.", ["I’m goin’ home,"]),
    ("he", (), 'הוא אמר: "צה"ל נשאר".', ['צה"ל נשאר']),
    ("ja", (), '彼は"残る"と述べた。', ["残る"]),
    ("en", (), 'A 5" gun fired. "We heard it," he said.', ["We heard it,"]),
    ("en", (), '"We have a 5" gun," he said.', ['We have a 5" gun,']),
    ("en", (), 'It is 6 " long, 5 " wide.', []),
    ("en", (), "“We have a 5” gun,” he said.", ["We have a 5” gun,"]),
    ("en", (), '"In 1935" he went, "and in 1937."', ["In 1935", "and in 1937."]),
    ("en", (), "“It goes on.", ["It goes on."]),
    ("en", (), "“We go, he said. “And stay.”", ["And stay."]),
    ("en", (), 'He said “we "never" go” twice.', ['we "never" go']),
    ("de", (), "„wir gehen“ und »wir bleiben«, „er sagt ‚nein‘“.", ["wir gehen", "wir bleiben", "er sagt ‚nein‘"]),
    ("fr", (), "« nous allons », l’homme dit « l’eau ».", ["nous allons", "l’eau"]),
    ("sv", (), "”Vi går”, sade han. »Vi stannar», sade hon.", ["Vi går", "Vi stannar"]),
    ("ja", (), "彼は「進む」と言った。「『止まる』と言うな」", ["進む", "『止まる』と言うな"]),
    ("ru", (), "Он сказал: «Мы „не“ идём».", ["Мы „не“ идём"]),
    ("zh", (), "他说〝不停〞，又说：＂进＂。", ["不停", "进"]),
    ("en", (), 'He said:"We go", she:“We stay.”', ["We go", "We stay."]),
    ("en", (), "‟We go” and ❝we stay❞.", ["We go", "we stay"]),
    ("zh", (), "我们‘绝不’停止。", ["绝不"]),
    ("es", ("——",), "—Nosotros vamos —dijo—. Y nada.", ["Nosotros vamos"]),
    ("pl", ("——",), "— Nie stoimy — mówi. I nic.", ["Nie stoimy"]),
    ("ko", (), "그는 ‘멈추지 않는다’고 말했다.", ["멈추지 않는다"]),
    ("he", (), "הוא אמר: ”לא נפסיק“ והלך.", ["לא נפסיק"]),
    ("en", ("‘’",), "‘we go’ or “stay”", ["we go"]),
    ("zh", ("《》",), "他说《不停》。", ["不停"]),
    ("en", (), "He said, ``We don't go,'' and: ``Never 'now'.''", ["We don't go,", "Never 'now'."]),
    ("en", ("`'",), "He said `we don't go'.", ["we don't go"]),
    ("en", (), "''We don't go,'' he said, 5'' off; >>We stay<<.", ["We don't go,", "We stay"]),
    ("en", (), "''Tis winter,' he said.", ["'Tis winter,"]),
    ("de", (), ",,Wir gehen“, <<wir bleiben>>, ,,", ["Wir gehen", "wir bleiben"]),
    ("da", (), "Hun sagde: ”Vi går”, 5 ” bred.", ["Vi går"]),
    ("he", (), "הוא אמר: ״צה״ל נשאר״.", ["צה״ל נשאר"]),
    ("ja", (), "彼は｢残る｣と述べた。", ["残る"]),
    ("en", (), 'He said,"We go,"and went.', ["We go,"]),
]


def test_quotations_are_found_by_the_marks_of_the_language_or_of_the_source():
    def find(text, language, pairs):
        return [text[slice(*span)] for span in outermost(find_quotations(text, marks_of(language, pairs)))]

    found = [(language, pairs, text, find(text, language, pairs)) for language, pairs, text, _ in QUOTED]
    assert found == QUOTED


def test_a_source_may_name_its_own_marks(small, tmp_path):
    (tmp_path / "a.txt").write_text("‘we go’ or “stay”", encoding="utf-8")
    source = small.read().records["post"].model_copy(update={"text": "a.txt", "quotation_marks": ("‘’",)})
    article = read_articles(tmp_path, [source])["post"]
    assert [article.original(span) for span in article.quotations] == ["we go"]


@pytest.mark.parametrize(("text", "words"), [("그는 ‘멈춘다’고 말했다.", "멈춘다"), ("我们‘绝不’停止。", "绝不")])
def test_a_mark_beside_a_letter_closes_where_no_word_has_an_apostrophe(text, words):
    assert find_passage(Article("a", text), Passage(source="a", exact=words), quoted=True)


def test_an_apostrophe_proves_no_quotation():
    article = Article("a", "In the ’30s, the engineers’ own plan failed.")
    with pytest.raises(AuthorError, match="does not stand between"):
        find_passage(article, Passage(source="a", exact="30s, the engineers"), quoted=True)


@pytest.mark.parametrize("marks", ["‘’", "“”", "''"])
def test_a_quotation_goes_on_in_the_next_paragraph_behind_a_mark_of_its_own(marks):
    text = "‘We will dig to the sea.\n\n‘No stone will stop us,’ she said.\n\nThe engineers’ plan failed."
    article = Article("a", text.replace("‘", marks[0]).replace("’", marks[1]))
    found = [article.original(span) for span in article.quotations]
    assert found == ["We will dig to the sea.", "No stone will stop us,"]


def test_parts_of_a_speech_are_joined_in_other_languages():
    for text, parts in (
        ("« Nous allons », dit-il, « à Marle. »", ("Nous allons", "à Marle.")),
        ("„Wir gehen“, sagte er, „nach Marle.“", ("Wir gehen", "nach Marle.")),
        ("「進む」，他说。「不停。」", ("進む", "不停。")),
        ("‘We gaan’, zei hij. ‘’t Is laat.’", ("We gaan", "’t Is laat.")),
    ):
        article = Article("a", text)
        assert len(find_parts(article, [Passage(source="a", exact=part) for part in parts])) == 2, text


# The text of a source, as a file may hold it, the words looked for, and the words as the article gives them.
SET_OTHERWISE = [
    ("One line.\r\nThe canal ends.\r\n", "The canal ends.", "The canal ends."),
    ("\ufeffThe canal ends.", "The canal ends.", "The canal ends."),
    ("The ca\u00adnal en\u200bds.", "The canal ends.", "The ca\u00adnal en\u200bds."),
    (normalize("NFD", "Der Fluß führt über Łódź."), "führt über Łódź", "führt über Łódź"),
    ("führt über", normalize("NFD", "führt über"), "führt über"),
    ("The ﬁrst oﬃce.", "first office", "ﬁrst oﬃce"),
    ("او می\u200cرود و می\u200cآید", "می‌رود", "می\u200cرود"),
    ("او میرود", "می\u200cرود", "میرود"),
    ("The farmers dug the long canal,\nand the board paid for\nall of it.\n\nNobody asked why it ended.",
     "canal, and the board paid for all", "canal, and the board paid for all"),
    ("The farmers dug the har-\nbour.\n\nNobody asked.", "the har-bour", "the har-bour"),
    ("The farmers dug the har\u00ad\nbour.\n\nNobody asked.", "the harbour", "the har\u00adbour"),
    ("  The farmers dug the har-\n  bour.\n\n  Nobody asked.", "the har-bour", "the har-bour"),
    ("　两国合作\n　没有上限。\n\n　第二段。", "合作没有", "合作没有"),
    ("The farmers dug -\nand paid.\n\nNobody asked.", "dug - and paid", "dug - and paid"),
    ("The farmers dug  \nand paid.  \n   \nNobody asked.", "dug and paid", "dug and paid"),
    ("两国合作\n没有上限。\n\n第二段。", "合作没有", "合作没有"),
    ("两国，\n「合作」。\n\n第二段。", "两国，「合作", "两国，「合作"),
    ("한국은\n간다.\n\n끝.", "한국은 간다", "한국은 간다"),
    ("两国合作没有上限。", "合作", "合作"),
    ("Об\u02bcєднання живе.", "Об'єднання", "Об\u02bcєднання"),
    ("O‘zbek tili", "O\u02bbzbek", "O‘zbek"),
    ("ทุกคนรักแม่น้ำ", "แม่น้ำ", "แม่น้ำ"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "original"), SET_OTHERWISE)
def test_words_are_found_however_the_file_is_written(text, words, original):
    article = Article("a", text)
    found = find_passage(article, Passage(source="a", exact=words), quoted=False)
    assert article.text[found.start : found.end] == fold(words)
    first, last = article.origins[found.start], article.origins[found.end - 1] + 1
    assert article.raw[first:last].replace("\n", " ") == original


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("The fellow fell.", "fell", True),
        ("The fellow fell.", "fell … fellow", False),
        ("Fellow fellows fell.", "fellow fell", False),
        ("[T]he fellow", "[T]he", True),
        ("The fellow", "", True),
        ("the " * 5000, " … ".join(["the"] * 20 + ["fellow"]), False),  # at once
    ],
)
def test_words_are_held_by_a_text_as_whole_words_and_in_order(text, words, held):
    assert holds(loose(text), words) is held


@pytest.mark.parametrize(("text", "words"), [("हिन्दी में", "हिन्द"), ("กิน", "ก"), ("e\u0323\u0301a", "e")])
def test_no_letter_is_taken_without_its_sign(text, words):
    with pytest.raises(AuthorError, match="is not in"):
        find_passage(Article("a", text), Passage(source="a", exact=words), quoted=False)
