"""How the generator speaks to authors: the place, the nearest known word, lists in a sentence."""

from macros.problems import Problem, ProblemsFoundError, did_you_mean, listed


def test_a_problem_leaves_out_the_line_or_column_it_does_not_know():
    assert str(Problem("a.yml", 3, 5, "is wrong")) == "a.yml:3:5: is wrong"
    assert str(Problem("a.yml", 3, 0, "is wrong")) == "a.yml:3: is wrong"
    assert str(Problem("a.yml", 0, 0, "is wrong")) == "a.yml: is wrong"


def test_problems_are_sorted_by_place_as_numbers_and_none_comes_twice():
    problems = [
        Problem("b", 1, 0, "x"),
        Problem("a", 10, 0, "x"),
        Problem("a", 9, 0, "x"),
        Problem("a", 9, 0, "x"),
    ]
    assert str(ProblemsFoundError(problems)) == "a:9: x\na:10: x\nb:1: x"


def test_the_nearest_known_word_is_suggested_and_nothing_far_off():
    assert did_you_mean("watr", ["earth", "water"]) == '; did you mean "water"?'
    assert did_you_mean("fire", ["earth", "water"]) == ""
    assert did_you_mean("fire", []) == ""
    assert did_you_mean("url", ["URL", "type"]) == '; did you mean "URL"?'


def test_words_are_listed_as_in_a_sentence():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a or b"
    assert listed(iter("abc")) == "a, b or c"
