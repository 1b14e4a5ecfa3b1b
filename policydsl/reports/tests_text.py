"""How a rulebook's tests went."""

from collections.abc import Iterator, Sequence

from policydsl.reports.diagnostics_text import place_lines
from policydsl.reports.layout import paragraph
from policydsl.source import Source, Span

Tested = tuple[str, Span, Sequence[tuple[str, Span]]]
"""A test's title and place, and what was not as expected, each at its place."""


def tests_text(tests: Sequence[Tested], sources: Sequence[Source]) -> str:
    """A line for each test, and under it what was not as expected."""
    failed = sum(bool(failures) for _, _, failures in tests)
    return "\n".join([*(line for test in tests for line in _lines(test, sources)), _last(len(tests), failed)]) + "\n"


def _lines(test: Tested, sources: Sequence[Source]) -> Iterator[str]:
    title, _, failures = test
    yield from paragraph(f"{'FAILED' if failures else 'passed'}  {title}", 0, 8)
    for message, span in failures:
        yield from place_lines(span, message, sources)


def _last(tests: int, failed: int) -> str:
    if not tests:
        return "the rulebook has no tests"
    return (
        f"{tests} {'test' if tests == 1 else 'tests'}, {failed} failed"
        if failed
        else f"all {tests} tests passed"
        if tests > 1
        else "the test passed"
    )
