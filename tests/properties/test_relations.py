"""Tables that relate: both engines agree on them, and nothing that was certain is taken back when blanks are filled in.

The rulebook is one and the same; its tables are drawn, with blanks in keys, links, amounts and weights.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import policydsl
from policydsl import Report
from policydsl.figures.interval import Figure, Interval
from policydsl.verdicts import Verdict

from .independent import independently
from .running import body, load

RULEBOOK = """\
rulebook "Related"
  currency SEK
  base total
table papers, each paper
  paper  text, key
  issuer link to issuers
  kind   one of bond, share
  home   text
  value  money in SEK, not negative
  gain   money in SEK
table issuers, each issuer_row
  name     text, key
  group    link to groups, blank means none
  country  text
  target   share in %
table groups
  name text, key
  cap  money in SEK
table parts
  fund   text
  part   text, key
  home   text
  weight share in %, not negative
define total = sum value of papers
define gains = sum gain of papers
define weight per issuer = share
define by_home per home = average gain

table positions, each position from papers where kind = bond per issuer
  weight = share
  value  = sum value
  gain   = sum gain
  mean   = average gain weighted by value
  least  = min value
table homes, each home_row from papers per home
  value  = sum value
  middle = median gain of papers
table owners, each owner from positions per issuer.group
  value   = sum value of positions
  members = count of positions
table flows, each flow
  from papers where kind = bond: amount = value, place = home
  from papers where gain > 0 SEK: amount = -gain, place = issuer.country
table seen, each part_seen from papers through parts on paper = fund scaling value, gain by weight
define seen_value = sum value of seen

rule abroad: share where issuer.country != "SE" <= 40%
rule countries: per issuer.country: share <= 50%
rule chained: sum where issuer.group.cap >= 20 SEK <= 60%
rule known: each paper: issuer.country = "SE" or value < 30 SEK
rule large: sum weight of positions where weight > 20% <= 50%
rule top: sum value of largest 2 positions by value <= 60 SEK
rule each-position: each position: value <= 40 SEK unless gain < 0 SEK
rule few: count of positions >= 2
rule fewer: count of positions <= 2
rule named: distinct issuer of positions <= 2
rule means: each position: mean <= 10 SEK
rule least: min least of positions >= 10 SEK
rule homes: per home: sum value of homes <= 50 SEK
rule middles: max middle of homes <= 10 SEK
rule spread: distinct home of homes >= 2
rule owners: each owner: value <= 50 SEK and members <= 2
rule owned: sum value of owners where group.cap >= 20 SEK <= 60 SEK
rule flows: sum amount of flows where place = "SE" <= 40 SEK
rule counted: count of flows <= 4
rule parts: share of seen_value where home = "SE" <= 50%
rule rest: sum gain of seen where home = "DK" <= 10 SEK
rule heavy: sum where weight > 30% <= 50%
rule same: per issuer: weight <= 60%
rule target: per issuer: share <= larger of 30% and 200% of target
rule average: no paper where by_home > 5 SEK and kind = share
"""

SURE = {
    "papers": {
        "paper": ("a", "b", "c", "d"), "issuer": ("X", "Y", "Z", "X"), "kind": ("bond", "share"), "home": ("SE", "DK"),
        "value": ("0", "10", "30", "45"), "gain": ("-20", "0", "5", "20"),
    },
    "issuers": {
        "name": ("X", "Y", "Z"), "group": ("G", "H", ""), "country": ("SE", "DK"), "target": ("0", "10", "40"),
    },
    "groups": {"name": ("G", "H"), "cap": ("0", "20", "50")},
    "parts": {
        "fund": ("a", "b"), "part": ("p", "q", "r"), "home": ("SE", "DK"), "weight": ("0", "30", "60", "100"),
    },
}  # fmt: skip
"""What the cells of each column hold; an empty text is none."""
KEYS = {"papers": "paper", "issuers": "name", "groups": "name", "parts": "part"}
NEVER_UNKNOWN = {("issuers", "group"), ("parts", "fund")}
ALLOWED = {
    "pass": {"pass", "not applicable"},
    "breach": {"breach"},
    "not applicable": {"not applicable"},
    "undetermined": {"pass", "breach", "undetermined", "not applicable"},
}

Tables = dict[str, list[dict[str, str | None]]]


@cache
def rulebook() -> policydsl.Rulebook:
    return load(RULEBOOK)


def unknown(table: str, column: str) -> bool:
    """Whether a cell of a column may be unknown."""
    return column != KEYS[table] and (table, column) not in NEVER_UNKNOWN


@st.composite
def tables(draw: Any) -> Tables:
    """The four tables, a cell in five of them unknown."""
    found: Tables = {}
    for table, columns in SURE.items():
        keys = draw(st.lists(st.sampled_from(columns[KEYS[table]]), unique=True, min_size=1))
        found[table] = [
            {
                name: key
                if name == KEYS[table]
                else None
                if unknown(table, name) and draw(st.integers(0, 4)) == 0
                else draw(st.sampled_from(cells))
                for name, cells in columns.items()
            }
            for key in keys
        ]
    return found


@st.composite
def completed(draw: Any) -> tuple[Tables, tuple[Tables, ...]]:
    """Tables, and some of what they may turn out to be."""
    found = draw(tables())
    return found, tuple(_completion(draw, found) for _ in range(3))


def _completion(draw: Any, found: Tables) -> Tables:
    def filled(table: str, name: str, cell: str | None) -> str | None:
        blank = cell is None and unknown(table, name)
        return (
            draw(st.sampled_from((*SURE[table][name], "77"[: 2 * (name == "value")] or SURE[table][name][0])))
            if (blank)
            else cell
        )

    return {
        table: [{name: filled(table, name, cell) for name, cell in row.items()} for row in rows]
        for table, rows in found.items()
    }


def report(found: Tables, engine: str) -> Report:
    return rulebook().check(found, engine=engine)  # type: ignore[arg-type]


@independently(100, derandomize=True)
@given(tables())
def test_engines_agree(found: Tables) -> None:
    reference, *others = (body(report(found, engine)) for engine in ("reference", "columnar", "light"))
    assert others == [reference, reference]


@independently(150, derandomize=True)
@given(completed())
def test_no_completion_takes_a_verdict_back(found: tuple[Tables, tuple[Tables, ...]]) -> None:
    before = report(found[0], "reference")
    for completion in found[1]:
        after = report(completion, "reference")
        for one, other in _alike(before, after):
            said = (
                f"{one.id} {one.group}: {one.outcome} {one.figure} became {other.outcome} {other.figure}\n{completion}"
            )
            assert other.outcome in ALLOWED[one.outcome], said
            assert _within(other.figure, one.figure), said


def _alike(before: Report, after: Report) -> Iterator[tuple[Verdict, Verdict]]:
    later = {(one.id, one.group): one for one in after.verdicts}
    for one in before.verdicts:
        if (one.id, one.group) in later:
            yield one, later[one.id, one.group]


def _within(after: Figure | None, before: Figure | None) -> bool:
    if not isinstance(before, Interval) or not isinstance(after, Interval):
        return True
    above = before.low is None or (after.low is not None and after.low >= before.low)
    return above and (before.high is None or (after.high is not None and after.high <= before.high))
