"""Cases that the generated ones have found: a verdict that was once taken back when the blanks were filled in."""

import pytest
from attrs import frozen

from policydsl.verdicts import worst

from .running import load

HEAD = """\
rulebook "Found"
  currency SEK
table positions, each position
  id text, key
  issuer text
  sector one of bank, state
  term term in years
  amount money in SEK, not negative
category class of positions
  A: term > 1y
define chosen = positions where issuer = "Alfa"
"""


@frozen
class Found:
    """A rule, rows with blanks (id, issuer, sector, term, amount), what some of them turn out to be, and the outcomes
    before and after."""

    rule: str
    rows: tuple[str, ...]
    filled: tuple[str, ...]
    outcomes: tuple[str, str]


FOUND = {
    "a group of unknown rows may not be a group": Found(
        "per issuer: sum amount of positions >= 10 SEK",
        ("a Alfa bank 1 20", "b - bank 1 5"),
        ("a Alfa bank 1 20", "b Alfa bank 1 5"),
        ("undetermined", "pass"),
    ),
    "rows that are unknown in different columns may meet": Found(
        "per issuer, sector: sum amount of positions <= 30 SEK",
        ("a Alfa - 1 20", "b - bank 1 20"),
        ("a Alfa bank 1 20", "b Alfa bank 1 20"),
        ("undetermined", "breach"),
    ),
    "a group of rows that may not be in the set may not be a group": Found(
        "per sector: count of chosen >= 2",
        ("a - bank 1 20",),
        ("a Beta bank 1 20",),
        ("undetermined", "pass"),
    ),
    "an unknown label may be none": Found(
        "distinct class of positions >= 1",
        ("a Alfa bank - 20",),
        ("a Alfa bank 1 20",),
        ("undetermined", "breach"),
    ),
    "only one of two tied rows is among the largest": Found(
        "sum amount of largest 1 positions by amount where sector = bank <= 15 SEK",
        ("a Alfa - 1 10", "b Alfa - 1 10", "c Alfa bank 1 5"),
        ("a Alfa bank 1 10", "b Alfa bank 1 10", "c Alfa bank 1 5"),
        ("pass", "pass"),
    ),
}


def table(rows: tuple[str, ...]) -> list[dict[str, str | None]]:
    """Rows as dicts; `-` is a blank."""
    names = ("id", "issuer", "sector", "term", "amount")
    return [dict(zip(names, (None if cell == "-" else cell for cell in row.split()), strict=True)) for row in rows]


@pytest.mark.parametrize("engine", ["reference", "columnar", "light"])
@pytest.mark.parametrize("name", FOUND)
def test_found(name: str, engine: str) -> None:
    found = FOUND[name]
    rulebook = load(f"{HEAD}rule r: {found.rule}\n")
    reports = [rulebook.check({"positions": table(rows)}, engine=engine) for rows in (found.rows, found.filled)]  # type: ignore[arg-type]
    assert tuple(worst(report.verdicts) for report in reports) == found.outcomes
