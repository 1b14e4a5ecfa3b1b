"""A board for reading: how often each outcome occurs, and the worst entries."""

from collections.abc import Iterator
from itertools import islice

from policydsl.boards.board import Board, Entry
from policydsl.model.rulebook import Outcome, Rulebook
from policydsl.model.types import Type
from policydsl.reports.layout import columns, paragraph
from policydsl.reports.naming import SAID_OF_MANY
from policydsl.reports.text import NEEDS_ATTENTION
from policydsl.verdicts.outcomes import WORST_FIRST
from policydsl.verdicts.wording import Wording, alone, wording_of

_MOST = 20


def board_text(board: Board, rulebook: Rulebook) -> str:
    """The board as text, with an end of line."""
    wording = wording_of(rulebook)
    blocks = [list(_head(board, rulebook, wording))]
    for outcome in NEEDS_ATTENTION:
        count = board.counts.get(outcome, 0)
        if count:
            said = wording.say(SAID_OF_MANY[outcome] if count > 1 else outcome).capitalize()
            blocks.append([said, *_entries(board, outcome, count, wording)])
    if board.one_by_one:
        blocks.append([wording.say("Judged row by row"), *_left(board, wording)])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(board: Board, rulebook: Rulebook, wording: Wording) -> Iterator[str]:
    counts = {outcome: board.counts[outcome] for outcome in WORST_FIRST if board.counts.get(outcome)}
    worst = next(iter(counts), "not applicable")
    told = ", ".join(
        f"{count} {wording.say(outcome if count == 1 else SAID_OF_MANY[outcome])}" for outcome, count in counts.items()
    )
    yield from paragraph(f"{wording.say(worst).upper()}: {told or wording.say('there is nothing to judge')}", hanging=2)
    days = len(set(board.dates) - {None})
    said = "{title}: {portfolios} portfolios on {days} days, {rules} rules and cells"
    if days < 2:
        said = "{title}: {portfolios} portfolios, {rules} rules and cells"
    names, rules = len(set(board.portfolios)), len(board.rules)
    yield from paragraph(wording.say(said, title=rulebook.title, portfolios=names, days=days, rules=rules))


def _entries(board: Board, outcome: Outcome, count: int, wording: Wording) -> Iterator[str]:
    types = {answer.check.id: answer.type for answer in board.answers}
    yield from columns([_line(entry, types, wording) for entry in islice(board.entries(outcome), _MOST)], 2)
    if count > _MOST:
        yield f"  {wording.say('and {count} more', count=count - _MOST)}"


def _line(entry: Entry, types: dict[str, Type], wording: Wording) -> tuple[str, ...]:
    kind = types[entry.rule]
    figure = "" if entry.figure is None else alone(entry.figure, kind, wording)
    day = "" if entry.date is None else entry.date.isoformat()
    return entry.portfolio, day, entry.rule, figure, entry.group or ""


def _left(board: Board, wording: Wording) -> Iterator[str]:
    lines = [(name, wording.retell(reason)) for name, reason in board.one_by_one.items()]
    yield from columns(lines[:_MOST], 2)
    if len(lines) > _MOST:
        yield f"  {wording.say('and {count} more', count=len(lines) - _MOST)}"
