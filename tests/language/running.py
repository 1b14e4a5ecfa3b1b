"""Running a case page: its rulebook and data, through the API."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

import policydsl
from policydsl.diagnostics import Diagnostic
from policydsl.source import Source, Span

from .pages import Case, Data

DAY = date(2024, 12, 31)
PRELUDE = """\
rulebook "Example"
  currency SEK
  use      standard/holdings
  base     portfolio
define portfolio = sum market_value of holdings
"""
HEADER = re.compile(r'^(rulebook|regelbok|regelbog) "', re.MULTILINE)


@frozen
class Loaded:
    """The rulebook of a case, or None, with all that was said about it; places as they stand in their block."""

    rulebook: policydsl.Rulebook | None
    said: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    last: str

    @property
    def places(self) -> tuple[str, ...]:
        """Where what was said stands."""
        return tuple(self.place(one) for one in self.said)

    def place(self, said: Diagnostic) -> str:
        """Where something that was said stands."""
        return _place(said, self.sources, self.last)


def loaded(case: Case) -> Loaded:
    """The rulebook of a case."""
    bases = tuple((name, block.text) for name, block in case.bases.items())
    return _loaded(tuple(block.text for block in case.policies), bases)


@cache
def _loaded(texts: tuple[str, ...], bases: tuple[tuple[str, str], ...]) -> Loaded:
    if not any(HEADER.search(text) for text in texts):
        texts = (PRELUDE, *texts)
    with TemporaryDirectory() as above:
        sources = {}
        for name, text in bases:
            path = Path(above) / f"{name}.policy"
            path.write_text(text, encoding="utf-8")
            sources[str(path)] = Source(str(path), text)
        folder = Path(above) / "own"
        folder.mkdir()
        for number, text in enumerate(texts):
            path = Path(folder) / f"{number:03}.policy"
            path.write_text(text, encoding="utf-8")
            sources[str(path)] = Source(str(path), text)
        found, said = policydsl.read(folder)
        last = str(path)
    return Loaded(found, said, sources, last)


def _place(said: Diagnostic, sources: Mapping[str, Source], last: str) -> str:
    if not isinstance(said.where, Span):
        return str(said.where or "").removesuffix(".csv")
    if said.where.path not in sources:
        return f"{Path(said.where.path).name}"
    position = sources[said.where.path].position(said.where.start)
    before = "" if said.where.path == last else f"{Path(said.where.path).stem}:"
    return f"{before}{position.line}:{position.column}"


def as_of_and_parameters(case: Case) -> tuple[date | None, dict[str, str]]:
    """What the `given` blocks of a case say."""
    day, parameters = None, {}
    for line in case.given:
        if line.startswith("scenario "):
            continue
        if line.startswith("as of "):
            day = date.fromisoformat(line.removeprefix("as of ").strip())
        elif line.strip():
            name, _, value = line.partition("=")
            parameters[name.strip()] = value.strip()
    return day, parameters


REPORTS: dict[tuple[str, str, bool], policydsl.Report] = {}


def report(case: Case, rulebook: policydsl.Rulebook, engine: str, backwards: bool = False) -> policydsl.Report:
    """What an engine finds, with the rows of every table from first to last or backwards."""
    key = f"{case.page}:{case.expected.start}", engine, backwards
    if key not in REPORTS:
        try:
            REPORTS[key] = _report(case, rulebook, engine, backwards)
        except Exception as fault:
            fault.add_note(f"while the engine {engine} judged the page {case.name}")
            raise
    return REPORTS[key]


def _report(case: Case, rulebook: policydsl.Rulebook, engine: str, backwards: bool) -> policydsl.Report:
    day, parameters = as_of_and_parameters(case)
    tables = {name: _filled(rulebook, name, data, day or DAY) for name, data in case.tables.items()}
    if backwards:
        tables = {name: {head: cells[::-1] for head, cells in table.items()} for name, table in tables.items()}
    scenario = next((line for line in case.given[::-1] if line.startswith("scenario ")), "").removeprefix("scenario ")
    title = scenario.strip().strip('"') or None
    return rulebook.check(tables, as_of=day, parameters=parameters, engine=engine, scenario=title)


def _filled(rulebook: policydsl.Rulebook, name: str, data: Data, day: date) -> dict[str, list[str | None]]:
    """The columns of a table, with those that a page does not name."""
    columns = {heading: [row[at] for row in data.rows] for at, heading in enumerate(data.headings)}
    named = {heading.casefold() for heading in columns}
    table = rulebook.model.tables.get(name)
    if data.only or table is None:
        return columns
    for column in table.columns:
        if {spelling.casefold() for spelling in (column.name, *column.also)} & named:
            continue
        fill = day.isoformat() if column.name == table.dated_by else None
        numbered = [str(number) for number, _ in enumerate(data.rows, 1)]
        columns[column.name] = numbered if column.key else [fill] * len(data.rows)
    return columns
