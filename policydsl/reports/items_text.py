"""What became of a register's requirements: for a terminal, and as a table for a page."""

from collections import Counter
from collections.abc import Iterator, Sequence

from policydsl._frozen import frozen
from policydsl.catalogue.languages import ENGLISH, sentence
from policydsl.reports.layout import columns

_STATES = {
    "executed": "{count} executed", "attested": "{count} attested", "not checkable": "{count} not checkable",
    "missing": "{count} missing",
}  # fmt: skip


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


def items_text(lines: Sequence[ItemLine], language: str = ENGLISH) -> str:
    """A line for each requirement that is missing or whose answer no test has seen to fail, and how many there are."""
    told = [line for line in lines if line.state == "missing" or line.unproved]
    rows = [(line.id, sentence(language, line.state), _told(line, language)) for line in told]
    return "\n".join([*columns(rows), *([""] if rows else []), _summary(lines, language)]) + "\n"


def _told(line: ItemLine, language: str) -> str:
    if line.state == "missing":
        return sentence(language, "no `item` clause names it")
    return sentence(language, "{answer}: no test has seen it fail", answer=line.by)


def items_markdown(lines: Sequence[ItemLine], language: str = ENGLISH) -> str:
    """Every requirement as a row of a table, and how many there are of each kind."""
    rows = (f"| {line.id} | {_state(line, language)} | {_escaped(line.by)} |" for line in lines)
    heads = sentence(language, "| item | state | by what, or why |")
    return "\n".join([_summary(lines, language), "", heads, "|---|---|---|", *rows]) + "\n"


def _state(line: ItemLine, language: str) -> str:
    return sentence(language, "executed, unproved" if line.unproved else line.state)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _summary(lines: Sequence[ItemLine], language: str) -> str:
    counted = Counter(line.state for line in lines)
    unproved = sum(line.unproved for line in lines)
    counts = ", ".join(_counts(counted, language))
    open_ones = "; of {count} executed no test has seen the answer fail" if unproved else ""
    return sentence(language, "{count} items: {counts}", count=len(lines), counts=counts) + (
        sentence(language, open_ones, count=unproved) if unproved else ""
    )


def _counts(counted: Counter[str], language: str) -> Iterator[str]:
    return (sentence(language, told, count=counted[state]) for state, told in _STATES.items() if counted[state])
