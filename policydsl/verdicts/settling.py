"""What would settle a verdict that could not be reached, in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policydsl.verdicts.figure_line import FigureLine
    from policydsl.verdicts.verdict import Verdict

MOST_NAMED = 5


def settling(of: "Verdict | FigureLine", most: int = MOST_NAMED) -> str:
    """What would settle it: ``the value of `liabilities_value`; `duration` of A, B and 2 more``; empty if not known."""
    takes = [f"the value of {ticked(of.missing)}"] if of.missing else []
    takes += [f"{ticked(columns)} of {listing(names, most)}" for columns, names in of.behind().unsettled.blank.items()]
    return "; ".join(takes)


def ticked(names: Sequence[str]) -> str:
    """Names of the rulebook as messages show them: `` `a`, `b` and `c` ``."""
    return joined([f"`{name}`" for name in names])


def joined(parts: Sequence[str]) -> str:
    """Parts of a sentence: `a, b and c`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def listing(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Names, the first ones of many: `a, b and 12 more`."""
    return joined(names) if len(names) <= most else f"{', '.join(names[:most])} and {len(names) - most} more"
