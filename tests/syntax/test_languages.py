"""One tree in every language: what one language says, the others say too, and what is printed reads as the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydsl._resources import languages
from policydsl.source import Source
from policydsl.syntax import parse, parse_expression, parse_value
from policydsl.syntax.languages import DEFAULT, language_line, language_of
from policydsl.syntax.printing import print_expr
from policydsl.syntax.translating import print_file
from policydsl.syntax.words import words_of

from . import trees
from .reading import name, quantity, tree

OTHERS = [code for code in languages() if code != DEFAULT]


@pytest.mark.parametrize("language", OTHERS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_is_printed_reads_as_the_same_declaration(language, data):
    file = tree.File("here", (data.draw(trees.declarations),))
    assert parse(Source("here", print_file(file, language))) == (file, ())


@pytest.mark.parametrize("language", OTHERS)
@settings(max_examples=200, deadline=None)
@given(trees.expressions)
def test_what_is_printed_reads_as_the_same_expression(language, expression):
    assert parse_expression(print_expr(expression, language), language=language) == (expression, ())


@settings(max_examples=50, deadline=None)
@given(trees.files)
def test_a_file_goes_round_all_languages(file):
    text = print_file(file)
    for language in (*OTHERS, DEFAULT):
        made, told = parse(Source("here", text))
        assert (made, told) == (file, ())
        text = print_file(made, language)
    assert text == print_file(file)


@pytest.mark.parametrize("language", languages())
def test_the_first_line_names_the_language(language):
    file, told = parse(Source("here", language_line(language)))
    assert (file.language, file.declarations, told) == (language, (), ())


@pytest.mark.parametrize("line", ["# språk: sv", "#språk:SV", "# language: sv", "# sprog: sv ", "\n\n# språk: sv"])
def test_ways_to_name_it(line):
    assert parse(Source("here", f"{line}\n"))[0].language == "sv"


@pytest.mark.parametrize(
    "line", ["# noter: sv", "# språk", "## språk: sv", "# språk: sv och en", "rule x: a\n# språk: sv"]
)
def test_other_comments_name_none(line):
    assert parse(Source("here", f"{line}\n"))[0].language == DEFAULT


@pytest.mark.parametrize(("language", "text", "value"), [
    ("sv", "12,5 %", quantity("25/2", "%")),
    ("sv", "12,5 procent", quantity("25/2", "%")),
    ("sv", "3 procentenheter", quantity(3, "points")),
    ("sv", "11,5 år", quantity("23/2", "years")),
    ("sv", "18 mån", quantity(18, "months")),
    ("sv", "2 bankdagar", quantity(2, "banking days")),
    ("sv", "1 dag", quantity(1, "days")),
    ("sv", "400 Mkr", quantity(400, "SEK", 10**6)),
    ("sv", "32,5 mnkr", quantity("65/2", "SEK", 10**6)),
    ("sv", "5 tkr", quantity(5, "SEK", 1000)),
    ("sv", "44 300 kr", quantity(44300, "SEK")),
    ("sv", "2 mdr kr", quantity(2, "SEK", 10**9)),
    ("sv", "2 miljoner EUR", quantity(2, "EUR", 10**6)),
    ("sv", "400 MSEK", quantity(400, "SEK", 10**6)),
    ("sv", "400 TSEK", quantity(400, "SEK", 1000)),
    ("da", "12,5 pct.", quantity("25/2", "%")),
    ("da", "5 mio. kr.", quantity(5, "DKK", 10**6)),
    ("da", "1,5 mia. kr.", quantity("3/2", "DKK", 10**9)),
    ("da", "500 tkr.", quantity(500, "DKK", 1000)),
    ("da", "12 mdr.", quantity(12, "months")),
    ("da", "180 dage", quantity(180, "days")),
    ("da", "5 MDKK", quantity(5, "DKK", 10**6)),
    ("da", "2 procentpoint", quantity(2, "points")),
])  # fmt: skip
def test_numbers_and_units_follow_the_language(language, text, value):
    assert parse_value(text, "here", language) == (value, ())


@pytest.mark.parametrize(("language", "text"), [
    ("en", "12,5 %"), ("sv", "12.5 %"), ("da", "12.5 %"), ("da", "1.234.567 kr."), ("da", "1.234 kr."),
    ("sv", "1.234,50 kr"), ("da", "1.234,50 kr."),
])  # fmt: skip
def test_the_other_decimal_sign_is_an_error(language, text):
    assert [one.code for one in parse_value(text, "here", language)[1]] == ["PD154"]


@pytest.mark.parametrize(("language", "text"), [
    ("sv", "a får vara högst 20 %"), ("sv", "a får inte överstiga 20 %"), ("sv", "a ska vara högst 20 %"),
    ("sv", "a ska inte överstiga 20 %"), ("sv", "a högst 20 %"), ("sv", "a får högst vara 20 %"),
    ("da", "a må højst udgøre 20 %"), ("da", "a må ikke overstige 20 %"), ("da", "a skal være højst 20 %"),
    ("da", "a højst 20 %"),
])  # fmt: skip
def test_ways_to_say_at_most(language, text):
    file, told = parse(Source("here", f"{language_line(language)}regel x: {text}\n"))
    assert told == ()
    assert file.declarations[0].assertion.bound == tree.Bound("<=", quantity(20, "%"))
    assert file.declarations[0].assertion.subject == name("a")
    assert file.declarations[0].assertion.strength == "must"


@pytest.mark.parametrize("language", OTHERS)
def test_no_rows_are_no_answer(language):
    rows = tree.File("here", (tree.Rule("x", None, tree.Assertion((tree.No(name("a"), name("b")),), None, None)),))
    answer = tree.File("here", (tree.Define(name("a"), None, tree.YesNo(False)),))
    words = words_of(language)
    assert f" {words.in_place['no rows']} a" in print_file(rows, language)
    assert f" {words.written('NO')}\n" in print_file(answer, language)


@pytest.mark.parametrize("language", languages())
def test_what_is_written_in_some_places_is_a_spelling_of_its_word(language):
    words = words_of(language)
    places = {"no rows": "NO", "every period": "EACH", "by whom": "BY", "by when": "BY", "on columns": "ON"}
    assert set(words.in_place) == set(places)
    assert [place for place, terminal in places.items() if words.in_place[place] not in words.spellings[terminal]] == []


@pytest.mark.parametrize("code", ["sv", "da"])
def test_language_of_a_text_with_the_line_ends_of_windows(code: str) -> None:
    text = f"{language_line(code)}regelbok".replace("\n", "\r\n")
    assert language_of(Source("a.policy", text)) == (code, None)
