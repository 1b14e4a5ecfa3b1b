"""The styles of an OpenDocument workbook, as far as they say what its cells show beside their numbers."""

from collections.abc import Callable
from io import BytesIO
from xml.etree.ElementTree import Element, iterparse

from policydsl.inputs.ods_cells import TABLE, TEXT
from policydsl.inputs.raised import lowered, raised

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
STYLE = f"{{{_NAMES}:style:1.0}}"
NUMBER = f"{{{_NAMES}:datastyle:1.0}}"
_SHOWN = {f"{NUMBER}{kind}-style" for kind in ("number", "currency", "percentage")}


class Styles:
    """Styles by name: of cells, of numbers, of hidden sheets and of raised and lowered texts."""

    def __init__(self) -> None:
        self.hidden_tables: set[str] = set()
        self._raising: dict[str, Callable[[str], str]] = {}
        self._formats: dict[str, str] = {}
        self._cells: dict[str, tuple[str, str]] = {}

    def learn(self, part: bytes) -> None:
        """Takes in the styles of a part of the workbook."""
        if not part:
            return
        for _, element in iterparse(BytesIO(part)):
            name = element.get(f"{STYLE}name", "")
            if element.tag in _SHOWN:
                self._formats[name] = _format(element)
            elif element.tag == f"{STYLE}style":
                parent = element.get(f"{STYLE}parent-style-name", "")
                self._cells[name] = (element.get(f"{STYLE}data-style-name", ""), parent)
                if any(part.get(f"{TABLE}display") == "false" for part in element):
                    self.hidden_tables.add(name)
                for part_of_style in element:
                    self._learn_position(name, part_of_style.get(f"{STYLE}text-position", ""))
            elif element.tag == f"{TABLE}table":
                element.clear()

    def _learn_position(self, name: str, position: str) -> None:
        """Takes in where a text stands: `super 58%`, or in per cent of its height above or below the line."""
        height = position.split(" ")[0]
        if height == "sub" or height.startswith("-"):
            self._raising[name] = lowered
        elif height and height.rstrip("%").strip("0"):
            self._raising[name] = raised

    def mark_raised(self, row: Element) -> None:
        """Writes the signs of a row that are formatted as raised or lowered in signs that are so themselves."""
        for span in row.iter(f"{TEXT}span") if self._raising else ():
            written = self._raising.get(span.get(f"{TEXT}style-name", ""))
            if written is not None and span.text:
                span.text = written(span.text)

    def format_of(self, style: str) -> str:
        """What a style of cells shows, as an .xlsx workbook writes it; "" where it says nothing."""
        for _ in range(10):  # a style may follow another, and a damaged file itself
            data, style = self._cells.get(style, ("", ""))
            if data:
                return self._formats.get(data, "")
        return ""


def _format(element: Element) -> str:
    parts = []
    for part in element:
        if part.tag == f"{NUMBER}number":
            scaled = part.get(f"{NUMBER}display-factor", "1") != "1"
            parts.append("0," if scaled else "0")
        elif part.tag in (f"{NUMBER}text", f"{NUMBER}currency-symbol"):
            text = (part.text or "").replace('"', "")
            parts.append("%" if text.strip() == "%" else f'"{text}"')
    return "".join(parts)
