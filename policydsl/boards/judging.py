"""What sums can't decide: those portfolios are judged as any report is, from their rows."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from policydsl.boards.batches import Source
from policydsl.boards.board import Answer, Board
from policydsl.boards.words import Words, as_dictionary, indices_of
from policydsl.diagnostics import Diagnostic
from policydsl.figures.interval import Interval
from policydsl.figures.values import folded
from policydsl.model.expressions import Nothing
from policydsl.model.rulebook import Outcome, Rulebook
from policydsl.verdicts.outcomes import worst_first
from policydsl.verdicts.verdict import Verdict

Judge = Callable[[str, Any], Sequence[Verdict]]
"""The verdicts on the rows of the table of a name."""

_ROWS = 200_000
Found = Mapping[tuple[str, int], tuple[Outcome, Fraction | None, str | None]]


def judged_answers(
    rulebook: Rulebook,
    source: Source,
    judge: Judge,
    table: str,
    world: tuple[str, Words] | None,
    names: Sequence[str],
    answers: Mapping[str, Answer],
    left: Mapping[str, str],
    unsettled: set[int],
    told: Sequence[Diagnostic],
) -> Board:
    """The board, with the portfolios and checks that sums don't decide judged from their rows."""
    asked = set(range(len(names))) if left or -1 in unsettled else unsettled
    found = _judged(source, judge, table, world, names, asked) if asked else {}
    if -1 in unsettled:
        names = [*names, "(not known)"]
        found = {(id, at if at >= 0 else len(names) - 1): one for (id, at), one in found.items()}
    of_none = [at for at, value in enumerate(() if world is None else world[1].values) if value is Nothing.NONE]
    order = sorted(set(range(len(names))) - set(of_none), key=lambda at: (folded(names[at]), names[at]))
    every = []
    for check in rulebook.checks:
        taken = {at for at in order if check.id in left or (at in asked and (-1 in unsettled or at in unsettled))}
        every.append(_answer(check.id, rulebook, answers.get(check.id), found, order, taken))
    reasons = dict(left) | {names[at]: "something is not known of its rows" for at in sorted(unsettled) if at >= 0}
    return Board(tuple(names[at] for at in order), tuple(every), reasons, tuple(told))


def _answer(
    id: str, rulebook: Rulebook, answer: Answer | None, found: Found, order: Sequence[int], taken: set[int]
) -> Answer:
    check = next(each for each in rulebook.checks if each.id == id)
    none: tuple[Outcome, None, None] = ("not applicable", None, None)
    outcomes = [found.get((id, at), none)[0] if at in taken or answer is None else answer.outcomes[at] for at in order]

    def figure(place: int) -> Fraction | None:
        at = order[place]
        return found.get((id, at), none)[1] if at in taken or answer is None else answer.figures(at)

    def group(place: int) -> str | None:
        at = order[place]
        return found.get((id, at), none)[2] if at in taken or answer is None else answer.groups(at)

    return Answer(check, outcomes, figure, group)


def _judged(
    source: Source, judge: Judge, table: str, world: tuple[str, Words] | None, names: Sequence[str], asked: set[int]
) -> Found:
    found: dict[tuple[str, int], tuple[Outcome, Fraction | None, str | None]] = {}
    if world is None or -1 in asked:
        _note(judge(table, _rows(source, None, set())), names, found)
        return found
    for some in _in_parts(source, world, sorted(asked)):
        _note(judge(table, _rows(source, world, some)), names, found)
    return found


def _in_parts(source: Source, world: tuple[str, Words], asked: Sequence[int]) -> list[set[int]]:
    """Portfolios that can be judged together, by their number of rows."""
    counts = np.zeros(len(world[1].values) + 1, np.int64)
    for piece in source.pieces([world[0]]):
        numbers = _numbers(piece, world)
        counts += np.bincount(numbers + 1, minlength=len(counts))[: len(counts)]
    parts: list[set[int]] = [set()]
    rows = 0
    for at in asked:
        rows += int(counts[at + 1])
        if rows > _ROWS and parts[-1]:
            parts.append(set())
            rows = int(counts[at + 1])
        parts[-1].add(at)
    return parts


def _numbers(piece: Any, world: tuple[str, Words]) -> Any:
    array = piece.column(world[0])
    array = as_dictionary(array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array)
    return world[1].numbers_of(array.dictionary)[indices_of(array)]


def _rows(source: Source, world: tuple[str, Words] | None, some: set[int]) -> Any:
    found = []
    for piece in source.pieces(source.headings):
        table = pa.Table.from_batches([piece])
        if world is not None:
            table = table.filter(pa.array(np.isin(_numbers(piece, world), list(some))))
        found.append(table.cast(_without_dictionaries(table.schema)))
    return pa.concat_tables(found)


def _without_dictionaries(schema: Any) -> Any:
    fields = [
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field for field in schema
    ]
    return pa.schema(fields)


def _note(verdicts: Sequence[Verdict], names: Sequence[str], found: "dict[tuple[str, int], Any]") -> None:
    numbers = {folded(name): at for at, name in enumerate(names)}
    of: dict[tuple[str, int], list[Verdict]] = {}
    for verdict in verdicts:
        worlds = len(verdict.check.worlds)
        name = verdict.group[0][1] if worlds and verdict.group else None
        at = numbers.get(folded(name), -1) if worlds else 0
        of.setdefault((verdict.check.id, at), []).append(verdict)
    for key, some in of.items():
        first = worst_first(some)[0]
        figure = first.figure.value if isinstance(first.figure, Interval) else None
        grouped = bool(first.check.groups)
        group = first.group[-1][1] if grouped and len(first.group) > len(first.check.worlds) else None
        found[key] = (first.outcome, None, None) if grouped and not figure else (first.outcome, figure, group)
