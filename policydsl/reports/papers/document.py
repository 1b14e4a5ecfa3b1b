"""A document as every form on paper shows it: nothing in it is worked out any more."""

from fractions import Fraction
from typing import Literal

from policydsl._frozen import frozen
from policydsl.model.rulebook import Outcome
from policydsl.reports.drawn import Drawn

Style = Literal["plain", "strong", "emphasis", "code"]


@frozen
class Span:
    """A stretch of text; `to` is the name of the part that it leads to."""

    text: str
    style: Style = "plain"
    to: str | None = None


Spans = tuple[Span, ...]


@frozen
class Heading:
    """A heading; 1 is the title of the document, `name` what leads to it."""

    level: int
    spans: Spans
    name: str | None = None


@frozen
class Paragraph:
    """A paragraph: of the text, of small print, or what is missing."""

    spans: Spans
    kind: Literal["body", "small", "missing"] = "body"


@frozen
class Bullets:
    """A list, with signs or with numbers."""

    items: tuple[Spans, ...]
    numbered: bool = False


@frozen
class PageBreak:
    """What follows begins on a page of its own, where there are pages."""


@frozen
class Banner:
    """The overall verdict, in words and with how many there are of each outcome."""

    outcome: Outcome
    word: str
    counts: tuple[tuple[Outcome, int, str], ...]


@frozen
class Picture:
    """A figure against its bounds, drawn from the one value to the other."""

    of: Drawn
    least: Fraction
    most: Fraction


@frozen
class Cell:
    """A field of a table: its text, and below it small lines and a picture. `outcome` is what the text says in a word,
    and `depth` how much of a limit is used, from 0 to 5."""

    spans: Spans
    under: tuple[Spans, ...] = ()
    picture: Picture | None = None
    outcome: Outcome | None = None
    depth: int | None = None


@frozen
class Column:
    """A column: its heading, whether it holds figures, and how wide it is beside others."""

    head: str
    figures: bool = False
    width: int = 1


@frozen
class Table:
    """A table with a heading over every column; the first cell of a row names it. `caption` says what it shows to whom
    can't see it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@frozen
class Drawing:
    """A picture by itself; what it shows stands in words above it."""

    picture: Picture


Part = Heading | Paragraph | Bullets | PageBreak | Banner | Table | Drawing


@frozen
class Document:
    """A document: its title, the language that it is told in, what stands at the foot of its pages, and its parts."""

    title: str
    language: str
    foot: str
    day: tuple[int, int, int] | None
    parts: tuple[Part, ...]


def plain(text: str) -> Spans:
    """A text as it is."""
    return (Span(text),) if text else ()


def prose(text: str) -> Spans:
    """A sentence; what stands in it between backticks is rule text."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    return tuple(Span(part, "code" if at % 2 else "plain") for at, part in enumerate(parts) if part)
