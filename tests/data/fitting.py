"""Small rulebooks, and tables written as csv texts, for the tests of this folder."""

from datetime import date
from functools import cache
from typing import Any

from policydsl.data.from_sheets import Fitted, fit
from policydsl.data.parameters import parameter_values
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.csv_file import read_csv
from policydsl.inputs.sheet import Sheet
from policydsl.model.check import check
from policydsl.model.rulebook import Rulebook
from policydsl.source import Source
from policydsl.syntax import parse

HEADER = 'rulebook "Example"\n  currency SEK\n'
BASE = "  base portfolio\ndefine portfolio = sum amount of holdings\n"
SCALE = "scale grade, best first: AAA = Aaa, AA, A; unrated: NR\n"
DATED = "table holdings, each holding\n  dated by day\n  name text, key\n  amount money in SEK\n"


@cache
def rulebook(text: str) -> Rulebook:
    """The rulebook in a text that may leave out its header and the scale `grade`."""
    source = Source("example.policy", f"{HEADER}{text}{SCALE if 'grade' in text else ''}")
    file, told = parse(source)
    found, wrong = check([(source, file)])
    assert found is not None, [one.message for one in (*told, *wrong)]
    return found


def sheet(name: str, text: str) -> Sheet:
    """A csv file called after its table."""
    found, told = read_csv(text.encode(), f"{name}.csv")
    assert found is not None and told == (), told
    return found


def fitted(text: str, as_of: date | None = None, example: bool = False, **tables: str) -> Fitted:
    """The tables of a rulebook with rows from csv texts."""
    return fit(rulebook(text), {name: sheet(name, rows) for name, rows in tables.items()}, as_of, example)


def values(text: str, column: str, *cells: str) -> tuple[Any, ...]:
    """The values of cells of a column that is declared as in `text`; nothing may be said about them."""
    rows = "".join(f'"{cell}";\n' for cell in cells)
    found = fitted(f"table t, each row\n  {column} {text}\n  note text, blank means none\n", t=f"{column};note\n{rows}")
    assert found.diagnostics == (), [one.message for one in found.diagnostics]
    return found.tables["t"].columns[column]


def supplied(declared: str, value: object) -> tuple[Any, list[str]]:
    """The value that a parameter `p` has, declared like this and supplied like that, and the messages about it."""
    book = rulebook(f"parameter p: supplied by the run, {declared}\n")
    found, told = parameter_values(book, {"p": value})  # type: ignore[dict-item]
    return found["p"], said(told)


def said(told: tuple[Diagnostic, ...]) -> list[str]:
    """What is said: place, code and sentence."""
    return [f"{one.where or 'the run'}: {one.code} {one.message}" for one in told]


def codes(found: Fitted) -> list[str]:
    """The codes of all that is said."""
    return [one.code for one in found.diagnostics]
