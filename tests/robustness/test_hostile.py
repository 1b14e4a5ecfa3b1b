"""Every input of docs/hostile-inputs.md gets what the page says."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

import policydsl as program
from policydsl.cli import run
from policydsl.data.from_sheets import fit
from policydsl.inputs.read import find_tables

from .hostile.case import BY_ISSUER, RULEBOOK, Case
from .hostile.page import CASES, PAGE, text
from .limited import policydsl

LEFT_OUT = {"PD355"}
"""That columns are missing which no case needs is no finding of a case."""


@cache
def rulebook(path: Path) -> program.Rulebook:
    return program.load(path)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rulebook of the small cases."""
    path = tmp_path_factory.mktemp("rulebook") / "hostile.policy"
    path.write_text(RULEBOOK + BY_ISSUER, encoding="utf-8")
    return path


def printed(value: object) -> str | None:
    """A value as the page shows it."""
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator) / value.denominator
        return f"{exact.normalize():f}"
    return None if value is None else str(value)


def test_page_is_what_the_cases_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == text(), "run `python -m tests.robustness.hostile.page`"


def test_there_are_enough_cases_and_none_twice() -> None:
    assert len({case.what for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", [case for case in CASES if not case.heavy], ids=lambda case: case.what)
def test_input(case: Case, written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = case.make(tmp_path)
    given = [tmp_path] if given is None else given
    tables, _, told = find_tables(given)
    columns = {}
    if not any(one.is_error for one in told):
        found = fit(rulebook(written).model, tables, None)
        told = [*told, *found.diagnostics]
        columns = {name: tuple(map(printed, values)) for name, values in found.tables["holdings"].columns.items()}
    assert {one.code for one in told} - LEFT_OUT == set(case.said), [one.message for one in told]
    refused = any(one.is_error for one in told)
    assert refused == (not case.reads)
    assert {name: columns[name] for name in case.reads} == {name: tuple(values) for name, values in case.reads.items()}
    code = run(["check", str(written), *map(str, given)])
    assert code in ((2,) if refused else (0, 1, 3)), capsys.readouterr()


@pytest.mark.parametrize("case", [case for case in CASES if case.heavy], ids=lambda case: case.what)
def test_large_input(case: Case, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("rulebook") / "hostile.policy"
    path.write_text(RULEBOOK, encoding="utf-8")
    given = case.make(tmp_path)
    done = policydsl("check", path, *([tmp_path] if given is None else given))
    assert done.code == (0 if case.reads else 2), done.err[-2000:]
    assert all(f" {code}:" in done.err for code in case.said), done.err[-2000:]
    for file in tmp_path.iterdir():
        file.unlink()
