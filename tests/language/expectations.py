"""Reading what a page expects: lines of a `verdicts` block, and figures in their words."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from .pages import Block

OUTCOMES = ("pass", "warning", "deviation", "breach", "waived", "undetermined", "not applicable")
VERDICT = re.compile(
    r"^(?P<id>`[^`]+`|[^\s\[:=]+(?:\[[^\]]*\])?)"
    rf"(?: +for (?P<group>.*?))?: +(?P<outcome>{'|'.join(OUTCOMES)})(?: +(?P<figure>(?:at|between) .*))?$"
)
QUANTITY = re.compile(r"^(?P<name>`[^`]+`|[\w-]+) (?:= (?P<exact>.*)|is (?P<figure>(?:at|between) .*))$")
GROUP = re.compile(r'(?P<column>[\w. ]+?) (?:(?P<unknown>unknown)|= (?P<value>"[^"]*"|[^,"]+))(?:, |$)')
NUMBER = re.compile(r"^(?P<number>-?\d[\d ]*(?:\.\d+)?)(?:/(?P<by>\d+))?\s*(?P<unit>\S.*)?$")
FACETS = (
    "rows", "exempt", "outside", "unsettled", "columns", "missing", "headroom", "utilisation", "norm", "says",
)  # fmt: skip

MULTIPLES = {"k": 1_000, "K": 1_000, "M": 1_000_000, "bn": 1_000_000_000}
UNITS = {
    None: (1, "number"), "%": (Fraction(1, 100), "share"), "points": (Fraction(1, 100), "share"),
    "y": (12, "months"), "years": (12, "months"), "months": (1, "months"), "days": (1, "days"), "weeks": (7, "days"),
}  # fmt: skip


class ExpectationError(Exception):
    """A line that can't be read."""


@frozen
class Value:
    """An exact number and its unit, or the name of a grade."""

    number: Fraction | None
    unit: str
    words: str


@frozen
class Figure:
    """The ends of a figure, both included (None is no end); or why there is none."""

    low: Value | None = None
    high: Value | None = None
    undefined: str | None = None


@frozen
class Expected:
    """A line: of a rule (with `outcome`) or of a quantity. `group` is None where the line names none."""

    line: int
    text: str
    id: str
    outcome: str | None
    figure: Figure | None
    group: tuple[tuple[str, str | None], ...] | None = None
    facets: tuple[tuple[str, str, int], ...] = ()


def verdict_lines(block: Block) -> tuple[list[Expected], bool]:
    """The lines of a `verdicts` block, and whether there may be more verdicts than these."""
    found: list[Expected] = []
    for number, line in enumerate(block.lines, block.start):
        if not line.strip():
            continue
        if line.strip() == "...":
            return found, True
        if line[:1].isspace():
            found[-1] = _with_facet(found[-1], line.strip(), number)
        else:
            found.append(_line(line.strip(), number))
    return found, False


def _line(text: str, number: int) -> Expected:
    if match := VERDICT.match(text):
        group = None if match["group"] is None else _group(match["group"])
        figure = None if match["figure"] is None else figure_of(match["figure"])
        return Expected(number, text, match["id"].strip("`"), match["outcome"], figure, group)
    if match := QUANTITY.match(text):
        figure = figure_of(f"at {match['exact']}" if match["exact"] else match["figure"])
        return Expected(number, text, match["name"].strip("`"), None, figure)
    raise ExpectationError(f"line {number} is no verdict: {text}")


def _with_facet(expected: Expected, text: str, number: int) -> Expected:
    name, colon, rest = text.partition(":")
    if not colon or name not in FACETS:
        raise ExpectationError(f"line {number} says nothing that a verdict has: {text}")
    facets = (*expected.facets, (name, rest.strip(), number))
    return Expected(
        expected.line, expected.text, expected.id, expected.outcome, expected.figure, expected.group, facets
    )


def _group(text: str) -> tuple[tuple[str, str | None], ...]:
    found = list(GROUP.finditer(text))
    if "".join(match[0] for match in found) != text:
        raise ExpectationError(f"`{text}` names no group")
    return tuple((one["column"], None if one["unknown"] else one["value"].strip().strip('"')) for one in found)


def figure_of(text: str) -> Figure:
    """A figure in words: `at 20%`, `between 10% and 30%`, `at least 5`, `at nothing`."""
    match text.split():
        case ("at", "anything"):
            return Figure()
        case ("at", "nothing" | "unknown" as why):
            return Figure(undefined=why)
        case ("at", "no", "base"):
            return Figure(undefined="base")
        case ("at", "least", *_):
            return Figure(low=value_of(text.removeprefix("at least ")))
        case ("at", "most", *_):
            return Figure(high=value_of(text.removeprefix("at most ")))
        case ("at", *_):
            value = value_of(text.removeprefix("at "))
            return Figure(value, value)
        case ("between", *_):
            low, _, high = text.removeprefix("between ").partition(" and ")
            return Figure(value_of(low), value_of(high))
    raise ExpectationError(f"`{text}` is no figure")


def value_of(text: str) -> Value:
    """A number with its unit, a date, or a grade."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Value(Fraction(date.fromisoformat(text).toordinal()), "date", text)
    match = NUMBER.match(text)
    if match is None:
        return Value(None, "grade", text)
    number = Fraction(match["number"].replace(" ", "")) / int(match["by"] or 1)
    unit = match["unit"]
    if unit in UNITS:
        factor, name = UNITS[unit]
        return Value(number * factor, name, text)
    prefix, currency = unit[:-3], unit[-3:]
    if not currency.isupper() or prefix not in ("", *MULTIPLES):
        raise ExpectationError(f"`{text}` has no unit of this language")
    return Value(number * MULTIPLES.get(prefix, 1), currency, text)


def names(text: str) -> list[str]:
    """A list of names; `none` is none of them."""
    return [] if text == "none" else [name.strip() for name in text.split(",")]


def blanks(words: str) -> str:
    """Words with blanks that break, as a page writes them."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def plain(words: str) -> str:
    """An id or a value without blanks and case, as references are compared."""
    return "".join(words.split()).casefold()


def grouped(group: Sequence[tuple[str, str | None]]) -> dict[str, str | None]:
    """A group for comparing."""
    return {column: None if value is None else value.strip().casefold() for column, value in group}
