"""Declarations with a table in them: the table is read when the rest of the declaration is known."""

from typing import Any

from policydsl.syntax import ast
from policydsl.syntax.build.parts import DecideDraft, HistoryDraft, LimitsDraft, ReplaceDraft
from policydsl.syntax.decision import read_decide
from policydsl.syntax.given import with_values
from policydsl.syntax.grid import read_limits
from policydsl.syntax.history import read_history
from policydsl.syntax.words import words_of


def finished(made: Any, text: str, language: str) -> Any:
    """The declaration with its table read, or `Wrong` with all that is wrong in the table."""
    match made:
        case LimitsDraft():
            return read_limits(made, text, language)
        case DecideDraft():
            return read_decide(made, text, language)
        case HistoryDraft():
            return read_history(made, text, language)
        case ReplaceDraft(by=by, span=span):
            return ast.Replace(finished(by, text, language), span=span)
        case ast.Test() | ast.Scenario():
            return with_values(made, words_of(language))
    return made
