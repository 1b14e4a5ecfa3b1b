"""Definitions: whatever their order, without circles, each name once."""

from fractions import Fraction

import pytest

from policydsl.model.expressions import Aggregate, Choice, ColumnOf, Named, Pick
from policydsl.model.types import SHARE, TERM, YES_NO, GradeType, ListType, TextType, money

from .writing import CATEGORY, LOANS, checked, codes, message, rows, said, words_at


def columns(text: str):
    """The computed columns of the holdings, by name."""
    return {one.name: one for one in checked(text).tables["holdings"].computed}


def quantities(text: str):
    return {one.name: one for one in checked(text).quantities}


# ---------------------------------------------------------------- what a definition is


def test_quantities_stand_in_the_order_of_the_text():
    found = checked("define b = portfolio / 2\ndefine a = b / 2\n").quantities
    assert [one.name for one in found] == ["b", "a", "portfolio"]


def test_order_of_declarations_does_not_matter():
    parts = [
        "rule x: a <= 20%\n",
        "define a = share of bonds where rating >= AA-\n",
        "define bonds = sum market_value of paper\n",
        "define paper = holdings where asset_class = fixed_income\n",
        "define rating of holdings = better of rating_sp and rating_moodys\n",
    ]
    forward, backward = checked("".join(parts)), checked("".join(reversed(parts)))
    assert forward.checks == backward.checks
    assert {one.name: one for one in forward.quantities} == {one.name: one for one in backward.quantities}


def test_quantity_by_its_name_is_the_quantity():
    found = quantities("define half = portfolio / 2\ndefine quarter = half / 2\n")["quarter"].expression
    assert isinstance(found.left, Named)
    assert found.left.name == "half"


def test_computed_columns():
    found = columns(
        "define rating of holdings = better of rating_sp and rating_moodys\n"
        "define long of holdings = duration > 7y\n"
        "define weight of holdings = market_value / portfolio\n"
        "define class of holdings = issuer_type when held_directly otherwise issuer_type\n"
        "define known of holdings = duration otherwise 0y\n"
    )
    assert isinstance(found["rating"].expression, Pick)
    assert found["rating"].type == GradeType("long_rating")
    assert found["long"].type == YES_NO
    assert found["weight"].type == SHARE
    assert isinstance(found["class"].expression, Choice)
    assert (found["known"].expression.condition, found["known"].type) == (None, TERM)


def test_computed_columns_stand_in_the_order_in_which_they_can_be_worked_out():
    found = (
        checked("define a of holdings = b * 2\ndefine b of holdings = market_value * 2\n").tables["holdings"].computed
    )
    assert [one.name for one in found] == ["b", "a"]


def test_column_is_defined_of_a_table_or_its_singular():
    assert columns("define d of holding = duration * 2\n") == columns("define d of holdings = duration * 2\n")


def test_rows_are_usable_after_of_each_and_no():
    before = "define equities = holdings where asset_class = equity\n"
    assert codes_are_none(before + "rule a: sum market_value of equities <= 5 MSEK\n")
    assert codes_are_none(before + "rule b: each equities: issuer is present\n")
    assert codes_are_none(before + "rule c: no equities where issuer is none\n")


def codes_are_none(text: str) -> bool:
    return checked(text) is not None


def test_rows_of_rows_keep_all_conditions():
    before = "define direct = holdings where held_directly\ndefine long = direct where duration > 7y\n"
    found = rows("each long: issuer is present", before)
    assert found == rows("each holding where held_directly and duration > 7y: issuer is present")


def test_another_name_for_rows():
    before = "define equities = holdings where asset_class = equity\ndefine shares = equities\n"
    assert rows("each shares: issuer is present", before) == rows("each equities: issuer is present", before)


def test_rows_need_no_table():
    told = message("define equities of holdings = holdings where asset_class = equity\n", "PD292")
    assert "`define equities = holdings where ...`" in told


@pytest.mark.parametrize(
    ("written", "type"),
    [
        ("20%", SHARE),
        ("11.5y", TERM),
        ("supplied by the run, money in SEK", money("SEK")),
        ("supplied by the run, long_rating", GradeType("long_rating")),
        ('"A", "B"', ListType(TextType())),
    ],
)
def test_parameters(written, type):
    found = checked(f"parameter p: {written}\n").parameters["p"]
    assert found.type == type
    assert found.supplied == ("supplied" in written)


def test_parameter_of_one_kind():
    assert "`p`" in message('parameter p: "A", 5y\n', "PD213")


def test_parameter_is_not_calculated():
    message("parameter p: portfolio\n", "PD214")


def test_undecided_parameter_has_no_value():
    assert checked("parameter p: undecided\n").parameters["p"].value is None


# ---------------------------------------------------------------- categories


def test_category_labels_in_their_order_with_otherwise_last():
    (found,) = checked(CATEGORY).tables["holdings"].categories
    assert [one.label for one in found.labels] == ["A", "B", "C", "D", "E", "F"]
    assert found.labels[0].title == "AAA"
    assert [one.condition is None for one in found.labels] == [False] * 5 + [True]
    assert found.where == ColumnOf("holdings", "held_directly", YES_NO)


def test_category_condition_is_a_condition():
    assert codes("category c of holdings\n  A: duration\n  otherwise B\n") == ["PD218"]


def test_category_may_stand_on_another():
    text = CATEGORY + "category wide of holdings\n  good: credit_category in A..C\n  otherwise bad\n"
    assert len(checked(text).tables["holdings"].categories) == 2


# ---------------------------------------------------------------- circles


def test_circle_is_told_in_order():
    told = said("define a = b + portfolio\ndefine b = c * 2\ndefine c = a / 2\n")
    assert {one.code for one in told} == {"PD205"}
    assert "a -> b -> c -> a" in told[0].message


@pytest.mark.parametrize(
    "text",
    [
        "define a = a + portfolio\n",
        "define a of holdings = b\ndefine b of holdings = a\n",
        "define a = a where real_rate\n",
        "define a = b where real_rate\ndefine b = a where held_directly\n",
        "define a = sum market_value of holdings where market_value > b\ndefine b = a / 2\n",
        "category c of holdings\n  A: d = 1\n  otherwise B\ndefine d of holdings = 1 when c = A otherwise 2\n",
        "define w of holdings = market_value / total\ndefine total = sum market_value of holdings where w > 5%\n",
    ],
)
def test_every_kind_of_circle(text):
    assert set(codes(text)) == {"PD205"}


def test_base_that_leads_back_to_itself():
    text = 'rulebook "Example"\n  base a\ndefine a = b\ndefine b = a\n'
    assert set(codes(text)) == {"PD205"}


def test_circle_hides_nothing_else():
    told = codes('define a = a * 2\ndefine d = portfolio + 3%\nrule x: share where isuer = "X" <= 5%\n')
    assert sorted(told) == ["PD200", "PD205", "PD221"]


# ---------------------------------------------------------------- names taken twice


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("define portfolio = sum market_value of holdings\n", "portfolio"),
        ("define holdings = portfolio / 2\n", "holdings"),
        ("define holding = portfolio / 2\n", "holding"),
        ("define long_rating = portfolio / 2\n", "long_rating"),
        ("parameter p: 1%\nparameter p: 2%\n", "p"),
        ("parameter p: 1%\ndefine p = portfolio / 2\n", "p"),
        ("scale long_rating, best first: good, bad\n", "long_rating"),
        ("table swaps, each swap\n  a  text\ntable swaps, each trade\n  a  text\n", "swaps"),
        ("table others, each holding\n  a  text\n", "holding"),
        ("rule x: portfolio >= 1 SEK\nrule x: portfolio >= 2 SEK\n", "x"),
    ],
)
def test_name_taken_twice_is_told_at_the_second_with_the_first(text, name):
    told = said(text)
    assert [one.code for one in told] == ["PD204"]
    assert f"`{name}`" in told[0].message
    assert len(told[0].labels) == 1


def test_second_rule_of_an_id_is_the_one_that_is_told():
    text = "rule x: portfolio >= 1 SEK\nrule x: portfolio >= 2 SEK\n"
    (told,) = said(text)
    assert told.where.start == text.rindex("x:")
    assert told.labels[0].span.start == text.index("x:")
    assert words_at(told, text) == "x"


@pytest.mark.parametrize(
    "text",
    [
        LOANS.replace("nominal", "amount"),
        LOANS.replace("money in SEK\n", 'money in SEK, also "lender"\n', 1),
        "define issuer of holdings = currency\n",
        "define date of holdings = settled\n",
        "define d of holdings = duration\ndefine d of holdings = duration\n",
        CATEGORY + "define credit_category of holdings = duration\n",
    ],
)
def test_column_taken_twice(text):
    message(text, "PD208")


def test_columns_of_two_tables_may_have_one_name():
    checked(LOANS + "table swaps, each swap\n  loan  text, key\n  amount  money in SEK\n")


def test_quantity_may_be_called_like_a_column():
    """A row's own column comes first where rows are spoken of; among quantities there is no column."""
    text = "define duration = average duration weighted by market_value of holdings\nrule x: duration <= 5y\n"
    (made,) = checked(text).checks
    assert isinstance(made.assertion.figure, Named)
    assert isinstance(made.assertion.figure.quantity, Aggregate)
    assert made.assertion.bound.value.value == Fraction(60)


# ---------------------------------------------------------------- tables and scales


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("c  text, blank means 0", "PD209"),
        ("c  text, blank means no", "PD209"),
        ("c  money in SEK, blank means unrated", "PD209"),
        ("c  long_rating, blank means no", "PD209"),
        ("c  text, not negative", "PD210"),
        ("c  text, key, blank means none", "PD211"),
        ("c  one of a, b, A", "PD212"),
        ("c  money in SEC", "PD201"),
    ],
)
def test_what_is_wrong_with_a_column(line, code):
    assert code in codes(f"table t, each one\n  {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "c  money in SEK, blank means 0, not negative",
        "c  term in years, not negative, blank means none",
        "c  yes/no, blank means no",
        "c  long_rating, blank means unrated",
        "c  date, blank means none",
        "c  text, key",
        'c  list of text separated by ";"',
        'c  list of long_rating separated by ","',
    ],
)
def test_what_is_right_with_a_column(line):
    checked(f"table t, each one\n  {line}\n")


def test_label_of_a_category_stands_once():
    assert codes("category c of holdings\n  A: duration > 7y\n  A: duration > 5y\n  otherwise B\n")
    assert codes("category c of holdings\n  A: duration > 7y\n  otherwise A\n")


def test_grade_stands_at_one_place():
    assert "`fair`" in message("scale s, best first: good, fair, bad, fair\n", "PD206")
    assert "`bad`" in message("scale s, best first: good = bad, fair, bad\n", "PD206")


def test_scale_keeps_equivalents_and_words_for_unrated():
    found = checked("scale s, best first: good = fine, bad; unrated: none_given\n").scales["s"]
    assert found.grades == (("good", "fine"), ("bad",))
    assert found.unrated == ("none_given",)
