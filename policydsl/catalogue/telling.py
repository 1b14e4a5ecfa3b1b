"""Messages, their places and their pages in the languages beside English."""

from policydsl._frozen import evolve
from policydsl.catalogue import Page
from policydsl.catalogue.languages import ENGLISH, phrase, sentence, told_in, word
from policydsl.diagnostics import DataPlace, Diagnostic


def told(diagnostic: Diagnostic, language: str) -> Diagnostic:
    """A message in a language; in English where nobody has translated it."""
    sentence = told_in(language).messages.get(diagnostic.code)
    if language == ENGLISH or sentence is None:
        return diagnostic
    blanks = {
        name: word(language, value) if name in _WORDS and f"`{{{name}}}`" not in sentence else filled
        for name, value in diagnostic.blanks
        for filled in (_filled(name, value, language),)
    }
    return evolve(
        diagnostic,
        message=sentence.format(**blanks),
        labels=tuple(evolve(label, text=phrase(language, label.text)) for label in diagnostic.labels),
        hints=tuple(phrase(language, hint) for hint in diagnostic.hints),
    )


_WORDS = frozenset({"first", "last", "which"})
"""Blanks that a word of ours may fill, `day` or `more`; where they stand in backticks it is a name."""
_UNITS = ("years", "months", "weeks", "days")


def _filled(blank: str, value: str, language: str) -> str:
    """What fills a blank, told; a unit of time where the blank is for the unit that is wanted."""
    return sentence(language, value) if blank == "wanted" and value in _UNITS else phrase(language, value)


def told_place(place: DataPlace, language: str) -> str:
    """A place in a data file, in a language."""
    parts = [place.path]
    if place.sheet is not None:
        parts.append(sentence(language, "sheet {sheet}", sheet=place.sheet))
    if place.row is not None:
        parts.append(sentence(language, "row {row}", row=place.row))
    if place.column is not None:
        parts.append(sentence(language, "column {column}", column=place.column))
    return ", ".join(parts)


def told_page(page: Page, language: str) -> str:
    """A page of the catalogue with its sentence and its headings in a language; its explanation stays English."""
    message = told_in(language).messages.get(page.code)
    if language == ENGLISH or message is None:
        return page.text
    text = page.text.partition(f"> {page.sentence}\n")[2]
    for english in ("Wrong", "Right"):
        text = text.replace(f"\n{english}:\n", f"\n{sentence(language, english)}:\n")
    meaning = sentence(language, "What it means and what to do (in English)")
    return f"# {page.code}\n\n> {message}\n\n{meaning}:\n{text}"
