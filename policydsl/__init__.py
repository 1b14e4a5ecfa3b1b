"""policydsl: a public body's finance policy as rules that a computer checks, exactly.

`load` a rulebook, `check` tables with it, read the report:

>>> import policydsl
>>> rulebook = policydsl.load("rulebooks/borlange")
>>> rulebook.check({"holdings": []}).verdicts[0].outcome
'undetermined'
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policydsl.api import DataError, PolicyError, Rulebook, RulebookError, load, read
    from policydsl.reports.report import Report

__version__ = "0.1.0"
__all__ = ["DataError", "PolicyError", "Report", "Rulebook", "RulebookError", "load", "read"]


def __getattr__(name: str) -> object:
    if name == "Report":
        from policydsl.reports.report import Report

        return Report
    if name in __all__:
        from policydsl import api

        return getattr(api, name)
    raise AttributeError(f"module 'policydsl' has no attribute {name!r}")
