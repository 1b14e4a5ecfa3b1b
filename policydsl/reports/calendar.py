"""A calendar (RFC 5545) of what falls on a day: duties and questions that are not done, those of the coming year,
failures to be put right, and the last days of waivers. Every entry takes the whole day and stands beside no meeting.
What many owe for one period is one entry. Periods are entries of their own and no recurring one, as each goes when it
is done.

An entry keeps its name from run to run, so that a calendar that reads the file again replaces it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from policydsl._frozen import frozen
from policydsl.model.obligations import Attest, Duty
from policydsl.reports.naming import about, verdict_name
from policydsl.reports.owed import Owed, owed, waivers
from policydsl.reports.signs import allowed
from policydsl.verdicts import Verdict
from policydsl.verdicts.periods import periods

if TYPE_CHECKING:
    from policydsl.reports.report import Report

AHEAD = timedelta(365)
"""How far after the day judged what falls due is told."""
_LINE = 75
"""Octets of a line; what is longer goes on in the next one, behind a blank."""
_PARTS_OF_YEAR = (1, 2, 3, 4, 6, 12)


@frozen
class Entry:
    """Something that falls on a day; `key` names it from run to run."""

    day: date
    key: tuple[str, ...]
    summary: str
    description: str
    categories: str


def calendar_text(reports: Sequence["Report"]) -> str:
    """The calendar, its lines ended as the standard has it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//policydsl//policydsl//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text('; '.join(dict.fromkeys(report.title for report in reports)))}"]
    for report in reports:
        for entry in sorted(_entries(report), key=lambda each: (each.day, each.key)):
            lines += _event(entry, report)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _entries(report: "Report") -> Iterator[Entry]:
    yield from _owed(report)
    for verdict in report.verdicts:
        if verdict.cure is not None and verdict.cure.until is not None:
            yield Entry(
                verdict.cure.until,
                ("cure", verdict_name(verdict)),
                report.say("Put right: {what}", what=_title(verdict)),
                _described(verdict, verdict.sentence),
                report.say("to be put right"),
            )
    for waiver in waivers(report):
        if waiver.until is not None:
            yield Entry(
                waiver.until,
                ("waiver", waiver.id),
                report.say("Last day of waiver {id} of {check}", id=waiver.id, check=waiver.check),
                f"{waiver.granted_by}, {waiver.granted_on.isoformat()}\n{waiver.because}",
                report.say("waiver"),
            )


@frozen
class _Item:
    """Something owed for a period: of whom, and what was found; what is only to come has no finding."""

    verdict: Verdict
    period: str | None
    due: date
    of: tuple[tuple[str, str | None], ...]
    found: str | None


def _owed(report: "Report") -> Iterator[Entry]:
    """What is owed: one entry for all who owe the same for the same period."""
    found = owed(report)
    items = [
        _Item(each.verdict, dict(each.verdict.group).get("period"), each.due, _others(each), each.verdict.finding)
        for each in found
        if each.due is not None and each.verdict.outcome != "pass"
    ]
    together: dict[tuple[str, str | None, date], list[_Item]] = {}
    for item in [*items, *_coming(found, report)]:
        together.setdefault((item.verdict.id, item.period, item.due), []).append(item)
    return (_of_owed(every, report) for every in together.values())


def _of_owed(every: Sequence[_Item], report: "Report") -> Entry:
    first, say = every[0], report.say
    verdict, is_question = first.verdict, isinstance(first.verdict.check.assertion, Attest)
    names = [", ".join(text for _, text in item.of if text is not None) for item in every]
    whom = names[0] if len(every) == 1 else f"{', '.join(column for column, _ in first.of)}: {len(every)}"
    told = ", ".join(part for part in (first.period, whom) if part)
    lines = [verdict.check.requirement] if any(item.found is None for item in every) else []
    lines += [
        ": ".join(part for part in (name if len(every) > 1 else "", item.found) if part)
        for name, item in zip(names, every, strict=True)
    ]
    return Entry(
        first.due,
        ("owed", verdict.id, first.period or ""),
        say(
            "To be answered: {what}" if is_question else "Due: {what}",
            what=f"{_title(verdict)}{f' ({told})' if told else ''}",
        ),
        _described(verdict, "\n".join(line for line in lines if line)),
        say("attestation" if is_question else "duty"),
    )


def _coming(found: Sequence[Owed], report: "Report") -> Iterator[_Item]:
    """What falls due within a year and no verdict speaks of yet, of everyone who is asked now."""
    today = report.as_of
    if today is None:
        return
    told = {(each.verdict.id, each.verdict.group) for each in found}
    asked: dict[str, tuple[Verdict, dict[tuple[tuple[str, str | None], ...], None]]] = {}
    for each in found:
        others = _others(each)
        if each.period is not None and all(text is not None for _, text in others):
            asked.setdefault(each.verdict.id, (each.verdict, {}))[1][others] = None
    for verdict, everyone in asked.values():
        assertion, until = verdict.check.assertion, verdict.check.remarks.valid_until
        assert isinstance(assertion, Duty | Attest)
        schedule = assertion.schedule
        if schedule.every is None or (schedule.begins is None and schedule.every not in _PARTS_OF_YEAR):
            continue
        for period in periods(schedule, today, min(today + AHEAD, until or date.max)):
            if period.due is None or period.due > today + AHEAD:
                continue
            for others in everyone:
                if (verdict.id, (("period", period.name), *others)) not in told:
                    yield _Item(verdict, period.name, period.due, others, None)


def _others(each: Owed) -> tuple[tuple[str, str | None], ...]:
    """Of whom something is asked, beside the period."""
    return tuple(pair for pair in each.verdict.group if pair[0] != "period")


def _title(verdict: Verdict) -> str:
    return verdict.check.title or verdict.id


def _described(verdict: Verdict, found: str) -> str:
    return "\n".join([verdict.id, *verdict.sources, found])


# --- lines ------------------------------------------------------------------------------------------------------------


def _event(entry: Entry, report: "Report") -> list[str]:
    key = "\x00".join((report.title, report.scenario or "", *entry.key))
    stamp = report.as_of or entry.day
    after = entry.day + timedelta(1) if entry.day < date.max else entry.day
    return [
        "BEGIN:VEVENT",
        f"UID:{sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}@policydsl",
        f"DTSTAMP:{_day(stamp)}T000000Z",
        f"DTSTART;VALUE=DATE:{_day(entry.day)}",
        f"DTEND;VALUE=DATE:{_day(after)}",
        f"SUMMARY;LANGUAGE={report.language}:{_text(entry.summary)}",
        f"DESCRIPTION;LANGUAGE={report.language}:{_text(f'{entry.description}{chr(10)}{about(report)}')}",
        f"CATEGORIES:{_text(entry.categories)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> str:
    """A text as a value: what would end it or begin another is escaped."""
    said = allowed(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        said = said.replace(sign, instead)
    return said


def _folded(line: str) -> str:
    """A line in pieces of so many octets, no sign broken."""
    pieces, room = [""], _LINE
    for sign in line:
        size = len(sign.encode("utf-8"))
        if size > room:
            pieces.append(" ")
            room = _LINE - 1
        pieces[-1] += sign
        room -= size
    return "\r\n".join(pieces)
