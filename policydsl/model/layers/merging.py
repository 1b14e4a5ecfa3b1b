"""What a changed declaration keeps of the one that it stands for, and a header of the one below it."""

from collections.abc import Iterator
from datetime import date

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic, Label
from policydsl.syntax import ast

_GONE = ("quote",)
"""Words of the base about the rule as it was."""


def kept_clauses(old: tuple[ast.Clause, ...], new: tuple[ast.Clause, ...]) -> tuple[ast.Clause, ...]:
    """The clauses of a changed rule: its own, and of those before all that it does not restate. A quotation of the
    old words is gone, and so is a warning in terms of the old bound."""
    restated = {_kind(clause) for clause in new}
    return (*(one for one in old if _kind(one) not in restated and not _is_gone(one)), *new)


def _kind(clause: ast.Clause) -> str:
    return clause.kind if isinstance(clause, ast.Remark) else type(clause).__name__


def _is_gone(clause: ast.Clause) -> bool:
    match clause:
        case ast.Remark(kind=kind):
            return kind in _GONE
        case ast.WarnAt(of_limit=of_limit):
            return not of_limit
    return False


def waivable(one: ast.Declaration, header: ast.Header) -> ast.Declaration:
    """A rule of a lower layer that says itself who may waive it, where its own header says so for all rules: a header
    above it speaks of its own rules only."""
    said = [each for each in header.clauses if isinstance(each, ast.Remark) and each.kind == "waivable by"]
    if not said or not isinstance(one, ast.Rule | ast.Limits | ast.Duty | ast.Attest):
        return one
    own = [each for each in one.clauses if isinstance(each, ast.Remark) and each.kind == "waivable by"]
    return one if own else evolve(one, clauses=(*one.clauses, *said))


def kept_header(below: ast.Header, header: ast.Header) -> tuple[ast.Header, list[Diagnostic]]:
    """The header of a rulebook that extends another: what its base says of currency, base, worlds and calendar holds,
    and of the validity of both the part that they share."""
    told = list(_other_words(below, header))
    clauses = tuple(one for one in header.clauses if not isinstance(one, ast.Validity))
    return (
        evolve(
            header,
            currency=below.currency or header.currency,
            calendar=below.calendar or header.calendar,
            base=below.base or header.base,
            within_each=below.within_each,
            clauses=(*clauses, *_validity(below, header)),
        ),
        told,
    )


def _other_words(below: ast.Header, header: ast.Header) -> Iterator[Diagnostic]:
    before = Label(below.span, "the header that it extends")
    pairs = (("currency", below.currency, header.currency), ("base", below.base, header.base))
    for what, old, new in (*pairs, ("calendar", below.calendar, header.calendar)):
        if old is not None and new is not None and old != new:
            yield say("PD628", new.span, what=what, old=old.text, labels=(before,))
    if header.within_each and header.within_each != below.within_each:
        names = ", ".join(name.text for name in below.within_each)
        old_words = f"within each {names}" if names else "all rows together"
        yield say("PD628", header.within_each[0].span, what="within each", old=old_words, labels=(before,))


def shortened(below: ast.Header, header: ast.Header) -> Iterator[Diagnostic]:
    """What is to be told if a law is below and the header above it would let it stand on fewer days."""
    (before,) = _validity(below, below) or (None,)
    for own in (one for one in header.clauses if isinstance(one, ast.Validity)):
        for word, day, old in (
            ("valid from", own.start, None if before is None else before.start),
            ("valid until", own.end, None if before is None else before.end),
        ):
            if day is not None and (old is None or (day > old if word == "valid from" else day < old)):
                yield say("PD638", own.span, word=word, day=day, labels=(Label(below.span, "the law's header"),))


def _validity(below: ast.Header, header: ast.Header) -> tuple[ast.Validity, ...]:
    said = [one for each in (below, header) for one in each.clauses if isinstance(one, ast.Validity)]
    starts: list[date] = [one.start for one in said if one.start is not None]
    ends: list[date] = [one.end for one in said if one.end is not None]
    if not said:
        return ()
    return (ast.Validity(max(starts, default=None), min(ends, default=None), span=said[-1].span),)
