"""Files and folders as tables: which table each file or sheet holds, and the values that the run supplies."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from policydsl._progress import reading
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.arrow_file import ENDINGS as ARROW_ENDINGS
from policydsl.inputs.arrow_file import read_arrow_file
from policydsl.inputs.csv_file import read_csv
from policydsl.inputs.databases.address import is_address
from policydsl.inputs.example_rows import is_about, left_examples
from policydsl.inputs.forms import in_its_form
from policydsl.inputs.named_files import sheet_of
from policydsl.inputs.parameters import read_parameter_lines, sheet_parameters
from policydsl.inputs.places import PARAMETERS, Found, find_files, path_name, reason
from policydsl.inputs.sheet import Sheet

LARGEST_FILE = 1_500_000_000


_Read = tuple[Sequence[tuple[str, Sheet]], dict[str, str], Sequence[Diagnostic]]


def find_tables(given: Sequence[str | Path]) -> tuple[dict[str, Sheet], dict[str, str], list[Diagnostic]]:
    """The tables by name, the texts of supplied values by name, and what is to be told about where they come from.

    A file is named after its table (`holdings.csv`), or the table is said before it (`holdings=bank.csv`); of a
    workbook with several filled sheets each names its own. A text may also be the address of tables in a database.
    """
    files, told = find_files([each for each in given if not is_address(each)])
    tables: dict[str, Sheet] = {}
    values: dict[str, str] = {}
    held: dict[str, str] = {}
    filled: list[Sheet] = []
    for file, (sheets, lines, faults) in _each(files, [str(each) for each in given if is_address(each)]):
        told += faults
        values |= lines
        if file is not None and file.is_lines:
            told += _held(held, PARAMETERS, DataPlace(path_name(file.path)))
        for name, found in sheets:
            sheet, formal = in_its_form(found)
            told += formal
            if is_about(name) and sheet.kind == "xlsx":  # what a template says of itself
                continue
            filled.append(sheet)
            twice = _held(held, name, DataPlace(sheet.path, sheet.sheet))
            told += twice
            if twice:
                continue
            if name.casefold() == PARAMETERS:
                texts, faults = sheet_parameters(sheet)
                told += faults
                values |= texts
            else:
                tables[name] = sheet
    return tables, values, [*told, *left_examples(filled)]


def _each(files: Sequence[Found], addresses: Sequence[str]) -> Iterator[tuple[Found | None, _Read]]:
    """What is in each file, and in the databases."""
    sizes = [_size(file.path) for file in files]
    for at, file in enumerate(files):
        with reading(sum(sizes[:at]), sizes[at], sum(sizes)):
            found = _read(file)
        yield file, found
    if addresses:
        from policydsl.inputs.databases.reading import read_addresses

        sheets, told = read_addresses(addresses)
        yield None, (sheets, {}, told)


def _read(file: Found) -> _Read:
    """The tables of one file by name, the values of one that holds values line by line, and what is wrong; of a file
    that the command says the table of, the sheet that is meant."""
    sheets, values, told = _all_in(file)
    every = [sheet for name, sheet in sheets if not is_about(name)]
    if file.named is None or not every:
        return sheets, values, told
    found = sheet_of(every, file.named, path_name(file.path), told)
    if not isinstance(found, Sheet):
        return [], values, [*told, *found]
    if len(every) > 1 or file.named.sheet is not None:
        told = [one for one in told if not isinstance(one.where, DataPlace) or one.where.sheet in (None, found.sheet)]
    return [(file.table, found)], values, told


def _all_in(file: Found) -> _Read:
    """All tables of one file."""
    name, ending = path_name(file.path), file.path.suffix.lower()
    if ending in ARROW_ENDINGS:
        if (unfit := _unfit(file.path)) is not None:
            return [], {}, (unfit,)
        sheet, told = read_arrow_file(file.path, name)
        return [(file.table, sheet)] if sheet is not None else [], {}, told
    data = _bytes(file.path)
    if isinstance(data, Diagnostic):
        return [], {}, (data,)
    if file.is_lines:
        values, told = read_parameter_lines(data, name)
        return [], values, told
    if ending == ".xml":
        from policydsl.inputs.semt.statement import read_statement

        sheet, told = read_statement(data, name)
        return [(file.table, sheet)] if sheet is not None else [], {}, told
    if ending in (".csv", ".tsv"):
        sheet, told = read_csv(data, name)
        return [(file.table, sheet)] if sheet is not None else [], {}, told
    sheets, told = _workbook(data, name, ending)
    if len(sheets) == 1:
        return [(file.table, sheets[0])], {}, told
    return [((sheet.sheet or file.table).strip(), sheet) for sheet in sheets], {}, told


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _workbook(data: bytes, name: str, ending: str) -> tuple[tuple[Sheet, ...], tuple[Diagnostic, ...]]:
    """The sheets of a workbook; what reads its kind is imported for it, since most data is CSV."""
    match ending:
        case ".ods":
            from policydsl.inputs.ods_file import read_ods as reads
        case ".xls":
            from policydsl.inputs.xls_file import read_xls as reads
        case _:
            from policydsl.inputs.xlsx_file import read_xlsx as reads
    return reads(data, name)


def _bytes(path: Path) -> bytes | Diagnostic:
    unfit = _unfit(path)
    try:
        return unfit or path.read_bytes()
    except OSError as wrong:
        return say("PD304", DataPlace(path_name(path)), why=reason(wrong))


def _unfit(path: Path) -> Diagnostic | None:
    """Why a file is not read, whatever is in it."""
    place = DataPlace(path_name(path))
    try:
        if not path.is_file():
            return say("PD304", place, why="it is no ordinary file")
        if path.stat().st_size > LARGEST_FILE:
            return say("PD304", place, why=f"it is larger than {LARGEST_FILE // 1_000_000} MB")
        with path.open("rb"):
            return None
    except OSError as wrong:
        return say("PD304", place, why=reason(wrong))


def _held(held: dict[str, str], name: str, place: DataPlace) -> list[Diagnostic]:
    """Notes where a table was found; told if it was found before."""
    key = name.casefold()
    if key in held:
        return [say("PD302", place, table=name, first=held[key], second=str(place))]
    held[key] = str(place)
    return []
