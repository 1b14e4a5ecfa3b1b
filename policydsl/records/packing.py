"""Sheets, supplied values and messages as JSON texts that hold them exactly, and back.

A cell that JSON has no word for is an object with one name: `{"decimal": "1.50"}`. No number is ever a float.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from policydsl.data.parameters import Supplied
from policydsl.diagnostics import DataPlace, Diagnostic, Label, Severity
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.sheet import Cell, InUnit, Percent, Sheet, Wrong
from policydsl.model.expressions import Constant
from policydsl.source import Span


def packed(value: object) -> str:
    """A value made of JSON's own kinds as a text: the same text for the same value, in ASCII."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def unpacked(text: str) -> Any:
    """What was packed; ValueError for a text that is no JSON, or is nested beyond all measure."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def sheet_text(sheet: Sheet) -> str:
    """A sheet with every cell as it was read."""
    return packed(
        {
            "path": sheet.path,
            "sheet": sheet.sheet,
            "kind": sheet.kind,
            "delimiter": sheet.delimiter,
            "headings": sheet.headings,
            "columns": sheet.columns,
            "rows": sheet.rows,
            "cells": [[_cell(cell) for cell in column] for column in sheet.cells],
        }
    )


def sheet_of(found: Mapping[str, Any]) -> Sheet:
    """The sheet of an unpacked text."""
    return Sheet(
        found["path"],
        found["sheet"],
        tuple(found["headings"]),
        tuple(tuple(_cell_of(cell) for cell in column) for column in found["cells"]),
        tuple(found["rows"]),
        found["kind"],
        tuple(found["columns"]),
        found["delimiter"],
    )


def _cell(cell: Cell) -> object:
    match cell:
        case None | bool() | str():
            return cell
        case int():
            return int(cell)
        case Decimal():
            return {"decimal": str(cell)}
        case Fraction():
            return {"fraction": str(cell)}
        case date():
            return {"date": cell.isoformat()}
        case Percent(value=value):
            return {"percent": str(value)}
        case InUnit(value=value, unit=unit):
            return {"amount": _cell(value), "unit": unit}
        case Wrong(code=code, blanks=blanks, hints=hints):
            return {"wrong": code, "blanks": blanks, "hints": hints}


def _cell_of(found: Any) -> Cell:
    if not isinstance(found, dict):
        cell: Cell = found
        return cell
    match found:
        case {"decimal": text}:
            return Decimal(text)
        case {"fraction": text}:
            return Fraction(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"percent": text}:
            return Percent(Decimal(text))
        case {"amount": amount, "unit": unit}:
            value = _cell_of(amount)
            assert isinstance(value, int | Decimal)
            return InUnit(value, unit)
    return Wrong(found["wrong"], _pairs(found["blanks"]), tuple(found["hints"]))


def _pairs(found: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in found)


# --- values that the run supplies -------------------------------------------------------------------------------------


def supplied_body(supplied: Mapping[str, Supplied]) -> dict[str, object]:
    """Supplied values; of a float its shortest decimal, which is what a float means."""
    return {name: _supplied(value) for name, value in supplied.items()}


def _supplied(value: Supplied) -> object:
    match value:
        case str():
            return str(value)
        case list() | tuple():
            return {"several": [str(each) for each in value]}
        case Constant():
            raise TypeError("a value that a rulebook has read can't be recorded: give it as rule text")
    return _cell(frame_cell(value))


def supplied_of(found: Mapping[str, Any]) -> dict[str, Supplied]:
    """The values of a body."""
    return {name: _supplied_of(value) for name, value in found.items()}


def _supplied_of(found: Any) -> Supplied:
    if isinstance(found, dict) and "several" in found:
        return [str(each) for each in found["several"]]
    value: Supplied = _cell_of(found)  # type: ignore[assignment]  # no other cell was packed
    return value


# --- messages ---------------------------------------------------------------------------------------------------------


def message_body(one: Diagnostic) -> dict[str, object]:
    """A message with its place."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "where": _where(one.where),
        "labels": [[_where(label.span), label.text] for label in one.labels],
        "hints": one.hints,
        "blanks": one.blanks,
    }


def _where(where: Span | DataPlace | None) -> object:
    match where:
        case Span(path=path, start=start, end=end):
            return [path, start, end]
        case DataPlace(path=path, sheet=sheet, row=row, column=column):
            return {"path": path, "sheet": sheet, "row": row, "column": column}
    return None


def message_of(found: Mapping[str, Any]) -> Diagnostic:
    """The message of a body."""
    return Diagnostic(
        found["code"],
        Severity(found["severity"]),
        found["message"],
        _where_of(found["where"]),
        tuple(Label(Span(*span), text) for span, text in found["labels"]),
        tuple(found["hints"]),
        _pairs(found["blanks"]),
    )


def _where_of(found: Any) -> Span | DataPlace | None:
    if isinstance(found, dict):
        return DataPlace(**found)
    return None if found is None else Span(*found)
