"""Generated cases: a rulebook's text and the rows that it is asked about."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st

from .conditions import condition
from .dice import Dice, Draw
from .figures import Ground, figure
from .rules import limits, rule
from .tables import AS_OF, Column, Row, Table, Wanted, issuers, loans, positions

SCALE = 'scale marks, best first: A, "B+", B, C = c1, D; unrated: NR, WR'

PARAMETERS = {
    "cap": (("30%", None), ("supplied by the run, share in %", "25%")),
    "lowest_value": (("40 SEK", None), ("supplied by the run, money in SEK", "20 SEK")),
    "supplied_value": (("supplied by the run, money in SEK", "0.05 kSEK"),),
    "horizon": (("4y", None), ("supplied by the run, term in years", "3y")),
    "cutoff": (("2027-06-30", None), ("supplied by the run, date", "2026-07-31")),
    "friends": (('"Alfa", "gamma"', None),),
    "crisis": (("yes", None), ("no", None), ("supplied by the run, yes/no", "yes")),
}
"""Parameters that a rulebook may have: what is declared, and what the run supplies where it does."""


ANY = Wanted()


@frozen(repr=False)
class Case:
    """A rulebook's text and the tables, the day and the values that it is asked about."""

    text: str
    tables: Mapping[str, tuple[Row, ...]]
    declared: tuple[Table, ...]
    as_of: date | None
    parameters: Mapping[str, str]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    def __repr__(self) -> str:
        rows = [f"{name}: {dict(row)}" for name, table in self.tables.items() for row in table]
        return "\n".join(("", self.text, *rows, f"as of {self.as_of}, {dict(self.parameters)}"))


@st.composite
def cases(draw: Draw, wanted: Wanted = ANY) -> Case:
    """A case of the family that is wanted."""
    dice = Dice(draw)
    first = positions(dice, wanted)
    linked = dice.chance(20)
    if linked:
        first = evolve(first, columns=tuple(_linked(each) for each in first.columns))
    second = loans(dice, wanted) if dice.chance(30) else None
    others = [table for table in (issuers(dice, wanted) if linked else None, second) if table is not None]
    lines = list(_lines(dice, wanted, first, second))
    texts = [SCALE, first.text, *(table.text for table in others)]
    if dice.chance(50):
        texts.reverse()
    text = "\n\n".join((lines[0], *texts, *lines[1:]))
    declared, supplied = _parameters(dice, text)
    tables = {table.name: table.rows for table in (first, *others)}
    tables["positions"] = _without_a_column(dice, first)
    as_of = date.fromisoformat(AS_OF) if dice.chance(90) or not first.dated else None
    return Case(f"{text}\n\n{declared}\n", tables, (first, *others), as_of, supplied)


def _without_a_column(dice: Dice, table: Table) -> tuple[Row, ...]:
    """The rows; now and then a column is not in the data at all."""
    columns = [column.name for column in table.columns if "key" not in column.facets and column.name != table.measure]
    gone = dice.pick(columns) if dice.chance(7) else None
    return tuple({name: cell for name, cell in row.items() if name != gone} for row in table.rows)


def _linked(column: Column) -> Column:
    return evolve(column, type="link to issuers") if column.name == "issuer" else column


def _parameters(dice: Dice, text: str) -> tuple[str, dict[str, str]]:
    lines, supplied = [], {}
    for name, ways in PARAMETERS.items():
        if not re.search(rf"\b{name}\b", text):
            continue
        declared, value = dice.pick(ways)
        lines.append(f"parameter {name}: {declared}")
        if value is not None and dice.chance(60):
            supplied[name] = value
    return "\n".join(lines), supplied


def _lines(dice: Dice, wanted: Wanted, first: Table, second: Table | None) -> Iterator[str]:
    """The header, and then everything else that the rulebook says."""
    has_base = dice.chance(85)
    has_worlds = dice.chance(45)  # where a rule has worlds, no condition on rows may speak of a figure
    worlds = has_worlds and dice.chance(15)
    yield "\n".join((
        'rulebook "Generated"', "  currency SEK", *(["  base total"] if has_base else []),
        *(["  within each portfolio"] if worlds else []),
    ))  # fmt: skip
    first, computed = _computed(dice, wanted, first)
    yield from computed
    where = f" where {condition(dice, first, wanted, (), 1)}" if dice.chance(20) else ""
    yield f"define total = sum amount of positions{where}"
    money: tuple[str, ...] = ("total", f"(max amount of positions{where})", "(average amount of positions)")
    if wanted.additive or has_worlds:
        money = ()
    if dice.chance(45):
        category, first = _category(dice, wanted, first, money)
        yield category
    sets, sums = [], ["total"]
    if dice.chance(35):
        yield f"define chosen = positions where {condition(dice, first, wanted, money, 1)}"
        sets.append("chosen")
        if dice.chance(30):
            yield f"define fewer = chosen where {condition(dice, first, wanted, money, 1)}"
            sets.append("fewer")
        if dice.chance(60):
            yield "define chosen_value = sum amount of chosen"
            sums.append("chosen_value")
    ground = Ground(first, tuple(sums), tuple(sets), has_base, money, has_worlds, worlds)
    whole = ["as_of >= 2026-01-01", "as_of < 2026-01-01", "crisis", "not crisis"]
    if not wanted.additive:
        whole.append("(count of positions) >= 3")
    if not wanted.free_of_money:
        whole.append("total > 50 SEK")
    if not wanted.free_of_money and not wanted.additive:
        whole.append("(sum amount of positions where amount > 20 SEK) > 0 SEK")
    grounds = [ground, ground]
    if second is not None:
        yield "define debt = sum nominal of loans"
        grounds.append(Ground(second, ("debt",), (), False, ("debt",) if money else (), has_worlds, worlds))
        if not worlds:
            yield f"rule across: debt {dice.pick(('<=', '>='))} {dice.pick(('50%', '100%'))} of total"
    if dice.chance(40):
        yield f"define shown = {figure(dice, ground, wanted, depth=1).text}"
    for number in range(dice.number(2, 6)):
        yield rule(dice, f"r{number}", dice.pick(grounds), wanted, tuple(whole))
    if dice.chance(30) and (table := limits(dice, "T", ground, wanted)) is not None:
        yield table


def _computed(dice: Dice, wanted: Wanted, table: Table) -> tuple[Table, list[str]]:
    """The table with columns that the rulebook computes, and their definitions."""
    names = {column.name for column in table.columns}
    marks, terms = ("A", "B", "C"), ("3y", "1y")
    ways = [
        (Column("mark", "grade", "", (), marks), "better of rating and second", {"rating", "second"}),
        (Column("weaker", "grade", "", (), marks), "worse of second and rating", {"rating", "second"}),
        (Column("good", "flag", "", (), ()), "rating >= B", {"rating"}),
        (Column("longer", "term", "", (), terms), "larger of term and 2y", {"term"}),
        (Column("later", "term", "", (), terms), "term + 1y", {"term"}),
        (Column("due", "date", "", (), ("2027-06-30", "as_of")), "maturity + 1 year", {"maturity"}),
    ]
    if not wanted.additive:
        counted = () if wanted.free_of_money else ("20 SEK", "5 SEK")
        ways += [
            (Column("worth", "money", "", (), counted), "amount * weight", {"weight"}),
            (Column("each_unit", "money", "", (), counted), "amount / units", {"units"}),
            (Column("kept", "money", "", (), counted), "amount when real otherwise -amount", {"real"}),
        ]
    if not wanted.monotone:
        ways += [
            (Column("known", "grade", "", (), marks), "second otherwise rating", {"rating", "second"}),
            (Column("until", "date", "", (), ("2027-06-30",)), "maturity otherwise 2027-06-30", {"maturity"}),
        ]
    taken = dice.some([way for way in ways if way[2] <= names], 0, 3)
    made = evolve(table, extra=tuple(column for column, _, _ in taken))
    return made, [f"define {column.name} of positions = {text}" for column, text, _ in taken]


def _category(dice: Dice, wanted: Wanted, table: Table, money: tuple[str, ...]) -> tuple[str, Table]:
    where = f" where {condition(dice, table, wanted, money, 1)}" if dice.chance(40) else ""
    labels = ["A", "B", "C", "E"][: dice.number(2, 4)]
    lines = [f"  {label}: {condition(dice, table, wanted, money, 1)}" for label in labels[:-1]]
    last = "  otherwise " + labels[-1]
    if dice.chance(30):
        last = f"  {labels[-1]}: {condition(dice, table, wanted, money, 1)}"
    column = Column("class", "category", "", (), tuple(labels))
    text = "\n".join((f"category class of positions{where}", *lines, last))
    return text, evolve(table, extra=(*table.extra, column))
