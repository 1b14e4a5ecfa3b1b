"""What-ifs for `credit.policy` as an expert would write them with numpy: sums kept by portfolio, cell and issuer."""

from typing import Any

import numpy as np
import pyarrow as pa
from credit_rows import ISSUERS, OWN, SEK

EDGES = (1.0, 3.0, 7.0)
LIMITS = np.array([
    [100, 100, 100, 100], [100, 100, 90, 80], [100, 90, 70, 50], [80, 60, 40, 20], [35, 25, 15, 10],
])  # fmt: skip
LONG, SHORT = np.array([100, 30, 20, 12, 8]), np.array([45, 30, 20, 12])
BLOCK = 1 << 15


def codes(table: pa.Table, name: str) -> Any:
    """The numbers of a column of words."""
    return table.column(name).combine_chunks().indices.to_numpy()


class Book:
    """The sums of all rows."""

    def __init__(self, table: pa.Table, portfolios: int) -> None:
        worlds, issuers = codes(table, "portfolio_id").astype(np.int64), codes(table, "issuer")
        categories, kinds = codes(table, "issuer_category"), codes(table, "instrument_type")
        years, amounts = table.column("duration_years").to_numpy(), table.column("mv").to_numpy()
        bands = np.searchsorted(EDGES, years, side="right")
        cube = np.zeros((portfolios, 5, 4, 8), np.int64)
        np.add.at(cube.reshape(-1), ((worlds * 5 + categories) * 4 + bands) * 8 + kinds, amounts)
        self.issued = np.zeros((portfolios, 2, ISSUERS), np.int64)
        np.add.at(self.issued.reshape(-1), (worlds * 2 + (bands > 0)) * ISSUERS + issuers, amounts)
        self.foreign = np.bincount(worlds[codes(table, "currency") != SEK], minlength=portfolios)
        self.own = np.bincount(worlds[issuers == OWN], minlength=portfolios)
        self.months = np.bincount(worlds, np.rint(years * 10000) * amounts, portfolios)
        self.kinds = cube.sum(axis=(1, 2))
        self.sums = np.ascontiguousarray(cube.sum(axis=3)[:, ::-1, ::-1].cumsum(1).cumsum(2)[:, ::-1, ::-1])
        category_of = np.zeros(ISSUERS, np.int8)
        category_of[issuers] = categories
        self.first, self.second = (np.zeros((portfolios, 2, 5), np.int64) for _ in range(2))
        for category in range(5):
            of_kind = np.sort(self.issued[:, :, category_of == category], axis=2)
            self.first[:, :, category], self.second[:, :, category] = of_kind[:, :, -1], of_kind[:, :, -2]
        self.top = -np.sort(-self.issued.sum(axis=1), axis=1)[:, :11]

    def fails(self, table: pa.Table) -> Any:
        """By trade and check, whether the check would fail."""
        found = np.zeros((len(table), 37), bool)
        columns = [codes(table, name) for name in ("portfolio_id", "issuer", "issuer_category", "instrument_type")]
        columns += [codes(table, "currency"), table.column("duration_years").to_numpy(), table.column("mv").to_numpy()]
        for start in range(0, len(table), BLOCK):
            found[start : start + BLOCK] = self._block(*(each[start : start + BLOCK] for each in columns))
        return found

    def _block(self, world: Any, issuer: Any, category: Any, kind: Any, currency: Any, years: Any, amount: Any) -> Any:
        band = np.searchsorted(EDGES, years, side="right")
        later, rows = (band > 0).astype(np.intp), np.arange(len(world))
        inside = (np.arange(5)[:, None] <= category[:, None, None]) & (np.arange(4) <= band[:, None, None])
        sums = self.sums[world] + amount[:, None, None] * inside
        whole = sums[:, 0, 0]
        found = [(sums * 100 > LIMITS * whole[:, None, None]).reshape(-1, 20)]
        held = self.issued[world, later, issuer]
        most = self.first[world]
        others = np.where(held >= most[rows, later, category], self.second[world, later, category], 0)
        others = np.where(held >= most[rows, later, category], others, most[rows, later, category])
        most[rows, later, category] = np.maximum(others, held + amount)
        found.append(most[:, 1] * 100 > LONG * whole[:, None])
        found.append(most[:, 0, 1:] * 100 > SHORT * whole[:, None])
        ends = [self.foreign[world] + (currency != SEK) > 0, self.own[world] + (issuer == OWN) > 0]
        kinds = [self.kinds[world, at] + amount * (kind == at) for at in (0, 1, 3)]
        ends += [kinds[0] * 100 < 20 * whole, kinds[1] * 100 > 60 * whole, kinds[2] * 100 > 5 * whole]
        average = (self.months[world] + amount * np.rint(years * 10000)) / whole
        ends += [average < 20000, average > 50000]
        total, top = self.issued[world, 0, issuer] + self.issued[world, 1, issuer], self.top[world]
        among = total >= top[:, 9]
        first = top[:, :10].sum(axis=1) + np.where(among, top[:, 10] - total, 0)
        ten = first + np.maximum(total + amount - np.where(among, top[:, 10], top[:, 9]), 0)
        ends.append(ten * 100 > 60 * whole)
        found.append(np.stack(ends, axis=1))
        return np.concatenate(found, axis=1)
