"""A small table of holdings, built by hand, for the tests of the reference engine."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from policydsl.data.table import Data
from policydsl.engines.reference import open_session
from policydsl.figures.environment import Environment
from policydsl.figures.results import Evidence, Result
from policydsl.model.expressions import (
    Among,
    Arithmetic,
    ColumnOf,
    Compare,
    Constant,
    Expression,
    Not,
    Pick,
    RowSet,
    Stretch,
    Value,
)  # fmt: skip
from policydsl.model.rulebook import Category, CategoryLabel, Column, Computed, Scale, Table
from policydsl.model.types import (
    DATE,
    NUMBER,
    TERM,
    TEXT,
    YES_NO,
    GradeType,
    LabelType,
    ListType,
    TextType,
    money,
)  # fmt: skip
from policydsl.plan.tallies import Key, Tally
from policydsl.source import Span

HERE = Span("book.policy", 0, 0)
SEK = money("SEK")
GRADE = GradeType("long")
KIND = LabelType("kind", ("bond", "share", "cash"))
CLASSES = LabelType("class", ("A", "B", "C"))
LINK = TextType("issuers")

SCALE = Scale("long", (("AAA", "Aaa"), ("AA",), ("A",), ("BBB",)), span=HERE)  # unrated is 4


def col(name: str, table: str = "holdings") -> ColumnOf:
    column = TABLES[table].column(name)
    return ColumnOf(table, name, CLASSES if column is None else column.type)


def const(value: object) -> Constant:
    match value:
        case bool():
            return Constant(value, YES_NO)
        case int() | Fraction():
            return Constant(Fraction(value), NUMBER)
        case str():
            return Constant(value, TEXT)
        case date():
            return Constant(value, DATE)
    raise TypeError(value)


def grade(name: str) -> Constant:
    ranks = {word: rank for rank, words in enumerate(SCALE.grades) for word in words}
    return Constant(ranks.get(name, len(SCALE.grades)), GRADE)


_AMOUNT, _CHANGE = ColumnOf("holdings", "amount", SEK), ColumnOf("holdings", "change", SEK)
_SP, _MOODYS = ColumnOf("holdings", "sp", GRADE), ColumnOf("holdings", "moodys", GRADE)
_RATING = ColumnOf("holdings", "rating", GRADE)
_DIRECT = ColumnOf("holdings", "direct", YES_NO)

HOLDINGS = Table(
    "holdings",
    "holding",
    None,
    (
        Column("name", TEXT, key=True, span=HERE),
        Column("issuer", LINK, span=HERE),
        Column("kind", KIND, span=HERE),
        Column("portfolio", TEXT, span=HERE),
        Column("amount", SEK, not_negative=True, span=HERE),
        Column("change", SEK, span=HERE),
        Column("weight", NUMBER, not_negative=True, span=HERE),
        Column("sp", GRADE, span=HERE),
        Column("moodys", GRADE, span=HERE),
        Column("ok", YES_NO, span=HERE),
        Column("also", YES_NO, span=HERE),
        Column("direct", YES_NO, span=HERE),
        Column("due", DATE, span=HERE),
        Column("term", TERM, span=HERE),
        Column("tags", ListType(TEXT), span=HERE),
    ),
    (
        Computed("rating", GRADE, Pick("better", _SP, _MOODYS, GRADE), span=HERE),
        Computed("after", SEK, Arithmetic("+", _AMOUNT, _CHANGE, SEK), span=HERE),
        Computed("twice", SEK, Arithmetic("*", Constant(Fraction(2), NUMBER), _AMOUNT, SEK), span=HERE),
    ),
    (
        Category(
            "class",
            "holdings",
            _DIRECT,
            (
                CategoryLabel("A", None, Compare("<=", _RATING, Constant(1, GRADE))),
                CategoryLabel("B", None, Among(_RATING, (Stretch(Constant(2, GRADE), Constant(3, GRADE)),))),
                CategoryLabel("C", None, None),
            ),
            span=HERE,
        ),
    ),
    span=HERE,
)
ISSUERS = Table(
    "issuers", "issuer", None, (Column("id", TEXT, key=True, span=HERE), Column("country", TEXT, span=HERE)), span=HERE
)
TABLES = {"holdings": HOLDINGS, "issuers": ISSUERS}
ALL = RowSet("holdings")


def rows(*found: Mapping[str, Value], table: str = "holdings") -> Data:
    """Rows by their columns; a column not named is unknown, a row not named `r1`, `r2` and so on."""
    declared = [column.name for column in TABLES[table].columns]
    assert {name for row in found for name in row} <= set(declared)
    key = TABLES[table].keys[0]
    names = [str(row.get(key, f"r{number}")) for number, row in enumerate(found, 1)]
    columns = {name: tuple(row.get(name) for row in found) for name in declared}
    columns[key] = tuple(names)
    return Data(table, columns, tuple(range(2, 2 + len(found))), tuple(names))


NOTHING_MORE = Environment(None, {})


def results(tally: Tally, *data: Data, environment: Environment = NOTHING_MORE) -> Mapping[Key, Result]:
    session = open_session(TABLES, {each.table: each for each in data}, {"long": SCALE})
    return session.measure([tally], environment)[tally]


def result(tally: Tally, *data: Data, key: Key = (), environment: Environment = NOTHING_MORE) -> Result:
    return results(tally, *data, environment=environment)[key]


def evidence(tally: Tally, *data: Data, key: Key = ()) -> Evidence:
    session = open_session(TABLES, {each.table: each for each in data}, {"long": SCALE})
    return session.evidence(tally, key, NOTHING_MORE)


def true_in(condition: Expression, row: Mapping[str, Value], environment: Environment = NOTHING_MORE) -> bool | None:
    """What a condition says of one row: whether it, or its opposite, is found to be true."""
    session = open_session(TABLES, {"holdings": rows(row)}, {"long": SCALE})
    found = session.rows_where("holdings", condition, environment)
    against = session.rows_where("holdings", Not(condition), environment)
    assert not (found and against)
    return True if found else False if against else None
