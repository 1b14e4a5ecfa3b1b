"""What is worked out of a rulebook once: kept as long as it, and no longer; judged by several threads at once."""

import gc
from concurrent.futures import ThreadPoolExecutor

from policydsl.verdicts import docket
from tests.verdicts.asking import report, row, rulebook

RULES = "rule R:\n  per issuer: sum where duration > 1y <= 50%\n"


def test_worked_out_once_and_forgotten_with_its_rulebook():
    before = len(docket._KEPT)
    book = rulebook(RULES)
    assert docket.docket_of(book.model) is docket.docket_of(book.model)
    assert docket.docket_of(rulebook(RULES).model) is not docket.docket_of(book.model)
    del book
    gc.collect()
    assert len(docket._KEPT) <= before


def test_judged_by_several_threads_at_once():
    book = rulebook(RULES)
    rows = [row(f"row {n}", str(n), issuer=f"issuer {n % 7}") for n in range(50)]

    def judged(_):
        found = book.check({"holdings": rows}, engine="reference")
        return found.to_json()

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(judged, range(8)))) == 1


def test_order_of_rows_does_not_matter():
    rows = [row(f"row {n}", str(n), issuer=f"issuer {n % 7}", duration=None if n % 3 else "2y") for n in range(20)]
    one, other = report(RULES, *rows), report(RULES, *reversed(rows))
    assert one.verdicts == other.verdicts
    assert one.data_hash == other.data_hash
    assert [verdict.sentence for verdict in one.verdicts] == [verdict.sentence for verdict in other.verdicts]
