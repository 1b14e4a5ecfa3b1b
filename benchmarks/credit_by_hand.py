"""The 37 figures of `credit.policy` by hand, as an expert of each tool would write them: never one query a rule.

Each gives, for each portfolio in the order of its name, whether each of the 37 checks is kept. All work on whole
numbers.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from credit_rows import CATEGORIES, ISSUERS, TYPES

T5 = np.array([[100, 100, 100, 100], [100, 100, 90, 80], [100, 90, 70, 50], [80, 60, 40, 20], [35, 25, 15, 10]])
LONG, SHORT = np.array([100, 30, 20, 12, 8]), np.array([45, 30, 20, 12])


def decide(cube: Any, long: Any, short: Any, foreign: Any, own: Any, weighted: Any, ten: Any) -> Any:
    """From sums to answers: `cube` by portfolio, category, band and type; the largest long and short holdings of an
    issuer by portfolio and category; years (in ten-thousandths) times amount."""
    by_band = cube.sum(axis=3)
    from_on = by_band[:, ::-1, ::-1].cumsum(axis=1).cumsum(axis=2)[:, ::-1, ::-1]
    total = from_on[:, 0, 0]
    kinds = cube.sum(axis=(1, 2))
    kept = [(from_on * 100 <= T5 * total[:, None, None]).reshape(len(total), 20)]
    kept.append(long * 100 <= LONG * total[:, None])
    kept.append(short[:, 1:] * 100 <= SHORT * total[:, None])
    years = [int(each) for each in weighted]
    totals = total.tolist()
    kept.append(np.column_stack([
        foreign == 0,
        own == 0,
        kinds[:, 0] * 100 >= 20 * total,
        kinds[:, 1] * 100 <= 60 * total,
        kinds[:, 3] * 100 <= 5 * total,
        [at >= 20_000 * whole for at, whole in zip(years, totals, strict=True)],
        [at <= 50_000 * whole for at, whole in zip(years, totals, strict=True)],
        ten * 100 <= 60 * total,
    ]))  # fmt: skip
    return np.hstack(kept)


# --- numpy, in blocks, on two threads ---------------------------------------------------------------------------------


def numpy_blocks(table: Any, block: int = 1 << 16) -> Any:
    """Dictionary numbers, one fused number a row; the cube on one thread, the issuers on the other."""
    codes = {
        name: table.column(name).chunk(0).indices.to_numpy()
        for name in ("portfolio_id", "issuer", "issuer_category", "currency", "instrument_type")
    }
    years, amounts = table.column("duration_years").to_numpy(), table.column("mv").to_numpy()
    portfolios = len(table.column("portfolio_id").chunk(0).dictionary)
    rows = len(amounts)

    def cube() -> tuple[Any, ...]:
        sums = np.zeros(portfolios * 160, np.int64)
        weighted = [np.zeros(portfolios, np.int64), np.zeros(portfolios, np.int64)]
        foreign, own = np.zeros(portfolios, np.int64), np.zeros(portfolios, np.int64)
        for start in range(0, rows, block):
            part = slice(start, min(start + block, rows))
            portfolio, of, amount = codes["portfolio_id"][part].astype(np.intp), years[part], amounts[part]
            band = (of >= 1).astype(np.int8)
            band += of >= 3
            band += of >= 7
            place = portfolio * 5
            place += codes["issuer_category"][part]
            place *= 4
            place += band
            place *= 8
            place += codes["instrument_type"][part]
            np.add.at(sums, place, amount)
            product = np.rint(of * 10_000).astype(np.int64) * amount
            np.add.at(weighted[0], portfolio, product >> 20)
            np.add.at(weighted[1], portfolio, product & 0xFFFFF)
            strange = codes["currency"][part] != 2
            if strange.any():
                np.add.at(foreign, portfolio[strange], 1)
            owned = codes["issuer"][part] == 7
            if owned.any():
                np.add.at(own, portfolio[owned], 1)
        high, low = (each.astype(object) for each in weighted)
        return sums.reshape(portfolios, 5, 4, 8), foreign, own, high * 2**20 + low

    def issuers() -> tuple[Any, ...]:
        category = np.zeros(ISSUERS, np.int8)
        category[codes["issuer"]] = codes["issuer_category"]
        order = np.argsort(category, kind="stable")
        rank = np.empty(ISSUERS, np.intp)
        rank[order] = np.arange(ISSUERS)
        ends = np.searchsorted(category[order], range(6))
        sums = np.zeros(portfolios * 2 * ISSUERS, np.int64)
        for start in range(0, rows, block):
            part = slice(start, min(start + block, rows))
            place = codes["portfolio_id"][part].astype(np.intp) * 2
            place += years[part] >= 1
            place *= ISSUERS
            place += rank[codes["issuer"][part]]
            np.add.at(sums, place, amounts[part])
        both = sums.reshape(portfolios, 2, ISSUERS)
        largest = [
            np.column_stack([both[:, side, ends[at] : ends[at + 1]].max(axis=1, initial=0) for at in range(5)])
            for side in (0, 1)
        ]
        each = both.sum(axis=1)
        ten = np.partition(each, ISSUERS - 10, axis=1)[:, -10:].sum(axis=1)
        return largest[1], largest[0], ten

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(cube), pool.submit(issuers)
        (sums, foreign, own, weighted), (long, short, ten) = first.result(), second.result()
    found = decide(sums, long, short, foreign, own, weighted, ten)
    return found[sums.any(axis=(1, 2, 3))]  # a portfolio without rows is none


# --- the same two groupings in polars, DuckDB and pandas --------------------------------------------------------------


def _from_groups(cells: Any, sides: Any) -> Any:
    """The answers from two tables of groups as dicts of arrays: cells with their sums, and issuers with theirs."""
    names = sorted({str(name) for name in cells["portfolio_id"]})
    place = {name: at for at, name in enumerate(names)}
    at = np.array([place[str(name)] for name in cells["portfolio_id"]])
    cube = np.zeros((len(names), 5, 4, 8), np.int64)
    category = np.array([CATEGORIES.index(str(each)) for each in cells["issuer_category"]])
    kind = np.array([TYPES.index(str(each)) for each in cells["instrument_type"]])
    np.add.at(cube, (at, category, np.asarray(cells["band"], np.intp), kind), np.asarray(cells["amount"], np.int64))
    foreign = np.zeros(len(names), np.int64)
    np.add.at(foreign, at, np.asarray(cells["strange"], np.int64))
    weighted = [0] * len(names)
    for where, product in zip(at.tolist(), cells["weighted"], strict=True):
        weighted[where] += int(product)
    own, ten = np.zeros(len(names), np.int64), np.zeros(len(names), np.int64)
    long, short = np.zeros((len(names), 5), np.int64), np.zeros((len(names), 5), np.int64)
    for row, name in enumerate(sides["portfolio_id"]):
        where = place[str(name)]
        own[where], ten[where] = int(sides["own"][row]), int(sides["ten"][row])
        for at_, letter in enumerate(CATEGORIES):
            long[where, at_] = int(sides[f"long{letter}"][row] or 0)
            short[where, at_] = int(sides[f"short{letter}"][row] or 0)
    return decide(cube, long, short, foreign, own, weighted, ten)


def polars_lazy(frame: Any) -> Any:
    """Two lazy groupings, collected together; of a frame or a scan."""
    import polars as pl

    of = pl.col("duration_years")
    rows = frame.lazy().select(
        "portfolio_id", "issuer", "issuer_category", "instrument_type", "mv",
        band=(of >= 1).cast(pl.Int8) + (of >= 3).cast(pl.Int8) + (of >= 7).cast(pl.Int8),
        product=(of * 10_000).round().cast(pl.Int128) * pl.col("mv"),
        strange=pl.col("currency") != "SEK",
    )  # fmt: skip
    cells = rows.group_by("portfolio_id", "issuer_category", "band", "instrument_type").agg(
        amount=pl.col("mv").sum(), weighted=pl.col("product").sum(), strange=pl.col("strange").sum()
    )
    each = rows.group_by("portfolio_id", "issuer", "issuer_category").agg(
        short=pl.col("mv").filter(pl.col("band") == 0).sum(), long=pl.col("mv").filter(pl.col("band") > 0).sum()
    )
    sides = each.group_by("portfolio_id").agg(
        *(
            pl.col(side).filter(pl.col("issuer_category") == letter).max().alias(f"{side}{letter}")
            for side in ("long", "short")
            for letter in CATEGORIES
        ),
        own=(pl.col("issuer") == "ISS00007").sum(),
        ten=(pl.col("short") + pl.col("long")).top_k(10).sum(),
    )
    found = pl.collect_all([cells, sides])
    return _from_groups(*({name: each[name].to_list() for name in each.columns} for each in found))


_CELLS = """
select portfolio_id, issuer_category, instrument_type,
       (duration_years >= 1)::int + (duration_years >= 3)::int + (duration_years >= 7)::int as band,
       sum(mv) as amount, sum(round(duration_years * 10000)::bigint::hugeint * mv) as weighted,
       count(*) filter (currency <> 'SEK') as strange
from {rows} group by all"""
_SIDES = """
with each_issuer as (
  select portfolio_id, issuer, issuer_category, sum(mv) as total,
         sum(case when duration_years >= 1 then mv else 0 end) as long,
         sum(case when duration_years < 1 then mv else 0 end) as short
  from {rows} group by all)
select portfolio_id, {largest}, count(*) filter (issuer = 'ISS00007') as own, list_sum(max(total, 10)) as ten
from each_issuer group by all"""


def duckdb_sql(connection: Any, rows: str) -> Any:
    """Two groupings in SQL, of a table or a Parquet file."""
    largest = ", ".join(
        f"max({side}) filter (issuer_category = '{letter}') as {side}{letter}"
        for side in ("long", "short")
        for letter in CATEGORIES
    )
    found = []
    for text in (_CELLS, _SIDES):
        result = connection.sql(text.format(rows=rows, largest=largest))
        found.append(dict(zip(result.columns, zip(*result.fetchall(), strict=True), strict=True)))
    return _from_groups(*found)


def pandas_groups(frame: Any) -> Any:
    """Two groupings of a frame; the products as two halves, since pandas has no longer numbers."""
    years = frame["duration_years"].to_numpy()
    product = np.rint(years * 10_000).astype(np.int64) * frame["mv"].to_numpy()
    rows = frame.assign(
        band=(years >= 1).astype(np.int8) + (years >= 3) + (years >= 7),
        high=product >> 20, low=product & 0xFFFFF, strange=frame["currency"] != "SEK",
    )  # fmt: skip
    cells = (
        rows.groupby(["portfolio_id", "issuer_category", "band", "instrument_type"], observed=True)
        .agg(amount=("mv", "sum"), high=("high", "sum"), low=("low", "sum"), strange=("strange", "sum"))
        .reset_index()
    )
    cells["weighted"] = cells["high"].astype(object) * 2**20 + cells["low"].astype(object)
    rows["long"] = rows["mv"].where(years >= 1, 0)
    each = (
        rows.groupby(["portfolio_id", "issuer", "issuer_category"], observed=True)[["mv", "long"]].sum().reset_index()
    )
    each["short"] = each["mv"] - each["long"]
    sides = each.groupby("portfolio_id", observed=True)["mv"].apply(lambda one: one.nlargest(10).sum()).to_frame("ten")
    sides["own"] = each[each["issuer"] == "ISS00007"].groupby("portfolio_id", observed=False).size()
    for side in ("long", "short"):
        largest = each.pivot_table(
            index="portfolio_id", columns="issuer_category", values=side, aggfunc="max", observed=True
        )
        for letter in CATEGORIES:
            sides[f"{side}{letter}"] = largest.get(letter, 0)
    sides = sides.fillna(0).reset_index()
    return _from_groups(*({name: each[name].tolist() for name in each.columns} for each in (cells, sides)))
