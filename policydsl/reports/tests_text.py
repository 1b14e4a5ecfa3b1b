"""How a rulebook's tests went."""

from collections.abc import Iterator, Sequence

from policydsl.catalogue.languages import ENGLISH, sentence
from policydsl.reports.diagnostics_text import place_lines
from policydsl.reports.layout import paragraph
from policydsl.source import Source, Span

Tested = tuple[str, Span, Sequence[tuple[str, Span]]]
"""A test's title and place, and what was not as expected, each at its place."""


def tests_text(tests: Sequence[Tested], sources: Sequence[Source], language: str = ENGLISH) -> str:
    """A line for each test, and under it what was not as expected."""
    failed = sum(bool(failures) for _, _, failures in tests)
    lines = [line for test in tests for line in _lines(test, sources, language)]
    return "\n".join([*lines, _last(len(tests), failed, language)]) + "\n"


def _lines(test: Tested, sources: Sequence[Source], language: str) -> Iterator[str]:
    title, _, failures = test
    yield from paragraph(f"{sentence(language, 'FAILED' if failures else 'passed')}  {title}", 0, 8)
    for message, span in failures:
        yield from place_lines(span, message, sources)


def _last(tests: int, failed: int, language: str) -> str:
    if not tests:
        return sentence(language, "the rulebook has no tests")
    if failed:
        told = "{tests} test, {failed} failed" if tests == 1 else "{tests} tests, {failed} failed"
        return sentence(language, told, tests=tests, failed=failed)
    return sentence(language, "all {tests} tests passed" if tests > 1 else "the test passed", tests=tests)
