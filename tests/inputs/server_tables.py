"""What the tests of servers ask of tables that addresses name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from policydsl.diagnostics import Diagnostic
from policydsl.inputs.databases import opening, rows
from policydsl.inputs.databases.handed import read_handed
from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import Cell

from .sheets import codes

Cells = Mapping[str, Sequence[Cell]]


def cells(address: str) -> Cells:
    """The cells of the one table of an address, by heading; nothing is wrong with it."""
    tables, _, told = find_tables([address])
    assert codes([one for one in told if one.is_error]) == []
    (sheet,) = tables.values()
    return dict(zip(sheet.headings, sheet.cells, strict=True))


def refusal(address: str, code: str, said: str) -> Diagnostic:
    """The one thing that is told of an address which gives no table."""
    tables, _, told = find_tables([address])
    assert (tables, codes(told)) == ({}, [code])
    assert said in told[0].message + "".join(told[0].hints)
    return told[0]


@contextmanager
def patience_of_a_second(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is waited for longer than a second."""
    with monkeypatch.context() as patch:
        patch.setattr(opening, "PATIENCE", 1)
        yield


def one_state(
    address: str, engine: Engine, write: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> Sequence[Diagnostic]:
    """All tables of a run are of one state, although somebody writes after each table that is read; what is told."""
    read = rows.rows_of

    def then_write(*arguments: Any) -> Any:
        found = read(*arguments)
        write()
        return found

    monkeypatch.setattr(rows, "rows_of", then_write)
    tables, _, told = find_tables([f"{address}#holdings", f"{address}#again=holdings"])
    assert tables["holdings"].cells == tables["again"].cells
    handed, _ = read_handed({"a": (engine, "holdings"), "b": (engine, "holdings")})
    assert handed[0][1].cells == handed[1][1].cells != tables["again"].cells
    return told


def is_read_in_pieces(address: str, query: str) -> Cells:
    """A query of 100,000 rows, `n` from 1 and the same as a text `t`."""
    found = cells(f"{address}#x={query}")
    assert found["n"][-1] == 100_000 and found["t"][-1] == "100000"
    return found
