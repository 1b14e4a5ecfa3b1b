"""Messages for reading: where, which, what; the line with the words at fault underlined; what to do next."""

import re
from collections.abc import Iterator, Sequence

from policydsl.catalogue.languages import ENGLISH, sentence
from policydsl.catalogue.telling import told, told_place
from policydsl.diagnostics import DataPlace, Diagnostic, Severity
from policydsl.reports.layout import WIDTH, paragraph
from policydsl.source import Source, Span

MOST_QUOTED = WIDTH - 12
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def diagnostics_text(diagnostics: Sequence[Diagnostic], sources: Sequence[Source] = (), language: str = ENGLISH) -> str:
    """All messages, and at the end how many of them are errors; empty if there are none."""
    if not diagnostics:
        return ""
    blocks = ["\n".join(diagnostic_lines(each, sources, language)) for each in diagnostics]
    return "\n\n".join([*blocks, _count(diagnostics, language)]) + "\n"


def diagnostic_lines(diagnostic: Diagnostic, sources: Sequence[Source] = (), language: str = ENGLISH) -> Iterator[str]:
    """The lines of one message."""
    diagnostic = told(diagnostic, language)
    where, severity = diagnostic.where, sentence(language, diagnostic.severity.value)
    place = (
        f"{told_place(where, language)}: "
        if isinstance(where, DataPlace)
        else f"{_at(where, sources)}: "
        if where is not None
        else ""
    )
    head = f"{place}{severity} {diagnostic.code}: {diagnostic.message}"
    yield from paragraph(_shown(head), 0, 4)
    if isinstance(where, Span):
        yield from _quoted(where, sources)
    for label in diagnostic.labels:
        yield from place_lines(label.span, label.text, sources)
    for hint in diagnostic.hints:
        yield from paragraph(_shown(sentence(language, "hint: {hint}", hint=hint)), 4, 6)


def place_lines(span: Span, text: str, sources: Sequence[Source]) -> Iterator[str]:
    """What is said of a place, and its line."""
    yield from paragraph(_shown(f"{_at(span, sources)}: {text}"), 4, 4)
    yield from _quoted(span, sources)


def _at(span: Span, sources: Sequence[Source]) -> str:
    source = _source(span, sources)
    if source is None:
        return span.path
    at = source.position(span.start)
    return f"{span.path}:{at.line}:{at.column}"


def _quoted(span: Span, sources: Sequence[Source]) -> Iterator[str]:
    """The line of a span, its words underlined; of a long line the part around them."""
    source = _source(span, sources)
    if source is None:
        return
    at = source.position(span.start)
    line = _shown(source.line(at.line))
    first = at.column - 1
    wide = min(max(span.end - span.start, 1), max(len(line) - first, 1))
    cut = 0 if len(line) <= MOST_QUOTED else max(0, min(first - MOST_QUOTED // 3, len(line) - MOST_QUOTED))
    line = line[cut : cut + MOST_QUOTED].rstrip()
    first -= cut
    wide = min(wide, MOST_QUOTED - first)
    number = f"{at.line:>6} | "
    yield number + line
    yield " " * (len(number) - 2) + "| " + " " * first + "^" * wide


def _source(span: Span, sources: Sequence[Source]) -> Source | None:
    return next((source for source in sources if source.path == span.path and span.start <= len(source.text)), None)


def _shown(text: str) -> str:
    """A text without what moves the cursor."""
    return _CONTROL.sub(" ", text)


def _count(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """How many there are of each kind, and where to read on about the first."""
    counts = []
    for severity in Severity:
        count = sum(each.severity is severity for each in diagnostics)
        if count:
            counts.append(f"{count} {sentence(language, severity.value if count == 1 else f'{severity.value}s')}")
    worst = next((each for each in diagnostics if each.is_error), diagnostics[0])
    return sentence(
        language, "{counts}; `policydsl explain {code}` says more", counts=", ".join(counts), code=worst.code
    )
