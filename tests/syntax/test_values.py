"""Values and expressions typed alone, and the names of cells."""

import pytest

from policydsl.syntax import cell_name, parse_expression, parse_value

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
])  # fmt: skip
def test_cells_of_one_name(one, other):
    assert cell_name(one) == cell_name(other)


def test_quoted_parts_of_a_cell_name_stay():
    assert cell_name('"a  >b",x') == '"a  >b", x'
