"""The languages that keywords may be in: one for each table in `grammar/`, and the first line of a file says which."""

import re

from policydsl._resources import languages
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Source, Span
from policydsl.syntax.literate import LITERATE
from policydsl.syntax.words import words_of

DEFAULT = "en"

_LANGUAGE_LINE = re.compile(r"\ufeff?\s*#[ \t]*(?P<word>\w+)[ \t]*:[ \t]*(?P<code>[\w-]+)[ \t]*\r?$", re.MULTILINE)

_FIRST_BLOCK = re.compile(r"^ {0,3}`{3,}[ \t]*policy[ \t]*\r?\n", re.MULTILINE)


def language_of(source: Source) -> tuple[str, Diagnostic | None]:
    """The language that the first line of a file (of a document, of its first block) names, and what is to be said of
    one that has no keyword table."""
    said = _first_line(source)
    if said is None:
        return DEFAULT, None
    code, word = said["code"].casefold(), said["word"].casefold()
    likely = (code,) if code in languages() else ()
    if not any(word in words_of(one).language_line for one in (*likely, *languages())):
        return DEFAULT, None  # a comment like any other
    if likely:
        return code, None
    place = Span(source.path, said.start("code"), said.end("code"))
    return DEFAULT, say("PD101", place, language=said["code"], known="`, `".join(languages()))


def is_language_line(source: Source, place: int) -> bool:
    """Whether the comment at a place is the line that names the language."""
    said = _first_line(source)
    if said is None or source.text.find("#", said.start()) != place:
        return False
    return any(said["word"].casefold() in words_of(one).language_line for one in languages())


def _first_line(source: Source) -> re.Match[str] | None:
    block = _FIRST_BLOCK.search(source.text) if source.path.endswith(LITERATE) else None
    return _LANGUAGE_LINE.match(source.text, block.end() if block else 0)


def language_line(code: str) -> str:
    """The first line that names a language, with its line end; empty for the default."""
    return "" if code == DEFAULT else f"# {sorted(words_of(code).language_line)[0]}: {code}\n"


def languages_with(declaration: str) -> tuple[str, ...]:
    """The languages in which a word begins a declaration."""
    return tuple(code for code in languages() if declaration in words_of(code).declarations)
