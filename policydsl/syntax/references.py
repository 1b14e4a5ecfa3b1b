"""References to cells: what stands in their brackets is read as headings and cells are, and so names the same cell."""

import re
from typing import Any

import attrs

from policydsl.source import Span
from policydsl.syntax import ast
from policydsl.syntax.build.headings import OtherwiseCell
from policydsl.syntax.languages import DEFAULT
from policydsl.syntax.naming import heading_name, row_name, single_blanks
from policydsl.syntax.pieces import parse_piece
from policydsl.syntax.words import words_of
from policydsl.syntax.wrong import Wrong

_PART = re.compile(r'(?:"[^"\n]*"|[“”„][^“”„\n]*[“”]|`[^`\n]*`|\([^()]*\)|,(?=\S)|[^,])+')


def with_references(node: Any, language: str, to: str = DEFAULT) -> Any:
    """A tree, its references to cells as these are called in another language."""
    if isinstance(node, ast.Reference):
        return node if node.cell is None else attrs.evolve(node, cell=reference_name(node.cell, language, to))
    if type(node) is tuple:
        return tuple(with_references(part, language, to) for part in node)
    fields = [field.name for field in getattr(type(node), "__attrs_attrs__", ()) if field.name != "span"]
    inner = {name: getattr(node, name) for name in fields}
    changed = {name: with_references(part, language, to) for name, part in inner.items()}
    if all(changed[name] is inner[name] for name in fields):
        return node
    made = attrs.evolve(node, **changed)
    match made:
        case ast.Head():
            return attrs.evolve(made, text=heading_name(made, to))
        case ast.Cell(text=str(text)) if text:
            return attrs.evolve(made, text=row_name(made, to))
    return made


def reference_name(text: str, language: str, to: str = DEFAULT) -> str:
    """What stands between the brackets of a reference, as the cell is called in another language."""
    return ", ".join(_part(part.strip(), language, to) for part in _PART.findall(single_blanks(text)))


def _part(text: str, language: str, to: str) -> str:
    """One part of a name: a heading, a cell, or what is neither, which then names no cell."""
    for start in ("heading", "cell"):
        try:
            made = parse_piece(Span("a reference", 0, len(text)), text, start, language)
        except Wrong:
            continue
        match made:
            case ast.Head():
                return heading_name(made, to)
            case ast.Cell():
                return row_name(made, to)
            case OtherwiseCell():
                return words_of(to).written("OTHERWISE")
    return text
