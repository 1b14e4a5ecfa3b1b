"""What became of a register's requirements: for a terminal, and as a table for a page."""

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from policydsl.reports.layout import columns

_STATES = ("executed", "attested", "not checkable", "missing")


@frozen
class ItemLine:
    """A requirement, what became of it, by what, and whether a test has seen that fail."""

    id: str
    state: str
    by: str
    """The declarations that answer it, or the reason why none can; empty where nothing names it."""
    proved: bool

    @property
    def unproved(self) -> bool:
        """Whether it is said to be executed, and no test has shown that it can fail."""
        return self.state == "executed" and not self.proved


def items_text(lines: Sequence[ItemLine]) -> str:
    """A line for each requirement that is missing or whose answer no test has seen to fail, and how many there are."""
    rows = [(line.id, line.state, _told(line)) for line in lines if line.state == "missing" or line.unproved]
    return "\n".join([*columns(rows), *([""] if rows else []), _summary(lines)]) + "\n"


def _told(line: ItemLine) -> str:
    return "no `item` clause names it" if line.state == "missing" else f"{line.by}: no test has seen it fail"


def items_markdown(lines: Sequence[ItemLine]) -> str:
    """Every requirement as a row of a table, and how many there are of each kind."""
    rows = (f"| {line.id} | {_state(line)} | {_escaped(line.by)} |" for line in lines)
    return "\n".join([_summary(lines), "", "| item | state | by what, or why |", "|---|---|---|", *rows]) + "\n"


def _state(line: ItemLine) -> str:
    return "executed, unproved" if line.unproved else line.state


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _summary(lines: Sequence[ItemLine]) -> str:
    counted = Counter(line.state for line in lines)
    unproved = sum(line.unproved for line in lines)
    return f"{len(lines)} items: {', '.join(_counts(counted))}" + (
        f"; of {unproved} executed no test has seen the answer fail" if unproved else ""
    )


def _counts(counted: Counter[str]) -> Iterator[str]:
    return (f"{counted[state]} {state}" for state in _STATES if counted[state])
