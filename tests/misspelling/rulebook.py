"""A shipped rulebook in declarations, so that a mutant of one word costs the reading of one declaration.

A declaration stands by itself, and a rulebook is what its files say together, in their order. So each declaration is
taken for a file of its own; that this means the same is a test.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property

from attrs import define

from policydsl._resources import resource_dir
from policydsl.api import Rulebook
from policydsl.diagnostics import Diagnostic
from policydsl.model.check import check
from policydsl.model.currencies import CURRENCIES
from policydsl.model.rulebook import Column
from policydsl.model.types import ListType, TextType
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


def _names(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", text.casefold()))


@define
class Parts:
    """The rulebook's declarations, and everything that has to be known of it."""

    name: str
    files: dict[str, str]
    """The texts of its files, and of the rulebooks that it extends, by path below the shipped rulebooks."""
    lower: list[list[Declaration]]
    """What the rulebooks declare that it extends; their words are misspelt with those rulebooks."""
    declarations: list[Declaration]

    @classmethod
    def load(cls, name: str, language: str | None = None) -> "Parts":
        """A rulebook as shipped, or translated."""
        layers = layers_of(name, language)
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
    def _columns(self) -> dict[tuple[str, str], Column]:
        """The columns, by any name of their table and of themselves."""
        return {
            (of, name): column
            for table in self.whole.model.tables.values()
            for of in (table.name, table.singular or table.name)
            for column in table.columns
            for name in (column.name, *column.also)
        }

    def _is_key(self, table: str, column: str) -> bool:
        return self._columns[table, column].key

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
            match self._columns[table, column]:
                case Column(type=TextType()):
                    folded = text.casefold()
                    return folded in self._texts or folded in asked or test.count(f'"{text}"') > 1
                case Column(type=ListType(of=TextType())):
                    return text.casefold() in self._texts
            return True

        return of

    def failing_test(self, rulebook: Rulebook, changed: Declaration | None = None) -> str | None:
        """The title of a test that fails, None if none does; those that have most in common with what was changed come
        first."""
        near = self._nearness(changed) if changed is not None else {}
        for test in sorted(rulebook.model.tests, key=lambda one: -near.get(one.title, 0)):
            if not run_test(rulebook, test, "reference").passed:
                return test.title
        return None

    def _nearness(self, changed: Declaration) -> dict[str, float]:
        """How much each test, by its title, has in common with a declaration: its rare words count most."""
        own = _names(changed.text)
        tests = self._names_in_tests.items()
        return {title: sum(1 / self._tests_with[word] for word in own & names) for title, names in tests}

    @cached_property
    def _names_in_tests(self) -> dict[str, frozenset[str]]:
        return {
            one.title: _names(each.text)
            for each in self.declarations
            for one in each.parsed[1].declarations
            if isinstance(one, ast.Test)
        }

    @cached_property
    def _tests_with(self) -> Counter[str]:
        return Counter(word for names in self._names_in_tests.values() for word in names)
