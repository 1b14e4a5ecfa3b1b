"""What would settle a verdict that could not be reached, in words."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from policydsl.model.made import EXISTS

if TYPE_CHECKING:
    from policydsl.verdicts.figure_line import FigureLine
    from policydsl.verdicts.verdict import Verdict

MOST_NAMED = 5
_NUMBERED = re.compile(r"(|.*\()row (\d+)(\)?)", re.DOTALL)
"""A name that `data.naming` made of a number."""


class Say(Protocol):
    """What tells a sentence in some language."""

    def __call__(self, english: str, **blanks: object) -> str:
        """The sentence, its blanks filled in."""


def in_english(english: str, **blanks: object) -> str:
    """The sentence as it is."""
    return english.format(**blanks)


def settling(of: "Verdict | FigureLine", most: int = MOST_NAMED) -> str:
    """What would settle it: ``the value of `liabilities_value`; `duration` of A, B and 2 more``; empty if not known."""
    say = of.wording.say
    values = [name for name in of.missing if name != "as_of"]
    takes = [say("the day that is judged (`--as-of`)")] if "as_of" in of.missing else []
    takes += [say("the value of {names}", names=ticked(values, say))] if values else []
    unsettled = of.behind().unsettled
    takes += [
        say("{columns} of {rows}", columns=columns_of(columns, say), rows=listing(names, most, say))
        for columns, names in unsettled.blank.items()
    ]
    takes += [further(unsettled.more, say)] if unsettled.more else []
    return "; ".join(takes)


def further(count: int, say: Say) -> str:
    """Rows that would settle something and are not fetched."""
    return say("further rows: at least {count}", count=count)


def columns_of(names: Sequence[str], say: Say) -> str:
    """Columns of a row; whether the row of a worked-out table is there at all is no column that an author knows."""
    there = [say("the existence")] if EXISTS in names else []
    return joined([*(f"`{name}`" for name in names if name != EXISTS), *there], say)


def ticked(names: Sequence[str], say: Say = in_english) -> str:
    """Names of the rulebook as messages show them: `` `a`, `b` and `c` ``."""
    return joined([f"`{name}`" for name in names], say)


def joined(parts: Sequence[str], say: Say = in_english) -> str:
    """Parts of a sentence: `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return say("{most} and {last}", most=", ".join(parts[:-1]), last=parts[-1])


def row_called(name: str, say: Say) -> str:
    """A row by its name; one that has none, or a second one of a name, by its number in the language of the reader."""
    if "row " not in name:
        return name
    found = _NUMBERED.fullmatch(name)
    return name if found is None else f"{found[1]}{say('row {row}', row=found[2])}{found[3]}"


def listing(names: Sequence[str], most: int = MOST_NAMED, say: Say = in_english, count: int | None = None) -> str:
    """Names, the first ones of many: `a, b and 12 more`; `count` is how many there are, if not all are here."""
    first, every = [row_called(name, say) for name in names[:most]], max(len(names), count or 0)
    if every == len(first):
        return joined(first, say)
    return say("{names} and {count} more", names=", ".join(first), count=every - len(first))
