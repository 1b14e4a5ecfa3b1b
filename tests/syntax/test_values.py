"""Values and expressions typed alone, and the names of cells."""

import pytest

from policydsl.syntax import parse_expression, parse_value
from policydsl.syntax.references import reference_name

from .reading import compare, name, quantity, tree


@pytest.mark.parametrize(("written", "value"), [
    ("350 MSEK", quantity(350, "SEK", 10**6)),
    (" 2.5 % ", quantity("5/2", "%")),
    ("-1%", tree.Negative(quantity(1, "%"))),
    ("AA-", name("AA-")),
    ('"x"', tree.Text("x")),
    ("a, b", tree.Listing((name("a"), name("b")))),
])  # fmt: skip
def test_value(written, value):
    assert parse_value(written, "--set x") == (value, ())


@pytest.mark.parametrize(("written", "code"), [
    ("", "PD126"), ("  ", "PD126"), ("12,5%", "PD154"), ("1 SEK 2", "PD151"), ("\0", "PD159"), ("a + b", "PD151"),
    ("(" * 101, "PD105"), ("rule a: x", "PD151"),
])  # fmt: skip
def test_what_is_no_value_is_told(written, code):
    value, told = parse_value(written, "--set x")
    assert value is None
    assert [one.code for one in told] == [code]
    assert all(one.where.path == "--set x" for one in told)


def test_expression():
    assert parse_expression("a > 3y") == (compare(name("a"), ">", quantity(3, "years")), ())
    assert parse_expression("sum where a > 3y")[0].where == compare(name("a"), ">", quantity(3, "years"))
    assert parse_expression("a >")[0] is None


@pytest.mark.parametrize(("one", "other"), [
    ("D..E, duration>1y", "D..E,  duration  >  1y"), ("1y ..<3y", "1y..<3y"), ("≤ 5", "<=5"), ("max", " max "),
    ("max per issuer: share", "max per issuer share"), ("A,B", "A, B"), ("at most 5%", "<= 5 percent"),
])  # fmt: skip
def test_cells_of_one_name(one, other):
    assert reference_name(one, "en") == reference_name(other, "en")


@pytest.mark.parametrize(("swedish", "name"), [
    ("D..E, duration > 7 år", "D..E, duration > 7y"), ("annars, högst 12,5 %", "otherwise, <= 12.5%"),
    ("inte bank, max per emittent andel", "not bank, max per emittent share"), ('"a, B"', '"a, B"'),
    ("vad som helst", "vad som helst"),
])  # fmt: skip
def test_cells_are_called_the_same_in_every_language(swedish, name):
    assert reference_name(swedish, "sv") == name
    assert reference_name(name, "en") == name
    assert reference_name(reference_name(name, "en", "da"), "da") == name


def test_quoted_parts_of_a_cell_name_stay():
    assert reference_name('"a  >b",x', "en") == '"a  >b", x'
