"""Which checks are plain (see `at_once`): found once for a rulebook."""

from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from policydsl.model import expressions as ex
from policydsl.model.expressions import Aggregate, Expression, ShareOf
from policydsl.model.rulebook import Bound, Limit, RowsHold, Rulebook, Table
from policydsl.model.types import SHARE
from policydsl.plan.dependencies import inner
from policydsl.plan.tallies import Pair, RowTest, Tally
from policydsl.verdicts.at_once import Plain, PlainFigures, PlainRows, PlainSums
from policydsl.verdicts.docket import Brief, Docket, bare
from policydsl.verdicts.ends import tally_of_figure

_OF_THE_RUN = (
    ex.Constant, ex.ParameterOf, ex.AsOf, ex.Named, ex.Pick, ex.Choice, ex.Decision, ex.Compare, ex.Among, ex.StateIs,
    ex.Not, ex.And, ex.Or,
)  # fmt: skip
"""What has a value whatever the rows are, Arithmetic apart."""


_KEPT: WeakKeyDictionary[Docket, tuple[Plain | None, ...]] = WeakKeyDictionary()


def plain_checks(docket: Docket, rulebook: Rulebook) -> tuple[Plain | None, ...]:
    """What is plain of each of a docket's checks; None for the others."""
    found = _KEPT.get(docket)
    if found is None:
        waived = {waiver.check for waiver in rulebook.waivers}
        found = tuple(
            None if brief.check.id in waived else _plain(brief, docket, rulebook.tables) for brief in docket.briefs
        )
        _KEPT[docket] = found
    return found


def _plain(brief: Brief, docket: Docket, tables: Mapping[str, Table]) -> Plain | None:
    check = brief.check
    at_times = check.whens or check.always or check.windows or check.due or check.purchase or check.remarks.cure_within
    if at_times or check.remarks.valid_from or check.remarks.valid_until or brief.of_groups:
        return None
    presence = tuple(docket.places[tally] for tally in brief.presence if tally in docket.places)
    match check.assertion:
        case RowsHold() if isinstance(brief.first, RowTest) and _keys_of(brief.first) == _keys_of_check(brief):
            return PlainRows(check, presence, brief.first)
        case Limit(figure=figure, bound=Bound() as bound, unless=None):
            tally, node = tally_of_figure(brief), bare(figure)
            if tally is None or _keys_of(tally) != _keys_of_check(brief):
                return None
            ends = (each for each in (bound.value, bound.high, bound.norm, bound.warn) if each is not None)
            parts = [part for each in ends for part in _within(each)]
            if not all(map(_is_of_the_run, parts)):
                return None
            read = dict.fromkeys(part.name for part in parts if isinstance(part, ex.ParameterOf))
            dated = any(isinstance(part, ex.AsOf) for part in parts)
            if isinstance(tally, Pair) and tally in docket.places:
                return PlainSums(check, presence, bound, tuple(read), dated, tally.kind, docket.places[tally])
            assert isinstance(node, Aggregate | ShareOf)
            divided = isinstance(tally, Pair) and tally.kind == "share"
            return PlainFigures(check, presence, bound, tuple(read), dated, node, tally, divided, tables)
    return None


def _keys_of(tally: Tally) -> object:
    return tally.worlds, tally.groups, tally.keys_of


def _keys_of_check(brief: Brief) -> object:
    check = brief.check
    if not check.worlds and not check.groups:
        return (), (), ()
    return _keys_of(next(tally for tally in brief.tallies if tally.groups == check.groups))


def _within(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in inner(expression):
        yield from _within(part)


def _is_of_the_run(part: Expression) -> bool:
    """Whether it has a value whatever the rows are, and one that has a meaning in any case."""
    if isinstance(part, ex.Arithmetic):
        return not part.ratio and not (part.op == "*" and part.left.type == SHARE)
    return isinstance(part, _OF_THE_RUN)
