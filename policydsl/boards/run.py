"""A run: the passes over all batches, then the outcomes; what sums can't decide is judged portfolio by portfolio."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Any

import numpy as np
from attrs import define, evolve, field

from policydsl.boards.asking import Asker
from policydsl.boards.batches import Batch, Source, kept, read_unchecked, refuse_out_of_bounds, with_unknown
from policydsl.boards.board import Answer, Board
from policydsl.boards.composing import Parts
from policydsl.boards.cubes import Cube
from policydsl.boards.doubtful_units import doubtful_units
from policydsl.boards.doubts import Doubts
from policydsl.boards.findings import Finding, answer_of, note
from policydsl.boards.groups import Groups, NotItsOwn
from policydsl.boards.headings import read_headings
from policydsl.boards.judging import Bench, Doubtful, Judge, Portfolios, judged_answers
from policydsl.boards.keys import wrong_keys
from policydsl.boards.lines import Asked, asked_of
from policydsl.boards.plan import Plan
from policydsl.boards.refusal import TOO_MANY_CELLS, NoBoard, Refused
from policydsl.boards.snapshots import SNAPSHOT, Snapshots
from policydsl.boards.spaces import Worlds
from policydsl.boards.totals import total_line
from policydsl.boards.words import Words
from policydsl.data.meaning import blank_of
from policydsl.diagnostics import Diagnostic
from policydsl.figures.environment import Environment
from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing
from policydsl.model.rulebook import Column, Rulebook
from policydsl.model.ruled import narrowed
from policydsl.model.types import DateType, Numeric


@define(eq=False)
class Prepared:
    """A rulebook and rows, made ready: what a board asks again and again."""

    rulebook: Rulebook
    source: Source
    judge: Judge
    threads: int
    asked: Asked
    asker: Asker
    columns: Mapping[str, tuple[str, Column]]
    words: Mapping[str, Words]
    snapshots: Snapshots | None
    doubts: Doubts
    crossed: frozenset[str] = frozenset()
    apart: bool = False
    unsettled: set[int] = field(factory=set)
    present: set[int] = field(factory=set)
    """The portfolios that have rows."""

    def board(self) -> Board:
        """One pass over the rows, and what comes of it."""
        return self._board(self.gone_through())

    def gone_through(self, wholly_known: bool = False) -> Plan:
        """One pass over the rows, and the sums of it; if wanted, of rows only that lack no value."""
        self._look_at_keys()
        self.refuse_doubtful_units(self.source, self.columns)
        while True:
            worlds = Worlds(self._world if self.snapshots is None else SNAPSHOT)
            given = frozenset(self.columns)
            asked = self.asked.alone if wholly_known else self.asked
            plan = Plan(asked, self.asker, given, self.words, worlds, self.crossed, self.apart)
            try:
                self._go_through(plan, wholly_known)
            except NotItsOwn as found:
                self.crossed |= {found.name}
                continue
            except Refused as unread:
                self._meet_portfolios()
                plan.seen, plan.left = True, {("line", line.check.id): str(unread) for line in self.asked.every}
                return plan
            self.doubts.meet_names()
            self.refuse_totals(self.source, self.columns)
            self._refuse(self.doubts.refused())
            if not self.apart and TOO_MANY_CELLS in plan.left.values():
                self.apart = True
                continue
            return plan

    def _go_through(self, plan: Plan, wholly_known: bool) -> None:
        names = plan.columns() - {SNAPSHOT} | {*(() if self.snapshots is None else self.snapshots.columns)}
        wanted = {name: self.columns[name] for name in self.columns if name in names}
        scales, of_rows = self.rulebook.scales, sorted({*names} | ({SNAPSHOT} if self.snapshots is not None else set()))
        may_lack = [name for name in of_rows if name == SNAPSHOT or blank_of(self.columns[name][1], scales) != 0]
        headings = [heading for heading, _ in wanted.values()]
        self.unsettled = set()
        self.doubts.begin()
        with ThreadPoolExecutor(self.threads) as pool:
            for piece in ahead(self.source.pieces(headings), pool):
                batch = whole = read_unchecked(piece, wanted, self.words, pool)
                if self.snapshots is not None:
                    batch = self.snapshots.told_in(batch)
                batch = with_unknown(batch, may_lack)
                batch = self._without(batch, may_lack if wholly_known else [plan.worlds.name or ""], plan)
                if batch.rows:
                    plan.seen = True
                    plan.worlds.meet(batch)
                    self.present |= set(np.flatnonzero(plan.worlds.seen).tolist())
                    keys = sorted(plan.passes, key=_heavy(plan))
                    list(pool.map(_add, repeat(plan), keys, repeat(batch)))
                self.doubts.meet(whole)
                refuse_out_of_bounds(whole, wanted)
        plan.settle()

    def _without(self, batch: Batch, names: Sequence[str], plan: Plan) -> Batch:
        """The rows that lack none of some values; the portfolios of the others are left to the judge."""
        lacking = batch.lacking(names)
        if lacking is None:
            return batch
        self.unsettled |= plan.worlds.of(batch, lacking)
        return kept(batch, ~lacking)

    def _look_at_keys(self) -> None:
        """Lets the judge say what is wrong with rows that have no key of their own."""
        keys = [self.columns[name][0] for name in self.asker.table.keys if name in self.columns]
        if not keys or len(keys) < len(self.asker.table.keys):
            return
        dated = None if self.snapshots is None else self.columns[self.snapshots.dated][0]
        wrong = wrong_keys(self.source, keys, dated)
        if wrong is not None:
            self.judge.of_rows(self.rulebook, self.asked.table, wrong, None)

    def refuse_totals(self, source: Source, columns: Mapping[str, tuple[str, Column]]) -> None:
        """Refuses rows, these or proposed ones, of which one adds up others."""
        beside = {name for name in (self._world, self.asked.dated) if name is not None}
        if (line := total_line(source, columns, self.words, beside)) is not None:
            row, name, heading = line
            raise NoBoard(f"row {row} adds up others: `{name}` below `{heading}`, and no other word; leave it out")

    def refuse_doubtful_units(self, source: Source, columns: Mapping[str, tuple[str, Column]]) -> None:
        """Refuses rows, these or proposed ones, of which headings say that amounts may be in another unit."""
        self._refuse(doubtful_units(self.rulebook, self.asker.table, source, columns))

    def _refuse(self, wrong: Sequence[Diagnostic]) -> None:
        if any(one.is_error for one in wrong):
            self.judge.refuse(wrong)

    def _meet_portfolios(self) -> None:
        """Reads which portfolios there are, and nothing else."""
        portfolios = self.portfolios()
        for piece in self.source.pieces(portfolios.headings):
            self.present |= set(np.unique(portfolios.numbers(piece)).tolist())
        self.unsettled |= self.present & {-1}

    def _board(self, plan: Plan) -> Board:
        answers: dict[str, Answer] = {}
        left = {check.id: reason for check, reason in self.asked.left}
        unsettled: dict[str, set[int]] = {}
        for line in self.asked.lines:
            try:
                answers[line.check.id], unsettled[line.check.id] = plan.answer(line)
            except Refused as refused:
                left[line.check.id] = str(refused)
        answers |= self._composed(plan, left, unsettled)
        told = self._told_of_cells
        wrong = any(one.is_error for one in told)  # which the judge tells with its rows
        doubtful = Doubtful(answers, left, unsettled, wrong or -1 in self.unsettled)
        board = judged_answers(self._bench, doubtful, told)
        days = {day for day in board.dates if day is not None}
        return evolve(board, diagnostics=(*board.diagnostics, *self.doubts.told(days)))

    def _composed(self, plan: Plan, left: dict[str, str], unsettled: dict[str, set[int]]) -> dict[str, Answer]:
        """The answers of the checks that are composed of several sums."""
        parts, checks = Parts(plan), []
        for composed in self.asked.composed:
            try:
                parts.add(composed)
                checks.append(composed.check)
            except Refused as refused:
                left[composed.check.id] = str(refused)
        if not checks:
            return {}
        unsettled |= parts.unsettled
        portfolios, found = self.portfolios(), dict[tuple[str, int], Finding]()
        rulebook = narrowed(self.rulebook, [check.id for check in checks])
        for day in dict.fromkeys(portfolios.days):
            names = {
                at: name
                for at, name in enumerate(portfolios.names[: plan.worlds.count])
                if portfolios.days[at] == day and name is not None and name is not Nothing.NONE
            }
            session = parts.session(names)
            verdicts = self.judge.of_sums(rulebook, self.asked.table, session, day)
            note(verdicts, {folded(name): at for at, name in names.items()}, found)
        return {check.id: answer_of(check, found, len(portfolios.names)) for check in checks}

    def told(self) -> tuple[Diagnostic, ...]:
        """What is to be told of rows that have been gone through for their sums alone, as of those of a board."""
        told = self._told_of_cells
        if any(one.is_error for one in told):
            self._bench(None).cell_by_cell({-1, *range(len(self.portfolios().names))}, None)  # refuses them
        return (*told, *self.doubts.told(set()))

    @property
    def _told_of_cells(self) -> list[Diagnostic]:
        return [one for words in self.words.values() for one in words.told]

    def _bench(self, asked: Collection[str] | None) -> Bench:
        """The judge of some checks, or (None) of all."""
        rulebook = self.rulebook if asked is None else narrowed(self.rulebook, asked)
        return Bench(rulebook, self.judge, self.source, self.portfolios(), self.columns, self.words)

    @property
    def _world(self) -> str | None:
        return None if self.asked.world is None else self.asked.world.name

    def portfolios(self) -> Portfolios:
        """The portfolios that have been met, and how the rows of one are found."""
        columns = {
            name: self.columns[name] for name in (self._world, self.asked.dated) if name and name in self.columns
        }
        words = {name: self.words[name] for name in columns}
        present = self.present | self.unsettled if columns else {0}
        if self.snapshots is not None:
            values = self.snapshots.values
            names, days = zip(*values, strict=True) if values else ((), ())
            return Portfolios(self.asked.table, names, days, columns, words, self.snapshots, present)
        names = ("",) if self._world is None else tuple(self.words[self._world].values)
        return Portfolios(self.asked.table, names, (None,) * len(names), columns, words, None, present)


def prepared(
    rulebook: Rulebook, source: Source, environment: Environment, undated: Environment, judge: Judge, threads: int = 2
) -> Prepared:
    """A rulebook and the rows of a source, made ready. What is known of no day in particular, `undated`, is what sums
    are held against where rows are of several days, each of which is a day judged."""
    asked = asked_of(rulebook, environment)
    table = rulebook.tables[asked.table]
    columns = read_headings(rulebook, table, source, judge)
    if asked.world is not None and asked.world.name not in columns:
        raise NoBoard(f"the data has no column `{asked.world.name}`, which says whose each row is")
    words = {
        name: Words(column, dict(rulebook.scales))
        for name, (_, column) in columns.items()
        if name == asked.dated or not isinstance(column.type, Numeric | DateType)
    }
    snapshots = None
    if asked.dated is not None and asked.dated in columns:
        snapshots = Snapshots(None if asked.world is None else asked.world.name, asked.dated, words)
        asked = asked_of(rulebook, undated)
    asker = Asker(rulebook, table, environment if snapshots is None else undated)
    doubts = Doubts(rulebook, table, source, columns, words, environment.as_of)
    return Prepared(rulebook, source, judge, threads, asked, asker, columns, words, snapshots, doubts)


def ahead(pieces: Iterable[Any], pool: ThreadPoolExecutor) -> Iterator[Any]:
    """The pieces, the next one being read while one is worked on."""
    waiting = iter(pieces)
    coming = pool.submit(next, waiting, None)
    while (piece := coming.result()) is not None:
        coming = pool.submit(next, waiting, None)
        yield piece


def _add(plan: Plan, key: Any, batch: Batch) -> None:
    if key in plan.left:
        return
    work = plan.passes[key]
    batch = work.known(batch) if isinstance(work, Groups) else batch
    try:
        work.space.meet(batch)
        work.add(batch)
    except Refused as refused:
        plan.left[key] = str(refused)


def _heavy(plan: Plan) -> Callable[[Any], int]:
    """The longest work first, so that no thread waits for it at the end; beside it products, which keep Python's lock
    less than sums of cells do."""

    def weight(key: Any) -> int:
        work = plan.passes[key]
        return 0 if isinstance(work, Groups) else 3 if not isinstance(work, Cube) else 1 if work.weight else 2

    return weight
