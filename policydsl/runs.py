"""One run: tables of a day as they were fitted, measured by an engine, judged, and reported."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from policydsl._frozen import evolve, frozen
from policydsl.catalogue import say
from policydsl.data.elsewhere import Tables, TooMany, Unanswered
from policydsl.data.from_sheets import Fitted, empty, fit
from policydsl.data.hashing import data_hash
from policydsl.data.parameters import Supplied, parameter_values
from policydsl.data.table import Data
from policydsl.diagnostics import DataError, DataPlace, Diagnostic
from policydsl.engines import Session
from policydsl.engines.choosing import Engine, open_session, out_of_reach
from policydsl.figures.environment import Environment
from policydsl.inputs.frames import read_frame
from policydsl.inputs.headings import tidy_heading
from policydsl.inputs.sheet import Sheet
from policydsl.model import rulebook as model
from policydsl.model.expressions import Value
from policydsl.model.periods import known, value_in_text
from policydsl.model.ruled import narrowed
from policydsl.model.scenario import Scenario
from policydsl.plan.grounds import grounds_of
from policydsl.reports.report import Report, report_of
from policydsl.verdicts.docket import docket_of
from policydsl.verdicts.judge import judge, quantities
from policydsl.verdicts.judged import Verdicts
from policydsl.verdicts.later import Later
from policydsl.verdicts.preparing import environment_of
from policydsl.verdicts.registered import registered
from policydsl.verdicts.relating import Opener, related
from policydsl.verdicts.relating.workshop import Workshop
from policydsl.verdicts.table_lines import tables_of_run
from policydsl.verdicts.unread import without_unread
from policydsl.verdicts.waivers import told_of_waivers

if TYPE_CHECKING:
    from policydsl.boards.extracts import Extract
    from policydsl.engines.sql.database import Database
    from policydsl.verdicts.days import Days


def judged(
    rulebook: model.Rulebook,
    sheets: Tables,
    as_of: date | None,
    supplied: Mapping[str, Supplied],
    engine: Engine,
    told: Sequence[Diagnostic] = (),
    example: bool = False,
    scenario: Scenario | None = None,
    asked: Collection[str] | None = None,
) -> tuple[Report | None, tuple[Diagnostic, ...]]:
    """The report on sheets, as they are or as a scenario changes them; or None with what is wrong with them. If only
    some checks and quantities are `asked` (by id and name), nothing else needs to be reported."""
    engine, database, elsewhere = where(sheets, engine)
    if elsewhere is None and database is None:
        elsewhere = out_of_reach(engine)
    if elsewhere is not None:
        return None, (*told, elsewhere)
    if not rulebook.checks and not example:
        told = (*told, say("PD366", None, title=rulebook.title))
    try:
        return _judged(rulebook, sheets, as_of, supplied, database or engine, told, example, scenario, asked)
    except (TooMany, Unanswered) as wrong:
        return None, (*told, *wrong.diagnostics)


def _judged(
    rulebook: model.Rulebook,
    sheets: Tables,
    as_of: date | None,
    supplied: Mapping[str, Supplied],
    engine: "Engine | Database",
    told: Sequence[Diagnostic],
    example: bool,
    scenario: Scenario | None,
    asked: Collection[str] | None,
) -> tuple[Report | None, tuple[Diagnostic, ...]]:
    fitted = fit(rulebook, sheets, as_of, example)
    values, wrong = parameter_values(rulebook, supplied, fitted.as_of, example)
    if scenario is not None and not any(one.is_error for one in (*fitted.diagnostics, *wrong)):
        from policydsl.scenarios import changed

        fitted, values, refused = changed(rulebook, scenario, fitted, values)
        wrong = (*wrong, *refused)
    diagnostics = (*told, *without_unread(rulebook, fitted.diagnostics), *wrong)
    if any(one.is_error for one in diagnostics):
        return None, diagnostics
    return judged_rows(rulebook, fitted, values, engine, diagnostics, scenario, asked)


def where(sheets: Tables, engine: Engine) -> "tuple[Engine, Database | None, Diagnostic | None]":
    """The engine that works where tables stand, its database, and what is wrong if another was asked for."""
    database = None
    for name, given in sheets.items():
        if isinstance(given, Sheet):
            continue
        if engine not in ("auto", given.engine):
            told = say("PD762", DataPlace(given.path), table=name, database=given.engine, engine=engine)
            return engine, None, told
        engine, database = given.engine, given.database
    return engine, database, None


def _worked_out_here(sessions: Sequence[Session]) -> tuple[Diagnostic, ...]:
    """What databases did not work out of tables that stand there, each told once."""
    found: dict[tuple[str, str], Diagnostic] = {}
    for session in sessions:
        for what, reason, table, count in getattr(session, "left", ()):
            found.setdefault((what, table), say("PD765", what=what, table=table, count=count, reason=reason))
    return tuple(found.values())


def judged_rows(
    rulebook: model.Rulebook,
    fitted: Fitted,
    values: Mapping[str, Value],
    engine: "Engine | Database",
    diagnostics: tuple[Diagnostic, ...] = (),
    scenario: Scenario | None = None,
    asked: Collection[str] | None = None,
    kept: Session | None = None,
    hashed: Later[str] | None = None,
) -> tuple[Report | None, tuple[Diagnostic, ...]]:
    """The report on rows that have been read, and perhaps changed since, with the values of the parameters. Who judges
    the same rows again has `kept` the session on them, and what their hash is."""
    sessions: list[Session] = []

    def opened(tables: Mapping[str, Data]) -> Session:
        sessions.append(open_session(rulebook, tables, engine))
        return sessions[-1]

    days = days_of(rulebook, fitted, opened)
    tables, found = related(rulebook, fitted.tables, opened, fitted.as_of, values, days)
    diagnostics = (*diagnostics, *found, *registered(rulebook, tables))
    if any(one.is_error for one in diagnostics):
        return None, diagnostics
    if asked is not None:
        rulebook = narrowed(rulebook, asked)
    session = kept if kept is not None and tables is fitted.tables else opened(tables)
    environment = environment_of(rulebook, tables, session, fitted.as_of, values, days)
    verdicts = judge(rulebook, tables, environment, session)
    lines = quantities(rulebook, session, environment, tables)
    diagnostics = (*diagnostics, *told_of_waivers(rulebook, verdicts, fitted.as_of), *_worked_out_here(sessions))
    report = report_of(
        rulebook,
        fitted.as_of,
        hashed or hash_of(fitted, scenario is not None),
        verdicts,
        lines,
        diagnostics,
        session.name,
        None if scenario is None else scenario.title,
        tables_of_run(Workshop(rulebook, dict(tables), partial(open_session, rulebook, engine=engine), environment)),
    )
    return report, diagnostics


def hash_of(fitted: Fitted, changed: bool = False) -> Later[str]:
    """The hash of all rows that were read, also of other days, unless a scenario has `changed` those of the day."""
    tables = fitted.tables if fitted.history is None or changed else fitted.history.whole()
    return Later(lambda: data_hash(tables))


@frozen
class RowJudge:
    """Judges rows without a report, for those who ask about many: only what checks rest on is worked out, and no
    fingerprint of the rows is taken. Raises DataError where something is wrong with them."""

    day: date | None
    supplied: Mapping[str, Supplied]

    def of_rows(self, rulebook: model.Rulebook, table: str, extract: "Extract", day: date | None) -> Verdicts:
        """The verdicts on rows that are read cell by cell."""
        sheet, told = read_frame(extract.rows, extract.called or table)
        sheet = evolve(sheet, rows=tuple(extract.numbers), among=tuple(map(tidy_heading, extract.headings)))
        fitted = fit(rulebook, {table: sheet}, day or self.day, doubted=False)
        return self._verdicts(rulebook, fitted, (*told, *fitted.diagnostics))

    def refuse(self, wrong: Sequence[Diagnostic]) -> NoReturn:
        """Says what is wrong with rows."""
        raise DataError(wrong)

    def of_data(self, rulebook: model.Rulebook, data: Data, day: date | None) -> Verdicts:
        """The verdicts on rows that have been read."""
        tables = {name: empty(table) for name, table in rulebook.tables.items()}
        return self._verdicts(rulebook, Fitted({**tables, data.table: data}, day or self.day, ()), ())

    def of_sums(self, rulebook: model.Rulebook, table: str, session: Session, day: date | None) -> Verdicts:
        """The verdicts on what has been measured of the rows of a table."""
        tables = {name: empty(each) for name, each in rulebook.tables.items()}
        tables[table] = Data(table, {}, (1,), ("row 1",))  # which say no more than that there are rows
        values, _ = parameter_values(rulebook, self.supplied, day or self.day)
        return judge(rulebook, tables, Environment(day or self.day, values), session)

    def _verdicts(self, rulebook: model.Rulebook, fitted: Fitted, told: tuple[Diagnostic, ...]) -> Verdicts:
        values, wrong = parameter_values(rulebook, self.supplied, fitted.as_of)

        def opened(tables: Mapping[str, Data]) -> Session:
            return open_session(rulebook, tables, "columnar")

        days = days_of(rulebook, fitted, opened)
        docket = docket_of(rulebook)
        resting = grounds_of(rulebook, docket.tallies, [figure for figure, _ in docket.figures])
        needed = frozenset(resting.entries) if days is None else None
        tables, found = related(rulebook, fitted.tables, opened, fitted.as_of, values, days, needed=needed)
        diagnostics = (*told, *wrong, *found)
        if any(one.is_error for one in diagnostics):
            raise DataError(diagnostics)
        session = opened(tables)
        environment = environment_of(rulebook, tables, session, fitted.as_of, values, days)
        return judge(rulebook, tables, environment, session)


def days_of(rulebook: model.Rulebook, fitted: Fitted, opened: Opener) -> "Days | None":
    """The run on other days, where the rulebook speaks of any; what the run supplies holds on the day judged alone."""
    if fitted.history is None or fitted.as_of is None:
        return None
    from policydsl.verdicts.days import Days

    def values(day: date) -> Mapping[str, Value]:
        return {name: known(value_in_text(parameter, day)) for name, parameter in rulebook.parameters.items()}

    return Days(rulebook, fitted.history, opened, values, fitted.as_of)
