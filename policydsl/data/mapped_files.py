"""Sheets as a mapping file puts them into the words of rulebooks."""

from collections.abc import Sequence
from pathlib import Path

from policydsl.catalogue import say
from policydsl.data.mapping import mapped
from policydsl.data.mapping_file import read_mapping
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.places import path_name, reason
from policydsl.inputs.sheet import Sheet
from policydsl.model.rulebook import Rulebook


def in_words_of(
    books: Sequence[Rulebook], sheets: dict[str, Sheet], path: Path
) -> tuple[dict[str, Sheet], list[Diagnostic]]:
    """The sheets as the file says, or as they are with what is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as wrong:
        return sheets, [say("PD304", DataPlace(path_name(path)), why=reason(wrong))]
    mapping, told = read_mapping(data, path_name(path), books)
    return (sheets, told) if told else mapped(sheets, mapping, books)
