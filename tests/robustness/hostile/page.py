"""The page docs/hostile-inputs.md, written from the cases.

python -m tests.robustness.hostile.page
"""

from pathlib import Path

from policydsl.catalogue import page

from . import large, places, statements, texts, values, workbooks
from .case import Case

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "hostile-inputs.md"
PARTS = (texts, values, workbooks, statements, places, large)
CASES = [case for part in PARTS for case in part.CASES]

INTRODUCTION = """\
# What hostile inputs get

Data comes from many hands, and some of it is damaged, misleading, or made to do harm. Whatever it is, `policydsl`
ends with a message that says where and what to do, or reads it as it was meant; it shows no traceback, and takes
bounded time and memory. The tests make each of the {count} inputs below, hand it in, and hold what happens against
this page, which is written from them.

“Read” is followed by the values that come out (∅ is a blank, which is unknown); what is said besides is a note or a
warning. `policydsl explain PD306` says more about a message.
"""


def text() -> str:
    """The whole page."""
    parts = [INTRODUCTION.format(count=len(CASES))]
    for part in PARTS:
        rows = "\n".join(f"| {_cell(case.what)} | {_cell(_gets(case))} |" for case in part.CASES)
        parts.append(f"\n## {part.TITLE}\n\n| | |\n|---|---|\n{rows}\n")
    return "".join(parts)


def _gets(case: Case) -> str:
    told = "; ".join(f"{code}, {page(code).title}" for code in case.said)
    if not case.reads:
        return f"refused: {told}"
    shown = "; ".join(f"{name} {_values(values)}" for name, values in case.reads.items() if values)
    read = f"read: {shown}" if shown else "read"
    return f"{read} ({told})" if told else read


def _values(values: object) -> str:
    found = [str(value) if value is not None else "∅" for value in values]  # type: ignore[attr-defined]
    return ", ".join(f"`{value}`" if value != "∅" else value for value in found)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
