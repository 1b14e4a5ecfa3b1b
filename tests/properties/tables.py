"""Tables of a generated case: their declaration as rule text, and their rows as a file would hold them."""

from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve, field, frozen

from .dice import Dice

Row = dict[str, str | None]

AS_OF = "2026-06-30"
"""The day on which most cases are judged; dates lie on it, a month or some years beside it."""

DATES = ("2026-06-30", "2026-07-31", "2027-06-30", "2025-06-30", "2024-02-29", "2028-02-29", "2031-06-30", "2026-05-31")
AMOUNTS = ("20", "10", "5", "15", "25", "30", "40", "0", "50", "100", "12.5", "33.33", "0.01")
BELOW = ("-10", "-25", "-0.01")
HUGE = ("123456789012345678.99", "-98765432109876543.21", "0.000000000000000001")
COMPANIES = ("Alfa", "ALFA", "alfa ", "Beta", "beta", "Straße", "STRASSE", "Gamma", "ångan", "Ångan")


@frozen
class Column:
    """A column: how it is declared, what its cells hold, and what rule text compares it with."""

    name: str
    kind: str
    type: str
    cells: tuple[str, ...]
    against: tuple[str, ...]
    facets: tuple[str, ...] = ()
    blanks: int = 13
    """How many cells of a hundred are blank."""

    @property
    def is_unknown_when_blank(self) -> bool:
        """Whether a blank cell is a value that nobody knows."""
        return not any(facet.startswith("blank") or facet == "key" for facet in self.facets)

    @property
    def may_be_none(self) -> bool:
        """Whether a blank cell is the value `none`."""
        return "blank means none" in self.facets

    @property
    def declaration(self) -> str:
        """Its line in the table."""
        return ", ".join((f"  {self.name} {self.type}", *self.facets))


@frozen
class Table:
    """A table and its rows."""

    name: str
    singular: str
    measure: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    dated: bool = False
    extra: tuple[Column, ...] = field(default=())
    """Columns that the rulebook computes, and categories."""

    @property
    def text(self) -> str:
        """Its declaration."""
        head = f"table {self.name}, each {self.singular}"
        dated = ["  dated by reported"] if self.dated else []
        return "\n".join((head, *dated, *(each.declaration for each in self.columns)))

    @property
    def headings(self) -> list[str]:
        """The headings of its file."""
        return [*(["reported"] if self.dated else []), *(column.name for column in self.columns)]

    def of_kind(self, *kinds: str) -> list[Column]:
        """The columns of some kinds, computed ones too."""
        columns = (*self.columns, *self.extra)
        return [column for column in columns if column.kind in kinds and "key" not in column.facets]


@frozen
class Wanted:
    """What a family of cases is to be like."""

    rows: int = 14
    blanks: bool = True
    keyed: bool = False
    """Every table has a key, so that every row has a name of its own."""
    monotone: bool = False
    """Nothing asks whether a value is known, so that more knowledge never changes what is already certain."""
    additive: bool = False
    """Only sums and shares, and no condition on amounts: a row in two parts is as good as the row."""
    free_of_money: bool = False
    """No amount of money stands in the rulebook."""
    simple: bool = False
    """Amounts of a few digits only."""


def _columns(dice: Dice, wanted: Wanted) -> Iterator[Column]:
    signs = dice.weighted(((3, ("not negative",)), (2, ()), (1, ("blank means 0",)), (1, ("blank means none",))))
    below = () if "not negative" in signs else BELOW
    huge = HUGE[:1] if dice.chance(4) and not wanted.simple else ()
    money = ("20 SEK", "10 SEK", "25 SEK", "0 SEK", "12.5 SEK", "0.02 kSEK")
    unit = dice.pick(("SEK", "SEK", "KSEK"))
    yield Column("amount", "money", f"money in {unit}", AMOUNTS + below + huge, money, signs)
    yield Column("issuer", "text", "text", COMPANIES, ('"Alfa"', '"BETA"', '"strasse"', '"Delta"'), _none(dice))
    sectors = ("bank", "state", "company", "region")
    cells = ("bank", "state", "Company", "REGION")
    yield Column("sector", "label", f"one of {', '.join(sectors)}", cells, sectors, _none(dice))
    yield Column("portfolio", "text", "text", ("North", "north", "South"), ('"North"', '"south"'), _none(dice), 6)
    unit, terms, long = dice.pick((
        ("years", ("3", "1", "7", "0.5", "2", "5", "0", "10", "1.25"), ("3y", "1y", "7y", "18 months", "0y", "5y")),
        ("months", ("6", "12", "18", "3", "0", "36"), ("6 months", "1y", "18 months")),
    ))  # fmt: skip
    yield Column("term", "term", f"term in {unit}", terms, long, dice.pick(((), ("not negative",), ("blank means 0",))))
    short = ("30 days", "1 week", "0 days")
    yield Column("notice", "days", "term in days", ("30", "0", "90", "7"), short, ("not negative",))
    days = ("2026-06-30", "2027-06-30", "2028-02-29", "cutoff")
    yield Column("maturity", "date", "date", DATES, days, _none(dice))
    yield Column("bought", "date", "date", DATES[3:] + DATES[:1], days)
    grades = dice.pick((("blank means unrated",), (), ("blank means none",)))
    marks = ("A", "B", "b+", "C", "c1", "D", "NR", "unrated")
    yield Column("rating", "grade", "marks", marks, ("A", "B", '"B+"', "C", "c1", "D"), grades)
    yield Column("second", "grade", "marks", marks, ("A", "B", "C"), dice.pick(((), ("blank means unrated",))))
    yield Column("real", "flag", "yes/no", ("yes", "no", "ja", "Nej"), (), dice.pick(((), ("blank means no",))))
    tags = ("green", "Green;new", "new; old", "old")
    yield Column("tags", "list", 'list of text separated by ";"', tags, ('"green"', '"NEW"'))
    yield Column("weight", "share", "share in %", ("5", "20", "10", "0", "33.3", "100"), ("5%", "20%", "50 bp", "cap"))
    yield Column("units", "number", "number", ("1", "2", "3", "0", "10", "2.5", "-1"), ("2", "3", "0"))


def _none(dice: Dice) -> tuple[str, ...]:
    return ("blank means none",) if dice.chance(35) else ()


def positions(dice: Dice, wanted: Wanted) -> Table:
    """The table that most rules are about."""
    found = list(_columns(dice, wanted))
    needed = [column for column in found if column.name in ("amount", "issuer", "portfolio")]
    others = [column for column in found if column not in needed]
    taken = needed + dice.some(others, 4, len(others))
    key = [Column("id", "text", "text", (), (), ("key",), 0)] if wanted.keyed or dice.chance(85) else []
    if wanted.free_of_money:
        taken = [evolve(column, against=()) if column.kind == "money" else column for column in taken]
    if wanted.additive:
        taken = [column for column in taken if column.kind != "money" or column.name == "amount"]
    table = Table("positions", "position", "amount", (*key, *taken), dated=bool(key) and dice.chance(12))
    least = 1 if wanted.additive else 0
    return evolve(table, rows=_rows(dice, table, dice.number(least, wanted.rows), wanted))


def loans(dice: Dice, wanted: Wanted) -> Table:
    """A second table, of debts."""
    columns = (
        Column("contract", "text", "text", (), (), ("key",), 0),
        Column("nominal", "money", "money in SEK", AMOUNTS, ("20 SEK", "5 SEK"), ("not negative",)),
        Column("fixing", "term", "term in years", ("0.5", "1", "3", "5"), ("1y", "3y", "6 months")),
        Column("lender", "text", "text", COMPANIES, ('"Beta"', '"alfa"'), _none(dice)),
        Column("portfolio", "text", "text", ("North", "South", "West"), ('"North"',), (), 6),
    )
    if wanted.free_of_money:
        columns = tuple(evolve(column, against=()) if column.kind == "money" else column for column in columns)
    table = Table("loans", "loan", "nominal", columns)
    return evolve(table, rows=_rows(dice, table, dice.number(0, max(2, wanted.rows // 2)), wanted))


def issuers(dice: Dice, wanted: Wanted) -> Table:
    """The table that a link leads to."""
    key = Column("name", "text", "text", (), (), ("key",), 0)
    country = Column("country", "text", "text", ("SE", "DK"), ('"SE"',))
    names = dice.some(("Alfa", "beta", "Gamma", "Omega"), 0, 4)
    rows = tuple({"name": name, "country": dice.pick(("SE", "DK", None))} for name in names)
    return Table("issuers", "company", "", (key, country), rows)


def _rows(dice: Dice, table: Table, count: int, wanted: Wanted) -> tuple[Row, ...]:
    # One case in three has no blanks at all: unknowns are what makes most verdicts undetermined.
    blanks = wanted.blanks and dice.chance(66)
    rows = []
    for number in range(count):
        row: Row = {}
        for column in table.columns:
            if "key" in column.facets:
                row[column.name] = f"{table.singular[0]}{number + 1}"
            else:
                row[column.name] = None if _is_blank(dice, column, blanks) else dice.pick(column.cells)
        if table.dated:
            row["reported"] = dice.pick(("2026-06-30", "2026-06-30", "2026-05-31", "2026-07-31"))
        rows.append(row)
    return tuple(_rounded(dice, table, rows))


def _is_blank(dice: Dice, column: Column, blanks: bool) -> bool:
    if not column.is_unknown_when_blank:
        return dice.chance(15)
    return blanks and dice.chance(column.blanks)


def _rounded(dice: Dice, table: Table, rows: list[Row]) -> list[Row]:
    """In every second table the last row brings the total to a hundred, so that sums meet their limits exactly."""
    if len(rows) < 2 or not dice.chance(55):
        return rows
    rest = 100 - sum(Decimal(row[table.measure] or 0) for row in rows[:-1])
    if 0 < rest < 1000:
        rows[-1] = {**rows[-1], table.measure: str(rest)}
    return rows
