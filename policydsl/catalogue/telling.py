"""Messages in the languages beside English."""

from attrs import evolve

from policydsl.catalogue.languages import ENGLISH, phrase, told_in
from policydsl.diagnostics import Diagnostic


def told(diagnostic: Diagnostic, language: str) -> Diagnostic:
    """A message in a language; in English where nobody has translated it."""
    sentence = told_in(language).messages.get(diagnostic.code)
    if language == ENGLISH or sentence is None:
        return diagnostic
    blanks = {name: phrase(language, value) for name, value in diagnostic.blanks}
    return evolve(
        diagnostic,
        message=sentence.format(**blanks),
        labels=tuple(evolve(label, text=phrase(language, label.text)) for label in diagnostic.labels),
        hints=tuple(phrase(language, hint) for hint in diagnostic.hints),
    )
