"""Small portfolios made so that it is known what is right: figures on their bound, blanks, a column that is missing."""

import random
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from contenders.rows import Holding, Holdings


class Edge(NamedTuple):
    """A rule, what is right of it, and portfolios of which it is."""

    name: str
    rule: str
    right: object
    portfolios: list[Holdings]


def _holdings(*rows: tuple[str, str, str | None, int, int | None]) -> Holdings:
    return Holdings(Holding(f"h{number}", *row) for number, row in enumerate(rows))


def _some(chosen: random.Random, count: int) -> list[int]:
    """Amounts between 0.1 and 10 million, in öre."""
    return [chosen.randrange(10**7, 10**9) for _ in range(count)]


def funds_of_a_fifth() -> Iterator[Holdings]:
    """Three funds, and four bonds worth four times as much to the öre: 20.00%."""
    chosen = random.Random(1)
    while True:
        funds, bonds = _some(chosen, 3), _some(chosen, 3)
        bonds.append(4 * sum(funds) - sum(bonds))
        if bonds[-1] > 0:
            rows = [*(("fund", ore) for ore in funds), *(("bond", ore) for ore in bonds)]
            yield _holdings(*((f"issuer {number}", kind, "AA", 250, ore) for number, (kind, ore) in enumerate(rows)))


def ten_equal_issuers() -> Iterator[Holdings]:
    """Ten issuers of the same worth, one of them with three holdings: each has 10.00%."""
    chosen = random.Random(2)
    while True:
        three = _some(chosen, 3)
        amounts = [*(("A", ore) for ore in three), *((f"B{at}", sum(three)) for at in range(9))]
        yield _holdings(*((issuer, "bond", "AA", 250, ore) for issuer, ore in amounts))


def five_years_on_average() -> Iterator[Holdings]:
    """Three holdings with an average duration of 5.00 years."""
    chosen = random.Random(3)
    while True:
        years, amounts = [chosen.randrange(100, 1000) for _ in range(3)], _some(chosen, 2)
        missing, rest = sum(ore * (500 - term) for ore, term in zip(amounts, years, strict=False)), years[2] - 500
        if rest and missing % rest == 0 and 10**7 < missing // rest < 10**9:
            amounts.append(missing // rest)
            rows = zip("ABC", years, amounts, strict=True)
            yield _holdings(*((issuer, "bond", "AA", term, ore) for issuer, term, ore in rows))


def edges(count: int) -> list[Edge]:
    """So many portfolios on each bound, and one with each kind of blank."""
    unrated = _holdings(
        ("A", "bond", "AA", 250, 690_000_000),
        ("B", "bond", None, 250, 300_000_000),
        ("C", "bond", "BB", 250, 10_000_000),
    )
    unvalued = _holdings(
        ("A", "fund", "AA", 250, 100_000_000), ("B", "fund", "AA", 250, None), ("C", "bond", "AA", 250, 900_000_000)
    )
    renamed = Holdings(next(funds_of_a_fifth()))
    renamed.kind = "sort"
    return [
        Edge("funds exactly 20%", "share", True, list(islice(funds_of_a_fifth(), count))),
        Edge("issuers exactly 10%", "issuer", 0, list(islice(ten_equal_issuers(), count))),
        Edge("average exactly 5y", "average", True, list(islice(five_years_on_average(), count))),
        Edge("30% has no rating", "rated", None, [unrated]),
        Edge("a fund has no amount", "share", None, [unvalued]),
        Edge("`kind` is called `sort`", "share", None, [renamed]),
    ]
