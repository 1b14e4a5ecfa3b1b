"""The command line: reads arguments, calls one function, prints."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from policydsl._ending import end_if_told, take_signals
from policydsl.catalogue import say
from policydsl.cli import exit_codes
from policydsl.cli.memory_commands import program
from policydsl.cli.output import complain, language_of_arguments
from policydsl.cli.usage import about_usage
from policydsl.cli.waiting import waited_for


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs one command and ends the process with its exit code."""
    take_signals()
    gc.disable()  # what one command makes holds no circles worth looking for; on long rulebooks looking takes a third
    code = run(arguments)
    if "duckdb" not in sys.modules:  # which complains of what is left
        gc.freeze()  # else Python looks through all of it once more as the process ends
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code."""
    words = tuple(sys.argv[1:] if arguments is None else arguments)
    try:
        return _code_of(words)
    except (click.Abort, KeyboardInterrupt):
        return exit_codes.INTERRUPTED


def _code_of(words: Sequence[str]) -> int:
    """The exit code of a command that nobody interrupts."""
    try:
        with waited_for(lambda: language_of_arguments(words)):
            code = program.main(words, prog_name="policydsl", standalone_mode=False, obj=words)
        end_if_told()
        return code if isinstance(code, int) else exit_codes.FINE
    except click.Abort:
        raise
    except click.ClickException as refused:
        language = language_of_arguments(words)
        complain((about_usage(refused, language),), language=language)
        return exit_codes.UNREADABLE
    except MemoryError:
        pass  # the rows that were read are let go of when this ends, and only then is there room to say so
    except Exception:
        end_if_told()
        if os.environ.get("POLICYDSL_DEBUG"):
            raise
        complain((say("PD407"),), language=language_of_arguments(words))
        return exit_codes.OUR_FAULT
    complain((say("PD859"),), language=language_of_arguments(words))
    return exit_codes.UNREADABLE
