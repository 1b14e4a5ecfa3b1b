"""What a declaration's clauses say about it."""

from collections.abc import Sequence
from datetime import date

from policydsl._frozen import evolve
from policydsl.catalogue import say
from policydsl.diagnostics import Label
from policydsl.model.problem import Problem
from policydsl.model.rulebook import Remarks
from policydsl.model.types import Numeric, describe
from policydsl.model.units import constant
from policydsl.model.words import words
from policydsl.syntax import ast


def within_validity(remarks: Remarks, header: ast.Header | None) -> Remarks:
    """The remarks with the header's validity in force too."""
    if header is None or not header.clauses:
        return remarks
    whole = remarks_of(header.clauses)
    starts = [day for day in (whole.valid_from, remarks.valid_from) if day is not None]
    ends = [day for day in (whole.valid_until, remarks.valid_until) if day is not None]
    return evolve(remarks, valid_from=max(starts, default=None), valid_until=min(ends, default=None))


def _once(clauses: Sequence[ast.Clause]) -> None:
    """What can only be said once is not said twice, and a validity does not end before it begins."""
    seen: dict[str, ast.Clause] = {}
    for clause in clauses:
        for what in _single(clause):
            first = seen.get(what.strip().casefold())
            if first is not None:
                raise Problem(say("PD259", clause.span, what=what, labels=(Label(first.span, "said here first"),)))
            seen[what.strip().casefold()] = clause
        match clause:
            case ast.Validity(start=date() as start, end=date() as end) if end < start:
                raise Problem(say("PD269", clause.span, start=start, end=end))


def _single(clause: ast.Clause) -> list[str]:
    match clause:
        case ast.WarnAt():
            return ["warn at"]
        case ast.CureWithin():
            return ["cure within"]
        case ast.Remark(kind="waivable by", text=text, others=others):
            return [f'waivable by "{body}"' for body in (text, *others)]
        case ast.Validity(start=start, end=end):
            return [what for what, day in (("valid from", start), ("valid until", end)) if day is not None]
    return []


def remarks_of(clauses: Sequence[ast.Clause]) -> Remarks:
    """The clauses in the checked form; `warn at` belongs to the bound and is not among them."""
    texts: dict[str, list[str]] = {"source": [], "note": [], "quote": [], "waivable by": []}
    items: list[str] = []
    not_checkable: list[tuple[str, str]] = []
    start = end = None
    cure = None
    _once(clauses)
    for clause in clauses:
        match clause:
            case ast.Remark(kind=kind, text=text, others=others):
                texts[kind] += (text, *others)
            case ast.Item(text=text, not_checkable=None):
                items.append(text)
            case ast.Item(text=text, not_checkable=str(reason)):
                not_checkable.append((text, reason))
            case ast.Validity():
                start = clause.start or start
                end = clause.end or end
            case ast.CureWithin(term=term):
                found = constant(term)
                if not isinstance(found.type, Numeric) or not found.type.is_term:
                    raise Problem(say("PD219", term.span, words=words(found), type=describe(found.type)))
                cure = found
    return Remarks(
        tuple(texts["source"]),
        tuple(texts["note"]),
        tuple(texts["quote"]),
        tuple(items),
        tuple(not_checkable),
        tuple(texts["waivable by"]),
        start,
        end,
        cure,
    )
