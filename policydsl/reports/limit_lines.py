"""Every limit with its figure, bound and headroom in one line; the cells of a table under their table's title."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from policydsl.reports.layout import columns, paragraph
from policydsl.verdicts import Verdict, worst_first


def lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The lines of all limits."""
    for _, of_rule in groupby(verdicts, key=lambda verdict: verdict.check.rule):
        cells = [list(of_check) for _, of_check in groupby(of_rule, key=lambda verdict: verdict.id)]
        yield from paragraph(_heading(cells[0][0]), 2, 4)
        yield from columns([_line(cell) for cell in cells], 4)


def _heading(verdict: Verdict) -> str:
    check = verdict.check
    title = f": {check.title}" if check.title else ""
    source = f" ({'; '.join(verdict.sources)})" if verdict.sources else ""
    return f"{check.rule}{title}{source}"


def _line(groups: Sequence[Verdict]) -> tuple[str, ...]:
    """The line of a rule or a cell: of many groups the worst one, and how many there are."""
    verdict = worst_first(groups)[0]
    return (
        verdict.check.cell or verdict.check.id,
        verdict.outcome,
        _figure(verdict),
        verdict.bound_words,
        verdict.headroom_words,
        " ".join(_remarks(verdict, len(groups))),
    )


def _figure(verdict: Verdict) -> str:
    if verdict.is_about_rows:
        return _rows_failing(verdict)
    nothing = ", of no rows" if verdict.matched_nothing else ""
    return f"{verdict.figure_words}{nothing}" if verdict.figure_words else ""


def _rows_failing(verdict: Verdict) -> str:
    if verdict.matched_nothing:
        return "no rows spoken of"
    spoken_of = verdict.wording.rows(verdict.count or 0, verdict.counts)
    may = f", {verdict.unsure} may" if verdict.unsure else ""
    return f"{verdict.failing} of {spoken_of} fail{may}" if verdict.count is not None else ""


def _remarks(verdict: Verdict, groups: int) -> Iterable[str]:
    if verdict.group:
        names = ", ".join(f"{column} {'not known' if text is None else text}" for column, text in verdict.group)
        yield f"{names}{f', worst of {groups}' if groups > 1 else ''}"
    if verdict.norm_words:
        yield verdict.norm_words
    if verdict.outcome == "not applicable" and verdict.because:
        yield verdict.because
