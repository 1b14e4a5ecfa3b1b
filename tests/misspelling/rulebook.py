"""A shipped rulebook in declarations, so that a mutant of one word costs the reading of one declaration.

A declaration stands by itself, and a rulebook is what its files say together, in their order. So each declaration is
taken for a file of its own; that this means the same is a test.
"""

import tomllib
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from attrs import define, field, frozen

from policydsl._resources import resource_dir
from policydsl.api import Rulebook, load
from policydsl.diagnostics import Diagnostic
from policydsl.model.check import check
from policydsl.model.currencies import CURRENCIES
from policydsl.model.types import TextType
from policydsl.source import Source
from policydsl.syntax import ast, parse
from policydsl.syntax.languages import language_line
from policydsl.testing import run_test

from .words import COUNTS, IsCompared, Spelled, Word, declarations, words

ROOT = Path(__file__).resolve().parents[2] / "rulebooks"

def files_of(name: str) -> tuple[str, ...]:
    """The files of a rulebook, in the order in which they are read."""
    sources = load(ROOT / name).model.sources
    return tuple(Path(source.path).resolve().relative_to(ROOT.resolve()).as_posix() for source in sources)


@frozen
class Declaration:
    """A declaration of one of the files."""

    file: str
    start: int
    text: str
    parsed: tuple[Source, ast.File]
    code: str
    """The language of its keywords."""

    @property
    def is_test(self) -> bool:
        """Whether it is a test."""
        return any(isinstance(one, ast.Test) for one in self.parsed[1].declarations)

    @property
    def is_scale(self) -> bool:
        """Whether it is a scale."""
        return any(isinstance(one, ast.Scale) for one in self.parsed[1].declarations)

    @property
    def is_header(self) -> bool:
        """Whether it is the header, which brings in other files."""
        return any(isinstance(one, ast.Header) for one in self.parsed[1].declarations)


@frozen
class Mutant:
    """A misspelt word: its declaration, its places there, and what stands there instead."""

    declaration: int
    words: tuple[Word, ...]
    instead: str

    def of(self, text: str) -> str:
        """A declaration's text with the word misspelt."""
        for word in sorted(self.words, key=lambda one: -one.start):
            text = text[: word.start] + self.instead + text[word.end :]
        return text


def read(path: str, text: str, code: str) -> tuple[tuple[Source, ast.File], bool]:
    """A text as a file of its own, and whether anything is wrong with it."""
    source = Source(path, language_line(code) + text)
    file, told = parse(source)
    return (source, file), any(one.is_error for one in told)


def _spellings(part: object) -> Iterator[str]:
    """All texts of a keyword table."""
    match part:
        case str():
            yield part
        case dict():
            for each in part.values():
                yield from _spellings(each)
        case list():
            for each in part:
                yield from _spellings(each)


@cache
def _spelled(code: str) -> Spelled:
    return Spelled.of(code)


@define
class Parts:
    """The rulebook's declarations, and everything that has to be known of it."""

    name: str = "borlange"
    declarations: list[Declaration] = field(factory=list)
    killers: list[str] = field(factory=list)
    """Titles of tests that have caught something lately, the last one first."""

    @classmethod
    def load(cls, name: str) -> "Parts":
        """A rulebook as shipped."""
        found = cls(name)
        for file in files_of(name):
            whole = (ROOT / file).read_text(encoding="utf-8")
            code = parse(Source(file, whole))[0].language
            for start, text in declarations(whole):
                parsed, wrong = read(f"{file}:{start}", text, code)
                assert not wrong, f"{file}: {text[:60]}"
                found.declarations.append(Declaration(file, start, text, parsed, code))
        return found

    @cached_property
    def whole(self) -> Rulebook:
        """The rulebook."""
        made, told = self.checked([each.parsed for each in self.declarations])
        assert made is not None, [one.message for one in told]
        return made

    @staticmethod
    def checked(files: list[tuple[Source, ast.File]]) -> tuple[Rulebook | None, tuple[Diagnostic, ...]]:
        """The rulebook that files make together."""
        found, told = check(files)
        return (None if found is None else Rulebook(found, told)), told

    # --- words --------------------------------------------------------------------------------------------------------

    @cached_property
    def taken(self) -> frozenset[str]:
        """All words that mean something anywhere, in lower case."""
        tables = [
            tomllib.loads((resource_dir("grammar") / f"{code}.toml").read_text(encoding="utf-8"))
            for code in sorted({each.code for each in self.declarations})
        ]
        of_language = [word for table in tables for spelling in _spellings(table) for word in spelling.split()]
        currencies = [prefix + code for code in CURRENCIES for prefix in ("", "K", "T", "M", "bn")]
        of_text = [word.text for each in self.declarations for word in self.words(each) if word.role in COUNTS]
        grades = [name for scale in self.whole.model.scales.values() for grade in scale.grades for name in grade]
        return frozenset(word.casefold() for word in (*of_language, *currencies, *of_text, *grades))

    def words(self, declaration: Declaration) -> list[Word]:
        """All words of a declaration."""
        return words(declaration.text, _spelled(declaration.code), self._is_key, self._is_compared)

    @cached_property
    def _columns(self) -> dict[str, tuple[bool, bool]]:
        """Of each column of any table, under any of its names: whether it is a key, and whether it holds texts."""
        return {
            name: (column.key, isinstance(column.type, TextType))
            for table in self.whole.model.tables.values()
            for column in table.columns
            for name in (column.name, *column.also)
        }

    def _is_key(self, column: str) -> bool:
        return self._columns[column][0]

    @cached_property
    def _texts(self) -> frozenset[str]:
        """Texts that a rule or definition compares something with, in lower case."""
        found: set[str] = {code.casefold() for code in ("SEK",)}
        for each in self.declarations:
            if not each.is_test:
                quoted = [word for word in self.words(each) if word.role == "compared text"]
                starts = {each.text.rindex('"', 0, word.start + 1) for word in quoted}
                found |= {each.text[start + 1 : each.text.index('"', start + 1)].casefold() for start in starts}
        return frozenset(found)

    def _is_compared(self, test: str) -> IsCompared:
        """A text of a test counts if a rule compares something with it, if the test asks for the group of that name, or
        if another column of the test holds it too."""
        asked = {part.split('"')[1].casefold() for part in test.split(" for ")[1:] if '"' in part}

        def of(column: str, text: str) -> bool:
            if not self._columns[column][1]:
                return True
            folded = text.casefold()
            return folded in self._texts or folded in asked or test.count(f'"{text}"') > 1

        return of

    # --- catching -----------------------------------------------------------------------------------------------------

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
