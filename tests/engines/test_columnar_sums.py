"""The sums of pairs of which everything is known, in whole numbers."""

from fractions import Fraction as F

from attrs import evolve

from policydsl.figures.environment import Environment
from policydsl.figures.results import Joint
from policydsl.plan.ledger import ledgers_of
from policydsl.plan.tallies import Pair

from .test_columnar_book import cmp, col, of, opened

AMOUNT, ISSUER = col("amount"), col("issuer")
OF_A = Pair("share", "holdings", (cmp(ISSUER, "=", of("a")),), AMOUNT, (), AMOUNT, True)
IN_SEK = Pair("sum", "holdings", (cmp(col("currency"), "=", of("SEK")),), AMOUNT)
EVERYWHERE = Environment(None, {})


def test_a_ledger_lists_what_pairs_ask_once() -> None:
    again = evolve(OF_A, part=(*OF_A.part, *IN_SEK.part))
    of_issuers = evolve(IN_SEK, groups=(ISSUER,))
    (first, second) = ledgers_of((OF_A, IN_SEK, of_issuers, again, OF_A))
    assert first.pairs == (OF_A, IN_SEK, again)
    assert first.conditions == (*OF_A.part, *IN_SEK.part)
    assert (first.parts, first.wholes) == (((0,), (1,), (0, 1)), ((), (), ()))
    assert first.measuring == (again, IN_SEK)
    assert second.pairs == (of_issuers,)


def test_what_is_known_is_summed_and_nothing_else() -> None:
    session = opened(amount=[F(1, 3), F(5), F(-7)], issuer=["a", "A", "b"], currency=["SEK", None, "SEK"])
    (ledger,) = ledgers_of((OF_A, IN_SEK))
    sums, unknown = session.sums(ledger, EVERYWHERE)
    assert sums is not None and unknown is None
    assert (sums.keys, [F(each, sums.part_den) for each in sums.parts]) == (((),), [F(16, 3)])
    assert ([F(each, sums.whole_den) for each in sums.wholes], sums.counts) == ([F(-5, 3)], [2])
    assert sums.joints == {(): Joint(F(16, 3), F(-5, 3), (), 2)}


def test_sums_of_more_than_64_bits() -> None:
    session = opened(amount=[F(10**30), F(1, 7)], issuer=["a", "b"])
    (ledger,) = ledgers_of((OF_A,))
    (sums,) = session.sums(ledger, EVERYWHERE)
    assert sums is not None
    assert sums.joints == {(): Joint(F(10**30), 10**30 + F(1, 7), (), 1)}
