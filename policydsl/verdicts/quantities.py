"""The named quantities of a rulebook, as measured."""

from collections.abc import Mapping

from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Interval, Undefined
from policydsl.model.expressions import Aggregate
from policydsl.model.rulebook import Quantity, Rulebook
from policydsl.model.types import DateType, GradeType, Numeric
from policydsl.plan.dependencies import aggregates_in
from policydsl.plan.from_model import tally_of
from policydsl.verdicts import reasons
from policydsl.verdicts.case import Court, court_over
from policydsl.verdicts.figure_line import FigureLine
from policydsl.verdicts.measured import View, bare, measured


def quantities(
    rulebook: Rulebook, session: Session, environment: Environment, data: Mapping[str, Data] | None = None
) -> tuple[FigureLine, ...]:
    """Every named quantity that is a figure, in the order of the rulebook."""
    if data is None:
        data = getattr(session, "data", {})
    shown = [each for each in rulebook.quantities if isinstance(each.expression.type, Numeric | DateType | GradeType)]
    tallies = [tally_of(node) for quantity in shown for node in aggregates_in(quantity.expression)]
    court = court_over(measured(rulebook, data, environment, session, tallies))
    return tuple(_line(quantity, court) for quantity in shown)


def _line(quantity: Quantity, court: Court) -> FigureLine:
    view = View(court.of)
    figure = view.figure(quantity.expression)
    count, _ = view.rows()
    tables = (court.of.data[tally.table] for tally in view.asked)
    because = reasons.empty({data.table: data for data in tables if not reasons.given(data)}.values())
    if because:
        figure, count = Undefined("unknown"), None
    of = bare(quantity.expression)
    unknown = not isinstance(figure, Interval) or not figure.exact
    return FigureLine(
        quantity,
        (),
        figure,
        quantity.expression.type,
        count,
        of.rows.table if isinstance(of, Aggregate) and of.function == "count" else None,
        because,
        reasons.missing_in((quantity.expression,), court.of.rulebook, court.of.environment) if unknown else (),
        behind=court.witness.behind(tuple((tally, ()) for tally in view.asked), ()),
        wording=court.wording,
    )
