"""Made-up holdings for `credit.policy`, the same for the same numbers: an Arrow table with dictionaries."""

import numpy as np
import pyarrow as pa

CATEGORIES = tuple("ABCDE")
CURRENCIES = ("EUR", "NOK", "SEK", "USD")
TYPES = ("bond", "cert", "deposit", "derivative", "frn", "fund", "loan", "repo")
ISSUERS = 20_000
SEK, OWN = 2, 7


def holdings(rows: int, portfolios: int, seed: int = 1) -> pa.Table:
    """So many holdings of so many portfolios, of 20,000 issuers that have one category each; amounts are whole öre."""
    chance = np.random.default_rng(seed)
    category_of = np.random.default_rng(5).choice(5, ISSUERS, p=(0.15, 0.25, 0.3, 0.2, 0.1))
    issuer = (ISSUERS * chance.random(rows) ** 2).astype(np.int32)
    portfolio = chance.integers(0, portfolios, rows, dtype=np.int32)
    issuer[(issuer == OWN) & (portfolio % 50 != 1)] += 1
    category = category_of[issuer].astype(np.int8)
    years = np.round(chance.random(rows) ** (1 + 0.9 * category) * 12, 4)
    amount = np.maximum(1, chance.lognormal(17.2, 1.3, rows)).astype(np.int64)
    currency = np.full(rows, SEK, np.int8)
    currency[::1_999_993] = 0
    kind = chance.choice(8, rows, p=(0.35, 0.2, 0.05, 0.03, 0.2, 0.07, 0.05, 0.05)).astype(np.int8)

    def coded(codes: np.ndarray, names: tuple[str, ...] | list[str]) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names))

    return pa.table({
        "portfolio_id": coded(portfolio, [f"P{n:04}" for n in range(portfolios)]),
        "issuer": coded(issuer, [f"ISS{n:05}" for n in range(ISSUERS)]),
        "issuer_category": coded(category, CATEGORIES),
        "duration_years": years,
        "mv": amount,
        "currency": coded(currency, CURRENCIES),
        "instrument_type": coded(kind, TYPES),
    })  # fmt: skip


def as_texts(table: pa.Table) -> pa.Table:
    """The same with plain texts."""
    for name in ("portfolio_id", "issuer", "issuer_category", "currency", "instrument_type"):
        table = table.set_column(table.column_names.index(name), name, table.column(name).cast(pa.string()))
    return table
