"""What a program imports: read a rulebook, check tables with it, get a report. The seven verbs, in order."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from policydsl.catalogue import say
from policydsl.data.from_sheets import Fitted, fit
from policydsl.data.hashing import data_hash
from policydsl.data.parameters import Supplied, parameter_values
from policydsl.data.table import Data
from policydsl.diagnostics import Diagnostic
from policydsl.engines import Session
from policydsl.engines.choosing import Engine, missing_package, open_session
from policydsl.figures.environment import Environment
from policydsl.inputs.frames import read_frame
from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import Sheet
from policydsl.model import rulebook as model
from policydsl.model.expressions import Value
from policydsl.model.kept import Checked, keep, recall
from policydsl.model.periods import known, value_in_text
from policydsl.model.ruled import narrowed
from policydsl.model.scenario import Scenario
from policydsl.model.scenario_names import scenario_named, unknown_scenario
from policydsl.reports.report import Report, report_of
from policydsl.verdicts.judge import judge, quantities
from policydsl.verdicts.preparing import environment_of
from policydsl.verdicts.registered import registered
from policydsl.verdicts.relating import Opener, related
from policydsl.verdicts.unread import without_unread
from policydsl.verdicts.verdict import Verdict
from policydsl.verdicts.waivers import told_of_waivers

if TYPE_CHECKING:
    from policydsl.boards import Board
    from policydsl.boards.run import Prepared
    from policydsl.reports.several import Reports
    from policydsl.verdicts.days import Days


class PolicyError(Exception):
    """What stopped the run, with every diagnostic."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [found for found in self.diagnostics if found.is_error]
        super().__init__("\n".join(f"{found.code}: {found.message}" for found in errors))

    def __reduce__(self) -> tuple[type["PolicyError"], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


class RulebookError(PolicyError):
    """The rulebook needs a change before it can be used."""


class DataError(PolicyError):
    """The data, or a value that the run supplied, needs a change before it can be judged."""


@frozen
class Rulebook:
    """A rulebook that has been read and found right. Immutable; may be pickled, and used by several threads."""

    model: model.Rulebook
    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings and notes about the rulebook."""

    @property
    def title(self) -> str:
        """The title of the header."""
        return self.model.title

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of all rules and cells, in the order of the text."""
        return tuple(check.id for check in self.model.checks)

    def check(
        self,
        tables: Mapping[str, object],
        *,
        as_of: date | None = None,
        parameters: Mapping[str, Supplied] | None = None,
        engine: Engine = "auto",
        scenario: str | None = None,
    ) -> Report:
        """Judge tables by the rulebook, as they are or as a scenario of the rulebook, named by its title, makes them.

        `tables` maps a table's name to a pandas frame, an Arrow table, a list of dicts or a dict of columns; `as_of` is
        the day judged (default: the latest date in dated tables); `parameters` are the values that the run supplies, as
        rule text (`"350 MSEK"`) or as exact numbers in the parameter's own unit. Raises DataError with everything that
        is wrong with the data.

        >>> import policydsl
        >>> rulebook = policydsl.load("rulebooks/borlange")
        >>> bond = {"date": "2015-01-31", "instrument": "bond", "issuer": "Staten", "market_value": "100 SEK"}
        >>> {verdict.id: verdict.outcome for verdict in rulebook.check({"holdings": [bond]}).verdicts}["own"]
        'pass'
        """
        sheets, told = _sheets(tables)
        day = _day(as_of)
        chosen = None if scenario is None else _scenario(self.model, scenario)
        report, diagnostics = judged(self.model, sheets, day, parameters or {}, engine, told, scenario=chosen)
        if report is None:
            raise DataError(diagnostics)
        return report

    def board(
        self,
        table: object,
        *,
        as_of: date | None = None,
        parameters: Mapping[str, Supplied] | None = None,
        threads: int = 2,
    ) -> "Board":
        """The outcomes and figures of every check for many portfolios (`within each`), in one pass over many rows.

        `table` is the rulebook's main table: an Arrow table, a pandas or polars frame, or the path of a Parquet file,
        which is read piece by piece. Texts are fastest as categories (dictionaries), money as whole numbers or
        decimals. What sums can't decide is judged as `check` does; `Board.one_by_one` says what, and why. Raises
        DataError.

        >>> import pandas, policydsl
        >>> rulebook = policydsl.load("benchmarks/credit.policy")
        >>> bond = {"portfolio_id": "P1", "issuer": "Staten", "issuer_category": "A", "duration_years": 3.5,
        ...         "mv": 100, "currency": "SEK", "instrument_type": "bond"}
        >>> board = rulebook.board(pandas.DataFrame([bond]))
        >>> board.entry("P1", "duration_low").figure, board.entry("P1", "certificates").outcome
        (Fraction(42, 1), 'pass')
        """
        return prepared_board(self, table, as_of, parameters or {}, threads).board()


def prepared_board(
    rulebook: Rulebook, table: object, as_of: date | None, supplied: Mapping[str, Supplied], threads: int = 2
) -> "Prepared":
    """A rulebook and the rows of its main table, made ready for boards."""
    from policydsl.boards.run import prepared
    from policydsl.boards.sources import source_of

    day, model = _day(as_of), rulebook.model
    values, wrong = parameter_values(model, supplied, day, False)
    if any(one.is_error for one in wrong):
        raise DataError(wrong)

    def judge(name: str, rows: object, on: date | None) -> Sequence[Verdict]:
        sheet, told = read_frame(rows, name)
        report, diagnostics = judged(model, {name: sheet}, on or day, supplied, "columnar", told)
        if report is None:
            raise DataError(diagnostics)
        return report.verdicts

    return prepared(model, source_of(table), Environment(day, values), judge, threads)


def _sheets(tables: Mapping[str, object]) -> tuple[dict[str, Sheet], list[Diagnostic]]:
    sheets: dict[str, Sheet] = {}
    told: list[Diagnostic] = []
    for name, table in tables.items():
        sheets[name], found = read_frame(table, name)
        told += found
    return sheets, told


def _day(as_of: date | None) -> date | None:
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    if day is not None and not isinstance(day, date):
        raise TypeError(f"as_of is a date such as date(2015, 1, 31), not {type(day).__name__}")
    return day


def check_all(
    rulebooks: Sequence[Rulebook],
    tables: Mapping[str, object],
    *,
    as_of: date | None = None,
    parameters: Mapping[str, Supplied] | None = None,
    engine: Engine = "auto",
    scenarios: Sequence[str] = (),
) -> "Reports":
    """Judge tables by several rulebooks (a law, a policy, a mandate), each with its own verdicts, and by each in the
    scenarios that are named and that it has. Each rulebook takes the tables and parameters that it knows.

    Raises DataError with everything that is wrong with the data for one of them.
    """
    sheets, told = _sheets(tables)
    reports, diagnostics = judged_by_all(rulebooks, sheets, _day(as_of), parameters or {}, engine, told, scenarios)
    if reports is None:
        raise DataError(diagnostics)
    return reports


def _scenario(rulebook: model.Rulebook, title: str) -> Scenario:
    found = scenario_named(title, rulebook.scenarios)
    if found is None:
        raise DataError([say("PD635", None, title=title, hint=unknown_scenario(title, rulebook.scenarios))])
    return found


def load(path: str | PathLike[str]) -> Rulebook:
    """The rulebook in a file or folder; raises RulebookError with all that is wrong with it."""
    rulebook, diagnostics = read(path)
    if rulebook is None:
        raise RulebookError(diagnostics)
    return rulebook


def read(path: str | PathLike[str]) -> tuple[Rulebook | None, tuple[Diagnostic, ...]]:
    """The rulebook in a file or folder, or None, and everything that is to be said about it."""
    found, diagnostics = recall(Path(path)) or _read_anew(Path(path))
    return None if found is None else Rulebook(found, diagnostics), diagnostics


def _read_anew(path: Path) -> Checked:
    from policydsl.model.check import check
    from policydsl.model.loading import load_layers

    layers, told = load_layers(path)
    if not layers or not layers[-1].files:
        return None, told
    if any(one.code in ("PD297", "PD299") for one in told):
        return None, told  # without a file that belongs to it, all that it declares would be told as missing
    found, wrong = check(layers[-1].files, [layer.files for layer in layers[:-1]])
    checked = (None if any(one.is_error for one in told) else found, (*told, *wrong))
    keep(path, [(layer.home, name) for layer in layers for name in layer.looked_up], checked)
    return checked


def check_files(
    rulebook: Rulebook,
    paths: Sequence[Path],
    as_of: date | None = None,
    settings: Mapping[str, str] | None = None,
    engine: Engine = "auto",
) -> tuple[Report | None, tuple[Diagnostic, ...]]:
    """Judge the tables in files or a folder; None where something is wrong with them."""
    sheets, found, told = find_tables(paths)
    if any(one.is_error for one in told):
        return None, (*rulebook.diagnostics, *told)
    supplied = {**found, **(settings or {})}
    return judged(rulebook.model, sheets, as_of, supplied, engine, [*rulebook.diagnostics, *told])


def check_files_by_all(
    rulebooks: Sequence[Rulebook],
    paths: Sequence[Path],
    as_of: date | None = None,
    settings: Mapping[str, str] | None = None,
    engine: Engine = "auto",
    scenarios: Sequence[str] | None = (),
) -> tuple["Reports | None", tuple[Diagnostic, ...]]:
    """Judge the tables in files or a folder by several rulebooks; `scenarios` None stands for all that there are."""
    sheets, found, told = find_tables(paths)
    if any(one.is_error for one in told):
        return None, (*(one for rulebook in rulebooks for one in rulebook.diagnostics), *told)
    supplied = {**found, **(settings or {})}
    if scenarios is None:
        scenarios = [one.title for rulebook in rulebooks for one in rulebook.model.scenarios]
    return judged_by_all(rulebooks, sheets, as_of, supplied, engine, told, scenarios)


def judged_by_all(
    rulebooks: Sequence[Rulebook],
    sheets: Mapping[str, Sheet],
    as_of: date | None,
    supplied: Mapping[str, Supplied],
    engine: Engine,
    told: Sequence[Diagnostic] = (),
    scenarios: Sequence[str] = (),
) -> tuple["Reports | None", tuple[Diagnostic, ...]]:
    """The reports of several rulebooks on the same sheets, or None with what is wrong with them."""
    from policydsl.reports.comparison import Comparison
    from policydsl.reports.several import Reports

    every = tuple(one for rulebook in rulebooks for one in rulebook.model.scenarios)
    strange = [title for title in scenarios if scenario_named(title, every) is None]
    if strange:
        return None, tuple(say("PD635", None, title=one, hint=unknown_scenario(one, every)) for one in strange)
    diagnostics = list(told)
    tables = {name.casefold() for rulebook in rulebooks for name in rulebook.model.tables}
    parameters = {name for rulebook in rulebooks for name in rulebook.model.parameters}
    reports: list[Report] = []
    comparisons: list[Comparison] = []
    for rulebook in rulebooks:
        book = rulebook.model
        own = {name.casefold() for name in book.tables}
        known = {name: one for name, one in sheets.items() if name.casefold() in own or name.casefold() not in tables}
        values = {name: one for name, one in supplied.items() if name in book.parameters or name not in parameters}
        said = (*rulebook.diagnostics, *(() if reports else told))
        before, wrong = judged(book, known, as_of, values, engine, said)
        diagnostics += (one for one in wrong if one not in diagnostics)
        if before is None:
            continue
        reports.append(before)
        chosen = [one for title in scenarios if (one := scenario_named(title, book.scenarios)) is not None]
        for scenario in dict.fromkeys(chosen):
            after, wrong = judged(book, known, as_of, values, engine, scenario=scenario)
            diagnostics += [one for one in wrong if one.is_error]
            if after is not None:
                comparisons.append(
                    Comparison(
                        book.title + after.say(", in the scenario “{title}”", title=scenario.title), before, after
                    )
                )
    if any(one.is_error for one in diagnostics):
        return None, tuple(diagnostics)
    return Reports(tuple(reports), tuple(comparisons)), tuple(diagnostics)


def judged(
    rulebook: model.Rulebook,
    sheets: Mapping[str, Sheet],
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
    if (package := missing_package(engine)) is not None:
        return None, (*told, say("PD760", engine=engine, package=package))
    if not rulebook.checks and not example:
        told = (*told, say("PD366", None, title=rulebook.title))
    fitted = fit(rulebook, sheets, as_of, example)
    values, wrong = parameter_values(rulebook, supplied, fitted.as_of, example)
    if scenario is not None and not any(one.is_error for one in (*fitted.diagnostics, *wrong)):
        from policydsl.scenarios import changed

        fitted, values, refused = changed(rulebook, scenario, fitted, values)
        wrong = (*wrong, *refused)
    diagnostics = (*told, *without_unread(rulebook, fitted.diagnostics), *wrong)
    if any(one.is_error for one in diagnostics):
        return None, diagnostics

    def opened(tables: Mapping[str, Data]) -> Session:
        return open_session(rulebook, tables, engine)

    days = _days(rulebook, fitted, opened)
    tables, found = related(rulebook, fitted.tables, opened, fitted.as_of, values, days)
    diagnostics = (*diagnostics, *found, *registered(rulebook, tables))
    if any(one.is_error for one in diagnostics):
        return None, diagnostics
    if asked is not None:
        rulebook = narrowed(rulebook, asked)
    session = opened(tables)
    environment = environment_of(rulebook, tables, session, fitted.as_of, values, days)
    verdicts = judge(rulebook, tables, environment, session)
    diagnostics = (*diagnostics, *told_of_waivers(rulebook, verdicts, fitted.as_of))
    report = report_of(
        rulebook,
        fitted.as_of,
        data_hash(fitted.tables if fitted.history is None or scenario is not None else fitted.history.whole()),
        verdicts,
        quantities(rulebook, session, environment, tables),
        diagnostics,
        session.name,
        None if scenario is None else scenario.title,
    )
    return report, diagnostics


def _days(rulebook: model.Rulebook, fitted: Fitted, opened: Opener) -> "Days | None":
    """The run on other days, where the rulebook speaks of any; what the run supplies holds on the day judged alone."""
    if fitted.history is None or fitted.as_of is None:
        return None
    from policydsl.verdicts.days import Days

    def values(day: date) -> Mapping[str, Value]:
        return {name: known(value_in_text(parameter, day)) for name, parameter in rulebook.parameters.items()}

    return Days(rulebook, fitted.history, opened, values, fitted.as_of)
