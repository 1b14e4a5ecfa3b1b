"""The figure, the bound and the distance between them, in print."""

from fractions import Fraction
from typing import TYPE_CHECKING

from policydsl.figures.interval import Figure, Interval
from policydsl.model.types import SHARE, DateType, Numeric
from policydsl.verdicts.wording import Pen, Wording, alone, ends, pen

if TYPE_CHECKING:
    from policydsl.verdicts.verdict import Verdict

SAID_OF_SIGN = {
    "<=": "at most {value}", "<": "under {value}", ">=": "at least {value}", ">": "over {value}",
    "=": "exactly {value}", "!=": "anything but {value}",
}  # fmt: skip
SAID_OF_DAY = {"<=": "{value} or earlier", "<": "before {value}", ">=": "{value} or later", ">": "after {value}"}


def figure(verdict: "Verdict") -> str:
    """The figure, apart from its bound wherever it differs from it."""
    if verdict.figure is None or verdict.type is None:
        return ""
    return verdict.pen.figure(verdict.figure)


def bound(verdict: "Verdict", short: bool = False) -> str:
    """The bound: `at most 20% of portfolio`, in `short` without its base; empty if there is none."""
    against = verdict.bound
    if against is None or verdict.type is None:
        return ""
    write, part, say = verdict.pen, verdict.part, verdict.wording.say
    if against.value is None:
        return say("not decided yet")
    value = _end(against.value, write)
    if against.op == "between":
        said = say("between {low} and {high}", low=value, high=_end(against.high, write))
    elif isinstance(verdict.type, DateType) and against.op in SAID_OF_DAY:
        return say(SAID_OF_DAY[against.op], value=value)
    else:
        said = say(SAID_OF_SIGN[against.op], value=value)
    return said if part is None or part.of is None or short else say("{figure} of {base}", figure=said, base=part.of)


def _end(figure: Figure | None, write: Pen) -> str:
    if figure is None or not ends(figure):
        return write.wording.say("a value that is not known")
    exact = isinstance(figure, Interval) and figure.exact
    return write.figure(figure) if exact else write.wording.say("something {value}", value=write.figure(figure))


def norm(verdict: "Verdict") -> str:
    """The norm and how far the figure is from it: `norm 30%, 2.5 points below it`; empty if there is none."""
    against = verdict.bound
    if against is None or against.norm is None or verdict.type is None or not ends(against.norm):
        return ""
    write, say = verdict.pen, verdict.wording.say
    value = write.figure(against.norm)
    said = say("norm {value}", value=value)
    at, to = ends(verdict.figure), ends(against.norm)
    if len(set(at)) != 1 or len(set(to)) != 1 or not isinstance(verdict.type, Numeric):
        return said
    distance = at[0] - to[0]
    if not distance:
        return say("norm {value}, which it is", value=value)
    apart = points(abs(distance), verdict.wording) if verdict.type == SHARE else write.distance(abs(distance))
    told = "norm {value}, {apart} above it" if distance > 0 else "norm {value}, {apart} below it"
    return say(told, value=value, apart=apart)


def threshold(verdict: "Verdict") -> str:
    """The value from which on a warning is given; empty if there is none."""
    warn = verdict.bound.warn if verdict.bound is not None else None
    return verdict.pen.figure(warn) if warn is not None else ""


def headroom(verdict: "Verdict", short: bool = False) -> str:
    """The distance to the bound: `5.5 points (21 452 244 SEK) to spare`, in `short` in points alone where there are
    any; empty if it is not known."""
    room = verdict.headroom
    distance = room.points if room.points is not None else room.amount
    if distance is None or verdict.type is None:
        return ""
    if distance == 0:
        return verdict.wording.say("nothing to spare")
    told = "{size} to spare" if distance > 0 else f"{{size}} {beyond(verdict)}"
    return verdict.wording.say(told, size=size(verdict, short))


def size(verdict: "Verdict", short: bool = False) -> str:
    """How far the figure is from its bound on either side: `5.5 points (21 452 244 SEK)`."""
    room = verdict.headroom
    if room.points is not None:
        apart = points(abs(room.points), verdict.wording)
        return apart if short or room.amount is None else f"{apart} ({_amount(room.amount, verdict)})"
    return "" if room.amount is None else _amount(room.amount, verdict)


def _amount(distance: Fraction, verdict: "Verdict") -> str:
    if verdict.part is not None:
        return alone(abs(distance), verdict.part.type, verdict.wording)
    return verdict.pen.distance(abs(distance))


def beyond(verdict: "Verdict") -> str:
    """What a figure beyond its bound is: `too much` or `too little`."""
    against = verdict.bound
    if against is None or against.op in ("<=", "<"):
        return "too much"
    if against.op in (">=", ">"):
        return "too little"
    at, low = ends(verdict.figure), ends(against.value)
    return "too little" if at and low and at[0] < low[0] else "too much"


def points(distance: Fraction, wording: Wording) -> str:
    """A distance of shares: `5.5 points`."""
    written = alone(distance, SHARE, wording).removesuffix("%").strip()
    return wording.say("{number} point" if written == "1" else "{number} points", number=written)


def failing(verdict: "Verdict") -> str:
    """How many rows fail a condition on rows: `3 of 40 loans fail, 2 may`."""
    say = verdict.wording.say
    spoken_of = verdict.wording.rows(verdict.count or 0, verdict.counts)
    may = say(", {count} may", count=verdict.unsure) if verdict.unsure else ""
    told = "{count} of {rows} fails" if verdict.failing == 1 else "{count} of {rows} fail"
    return f"{say(told, count=verdict.failing, rows=spoken_of)}{may}"


def of_base(verdict: "Verdict") -> str:
    """The sums behind a share: `97 525 799 SEK of 390 040 795 SEK`; empty where the figure is no share."""
    part = verdict.part
    if part is None or not ends(part.amount) or not ends(part.base):
        return ""
    write = pen(part.type, (part.amount, part.base), verdict.wording)
    amount, base = write.figure(part.amount), write.figure(part.base)
    return verdict.wording.say("{figure} of {base}", figure=amount, base=base)


def pen_of(verdict: "Verdict") -> Pen:
    """What writes a verdict's figure and bound so that they read differently where they differ."""
    assert verdict.type is not None
    against = verdict.bound
    beside = (against.value, against.high, against.norm, against.warn) if against is not None else ()
    return pen(verdict.type, (verdict.figure,), verdict.wording, verdict.counts, beside)
