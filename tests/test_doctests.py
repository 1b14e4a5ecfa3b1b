"""The examples in the docstrings of what an embedder imports."""

import doctest
from pathlib import Path
from types import ModuleType

import pytest

import policydsl
from policydsl import api

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("module", [policydsl, api], ids=["policydsl", "policydsl.api"])
def test_examples(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each runs as it stands, from the folder that holds the rulebooks."""
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(module)
    assert found.attempted and not found.failed
