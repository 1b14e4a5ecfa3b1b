"""The named quantities of a rulebook, as measured."""

from collections.abc import Mapping

from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Interval, Undefined
from policydsl.model.expressions import Aggregate
from policydsl.model.rulebook import Quantity, Rulebook
from policydsl.model.types import DateType, GradeType, Numeric
from policydsl.verdicts import reasons
from policydsl.verdicts.case import Court
from policydsl.verdicts.docket import bare, docket_of
from policydsl.verdicts.evidence import Witness
from policydsl.verdicts.figure_line import FigureLine
from policydsl.verdicts.later import Later
from policydsl.verdicts.measured import View, measured
from policydsl.verdicts.settling import joined


def quantities(
    rulebook: Rulebook, session: Session, environment: Environment, data: Mapping[str, Data]
) -> tuple[FigureLine, ...]:
    """Every named quantity that is a figure, in the order of the rulebook."""
    docket = docket_of(rulebook)
    found = measured(rulebook, data, environment, session, docket.quantities)
    court = Court(docket, found, Witness(found))
    shown = [each for each in rulebook.quantities if isinstance(each.expression.type, Numeric | DateType | GradeType)]
    return tuple(_line(quantity, court) for quantity in shown)


def _line(quantity: Quantity, court: Court) -> FigureLine:
    view = View(court.of, known=court.docket.known)
    figure = view.figure(quantity.expression)
    count, _ = view.rows()
    absent = {tally.table for tally in view.asked if not reasons.given(court.of.data[tally.table])}
    if absent:
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
        reasons.empty(court.of.data[table] for table in sorted(absent)) or joined([*view.told]),
        reasons.missing_in((quantity.expression,), court.of.rulebook, court.of.environment) if unknown else (),
        behind=Later(lambda: court.witness.behind(tuple((tally, ()) for tally in view.asked))),
        wording=court.docket.wording,
    )
