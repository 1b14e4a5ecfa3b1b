"""The values that a run supplies, as texts: a file of `name = value` lines, or a table of names and values."""

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import written
from policydsl.inputs.decoding import decode
from policydsl.inputs.sheet import Sheet, shown


def read_parameter_lines(data: bytes, path: str) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """The values in the bytes of a text file of `name = value` lines; `#` starts a line of comment."""
    text, told = decode(data, DataPlace(path))
    found: list[tuple[str, str, int]] = []
    faults: list[Diagnostic] = list(told)
    for row, line in enumerate((text or "").split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, _, value = line.partition("=")
        if name.strip() and value.strip():
            found.append((name.strip(), value.strip(), row))
        else:
            faults.append(say("PD335", DataPlace(path, row=row), line=shown(line)))
    values, twice = _once(found, DataPlace(path))
    return values, (*faults, *twice)


def sheet_parameters(sheet: Sheet) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """The values in a table with the columns name and value."""
    columns = {heading.casefold(): cells for heading, cells in zip(sheet.headings, sheet.cells, strict=True)}
    place = DataPlace(sheet.path, sheet.sheet)
    if not {"name", "value"} <= columns.keys():
        listed = ", ".join(f"`{shown(heading)}`" for heading in sheet.headings)
        return {}, (say("PD337", place, headings=listed),)
    found: list[tuple[str, str, int]] = []
    faults: list[Diagnostic] = []
    for row, name, value in zip(sheet.rows, columns["name"], columns["value"], strict=True):
        if name is None or value is None:
            line = shown(f"{written(name)} = {written(value)}")
            faults.append(say("PD335", DataPlace(sheet.path, sheet.sheet, row), line=line))
        else:
            found.append((written(name).strip(), written(value).strip(), row))
    values, twice = _once(found, place)
    return values, (*faults, *twice)


def _once(found: list[tuple[str, str, int]], place: DataPlace) -> tuple[dict[str, str], list[Diagnostic]]:
    """The values by name; a name that is given again is told."""
    values: dict[str, str] = {}
    first: dict[str, int] = {}
    told: list[Diagnostic] = []
    for name, value, row in found:
        if name in values:
            again = DataPlace(place.path, place.sheet, row)
            told.append(say("PD336", again, name=shown(name), row=first[name]))
        else:
            values[name], first[name] = value, row
    return values, told
