"""A rulebook file as a tree: every declaration by itself, so that a broken one hides no other."""

import re
from difflib import get_close_matches

from policydsl._resources import languages
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Source, Span
from policydsl.syntax import ast
from policydsl.syntax.abroad import own_declaration
from policydsl.syntax.characters import described
from policydsl.syntax.chunks import chunks, comments
from policydsl.syntax.depth import check_depth
from policydsl.syntax.languages import DEFAULT, language_line, language_of, languages_with
from policydsl.syntax.literate import unwrapped
from policydsl.syntax.refusals import refusal
from policydsl.syntax.words import Words, words_of
from policydsl.syntax.wrong import Wrong

_FIRST_WORD = re.compile(r"\w+|\S")
_INDENT = "a line that belongs to the declaration above it is indented"
_ALIKE = 0.75
_MANY = 100
"""After so many lines that are no declaration nobody looks any more for one that is misspelt."""
_UNFINISHED = frozenset({"PD112", "PD117", "PD118", "PD120", "PD126", "PD139", "PD152"})
"""What is said of a declaration that ends too early: no news if a line that it lacks follows in column one."""

Read = tuple[ast.Declaration, tuple[Diagnostic, ...]]


def parse(source: Source) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The tree of a file and all that is wrong with its text; never raises, whatever the text."""
    language, unknown = language_of(source)
    words = words_of(language)
    source, outside = unwrapped(source, _parses)
    refused = unknown or refusal(source)
    if refused is not None:
        broken = ast.Broken(span=Span(source.path, 0, len(source.text)))
        return ast.File(source.path, (broken,)), (*outside, refused)
    read: list[Read] = []
    strays = 0
    for place in chunks(source):
        word = _first_word(place, source.text)
        if word in words.declarations:
            strays = 0
            read.append(_declaration(place, source.text, words))
            continue
        strays += 1  # lines that follow one another in column one are told once
        meant = _meant(word, words) if strays <= _MANY else None
        if strays == 1 and meant is None:
            _forget_the_unfinished(read)
        if strays == 1 or meant is not None:
            read.append(_no_declaration(place, word, meant, words))
    problems = (*outside, *(problem for _, told in read for problem in told))
    return ast.File(source.path, tuple(made for made, _ in read), comments(source), language), problems


def _parses(text: str) -> bool:
    """Whether a text is declarations in one of the languages, with nothing wrong in them."""
    for code in languages():
        file, told = parse(Source("", language_line(code) + text))
        if file.declarations and not told:
            return True
    return False


def _first_word(place: Span, text: str) -> str:
    found = _FIRST_WORD.match(text, place.start)
    return found.group() if found else ""


def _declaration(place: Span, text: str, words: Words) -> Read:
    from policydsl.syntax.drafts import finished
    from policydsl.syntax.pieces import parse_piece
    from policydsl.syntax.references import with_references

    try:
        made = finished(parse_piece(place, text, "declaration", words.code), text, words.code)
        if "[" in text[place.start : place.end]:
            made = with_references(made, words.code)
        check_depth(made)
    except Wrong as bad:
        return ast.Broken(span=place), bad.diagnostics
    return made, ()


def _no_declaration(place: Span, word: str, meant: str | None, words: Words) -> Read:
    if not word.isprintable():
        told = say("PD159", _start_of(place, word), character=described(word))
    else:
        meant = own_declaration(word, words) or meant if words.code != DEFAULT else meant
        hint = f"did you mean `{meant}`?" if meant else _of_another_language(word) or _INDENT
        told = say("PD110", _start_of(place, word), labels=(), hints=(hint,), word=word)
    return ast.Broken(span=place), (told,)


def _of_another_language(word: str) -> str:
    """What to do about a keyword of a language that the file has not named."""
    lines = " or ".join(f"`{language_line(code).strip()}`" for code in languages_with(word))
    return lines and f"`{word}` is a keyword of another language, which the first line of the file must name: {lines}"


def _start_of(place: Span, word: str) -> Span:
    return Span(place.path, place.start, place.start + len(word))


def _meant(word: str, words: Words) -> str | None:
    """The declaration that a misspelt word means."""
    habit = words.instead.get(word.casefold())
    near = get_close_matches(word.casefold(), sorted(words.declarations), 1, _ALIKE)
    return habit if habit in words.declarations else next(iter(near), None)


def _forget_the_unfinished(read: list[Read]) -> None:
    """Take back that the last declaration ends too early, when what it lacks follows without its indentation."""
    if read:
        made, told = read[-1]
        read[-1] = made, tuple(problem for problem in told if problem.code not in _UNFINISHED)
