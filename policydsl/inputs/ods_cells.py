"""What a cell of an OpenDocument workbook holds."""

import re
from datetime import date, datetime
from decimal import Decimal
from xml.etree.ElementTree import Element

from policydsl.inputs.sheet import Cell, InUnit, Percent, Wrong, shown
from policydsl.inputs.xlsx_cells import day, exact, number_cell

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
TABLE = f"{{{_NAMES}:table:1.0}}"
OFFICE = f"{{{_NAMES}:office:1.0}}"
TEXT = f"{{{_NAMES}:text:1.0}}"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_ERROR_WORD = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d+|Fel:\d+|Fejl:\d+")
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def ods_cell(element: Element, number_format: str, address: str) -> Cell:
    """The value of a cell: `number_format` is what its style shows, as an .xlsx workbook writes it."""
    kind = element.get(f"{OFFICE}value-type")
    is_formula = element.get(f"{TABLE}formula") is not None
    if element.get(_ERROR) == "error" or (is_formula and _ERROR_WORD.fullmatch(_text(element))):
        return Wrong("PD316", (("cell", shown(_text(element))), ("address", address)))
    if kind is None:
        if is_formula:
            return Wrong("PD318", (("address", address),))
        text = _text(element)
        return text if text and not text.isspace() else None
    if kind in ("float", "percentage", "currency"):
        return _number(element, kind, number_format)
    if kind == "date":
        return _day(element.get(f"{OFFICE}date-value", ""))
    if kind == "boolean":
        return element.get(f"{OFFICE}boolean-value") == "true"
    if kind == "string":
        text = element.get(f"{OFFICE}string-value", "") or _text(element)
        return text if text and not text.isspace() else None
    return Wrong("PD333", (("cell", shown(_text(element))),))


def _number(element: Element, kind: str, number_format: str) -> Cell:
    given = element.get(f"{OFFICE}value", "")
    whole = re.fullmatch(r"[-+]?\d{1,40}", given)
    number = int(given) if whole else exact(float(given))
    if number is not None and kind == "percentage":
        return Percent(Decimal(number))
    currency = element.get(f"{OFFICE}currency")
    if number is not None and kind == "currency" and currency:
        return InUnit(number, currency)
    return number_cell(number, number_format, given)


def _day(given: str) -> Cell:
    try:
        return day(datetime.fromisoformat(given) if "T" in given else date.fromisoformat(given))
    except ValueError:
        return Wrong("PD333", (("cell", shown(given)),))


def _text(element: Element) -> str:
    """The text of a cell, its paragraphs parted by line ends; notes beside the cell are left out."""
    return "\n".join(_spoken(part) for part in element if part.tag == f"{TEXT}p")


def _spoken(element: Element) -> str:
    words = [element.text or ""]
    for part in element:
        if part.tag == f"{TEXT}s":
            words.append(" " * min(int(part.get(f"{TEXT}c", "1")), 1000))
        elif part.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            words.append(" ")
        elif part.tag != f"{OFFICE}annotation":
            words.append(_spoken(part))
        words.append(part.tail or "")
    return "".join(words)
