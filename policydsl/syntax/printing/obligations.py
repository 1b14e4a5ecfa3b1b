"""The `duty` and `attest` declarations."""

from collections.abc import Iterator
from datetime import date

from policydsl.syntax import ast
from policydsl.syntax.printing.clauses import clauses
from policydsl.syntax.printing.names import identifier, name, quantity, text
from policydsl.syntax.words import Words


def duty(words: Words, said: ast.Duty) -> list[str]:
    """The lines of a `duty`."""
    title = f" {text(said.title)}" if said.title is not None else ""
    head = f"{words.written('DUTY')} {identifier(said.id)}{title}: {asked(words, said)}"
    return [head, *clauses(words, said.clauses)]


def attest(words: Words, said: ast.Attest) -> list[str]:
    """The lines of an `attest`."""
    head = f"{words.written('ATTEST')} {identifier(said.id)} {text(said.question)} {asked(words, said)}"
    return [head, *clauses(words, said.clauses)]


def asked(words: Words, said: ast.Duty | ast.Attest) -> str:
    """What is asked, without the id and the title."""
    return " ".join(_of_duty(words, said) if isinstance(said, ast.Duty) else _of_attest(words, said))


def _of_duty(words: Words, said: ast.Duty) -> Iterator[str]:
    for terminal, who in (("FROM", said.sender), ("TO", said.receiver)):
        if who is not None:
            yield f"{words.written(terminal)} {text(who)}"
    yield from _timing(words, said.timing)
    if said.contents:
        yield f"{words.written('CONTENTS')} {', '.join(text(one) for one in said.contents)}"
    if said.reviewed:
        yield words.written("REVIEWED_BY_ANOTHER_PERSON")


def _of_attest(words: Words, said: ast.Attest) -> Iterator[str]:
    if said.by is not None:
        yield f"{words.in_place['by whom']} {text(said.by)}"
    yield from _timing(words, said.timing)


def _timing(words: Words, said: ast.Timing) -> Iterator[str]:
    say = words.written
    if said.per is not None:
        yield f"{say('PER')} {name(words, said.per)}"
    if said.since is not None:
        yield f"{say('FROM')} {name(words, said.since)}"
    if said.every is not None:
        yield f"{words.in_place['every period']} {_period(words, said.every)}"
    if said.once:
        yield say("ONCE")
    if said.begins is not None:
        yield f"{say('FROM')} {said.begins}"
    if said.within is not None:
        yield f"{say('WITHIN')} {quantity(words, said.within)}"
    if isinstance(said.by, ast.DayOfYear):
        yield f"{words.in_place['by when']} {said.by.day} {words.months[said.by.month - 1]}"
    elif isinstance(said.by, date):
        yield f"{words.in_place['by when']} {said.by}"


def _period(words: Words, said: ast.Every) -> str:
    if said.term is None:
        return words.written("QUARTER")
    unit = words.units.get(said.term.unit or "")
    alone = unit is not None and len(unit.one) > 1 and said.term.number == said.term.scale == 1
    return unit.one if unit is not None and alone else quantity(words, said.term)
