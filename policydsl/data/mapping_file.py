"""The file of a mapping, in TOML: read against the rulebooks, so that every name in it is one of theirs."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from policydsl._frozen import define, field
from policydsl.catalogue import say
from policydsl.data.kinds import kind_of
from policydsl.data.mapping import MappedColumn, MappedTable, absent, known_words
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.cells import same_text
from policydsl.inputs.kinds import NumberKind
from policydsl.inputs.number_cells import factor_of
from policydsl.inputs.numbers import unit_key
from policydsl.inputs.sheet import shown
from policydsl.inputs.unit_words import unit_beside, unit_in_brackets
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.model.types import TextType

_PARTS = ("from", "columns", "labels")
_BARE = re.compile(r"^\s*(?:\[\s*)?(?:[\w-]+\s*\.\s*)*(?P<name>[\w-]*[^\W\x00-\x7f][\w-]*)\s*[\].=]", re.MULTILINE)
"""A name with letters such as `å`, which TOML takes in quotation marks only."""


def read_mapping(data: bytes, path: str, rulebooks: Sequence[Rulebook]) -> tuple[list[MappedTable], list[Diagnostic]]:
    """The mapping in the bytes of a file, and everything that is wrong with it."""
    try:
        text = data.decode("utf-8-sig")
        given = tomllib.loads(text)
    except UnicodeDecodeError:
        return [], [say("PD813", DataPlace(path), why="it is not in UTF-8")]
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        bare = _BARE.search(text)
        if bare is not None:
            name = bare["name"]
            why = f'`{name}` has letters beyond a to z, so it stands in quotation marks: `"{name}"`'
        else:
            why = f"the reader says “{shown(str(wrong), 90)}”"
        return [], [say("PD813", DataPlace(path), why=why)]
    reading = _Reading(path, text.splitlines(), rulebooks)
    found = [one for name, part in given.items() if (one := reading.table(name, part)) is not None]
    return found, reading.told


@define
class _Reading:
    path: str
    lines: list[str]
    rulebooks: Sequence[Rulebook]
    told: list[Diagnostic] = field(factory=list)

    def table(self, name: str, part: Any) -> MappedTable | None:
        """What the file says of one table."""
        tables = {each: table for book in self.rulebooks for each, table in book.tables.items()}
        place = self._place((), name)
        if name not in tables:
            self.told.append(absent(place, "the tables of the rulebook", name, list(tables)))
            return None
        if not isinstance(part, dict):
            self._refuse(place, f"`{name}` has the parts `from`, `columns` and `labels`")
            return None
        for key in part:
            if key not in _PARTS:
                self.told.append(absent(self._place((name,), key), "the parts of a table in a mapping", key, _PARTS))
        table = tables[name]
        source = part.get("from", name)
        if not isinstance(source, str):
            self._refuse(self._place((name,), "from"), "`from` is the name of a file or sheet")
            source = name
        columns = self._columns(table, self._dict(name, part, "columns"))
        return MappedTable(name, source, place, columns, self._labels(table, self._dict(name, part, "labels")))

    def _columns(self, table: Table, part: Mapping[str, Any]) -> dict[str, MappedColumn]:
        found = {}
        for heading, to in part.items():
            place = self._place((table.name, "columns"), heading)
            given = {"column": to} if isinstance(to, str) else to
            texts = isinstance(given, dict) and all(isinstance(each, str) for each in given.values())
            if not texts or "column" not in given or set(given) - {"column", "unit"}:
                self._refuse(
                    place, "a heading is followed by a column in quotation marks, or by a column and a unit in braces"
                )
                continue
            column = self._column(table, given["column"], place)
            if column is None:
                continue
            unit = given.get("unit", "")
            if unit and unit_key(unit) not in map(unit_key, units := self._units(column)):
                self.told.append(absent(place, f"the units of `{column.name}`", unit, units))
                continue
            found[heading] = MappedColumn(column.name, place, unit)
            self._named_unit(heading, unit, column, place)
        return found

    def _named_unit(self, heading: str, unit: str, column: Column, place: DataPlace) -> None:
        """That a heading names a unit, and the mapping does not say which one of the column's it is."""
        kind = self._kind(column)
        if unit or not isinstance(kind, NumberKind):
            return
        seen = unit_in_brackets(heading)
        if seen is None and kind.unit and (seen := unit_beside(heading)) is not None:
            factors = {unit_key(word): factor for word, factor in kind.units.items()}
            seen = None if factor_of(seen, factors) == kind.factor else seen
        if seen is not None and unit_key(seen) != unit_key(kind.unit):
            wanted = kind.unit or "plain numbers"
            told = say("PD815", place, heading=shown(heading), unit=seen, column=column.name, wanted=wanted)
            self.told.append(told)

    def _labels(self, table: Table, part: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, words in part.items():
            place = self._place((table.name, "labels"), name)
            column = self._column(table, name, place)
            if column is None:
                continue
            known = known_words(column, self._owner(column).scales)
            any_word = isinstance(column.type, TextType)
            if not (known or any_word) or not isinstance(words, dict):
                self._refuse(place, f"`{name}` is a column with labels, grades or texts, followed by its words")
                continue
            for word, label in words.items():
                at = self._place((table.name, "labels", name), word)
                if not isinstance(label, str) or not (any_word or same_text(label) in map(same_text, known)):
                    self.told.append(absent(at, f"the words of `{name}`", str(label), known))
                else:
                    found.setdefault(name, {})[word] = label
        return found

    def _column(self, table: Table, name: str, place: DataPlace) -> Column | None:
        column = next((each for each in table.columns if each.name == name), None)
        if column is None:
            self.told.append(absent(place, f"the columns of {table.name}", name, [each.name for each in table.columns]))
        return column

    def _units(self, column: Column) -> list[str]:
        kind = self._kind(column)
        return list(kind.units) if isinstance(kind, NumberKind) else []

    def _kind(self, column: Column) -> object:
        return kind_of(column, self._owner(column).scales)

    def _owner(self, column: Column) -> Rulebook:
        return next(book for book in self.rulebooks for table in book.tables.values() if column in table.columns)

    def _dict(self, name: str, part: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = part.get(key, {})
        if isinstance(found, dict):
            return found
        self._refuse(self._place((name,), key), f"`{key}` is a part of its own, as in `[{name}.{key}]`")
        return {}

    def _refuse(self, place: DataPlace, why: str) -> None:
        self.told.append(say("PD813", place, why=why))

    def _place(self, section: tuple[str, ...], key: str) -> DataPlace:
        """The line that holds a key, under the section that it stands in; else the file."""
        here: tuple[str, ...] = ()
        for number, line in enumerate(self.lines, 1):
            keys = _keys(line)
            if line.lstrip().startswith("["):
                here = keys
                if keys[: len(section) + 1] == (*section, key):
                    return DataPlace(self.path, None, number)
            elif keys and (*here, *keys)[: len(section) + 1] == (*section, key):
                return DataPlace(self.path, None, number)
        return DataPlace(self.path)


def _keys(line: str) -> tuple[str, ...]:
    """The keys that a line of TOML names, from the outermost."""
    try:
        found: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    keys = []
    while isinstance(found, dict) and len(found) == 1:
        keys.append(next(iter(found)))
        found = found[keys[-1]]
    return tuple(keys)
