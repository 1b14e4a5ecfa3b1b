"""Keywords are soft: a word is one only where the grammar can go on with it."""

import pytest

from policydsl.syntax.words import words_of

from .reading import body, compare, name, only, quantity, read, rule, total, tree

WORDS = sorted(words_of().phrases)
AGGREGATES = {"sum", "share", "count", "distinct", "average", "median", "min", "max", "best", "worst", "largest"}
JOINING = {
    "where", "of", "and", "or", "in", "is", "between", "contains", "unless", "otherwise", "must", "should", "under",
    "over", "per", "when",
}  # fmt: skip
VALUES = {"yes", "no", "undecided", "not"}


@pytest.mark.parametrize("word", WORDS)
def test_every_keyword_may_be_an_id_a_label_and_the_name_of_a_table(word):
    assert only(f"rule {word}: sum <= 1%\n").id == word
    assert only(f"table {word}\n  a text\n").name == name(word)
    assert only(f"define {word} = 1\n").name == name(word)
    if word != "otherwise":
        assert only(f"category c of t\n  {word}: x > 1\n").labels[0].label == name(word)


@pytest.mark.parametrize("word", WORDS)
def test_every_keyword_may_be_a_column_in_backticks(word):
    assert rule(f"sum where `{word}` > 3y <= 5%").subject.where == compare(name(word), ">", quantity(3, "years"))


@pytest.mark.parametrize("word", sorted(set(WORDS) - JOINING - VALUES))
def test_most_keywords_may_be_columns_in_conditions_about_rows(word):
    assert rule(f"sum where {word} > 3y <= 5%").subject.where == compare(name(word), ">", quantity(3, "years"))


@pytest.mark.parametrize("word", sorted(set(WORDS) - JOINING - VALUES - AGGREGATES - {"each", "every", "always", "by"}))
def test_most_keywords_may_be_figures(word):
    assert rule(f"{word} <= 5%").subject == name(word)
    assert body(word) == name(word)


@pytest.mark.parametrize("word", sorted(JOINING))
def test_words_that_join_are_no_columns(word):
    assert read(f"rule r: sum {word} > 3y <= 5%\n")[1]


def test_longest_phrase_counts():
    assert rule("share at most 5%").bound.op == "<="
    assert read("rule r: share of x at mostly 5%\n")[1] == [
        "1:20 PD150 `at` is not expected here | did you mean `at most`?"
    ]
    assert read("ruleb: sum <= 5%\n")[1] == ["1:1 PD110 `ruleb` is not a declaration | did you mean `rule`?"]


def test_clause_words_are_names_elsewhere():
    made = only('rule r: each x: source = note and item > quote\n  source "a"\n')
    assert made.assertion.subject == tree.And(
        compare(name("source"), "=", name("note")), compare(name("item"), ">", name("quote"))
    )


def test_limit_is_a_word_only_in_warn_at():
    assert rule("sum <= 90% of limit").bound.value == tree.PercentOf(quantity(90, "%"), name("limit"))


def test_units_are_words_only_behind_numbers():
    assert rule("sum where y > 3 y and M > 5 MSEK <= 1%").subject == total(
        where=tree.And(
            compare(name("y"), ">", quantity(3, "years")), compare(name("M"), ">", quantity(5, "SEK", 10**6))
        )
    )


@pytest.mark.parametrize(("written", "text"), [
    ("AA-", "AA-"), ("A-1", "A-1"), ("F1+", "F1+"), ("long-term", "long-term"), ("issuer.country", "issuer.country"),
    ("Räntebindning", "Räntebindning"), ("`3 kap 5 §`", "3 kap 5 §"), ("x_1", "x_1"),
])  # fmt: skip
def test_names(written, text):
    assert rule(f"{written} <= 5%").subject == name(text)


def test_signs_and_names_stand_close():
    assert rule("each x: rating>=AA-and_so").subject == compare(name("rating"), ">=", name("AA-and_so"))
    assert rule("each x: rating in AA-..A+").subject.among == tree.Range(name("AA-"), name("A+"))
    assert rule("each x: rating>=AA- and y").subject.left == compare(name("rating"), ">=", name("AA-"))
