"""Rules over time whose groups are not known: no verdict that was reached is taken back, whatever the blanks hold.

The worst verdict of each rule is compared, too, since a blank may turn out to be of a group that nobody has named.
"""

import tempfile
from datetime import date
from itertools import product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import policydsl
from policydsl.verdicts import worst

from .independent import independently

RULES = """\
rulebook "Groups over time"
  currency SEK
table papers, each paper
  dated by date
  id     text, key
  issuer text
  kind   one of bond, share
  state  yes/no
  amount money in SEK
category class of papers
  A: state
  B: kind = bond
  otherwise C
define total = sum amount of papers
rule always:   always: per issuer: sum amount of papers <= 10 SEK
rule least:    always: per issuer: sum amount of papers >= 1 SEK
rule classes:  always: per class: sum amount of papers <= 10 SEK
rule inside:   always: within each issuer: per kind: share of total <= 60%
rule when:     always: when total > 5 SEK: per issuer, kind: sum amount of papers <= 10 SEK
rule most:     always: per issuer: max amount of papers <= 10 SEK
rule over:     per issuer: over the last 15 days: average amount of papers <= 10 SEK
rule change:   per class: sum amount of papers - (sum amount of papers on previous date) <= 5 SEK
rule of_other: total <= 11 SEK unless rule over is pass
"""
CELLS = {
    "issuer": ("X", "Y", "Z"),
    "kind": ("bond", "share"),
    "state": ("yes", "no"),
    "amount": ("-5", "0", "5", "11"),
}
DAYS = ("2024-01-10", "2024-01-20")
STAYS = {
    "pass": {"pass", "not applicable"},
    "breach": {"breach"},
    "not applicable": {"not applicable"},
    "undetermined": {"pass", "breach", "undetermined", "not applicable"},
}

Row = dict[str, str | None]


def _read() -> policydsl.Rulebook:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "groups.policy"
        path.write_text(RULES, encoding="utf-8")
        return policydsl.load(path)


RULEBOOK = _read()
ROW = st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()})
ROWS = st.dictionaries(st.tuples(st.sampled_from(DAYS), st.sampled_from("abc")), ROW, min_size=2, max_size=5)
BLANKS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(CELLS))), min_size=1, max_size=2, unique=True)


def judged(rows: list[Row], engine: str = "reference") -> policydsl.Report:
    return RULEBOOK.check({"papers": rows}, as_of=date(2024, 1, 24), engine=engine)  # type: ignore[arg-type]


@independently(40, derandomize=True)
@given(ROWS, BLANKS)
def test_no_completion_takes_a_verdict_back(found: dict[tuple[str, str], Row], blanks: list[tuple[int, str]]) -> None:
    rows: list[Row] = [{"date": day, "id": id, **row} for (day, id), row in found.items()]
    cells = [(at % len(rows), name) for at, name in blanks]
    for at, name in cells:
        rows[at][name] = None
    before = judged(rows)
    assert before.verdicts == judged(rows, "columnar").verdicts
    for values in product(*(CELLS[name] for _, name in cells)):
        full = [dict(row) for row in rows]
        for (at, name), value in zip(cells, values, strict=True):
            full[at][name] = value
        after = judged(full)
        for id in {verdict.id for verdict in before.verdicts}:
            earlier, later = ([one for one in each.verdicts if one.id == id] for each in (before, after))
            assert worst(later) in STAYS[worst(earlier)], f"{id}: {[one.sentence for one in (*earlier, *later)]}"
            outcomes = {one.group: one.outcome for one in later}
            for one in earlier:
                assert outcomes.get(one.group, one.outcome) in STAYS[one.outcome], f"{one.sentence} {full}"
