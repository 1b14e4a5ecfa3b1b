"""policydsl: a public body's finance policy as rules that a computer checks, exactly.

`load` a rulebook, `check` tables with it, read the report:

>>> import csv, policydsl
>>> rulebook = policydsl.load("rulebooks/borlange")
>>> with open("examples/borlange/2015-01-31/holdings.csv", encoding="utf-8") as file:
...     report = rulebook.check({"holdings": list(csv.DictReader(file))}, parameters={"liabilities_value": "350 MSEK"})
>>> [verdict.outcome for verdict in report.verdicts if verdict.id in ("DN", "floor")]
['pass', 'pass']
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policydsl.api import DataError, InPlace, PolicyError, Rulebook, RulebookError, check_all, load, read
    from policydsl.boards.refusal import NoAnswer, NoBoard, NotReadable, NotThere
    from policydsl.data.elsewhere import TooMany, Unanswered
    from policydsl.documents import TemplateError, document
    from policydsl.reports.report import Report

__version__ = "0.1.0"
__all__ = [
    "DataError", "InPlace", "NoAnswer", "NoBoard", "NotReadable", "NotThere", "PolicyError", "Report", "Rulebook",
    "RulebookError", "TemplateError", "TooMany", "Unanswered", "check_all", "document", "load", "read",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name == "Report":
        from policydsl.reports.report import Report

        return Report
    if name in ("NoAnswer", "NoBoard", "NotReadable", "NotThere"):
        from policydsl.boards import refusal

        return getattr(refusal, name)
    if name in ("TooMany", "Unanswered"):
        from policydsl.data import elsewhere

        return getattr(elsewhere, name)
    if name in ("TemplateError", "document"):
        from policydsl import documents

        return getattr(documents, name)
    if name in __all__:
        from policydsl import api

        return getattr(api, name)
    raise AttributeError(f"module 'policydsl' has no attribute {name!r}")
