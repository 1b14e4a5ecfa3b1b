"""The answer as JSON, after `what_if.schema.json`. Amounts are exact, in the unit of their type."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from policydsl.diagnostics import Diagnostic
from policydsl.reports.comparison import shift_body
from policydsl.reports.json import diagnostic_body, unit
from policydsl.reports.json_text import Json, json_text
from policydsl.reports.report import Report
from policydsl.source import Source
from policydsl.verdicts.digits import exact
from policydsl.verdicts.outcomes import worst
from policydsl.whatif.effects import Effect
from policydsl.whatif.largest import Largest
from policydsl.whatif.owned import Owned
from policydsl.whatif.proposed import Proposed

if TYPE_CHECKING:
    from policydsl.whatif.answer import WhatIf
    from policydsl.whatif.shortly import Named, Short


def what_if_json(answers: "Sequence[WhatIf]") -> str:
    """The answers, with an end of line."""
    told = dict.fromkeys(one for answer in answers for one in answer.diagnostics)
    first = answers[0].before if answers else None
    sources = () if first is None else first.sources
    return "".join(pieces(first, map(answer_body, answers), lambda: ended(tuple(told), sources)))


def pieces(before: Report | None, answers: Iterable[Json], end: Callable[[], Mapping[str, Json]]) -> Iterator[str]:
    """The whole, piece by piece; what stands behind the answers is asked for when they have been made."""
    head: dict[str, Json] = {
        "schema_version": "1",
        "rulebook": None if before is None else before.title,
        "as_of": before.as_of.isoformat() if before is not None and before.as_of else None,
    }
    answers = iter(answers)
    first = next(answers, None)  # so that nothing has been written if it is refused
    yield json_text(head).removesuffix("\n}") + ',\n  "answers": ['
    for at, answer in enumerate(chain(() if first is None else (first,), answers)):
        yield (",\n    " if at else "\n    ") + json_text(answer, "\n    ")
    yield ("]" if first is None else "\n  ]") + "," + json_text(end()).removeprefix("{") + "\n"


def ended(
    told: Sequence[Diagnostic], sources: Sequence[Source], counts: Mapping[str, int] | None = None
) -> Mapping[str, Json]:
    """What stands behind the answers: what was told, and of a summary how many trades do what."""
    return {"diagnostics": [diagnostic_body(one, sources) for one in told], "summary": counts}


def short_body(short: "Short") -> Json:
    """One answer of a summary."""
    largest, limit = short.largest
    return {
        "trades": [_trade(short.trade, short.owned, short.row)],
        "breached": [_named(each) for each in short.breached],
        "undecided": [_named(each) for each in short.undecided],
        "largest": {**_largest(largest), "limit": None if limit is None else _named(limit)},
    }


def answer_body(answer: "WhatIf") -> Json:
    """One answer in full."""
    largest, limit = answer.largest
    return {
        "trades": [_trade(trade, answer.owned, row) for trade, row in zip(answer.trades, answer.rows, strict=True)],
        "outcome": worst(effect.verdict for effect in answer.effects),
        "breached": [_name(effect) for effect in answer.breached],
        "undecided": [_name(effect) for effect in answer.undecided],
        "largest": {**_largest(largest), "limit": None if limit is None else _name(limit)},
        "changes": [
            {**shift_body(effect.shift), "on_purchase": effect.on_purchase, "largest": _largest(effect.largest)}
            for effect in answer.effects
            if effect.is_touched
        ],
    }


def _trade(trade: Proposed, owned: Owned, row: str | None) -> Json:
    return {
        "trade": trade.name,
        "amount": exact(trade.amount),
        "unit": unit(owned.amount.type),
        "row": row,
        "says": dict(trade.cells),
    }


def _named(named: "Named") -> Json:
    return {"id": named.id, "group": dict(named.group) if named.group else None}


def _name(effect: Effect) -> Json:
    verdict = effect.verdict
    return {"id": verdict.id, "group": dict(verdict.group) if verdict.group else None}


def _largest(largest: Largest) -> dict[str, Json]:
    return {
        "kind": largest.kind,
        "amount": None if largest.amount is None else exact(largest.amount),
        "least": None if largest.least is None else exact(largest.least),
    }
