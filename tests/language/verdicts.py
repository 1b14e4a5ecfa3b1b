"""The verdicts and quantities of a report beside those that a page expects."""

from collections.abc import Iterator
from fractions import Fraction

import policydsl
from policydsl.figures.interval import Interval, Undefined
from policydsl.model.types import DateType, GradeType, Numeric
from policydsl.verdicts.outcomes import worst

from .expectations import (
    ExpectationError,
    Expected,
    Figure,
    Value,
    blanks,
    figure_of,
    grouped,
    names,
    plain,
    value_of,
    verdict_lines,
)
from .pages import Case


def verdict_differences(case: Case, found: policydsl.Report, rulebook: policydsl.Rulebook) -> Iterator[tuple[int, str]]:
    """Every line of a `verdicts` block that is not so, and every verdict that the block leaves out."""
    try:
        lines, open_ended = verdict_lines(case.expected)
    except ExpectationError as wrong:
        yield case.expected.start, str(wrong)
        return
    outcomes, figures = found.verdicts.outcomes, found.verdicts.figures  # before any verdict is made
    made = tuple(
        (one.outcome, one.figure.value if isinstance(one.figure, Interval) else None) for one in found.verdicts
    )
    if made != tuple(zip(outcomes, figures, strict=True)):
        yield case.expected.start, f"what is known at once is {outcomes} {figures}, and the verdicts say {made}"
    named: set[str] = set()
    by_group: dict[str, list[dict[str, str | None]]] = {}
    for line in lines:
        if line.outcome is None:
            yield from ((line.line, text) for text in _quantity(line, found, rulebook))
            continue
        of_rule = [one for one in found.verdicts if plain(one.id) == plain(line.id)]
        named.add(plain(line.id))
        if not of_rule:
            yield line.line, f"there is no verdict on {line.id}"
            continue
        if line.group is not None:
            group = grouped(line.group)
            by_group.setdefault(plain(line.id), []).append(group)
            of_rule = [one for one in of_rule if grouped(one.group) == group]
            if not of_rule:
                yield line.line, f"there is no verdict on {line.id} for this group"
                continue
        outcome = worst(of_rule)
        if outcome != line.outcome:
            every = "; ".join(shown(one) for one in of_rule)
            yield line.line, f"expected `{line.text}`, found {outcome} ({every})"
            continue
        worst_of = [one for one in of_rule if one.outcome == outcome]
        wrong = [list(_on_verdict(line, one, rulebook)) for one in worst_of]
        if all(wrong):
            yield from wrong[0]
    for one in found.verdicts:
        groups = by_group.get(plain(one.id))
        if plain(one.id) not in named and not open_ended:
            yield case.expected.start, f"the page does not speak of {one.id}, which is {shown(one)}"
        elif groups is not None and grouped(one.group) not in groups:
            yield case.expected.start, f"the page does not speak of {one.id}: {shown(one)}"


def shown(one: object) -> str:
    """A verdict in a few words."""
    group = "".join(f" for {column} {'unknown' if value is None else '= ' + value}" for column, value in one.group)
    part = f", part {ends(one.part.amount)} of {ends(one.part.base)}" if one.part is not None else ""
    return f"{one.outcome} {ends(one.figure)}{part}{group}{'; ' + one.because if one.because else ''}"


def ends(figure: Interval | Undefined | None) -> str:
    """A figure as exact numbers."""
    match figure:
        case None:
            return "without a figure"
        case Undefined(reason=reason):
            return f"at {reason}"
    return f"at {figure.low}" if figure.exact else f"between {figure.low} and {figure.high}"


def _quantity(line: Expected, found: policydsl.Report, rulebook: policydsl.Rulebook) -> Iterator[str]:
    figures = [one for one in found.figures if one.name == line.id]
    if not figures:
        yield f"there is no quantity {line.id}"
        return
    if figures[0].said is not None:
        if blanks(figures[0].figure_words) != line.text.partition(" = ")[2]:
            yield f"expected `{line.text}`, found {blanks(figures[0].figure_words)}"
    elif not _is(line.figure, figures[0].figure, figures[0].type, rulebook):
        yield f"expected `{line.text}`, found {ends(figures[0].figure)}"


def _on_verdict(line: Expected, one: object, rulebook: policydsl.Rulebook) -> Iterator[tuple[int, str]]:
    """What a verdict of the right outcome has that the line and those below it don't expect."""
    if line.figure is not None and not _figure_is(line.figure, one, rulebook):
        yield line.line, f"expected `{line.text}`, found {shown(one)}"
    for name, text, number in line.facets:
        if (got := _facet(name, text, one, rulebook)) is not None:
            yield number, f"{line.id}: expected {name} {text}, found {got}"


def _figure_is(wanted: Figure, one: object, rulebook: policydsl.Rulebook) -> bool:
    if _is(wanted, one.figure, one.type, rulebook):
        return True
    return one.part is not None and _is(wanted, one.part.amount, one.part.type, rulebook)


def _is(wanted: Figure, figure: object, type: object, rulebook: policydsl.Rulebook) -> bool:
    if isinstance(figure, Undefined) or wanted.undefined:
        return isinstance(figure, Undefined) and figure.reason == wanted.undefined
    if not isinstance(figure, Interval):
        return False
    ends = [(wanted.low, figure.low), (wanted.high, figure.high)]
    return all(_same(value, end, type, rulebook) for value, end in ends)


def _same(value: Value | None, end: Fraction | None, type: object, rulebook: policydsl.Rulebook) -> bool:
    if value is None or end is None:
        return value is None and end is None
    if isinstance(type, GradeType):
        return _rank(value.words, type.scale, rulebook) == end
    return value.unit == _unit(type) and value.number == end


def _unit(type: object) -> str:
    match type:
        case DateType():
            return "date"
        case Numeric(dims=((unit, 1),)):
            return unit
        case Numeric(dims=(), share=True):
            return "share"
        case Numeric(dims=()):
            return "number"
    return "nothing"


def _rank(grade: str, scale: str, rulebook: policydsl.Rulebook) -> int:
    grades = rulebook.model.scales[scale].grades
    return next((at for at, same in enumerate(grades) if grade in same), len(grades))


def _facet(name: str, text: str, one: object, rulebook: policydsl.Rulebook) -> str | None:
    """What a verdict has instead of what a facet says; None if it has just that."""
    match name:
        case "rows":
            got = [row.name for row in one.rows]
        case "exempt":
            got = [row.name for row in one.exempt]
        case "outside":
            got = [row.name for outside in one.outside for row in outside.rows]
        case "unsettled":
            got = [row.name for row in one.unsettled]
        case "columns":
            got = sorted({column for row in one.unsettled for column in row.columns})
            text = ", ".join(sorted(names(text))) or "none"
        case "missing":
            got = list(one.missing)
        case "headroom":
            wanted = value_of(text)
            room = one.headroom.points if wanted.unit == "share" else one.headroom.amount
            return None if room == wanted.number else f"{one.headroom}"
        case "utilisation":
            return None if one.utilisation == value_of(text).number else f"{one.utilisation}"
        case "norm":
            norm = one.bound.norm if one.bound is not None else None
            return None if norm is not None and _is(figure_of(f"at {text}"), norm, one.type, rulebook) else f"{norm}"
        case "says":
            return None if text in blanks(one.sentence) else one.sentence
    return None if got == names(text) else ", ".join(got) or "none"
