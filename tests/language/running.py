"""Running a case page: its rulebook and data through the API, and what differs from what the page expects."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

import policydsl
from policydsl.diagnostics import Diagnostic
from policydsl.figures.interval import Interval, Undefined
from policydsl.model.types import DateType, GradeType, Numeric
from policydsl.source import Source, Span
from policydsl.testing import run_tests
from policydsl.verdicts.outcomes import worst

from .expectations import (
    ExpectationError,
    Expected,
    Figure,
    Value,
    blanks,
    figure_of,
    grouped,
    names,
    plain,
    value_of,
    verdict_lines,
)
from .pages import Case, Data

DAY = date(2024, 12, 31)
PRELUDE = """\
rulebook "Example"
  currency SEK
  use      standard/holdings
  base     portfolio
define portfolio = sum market_value of holdings
"""


# --- a run ------------------------------------------------------------------------------------------------------------


@frozen
class Loaded:
    """The rulebook of a case, or None, with all that was said about it; places as they stand in their block."""

    rulebook: policydsl.Rulebook | None
    said: tuple[Diagnostic, ...]
    places: tuple[str, ...]


def loaded(case: Case) -> Loaded:
    """The rulebook of a case."""
    return _loaded(tuple(block.text for block in case.policies))


@cache
def _loaded(texts: tuple[str, ...]) -> Loaded:
    if not any(text.startswith('rulebook "') or '\nrulebook "' in text for text in texts):
        texts = (PRELUDE, *texts)
    with TemporaryDirectory() as folder:
        sources = {}
        for number, text in enumerate(texts):
            path = Path(folder) / f"{number:03}.policy"
            path.write_text(text, encoding="utf-8")
            sources[str(path)] = Source(str(path), text)
        found, said = policydsl.read(folder)
        last = str(path)
    return Loaded(found, said, tuple(_place(one, sources, last) for one in said))


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
        if line.startswith("as of "):
            day = date.fromisoformat(line.removeprefix("as of ").strip())
        elif line.strip():
            name, _, value = line.partition("=")
            parameters[name.strip()] = value.strip()
    return day, parameters


def report(case: Case, rulebook: policydsl.Rulebook, engine: str) -> policydsl.Report:
    """What an engine finds."""
    day, parameters = as_of_and_parameters(case)
    tables = {name: _filled(rulebook, name, data, day or DAY) for name, data in case.tables.items()}
    return rulebook.check(tables, as_of=day, parameters=parameters, engine=engine)


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


# --- differences ------------------------------------------------------------------------------------------------------


def differences(case: Case, engine: str) -> list[str]:
    """Everything in which a case is not as expected, each with its line in the page."""
    match case.expected.info[0]:
        case "messages":
            return list(_message_differences(case, engine))
        case "tests":
            return list(_test_differences(case, engine))
    rulebook = loaded(case).rulebook
    if rulebook is None:
        return [f"{case.name}: the rulebook is wrong: {_said(one, at)}" for one, at in _errors(case)]
    try:
        found = report(case, rulebook, engine)
    except policydsl.DataError as wrong:
        return [f"{case.name}: the data is wrong: {_said(one)}" for one in wrong.diagnostics if one.is_error]
    return [f"{case.page.name}:{line}: {text}" for line, text in _verdict_differences(case, found, rulebook)]


def _errors(case: Case) -> list[tuple[Diagnostic, str]]:
    all_said = loaded(case)
    return [(one, at) for one, at in zip(all_said.said, all_said.places, strict=True) if one.is_error]


def _said(one: Diagnostic, at: str = "") -> str:
    return f"{one.code} at {at or one.where}: {one.message}"


def _message_differences(case: Case, engine: str) -> Iterator[str]:
    """Expected are all messages on the rulebook; if it is right, those on the data too."""
    all_said = loaded(case)
    said = list(zip(all_said.said, all_said.places, strict=True))
    if all_said.rulebook is not None and case.tables:
        try:
            found: tuple[Diagnostic, ...] = report(case, all_said.rulebook, engine).diagnostics
        except policydsl.DataError as wrong:
            found = wrong.diagnostics
        said += [(one, str(one.where or "")) for one in found]
    wanted: Counter[str] = Counter()
    for number, line in enumerate(case.expected.lines, case.expected.start):
        if not line.strip():
            continue
        head, _, says = line.partition(" says ")
        head = head.strip()
        wanted[head] += 1
        for words in (part.strip().strip('"') for part in says.split('", "') if part.strip()):
            texts = [" ".join((one.message, *one.hints)) for one, at in said if _head(one, at) == head]
            if texts and not any(words in blanks(text) for text in texts):
                yield f"{case.page.name}:{number}: {head} does not say `{words}`: {texts[0]}"
    got = Counter(_head(one, at) for one, at in said)
    for head in wanted - got:
        yield f"{case.name}: there is no message {head}"
    for one, at in said:
        if got[_head(one, at)] > wanted[_head(one, at)]:
            yield f"{case.name}: there is a message {_said(one, at)}"


def _head(one: Diagnostic, at: str) -> str:
    return f"{one.code} at {at}" if at else one.code


def _test_differences(case: Case, engine: str) -> Iterator[str]:
    rulebook = loaded(case).rulebook
    if rulebook is None:
        yield from (f"{case.name}: the rulebook is wrong: {_said(one, at)}" for one, at in _errors(case))
        return
    results = {result.title: result for result in run_tests(rulebook, engine)}
    for number, line in enumerate(case.expected.lines, case.expected.start):
        if not line.strip():
            continue
        title, _, rest = line.strip().removeprefix('"').partition('":')
        ending, _, words = rest.strip().partition(" ")
        result = results.pop(title, None)
        failures = "; ".join(failure.message for failure in result.failures) if result is not None else ""
        if result is None:
            yield f"{case.page.name}:{number}: there is no test {title}"
        elif result.passed != (ending == "pass"):
            yield f"{case.page.name}:{number}: the test {title} {failures or 'passes'}"
        elif words.strip('"') not in blanks(failures):
            yield f"{case.page.name}:{number}: the test {title} does not say {words}: {failures}"
    for title in results:
        yield f"{case.name}: the page does not say how the test {title} ends"


# --- verdicts ---------------------------------------------------------------------------------------------------------


def _verdict_differences(
    case: Case, found: policydsl.Report, rulebook: policydsl.Rulebook
) -> Iterator[tuple[int, str]]:
    try:
        lines, open_ended = verdict_lines(case.expected)
    except ExpectationError as wrong:
        yield case.expected.start, str(wrong)
        return
    named: set[str] = set()
    by_group: dict[str, list[dict[str, str | None]]] = {}
    for line in lines:
        if line.outcome is None:
            yield from ((line.line, text) for text in _quantity(line, found, rulebook))
            continue
        of_rule = [one for one in found.verdicts if plain(one.id) == plain(line.id)]
        named.add(plain(line.id))
        if not of_rule:
            yield line.line, f"there is no verdict on {line.id}"
            continue
        if line.group is not None:
            group = grouped(line.group)
            by_group.setdefault(plain(line.id), []).append(group)
            of_rule = [one for one in of_rule if grouped(one.group) == group]
            if not of_rule:
                yield line.line, f"there is no verdict on {line.id} for this group"
                continue
        outcome = worst(of_rule)
        if outcome != line.outcome:
            shown = "; ".join(_shown(one) for one in of_rule)
            yield line.line, f"expected `{line.text}`, found {outcome} ({shown})"
            continue
        worst_of = [one for one in of_rule if one.outcome == outcome]
        wrong = [list(_on_verdict(line, one, rulebook)) for one in worst_of]
        if all(wrong):
            yield from wrong[0]
    for one in found.verdicts:
        groups = by_group.get(plain(one.id))
        if plain(one.id) not in named and not open_ended:
            yield case.expected.start, f"the page does not speak of {one.id}, which is {_shown(one)}"
        elif groups is not None and grouped(one.group) not in groups:
            yield case.expected.start, f"the page does not speak of {one.id}: {_shown(one)}"


def _shown(one: object) -> str:
    group = "".join(f" for {column} {'unknown' if value is None else '= ' + value}" for column, value in one.group)
    part = f", part {_ends(one.part.amount)} of {_ends(one.part.base)}" if one.part is not None else ""
    return f"{one.outcome} {_ends(one.figure)}{part}{group}{'; ' + one.because if one.because else ''}"


def _ends(figure: Interval | Undefined | None) -> str:
    match figure:
        case None:
            return "without a figure"
        case Undefined(reason=reason):
            return f"at {reason}"
    return f"at {figure.low}" if figure.exact else f"between {figure.low} and {figure.high}"


def _quantity(line: Expected, found: policydsl.Report, rulebook: policydsl.Rulebook) -> Iterator[str]:
    figures = [one for one in found.figures if one.name == line.id]
    if not figures:
        yield f"there is no quantity {line.id}"
        return
    if not _is(line.figure, figures[0].figure, figures[0].type, rulebook):
        yield f"expected `{line.text}`, found {_ends(figures[0].figure)}"


def _on_verdict(line: Expected, one: object, rulebook: policydsl.Rulebook) -> Iterator[tuple[int, str]]:
    """What a verdict of the right outcome has that the line and those below it don't expect."""
    if line.figure is not None and not _figure_is(line.figure, one, rulebook):
        yield line.line, f"expected `{line.text}`, found {_shown(one)}"
    for name, text, number in line.facets:
        if (got := _facet(name, text, one, rulebook)) is not None:
            yield number, f"{line.id}: expected {name} {text}, found {got}"


def _figure_is(wanted: Figure, one: object, rulebook: policydsl.Rulebook) -> bool:
    if _is(wanted, one.figure, one.type, rulebook):
        return True
    return one.part is not None and _is(wanted, one.part.amount, one.part.type, rulebook)


def _is(wanted: Figure, figure: object, type: object, rulebook: policydsl.Rulebook) -> bool:
    if isinstance(figure, Undefined) or wanted.undefined:
        return isinstance(figure, Undefined) and figure.reason == wanted.undefined
    if not isinstance(figure, Interval):
        return False
    ends = [(wanted.low, figure.low), (wanted.high, figure.high)]
    return all(_same(value, end, type, rulebook) for value, end in ends)


def _same(value: Value | None, end: Fraction | None, type: object, rulebook: policydsl.Rulebook) -> bool:
    if value is None or end is None:
        return value is None and end is None
    if isinstance(type, GradeType):
        return _rank(value.words, type.scale, rulebook) == end
    return value.unit == _unit(type) and value.number == end


def _unit(type: object) -> str:
    match type:
        case DateType():
            return "date"
        case Numeric(dims=((unit, 1),)):
            return unit
        case Numeric(dims=(), share=True):
            return "share"
        case Numeric(dims=()):
            return "number"
    return "nothing"


def _rank(grade: str, scale: str, rulebook: policydsl.Rulebook) -> int:
    grades = rulebook.model.scales[scale].grades
    return next((at for at, same in enumerate(grades) if grade in same), len(grades))


def _facet(name: str, text: str, one: object, rulebook: policydsl.Rulebook) -> str | None:
    """What a verdict has instead of what a facet says; None if it has just that."""
    match name:
        case "rows":
            got = [row.name for row in one.rows]
        case "exempt":
            got = [row.name for row in one.exempt]
        case "outside":
            got = [row.name for outside in one.outside for row in outside.rows]
        case "unsettled":
            got = [row.name for row in one.unsettled]
        case "columns":
            got = sorted({column for row in one.unsettled for column in row.columns})
            text = ", ".join(sorted(names(text))) or "none"
        case "missing":
            got = list(one.missing)
        case "headroom":
            wanted = value_of(text)
            room = one.headroom.points if wanted.unit == "share" else one.headroom.amount
            return None if room == wanted.number else f"{one.headroom}"
        case "utilisation":
            return None if one.utilisation == value_of(text).number else f"{one.utilisation}"
        case "norm":
            norm = one.bound.norm if one.bound is not None else None
            return None if norm is not None and _is(figure_of(f"at {text}"), norm, one.type, rulebook) else f"{norm}"
        case "says":
            return None if text in blanks(one.sentence) else one.sentence
    return None if got == names(text) else ", ".join(got) or "none"


# --- two engines ------------------------------------------------------------------------------------------------------


def apart(case: Case, *engines: str) -> list[str]:
    """In what the reports of two engines differ."""
    rulebook = loaded(case).rulebook
    if rulebook is None:
        return [f"{case.name}: the rulebook is wrong"]
    first, second = (report(case, rulebook, engine) for engine in engines)
    found = []
    for a, b in zip(first.verdicts, second.verdicts, strict=True):
        if a != b:
            found.append(f"{a.id}: {_shown(a)} / {_shown(b)}")
        for what in ("rows", "unsettled", "exempt", "outside"):
            one, other = getattr(a, what), getattr(b, what)
            if one != other:
                found.append(f"{a.id}, {what}: {_named(one)} / {_named(other)}")
    for a, b in zip(first.figures, second.figures, strict=True):
        if a != b or (a.rows, a.unsettled) != (b.rows, b.unsettled):
            found.append(f"{a.name}: {_ends(a.figure)} / {_ends(b.figure)}")
    if first != second and not found:
        found.append("the reports differ")
    return [f"{case.name}: {' / '.join(engines)}: {text}" for text in found]


def _named(rows: tuple[object, ...]) -> str:
    return ", ".join(str(getattr(row, "name", row)) for row in rows) or "none"
