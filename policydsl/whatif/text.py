"""The answer for reading: what fails because of the trade first, then how much would pass."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from policydsl.reports.layout import paragraph
from policydsl.verdicts import Verdict
from policydsl.verdicts.wording import Wording, alone
from policydsl.whatif.effects import FAILED, Effect
from policydsl.whatif.largest import Largest
from policydsl.whatif.proposed import Proposed

if TYPE_CHECKING:
    from policydsl.whatif.answer import WhatIf

_MOST_TOLD = 10


def what_if_text(answer: "WhatIf") -> str:
    """One answer."""
    say = answer.after.say
    blocks = [_head(answer)]
    told = set()
    for heading, effects in _blocks(answer):
        if effects:
            told |= {id(effect) for effect in effects}
            blocks.append([say(heading), *(line for effect in effects for line in _effect(effect, answer))])
    if len(answer.trades) == 1 and (limits := _tightest(answer, told)):
        blocks.append([say("The limits that stop a larger trade first"), *limits])
    same = sum(not effect.is_touched for effect in answer.effects)
    moved = sum(effect.is_touched and id(effect) not in told for effect in answer.effects)
    end = say("Other figures that move: {moved}; verdicts that stay as they are: {same}", moved=moved, same=same)
    return "\n\n".join("\n".join(block) for block in [*blocks, paragraph(end, 0, 2)]) + "\n"


def _head(answer: "WhatIf") -> list[str]:
    say = answer.after.say
    lines = [line for at in range(len(answer.trades)) for line in paragraph(_trade(answer, at), 0, 2)]
    count = len(answer.breached)
    if count:
        one = say("it would make 1 verdict fail")
        lines += paragraph(one if count == 1 else say("it would make {count} verdicts fail", count=count), 2, 4)
    elif any(effect.on_purchase and _failed(effect) for effect in answer.effects):
        lines += paragraph(say("a rule that is judged on purchase does not allow it"), 2, 4)
    else:
        lines += paragraph(say("it would make no verdict fail"), 2, 4)
    if answer.undecided:
        lines += paragraph(say("it would leave {count} undetermined", count=len(answer.undecided)), 2, 4)
    if len(answer.trades) == 1:
        lines += paragraph(_largest_of_all(answer), 2, 4)
    return lines


def _failed(effect: Effect) -> bool:
    return effect.shift.after is not None and effect.shift.after.outcome in FAILED


def _trade(answer: "WhatIf", at: int) -> str:
    """Such as `Trade 1: buy 30 000 000 SEK of gov bond`."""
    trade, say = answer.trades[at], answer.after.say
    told = "{trade}: buy {amount} of {what}" if trade.amount > 0 else "{trade}: sell {amount} of {what}"
    size = _size(abs(trade.amount), answer)
    keys = [trade.cells[key] for key in answer.owned.table.keys if key in trade.cells]
    what = answer.rows[at] or ", ".join(keys or trade.cells.values()) or answer.owned.table.name
    return say(told, trade=called(trade, say), amount=size, what=what)


def called(trade: Proposed, say: Callable[..., str]) -> str:
    """A trade as readers know it."""
    if trade.name.startswith("trade ") and trade.name[6:].isdigit():
        return say("Trade {number}", number=trade.name[6:])
    return trade.name


def _largest_of_all(answer: "WhatIf") -> str:
    say = answer.after.say
    largest, effect = answer.largest
    limit = "" if effect is None else _limit(effect.verdict)
    match largest.kind:
        case "unlimited":
            if answer.trades[0].amount < 0:
                return say("all that is owned of it could be sold")
            return say("no limit stops a larger trade")
        case "none":
            return say("no amount of it would pass: {limit}", limit=limit)
        case "amount":
            assert largest.amount is not None
            most = _size(largest.amount, answer)
            if largest.least is not None:
                least = _size(largest.least, answer)
                return say("from {least} to {amount} would pass: {limit}", least=least, amount=most, limit=limit)
            return say("at most {amount} would pass: {limit}", amount=most, limit=limit)
    return say("how much would pass is not known: {limit}", limit=limit)


def _limit(verdict: Verdict) -> str:
    say = verdict.wording.say
    group = ", ".join(f"{column} {say('not known') if text is None else text}" for column, text in verdict.group)
    return f"{verdict.id}{say(' for {group}', group=group) if group else ''}"


def _size(amount: Fraction, answer: "WhatIf") -> str:
    return alone(amount, answer.owned.amount.type, _wording(answer))


def _wording(answer: "WhatIf") -> Wording:
    found: Wording = answer.after.verdicts[0].wording
    return found


def _blocks(answer: "WhatIf") -> Iterator[tuple[str, Sequence[Effect]]]:
    fails = answer.breached
    yield "Would fail because of it", fails
    yield "Would not be known", answer.undecided
    told = {id(effect) for effect in (*fails, *answer.undecided)}
    rest = [effect for effect in answer.effects if id(effect) not in told]
    yield "Judged on the trade itself", [effect for effect in rest if effect.on_purchase]
    rest = [effect for effect in rest if not effect.on_purchase]
    yield "Other verdicts that get worse", [effect for effect in rest if effect.shift.kind == "worse"]
    yield "Fails already, and moves", [effect for effect in rest if effect.shift.kind == "moved" and _failed(effect)]
    yield "Gets better", [effect for effect in rest if effect.shift.kind == "better"]


def _effect(effect: Effect, answer: "WhatIf") -> list[str]:
    verdict, shift = effect.verdict, effect.shift
    say = verdict.wording.say
    title = f": {verdict.check.title}" if verdict.check.title else ""
    outcomes = " -> ".join(dict.fromkeys(say(one.outcome) for one in (shift.before, shift.after) if one is not None))
    lines = paragraph(f"{_limit(verdict)}{title}: {outcomes}", 2, 4)
    for told, side in (("before {figures}", shift.before), ("after {figures}", shift.after)):
        if side is not None and (figures := _said(side)):
            lines += paragraph(say(told, figures=figures), 4, 4)
    if shift.after is not None and shift.after.outcome == "undetermined" and shift.after.reason:
        lines += paragraph(shift.after.reason, 4, 4)
    if len(answer.trades) == 1 and effect.largest.kind != "not known":
        lines += paragraph(_passes(effect.largest, answer), 4, 4)
    return lines


def _said(verdict: Verdict) -> str:
    """A figure, its limit, and the distance between them."""
    return ", ".join(part for part in (verdict.figure_words, verdict.bound_words, verdict.headroom_words) if part)


def _passes(largest: Largest, answer: "WhatIf") -> str:
    say = answer.after.say
    least = None if largest.least is None else _size(largest.least, answer)
    if largest.kind == "none":
        return say("no amount of it passes")
    if largest.kind == "unlimited":
        return say("any amount passes") if least is None else say("passes from {least} on", least=least)
    assert largest.amount is not None
    most = _size(largest.amount, answer)
    if least is None:
        return say("largest amount that passes: {amount}", amount=most)
    return say("passes from {least} to {amount}", least=least, amount=most)


def _tightest(answer: "WhatIf", told: set[int]) -> list[str]:
    """The limits with a largest amount that have not been told, the smallest amount first; of each rule one."""
    of_rule: dict[str, Effect] = {}
    for effect in answer.effects:
        amount = effect.largest.amount
        if amount is None or id(effect) in told or not effect.is_touched:
            continue
        held = of_rule.get(effect.verdict.id)
        if held is None or held.largest.amount is None or amount < held.largest.amount:
            of_rule[effect.verdict.id] = effect
    found = sorted(of_rule.values(), key=lambda effect: effect.largest.amount or Fraction(0))
    lines = [line for effect in found[:_MOST_TOLD] for line in _line(effect, answer)]
    more = len(found) - _MOST_TOLD
    return lines if more <= 0 else [*lines, *paragraph(answer.after.say("{count} more", count=more), 2, 4)]


def _line(effect: Effect, answer: "WhatIf") -> list[str]:
    say = answer.after.say
    amount = _size(effect.largest.amount or Fraction(0), answer)
    before, after = effect.shift.before, effect.shift.after
    figures = " -> ".join(one.figure_words for one in (before, after) if one is not None and one.figure_words)
    said = say("{limit}: {figures}, {bound}; largest amount that passes: {amount}", limit=_limit(effect.verdict),
        figures=figures, bound=effect.verdict.bound_words, amount=amount)  # fmt: skip
    return paragraph(said, 2, 4)


def several_text(answers: "Iterable[WhatIf]") -> Iterator[str]:
    """Several answers, one after the other."""
    for at, answer in enumerate(answers):
        yield (f"\n{'-' * 100}\n\n" if at else "") + what_if_text(answer)
