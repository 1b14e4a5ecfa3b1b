"""Files as text in any language: printed from their trees, and translated with their comments and blank lines."""

import re
from collections.abc import Iterator
from itertools import pairwise

from policydsl.source import Source
from policydsl.syntax import ast
from policydsl.syntax.languages import DEFAULT, is_language_line, language_line
from policydsl.syntax.literate import LITERATE
from policydsl.syntax.printing.declarations import declaration
from policydsl.syntax.references import with_references
from policydsl.syntax.words import words_of

_BLOCK = re.compile(
    r"^ {0,3}(?P<fence>`{3,})[ \t]*policy[ \t]*\n(?P<inside>.*?)^ {0,3}(?P=fence)`*[ \t]*$", re.MULTILINE | re.DOTALL
)


def print_file(file: ast.File, language: str = DEFAULT) -> str:
    """The text of a file's declarations, without its comments. A file with a broken declaration has no such text."""
    texts = ["\n".join(_printed(made, language)) for made in file.declarations]
    gaps = [_gap(text, after) for text, after in pairwise(texts)] + [""]
    return language_line(language) + "".join(f"{text}\n{gap}" for text, gap in zip(texts, gaps, strict=False))


def translated(source: Source, file: ast.File, language: str) -> str:
    """The text of a file in another language. Blank lines stay, and so do comments where a declaration has as many
    lines as before; where it has not, they move above it. Of a document the rulebook's blocks are translated."""
    text, at, parts = source.text, 0, []
    named = language_line(language)
    for start, end in _stretches(source):
        inside = "".join(f"{line}\n" for line in _lines(source, file, start, end, language))
        parts += [text[at:start], named, inside]
        at, named = end, ""
    return "".join([*parts, text[at:]])


def _printed(made: ast.Declaration, language: str) -> list[str]:
    return declaration(words_of(language), with_references(made, DEFAULT, language)).split("\n")


def _gap(text: str, after: str) -> str:
    """A blank line between declarations, except between short ones of the same kind."""
    short = "\n" not in text + after and text.split(" ", 1)[0] == after.split(" ", 1)[0]
    return "" if short else "\n"


def _stretches(source: Source) -> list[tuple[int, int]]:
    """Where rulebook text stands: the whole file, or the blocks of a document."""
    if not source.path.endswith(LITERATE):
        return [(0, len(source.text))]
    return [found.span("inside") for found in _BLOCK.finditer(source.text)]


# --- lines ------------------------------------------------------------------------------------------------------------


def _lines(source: Source, file: ast.File, start: int, end: int, language: str) -> Iterator[str]:
    """The lines of a stretch, translated; the line that named the language is left out."""
    comments = {one.span.start: one.value for one in file.comments if start <= one.span.start < end}
    made = {one.span.start: one for one in file.declarations if start <= one.span.start < end}
    found: list[str] = []
    held: list[tuple[str, str]] = []
    current: ast.Declaration | None = None
    at = start
    for line in source.text[start:end].splitlines(keepends=True):
        comment = next((place for place in comments if at <= place < at + len(line)), None)
        code = source.text[at : at + len(line) if comment is None else comment].rstrip()
        said = "" if comment is None or is_language_line(source, comment) else comments[comment]
        if at in made or (begun := code.strip("\ufeff") and made.get(at + 1)):
            found += _told(current, held, language)
            current, held = made.get(at) or begun or None, []
        if code.strip("\ufeff") or said or comment is None:
            held.append((code.strip("\ufeff"), said))
        at += len(line)
    found += _told(current, held, language)
    return iter(found)


def _told(made: ast.Declaration | None, held: list[tuple[str, str]], language: str) -> list[str]:
    """A declaration with what stands on and below its lines: pairs of code and comment."""
    if made is None:
        return [comment for _, comment in held]
    last = max(index for index, (code, _) in enumerate(held) if code)
    own, below = held[: last + 1], [comment for _, comment in held[last + 1 :]]
    printed = _printed(made, language)
    if len(printed) == sum(1 for code, _ in own if code):
        lines = iter(printed)
        kept = []
        for code, comment in own:
            line = next(lines) if code else ""
            kept.append(f"{line}{'      ' if line else '  '}{comment}".rstrip() if comment else line)
        return kept + below
    above = [comment for index, (_, comment) in enumerate(own) if comment and index > 0]
    printed[0] += f"      {own[0][1]}" if own[0][1] else ""
    return [*above, *printed, *below]
