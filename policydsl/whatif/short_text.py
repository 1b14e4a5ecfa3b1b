"""Many trades for reading: of those that make something fail or leave it open a line each, the others counted."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from textwrap import wrap

from attrs import define, field

from policydsl.model.types import Type
from policydsl.reports.layout import GAP, WIDTH, paragraph
from policydsl.verdicts.wording import Wording, alone
from policydsl.whatif.largest import Largest
from policydsl.whatif.proposed import Proposed
from policydsl.whatif.shortly import Named, Short
from policydsl.whatif.text import called

_WIDEST = 30
_LEAST = 30


@define(eq=False)
class Table:
    """A table of trades that is written while they are looked at."""

    trades: Sequence[Proposed]
    type: Type
    wording: Wording
    counts: dict[str, int] = field(init=False)
    """How many trades do what."""
    _widths: tuple[int, int, int] = field(init=False)
    _begun: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        say = self.wording.say
        self.counts = {"trades": 0, "breached": 0, "undecided": 0, "neither": 0}
        sizes = (len(called(trade, say)) for trade in self.trades)
        names = max((size for size in sizes if size <= _WIDEST), default=0)
        most = max((abs(trade.amount) for trade in self.trades), default=Fraction(0))
        size = len(self._size(most)) + len(say("sell {amount}", amount=""))
        self._widths = max(names, len(say("trade"))), size, max(size, len(say("would pass")))

    def counted(self, short: Short) -> Short:
        """The same, counted."""
        self.counts["trades"] += 1
        self.counts["breached" if short.breached else "undecided" if short.undecided else "neither"] += 1
        return short

    def line(self, short: Short) -> Iterator[str]:
        """The lines about a trade, if there are any."""
        self.counted(short)
        if not short.breached and not short.undecided:
            return
        say, trade = self.wording.say, short.trade
        if not self._begun:
            self._begun = True
            yield from self._row(
                say("trade"), say("amount"), say("would pass"), say("what would fail, or not be known")
            )
        told = "buy {amount}" if trade.amount > 0 else "sell {amount}"
        largest, limit = short.largest
        yield from self._row(
            called(trade, say),
            say(told, amount=self._size(abs(trade.amount))),
            self._passes(largest),
            self._fails(short, limit),
        )

    def end(self) -> list[str]:
        """The line that counts them."""
        say, counts = self.wording.say, self.counts
        told = say(
            "{trades} trades, each by itself: {breached} would make something fail, {undecided} would leave something "
            "undetermined, {neither} would do neither", **{name: str(count) for name, count in counts.items()}
        )  # fmt: skip
        return [*([""] if self._begun else []), *paragraph(told, 0, 2)]

    def _row(self, name: str, amount: str, largest: str, fails: str) -> Iterator[str]:
        first, second, third = self._widths
        line = f"{name.ljust(first)}{GAP}{amount.rjust(second)}{GAP}{largest.rjust(third)}{GAP}"
        room = WIDTH - len(line)
        if room < _LEAST:
            yield line.rstrip()
            line, room = "    ", WIDTH - 4
        for at, part in enumerate(wrap(fails, room, break_on_hyphens=False)):
            yield (" " * len(line) if at else line) + part

    def _fails(self, short: Short, limit: Named | None) -> str:
        """What fails, the limit first that stops the trade first; then what is not known."""
        say, failing = self.wording.say, [self._named(each) for each in short.breached]
        first = None if limit is None else self._named(limit)
        if first in failing:
            failing = [first, *(each for each in failing if each != first)]
        parts = failing + [say("{limit}: not known", limit=self._named(each)) for each in short.undecided]
        if first is not None and first not in failing:
            parts.append(say("stopped first by {limit}", limit=first))
        return "; ".join(parts)

    def _named(self, named: Named) -> str:
        say = self.wording.say
        group = ", ".join(f"{column} {say('not known') if text is None else text}" for column, text in named.group)
        return f"{named.id}{say(' for {group}', group=group) if group else ''}"

    def _passes(self, largest: Largest) -> str:
        say = self.wording.say
        least = None if largest.least is None else self._size(largest.least)
        if largest.kind == "amount" and largest.amount is not None:
            most = self._size(largest.amount)
            return most if least is None else say("{least} to {amount}", least=least, amount=most)
        if largest.kind == "unlimited":
            return say("any amount") if least is None else say("from {least} on", least=least)
        return say("nothing") if largest.kind == "none" else say("not known")

    def _size(self, amount: Fraction) -> str:
        return alone(amount, self.type, self.wording)
