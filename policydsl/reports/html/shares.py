"""How many rules have which outcome, as parts of one bar; beside it stand the words."""

from collections.abc import Iterable
from fractions import Fraction

from policydsl.model.rulebook import Outcome
from policydsl.reports.html.gauge import WIDTH
from policydsl.reports.html.marks import CLASSES
from policydsl.reports.html.markup import Markup, tag


def shares(counts: Iterable[tuple[Outcome, int]]) -> Markup:
    """The bar."""
    found = list(counts)
    every = sum(count for _, count in found)
    parts, start = [], Fraction(0)
    for outcome, count in found:
        width = Fraction(count * WIDTH, every)
        x, wide = float(round(start, 2)), float(round(width, 2))
        parts.append(tag("rect", x=f"{x:g}", y="0", width=f"{wide:g}", height="10", class_=CLASSES[outcome]))
        start += width
    box = f"0 0 {WIDTH} 10"
    return tag("svg", parts, class_="shares", viewBox=box, preserveaspectratio="none", aria_hidden="true")
