"""A memory of past runs: what was judged, by which rules, on which data, and what was found, chained by hash.

| what | where |
|---|---|
| where it is, and what may be wrong with it | `database`, by way of `on_sqlite` or `on_postgres` |
| entries, each with the hash of the one before | `chain` |
| what of a run is kept, and how it is made again | `packing`, `recording`, `replaying` |
| whether anything was altered | `auditing` |
| the runs of a rulebook in the order of their days | `series` |
| new, still open, cured | `following` |
| active or passive | `causes` |
| figures over time | `trends` |
"""

from policydsl.records.connection import RecordError
from policydsl.records.follow_up_json import follow_ups_frame
from policydsl.records.record import Record
from policydsl.records.trends_json import trends_frame

__all__ = ["Record", "RecordError", "follow_ups_frame", "trends_frame"]
