"""What a reader calls a row."""

from collections.abc import Sequence

from policydsl.model.expressions import Value


def name_of(keys: Sequence[Value], number: int) -> str:
    """A row by its key, or else by its number."""
    known = bool(keys) and all(part is not None for part in keys)
    return ", ".join(str(part) for part in keys) if known else f"row {number}"


def unique(names: Sequence[str], rows: Sequence[int]) -> tuple[str, ...]:
    """Names of rows, those that are not the first of their name with their number."""
    found = list(names)
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            found[index] = f"{name} (row {rows[index]})"
        seen.add(name)
    return tuple(found)
