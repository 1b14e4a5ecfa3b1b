"""A rulebook file as a tree: every declaration by itself, so that a broken one hides no other."""

import re

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Source, Span
from policydsl.syntax import ast
from policydsl.syntax.characters import described
from policydsl.syntax.chunks import chunks, comments
from policydsl.syntax.depth import check_depth
from policydsl.syntax.refusals import refusal
from policydsl.syntax.words import Words, words_of
from policydsl.syntax.wrong import Wrong

_LANGUAGE = "en"
_FIRST_WORD = re.compile(r"\w+|\S")
_UNFINISHED = frozenset({"PD112", "PD117", "PD118", "PD120", "PD126", "PD139", "PD152"})
"""What is said of a declaration that ends too early: no news if a line that it lacks follows in column one."""

Read = tuple[ast.Declaration, tuple[Diagnostic, ...]]


def parse(source: Source) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The tree of a file and all that is wrong with its text; never raises, whatever the text."""
    words = words_of(_LANGUAGE)
    refused = refusal(source, words)
    if refused is not None:
        broken = ast.Broken(span=Span(source.path, 0, len(source.text)))
        return ast.File(source.path, (broken,)), (refused,)
    read: list[Read] = []
    stray = False
    for place in chunks(source):
        first = _FIRST_WORD.match(source.text, place.start)
        word = first.group() if first else ""
        known = word in words.declarations or word in words.later_declarations
        if stray and not known and not _meant(word, words):
            continue  # one message for all lines that follow one another in column one
        stray = not known
        if stray:
            _forget_the_unfinished(read, place, word, words)
        read.append(_declaration(place, source.text, words) if known else _no_declaration(place, word, words))
    problems = tuple(problem for _, told in read for problem in told)
    return ast.File(source.path, tuple(made for made, _ in read), comments(source)), problems


def _declaration(place: Span, text: str, words: Words) -> Read:
    from policydsl.syntax.build.parts import LimitsDraft
    from policydsl.syntax.grid import read_limits
    from policydsl.syntax.pieces import parse_piece

    first = _FIRST_WORD.match(text, place.start)
    assert first is not None
    if first.group() in words.later_declarations:
        word = Span(place.path, first.start(), first.end())
        return ast.Broken(span=place), (say("PD102", word, word=first.group()),)
    try:
        made = parse_piece(place, text, "declaration", words.code)
        made = read_limits(made, text, words.code) if isinstance(made, LimitsDraft) else made
        check_depth(made)
    except Wrong as bad:
        return ast.Broken(span=place), bad.diagnostics
    return made, ()


def _no_declaration(place: Span, word: str, words: Words) -> Read:
    meant = _meant(word, words)
    hint = f"did you mean `{meant}`?" if meant else "a line that belongs to the declaration above it is indented"
    where = Span(place.path, place.start, place.start + len(word))
    if not word.isprintable():
        return ast.Broken(span=place), (say("PD159", where, character=described(word)),)
    return ast.Broken(span=place), (say("PD110", where, labels=(), hints=(hint,), word=word),)


def _meant(word: str, words: Words) -> str | None:
    """The declaration that a misspelt word means."""
    habit = words.instead.get(word.casefold())
    return habit if habit in words.declarations else nearest(word, sorted(words.declarations))


def _forget_the_unfinished(read: list[Read], place: Span, word: str, words: Words) -> None:
    """Take back that the declaration above ends too early, if what it lacks stands here without its indentation."""
    if read and not _meant(word, words):
        made, told = read[-1]
        read[-1] = made, tuple(problem for problem in told if problem.code not in _UNFINISHED)
