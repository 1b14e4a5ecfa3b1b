"""The verdict on a figure and its bound."""

from policydsl._frozen import evolve
from policydsl.figures.interval import Undefined
from policydsl.model.expressions import Aggregate
from policydsl.model.rulebook import Bound, Limit, Outcome
from policydsl.verdicts import limits, reasons
from policydsl.verdicts.case import Case, Held
from policydsl.verdicts.docket import bare
from policydsl.verdicts.limits import Found
from policydsl.verdicts.verdict import Verdict


def judge_limit(limit: Limit, case: Case) -> Verdict:
    """The verdict."""
    found = limits.found(limit, case)
    count, unsure = case.here.rows()
    figure = bare(limit.figure)
    shown = {
        "figure": found.figure,
        "type": found.type,
        "part": found.part,
        "count": count,
        "unsure": unsure,
        "counts": figure.rows.table if isinstance(figure, Aggregate) and figure.function == "count" else None,
    }
    if limit.bound is None:
        return case.verdict("not applicable", reasons.NO_LIMIT, **shown)
    held = limits.held_against(limit.bound, case)
    outcome, because = case.unless(limit.unless, *_beside(limit.bound, held, found, case))
    bound = held.against
    if outcome == "warning":
        bound = evolve(bound, warned=limits.warned(found, bound))
    return case.verdict(
        outcome,
        because,
        bound=limits.to_read(bound, found.type),
        **shown,
    )


def _beside(written: Bound, held: Held, found: Found, case: Case) -> tuple[Outcome, str]:
    """The outcome of the figure beside its bound."""
    figure, bound = found.figure, held.against
    if isinstance(figure, Undefined) and figure.reason == "nothing":
        return "not applicable", reasons.NOTHING
    if written.value is None:
        return "undetermined", reasons.NO_BOUND
    if isinstance(figure, Undefined):
        part = found.part
        return "undetermined", reasons.undefined(figure, part.of if part is not None else None, part is not None)
    if held.without_meaning is not None and Undefined("unknown") not in (bound.value, bound.high):
        return "undetermined", reasons.not_above_zero(held.without_meaning)
    if isinstance(bound.value, Undefined) or isinstance(bound.high, Undefined):
        return "undetermined", reasons.bound_unknown(
            written, bound.value, case.court.of.rulebook, case.court.of.environment.as_of
        )
    kept = limits.bound_kept(found, bound)
    if not kept:
        return ("undetermined" if kept is None else case.failure()), ""
    if bound.norm is not None and case.check.strength == "should":
        at_norm = found.kept("=", bound.norm)
        if not at_norm:
            return ("undetermined", reasons.NORM_UNKNOWN) if at_norm is None else ("deviation", reasons.NO_NORM)
    return ("pass" if limits.warned(found, bound) is None else "warning"), ""
