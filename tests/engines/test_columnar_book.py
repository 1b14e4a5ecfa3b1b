"""The table of these tests, short words for its expressions, and what a session is."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction as F

from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.engines.columnar import ColumnarSession, open_session
from policydsl.figures.environment import Environment
from policydsl.figures.results import Result
from policydsl.model.expressions import (
    ColumnOf,
    Compare,
    Constant,
    Expression,
    Labelled,
    Nothing,
    ParameterOf,
    RowSet,
    Sign,
    Value,
)
from policydsl.model.rulebook import Category, CategoryLabel, Column, Computed, Scale, Table
from policydsl.model.types import (
    DATE,
    SHARE,
    TERM,
    TERM_IN_DAYS,
    TEXT,
    YES_NO,
    GradeType,
    LabelType,
    ListType,
    TextType,
    Type,
    money,
)
from policydsl.plan.tallies import Key, Tally
from policydsl.source import Span

SPAN = Span("test", 0, 0)
NONE = Nothing.NONE
SEK, GRADE, KIND = money("SEK"), GradeType("long"), LabelType("kind", ("state", "bank", "company"))
ISSUER = TextType("issuers")
LONG = Scale("long", (("AAA",), ("AA",), ("A",)), ("NR",), span=SPAN)
UNRATED = 3

TYPES: dict[str, Type] = {
    "amount": SEK, "change": SEK, "part": SHARE, "term": TERM, "days": TERM_IN_DAYS, "rating": GRADE, "other": GRADE,
    "issuer": ISSUER, "currency": TEXT, "kind": KIND, "direct": YES_NO, "due": DATE, "tags": ListType(TEXT),
    "ratings": ListType(GRADE),
}  # fmt: skip


def col(name: str, table: str = "holdings") -> ColumnOf:
    return ColumnOf(table, name, {**TYPES, "double": SEK, "class": LabelType("class", ("A", "B"))}[name])


def of(value: object) -> Constant:
    match value:
        case F() | int():
            return Constant(F(value), SEK)
        case date():
            return Constant(value, DATE)
    return Constant(str(value), TEXT)


def grade(rank: int) -> Constant:
    return Constant(rank, GRADE)


def months(count: F | int) -> Constant:
    return Constant(F(count), TERM)


def cmp(left: Expression, op: Sign, right: Expression) -> Compare:
    return Compare(op, left, right)


def labelled(*labels: str) -> Labelled:
    return Labelled("class", "holdings", frozenset(labels))


HOLDINGS = Table(
    "holdings",
    "holding",
    None,
    tuple(Column(name, type, not_negative=name == "amount", span=SPAN) for name, type in TYPES.items()),
    (Computed("double", SEK, col("amount"), span=SPAN),),
    (
        Category(
            "class",
            "holdings",
            cmp(col("kind"), "!=", Constant("company", KIND)),
            (CategoryLabel("A", None, cmp(col("rating"), "<=", grade(0))), CategoryLabel("B", None, None)),
            span=SPAN,
        ),
    ),
    span=SPAN,
)
ISSUERS = Table("issuers", None, None, (Column("name", TEXT, key=True, span=SPAN),), span=SPAN)
TABLES = {"holdings": HOLDINGS, "issuers": ISSUERS}
ALL = RowSet("holdings")
NOBODY = Environment(None, {})


def data(issuers: Sequence[str] = (), **columns: Sequence[Value]) -> Mapping[str, Data]:
    size = len(next(iter(columns.values()), ()))
    every = {name: tuple(columns.get(name, (None,) * size)) for name in TYPES}
    numbers, names = tuple(range(2, size + 2)), tuple(f"row {number}" for number in range(2, size + 2))
    linked = Data("issuers", {"name": tuple(issuers)}, tuple(range(len(issuers))), tuple(issuers))
    return {"holdings": Data("holdings", every, numbers, names), "issuers": linked}


def opened(issuers: Sequence[str] = (), **columns: Sequence[Value]) -> ColumnarSession:
    return open_session(TABLES, data(issuers, **columns), {"long": LONG})


def measured(session: ColumnarSession, tally: Tally, environment: Environment = NOBODY) -> Mapping[Key, Result]:
    return session.measure([tally], environment)[tally]


def test_it_is_a_session() -> None:
    session: Session = opened(amount=())
    assert session.name == "columnar"


def test_what_is_kept_follows_the_environment() -> None:
    session, condition = opened(amount=[F(1), F(5)]), cmp(col("amount"), ">", ParameterOf("limit", SEK))
    for limit, rows in ((F(3), (1,)), (F(0), (0, 1)), (None, ()), (F(3), (1,))):
        assert session.rows_where("holdings", condition, Environment(None, {"limit": limit})) == rows


def test_a_table_without_data_has_no_rows() -> None:
    session = open_session(TABLES, {})
    assert session.rows_where("holdings", cmp(col("amount"), ">", of(1)), NOBODY) == ()
