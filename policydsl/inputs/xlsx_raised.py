"""Texts of a workbook of which a part is formatted as raised or lowered, as the marks of footnotes are."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl.cell.text import Text
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from policydsl.inputs.raised import lowered, raised

NAME = f"{{{SHEET_MAIN_NS}}}"
_WRITTEN = {"superscript": raised, "subscript": lowered}
_AT_ONCE = 1 << 20


def text_of(node: Any) -> str:
    """The text of an element that holds runs; raised and lowered ones are written in signs that are so themselves."""
    for run in node.findall(f"{NAME}r"):
        aligned, text = run.find(f"{NAME}rPr/{NAME}vertAlign"), run.find(f"{NAME}t")
        written = None if aligned is None else _WRITTEN.get(aligned.get("val"))
        if written is not None and text is not None and text.text:
            text.text = written(text.text)
    return str(Text.from_tree(node).content)


def raised_in_cells(data: bytes, part: str) -> dict[tuple[int, int], str]:
    """The texts with raised or lowered signs that stand in the cells of a sheet themselves, and not among the texts
    that cells point to, by row and by column from 0."""
    found: dict[tuple[int, int], str] = {}
    with ZipFile(BytesIO(data)) as archive:
        if part not in archive.namelist() or not _has_raised(archive, part):
            return found
        with archive.open(part) as stream:
            for _, node in iterparse(stream):
                if node.tag == f"{NAME}c":
                    inside = node.find(f"{NAME}is")
                    if inside is not None and node.get("r") and inside.find(f".//{NAME}vertAlign") is not None:
                        row, column = coordinate_to_tuple(node.get("r"))
                        found[row, column - 1] = text_of(inside)
                    node.clear()
    return found


def _has_raised(archive: ZipFile, part: str) -> bool:
    with archive.open(part) as stream:
        rest = b""
        while chunk := stream.read(_AT_ONCE):
            if b"vertAlign" in rest + chunk:
                return True
            rest = chunk[-10:]
    return False
