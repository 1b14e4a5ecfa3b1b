"""What stands beside the limits: what is owed, waivers, missing data, other rules, figures, notes, and the run."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from policydsl.reports import notes
from policydsl.reports.html.marks import badge, scrolling
from policydsl.reports.html.markup import Inside, Markup, prose, tag
from policydsl.reports.lacking import lacking
from policydsl.reports.limit_lines import found_in
from policydsl.reports.owed import Owed, owed, told_of, waivers
from policydsl.reports.rulings import Ruling, without_figure
from policydsl.reports.text import figure_line, marks

if TYPE_CHECKING:
    from policydsl.reports.report import Report


def _section(name: str, prefix: str, title: str, *inside: Inside) -> Markup:
    return tag("section", tag("h2", title), *inside, class_=name, id=f"{prefix}{name}")


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[Inside]], kind: str = "") -> Markup:
    """A table whose first column names its rows."""
    body = [tag("tr", tag("th", first, scope="row"), [tag("td", each) for each in rest]) for first, *rest in rows]
    head = tag("thead", tag("tr", [tag("th", each, scope="col") for each in heads]))
    caption = tag("caption", title, class_="heard")
    return scrolling(title, tag("table", caption, head, tag("tbody", body), class_=kind or None))


def missing_data(report: "Report", prefix: str) -> Markup | None:
    """What is not known, and which rules wait for it."""
    found = lacking(report)
    if not found:
        return None
    say = report.say
    title = say("Missing data")
    rows = [(prose(each.what), tag("span", ", ".join(each.rules), class_="ids")) for each in found]
    return _section(
        "missing", prefix, title, _table(title, (say("what is missing"), say("rules that wait for it")), rows)
    )


def waivers_in_force(report: "Report", prefix: str) -> Markup | None:
    """The waivers that stand on the day."""
    found = waivers(report)
    if not found:
        return None
    say = report.say
    title = say("Waivers in force")
    heads = (say("waiver"), say("of which rule"), say("granted by"), say("granted on"), say("last day"), say("reason"))
    return _section("waivers", prefix, title, _table(title, heads, [told_of(each, report) for each in found]))


def owed_things(report: "Report", prefix: str) -> Markup | None:
    """Duties and questions: those that are not as they should be, those that are to come, and how many are done."""
    every = owed(report)
    if not every:
        return None
    say = report.say
    title = say("Duties and attestations")
    done = [each for each in every if each.verdict.outcome == "pass"]
    late = [each for each in every if each.verdict.outcome not in ("pass", "not applicable")]
    coming = [each for each in every if each.verdict.outcome == "not applicable"]
    tables = [
        _owed(name, found, report)
        for name, found in ((say("Late, lacking or unanswered"), late), (say("To come"), coming))
        if found
    ]
    return _section("owed", prefix, title, tables, _done(say("Done"), done, report) if done else None)


def _done(title: str, found: Sequence[Owed], report: "Report") -> Markup:
    """What is done: of each duty and question how often, and the last time."""
    say = report.say
    of_rules: dict[str, list[Owed]] = {}
    for each in found:
        of_rules.setdefault(each.verdict.id, []).append(each)
    rows = [(_named(every[-1]), str(len(every)), prose(every[-1].verdict.finding)) for every in of_rules.values()]
    table = _table(title, (say("what"), say("how often"), say("the last time")), rows)
    return _titled(title, len(found), table)


def _named(owed: Owed) -> Inside:
    verdict = owed.verdict
    return [verdict.check.title or verdict.id, tag("small", " · ".join([verdict.id, *verdict.sources]))]


def _titled(title: str, count: int, table: Markup) -> Markup:
    return tag("div", tag("h3", title, tag("span", f" {count}", class_="number")), table)


def _owed(title: str, found: Sequence[Owed], report: "Report") -> Markup:
    say = report.say
    heads = (say("due"), say("what"), say("of whom and for what"), say("outcome"), say("what was found"))
    rows = [
        (
            each.due.isoformat() if each.due else "–",
            _named(each),
            ", ".join("–" if text is None else text for _, text in each.verdict.group),
            badge(each.verdict.outcome, say(each.verdict.outcome)),
            prose(each.verdict.finding),
        )
        for each in found
    ]  # fmt: skip
    return _titled(title, len(found), _table(title, heads, rows, "dues"))


def other_rules(report: "Report", prefix: str) -> Markup | None:
    """Rules without a figure that are kept or do not apply, outcome by outcome."""
    plain = without_figure(report)
    if not plain:
        return None
    say = report.say
    title = say("Rules that are kept or do not apply")
    heads = (say("rule"), say("outcome"), say("what was found"))
    return _section("others", prefix, title, _table(title, heads, [_plain(ruling) for ruling in plain]))


def _plain(ruling: Ruling) -> Sequence[Inside]:
    verdict = ruling.first
    name = verdict.check.title or verdict.check.requirement or verdict.check.rule
    under = tag("small", " · ".join([verdict.check.rule, *verdict.sources]))
    word = verdict.wording.say(ruling.outcome)
    return [name, under], badge(ruling.outcome, word), prose(found_in(ruling))


def figures(report: "Report", prefix: str) -> Markup | None:
    """The defined figures."""
    if not report.figures:
        return None
    say = report.say
    title = say("Figures")
    heads = (say("name"), say("value"), say("rows"), say("note"))
    return _section(
        "figures", prefix, title, _table(title, heads, [figure_line(each) for each in report.figures], "sums")
    )


def remarks_on_data(report: "Report", prefix: str) -> Markup | None:
    """Rows that no label holds, and what was said while reading."""
    told = list(notes.told(report))
    if not told:
        return None
    return _section("notes", prefix, report.say("Notes"), tag("ul", [tag("li", prose(each)) for each in told]))


def contents(report: "Report", prefix: str, sections: Sequence[tuple[str, str]]) -> Markup:
    """Links to the parts of a report."""
    say = report.say
    links = [tag("li", tag("a", title, href=f"#{prefix}{name}")) for name, title in sections]
    return tag("nav", tag("ul", links), aria_label=say("Contents"))


def run(report: "Report") -> Markup:
    """By what the run can be told from any other."""
    return tag("footer", tag("p", "; ".join(marks(report))))
