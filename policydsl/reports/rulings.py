"""Every rule with all its cells and groups, for the renderings that show the limits one below the other, and tables
of limits as the grids that they are."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from policydsl._frozen import frozen
from policydsl.model.rulebook import Outcome
from policydsl.verdicts import Verdict, worst, worst_first
from policydsl.verdicts.outcomes import WORST_FIRST

if TYPE_CHECKING:
    from policydsl.reports.report import Report

BANDS = ("min", "max")
"""The columns of a table of limits that bound one figure from both sides."""


@frozen
class Cell:
    """A rule or a cell of a table of limits, with a verdict for each of its groups, worst first."""

    groups: tuple[Verdict, ...]

    @property
    def worst(self) -> Verdict:
        """The verdict on the group that is worst."""
        return self.groups[0]

    @property
    def outcome(self) -> Outcome:
        """Its outcome."""
        return self.worst.outcome


@frozen
class Grid:
    """The cells of a table of limits, by the names of its rows and columns."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]

    @property
    def is_band(self) -> bool:
        """Whether its columns bound one figure from both sides."""
        return set(self.columns) <= set(BANDS)


@frozen
class Ruling:
    """A rule or a table of limits."""

    cells: tuple[Cell, ...]

    @property
    def first(self) -> Verdict:
        """Any verdict of it, for its names."""
        return self.cells[0].worst

    @property
    def outcome(self) -> Outcome:
        """The worst outcome."""
        return worst(cell.worst for cell in self.cells)

    @property
    def grid(self) -> Grid | None:
        """Its cells as a grid; None if it is no table of limits."""
        names = [_split(cell.worst.check.cell or "") for cell in self.cells]
        known = [name for name in names if name is not None]
        if len(known) < len(names) or len(set(known)) < len(known):
            return None
        rows, columns = (tuple(dict.fromkeys(ends)) for ends in zip(*known, strict=True))
        return Grid(rows, columns, dict(zip(known, self.cells, strict=True)))


def rulings(report: "Report") -> Iterator[Ruling]:
    """All rules, in the order of the policy."""
    for _, of_rule in groupby(report.verdicts, key=lambda verdict: verdict.check.rule):
        cells = (list(of_check) for _, of_check in groupby(of_rule, key=lambda verdict: verdict.id))
        yield Ruling(tuple(_cell(groups) for groups in cells))


def is_limit(ruling: Ruling) -> bool:
    """Whether a rule has a figure or a bound to show."""
    return any(cell.worst.bound is not None or cell.worst.figure_words for cell in ruling.cells) and not all(
        cell.worst.is_about_rows for cell in ruling.cells
    )


def without_figure(report: "Report") -> list[Ruling]:
    """The rules without a figure that are kept or do not apply, outcome by outcome."""
    told = [ruling for ruling in rulings(report) if ruling.outcome in ("pass", "not applicable")]
    return sorted(
        (ruling for ruling in told if all(_is_plain(cell.worst) for cell in ruling.cells)),
        key=lambda ruling: WORST_FIRST.index(ruling.outcome),
    )


def _is_plain(verdict: Verdict) -> bool:
    return verdict.is_about_rows or not (verdict.bound is not None or verdict.figure_words)


def _cell(groups: Sequence[Verdict]) -> Cell:
    return Cell(tuple(worst_first(groups)))


def _split(cell: str) -> tuple[str, str] | None:
    """The row and the column of a cell: `D..E, duration > 7y` is parted at its last comma outside of brackets."""
    deep = 0
    for at in range(len(cell) - 1, 0, -1):
        deep += (cell[at] in ")]") - (cell[at] in "([")
        if not deep and cell[at : at + 2] == ", ":
            return cell[:at], cell[at + 2 :]
    return None
