"""A recorded run made again: the same rulebook, the same data, the same reports."""

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import evolve

from policydsl.api import Rulebook, judged_by_all
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.inputs.sheet import Sheet
from policydsl.model.check import check
from policydsl.records.connection import RecordError
from policydsl.records.packing import message_of, sheet_of, supplied_of
from policydsl.records.recording import Kept, report_entry, rulebook_entry
from policydsl.records.run import Run
from policydsl.reports.comparison import Comparison
from policydsl.reports.several import Reports
from policydsl.source import Source
from policydsl.syntax import ast, parse


def replayed(run: Run) -> tuple[Reports, tuple[Diagnostic, ...]]:
    """The reports of a run, and a warning for each that this version of policydsl makes otherwise."""
    rulebooks = rulebooks_of(run)
    asked = run.body["asked"]
    reports, told = judged_by_all(
        rulebooks,
        sheets_in(run),
        None if asked["as_of"] is None else date.fromisoformat(asked["as_of"]),
        supplied_of(asked["supplied"]),
        "auto",
        [message_of(one) for one in run.content(run.body["told"])],
        asked["scenarios"],
    )
    if reports is None:
        raise RecordError([_refused(run), *(one for one in told if one.is_error)])
    again = _by_their_engines(reports, [one.body["engine"] for one in run.reports])
    return again, _differences(run, rulebooks, again)


def rulebooks_of(run: Run, more: Source | None = None) -> list[Rulebook]:
    """The rulebooks of a run, read anew from their kept texts, each with the declarations of one more file if there is
    one: the figures of a template."""
    found = []
    for kept in run.body["rulebooks"]:
        layers: list[list[tuple[Source, ast.File]]] = []
        for path, hash in kept["files"]:
            source = Source(path, run.content(hash))
            file, _ = parse(source)
            if not layers or any(isinstance(one, ast.Header) for one in file.declarations):
                layers.append([])  # of each layer the file with its header comes first
            layers[-1].append((source, file))
        if more is not None:
            layers[-1].append((more, parse(more)[0]))
        model, told = check(layers[-1], layers[:-1])
        if model is None:
            raise RecordError([_refused(run), *(one for one in told if one.is_error)])
        said = tuple(message_of(one) for one in run.content(kept["told"]))
        found.append(Rulebook(evolve(model, told_in=kept["told_in"]), said))
    return found


def sheets_in(run: Run) -> dict[str, Sheet]:
    """The tables of a run, as they were read."""
    return {name: sheet_of(run.content(hash)) for name, hash in run.body["tables"]}


def _by_their_engines(reports: Reports, engines: Sequence[str]) -> Reports:
    """The reports with the names of the engines that measured them; all engines measure the same. Where other reports
    were recorded, as they are."""
    if len(engines) != len(reports.all):
        return reports
    named = iter(engines)
    plain = [evolve(one, engine=next(named)) for one in reports.reports]
    named_as = list(zip(reports.reports, plain, strict=True))

    def with_engine(one: Comparison) -> Comparison:
        before = next(new for old, new in named_as if old is one.before)
        return Comparison(one.what, before, evolve(one.after, engine=next(named)))

    return Reports(tuple(plain), tuple(with_engine(one) for one in reports.scenarios))


def _differences(run: Run, rulebooks: Sequence[Rulebook], again: Reports) -> tuple[Diagnostic, ...]:
    """A warning if a report in JSON, any of its verdicts and figures as they are kept, or what the entry says of it or
    of its rulebook, is another than it was."""
    found = Kept()
    reports = [report_entry(one, found) for one in again.all]
    books = [rulebook_entry(one, found) for one in rulebooks]
    same = _is_so(reports, [one.body for one in run.reports]) and _is_so(books, run.body["rulebooks"])
    return () if same else (say("PD828", None, run=run.number, version=run.body["policydsl"]),)


def _is_so(made: Sequence[Mapping[str, object]], recorded: Sequence[Mapping[str, object]]) -> bool:
    """Whether what was recorded says all that is made again."""
    if len(made) != len(recorded):
        return False
    pairs = zip(made, recorded, strict=True)
    return all(name in was and was[name] == value for now, was in pairs for name, value in now.items())


def _refused(run: Run) -> Diagnostic:
    return say("PD835", None, run=run.number, version=run.body["policydsl"])
