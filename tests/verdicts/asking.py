"""Rulebooks of a few lines, judged on a few rows, on the engine that is the meaning."""

from datetime import date

from policydsl import api
from policydsl.model.check import check
from policydsl.source import Source
from policydsl.syntax import parse

HEAD = """rulebook "Test"
  currency SEK
  base portfolio

table holdings, each holding
  name      text, key
  issuer    text, blank means none
  kind      one of bond, stock
  rating    long_rating, blank means unrated
  duration  term in years, not negative
  due       date, blank means none
  value     money in SEK
scale long_rating, best first: AAA, AA, A, BBB; unrated: NR
table orders, each order
  number    text, key
  amount    money in SEK
define portfolio = sum value of holdings
category class of holdings where kind = bond
  good:  rating >= AA
  fair:  rating >= BBB
  otherwise weak
parameter asked: supplied by the run, money in SEK
parameter threshold: undecided
"""


def rulebook(rules, head=HEAD):
    """A checked rulebook with some rules; what is wrong with it fails the test."""
    source = Source("test.policy", head + rules)
    file, told = parse(source)
    found, wrong = check([(source, file)])
    assert found is not None, [*told, *wrong]
    return api.Rulebook(found)


def row(name, value="100", **more):
    """A holding: a bond rated AAA for two years."""
    return {
        "name": name, "issuer": "X", "kind": "bond", "rating": "AAA", "duration": "2y", "due": None,
        "value": value, **more,
    }  # fmt: skip


def report(rules, *rows, as_of=date(2015, 1, 31), tables=None, engine="reference", **parameters):
    """The report on some rows of holdings."""
    given = {"holdings": list(rows), **(tables or {})} if rows or tables is None else tables
    return rulebook(rules).check(given, as_of=as_of, parameters=parameters, engine=engine)


def verdicts(rules, *rows, **more):
    """The verdicts on some rows of holdings."""
    return report(rules, *rows, **more).verdicts


def verdict(rules, *rows, **more):
    """The only verdict of one rule, whose assertion is given."""
    (found,) = verdicts(f'rule R "The title":\n  {rules}\n  source "Section 1"\n', *rows, **more)
    return found


def outcome(rules, *rows, **more):
    """The outcome of the only verdict."""
    return verdict(rules, *rows, **more).outcome
