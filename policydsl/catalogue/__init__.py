"""Every message has a page: a title, the sentence with its blanks, what it means, a wrong and a right example."""

import re
from functools import cache
from pathlib import Path

from policydsl._frozen import frozen
from policydsl.diagnostics import DataPlace, Diagnostic, Label, Severity
from policydsl.source import Span

_PAGES = Path(__file__).parent
_PAGE = re.compile(
    r"# (?P<code>PD\d{3})(?: \((?P<severity>warning|note)\))?: (?P<title>[^\n]+)\n+> (?P<sentence>[^\n]+)\n"
)


@frozen
class Page:
    """A page of the catalogue: `sentence` has blanks in braces, `text` is the whole page in Markdown."""

    code: str
    severity: Severity
    title: str
    sentence: str
    text: str


@cache
def page(code: str) -> Page:
    """The page of a code; a code without a page is a KeyError."""
    file = _PAGES / f"{code}.md"
    if not file.is_file():
        raise KeyError(code)
    text = file.read_text(encoding="utf-8")
    head = _PAGE.match(text)
    if head is None or head["code"] != code:
        raise ValueError(f"the page of {code} does not begin as a page does")
    return Page(code, Severity(head["severity"] or "error"), head["title"], head["sentence"], text)


def codes() -> list[str]:
    """All codes that have a page, in order."""
    names = (entry.name for entry in _PAGES.iterdir())
    return sorted(name[:-3] for name in names if re.fullmatch(r"PD\d{3}\.md", name))


def say(
    code: str,
    where: Span | DataPlace | None = None,
    *,
    labels: tuple[Label, ...] = (),
    hints: tuple[str, ...] = (),
    **blanks: object,
) -> Diagnostic:
    """A diagnostic with the page's sentence, its blanks filled in."""
    found = page(code)
    filled = tuple((name, str(value)) for name, value in blanks.items())
    return Diagnostic(code, found.severity, found.sentence.format(**blanks), where, labels, hints, filled)


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that a misspelt one most likely means, or None; the same for any order of `known`."""
    from difflib import get_close_matches

    lowered = {name.casefold(): name for name in sorted(known, reverse=True)}
    found = get_close_matches(word.casefold(), sorted(lowered), 1, 0.6)
    return lowered[found[0]] if found else None
