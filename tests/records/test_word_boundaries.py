"""Words are counted in any script."""

from macros.records.word_boundaries import count_words, file_under, first_words


def test_letters_of_a_script_without_spaces_count_as_half_a_word():
    assert (count_words("two words"), count_words("两国合作没有上限"), count_words("两国 and 上限")) == (2, 4, 3)
    assert first_words("one two  three four", 3) == "one two  three"
    assert first_words("两国合作没有上限", 2) == "两国合作"


def test_names_are_sorted_as_people_expect():
    names = [
        "3M",
        "Article 9",
        "Article 10",
        "Dahl",
        "Đặng",
        "d’Este",
        "Eco",
        "Élan",
        "Erdoğan",
        "Łem",
        "Lenz",
        "O’Brien",
        "Obst",
        "Østby",
        "Oz",
    ]
    assert sorted(set(names), key=file_under) == names
