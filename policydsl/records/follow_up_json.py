"""What is new, still open and cured, as JSON and as a frame."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from policydsl.records.following import Followed, FollowUp
from policydsl.reports.json_text import Json, json_text

if TYPE_CHECKING:
    import pandas


def follow_ups_json(found: Sequence[FollowUp]) -> str:
    """What became of the failures of each rulebook."""
    return json_text({"schema_version": "1", "follow_ups": [_follow_up(each) for each in found]}) + "\n"


def _follow_up(each: FollowUp) -> Json:
    return {
        "rulebook": each.title,
        "scenario": each.scenario,
        "as_of": each.as_of.isoformat(),
        "run": each.run,
        "again": None if each.again is None else {"run": each.again.run, "as_of": each.again.as_of.isoformat()},
        "before": _iso(each.before),
        "rules_changed": each.rules_changed,
        "found": [_followed(one) for one in each.found],
        "beside": [
            {"rulebook": one.title, "as_of": one.as_of.isoformat(), "failing": one.failing} for one in each.beside
        ],
    }


def _followed(each: Followed) -> Json:
    body, now = each.failed.body, None if each.now is None else each.now.body
    return {
        "state": each.state,
        "id": body["id"],
        "group": dict(body["group"]) if body["group"] else None,
        "title": body["title"],
        "outcome": body["outcome"],
        "finding": body["words"]["finding"],
        "now": None if now is None else {"outcome": now["outcome"], "finding": now["words"]["finding"]},
        "since": each.since.day.isoformat(),
        "sure": each.since.sure,
        "days": each.since.days,
        "until": _iso(each.since.until),
        "first_run": each.first,
        "causes": [{"cause": one.cause, "by": one.by, "because": one.because or None} for one in each.rulings],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_COLUMNS = (
    "rulebook", "scenario", "state", "id", "group", "title", "outcome", "finding", "since", "sure", "days", "until",
    "cause", "decided_by",
)  # fmt: skip


def follow_ups_frame(found: Sequence[FollowUp]) -> "pandas.DataFrame":
    """One row a failure, or former failure."""
    import pandas

    rows = [(each, one) for each in found for one in each.found]
    return pandas.DataFrame([_row(each, one) for each, one in rows], columns=list(_COLUMNS))


def _row(each: FollowUp, one: Followed) -> dict[str, object]:
    body, ruled = one.failed.body, one.since.ruled
    return {
        "rulebook": each.title,
        "scenario": each.scenario,
        "state": one.state,
        "id": body["id"],
        "group": ", ".join(f"{column} = {'?' if value is None else value}" for column, value in body["group"]) or None,
        "title": body["title"],
        "outcome": body["outcome"],
        "finding": body["words"]["finding"],
        "since": one.since.day,
        "sure": one.since.sure,
        "days": one.since.days,
        "until": one.since.until,
        "cause": None if ruled is None else ruled.cause,
        "decided_by": None if ruled is None else ruled.by,
    }
