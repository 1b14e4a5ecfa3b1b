"""The declarations of a shipped rulebook's files."""

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from policydsl.model.loading import load_layers
from policydsl.source import Source
from policydsl.syntax import ast, parse
from policydsl.syntax.given import as_they_are, without_numbers
from policydsl.syntax.languages import language_line
from policydsl.syntax.translating import translated

from .words import Word, declarations

ROOT = Path(__file__).resolve().parents[2] / "rulebooks"

_BLOCK = re.compile(r"^```policy\n(?P<inside>.*?)^```", re.MULTILINE | re.DOTALL)


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
    def table_and_row(self) -> str | None:
        """The name of the table that it declares, if one of its rows is called the same."""
        for one in self.parsed[1].declarations:
            if isinstance(one, ast.Table | ast.DerivedTable | ast.StackedTable | ast.LookThrough):
                return one.name.text if one.singular is not None and one.singular.text == one.name.text else None
        return None

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

    @property
    def in_example(self) -> bool:
        """Whether it stands in the data of an example."""
        return all(word.in_example for word in self.words)

    @property
    def word(self) -> str:
        """What is misspelt, without regard to case."""
        return self.words[0].text.casefold()

    def of(self, text: str) -> str:
        """A declaration's text with the word misspelt."""
        for word in sorted(self.words, key=lambda one: -one.start):
            text = text[: word.start] + self.instead + text[word.end :]
        return text


def layers_of(name: str, language: str | None = None) -> list[list[Source]]:
    """The files of a rulebook and of those that it extends, the lowest first, each in the order in which it is read;
    translated, if a language is given."""
    layers, told = load_layers(ROOT / name)
    assert not told, told
    verbatim = without_numbers([file for layer in layers for _, file in layer.files])
    return [
        [
            Source(
                Path(source.path).resolve().relative_to(ROOT.resolve()).as_posix(),
                source.text if language is None else translated(source, as_they_are(file, verbatim), language),
            )
            for source, file in layer
        ]
        for layer in (each.files for each in layers)
    ]


def declared(source: Source) -> Iterator[Declaration]:
    """The declarations of a file; of a document, those of its blocks."""
    code = parse(source)[0].language
    for offset, inside in _stretches(source):
        for start, text in declarations(inside):
            parsed, wrong = read(f"{source.path}:{offset + start}", text, code)
            assert not wrong, f"{source.path}: {text[:60]}"
            yield Declaration(source.path, offset + start, text, parsed, code)


def _stretches(source: Source) -> Iterator[tuple[int, str]]:
    if not source.path.endswith(".md"):
        yield 0, source.text
        return
    for block in _BLOCK.finditer(source.text):
        yield block.start("inside"), block["inside"]


def read(path: str, text: str, code: str) -> tuple[tuple[Source, ast.File], bool]:
    """A text as a file of its own, and whether anything is wrong with it."""
    source = Source(path, language_line(code) + text)
    file, told = parse(source)
    return (source, file), any(one.is_error for one in told)
