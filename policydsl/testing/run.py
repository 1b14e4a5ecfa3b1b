"""A rulebook's own tests: each is a small run whose verdicts must be as expected."""

from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve

from policydsl._frozen import frozen
from policydsl.api import Rulebook, judged
from policydsl.catalogue.telling import told, told_place
from policydsl.data.given import sheet_of
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.engines.choosing import Engine
from policydsl.figures.interval import Figure, Interval
from policydsl.figures.operations import as_value
from policydsl.model.expressions import Constant
from policydsl.model.rulebook import Check, Expectation, TestCase
from policydsl.model.types import SHARE
from policydsl.model.words import constant_words
from policydsl.reports.report import Report
from policydsl.source import Span
from policydsl.syntax.retelling import retold
from policydsl.verdicts.outcomes import worst
from policydsl.verdicts.verdict import Verdict


@frozen
class Failure:
    """What a test expected and what it got."""

    message: str
    span: Span


@frozen
class TestResult:
    """A test and its failures; none means that it passed."""

    __test__ = False

    title: str
    span: Span
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.failures


def run_tests(rulebook: Rulebook, engine: Engine = "auto") -> tuple[TestResult, ...]:
    """Run every test of a rulebook."""
    return tuple(run_test(rulebook, test, engine) for test in rulebook.model.tests)


def run_test(rulebook: Rulebook, test: TestCase, engine: Engine = "auto") -> TestResult:
    """Run one test."""
    sheets = {given.table: sheet_of(rulebook.model.tables[given.table], given) for given in test.tables}
    supplied = dict(test.parameters)
    scenario = next((one for one in rulebook.model.scenarios if one.title == test.scenario), None)
    probes = tuple(expected.probe for expected in test.expectations if expected.probe is not None)
    model = evolve(rulebook.model, checks=(*rulebook.model.checks, *probes)) if probes else rulebook.model
    asked = {each.of if each.probe is None else each.probe.id for each in test.expectations}
    report, diagnostics = judged(
        model, sheets, test.as_of, supplied, engine, example=True, scenario=scenario, asked=asked
    )
    if report is None:
        wrong = [_told(one, model.told_in or model.language) for one in diagnostics if one.is_error]
        return TestResult(test.title, test.span, tuple(Failure(message, test.span) for message in wrong))
    found = (failure for expected in test.expectations for failure in _check(expected, report))
    return TestResult(test.title, test.span, tuple(found))


def _told(diagnostic: Diagnostic, language: str) -> str:
    message, where = told(diagnostic, language).message, diagnostic.where
    return f"{message} ({told_place(where, language)})" if isinstance(where, DataPlace) else message


# --- comparing --------------------------------------------------------------------------------------------------------


def _check(expected: Expectation, report: Report) -> Iterable[Failure]:
    if expected.probe is not None:
        yield from _check_probe(expected.probe, report)
        return
    if expected.outcome is None:
        yield from _check_quantity(expected, report)
        return
    verdicts = [one for one in report.verdicts if one.check.id == expected.of and _in_group(one, expected)]
    say, what = report.say, f"{expected.of}{_where(expected, report)}"
    if not verdicts:
        yield Failure(say("there is no verdict on {id}", id=what), expected.span)
        return
    outcome = worst(verdicts)
    if outcome != expected.outcome:
        found, wanted = say(outcome), say(expected.outcome)
        yield Failure(say("{id} is {found}, not {wanted}", id=what, found=found, wanted=wanted), expected.span)
        return
    if expected.at is not None:
        shown = [one for one in verdicts if one.outcome == outcome]
        if not any(_is_at(one, expected.at) for one in shown):
            values = f" {say('or')} ".join(sorted({one.figure_words for one in shown}))
            wanted = _written(expected.at, report)
            yield Failure(
                say("{id} is at {found}, not at {wanted}", id=what, found=values, wanted=wanted), expected.span
            )


def _check_probe(probe: Check, report: Report) -> Iterable[Failure]:
    verdict = next(one for one in report.verdicts if one.check.id == probe.id)
    if verdict.is_about_rows and verdict.count == 0:
        yield Failure(report.say("there is surely no row of which {id} is expected", id=probe.rule), probe.span)
    elif verdict.outcome != "pass":
        told = "it is not so that `{rule}`" if verdict.outcome == "breach" else "it is not known to be so that `{rule}`"
        yield Failure(report.say(told, rule=probe.requirement), probe.span)


def _in_group(verdict: Verdict, expected: Expectation) -> bool:
    group = dict(verdict.group)
    return all(
        (group.get(column) or "").strip().casefold() == value.strip().casefold() for column, value in expected.group
    )


def _where(expected: Expectation, report: Report) -> str:
    return "".join(report.say(" for {group}", group=f"{column} = {value}") for column, value in expected.group)


def _written(value: Constant, report: Report) -> str:
    return retold(constant_words(value.value, value.type), report.language)


def _is_at(verdict: Verdict, at: Constant) -> bool:
    part = verdict.part
    if part is None or verdict.type == at.type:
        return verdict.figure is not None and as_value(verdict.figure, at.type) == at.value
    if at.type != SHARE:
        return _exact(part.amount) == at.value
    base, amount = _exact(part.base), _exact(part.amount)
    return isinstance(amount, Fraction) and isinstance(base, Fraction) and amount / base == at.value


def _exact(figure: Figure | None) -> object:
    return figure.low if isinstance(figure, Interval) and figure.exact else None


def _check_quantity(expected: Expectation, report: Report) -> Iterable[Failure]:
    assert expected.at is not None
    line = next(one for one in report.figures if one.name == expected.of)
    if line.figure is None or as_value(line.figure, expected.at.type) != expected.at.value:
        wanted = _written(expected.at, report)
        told = report.say("{id} is {found}, not {wanted}", id=expected.of, found=line.figure_words, wanted=wanted)
        yield Failure(told, expected.span)
