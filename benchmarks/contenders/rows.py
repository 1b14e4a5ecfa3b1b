"""Made-up holdings, in the form that each tool takes."""

import random
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

KINDS = ("bond", "frn", "cert", "deposit", "fund", "derivative")
GRADES = ("AAA", "AA", "A", "BBB", "BB", "B", None)


class Holding(NamedTuple):
    """Whole numbers, of which each tool is given what is best for it."""

    id: str
    issuer: str
    kind: str
    rating: str | None
    hundredths: int
    """Of a year."""
    ore: int | None
    """None is an amount that nobody knows."""


class Holdings(tuple[Holding, ...]):
    """Holdings, and the forms in which tools take them, each made once and used by all."""

    kind = "kind"
    """What the column of kinds is called."""

    @cached_property
    def floats(self) -> list[dict[str, Any]]:
        """A dict a row, in kronor and years as JSON has them."""
        return self._dicts(float)

    @cached_property
    def decimals(self) -> list[dict[str, Any]]:
        """A dict a row, in kronor and years exactly."""
        return self._dicts(Decimal)

    @cached_property
    def arrow(self) -> Any:
        """A table of decimals and dictionaries, all in one portfolio."""
        import pyarrow as pa

        table = pa.Table.from_pylist(self.decimals)
        types = {"years": pa.decimal128(9, 2), "amount": pa.decimal128(18, 2)}
        coded = dict.fromkeys(("issuer", self.kind, "rating"), pa.dictionary(pa.int32(), pa.string()))
        for name, of_type in {**types, **coded}.items():
            table = table.set_column(table.column_names.index(name), name, table.column(name).cast(of_type))
        return table.append_column("book", pa.array(["one"] * len(table)).dictionary_encode())

    def _dicts(self, number: Callable[[int], Any]) -> list[dict[str, Any]]:
        return [
            {
                "id": name, "issuer": issuer, self.kind: kind, "rating": rating, "years": number(years) / 100,
                "amount": None if ore is None else number(ore) / 100,
            }
            for name, issuer, kind, rating, years, ore in self
        ]  # fmt: skip


def made_up(count: int) -> Holdings:
    """So many holdings of fifty issuers: some rules are kept and some are not. One rating in a hundred is blank."""
    chosen = random.Random(1)
    found = []
    for number in range(count):
        kind = chosen.choices(KINDS, (35, 20, 15, 10, 19, 1))[0]
        issuer = "State" if chosen.random() < 0.15 else f"issuer {int(50 * chosen.random() ** 2)}"
        grade = chosen.choices(GRADES, (25, 25, 20, 15, 10, 4, 1))[0]
        found.append(Holding(f"h{number}", issuer, kind, grade, chosen.randrange(1, 1200), chosen.randrange(10**9)))
    return Holdings(found)
