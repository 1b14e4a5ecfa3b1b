"""Rulebooks in a few lines, for the tests of this folder: what the checker makes of a text, and what it says of it."""

import re
from pathlib import Path

from policydsl.diagnostics import Diagnostic
from policydsl.model.check import check
from policydsl.model.rulebook import Check, Limit, RowsHold, Rulebook
from policydsl.source import Source
from policydsl.syntax import parse

HEADER = """\
rulebook "Example"
  currency SEK
  base portfolio
define portfolio = sum market_value of holdings
"""

HOLDINGS = """\
table holdings, each holding
  dated by date
  instrument    text, key
  issuer        text, blank means none
  issuer_type   one of state, municipality, region, bank, company, blank means none
  asset_class   one of fixed_income, equity, cash, other
  guarantee     one of state, municipality, region, blank means none
  held_directly yes/no, blank means no
  real_rate     yes/no, blank means no
  rating_sp     long_rating, blank means unrated
  rating_moodys long_rating, blank means unrated
  rating_short  short_rating, blank means unrated
  duration      term in years
  maturity      date, blank means none
  settled       date
  currency      text
  tags          list of text separated by ";"
  market_value  money in SEK, also "Marknadsvärde", "Markedsværdi"
scale long_rating, best first: AAA = Aaa, AA+ = Aa1, AA = Aa2, AA- = Aa3, A = A2, A- = A3, BBB = Baa2; unrated: NR, WR
scale short_rating, best first: "A-1+", "A-1" = "P-1", "A-2" = "P-2"
"""

LOANS = """\
table loans, each loan
  loan      text, key
  lender    text
  fixing    term in years
  amount    money in SEK
  nominal   money in SEK
"""

CATEGORY = """\
define rating of holdings = better of rating_sp and rating_moodys
category credit_category of holdings where held_directly
  A "AAA":            rating >= AAA
  B "AA or better":   rating >= AA
  C "AA- or better":  rating >= AA-
  D "A- or better":   rating >= A-
  E "BBB or better":  rating >= BBB
  otherwise F "Below"
"""


def diagnosed(*texts: str) -> tuple[Rulebook | None, list[Diagnostic]]:
    """The rulebook of the texts, a file each, and all that is said of them."""
    sources = [Source(f"{number}.policy", text) for number, text in enumerate(texts, 1)]
    parsed = [(source, *parse(source)) for source in sources]
    rulebook, told = check([(source, file) for source, file, _ in parsed])
    return rulebook, [*(one for _, _, wrong in parsed for one in wrong), *told]


def whole(text: str) -> tuple[str, ...]:
    """A text with the holdings, and with the header and its base unless it has a header of its own."""
    own = re.search(r"^rulebook ", text, re.MULTILINE)
    return (text, HOLDINGS) if own else (text, HEADER, HOLDINGS)


def checked(text: str) -> Rulebook:
    """The rulebook that a text makes together with the holdings; nothing may be said of it."""
    rulebook, told = diagnosed(*whole(text))
    assert [f"{one.code}: {one.message}" for one in told] == []
    assert rulebook is not None
    return rulebook


def said(text: str) -> list[Diagnostic]:
    """All that is said of a text together with the holdings; something must be, and then there is no rulebook."""
    rulebook, told = diagnosed(*whole(text))
    assert told
    assert (rulebook is None) == any(one.is_error for one in told)
    return told


def codes(text: str) -> list[str]:
    """The codes of all that is said of a text."""
    return [one.code for one in said(text)]


def message(text: str, code: str) -> str:
    """The one message that a text brings."""
    told = said(text)
    assert [one.code for one in told] == [code], [f"{one.code}: {one.message}" for one in told]
    return told[0].message


def rule(assertion: str, before: str = "") -> Check:
    """The check that an assertion makes, as the rule `x` after other declarations."""
    (made,) = checked(f"{before}\nrule x: {assertion}\n").checks
    assert made.id == "x"
    return made


def limit(assertion: str, before: str = "") -> Limit:
    """The same, of a figure and its bound."""
    found = rule(assertion, before).assertion
    assert isinstance(found, Limit)
    return found


def rows(assertion: str, before: str = "") -> RowsHold:
    """The same, of each row."""
    found = rule(assertion, before).assertion
    assert isinstance(found, RowsHold)
    return found


def complaint(assertion: str, code: str, before: str = "") -> str:
    """The one message about an assertion, as the rule `x` after other declarations."""
    return message(f"{before}\nrule x: {assertion}\n", code)


def words_at(diagnostic: Diagnostic, text: str) -> str:
    """The author's words that a message points at."""
    return Source("", text).words(diagnostic.where)


SHIPPED = Path(__file__).resolve().parents[2] / "rulebooks"
