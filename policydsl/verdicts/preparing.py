"""The step before the rows: quantities that row conditions speak of are measured first."""

from collections.abc import Mapping, Sequence
from datetime import date

from policydsl._frozen import evolve
from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.figures.environment import Days, Environment
from policydsl.figures.operations import as_value
from policydsl.model.expressions import Expression, Value
from policydsl.model.rulebook import Rulebook
from policydsl.model.types import YES_NO
from policydsl.plan.tallies import Tally
from policydsl.verdicts.docket import docket_of
from policydsl.verdicts.measured import Measured, View, measured, unrated_in
from policydsl.verdicts.reasons import given
from policydsl.verdicts.settled import Results


def environment_of(
    rulebook: Rulebook,
    data: Mapping[str, Data],
    session: Session,
    as_of: date | None,
    parameters: Mapping[str, Value],
    days: Days | None = None,
) -> Environment:
    """What the run knows besides the tables, the quantities in row conditions among it.

    They are None where not exact, and where they speak of a table that was not given.
    """
    docket = docket_of(rulebook)
    environment = Environment(as_of, parameters, {}, days)
    for quantity, tallies in docket.figures:
        value = None
        if all(given(data[tally.table]) for tally in tallies):
            results = Results(docket, session, environment)
            results.measure(tallies)
            found = Measured(rulebook, data, environment, session, results, unrated_in(rulebook))
            value = _value(quantity, View(found, known=docket.known))
        environment = evolve(environment, figures={**environment.figures, quantity: value})
    return environment


def value_of(
    quantity: Expression,
    tallies: Sequence[Tally],
    rulebook: Rulebook,
    data: Mapping[str, Data],
    environment: Environment,
    session: Session,
) -> Value:
    """What a quantity comes to as rows read it, once all that its own rows are judged by is in the environment."""
    if not all(given(data[tally.table]) for tally in tallies):
        return None
    view = View(measured(rulebook, data, environment, session, tallies), known=docket_of(rulebook).known)
    return _value(quantity, view)


def _value(quantity: Expression, view: View) -> Value:
    return view.truth(quantity) if quantity.type == YES_NO else as_value(view.figure(quantity), quantity.type)
