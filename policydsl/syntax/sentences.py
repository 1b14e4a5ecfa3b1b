"""What is said of a word that cannot stand where it stands, in words that an author understands."""

import re
from collections.abc import Callable

from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.source import Span
from policydsl.syntax.characters import described
from policydsl.syntax.situations import LAST_RESORTS, SITUATIONS, page_for
from policydsl.syntax.stop import Stop
from policydsl.syntax.wanted import did_you_mean, meant_before, wanted

_NUMBERS = re.compile(r"\d+")
_CURRENCY = re.compile(r"[A-Z]{3}")
_CURRENCY_FIRST = ("a currency stands behind its number, as in `20 SEK`",)
_HINTS = {
    "'": ("a text stands in double quotation marks",),
    "$": ("a currency is a word behind its number, as in `20 USD`",),
    "€": ("a currency is a word behind its number, as in `20 EUR`",),
    "£": ("a currency is a word behind its number, as in `20 GBP`",),
    "&": ("conditions are joined with `and`",),
    "!": ("a condition is denied with `not`",),
}
"""What to do about some characters that other notations use."""
_NAMED = frozenset({"EQ", "OF", "PER"})
"""What may follow the name that a definition gives."""
_SIGN_OF = {"EQ": ":", "COLON": "="}
"""What is meant where one of these two is wrong."""


def sentence(stop: Stop) -> Diagnostic:
    """The message for a word that the grammar cannot go on with."""
    if stop.kind in _MISWRITTEN:
        return _MISWRITTEN[stop.kind](stop)
    if (inside := _declaration_inside(stop)) is not None:
        return inside
    if stop.after.endswith(("-", "+")) and stop.kind in ("NAME", "DIGITS", "LPAR"):
        return _told(stop, "PD158")
    code = page_for(stop.situation, SITUATIONS)
    if code is not None:
        return _told(stop, code)
    if _lacks_its_text(stop):
        place = Span(stop.place.path, stop.place.end, stop.place.end)
        return say("PD119", place, after=stop.word)
    near = did_you_mean(stop.word, stop.next, stop.accepted, stop.words)
    if near is not None:
        return _told(stop, "PD150", (f"did you mean `{near}`?",))
    if _breaks_a_name(stop):
        return _told(stop, "PD151", (f"a name is one word, as in `{stop.after}_{stop.word}`, or stands in backticks",))
    if (before := _about_the_word_before(stop)) is not None:
        return before
    code = page_for(stop.situation, LAST_RESORTS) or ("PD152" if stop.kind == "$END" else "PD151")
    return _told(stop, code, _CURRENCY_FIRST if stop.kind == "DIGITS" and _CURRENCY.fullmatch(stop.after) else ())


def _breaks_a_name(stop: Stop) -> bool:
    """Whether a word follows the name that a definition gives, as if names could have blanks in them."""
    return stop.kind == "NAME" and stop.last is not None and stop.last.kind == "NAME" and stop.accepted >= _NAMED


def _about_the_word_before(stop: Stop) -> Diagnostic | None:
    """A word that was read as a name, and then nothing fitted."""
    if stop.last is None or stop.last.kind != "NAME":
        return None
    before = stop.last.text
    if before in stop.words.superfluous:
        return say("PD150", stop.last.span, hints=("leave it out",), word=before)
    meant = meant_before(before, f"{stop.word} {stop.next}" if stop.word[:1].isalpha() else stop.word, stop.words)
    return say("PD150", stop.last.span, hints=(f"did you mean `{meant}`?",), word=before) if meant else None


def _told(stop: Stop, code: str, hints: tuple[str, ...] = (), **blanks: object) -> Diagnostic:
    place, word = stop.place, stop.word or "the end"
    if code == "PD132" and stop.open_parenthesis:
        place = stop.open_parenthesis
    if code == "PD135" and stop.last is not None and stop.last.span.end == place.start:
        place, word = stop.last.span.to(place), f"{stop.last.text}{word}"
    given: dict[str, object] = {
        "word": word,
        "after": stop.after,
        "next": stop.next,
        "declaration": stop.declaration,
        "wanted": _SIGN_OF[stop.kind] if code == "PD138" else wanted(stop.accepted, stop.compared, stop.words),
        **blanks,
    }
    return say(code, place, labels=(), hints=hints, **given)


def _lacks_its_text(stop: Stop) -> bool:
    """Whether the word would be a clause if a text followed."""
    return stop.words.terminal_of.get(stop.word) in stop.accepted


def _declaration_inside(stop: Stop) -> Diagnostic | None:
    """A declaration that does not start in column one: the word itself, or the one before it."""
    declarations = stop.words.declarations
    if stop.words.terminal_of.get(stop.word) == "WAIVER" and "WAIVABLE_BY" in stop.accepted:
        return _told(stop, "PD150", (f'who may waive it is written `{stop.words.written("WAIVABLE_BY")} "..."`',))
    if stop.begins_line and stop.word in declarations and stop.place.start > stop.whole.start:
        return say("PD111", stop.place, word=stop.word)
    if stop.last is None or stop.last.span.start == stop.whole.start or stop.last.text not in declarations:
        return None
    line_start = stop.text.rfind("\n", 0, stop.last.span.start) + 1
    if stop.text[line_start : stop.last.span.start].strip():
        return None
    return say("PD111", stop.last.span, word=stop.last.text)


def _date(stop: Stop) -> Diagnostic:
    parts = _NUMBERS.findall(stop.word)
    if len(parts[0]) < 4:
        parts.reverse()
    return _told(stop, "PD153", iso="-".join(part.zfill(2) for part in parts))


def _character(stop: Stop) -> Diagnostic:
    character = stop.text[stop.place.start]
    if character == "|":
        return _told(stop, "PD144")
    if character in "[{" and "LPAR" in stop.accepted:
        return _told(stop, "PD131")
    return _told(stop, "PD159", _HINTS.get(character, ()), character=described(character))


def _as(code: str) -> Callable[[Stop], Diagnostic]:
    return lambda stop: _told(stop, code, sign=stop.words.decimal)


_MISWRITTEN: dict[str, Callable[[Stop], Diagnostic]] = {
    "X_DATE": _date,
    "X_NUMBER": _as("PD154"),
    "X_RANGE": _as("PD155"),
    "X_DOTS": _as("PD155"),
    "X_EQUAL": _as("PD135"),
    "X_UNEQUAL": _as("PD135"),
    "X_OPEN_TEXT": _as("PD156"),
    "X_OPEN_NAME": _as("PD157"),
    "X_MINUS": _as("PD158"),
    "X_PLUS": _as("PD158"),
    "X_CHARACTER": _character,
}
"""Shapes that mean nothing anywhere, and what is said of each."""
