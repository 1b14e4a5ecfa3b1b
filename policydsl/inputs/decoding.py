"""The bytes of a text file as text: the encodings that spreadsheets and banks write, and nothing that is no text."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")


class _TwoWays(Exception):
    """One part of a file is in another coding than the rest, so that neither gives all of its letters."""


def decode(data: bytes, place: DataPlace) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text, with line ends `\\n` or `\\r\\n`; None where the bytes are no text."""
    told: tuple[Diagnostic, ...] = ()
    try:
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            text = data.decode("utf-16")
        elif data.startswith(BOM_UTF8):
            text = data.decode("utf-8-sig")
        else:
            text, told = _without_mark(data, place)
    except _TwoWays:
        hints = ("some of it is UTF-8 and some is not: save it as CSV UTF-8 from where it was made",)
        return None, (say("PD306", place, hints=hints),)
    except UnicodeDecodeError:
        return None, (_no_text(data, place),)
    if _NO_TEXT.search(text):
        return None, (_no_text(data, place),)
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    return text.rstrip("\x1a"), told


def _without_mark(data: bytes, place: DataPlace) -> tuple[str, tuple[Diagnostic, ...]]:
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as wrong:
        if not data[: wrong.start].isascii():
            raise _TwoWays from None
        row = data.count(b"\n", 0, wrong.start) + 1
        text = data.decode("cp1252")
    return text, (say("PD312", DataPlace(place.path, row=row)),)


def _no_text(data: bytes, place: DataPlace) -> Diagnostic:
    if data.startswith(b"PK\x03\x04"):
        return say("PD306", place, hints=("it looks like a workbook: give its name the ending .xlsx",))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return say("PD306", place, hints=("it looks like an old workbook: save it as .xlsx or as CSV UTF-8",))
    return say("PD306", place, hints=("save it as CSV UTF-8",))
