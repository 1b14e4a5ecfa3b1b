"""The step before the rows: quantities that row conditions speak of are measured first."""

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Interval
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Rulebook
from policydsl.plan.dependencies import aggregates_in
from policydsl.plan.from_model import figures_in, tally_of
from policydsl.verdicts.measured import View, measured


def environment_of(
    rulebook: Rulebook,
    data: Mapping[str, Data],
    session: Session,
    as_of: date | None,
    parameters: Mapping[str, Value],
) -> Environment:
    """What the run knows besides the tables, the quantities in row conditions among it; None where not exact."""
    environment = Environment(as_of, parameters)
    for quantity in figures_in(rulebook):
        tallies = [tally_of(node) for node in aggregates_in(quantity)]
        figure = View(measured(rulebook, data, environment, session, tallies)).figure(quantity)
        exact = figure.low if isinstance(figure, Interval) and figure.exact else None
        environment = evolve(environment, figures={**environment.figures, quantity: exact})
    return environment
