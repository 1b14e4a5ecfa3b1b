"""Python on the pages: the blocks of a page are one session, in the root of the repository."""

import doctest
from pathlib import Path

import pytest

from .blocks import ROOT, blocks

BLOCKS = blocks("python")
PAGES = sorted({block.page for block in BLOCKS})


class Checker(doctest.OutputChecker):
    """Compares without regard to how a page is folded, and to which kind of space groups digits."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Whether an example printed what the page shows."""
        return super().check_output(want, got.replace("\N{NO-BREAK SPACE}", " "), doctest.NORMALIZE_WHITESPACE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_session(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    parser, runner, names = doctest.DocTestParser(), doctest.DocTestRunner(Checker()), {}
    said: list[str] = []
    for block in (block for block in BLOCKS if block.page == page):
        test = parser.get_doctest(block.text, names, block.place, str(page), block.line - 1)
        assert test.examples, block.place
        runner.run(test, out=said.append, clear_globs=False)
        names = test.globs
    assert "".join(said) == ""
