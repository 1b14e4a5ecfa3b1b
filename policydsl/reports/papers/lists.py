"""What stands beside the limits in a document: the overall verdict, what needs attention, what is missing, waivers,
duties, notes, and by what the run can be told."""

from collections.abc import Iterable, Iterator, Sequence

from policydsl.model.rulebook import Outcome
from policydsl.reports import notes
from policydsl.reports.drawn import drawn
from policydsl.reports.findings import OfRule, ToldRow, of_rules, rows_behind
from policydsl.reports.lacking import lacking
from policydsl.reports.limit_lines import found_in
from policydsl.reports.naming import SAID_OF_MANY
from policydsl.reports.owed import owed, told_of, waivers
from policydsl.reports.papers.desk import Desk, with_dots
from policydsl.reports.papers.document import (
    Banner,
    Bullets,
    Cell,
    Column,
    Drawing,
    Heading,
    Paragraph,
    Part,
    Picture,
    Span,
    Table,
    plain,
    prose,
)  # fmt: skip
from policydsl.reports.rulings import without_figure
from policydsl.reports.text import NEEDS_ATTENTION, marks

MOST_GROUPS = 20
MOST_ROWS = 12


def verdict(desk: Desk) -> Iterator[Part]:
    """The overall verdict, first of all."""
    report = desk.report
    counts = tuple(
        (outcome, count, desk.say(outcome if count == 1 else SAID_OF_MANY[outcome]))
        for outcome, count in report.counts.items()
    )
    yield Banner(report.outcome, desk.say(report.outcome), counts)


def attention(desk: Desk, only: Outcome | None = None) -> Iterator[Part]:
    """What is not as it should be, outcome by outcome and rule by rule."""
    any_found = False
    for outcome in NEEDS_ATTENTION if only is None else (only,):
        rules = list(of_rules(desk.report, outcome, MOST_GROUPS))
        if rules:
            any_found = True
            word = desk.say(outcome if len(rules) == 1 else SAID_OF_MANY[outcome]).capitalize()
            yield Heading(desk.level + 1, plain(word))
        for of_rule in rules:
            yield from _of_rule(desk, of_rule)
    if not any_found and only is None:
        yield Paragraph(plain(desk.say("Nothing needs attention.")))


def _of_rule(desk: Desk, of_rule: OfRule) -> Iterator[Part]:
    first = of_rule.verdicts[0]
    title = first.check.title or first.check.requirement or first.check.rule
    yield Heading(desk.level + 2, prose(title))
    lead = desk.behind(f"rule {first.id}", title, of_rule.verdicts)
    yield Paragraph(with_dots(plain(first.check.rule), *map(plain, first.sources), lead), "small")
    told = [plain(each) for each in of_rule.counted]
    for found in of_rule.found:
        names = "; ".join(found.names)
        told.append((*((Span(f"{names}: ", "strong"),) if names else ()), *prose(found.text)))
        rows = rows_behind(found.verdict, MOST_ROWS, MOST_ROWS) if found.alone else None
        if rows is not None:
            said = [_row(row) for row in rows.rows]
            said += [found.verdict.wording.say("{count} more", count=rows.more)] if rows.more else []
            word = found.verdict.wording.say("rows")
            told.append(plain(f"{word[:1].upper()}{word[1:]}: {'; '.join(said)}"))
    if of_rule.more:
        told.append(plain(first.wording.say("{count} more", count=of_rule.more)))
    yield Bullets(tuple(told))
    picture = drawn([of_rule.found[0].verdict]) if len(of_rule.found) == 1 and of_rule.found[0].alone else None
    if picture is not None and picture.reach[0] != picture.reach[1]:
        yield Drawing(Picture(picture, *picture.reach))


def _row(row: ToldRow) -> str:
    values = ", ".join(f"{what} {value}".strip() for what, value in row.values)
    return f"{row.name}: {values}" if values else row.name


def kept(desk: Desk) -> Iterator[Part]:
    """Rules without a figure that are kept or do not apply."""
    say = desk.say
    rows = []
    for ruling in without_figure(desk.report):
        first = ruling.first
        title = first.check.title or first.check.requirement or first.check.rule
        under = with_dots(plain(first.check.rule), *map(plain, first.sources))
        outcome = Cell(plain(say(ruling.outcome)), outcome=ruling.outcome)
        rows.append((Cell(prose(title), (under,)), outcome, Cell(prose(found_in(ruling)))))
    if rows:
        columns = Column(say("rule"), width=5), Column(say("outcome"), width=2), Column(say("what was found"), width=4)
        yield Table(say("Rules that are kept or do not apply"), columns, tuple(rows))


def missing(desk: Desk) -> Iterator[Part]:
    """What is not known, and the rules that wait for it."""
    say, found = desk.say, lacking(desk.report)
    rows = [(prose(each.what), plain(", ".join(each.rules))) for each in found]
    yield from _listed(
        desk, say("Missing data"), ((say("what is missing"), 5), (say("rules that wait for it"), 3)), rows
    )


def waivers_in_force(desk: Desk) -> Iterator[Part]:
    """The waivers that stand on the day."""
    say = desk.say
    heads = ("waiver", "of which rule", "granted by", "granted on", "last day", "reason")
    rows = [tuple(plain(each) for each in told_of(waiver, desk.report)) for waiver in waivers(desk.report)]
    yield from _listed(desk, say("Waivers in force"), [(say(head), 2) for head in heads], rows)


def duties(desk: Desk) -> Iterator[Part]:
    """Duties and questions that are late, lacking or still to come, and how many are done."""
    say = desk.say
    every = owed(desk.report)
    columns = (
        Column(say("due"), width=2),
        Column(say("what"), width=4),
        Column(say("of whom and for what"), width=3),
        Column(say("outcome"), width=2),
    )
    rows = tuple(
        (
            Cell(plain(each.due.isoformat() if each.due else "–")),
            Cell(
                plain(each.verdict.check.title or each.verdict.id),
                (with_dots(plain(each.verdict.id), *map(plain, each.verdict.sources)),),
            ),
            Cell(plain(", ".join("–" if text is None else text for _, text in each.verdict.group))),
            Cell(plain(say(each.verdict.outcome)), outcome=each.verdict.outcome),
        )
        for each in every
        if each.verdict.outcome != "pass"
    )
    if rows:
        yield Table(say("Duties and attestations"), columns, rows)
    done = sum(each.verdict.outcome == "pass" for each in every)
    if done or not rows:
        yield Paragraph(plain(say("{count} duties and questions are done.", count=done)))


def remarks(desk: Desk) -> Iterator[Part]:
    """What was said while reading, and rows that no label holds."""
    told = tuple(prose(each) for each in notes.told(desk.report))
    yield Bullets(told) if told else Paragraph(plain(desk.say("There is nothing to note.")))


def run(desk: Desk) -> Iterator[Part]:
    """By what the run can be told from any other."""
    of_template = (
        ()
        if desk.template is None
        else (desk.say("template {name} {mark}", name=desk.template.name, mark=desk.template.mark[:12]),)
    )
    yield Paragraph(plain("; ".join([*marks(desk.report), *of_template])), "small")


def _listed(
    desk: Desk, title: str, heads: Iterable[tuple[str, int]], rows: Sequence[Sequence[tuple[Span, ...]]]
) -> Iterator[Part]:
    if not rows:
        yield Paragraph(plain(desk.say("None.")))
        return
    columns = tuple(Column(head, width=width) for head, width in heads)
    yield Table(title, columns, tuple(tuple(Cell(each) for each in row) for row in rows))
