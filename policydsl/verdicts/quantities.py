"""The named quantities of a rulebook, as measured."""

from collections.abc import Mapping

from policydsl.data.table import Data
from policydsl.engines import Session
from policydsl.figures.environment import Environment
from policydsl.figures.interval import Figure, Interval, Undefined
from policydsl.model.expressions import Aggregate
from policydsl.model.rulebook import Quantity, Rulebook
from policydsl.model.types import DateType, GradeType, Numeric
from policydsl.verdicts import reasons
from policydsl.verdicts.case import Court
from policydsl.verdicts.docket import bare, docket_of
from policydsl.verdicts.evidence import Witness
from policydsl.verdicts.figure_line import FigureLine
from policydsl.verdicts.later import Later
from policydsl.verdicts.measured import Measured, View, unrated_in
from policydsl.verdicts.said import Said, said_by
from policydsl.verdicts.settled import Results
from policydsl.verdicts.settling import joined


def quantities(
    rulebook: Rulebook, session: Session, environment: Environment, data: Mapping[str, Data]
) -> tuple[FigureLine, ...]:
    """Every named quantity, in the order of the rulebook."""
    docket = docket_of(rulebook)
    results = Results(docket, session, environment)
    results.measure(docket.quantities)
    found = Measured(rulebook, data, environment, session, results, unrated_in(rulebook))
    court = Court(docket, found, Witness(found))
    return tuple(_line(quantity, court) for quantity in rulebook.quantities)


def _line(quantity: Quantity, court: Court) -> FigureLine:
    view = View(court.of, known=court.docket.known)
    said: Said | None = None
    figure: Figure = Undefined("unknown")
    if isinstance(quantity.expression.type, Numeric | DateType | GradeType):
        figure = view.figure(quantity.expression)
    else:
        said = said_by(quantity.expression, view)
    count, _ = view.rows() if said is None else (None, None)
    absent = {tally.table for tally in view.asked if not reasons.given(court.of.data[tally.table])}
    if absent:
        figure, count = Undefined("unknown"), None
        said = None if said is None else Said((), (), True, said.several)
    of = bare(quantity.expression)
    exact = said.exact if said is not None else isinstance(figure, Interval) and figure.exact
    return FigureLine(
        quantity,
        (),
        figure,
        quantity.expression.type,
        count,
        of.rows.table if isinstance(of, Aggregate) and of.function == "count" else None,
        reasons.empty(court.of.data[table] for table in sorted(absent)) or joined([*view.told]),
        said,
        () if exact else reasons.missing_in((quantity.expression,), court.of.rulebook, court.of.environment),
        behind=Later(lambda: court.witness.behind(tuple((tally, ()) for tally in view.asked))),
        wording=court.docket.wording,
    )
