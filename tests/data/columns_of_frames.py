"""Made-up tables of Arrow, pandas and polars, of columns of many types, right and wrong ones."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
from hypothesis import strategies as st

RULEBOOK = """\
  base portfolio
scale grades, best first: AAA = Aaa, AA, A; unrated: NR
table holdings, each holding
  dated by day
  day      date
  id       text, key
  part     text, key
  issuer   text
  currency text
  kind     one of bond, fund
  grade    grades, blank means unrated
  amount   money in SEK, not negative, also "Belopp tkr", "Belopp kr"
  paid     money in MSEK, blank means 0
  years    term in years
  weight   share in %
  plain    number, blank means none
  green    yes/no, blank means no
  words    list of text separated by ";"
  matures  date, blank means none
define portfolio = sum amount of holdings
rule issuer: per issuer: sum <= 60%
rule funds: sum where kind = fund <= 20%
rule paid: sum paid of holdings <= 1 MSEK
rule years: average years weighted by amount between 1y and 3y
rule low: sum where grade <= A <= 40%
rule each_one: each holding: green or matures > 2020-01-01 or plain >= 1
rule most: sum amount of largest 2 holdings by amount <= 80%
rule named: no holding where words contains "x"
"""

DAYS = (date(2020, 1, 31), date(2020, 2, 29), date(1905, 1, 1))
MOMENTS = (datetime(2020, 1, 31), datetime(2020, 2, 29, 12, 30), datetime(1949, 1, 1))
FLOATS = (0.1, -0.0, 0.0, 1.0, 0.2, 12.5, 1 / 3, -2.25, 1e15, 1e22, float("nan"), float("inf"), 123456.789, 5e-324)
NAMES = (
    "a",
    "A ",
    "b",
    "Sum of a",
    "Summa",
    "Total",
    "varav b",
    "å  b",
    "\u00e5",
    "a¹",
    "",
    " ",
    "x\ny",
    "S:a",
    "Total\n",
)
NUMBERS = ("1", "12,5", "1.234", "3 %", "20", "0.2", "2 MSEK", "abc", "1e6", "1,5E+9", "", "5 EUR", "x", "12.50 kr")
LABELS = ("bond", "Fund", "fond", "AA", "aaa", "NR", "A", "", "A+", "yes", "nej", "ja", "2", "x; y", "x", "AAA;A")
CURRENCIES = ("SEK", "EUR", "USD", "kr", "", "SEK ")
DATES = ("2020-01-31", "2020-02-29", "31.01.2020", "02/03/2020", "2/29/2020", "43861", "", "1949-05-05", "2020-02-30")

Column = tuple[Any, Callable[[int], st.SearchStrategy[list[Any]]]]


def _some(values: Any) -> Callable[[int], st.SearchStrategy[list[Any]]]:
    one = st.none() | (st.sampled_from(values) if isinstance(values, tuple) else values)
    return lambda count: st.lists(one, min_size=count, max_size=count)


def _full(values: tuple[Any, ...]) -> Callable[[int], st.SearchStrategy[list[Any]]]:
    return lambda count: st.lists(st.sampled_from(values), min_size=count, max_size=count)


def _texts(*words: str) -> list[Column]:
    found = _some(words)
    return [(pa.string(), found), (pa.dictionary(pa.int8(), pa.string()), found), (pa.large_string(), found)]


_WHOLE: list[Column] = [
    (pa.int64(), _some((0, 1, 2, 100, -3, 2**62, 43861, 20200131))),
    (pa.int8(), _some((0, 1, -1, 99))),
    (pa.uint64(), _some((0, 1, 2**64 - 1))),
    (pa.uint32(), _some((7, 2**32 - 1))),
]
_EXACT: list[Column] = [
    (pa.decimal128(18, 2), _some((Decimal("0.10"), Decimal("1.00"), Decimal("-2.50"), Decimal("100"), Decimal("0")))),
    (pa.decimal128(9, 4), _some(st.integers(0, 10**7).map(lambda each: Decimal(each) / 10**4))),
    (pa.decimal128(38, 10), _some((Decimal("12345678901234567890.5"), Decimal("0.0000000001"), Decimal("3")))),
    (pa.decimal256(40, 1), _some((Decimal("1.5"),))),
]
_NOT_NEGATIVE: Column = (pa.decimal128(18, 2), _some(st.integers(0, 10**9).map(lambda each: Decimal(each) / 100)))
_BINARY: list[Column] = [
    (pa.float64(), _some(FLOATS)),
    (pa.float64(), _some(st.integers(0, 10**6).map(lambda each: each / 1000))),
    (pa.float64(), _some(st.floats(allow_nan=True, allow_infinity=False))),
    (pa.float32(), _some((0.1, 1.0, float("nan"), 2.5, 1 / 3))),
    (pa.float32(), _some(st.floats(width=32))),
]
_DAYS: list[Column] = [
    (pa.date32(), _some(DAYS)),
    (pa.date64(), _some(DAYS)),
    (pa.timestamp("us"), _some(MOMENTS)),
    (pa.timestamp("s"), _some(MOMENTS)),
    (pa.timestamp("ns"), _some(MOMENTS[:1])),
    (pa.timestamp("us", "Europe/Stockholm"), _some(tuple(each.replace(tzinfo=UTC) for each in MOMENTS))),
]
_OTHERS: list[Column] = [
    (pa.bool_(), _some((True, False))),
    (pa.null(), _some(st.none())),
    (pa.binary(), _some((b"x",))),
    (pa.list_(pa.int64()), _some(([1],))),
    (pa.time32("s"), _some((datetime(2020, 1, 1, 12).time(),))),
    (pa.dictionary(pa.int8(), pa.float64()), _some((0.5, 1.0))),
    (pa.dictionary(pa.int32(), pa.int64()), _some((1, 2))),
]
EVERY = [*_texts(*NAMES), *_texts(*NUMBERS), *_WHOLE, *_EXACT, *_BINARY, *_DAYS, *_OTHERS]
USUAL: dict[str, list[Column]] = {
    "day": [(pa.date32(), _full(DAYS[:2])), (pa.timestamp("us"), _full(MOMENTS[:1])), (pa.string(), _full(DATES[:2]))],
    "id": [(pa.string(), lambda count: st.permutations([f"h{number}" for number in range(count)]))],
    "part": [(kind, _full(("a", "b"))) for kind in (pa.string(), pa.dictionary(pa.int32(), pa.string()))],
    "issuer": [*_texts("a", "b", "Staten"), *_texts("a", "a¹", "å", "Summa", " b"), _WHOLE[1]],
    "currency": _texts("SEK"),
    "kind": _texts("bond", "fund", "Fund "),
    "grade": _texts("AAA", "A", "aa", "NR"),
    "amount": [_BINARY[1], (pa.int16(), _some((0, 7, 200))), _NOT_NEGATIVE, *_texts("1", "20", "12,5", "3 KSEK")],
    "paid": [_EXACT[0], _BINARY[1], _WHOLE[1], *_texts("1", "2 MSEK", "1,5E+9")],
    "years": [_EXACT[1], _BINARY[1], *_texts("1", "2", "24 months")],
    "weight": [_EXACT[0], _BINARY[1], *_texts("0.2", "20"), *_texts("20 %", "5%")],
    "plain": [*_WHOLE[:2], *_EXACT[:3], *_BINARY[1:]],
    "green": [(pa.bool_(), _some((True, False))), *_texts("yes", "nej"), (pa.int8(), _some((0, 1)))],
    "words": _texts("x; y", "y", "a¹; a"),
    "matures": [*_DAYS[:2], (pa.timestamp("s"), _some(MOMENTS[::2])), *_texts(*DATES[:2]), *_texts("31.01.2020")],
}
HEADINGS = {"amount": ("amount", "Amount", "Belopp tkr", "Belopp kr")}
UNREAD = ("note", "Valuta", "amount (EUR)", "Totalt")


@st.composite
def arrow_tables(draw: Any, most: int = 9) -> pa.Table:
    """Tables of which most columns are as they should be, in any order, of several chunks and perhaps cut out."""
    count = draw(st.integers(1, most))
    odd = draw(st.sets(st.sampled_from([*USUAL]), max_size=2)) if draw(st.integers(0, 2)) == 0 else ()
    columns: dict[str, Any] = {}
    for name, usual in USUAL.items():
        if name not in ("amount", "id", "day", "part") and draw(st.integers(0, 5)) == 0:
            continue
        kind, values = draw(st.sampled_from(EVERY if name in odd else usual))
        heading = draw(st.sampled_from(HEADINGS[name])) if name in HEADINGS and draw(st.booleans()) else name
        columns[heading] = _array(draw(values(count)), kind)
    for name in draw(st.lists(st.sampled_from(UNREAD), unique=True, max_size=2)) if draw(st.booleans()) else ():
        kind, values = draw(st.sampled_from([*_texts(*CURRENCIES[:2]), *EVERY]))
        columns[name] = _array(draw(values(count)), kind)
    table = pa.table(columns)
    start = draw(st.integers(0, count - 1))
    if draw(st.booleans()):
        table = pa.concat_tables([table.slice(0, start), table.slice(start)])
    return table.slice(start) if draw(st.booleans()) else table


def _array(values: list[Any], kind: Any) -> Any:
    if pa.types.is_dictionary(kind):  # with a word in another order, and one that no row has
        words = [*dict.fromkeys(each for each in reversed(values) if each is not None), None]
        words[-1:] = [] if None in values else [_left_over(kind)]
        places = pa.array([None if each is None else words.index(each) for each in values], kind.index_type)
        return pa.DictionaryArray.from_arrays(places, pa.array(words, kind.value_type))
    return pa.array(values, kind)


def _left_over(kind: Any) -> Any:
    return "Summa left over" if pa.types.is_string(kind.value_type) else 99


def as_pandas(table: pa.Table) -> pd.DataFrame:
    """The same as pandas has it: numpy's types, texts, categories, objects and missing numbers as floats."""
    return table.to_pandas(date_as_object=True)


def as_polars(table: pa.Table) -> pl.DataFrame:
    """The same as polars has it, without what it has no type for."""
    found = pl.from_arrow(
        table.select([field.name for field in table.schema if not pa.types.is_decimal256(field.type)])
    )
    assert isinstance(found, pl.DataFrame)
    return found
