"""Named quantities are shown whether or not a rule speaks of them; and amounts, headroom and use beside verdicts."""

from fractions import Fraction

from tests.verdicts.asking import report, row, verdict

DEFINED = """define bonds = holdings where kind = bond
define bond_value = sum value of bonds
define bond_share = share where kind = bond
define bond_count = count of bonds
define longest = max due of holdings
define lowest = worst rating of holdings
define twice = bond_share * 2
define owed = asked - bond_value
define ordered = sum amount of orders
"""


def lines(*rows, **more):
    return {line.name: line for line in report(DEFINED, *rows, **more).figures}


def test_every_quantity_has_a_line():
    found = lines(row("a", "20", due="2020-01-01"), row("b", "60", kind="stock"))
    printed = {name: line.figure_words.replace("\u00a0", " ") for name, line in found.items()}
    assert printed == {
        "portfolio": "80 SEK", "bond_value": "20 SEK", "bond_share": "25%", "bond_count": "1 holding",
        "longest": "2020-01-01", "lowest": "AAA", "twice": "50%", "owed": "unknown", "ordered": "unknown",
    }  # fmt: skip
    assert [line.name for line in found["bond_value"].rows] == ["a"]
    assert found["owed"].missing == ("asked",)
    assert found["ordered"].because == "the table `orders` was not given"


def test_interval_and_what_would_settle_it():
    found = lines(row("a", "20"), row("b", "20", kind=None))["bond_value"]
    assert found.figure_words.replace("\u00a0", " ") == "between 20 SEK and 40 SEK"
    assert [(each.name, each.columns) for each in found.unsettled] == [("b", ("kind",))]


def test_figure_of_rows_that_were_measured_before():
    found = verdict("each holding: value <= 30% of portfolio", row("a", "20"), row("b", "60"))
    assert [each.name for each in found.rows] == ["b"]


def test_amounts_headroom_and_use():
    found = verdict("sum where kind = bond <= 40%", row("a", "30"), row("b", "70", kind="stock"))
    assert (found.figure.value, found.part.amount.value, found.part.base.value) == (Fraction(3, 10), 30, 100)
    assert (found.headroom.points, found.headroom.amount) == (Fraction(1, 10), 10)
    assert (found.utilisation, found.part.of) == (Fraction(3, 4), "portfolio")


def test_headroom_of_a_lower_bound_and_of_two():
    rows = row("a", "30"), row("b", "70", kind="stock")
    assert verdict("sum where kind = bond >= 40%", *rows).headroom.points == Fraction(-1, 10)
    assert verdict("sum where kind = bond >= 40%", *rows).utilisation is None
    assert verdict("sum where kind = bond between 10% and 35%", *rows).headroom.points == Fraction(1, 20)
    assert verdict("sum where kind = bond between 10% and 25%", *rows).headroom.points == Fraction(-1, 20)
    assert verdict("portfolio <= 150 SEK", *rows).headroom.amount == 50
    assert verdict("max duration of holdings <= 3y", *rows).headroom.amount == 12
    assert verdict("worst rating of holdings >= AA", *rows).headroom.amount is None


def test_no_headroom_where_nothing_is_decided():
    found = verdict("sum where duration > 1y <= 40%", row("a", "30", duration=None), row("b", "70"))
    assert (found.outcome, found.headroom.points) == ("breach", None)
    found = verdict("portfolio >= 90% of asked", row("a"), asked="0 SEK")
    assert (found.headroom.amount, found.utilisation) == (None, None)
