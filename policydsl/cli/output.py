"""Results go to stdout or a file, everything else to stderr."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TextIO

import click

from policydsl._progress import over
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic, Severity
from policydsl.inputs.databases.address import file_of
from policydsl.inputs.named_files import file_named
from policydsl.inputs.places import TABLE_ENDINGS
from policydsl.source import Source, Span

PLAIN = str.maketrans({"\u00a0": " ", "“": '"', "”": '"'})


def put(text: str, stream: TextIO | None = None) -> None:
    """Writes to stdout; that the reader has gone away, or lacks a sign, is no fault."""
    over()
    stream = stream or sys.stdout
    try:
        stream.write(_in_signs_of(stream.encoding or "utf-8", text))
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def put_exactly(text: str) -> None:
    """Writes to stdout what programs read: in UTF-8, whatever the terminal's signs are."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    put(text)


def _in_signs_of(encoding: str, text: str) -> str:
    """A text in the signs that there are: plain ones in the place of better ones, and `?` where there is none."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN).encode(encoding, "replace").decode(encoding)
    return text


def complain(diagnostics: Sequence[Diagnostic], sources: Sequence[Source] = (), language: str | None = None) -> None:
    """Writes messages to stderr, in a language or in the one that fits."""
    if not diagnostics:
        return
    from policydsl.reports.diagnostics_text import diagnostics_text

    put(diagnostics_text(diagnostics, sources, language or language_for(sources)), sys.stderr)


def asked_language() -> str | None:
    """The language after `--lang`, if it was given."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.find_root().params.get("lang")


def language_for(sources: Sequence[Source]) -> str:
    """The language of messages: the one asked for, or else the one that a file of the rulebook is in; without these
    the one of a rulebook that the command line names."""
    asked = asked_language()
    if asked is not None:
        return asked
    from policydsl.syntax.languages import DEFAULT, language_of

    if not sources:
        context = click.get_current_context(silent=True)
        return DEFAULT if context is None else language_of_arguments(context.find_root().obj or ())
    return next((code for source in sources if (code := language_of(source)[0]) != DEFAULT), DEFAULT)


def language_of_arguments(arguments: Sequence[str]) -> str:
    """The language that a command line asks for, or else that of a rulebook in it."""
    from policydsl._resources import languages
    from policydsl.model.finding import ENDINGS, files_at
    from policydsl.syntax.languages import DEFAULT, language_of

    joined = [word for argument in arguments for word in argument.split("=", 1)]
    for option, given in pairwise(joined):
        if option == "--lang" and given in languages():
            return given
    for argument in arguments:
        for file in () if argument.startswith("-") else files_at(Path(argument)):
            if not file.name.endswith(ENDINGS):
                continue
            from policydsl.model.loading import read_source  # a start without a rulebook needs no parser

            source = read_source(file)[0]
            if source is not None and (code := language_of(source)[0]) != DEFAULT:
                return code
    return DEFAULT


def quoted(diagnostics: Sequence[Diagnostic]) -> tuple[Source, ...]:
    """The files that messages on a rulebook point into, read once more; for a rulebook that could not be."""
    from policydsl.model.loading import read_source

    spans = [label.span for each in diagnostics for label in each.labels]
    spans += [each.where for each in diagnostics if isinstance(each.where, Span)]
    paths = [Path(path) for path in dict.fromkeys(span.path for span in spans)]
    return tuple(source for path in paths if path.is_file() and (source := read_source(path)[0]) is not None)


def warnings(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What is more than a note."""
    return tuple(each for each in diagnostics if each.severity is not Severity.NOTE)


def save(result: str | bytes, path: str) -> Diagnostic | None:
    """Writes a file as a whole or not at all; what is no plain file is written to as it is. Or why it can't be."""
    target = Path(os.path.realpath(path))
    written = result.encode("utf-8") if isinstance(result, str) else result
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(written)
            return None
        draft = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with draft.open("xb") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as refused:
        return say("PD406", path=path, reason=_reason(refused))
    return None


def same_file(path: str, other: str) -> bool:
    """Whether two paths, the second perhaps of a file whose table is said or the address of a database in a file, lead
    to one file that there is; of a folder, to a table or a rulebook in it."""
    other = file_named(file_of(other))
    if not os.path.isfile(path) or not os.path.exists(other):
        return False
    if os.path.isdir(other):
        is_read = path.lower().endswith((*TABLE_ENDINGS, ".policy", ".policy.md", "parameters.txt"))
        return is_read and os.path.samefile(os.path.dirname(os.path.realpath(path)), other)
    return os.path.samefile(path, other)


def _reason(refused: OSError) -> str:
    match refused:
        case FileNotFoundError():
            return "there is no such folder"
        case PermissionError():
            return "it may not be written to"
        case IsADirectoryError() | FileExistsError():
            return "it is a folder"
    return (refused.strerror or "the system refuses").lower()
