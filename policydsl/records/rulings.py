"""What was found out about the causes of failures, and what people decided instead: entries of their own."""

from collections.abc import Sequence

from policydsl.records.chain import Entry
from policydsl.records.following import Rulings
from policydsl.records.packing import unpacked
from policydsl.records.run import Key, key_of
from policydsl.reports.since import Ruled

CAUSE = "cause"
"""The kind of entry that was worked out from two snapshots and a list of trades."""
DECISION = "decision"
"""The kind that a person made, with a reason."""


def rulings_of(entries: Sequence[Entry], upto: int | None = None) -> Rulings:
    """All of them, by rulebook, check and group, in the order in which they were recorded; a later one stands over an
    earlier one, which stays."""
    found: dict[tuple[str, Key], list[tuple[int, Ruled]]] = {}
    for entry in entries:
        if entry.kind in (CAUSE, DECISION) and (upto is None or entry.number <= upto):
            body = unpacked(entry.body)
            key = key_of(body["id"], body["group"])
            ruled = Ruled(body["cause"], body.get("by"), body["because"])
            found.setdefault((body["title"], key), []).append((body["run"], ruled))
    return found
