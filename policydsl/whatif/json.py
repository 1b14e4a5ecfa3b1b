"""The answer as JSON, after `what_if.schema.json`. Amounts are exact, in the unit of their type."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policydsl.reports.comparison import shift_body
from policydsl.reports.json import unit
from policydsl.reports.json_text import Json, json_text
from policydsl.verdicts.digits import exact
from policydsl.verdicts.outcomes import worst
from policydsl.whatif.effects import Effect
from policydsl.whatif.largest import Largest

if TYPE_CHECKING:
    from policydsl.whatif.answer import WhatIf


def what_if_json(answers: "Sequence[WhatIf]") -> str:
    """The answers, with an end of line."""
    first = answers[0].before if answers else None
    body: dict[str, Json] = {
        "schema_version": "1",
        "rulebook": None if first is None else first.title,
        "as_of": first.as_of.isoformat() if first is not None and first.as_of else None,
        "answers": [_answer(answer) for answer in answers],
    }
    return json_text(body) + "\n"


def _answer(answer: "WhatIf") -> Json:
    largest, limit = answer.largest
    return {
        "trades": [
            {
                "trade": trade.name,
                "amount": exact(trade.amount),
                "unit": unit(answer.owned.amount.type),
                "row": row,
                "says": dict(trade.cells),
            }
            for trade, row in zip(answer.trades, answer.rows, strict=True)
        ],
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


def _name(effect: Effect) -> Json:
    verdict = effect.verdict
    return {"id": verdict.id, "group": dict(verdict.group) if verdict.group else None}


def _largest(largest: Largest) -> dict[str, Json]:
    return {
        "kind": largest.kind,
        "amount": None if largest.amount is None else exact(largest.amount),
        "least": None if largest.least is None else exact(largest.least),
    }
