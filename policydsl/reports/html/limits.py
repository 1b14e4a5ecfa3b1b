"""Every limit with its figure, its bound and the room between them; tables of limits as heat maps or as bands.

Rows of bands and of single limits are laid out anew on a phone, so that no outcome stands out of sight; the roles of
their parts are told, since browsers forget them then.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policydsl.reports.drawn import Drawn, depth, drawn, scale
from policydsl.reports.findings import group_names
from policydsl.reports.html.attention import where_from
from policydsl.reports.html.gauge import gauge
from policydsl.reports.html.marks import badge, scrolling, sign
from policydsl.reports.html.markup import Markup, tag
from policydsl.reports.limit_lines import figure_of, remarks
from policydsl.reports.rulings import Cell, Grid, Ruling, is_limit, rulings
from policydsl.verdicts import Verdict, printed, worst_first
from policydsl.verdicts.digits import SPACE

if TYPE_CHECKING:
    from policydsl.reports.report import Report


_UNIT = re.compile(r"(?<=\d) (?=[^\W\d])")


def limits(report: "Report", prefix: str) -> Markup | None:
    """All limits: the tables one by one, then the single ones together."""
    every = [ruling for ruling in rulings(report) if is_limit(ruling)]
    if not every:
        return None
    grids = [(ruling, grid) for ruling in every if (grid := ruling.grid) is not None]
    single = [ruling for ruling in every if ruling.grid is None]
    return tag(
        "section",
        tag("h2", report.say("Limits")),
        tag("p", report.say("bar: figure; pale field: what is allowed; line: bound; dashed line: norm"), class_="key"),
        [_table(ruling, grid) for ruling, grid in grids],
        _singles(single, report) if single else None,
        class_="limits",
        id=f"{prefix}limits",
    )  # fmt: skip


def _table(ruling: Ruling, grid: Grid) -> Markup:
    first = ruling.first
    bases = {cell.worst.part.of if cell.worst.part is not None else None for cell in ruling.cells}
    base = next(iter(bases)) if len(bases) == 1 else None
    besides = [first.wording.say(", shares of {base}", base=base).removeprefix(",").strip()] if base else []
    return tag(
        "article",
        tag("h3", first.check.title or first.check.rule),
        where_from(first, *besides),
        _bands(grid, first, base is not None) if grid.is_band else _heat(grid, first, base is not None),
    )


# --- heat maps --------------------------------------------------------------------------------------------------------


def _heat(grid: Grid, first: Verdict, short: bool) -> Markup:
    """A field for each cell, the darker the more of its bound is used."""
    say = first.wording.say
    caption = say("Use of each limit")
    heads = grid.columns
    body = [
        tag(
            "tr",
            tag("th", _label(row, first), scope="row"),
            [_field(grid.cells.get((row, each)), short) for each in heads],
        )
        for row in grid.rows
    ]
    table = tag(
        "table",
        tag("caption", caption, class_="heard"),
        tag("thead", tag("tr", tag("td"), [tag("th", _label(each, first), scope="col") for each in heads])),
        tag("tbody", body),
        class_="heat",
    )
    return scrolling(caption, table)


def _label(name: str, first: Verdict) -> str:
    """What a row or column is called; a number and its unit stay on one line."""
    return _UNIT.sub(SPACE, first.wording.cell(name))


def _field(cell: Cell | None, short: bool) -> Markup:
    if cell is None:
        return tag("td", "–", class_="empty")
    verdict = cell.worst
    used, shown = verdict.utilisation, drawn([verdict])
    words = verdict.wording.say(verdict.outcome)
    mark = None if verdict.outcome == "pass" else tag("span", sign(verdict.outcome), words, class_="mark")
    heard = tag("span", words, class_="heard") if mark is None else None
    return tag(
        "td",
        tag("b", figure_of(verdict)),
        mark,
        heard,
        tag("span", printed.bound(verdict, short)),
        tag("span", printed.headroom(verdict, short=True)),
        gauge(shown) if shown is not None else None,
        [tag("small", each) for each in remarks(verdict, cell.groups)],
        class_=f"use{depth(used)} {'fails' if verdict.outcome in ('breach', 'deviation') else ''}".strip(),
    )


# --- bands ------------------------------------------------------------------------------------------------------------


def _bands(grid: Grid, first: Verdict, short: bool) -> Markup:
    """A bar for each row on one scale, between its least and greatest bound and with its norm."""
    say = first.wording.say
    of_rows = {
        row: [grid.cells[row, column] for column in grid.columns if (row, column) in grid.cells] for row in grid.rows
    }
    pictures = {row: drawn([cell.worst for cell in cells]) for row, cells in of_rows.items()}
    known = [each for each in pictures.values() if each is not None]
    on = scale(known) if known else None
    caption = say("Figures between their bounds, on one scale")
    named = (say("figure"), say("bounds"), say("outcome"))
    heads = [tag("td", role="cell"), *(tag("th", each, scope="col", role="columnheader") for each in named)]
    body = []
    for row, cells in of_rows.items():
        picture = pictures[row]
        chart = gauge(picture, on) if picture is not None else None
        body.append(_band(_label(row, first), cells, chart, picture, short))
    return scrolling(
        caption,
        tag(
            "table",
            tag("caption", caption, class_="heard"),
            tag("thead", tag("tr", heads, role="row"), role="rowgroup"),
            [tag("tbody", each, role="rowgroup") for each in body],
            class_="bands",
            role="table",
        ),
    )


def _band(row: str, cells: list[Cell], chart: Markup | None, picture: Drawn | None, short: bool) -> Markup:
    bounding = [cell for cell in cells if cell.worst.bound is not None] or cells
    worst = worst_first(cell.worst for cell in bounding)[0]
    bounds = [words for cell in bounding if (words := printed.bound(cell.worst, short))]
    told = dict.fromkeys(each for cell in bounding for each in remarks(cell.worst, cell.groups))
    outcomes = dict.fromkeys(cell.outcome for cell in bounding)
    say = worst.wording.say
    shown = [each for each in outcomes if each != "pass" or len(outcomes) == 1]
    drawing = tag("td", chart, colspan="4", class_="chart", role="cell")
    wide = tag("tr", drawing, role="row") if chart is not None else None
    return Markup(
        tag(
            "tr",
            tag("th", row, scope="row", role="rowheader"),
            tag("td", figure_of(worst), role="cell"),
            tag("td", ", ".join(bounds), [tag("small", each) for each in told], role="cell"),
            tag("td", [badge(each, say(each)) for each in shown], role="cell"),
            role="row",
        )
        + (wide or "")
    )


# --- single limits ----------------------------------------------------------------------------------------------------


def _singles(every: list[Ruling], report: "Report") -> Markup:
    say = report.say
    caption = say("Single limits")
    heads = (say("rule"), say("figure and bound"), say("room"), say("outcome"))
    return tag(
        "article",
        tag("h3", caption),
        scrolling(
            caption,
            tag(
                "table",
                tag("caption", caption, class_="heard"),
                tag(
                    "thead",
                    tag("tr", [tag("th", each, scope="col", role="columnheader") for each in heads], role="row"),
                    role="rowgroup",
                ),
                tag("tbody", [row for ruling in every for row in _single(ruling)], role="rowgroup"),
                class_="singles",
                role="table",
            ),
        ),
    )


def _single(ruling: Ruling) -> Iterator[Markup]:
    for cell in ruling.cells:
        verdict = cell.worst
        picture = drawn([verdict])
        name = verdict.check.title or verdict.check.requirement or verdict.check.rule
        under = " · ".join([verdict.called, *verdict.sources])
        bound = printed.bound(verdict)
        yield tag(
            "tr",
            tag("th", name, tag("small", under), scope="row", role="rowheader"),
            tag(
                "td",
                tag("b", figure_of(verdict)),
                f" · {bound}" if bound else None,
                gauge(picture) if picture is not None else None,
                [tag("small", each) for each in remarks(verdict, cell.groups) if each not in group_names(verdict)],
                role="cell",
            ),
            tag("td", printed.headroom(verdict, short=True), role="cell"),
            tag("td", badge(verdict.outcome, verdict.wording.say(verdict.outcome)), role="cell"),
            role="row",
        )
