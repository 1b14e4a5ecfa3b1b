"""Tables of limits: four kinds of headings, cells of every kind."""

import pytest

from policydsl.syntax import ast

from .reading import compare, name, only, quantity, total, tree


def limits(*rows: str, line: str = "share of debt") -> ast.Limits:
    return only(f"limits T: {line}\n" + "".join(f"  {row}\n" for row in rows))


def head(written: str) -> ast.Head:
    return limits(f"| {written} | max |", "| x | 1% |").heads[0]


def cell(written: str) -> ast.Cell:
    return limits("| fixing | max |", f"| {written} | 1% |").rows[0].cells[0]


@pytest.mark.parametrize(("written", "expected"), [
    ("", tree.Head("blank")),
    ("fixing", tree.Head("name", (), name("fixing"), "fixing")),
    ("`Row  label`", tree.Head("name", (), name("Row  label"), "`Row  label`")),
    ("duration   >  3y",
     tree.Head("condition", (), compare(name("duration"), ">", quantity(3, "years")), "duration > 3y")),
    ("count > 3", tree.Head("condition", (), compare(name("count"), ">", quantity(3)), "count > 3")),
    ("max", tree.Head("max", text="max")),
    ("norm", tree.Head("norm", text="norm")),
    ("should", tree.Head("should", text="should")),
    ("max share", tree.Head("max", (), tree.Aggregate("share"), "max share")),
    ("min rating", tree.Head("min", (), name("rating"), "min rating")),
    ("max per issuer share",
     tree.Head("max", (tree.Per((name("issuer"),)),), tree.Aggregate("share"), "max per issuer share")),
    ("max per issuer: share",
     tree.Head("max", (tree.Per((name("issuer"),)),), tree.Aggregate("share"), "max per issuer share")),
    ("max maturity - settle",
     tree.Head("max", (), tree.Arithmetic("-", name("maturity"), name("settle")), "max maturity - settle")),
    ("max sum of x where held",
     tree.Head("max", (), total(rows=name("x"), where=name("held")), "max sum of x where held")),
])  # fmt: skip
def test_heading(written, expected):
    assert head(written) == expected


def years(number: int) -> ast.Quantity:
    return quantity(number, "years")


@pytest.mark.parametrize(("written", "expected"), [
    ("> 7y", tree.Cell((tree.CellCompare(">", years(7)),), text="> 7y")),
    ("at most 7y", tree.Cell((tree.CellCompare("<=", years(7)),), text="<= 7y")),
    ("1y..<3y", tree.Cell((tree.Range(years(1), years(3), high_open=True),), text="1y..<3y")),
    (">1y..3y", tree.Cell((tree.Range(years(1), years(3), low_open=True),), text=">1y..3y")),
    ("between 1y and 3y", tree.Cell((tree.Range(years(1), years(3)),), text="1y..3y")),
    ("D..E", tree.Cell((tree.Range(name("D"), name("E")),), text="D..E")),
    ("A, B", tree.Cell((name("A"), name("B")), text="A, B")),
    ('"a | b"', tree.Cell((tree.Text("a | b"),), text='"a | b"')),
    ("not bank", tree.Cell((name("bank"),), True, "not bank")),
    ("not bank, state", tree.Cell((name("bank"), name("state")), True, "not bank, state")),
    ("-", tree.Cell((), text="-")),
    ("–", tree.Cell((), text="-")),
    ("undecided", tree.Cell((tree.Undecided(),), text="undecided")),
    ("65 MUSD", tree.Cell((quantity(65, "USD", 10**6),), text="65 MUSD")),
    ("100 * base_amount",
     tree.Cell((tree.Arithmetic("*", quantity(100), name("base_amount")),), text="100 * base_amount")),
])  # fmt: skip
def test_cell(written, expected):
    assert cell(written) == expected


def test_otherwise_row():
    made = limits("| type | max |", "| bond | 40% |", "| otherwise | 0% |")
    assert [row.otherwise for row in made.rows] == [False, True]
    assert made.rows[1].cells == (
        tree.Cell(()), tree.Cell((quantity(0, "%"),), text="0%")
    )  # fmt: skip


@pytest.mark.parametrize(("line", "assertion"), [
    ("", None),
    (":", None),
    (': per issuer: sum where held', tree.Assertion(
        (tree.Per((name("issuer"),)),), total(where=name("held")), None)),
    (": each holding:", tree.Assertion((tree.Each(name("holding"), None),), None, None)),
    (": sum unless frozen", tree.Assertion((), total(), None, unless=name("frozen"))),
])  # fmt: skip
def test_line_of_limits(line, assertion):
    made = only(f'limits 7 "Title"{line}\n  | x | max share |\n  | 1 | 2% |\n  source "s"\n')
    assert (made.id, made.title, made.assertion) == ("7", "Title", assertion)
    assert made.clauses == (tree.Remark("source", "s"),)


def test_nothing_is_lifted_in_the_line():
    made = limits("| x | max |", "| 1 | 2% |", line="sum where duration > 7y")
    assert made.assertion.subject == total(where=compare(name("duration"), ">", years(7)))


def test_comment_behind_a_row():
    made = limits("| x | max |   # printed | like this", "| 1 | 2% |# so")
    assert [len(row.cells) for row in made.rows] == [2]
