"""What the sample of generated pairs came to, at the end of a run of the tests."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many pairs were compared and how their verdicts fell."""
    from .test_engines_agree import COUNT

    if COUNT.pairs:
        terminalreporter.write_line(f"engines compared on {COUNT}")
