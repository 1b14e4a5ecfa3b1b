"""A shipped rulebook in declarations, so that a mutant of one word costs the reading of one declaration.

A declaration stands by itself, and a rulebook is what its files say together, in their order. So each declaration is
taken for a file of its own; that this means the same is a test.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, cached_property

from attrs import define, field

from policydsl._resources import resource_dir
from policydsl.api import Rulebook
from policydsl.diagnostics import Diagnostic
from policydsl.model.check import check
from policydsl.model.currencies import CURRENCIES
from policydsl.model.types import TextType
from policydsl.source import Source
from policydsl.syntax import ast
from policydsl.testing import run_test

from .declared import Declaration, declared, layers_of
from .words import COUNTS, IsCompared, Spelled, Word, words


def spellings(part: object) -> Iterator[str]:
    """All texts of a keyword table."""
    match part:
        case str():
            yield part
        case dict():
            for each in part.values():
                yield from spellings(each)
        case list():
            for each in part:
                yield from spellings(each)


@cache
def _spelled(code: str) -> Spelled:
    return Spelled.of(code)


@define
class Parts:
    """The rulebook's declarations, and everything that has to be known of it."""

    name: str
    files: dict[str, str]
    """The texts of its files, and of the rulebooks that it extends, by path below the shipped rulebooks."""
    lower: list[list[Declaration]]
    """What the rulebooks declare that it extends; their words are misspelt with those rulebooks."""
    declarations: list[Declaration]
    killers: list[str] = field(factory=list)
    """Titles of tests that have caught something lately, the last one first."""

    @classmethod
    def load(cls, name: str) -> "Parts":
        """A rulebook as shipped."""
        layers = layers_of(name)
        files = {source.path: source.text for layer in layers for source in layer}
        *lower, own = [[each for source in layer for each in declared(source)] for layer in layers]
        return cls(name, files, lower, own)

    @cached_property
    def whole(self) -> Rulebook:
        """The rulebook."""
        made, told = self.checked([each.parsed for each in self.declarations])
        assert made is not None, [one.message for one in told]
        return made

    def checked(self, files: list[tuple[Source, ast.File]]) -> tuple[Rulebook | None, tuple[Diagnostic, ...]]:
        """The rulebook that files make together, on top of those that it extends."""
        found, told = check(files, [[each.parsed for each in layer] for layer in self.lower])
        return (None if found is None else Rulebook(found, told)), told

    # --- words --------------------------------------------------------------------------------------------------------

    @cached_property
    def taken(self) -> frozenset[str]:
        """All words that mean something anywhere, in lower case."""
        tables = [
            tomllib.loads((resource_dir("grammar") / f"{code}.toml").read_text(encoding="utf-8"))
            for code in sorted({each.code for each in self.declarations})
        ]
        of_language = [word for table in tables for spelling in spellings(table) for word in spelling.split()]
        currencies = [prefix + code for code in CURRENCIES for prefix in ("", "K", "T", "M", "bn")]
        of_text = [word.text for each in self.declarations for word in self.words(each) if word.role in COUNTS]
        of_lower = [word for layer in self.lower for each in layer for word in re.findall(r"\w+", each.text)]
        grades = [name for scale in self.whole.model.scales.values() for grade in scale.grades for name in grade]
        return frozenset(word.casefold() for word in (*of_language, *currencies, *of_text, *of_lower, *grades))

    def words(self, declaration: Declaration) -> list[Word]:
        """All words of a declaration."""
        spelled = _spelled(declaration.code)
        return words(declaration.text, spelled, self._is_key, lambda test: self._is_compared(test, spelled))

    @cached_property
    def _columns(self) -> dict[tuple[str, str], tuple[bool, bool]]:
        """Of each table and column, under any of their names: whether it is a key, and whether it holds texts."""
        return {
            (of, name): (column.key, isinstance(column.type, TextType))
            for table in self.whole.model.tables.values()
            for of in (table.name, table.singular or table.name)
            for column in table.columns
            for name in (column.name, *column.also)
        }

    def _is_key(self, table: str, column: str) -> bool:
        return self._columns[table, column][0]

    @cached_property
    def _texts(self) -> frozenset[str]:
        """Texts that a rule or definition compares something with, in lower case."""
        found: set[str] = {code.casefold() for code in ("SEK",)}
        for each in (*self.declarations, *(one for layer in self.lower for one in layer)):
            if not each.is_test:
                quoted = [word for word in self.words(each) if word.role == "compared text"]
                starts = {each.text.rindex('"', 0, word.start + 1) for word in quoted}
                found |= {each.text[start + 1 : each.text.index('"', start + 1)].casefold() for start in starts}
        return frozenset(found)

    def _is_compared(self, test: str, spelled: Spelled) -> IsCompared:
        """A text of a test counts if a rule compares something with it, if the test asks for the group of that name, or
        if another column of the test holds it too."""
        asked = {
            part.split('"')[1].casefold()
            for word in spelled.for_
            for part in test.split(f" {word} ")[1:]
            if '"' in part.split("\n")[0]
        }

        def of(table: str, column: str, text: str) -> bool:
            if not self._columns[table, column][1]:
                return True
            folded = text.casefold()
            return folded in self._texts or folded in asked or test.count(f'"{text}"') > 1

        return of

    def failing_test(self, rulebook: Rulebook) -> str | None:
        """The title of a test that fails, None if none does; what caught something lately comes first."""
        places = {title: at for at, title in enumerate(self.killers)}
        for test in sorted(rulebook.model.tests, key=lambda one: places.get(one.title, len(places))):
            if not run_test(rulebook, test, "reference").passed:
                if test.title in places:
                    self.killers.remove(test.title)
                self.killers.insert(0, test.title)
                return test.title
        return None
