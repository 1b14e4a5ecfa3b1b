"""The steps of a run: quantities that row conditions speak of are measured before the rows."""

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from policydsl.engines import Session
from policydsl.engines.lookup import figure_of
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Interval
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Rulebook
from policydsl.plan.from_model import figures_in


def environment_of(
    rulebook: Rulebook, session: Session, as_of: date | None, parameters: Mapping[str, Value]
) -> Environment:
    """What the run knows besides the tables, the quantities in row conditions among it; None where not exact."""
    environment = Environment(as_of, parameters)
    for quantity in figures_in(rulebook):
        figure = figure_of(quantity, session, environment)
        exact = figure.low if isinstance(figure, Interval) and figure.low == figure.high else None
        environment = evolve(environment, figures={**environment.figures, quantity: exact})
    return environment
