"""What a program imports: read a rulebook, check tables with it, get a report. The seven verbs, in order."""

from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from policydsl._collecting import without_collecting
from policydsl._frozen import frozen
from policydsl.catalogue import say
from policydsl.data.elsewhere import InPlace, Tables
from policydsl.data.parameters import Supplied, parameter_values
from policydsl.diagnostics import DataError, Diagnostic, PolicyError
from policydsl.engines.choosing import Engine, open_session
from policydsl.engines.handed import day_of, given, in_place, rows_alone, twice
from policydsl.figures.environment import Environment
from policydsl.inputs.read import find_tables
from policydsl.inputs.sheet import Sheet
from policydsl.model import rulebook as model
from policydsl.model.kept import Checked, keep, recall
from policydsl.model.scenario import Scenario
from policydsl.model.scenario_names import scenario_named, unknown_scenario
from policydsl.reports.report import Report
from policydsl.runs import RowJudge, judged

if TYPE_CHECKING:
    from policydsl.boards import Board
    from policydsl.boards.run import Prepared
    from policydsl.reports.comparison import Comparison
    from policydsl.reports.several import Reports
    from policydsl.whatif import Session as TradeSession
    from policydsl.whatif.book import Book
    from policydsl.whatif.loaded import Loaded

__all__ = [
    "DataError",
    "Engine",
    "InPlace",
    "PolicyError",
    "Rulebook",
    "RulebookError",
    "check_all",
    "check_files",
    "check_files_by_all",
    "judged",
    "judged_by_all",
    "load",
    "open_session",
    "prepared_board",
    "read",
]


class RulebookError(PolicyError):
    """The rulebook needs a change before it can be used."""


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

        `tables` maps a table's name to a pandas or polars frame, an Arrow table, a list of dicts, a dict of columns, to
        an `InPlace` table, which is judged where it stands, or to where it is in a database, from which it is loaded:
        an address, or a SQLAlchemy engine or connection with a table's name or a query;
        `as_of` is the day judged (default: the latest date in dated tables); `parameters` are the values that the run
        supplies, as rule text (`"350 MSEK"`) or as exact numbers in the parameter's own unit. Raises DataError with
        everything that is wrong with the data.

        >>> import policydsl
        >>> rulebook = policydsl.load("rulebooks/borlange")
        >>> bond = {"date": "2015-01-31", "instrument": "bond", "issuer": "Staten", "market_value": "100 SEK"}
        >>> {verdict.id: verdict.outcome for verdict in rulebook.check({"holdings": [bond]}).verdicts}["own"]
        'pass'
        """
        sheets, told = given(tables)
        chosen = None if scenario is None else _scenario(self.model, scenario)
        report, diagnostics = judged(self.model, sheets, day_of(as_of), parameters or {}, engine, told, scenario=chosen)
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

    def book(
        self,
        table: object,
        *,
        as_of: date | None = None,
        parameters: Mapping[str, Supplied] | None = None,
        amount: str | None = None,
        threads: int = 2,
    ) -> "Book":
        """A large book of what is owned, of which only sums are kept, to be asked about very many trades.

        `table` is as in `board`, with the rows of one day; `amount` as in `session`. The rules that sums can't answer
        are in `Book.left`, each with the reason. Raises DataError.
        """
        from policydsl.whatif.book import book_of
        from policydsl.whatif.owned import owned_in

        owned = owned_in(self.model, amount)
        if isinstance(owned, Diagnostic):
            raise DataError([owned])
        return book_of(prepared_board(self, table, as_of, parameters or {}, threads), owned)

    def loaded(
        self,
        tables: Mapping[str, object],
        *,
        as_of: date | None = None,
        parameters: Mapping[str, Supplied] | None = None,
        engine: Engine = "auto",
    ) -> "Loaded":
        """Tables that are read once, to be judged again and again: `Loaded.check` with other parameters, and
        `Loaded.changed` for other cells. All is as in `check`. Raises DataError."""
        from policydsl.whatif.loaded import loaded

        return loaded(self.model, *rows_alone(tables), day_of(as_of), parameters or {}, engine)

    def session(
        self,
        tables: Mapping[str, object],
        *,
        as_of: date | None = None,
        parameters: Mapping[str, Supplied] | None = None,
        engine: Engine = "auto",
        amount: str | None = None,
    ) -> "TradeSession":
        """Tables that stay open, to be asked about one proposed trade after another.

        `amount` is the column that a trade adds to, such as `holdings.market_value`; without it that of the rulebook's
        base. Everything else is as in `check`. Raises DataError.

        >>> import policydsl
        >>> rulebook = policydsl.load("rulebooks/borlange")
        >>> bond = {"date": "2015-01-31", "instrument": "bond", "issuer": "Staten", "market_value": "100 SEK"}
        >>> session = rulebook.session({"holdings": [bond]})
        >>> answer = session.what_if({"instrument": "own", "issuer": "Borlänge kommun", "market_value": "1 SEK"})
        >>> [effect.verdict.id for effect in answer.breached]
        ['own']
        """
        from policydsl.whatif.session import trade_session

        sheets, told = rows_alone(tables)
        session, diagnostics = trade_session(self.model, sheets, day_of(as_of), parameters or {}, engine, amount, told)
        if session is None:
            raise DataError(diagnostics)
        return session


def prepared_board(
    rulebook: Rulebook, table: object, as_of: date | None, supplied: Mapping[str, Supplied], threads: int = 2
) -> "Prepared":
    """A rulebook and the rows of its main table, made ready for boards."""
    from policydsl.boards.run import prepared
    from policydsl.boards.sources import source_of

    day = day_of(as_of)
    values, wrong = parameter_values(rulebook.model, supplied, day, False)
    if any(one.is_error for one in wrong):
        raise DataError(wrong)

    judge = RowJudge(day, supplied)
    undated = Environment(None, parameter_values(rulebook.model, supplied, None, False)[0])
    return prepared(rulebook.model, source_of(table), Environment(day, values), undated, judge, threads)


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
    sheets, told = given(tables)
    reports, diagnostics = judged_by_all(rulebooks, sheets, day_of(as_of), parameters or {}, engine, told, scenarios)
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
    with without_collecting():
        found, diagnostics = recall(Path(path)) or _read_anew(Path(path))
    return None if found is None else Rulebook(found, diagnostics), diagnostics


def read_with(path: str | PathLike[str], more: Path) -> tuple[Rulebook | None, tuple[Diagnostic, ...]]:
    """The rulebook in a file or folder together with the declarations of one more file, which stand as in a file of its
    own folder: the figures and tables of a template."""
    with without_collecting():
        found, diagnostics = _read_anew(Path(path), more)
    return None if found is None else Rulebook(found, diagnostics), diagnostics


def _read_anew(path: Path, more: Path | None = None) -> Checked:
    from policydsl.model.check import check
    from policydsl.model.loading import load_layers, read_source
    from policydsl.syntax import parse

    layers, told = load_layers(path)
    if more is not None and layers:
        source, wrong_in_source = read_source(more)
        told = (*told, *wrong_in_source)
        if source is not None:
            file, wrong_in_file = parse(source)
            layers[-1].files.append((source, file))
            told = (*told, *wrong_in_file)
    if not layers or not layers[-1].files:
        return None, told
    if any(one.code in ("PD297", "PD299") for one in told):
        return None, told  # without a file that belongs to it, all that it declares would be told as missing
    found, wrong = check(layers[-1].files, [layer.files for layer in layers[:-1]])
    checked = (None if any(one.is_error for one in told) else found, (*told, *wrong))
    if more is None:
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
    told = [*rulebook.diagnostics, *told]
    return judged(rulebook.model, sheets, as_of, {**found, **(settings or {})}, engine, told)


def check_files_by_all(
    rulebooks: Sequence[Rulebook],
    paths: Sequence[str | Path],
    as_of: date | None = None,
    settings: Mapping[str, str] | None = None,
    engine: Engine = "auto",
    scenarios: Sequence[str] | None = (),
    mapping: Path | None = None,
) -> tuple["Reports | None", tuple[Diagnostic, ...]]:
    """Judge the tables in files, a folder or databases by several rulebooks; `scenarios` None stands for all that there
    are, and `mapping` is a file that says what the words of the data are in those of the rulebooks."""
    there, others, wrong = in_place(paths, engine, mapping)
    read, supplied, told = handed_in(rulebooks, others, settings, mapping)
    told += [*wrong, *twice(read, there)]
    if any(one.is_error for one in told):
        return None, (*(one for rulebook in rulebooks for one in rulebook.diagnostics), *told)
    scenarios = asked_scenarios(rulebooks, scenarios)
    return judged_by_all(rulebooks, {**read, **there}, as_of, supplied, engine, told, scenarios)


def handed_in(
    rulebooks: Sequence[Rulebook],
    paths: Sequence[str | Path],
    settings: Mapping[str, str] | None = None,
    mapping: Path | None = None,
) -> tuple[dict[str, Sheet], dict[str, str], list[Diagnostic]]:
    """The tables in files, a folder or databases by name, in the words of the rulebooks; the values that are supplied
    with them; and what is to be told about them."""
    sheets, found, told = find_tables(paths)
    if mapping is not None:
        from policydsl.data.mapped_files import in_words_of

        sheets, wrong = in_words_of([rulebook.model for rulebook in rulebooks], sheets, mapping)
        told += wrong
    return sheets, {**found, **(settings or {})}, told


def asked_scenarios(rulebooks: Sequence[Rulebook], titles: Sequence[str] | None) -> Sequence[str]:
    """The titles of the scenarios that are asked for; None stands for all that there are."""
    if titles is not None:
        return titles
    return [one.title for rulebook in rulebooks for one in rulebook.model.scenarios]


def judged_by_all(
    rulebooks: Sequence[Rulebook],
    sheets: Tables,
    as_of: date | None,
    supplied: Mapping[str, Supplied],
    engine: Engine,
    told: Sequence[Diagnostic] = (),
    scenarios: Sequence[str] = (),
) -> tuple["Reports | None", tuple[Diagnostic, ...]]:
    """The reports of several rulebooks on the same sheets, or None with what is wrong with them."""
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
            comparisons += [] if after is None else [_in_scenario(book.title, scenario, before, after)]
    if any(one.is_error for one in diagnostics):
        return None, tuple(diagnostics)
    return Reports(tuple(reports), tuple(comparisons)), tuple(diagnostics)


def _in_scenario(title: str, scenario: Scenario, before: Report, after: Report) -> "Comparison":
    from policydsl.reports.comparison import Comparison

    return Comparison(title + after.say(", in the scenario “{title}”", title=scenario.title), before, after)
