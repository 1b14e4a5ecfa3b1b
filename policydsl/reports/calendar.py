"""A calendar (RFC 5545) of what falls on a day: duties and questions that are not done, those of the coming year,
failures to be put right, and the last days of waivers. Every entry takes the whole day and stands beside no meeting.

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

AHEAD = timedelta(366)
"""How far after the day judged what is owed is told."""
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
    found = owed(report)
    for each in found:
        if each.due is not None and each.verdict.outcome != "pass":
            yield _of_owed(each, each.due, report)
    yield from _coming(found, report)
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


def _of_owed(each: Owed, due: date, report: "Report") -> Entry:
    verdict = each.verdict
    names = ", ".join(text for _, text in verdict.group if text is not None)
    title = f"{_title(verdict)}{f' ({names})' if names else ''}"
    kind = "To be answered: {what}" if each.is_question else "Due: {what}"
    return Entry(
        due,
        ("owed", verdict.id, *(text or "" for _, text in verdict.group)),
        report.say(kind, what=title),
        _described(verdict, verdict.finding),
        report.say("attestation" if each.is_question else "duty"),
    )


def _coming(found: Sequence[Owed], report: "Report") -> Iterator[Entry]:
    """The periods of the coming year that no verdict speaks of yet, of everyone who is asked now."""
    today = report.as_of
    if today is None:
        return
    told = {(each.verdict.id, each.verdict.group) for each in found}
    asked: dict[str, tuple[Verdict, dict[tuple[tuple[str, str | None], ...], None]]] = {}
    for each in found:
        others = tuple(pair for pair in each.verdict.group if pair[0] != "period")
        if each.period is not None and all(text is not None for _, text in others):
            asked.setdefault(each.verdict.id, (each.verdict, {}))[1][others] = None
    for verdict, everyone in asked.values():
        assertion, until = verdict.check.assertion, verdict.check.remarks.valid_until
        assert isinstance(assertion, Duty | Attest)
        schedule = assertion.schedule
        if schedule.every is None or (schedule.begins is None and schedule.every not in _PARTS_OF_YEAR):
            continue
        for period in periods(schedule, today, min(today + AHEAD, until or date.max)):
            for others in everyone:
                group = (("period", period.name), *others)
                if (verdict.id, group) not in told and period.due is not None:
                    names = ", ".join(text for _, text in group if text is not None)
                    is_question = isinstance(assertion, Attest)
                    kind = "To be answered: {what}" if is_question else "Due: {what}"
                    yield Entry(
                        period.due,
                        ("owed", verdict.id, *(text or "" for _, text in group)),
                        report.say(kind, what=f"{_title(verdict)} ({names})"),
                        _described(verdict, verdict.check.requirement),
                        report.say("attestation" if is_question else "duty"),
                    )


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
