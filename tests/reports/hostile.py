"""A rulebook and data whose texts try to be markup, formulas, commands and control characters."""

from datetime import date

from attrs import evolve

import policydsl

TEXTS = (
    "<script>alert(1)</script>",
    "=cmd()|' /C calc'!A1",
    "]]><!-- x",
    "a & \"b\" 'c' <b>",
    "bell\x07 end\x00",
    "two\nlines, a; b\\c %0A ::error::x",
    "+1|2 `tick` *star* [link](x)",
    "half \ud800 pair",
)
RULEBOOK = """\
rulebook "Hostile <script>alert(2)</script> & =1+1"
  version "=2"
  use standard/deliveries, standard/attestations
table loans, each loan
  name   text, key
  lender text
  class  one of a, b
  amount money in SEK
define debt = sum amount of loans
rule small "No <img src=x onerror=alert(3)> of ]]> more, ::warning::":
  count of loans where amount > 5 SEK <= 3
  source "§ 1 <b>"
  waivable by "Board <i>"
rule green "=HYPERLINK(1)": share of debt where class = a <= 50%
  waivable by "Board <i>"
rule spread: per lender: share of debt <= 10%
rule told "Lenders are told": each loan where amount > 1 SEK: lender = "A"
limits bands "Bands": share of debt
  | class | norm | max | min |
  | a     | 30%  | 60% | 10% |
  | b     | 30%  | 50% | -   |
limits heat "Heat": share of debt
  |   | amount > 1 SEK | amount > 5 SEK |
  | a | 60%            | 20%            |
  | b | 70%            | 90%            |
duty finance-report "Report, with; signs": from "Treasury" to "Board" every 4 months within 45 days
attest readiness "Is the ability to pay adequate?" by "Treasurer" every year from 2023-01-01
waiver B-1 of green
  granted by "Board <i>" on 2024-01-01
  until 2024-12-31
  up to 100%
  because "=a reason"
"""


def report(folder, language=None, whole=False):
    """A report in which every text of `TEXTS` is the name of a row; one amount is blank, unless it is `whole`."""
    path = folder / "hostile.policy"
    path.write_text(RULEBOOK, encoding="utf-8")
    count = len(TEXTS)
    loans = {
        "name": list(TEXTS),
        "lender": list(reversed(TEXTS)),
        "class": ["a"] * 4 + ["b"] * (count - 4),
        "amount": [str(10 - at) for at in range(count - 1)] + ["3" if whole else None],
    }
    deliveries = {"duty": ["finance-report"], "period": ["2024-T1"], "delivered_on": ["2024-06-20"]}
    tables = {"loans": loans, "deliveries": deliveries, "attestations": {"attest": [], "period": []}}
    book = policydsl.load(path)
    return evolve(book, model=evolve(book.model, told_in=language)).check(tables, as_of=date(2024, 7, 1))
