"""Where things end: what belongs to `where`, and what is the bound."""

import pytest

from .reading import body, bound, compare, name, quantity, read, rule, total, tree

D, W = name("duration"), name("weight")
OVER_7Y = compare(D, ">", quantity(7, "years"))
FIFTH = quantity(20, "%")


@pytest.mark.parametrize("text", [
    "sum D..E where duration>7y <= 20%",
    "sum D..E where duration > 7y at most 20%",
    "sum D..E where duration > 7y must be at most 20%",
    "sum D..E where duration > 7 years must be <= 20 percent",
    "sum D..E\n  where duration over 7y\n  ≤ 20 %",
])  # fmt: skip
def test_last_comparison_is_the_bound(text):
    labels = (tree.Range(name("D"), name("E")),)
    assert rule(text) == tree.Assertion((), total(labels=labels, where=OVER_7Y), bound("<=", FIFTH))


@pytest.mark.parametrize(("text", "where", "op", "value"), [
    ("sum where held <= 20%", name("held"), "<=", FIFTH),
    ("sum where not held <= 20%", tree.Not(name("held")), "<=", FIFTH),
    ("sum where weight > 5% <= 20%", compare(W, ">", quantity(5, "%")), "<=", FIFTH),
    ("sum where held and weight > 5% <= 20%",
     tree.And(name("held"), compare(W, ">", quantity(5, "%"))), "<=", FIFTH),
    ("sum where held or not (weight > 5%) <= 20%",
     tree.Or(name("held"), tree.Not(compare(W, ">", quantity(5, "%")))), "<=", FIFTH),
    ("sum where weight > 5% must be <= 20%", compare(W, ">", quantity(5, "%")), "<=", FIFTH),
    ("sum where (weight > 5%) <= 20%", compare(W, ">", quantity(5, "%")), "<=", FIFTH),
    ("sum where kind in (a, b) <= 20%",
     tree.In(name("kind"), tree.Listing((name("a"), name("b")))), "<=", FIFTH),
    ("sum where kind in A-..AA+ <= 20%",
     tree.In(name("kind"), tree.Range(name("A-"), name("AA+"))), "<=", FIFTH),
    ("sum where kind in allowed <= 20%", tree.In(name("kind"), name("allowed")), "<=", FIFTH),
    ("sum where rating is unrated <= 20%", tree.Is(name("rating"), "unrated"), "<=", FIFTH),
    ("sum where agenda contains \"x\" <= 20%",
     tree.Contains(name("agenda"), tree.Text("x")), "<=", FIFTH),
    ("sum where maturity <= as_of + 12 months <= 20%",
     compare(name("maturity"), "<=",
             tree.Arithmetic("+", name("as_of"), quantity(12, "months"))), "<=", FIFTH),
    ("sum where held <= 100 * base_amount", name("held"), "<=",
     tree.Arithmetic("*", quantity(100), name("base_amount"))),
    ("sum where held = 0%", name("held"), "=", quantity(0, "%")),
])  # fmt: skip
def test_what_stands_before_the_bound_belongs_to_where(text, where, op, value):
    assert rule(text) == tree.Assertion((), total(where=where), bound(op, value))


def test_between_is_a_bound():
    fixing = tree.Aggregate("share", rows=name("debt"), where=compare(name("fixing"), "<", quantity(1, "years")))
    said = rule("share of debt where fixing < 1y must be between 10% and 50%, norm 30%")
    between = bound("between", quantity(10, "%"), quantity(50, "%"))
    assert said == tree.Assertion((), fixing, between, norm=quantity(30, "%"))


def test_between_in_where_and_between_as_the_bound():
    said = rule("sum where duration between 1y and 3y between 10% and 20%")
    where = tree.Between(D, quantity(1, "years"), quantity(3, "years"))
    assert said == tree.Assertion((), total(where=where), bound("between", quantity(10, "%"), quantity(20, "%")))


def test_of_behind_the_second_bound_holds_for_both():
    said = rule("sum nominal of swaps between 10% and 50% of debt")
    low, high = (tree.PercentOf(quantity(n, "%"), name("debt")) for n in (10, 50))
    assert said.bound == bound("between", low, high)


def test_calculation_has_its_bound_at_the_top():
    said = rule("portfolio >= 90% of liabilities_value")
    value = tree.PercentOf(quantity(90, "%"), name("liabilities_value"))
    assert said == tree.Assertion((), name("portfolio"), bound(">=", value))
    assert rule("a / b >= 2").subject == tree.Arithmetic("/", name("a"), name("b"))
    assert rule("(share where a) * 2 >= 2").bound == bound(">=", quantity(2))


def test_condition_without_a_prefix_stays_whole():
    whole = tree.And(compare(name("a"), ">=", quantity(1)), compare(name("b"), "<=", quantity(2)))
    assert rule("a >= 1 and b <= 2") == tree.Assertion((), whole, None)


def test_after_each_the_whole_condition_is_asserted():
    said = rule("each loan where open: currency = DKK and rate <= 3% unless inherited")
    whole = tree.And(compare(name("currency"), "=", name("DKK")), compare(name("rate"), "<=", quantity(3, "%")))
    each = tree.Each(name("loan"), name("open"))
    assert said == tree.Assertion((each,), whole, None, unless=name("inherited"))


@pytest.mark.parametrize(("text", "strength", "subject"), [
    ("each loan: currency must be DKK", "must", compare(name("currency"), "=", name("DKK"))),
    ("each loan: rate should be under 3%", "should", compare(name("rate"), "<", quantity(3, "%"))),
    ("every loan: hedged", "must", name("hedged")),
    ("each loan: currency must be in (DKK, EUR)", "must",
     tree.In(name("currency"), tree.Listing((name("DKK"), name("EUR"))))),
])  # fmt: skip
def test_each_with_must_and_should(text, strength, subject):
    said = rule(text)
    assert (said.strength, said.subject, said.bound) == (strength, subject, None)


def test_no_has_no_subject():
    said = rule("when x: no holding where kind not in (a, b)")
    kinds = tree.Listing((name("a"), name("b")))
    no = tree.No(name("holding"), tree.In(name("kind"), kinds, True))
    assert said == tree.Assertion((tree.When(name("x")), no), None, None)


def test_unless_closes_the_assertion():
    said = rule("sum where held <= 20% unless frozen and x > 3")
    assert said.bound == bound("<=", FIFTH)
    assert said.unless == tree.And(name("frozen"), compare(name("x"), ">", quantity(3)))


def test_nothing_is_lifted_in_a_definition_or_in_parentheses():
    assert body("sum weight of holdings where duration > 7y") == total(measure=W, rows=name("holdings"), where=OVER_7Y)
    assert rule("(sum where duration > 7y) <= 20%").subject == total(where=OVER_7Y)
    half = tree.Arithmetic("/", total(where=OVER_7Y), quantity(2))
    assert body("(sum where duration > 7y) / 2 >= 1") == compare(half, ">=", quantity(1))


def test_several_labels_at_the_top():
    said = rule('sum A, C..D, "x" of holdings where duration > 7y <= 20%')
    labels = (name("A"), tree.Range(name("C"), name("D")), tree.Text("x"))
    assert said.subject == total(labels=labels, rows=name("holdings"), where=OVER_7Y)
    assert rule("sum A, C <= 20%").subject == total(labels=(name("A"), name("C")))
    assert rule("sum market_value A, C <= 20%").subject == total(
        measure=name("market_value"), labels=(name("A"), name("C"))
    )


def test_lone_name_is_the_measure():
    assert rule("sum E <= 20%").subject == total(measure=name("E"))
    assert rule("sum market_value E <= 20%").subject == total(measure=name("market_value"), labels=(name("E"),))


def test_norm_and_warning_on_the_line():
    declarations, told = read("rule r: sum <= 20%, norm 10%, warn at 18%\n")
    assert told == []
    (made,) = declarations
    assert made.assertion.norm == quantity(10, "%")
    assert made.clauses == (tree.WarnAt(quantity(18, "%")),)
    (made,), told = read("rule r: sum <= 20% warn at 90% of limit\n")
    assert made.clauses == (tree.WarnAt(quantity(90, "%"), True),)
