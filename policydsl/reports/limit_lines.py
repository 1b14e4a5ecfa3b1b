"""Every limit with its outcome, figure, bound and headroom in one line, under its title and paragraph; the cells of a
table under their table's."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from policydsl.model.rulebook import Outcome
from policydsl.reports.layout import columns, paragraph
from policydsl.reports.rulings import Ruling
from policydsl.verdicts import Verdict, Verdicts, cured, granted, printed, worst_of, worst_one
from policydsl.verdicts.wording import ends


def lines(verdicts: Verdicts, told: Collection[Outcome] = ()) -> Iterator[str]:
    """The lines of the limits, but for rules all of whose cells have an outcome that is `told` elsewhere: of those it
    is only said how many there are."""
    elsewhere = 0
    for _, same_rule in groupby(verdicts.by_check, key=lambda of_check: of_check[0].rule):
        cells = [groups for _, groups in same_rule]
        if all(worst_of(groups.outcomes) in told for groups in cells):
            elsewhere += 1
            continue
        base = _base([groups[0] for groups in cells])
        yield from paragraph(heading(cells[0][0], base), 2, 4)
        yield from columns([_line(groups, base is not None) for groups in cells], 4)
    if elsewhere:
        say = verdicts[0].wording.say
        above = say(
            "the other one stands above" if elsewhere == 1 else "the other {count} stand above", count=elsewhere
        )
        yield f"  {above}"


def _base(cells: Sequence[Verdict]) -> str | None:
    """The base that all cells of a table are shares of, which is then said once."""
    bases = {verdict.part.of if verdict.part is not None else None for verdict in cells}
    return next(iter(bases)) if len(bases) == 1 and cells[0].check.cell is not None else None


def heading(verdict: Verdict, base: str | None = None) -> str:
    """What a rule is called: `DN: Rating A- or lower (Section 5)`; with the base that its cells are shares of."""
    check = verdict.check
    title = f": {check.title}" if check.title else ""
    say = verdict.wording.say
    shares = say(", shares of {base}", base=base) if base else ""
    origin = [] if check.origin is None else [say("from {rulebook}", rulebook=check.origin.rulebook)]
    sources = [*verdict.sources, *origin]
    source = f" ({'; '.join(sources)})" if sources else ""
    return f"{check.rule}{title}{shares}{source}"


def _line(groups: Verdicts, short: bool) -> tuple[str, ...]:
    """The line of a rule or a cell: of many groups the worst one, and how many there are."""
    verdict = worst_one(groups)
    return (
        verdict.cell,
        verdict.wording.say(verdict.outcome),
        figure_of(verdict),
        printed.bound(verdict, short),
        printed.headroom(verdict, short=True),
        "; ".join(remarks(verdict, groups)),
    )


def figure_of(verdict: Verdict) -> str:
    """The figure, or how many rows fail; empty if there is none."""
    say = verdict.wording.say
    if not verdict.is_about_rows:
        nothing = say(", no rows") if verdict.figure_words and verdict.matched_nothing else ""
        return f"{verdict.figure_words}{nothing}"
    if verdict.matched_nothing:
        return say("no rows spoken of")
    return printed.failing(verdict)


def remarks(verdict: Verdict, groups: Sequence[Verdict]) -> Iterator[str]:
    """What is to be known of a limit beside its figure and bound: its group, waivers, norm, and why it is open."""
    if verdict.group:
        say = verdict.wording.say
        names = ", ".join(f"{column} {say('not known') if text is None else text}" for column, text in verdict.group)
        alike = groups.alike if isinstance(groups, Verdicts) else _alike(groups)
        told = "all {count} groups" if alike else "{names}, worst of {count}"
        many = say(told, count=len(groups), names=names)
        yield many if len(groups) > 1 else names
    if verdict.waivers:
        yield granted.in_short(verdict)
    if verdict.cure is not None and (until := cured.in_short(verdict)):
        yield until
    if verdict.norm_words:
        yield verdict.norm_words
    if verdict.check.origin is not None and verdict.check.origin.changed:
        yield verdict.wording.retell(verdict.check.origin.changed)
    if verdict.because and (verdict.bound is None or ends(verdict.bound.value)):
        yield verdict.reason


def _alike(groups: Sequence[Verdict]) -> bool:
    return all((each.outcome, each.figure) == (groups[0].outcome, groups[0].figure) for each in groups)


def found_in(ruling: Ruling) -> str:
    """What was found of a rule without a figure: how many rows, and what else is to be known of it."""
    verdict = ruling.first
    figure = figure_of(verdict)
    told = [*([figure] if figure else []), *remarks(verdict, ruling.cells[0].groups)]
    return "; ".join(told) or verdict.finding
