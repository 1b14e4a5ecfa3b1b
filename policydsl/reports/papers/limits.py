"""Policy against outcome: rules with their figure, bound, room and outcome, tables of limits as maps and as bands."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from policydsl.reports.drawn import Drawn, depth, drawn, scale
from policydsl.reports.limit_lines import figure_of, remarks
from policydsl.reports.papers.desk import Desk, with_dots
from policydsl.reports.papers.document import Cell, Column, Heading, Paragraph, Part, Picture, Table, plain, prose
from policydsl.reports.rulings import Cell as Ruled
from policydsl.reports.rulings import Grid, is_limit, rulings
from policydsl.verdicts import Verdict, printed, worst_first


def rules_table(desk: Desk, names: Sequence[str]) -> Iterator[Part]:
    """The rules of these ids, or cells of tables of limits, one below the other."""
    every = list(rulings(desk.report))
    cells = [
        cell
        for name in names
        for ruling in every
        for cell in ruling.cells
        if name in (ruling.first.check.rule, cell.worst.id)
    ]
    if cells:
        yield _compared(desk, cells)
    yield from _open(desk, cells)


def limits_grid(desk: Desk, name: str, heading: bool = False) -> Iterator[Part]:
    """A table of limits as the grid that it is: as bands between their bounds, or as a map of use."""
    ruling = next((each for each in rulings(desk.report) if each.first.check.rule == name), None)
    grid = None if ruling is None else ruling.grid
    if ruling is None or grid is None:
        yield from rules_table(desk, [name])
        return
    first = ruling.first
    if heading:
        yield Heading(desk.level + 1, plain(first.check.title or first.check.rule))
    bases = {cell.worst.part.of if cell.worst.part is not None else None for cell in ruling.cells}
    base = next(iter(bases)) if len(bases) == 1 else None
    of_base = first.wording.say(", shares of {base}", base=base).removeprefix(",").strip() if base else ""
    title = first.check.title or first.check.rule
    verdicts = tuple(verdict for cell in ruling.cells for verdict in cell.groups)
    lead = desk.behind(f"rule {name}", title, verdicts)
    yield _bands(desk, grid, title, base is not None) if grid.is_band else _heat(grid, title, base is not None)
    yield Paragraph(with_dots(plain(name), *map(plain, first.sources), plain(of_base), lead), "small")
    yield from _open(desk, ruling.cells)


def all_limits(desk: Desk) -> Iterator[Part]:
    """Every limit: the tables one by one, then the single ones together."""
    every = [ruling for ruling in rulings(desk.report) if is_limit(ruling)]
    single = [ruling for ruling in every if ruling.grid is None]
    for ruling in every:
        if ruling.grid is not None:
            yield from limits_grid(desk, ruling.first.check.rule, heading=True)
    if single:
        if len(single) < len(every):
            yield Heading(desk.level + 1, plain(desk.say("Single limits")))
        yield _compared(desk, [cell for ruling in single for cell in ruling.cells])


_ALWAYS = 3
"""Columns of limits that are there even where nothing stands in them: bounds and room may be left out."""


def _compared(desk: Desk, cells: Sequence[Ruled]) -> Table:
    say = desk.say
    columns = (
        Column(say("rule"), width=9),
        Column(say("outcome"), width=5),
        Column(say("figure"), width=6),
        Column(say("bounds"), width=6),
        Column(say("room"), width=5),
    )
    rows = [_line(desk, cell) for cell in cells]
    shown = [at for at in range(len(columns)) if at < _ALWAYS or any(any(row[at].spans) for row in rows)]
    told = tuple(tuple(row[at] for at in shown) for row in rows)
    return Table(say("Policy against outcome"), tuple(columns[at] for at in shown), told)


def _line(desk: Desk, cell: Ruled) -> tuple[Cell, ...]:
    verdict = cell.worst
    title = verdict.check.title or verdict.check.requirement or verdict.check.rule
    lead = desk.behind(f"rule {verdict.id}", title, cell.groups)
    under = with_dots(plain(verdict.called), *map(plain, verdict.sources), lead)
    told = tuple(prose(each) for each in remarks(verdict, cell.groups))
    return (
        Cell(prose(title), (under,)),
        Cell(plain(verdict.wording.say(verdict.outcome)), outcome=verdict.outcome),
        Cell(plain(figure_of(verdict)), told, _picture(drawn([verdict]))),
        Cell(plain(printed.bound(verdict))),
        Cell(plain(printed.headroom(verdict, short=True))),
    )


def _picture(of: Drawn | None, on: tuple[Fraction, Fraction] | None = None) -> Picture | None:
    if of is None:
        return None
    least, most = on or of.reach
    return None if least == most else Picture(of, least, most)


def _open(desk: Desk, cells: Sequence[Ruled]) -> Iterator[Paragraph]:
    """What would settle the cells that are undetermined, once for all of which it is the same."""
    rules: dict[str, dict[str, None]] = {}
    for cell in cells:
        if cell.worst.outcome == "undetermined":
            rules.setdefault(cell.worst.finding, {})[cell.worst.called] = None
    for what, names in rules.items():
        told = desk.say("Missing for {rule}: {what}", rule=", ".join(names), what=what)
        yield Paragraph(prose(told), "missing")


# --- bands ------------------------------------------------------------------------------------------------------------


def _bands(desk: Desk, grid: Grid, title: str, short: bool) -> Table:
    """A row for each band with its figure between the least and the greatest bound, all on one scale."""
    of_rows = {
        row: [grid.cells[row, column] for column in grid.columns if (row, column) in grid.cells] for row in grid.rows
    }
    pictures = {row: drawn([cell.worst for cell in cells]) for row, cells in of_rows.items()}
    known = [each for each in pictures.values() if each is not None]
    on = scale(known) if known else None
    say = desk.say
    columns = (
        Column("", width=4),
        Column(say("outcome"), width=5),
        Column(say("figure"), width=7),
        Column(say("bounds"), width=7),
    )
    return Table(title, columns, tuple(_band(row, cells, pictures[row], on, short) for row, cells in of_rows.items()))


def _band(
    row: str, cells: Sequence[Ruled], picture: Drawn | None, on: tuple[Fraction, Fraction] | None, short: bool
) -> tuple[Cell, ...]:
    bounding = [cell for cell in cells if cell.worst.bound is not None] or cells
    worst = worst_first(cell.worst for cell in bounding)[0]
    bounds = [words for cell in bounding if (words := printed.bound(cell.worst, short))]
    told = dict.fromkeys(each for cell in bounding for each in remarks(cell.worst, cell.groups))
    return (
        Cell(plain(worst.wording.cell(row))),
        Cell(plain(worst.wording.say(worst.outcome)), outcome=worst.outcome),
        Cell(plain(figure_of(worst)), (), _picture(picture, on)),
        Cell(plain(", ".join(bounds)), tuple(prose(each) for each in told)),
    )


# --- heat maps --------------------------------------------------------------------------------------------------------


def _heat(grid: Grid, title: str, short: bool) -> Table:
    """A field for each cell, the darker the more of its bound is used."""
    first = next(iter(grid.cells.values())).worst
    name = first.wording.cell
    columns = (Column("", width=3), *(Column(name(each), width=3) for each in grid.columns))
    rows = tuple(
        (Cell(plain(name(row))), *(_field(grid.cells.get((row, column)), short) for column in grid.columns))
        for row in grid.rows
    )
    return Table(title, columns, rows)


def _field(cell: Ruled | None, short: bool) -> Cell:
    if cell is None:
        return Cell(plain("–"))
    verdict: Verdict = cell.worst
    word = "" if verdict.outcome == "pass" else verdict.wording.say(verdict.outcome)
    told = [word, printed.bound(verdict, short), printed.headroom(verdict, short=True)]
    return Cell(
        plain(figure_of(verdict)),
        (*(plain(each) for each in told if each), *(prose(each) for each in remarks(verdict, cell.groups))),
        _picture(drawn([verdict])),
        verdict.outcome,
        depth(verdict.utilisation),
    )
