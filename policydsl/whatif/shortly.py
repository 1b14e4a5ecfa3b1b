"""What trades would do, in short: what would fail because of each, and how much of it would pass. Whatever the sums of
a session tell is taken from them; the other checks alone are judged with the trade."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from policydsl._progress import got, only
from policydsl.diagnostics import Diagnostic
from policydsl.model.rulebook import Outcome
from policydsl.verdicts.docket import docket_of
from policydsl.verdicts.outcomes import WORST_FIRST
from policydsl.whatif.applying import Place
from policydsl.whatif.effects import Effect, tightest
from policydsl.whatif.largest import NOT_KNOWN, Largest
from policydsl.whatif.moves import Group, Move, NotKnown
from policydsl.whatif.moving import Moves
from policydsl.whatif.owned import SMALLEST, Owned
from policydsl.whatif.proposed import Proposed

if TYPE_CHECKING:
    from policydsl.whatif.answer import WhatIf
    from policydsl.whatif.session import Session


@frozen
class Named:
    """A rule or cell and the group of it; of what becomes of a trade, its outcome."""

    id: str
    group: tuple[tuple[str, str | None], ...]
    outcome: Outcome | None = None


@frozen(eq=False)
class Short:
    """What one trade would do, in short."""

    trade: Proposed
    owned: Owned
    row: str | None
    """The row that the trade changes, by name; None for a row of its own."""
    breached: tuple[Named, ...]
    """What would fail because of the trade, worst first."""
    undecided: tuple[Named, ...]
    """What it leaves open that was decided before, or that is asked of the trade alone."""
    largest: tuple[Largest, Named | None]
    """The largest amount of it that makes nothing fail, and the limit that says so."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is told of the trade."""


_Place = tuple[int, float]
"""Of a verdict among all: the place of its check, and its own among those of the check."""
_Item = tuple[_Place, Largest, Named]


def shorts(session: "Session", trades: Sequence[Proposed]) -> Iterator[Short]:
    """What each of some trades would do by itself, one after the other."""
    desk = Desk(session)
    with only("going through trades"):
        for done, (trade, place, moves) in enumerate(session.with_moves(trades)):
            yield desk.short(trade, place, moves)
            got("going through trades", done + 1, len(trades))


def in_short(answer: "WhatIf") -> Short:
    """The answer about one trade in short."""
    (trade,), (row,) = answer.trades, answer.rows
    largest, limit = answer.largest
    return Short(
        trade,
        answer.owned,
        row,
        tuple(map(_named, answer.breached)),
        tuple(map(_named, answer.undecided)),
        (largest, None if limit is None else _limit(limit)),
        answer.diagnostics,
    )


def _named(effect: Effect) -> Named:
    verdict = effect.verdict
    return Named(verdict.id, verdict.group, verdict.outcome)


def _limit(effect: Effect) -> Named:
    return Named(effect.verdict.id, effect.verdict.group)


@define(eq=False)
class Desk:
    """What is known of a session once for all trades."""

    session: "Session"
    _order: dict[str, int] = field(init=False)
    _summed: frozenset[str] = field(init=False)
    _judged: frozenset[str] = field(init=False)
    _unknown: tuple[_Item, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        session = self.session
        self._order = {check.id: at for at, check in enumerate(session.rulebook.checks)}
        self._summed = frozenset(each.check.id for each in session.moving.standings)
        self._judged = frozenset(self._order) - self._summed - session.unconcerned
        settled = self._order.keys() - self._judged
        self._unknown = tuple(
            ((self._order[verdict.id], at), NOT_KNOWN, Named(verdict.id, verdict.group))
            for at, verdict in enumerate(session.before.verdicts)
            if verdict.id in settled and verdict.outcome == "undetermined"
        )

    def short(self, trade: Proposed, place: Place, moves: Moves) -> Short:
        """What one trade would do."""
        left = set(moves.left)
        while True:
            try:
                return self._by_sums(trade, place, [each for each in moves.moves if each.of.check.id not in left], left)
            except _Left as check:
                left.add(str(check))

    def _by_sums(self, trade: Proposed, place: Place, moves: Sequence[Move], left: set[str]) -> Short:
        session, ids = self.session, self._judged | left
        effects: Sequence[Effect] = ()
        told = trade.told
        judged = session.only(ids) if ids else None
        if judged is not None:
            effects, told = judged.effects(trade, place)
        placed = [(self._place_of(at, each), each) for at, each in enumerate(effects)]
        limits: list[_Item] = [(at, each.largest, _limit(each)) for at, each in placed if each.limits]
        limits += [each for each in self._unknown if each[2].id not in left]
        fails = [(at, _named(each)) for at, each in placed if each.fails_now]
        steps = abs(trade.amount) / SMALLEST
        for move in moves:
            fails += self._failing(move, steps)
            limits += self._limits(move)
        limits.sort(key=lambda item: item[0])
        largest, limit = tightest((each, named) for _, each, named in limits)
        if largest.amount is not None:
            now = [each for move in moves for each in self._failing(move, largest.amount / SMALLEST)]
            if judged is not None and (effect := judged.failing_at(trade, place, largest.amount)) is not None:
                now.append((self._place_of(0, effect), _limit(effect)))
            if now:
                first = min(now, key=lambda each: each[0])[1]
                largest, limit = NOT_KNOWN, Named(first.id, first.group)
        fails.sort(key=lambda each: (WORST_FIRST.index(each[1].outcome or "pass"), each[0]))
        undecided = sorted(((at, _named(each)) for at, each in placed if each.is_undecided), key=lambda each: each[0])
        return Short(
            trade,
            session.owned,
            session.row(place),
            tuple(named for _, named in fails),
            tuple(named for _, named in undecided),
            (largest, limit),
            told,
        )

    def _place_of(self, at: int, effect: Effect) -> _Place:
        """Verdicts on the trade itself come behind all others."""
        return len(self._order) if effect.on_purchase else self._order[effect.verdict.id], at

    def _failing(self, move: Move, steps: Fraction) -> list[tuple[_Place, Named]]:
        try:
            return [(self._among(move, group), self._name(move, group, True)) for group in move.failing(steps)]
        except NotKnown:
            raise _Left(move.of.check.id) from None

    def _limits(self, move: Move) -> list[_Item]:
        try:
            return [(self._among(move, at), largest, self._name(move, at, False)) for at, largest in move.limits()]
        except NotKnown:
            raise _Left(move.of.check.id) from None

    def _among(self, move: Move, group: Group) -> _Place:
        return move.of.order, group[0] if group[1] else group[0] - 0.5

    def _name(self, move: Move, group: Group, fails: bool) -> Named:
        key = move.of.keys[group[0]] if group[1] else move.key
        assert key is not None
        wording = docket_of(self.session.rulebook).wording
        failed: Outcome = "breach" if move.of.check.strength == "must" else "deviation"
        return Named(move.of.check.id, move.of.group(key, wording), failed if fails else None)


class _Left(Exception):
    """The check that is to be judged, since sums don't tell it."""
