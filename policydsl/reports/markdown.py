"""The report as Markdown, in the tables that GitHub and most others know: for a wiki, an issue, or the minutes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from policydsl.model.rulebook import Outcome
from policydsl.reports import notes
from policydsl.reports.findings import OfRule, of_rules, rows_behind
from policydsl.reports.lacking import lacking
from policydsl.reports.limit_lines import figure_of, remarks
from policydsl.reports.naming import SAID_OF_MANY, about, overall
from policydsl.reports.owed import owed, told_of, waivers
from policydsl.reports.rulings import rulings
from policydsl.reports.signs import in_one_line
from policydsl.reports.text import NEEDS_ATTENTION, figure_line, marks
from policydsl.verdicts import Verdict, printed

if TYPE_CHECKING:
    from policydsl.reports.report import Report

MOST_GROUPS = 20
MOST_ROWS = 12

_QUOTED = re.compile("`([^`]+)`")
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~$!])")
_AT_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=:])")


def markdown_text(reports: Sequence["Report"]) -> str:
    """The reports, one after the other."""
    return "\n\n---\n\n".join("\n\n".join(_blocks(report)) for report in reports) + "\n"


def _blocks(report: "Report") -> Iterator[str]:
    say = report.say
    yield f"# {plain(report.title)}"
    yield f"**{plain(overall(report))}**"
    yield plain(about(report))
    for outcome in NEEDS_ATTENTION:
        yield from _attention(report, outcome)
    found = [(prose(each.what), plain(", ".join(each.rules))) for each in lacking(report)]
    yield from _section(say("Missing data"), (say("what is missing"), say("rules that wait for it")), found)
    yield from _section(
        say("Limits"),
        (say("outcome"), say("rule"), say("figure"), say("bounds"), say("room"), say("note")),
        _limits(report),
    )
    yield from _section(
        say("Waivers in force"),
        (
            say("waiver"),
            say("of which rule"),
            say("granted by"),
            say("granted on"),
            say("last day"),
            say("reason"),
        ),
        [[plain(text) for text in told_of(each, report)] for each in waivers(report)],
    )
    yield from _section(
        say("Duties and attestations"),
        (say("due"), say("outcome"), say("what"), say("of whom and for what"), say("what was found")),
        _owed(report),
    )
    figures = [(plain(first), *map(prose, rest)) for first, *rest in map(figure_line, report.figures)]
    yield from _section(say("Figures"), (say("name"), say("value"), say("rows"), say("note")), figures)
    told = [f"- {prose(each)}" for each in notes.told(report)]
    if told:
        yield f"## {say('Notes')}"
        yield "\n".join(told)
    yield plain("; ".join(marks(report)))


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A heading with a table; nothing if it has no rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if lines:
        yield f"## {title}"
        yield "\n".join([f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *lines])


def _attention(report: "Report", outcome: Outcome) -> Iterator[str]:
    rules = list(of_rules(report, outcome, MOST_GROUPS))
    if rules:
        yield f"## {report.say(outcome if len(rules) == 1 else SAID_OF_MANY[outcome]).capitalize()}"
    for of_rule in rules:
        first = of_rule.verdicts[0]
        yield f"### {plain(first.check.title or first.check.requirement or first.check.rule)}"
        yield " · ".join([code(first.check.rule), *map(plain, first.sources)])
        yield "\n".join(_found(of_rule))


def _found(of_rule: OfRule) -> Iterator[str]:
    yield from (f"- {plain(counted)}" for counted in of_rule.counted)
    for found in of_rule.found:
        names = "; ".join(found.names)
        yield f"- **{plain(names)}**: {prose(found.text)}" if names else f"- {prose(found.text)}"
        if found.alone:
            yield from _rows(found.verdict)
    if of_rule.more:
        yield f"- {of_rule.verdicts[0].wording.say('{count} more', count=of_rule.more)}"


def _rows(verdict: Verdict) -> Iterator[str]:
    behind = rows_behind(verdict, MOST_ROWS, MOST_ROWS)
    if behind is None:
        return
    for row in behind.rows:
        values = ", ".join(f"{what} {value}".strip() for what, value in row.values)
        yield f"  - {plain(row.name)}{f': {plain(values)}' if values else ''}"
    if behind.more:
        yield f"  - {verdict.wording.say('{count} more', count=behind.more)}"


def _limits(report: "Report") -> Iterator[Sequence[str]]:
    for ruling in rulings(report):
        for cell in ruling.cells:
            verdict = cell.worst
            title = f" {plain(verdict.check.title)}" if verdict.check.title else ""
            yield (
                plain(verdict.wording.say(verdict.outcome)),
                f"{code(verdict.called)}{title}",
                plain(figure_of(verdict)),
                prose(printed.bound(verdict)),
                plain(printed.headroom(verdict, short=True)),
                prose("; ".join(remarks(verdict, cell.groups))),
            )


def _owed(report: "Report") -> Iterator[Sequence[str]]:
    """What is late, open or to come; what is done stands among the limits."""
    for each in owed(report):
        verdict = each.verdict
        if verdict.outcome == "pass":
            continue
        of = ", ".join("–" if text is None else text for _, text in verdict.group)
        yield (
            each.due.isoformat() if each.due else "–",
            plain(verdict.wording.say(verdict.outcome)),
            f"{code(verdict.id)} {plain(verdict.check.title or '')}".rstrip(),
            plain(of),
            prose(verdict.finding),
        )


def plain(text: str) -> str:
    """A text in one line that is nothing but text: no mark-up, no HTML, no mention of anyone."""
    line = in_one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _SPECIAL.sub(r"\\\1", line).replace("@", "&#64;").replace("://", ":&#47;/")
    return _AT_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def prose(text: str) -> str:
    """A sentence; what stands in it between backticks is rule text."""
    parts = _QUOTED.split(in_one_line(text))
    told = (plain(part) if at == 0 else plain(f" {part}")[1:] for at, part in enumerate(parts[::2]))
    quoted = (code(part) for part in (*parts[1::2], ""))
    return "".join(f"{text}{rule}" for text, rule in zip(told, quoted, strict=True))


def code(text: str) -> str:
    """Rule text; a bar would end the field of a table."""
    line = in_one_line(text).replace("|", "\\|")
    fence = "``" if "`" in line else "`"
    inside = f" {line} " if "`" in line else line
    return f"{fence}{inside}{fence}" if line.strip() else ""
