"""What needs attention: each rule once, with what was found, the figure against its bound, and the rows behind it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policydsl.model.rulebook import Outcome
from policydsl.reports.drawn import drawn
from policydsl.reports.findings import Found, OfRule, ToldRows, of_rules, rows_behind
from policydsl.reports.html.gauge import gauge
from policydsl.reports.html.marks import CLASSES, scrolling, sign
from policydsl.reports.html.markup import Markup, prose, tag
from policydsl.reports.naming import SAID_OF_MANY
from policydsl.verdicts import Verdict

if TYPE_CHECKING:
    from policydsl.reports.report import Report

MOST_GROUPS = 20
"""Groups of a rule or cell that are told, worst first."""
MOST_ROWS = 12
"""Rows that are told of one failure."""


def attention(report: "Report", outcome: Outcome, prefix: str) -> Markup | None:
    """All rules of one outcome; None if there are none."""
    rules = list(of_rules(report, outcome, MOST_GROUPS))
    if not rules:
        return None
    word = report.say(outcome if len(rules) == 1 else SAID_OF_MANY[outcome]).capitalize()
    return tag(
        "section",
        tag("h2", sign(outcome), " ", word),
        [_rule(each) for each in rules],
        class_=f"attention {CLASSES[outcome]}",
        id=f"{prefix}{CLASSES[outcome]}",
    )


def _rule(of_rule: OfRule) -> Markup:
    first = of_rule.verdicts[0]
    more = first.wording.say("{count} more", count=of_rule.more) if of_rule.more else None
    return tag(
        "article",
        tag("h3", first.check.title or first.check.requirement or first.check.rule),
        where_from(first),
        [tag("p", counted, class_="counted") for counted in of_rule.counted],
        [_found(each) for each in of_rule.found],
        tag("p", more, class_="more") if more else None,
        class_=CLASSES[first.outcome],
    )


def where_from(verdict: Verdict, *besides: str) -> Markup:
    """The id of a rule, its paragraphs, and the rulebook that it comes from."""
    origin = verdict.check.origin
    told = [*verdict.sources, *besides]
    told += [] if origin is None else [verdict.wording.say("from {rulebook}", rulebook=origin.rulebook)]
    return tag("p", tag("code", verdict.check.rule), [(" · ", each) for each in told], class_="from")


def _found(found: Found) -> Markup:
    verdict = found.verdict
    names = "; ".join(found.names)
    shown = drawn([verdict]) if found.alone else None
    rows = rows_behind(verdict, MOST_ROWS, MOST_ROWS) if found.alone else None
    return tag(
        "div",
        tag("p", tag("b", names, ": "), prose(found.text)) if names else tag("p", prose(_begun(found.text))),
        gauge(shown) if shown is not None else None,
        _rows(rows, verdict) if rows is not None else None,
        class_="found",
    )


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _rows(told: ToldRows, verdict: Verdict) -> Markup:
    """The rows as a table: a column for each value that decided, where all rows have the same; or as a list, where
    there is nothing to be told of them but their names."""
    say = verdict.wording.say
    more = tag("p", say("{count} more", count=told.more), class_="more") if told.more else None
    if not any(row.values for row in told.rows):
        return tag("div", tag("ul", [tag("li", row.name) for row in told.rows], class_="names"), more)
    heads = [what for what, _ in told.rows[0].values]
    alike = all([what for what, _ in row.values] == heads for row in told.rows)
    row_word = verdict.wording.counted(verdict.rows[0].table)[0]
    value_word = say("value")
    headings = [head or value_word for head in heads] if alike else [say("what decided")]
    caption = say("The rows behind it")
    body = [
        tag("tr", tag("th", row.name, scope="row"), _cells(row.values, alike))
        for row in told.rows
    ]  # fmt: skip
    table = tag(
        "table",
        tag("caption", caption, class_="heard"),
        tag("thead", tag("tr", [tag("th", each, scope="col") for each in (row_word, *headings)])),
        tag("tbody", body),
        class_="rows" if told.decided else "rows amounts",
    )
    return tag("div", scrolling(caption, table), more)


def _cells(values: tuple[tuple[str, str], ...], alike: bool) -> Iterator[Markup]:
    if alike:
        yield from (tag("td", value) for _, value in values)
    else:
        yield tag("td", ", ".join(f"{what} {value}" for what, value in values))
