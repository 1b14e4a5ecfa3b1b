"""What sums can't decide: those portfolios are judged as any report is, from their rows."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, NoReturn, Protocol

import numpy as np
from attrs import field, frozen

from policydsl.boards.batches import Batch, Source, read_batch
from policydsl.boards.board import Answer, Board
from policydsl.boards.extracts import Extract, extract
from policydsl.boards.findings import NO_GROUP, NOTHING, Finding, Found, note, without_groups
from policydsl.boards.refusal import Refused
from policydsl.boards.snapshots import Snapshots
from policydsl.boards.stored_rows import Stock
from policydsl.boards.words import Codes, Words
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.engines import Session
from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing, Value
from policydsl.model.rulebook import Check, Column, Rulebook
from policydsl.verdicts.judged import Verdicts
from policydsl.verdicts.unread import read_by

_ROWS, _STORED = 200_000, 1_000_000
"""How many rows are judged together, if they are read cell by cell, and if they are not."""
_NOT_KNOWN = "(not known)"


class Judge(Protocol):
    """Gives the verdicts of a rulebook on rows, on a day; None stands for the day that the run was asked for."""

    def of_rows(self, rulebook: Rulebook, table: str, extract: Extract, day: date | None) -> Verdicts:
        """On rows that are to be read cell by cell, all that is wrong with them being told."""
        ...

    def refuse(self, wrong: Sequence[Diagnostic]) -> NoReturn:
        """Says what is wrong with the rows."""
        ...

    def of_data(self, rulebook: Rulebook, data: Data, day: date | None) -> Verdicts:
        """On rows that have been read."""
        ...

    def of_sums(self, rulebook: Rulebook, table: str, session: Session, day: date | None) -> Verdicts:
        """On what has been measured of the rows of a table."""
        ...


@frozen(eq=False)
class Doubtful:
    """What sums decided, the checks that they could not decide, and of each check the portfolios of which something is
    not known; `homeless` says that it is not known of some rows which portfolio's they are, or what cells mean."""

    answers: Mapping[str, Answer]
    left: Mapping[str, str]
    unsettled: Mapping[str, set[int]]
    homeless: bool


@frozen(eq=False)
class Portfolios:
    """The portfolios by number, each with its day if rows have one; and the columns that say which one a row is of."""

    table: str
    names: Sequence[Value]
    days: Sequence[date | None]
    columns: Mapping[str, tuple[str, Column]]
    words: Mapping[str, Words]
    snapshots: Snapshots | None = field(repr=False)
    present: Set[int]
    """Those that have rows."""

    def numbers(self, piece: Any) -> Codes:
        """The number of the portfolio of each row of a piece, -1 where it is not known."""
        return self._numbers(read_batch(piece, self.columns, self.words))

    def of_day(self, piece: Any, some: Set[int], day: date | None) -> Any:
        """Which rows of a piece are of some portfolios; where rows have days, those of which it is not known whose they
        are (-1) only if they are of one day."""
        batch = read_batch(piece, self.columns, self.words)
        found = np.isin(self._numbers(batch), list(some))
        if self.snapshots is None or -1 not in some:
            return found
        index, numbers = batch.words[self.snapshots.dated]
        on_it = np.array([each == day for each in self.words[self.snapshots.dated].values] + [False])
        return found & on_it[numbers[index]]

    def _numbers(self, batch: Batch) -> Codes:
        if self.snapshots is not None:
            return self.snapshots.numbers_of(batch)
        if not self.columns:
            return np.zeros(batch.rows, np.intp)
        index, numbers = batch.words[next(iter(self.columns))]
        return numbers[index]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of those columns."""
        return tuple(heading for heading, _ in self.columns.values())


@frozen(eq=False)
class Bench:
    """Who judges the checks of a rulebook for portfolios from their rows; `given` are the columns that there are, with
    the heading of each."""

    rulebook: Rulebook
    judge: Judge
    source: Source
    portfolios: Portfolios
    given: Mapping[str, tuple[str, Column]]
    words: Mapping[str, Words]

    @cached_property
    def columns(self) -> Mapping[str, tuple[str, Column]]:
        """The columns that the checks read."""
        table = self.rulebook.tables[self.portfolios.table]
        dated = () if table.dated_by is None else (table.dated_by,)
        read = read_by(self.rulebook).get(table.name, frozenset()) | {*table.keys, *dated, *self.portfolios.columns}
        return {name: column for name, column in self.given.items() if name in read}

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of all that is read."""
        return tuple(heading for heading, _ in self.columns.values())

    def verdicts(self, some: set[int], day: date | None, stored: bool) -> Verdicts | None:
        """Those on all rows of some portfolios; None if they can't be had without reading the rows cell by cell, and
        are to be."""
        if not stored:
            return self.cell_by_cell(some, day)
        try:
            data = _stored(self, some, day)
        except Refused:
            return None
        return self.judge.of_data(self.rulebook, data, day)

    def cell_by_cell(self, some: set[int], day: date | None) -> Verdicts:
        """Those on all rows of some portfolios, read cell by cell."""
        portfolios, among = self.portfolios, list(some)
        rows = extract(self.source, self.headings, lambda piece: np.isin(portfolios.numbers(piece), among))
        return self.judge.of_rows(self.rulebook, portfolios.table, rows, day)


def judged_answers(
    bench_of: Callable[[Collection[str] | None], Bench], doubtful: Doubtful, told: Sequence[Diagnostic]
) -> Board:
    """The board, with what sums don't decide judged from the rows."""
    bench, left, homeless = bench_of(None), doubtful.left, doubtful.homeless
    portfolios = bench.portfolios
    names = [str(name) if name is not Nothing.NONE else "" for name in portfolios.names]
    days = list(portfolios.days)
    every = {at for at, name in enumerate(portfolios.names) if name is not Nothing.NONE and at in portfolios.present}
    unsettled = {id: some & every for id, some in doubtful.unsettled.items()}
    some = every if homeless else {at for of in unsettled.values() for at in of}
    found: dict[tuple[str, int], Finding] = {}
    if homeless:
        _judge(bench, every, found, True)
    else:
        _judge(bench_of([*left, *(id for id, of in unsettled.items() if of)]), some, found)
        _judge(bench_of([*left]), every - some if left else set(), found)
    if any(at == -1 for _, at in found):
        names, days = [*names, _NOT_KNOWN], [*days, None]
        every |= {len(names) - 1}
        found = {(id, at % len(names)): finding for (id, at), finding in found.items()}
    order = sorted(every, key=lambda at: (folded(names[at]), names[at], days[at] or date.min))
    answers = []
    for check in bench.rulebook.checks:
        answer = None if homeless or check.id in left else doubtful.answers.get(check.id)
        answers.append(_answer(check, answer, found, order, unsettled.get(check.id, set()), [days[at] for at in order]))
    reasons = dict(left) | {
        names[at]: "something is not known of its rows" for at in sorted(every if homeless else some)
    }
    return Board(
        tuple(names[at] for at in order), tuple(days[at] for at in order), tuple(answers), reasons, tuple(told)
    )


def _answer(
    check: Check,
    answer: Answer | None,
    found: Found,
    order: Sequence[int],
    judged: set[int],
    days: Sequence[date | None],
) -> Answer:
    def figure(place: int) -> Fraction | None:
        at = order[place]
        return found.get((check.id, at), NOTHING)[1] if answer is None or at in judged else answer.figures(at)

    def group(place: int) -> str | None:
        at = order[place]
        return found.get((check.id, at), NOTHING)[2] if answer is None or at in judged else answer.groups(at)

    outcomes = [
        found.get((check.id, at), NOTHING)[0] if answer is None or at in judged else answer.outcomes[at] for at in order
    ]
    if check.worlds:
        groupless = [
            found.get((check.id, at)) is NO_GROUP
            if answer is None or at in judged
            else bool(check.groups) and outcomes[place] == "not applicable" and answer.groups(at) is None
            for place, at in enumerate(order)
        ]
        outcomes = without_groups(outcomes, groupless, days)
    return Answer(check, outcomes, figure, group)


def _judge(bench: Bench, asked: set[int], found: dict[tuple[str, int], Finding], whole: bool = False) -> None:
    """Adds what the judge says of some portfolios; of the whole table at once if it is not known of rows whose they
    are."""
    rulebook, portfolios = bench.rulebook, bench.portfolios
    if not asked and not whole:
        return

    days = {portfolios.days[at] for at in asked} if portfolios.snapshots is not None else {None}
    if whole and not days:  # of no row it is known whose it is and of which day
        note(bench.cell_by_cell({-1}, None), {}, found, whole)
    for day in sorted(days, key=lambda one: one or date.min):
        numbers = {folded(name): at for at, name in enumerate(portfolios.names) if portfolios.days[at] == day}
        of_day = set(numbers.values())
        before = {at for at, on in enumerate(portfolios.days) if rulebook.looks_back and on and day and on <= day}
        if whole or rulebook.looks_back or not portfolios.columns:  # which days there are is for all rows to say
            note(_surely(bench, before | of_day | ({-1} if whole else set()), day), numbers, found, whole)
            continue
        for some in _in_parts(bench.source, portfolios, sorted(asked & of_day), _STORED):
            for verdicts in _of_part(bench, some, day):
                note(verdicts, numbers, found)


def _surely(bench: Bench, some: set[int], day: date | None) -> Verdicts:
    verdicts = bench.verdicts(some, day, stored=not bench.rulebook.looks_back)
    return bench.cell_by_cell(some, day) if verdicts is None else verdicts


def _of_part(bench: Bench, part: set[int], day: date | None) -> Iterator[Verdicts]:
    """The verdicts on some portfolios, together if they need not be read cell by cell."""
    together = bench.verdicts(part, day, stored=True)
    if together is not None:
        yield together
        return
    for some in _in_parts(bench.source, bench.portfolios, sorted(part), _ROWS):
        yield bench.cell_by_cell(some, day)


def _in_parts(source: Source, portfolios: Portfolios, asked: Sequence[int], most: int) -> Iterator[set[int]]:
    """Portfolios that can be judged together, by their number of rows."""
    counts = np.zeros(len(portfolios.names) + 1, np.int64)
    for piece in source.pieces(portfolios.headings):
        counts += np.bincount(portfolios.numbers(piece) + 1, minlength=len(counts))
    part: set[int] = set()
    rows = 0
    for at in asked:
        rows += int(counts[at + 1])
        if rows > most and part:
            yield part
            part, rows = set(), int(counts[at + 1])
        part.add(at)
    if part:
        yield part


def _stored(bench: Bench, some: set[int], day: date | None) -> Data:
    stock = Stock(bench.rulebook, bench.rulebook.tables[bench.portfolios.table], bench.columns, bench.words)
    for piece in bench.source.pieces(bench.headings):
        stock.add(piece, bench.portfolios.of_day(piece, some, day))
    return stock.data(day)
