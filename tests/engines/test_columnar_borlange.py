"""The example of Borlänge needs nothing but integers of 64 bits, whatever is blank."""

from pathlib import Path
from random import Random

import pytest
from attrs import evolve

import policydsl
from policydsl.data.from_sheets import fit
from policydsl.data.parameters import parameter_values
from policydsl.engines.columnar import open_session
from policydsl.figures.environment import Environment
from policydsl.inputs.read import find_tables
from policydsl.plan.from_model import plan_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("blank", [0, 0.1])
def test_the_example_needs_no_fallback(blank: float) -> None:
    rulebook = policydsl.load(ROOT / "rulebooks/borlange").model
    sheets, _, _ = find_tables([ROOT / "examples/borlange/2015-01-31"])
    fitted = fit(rulebook, sheets, None, False)
    random, tables = Random(1), dict(fitted.tables)
    for name, data in tables.items():
        columns = {
            column: tuple(None if random.random() < blank else value for value in values)
            for column, values in data.columns.items()
        }
        tables[name] = evolve(data, columns=columns)
    session = open_session(rulebook.tables, tables, rulebook.scales)
    values, _ = parameter_values(rulebook, {})
    tallies = [tally for stage in plan_of(rulebook).stages for tally in stage]
    results = session.measure(tallies, Environment(fitted.as_of, values))
    assert list(results) == tallies
    assert session.fallbacks == 0
