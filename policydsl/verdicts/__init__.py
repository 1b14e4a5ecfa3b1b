"""Figure and bound to verdict."""

from policydsl.verdicts.behind import Behind, Deciding, Outside, Row
from policydsl.verdicts.figure_line import FigureLine
from policydsl.verdicts.judged import Verdicts
from policydsl.verdicts.outcomes import worst, worst_first, worst_of, worst_one
from policydsl.verdicts.room import Headroom
from policydsl.verdicts.verdict import Against, Part, Verdict

__all__ = [
    "Against", "Behind", "Deciding", "FigureLine", "Headroom", "Outside", "Part", "Row", "Verdict", "Verdicts",
    "worst", "worst_first", "worst_of", "worst_one",
]  # fmt: skip
