"""A statement of holdings (semt.002) as a sheet: one row a holding, in the order of the statement."""

import re
from fractions import Fraction
from io import BytesIO
from typing import Any

from attrs import define, field

from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.packages import missing
from policydsl.inputs.semt.balances import HEADINGS, day_at, path, row_of, signed, text_at
from policydsl.inputs.sheet import Cell, InUnit, Sheet, Wrong, shown

ENDING = ".xml"
MOST_CELLS = 20_000_000
CENT = Fraction(1, 100)

_SPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:semt\.002\.001\.[0-9]{2}")
_STATEMENT = "SctiesBalCtdyRpt"
_HOLDINGS = ("BalForAcct", "BalForSubAcct")


class _Refused(Exception):
    pass


@define
class _Reading:
    """What has been read of a statement so far."""

    day: Cell = None
    account: str | None = None
    holder: str | None = None
    rows: list[tuple[Cell, ...]] = field(factory=list)
    stated: list[tuple[str, InUnit]] = field(factory=list)
    page: tuple[str, bool] = ("1", True)

    def take(self, name: str, element: Any) -> None:
        """One element of the statement that has been read to its end."""
        match name:
            case "Pgntn":
                last = (text_at(element, "LastPgInd") or "true").lower() in ("true", "1")
                self.page = (text_at(element, "PgNb") or "1", last)
            case "StmtGnlDtls":
                self.day = day_at(element, "StmtDtAndTm")
            case "SfkpgAcct":
                self.account = text_at(element, "Id")
                self.holder = self.holder or self.account
            case "BalForAcct" | "BalForSubAcct":
                self.rows.append(row_of(element, self.day, self.account))
                if len(self.rows) * len(HEADINGS) > MOST_CELLS:
                    raise _Refused(f"it holds more than {MOST_CELLS // 1_000_000} million cells")
            case "AcctBaseCcyTtlAmts":
                total = element.find(path("TtlHldgsValOfStmt"))
                amount = None if total is None else signed(total)
                if isinstance(amount, InUnit):
                    self.stated.append((self.holder or "", amount))


def read_statement(data: bytes, name: str) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The holdings in the bytes of a statement, its rows counted from 1; or None, and why not."""
    if (told := missing("defusedxml", "iso20022", ENDING, name)) is not None:
        return None, (told,)
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException

    place = DataPlace(name)
    try:
        reading = _read(data)
    except DefusedXmlException:
        return None, (say("PD869", place, why="it declares types or entities of its own, which no statement does"),)
    except (ParseError, UnicodeError, LookupError, ValueError) as wrong:
        return None, (say("PD869", place, why=f"the reader says “{shown(str(wrong), 90)}”"),)
    except _Refused as wrong:
        return None, (say("PD869", place, why=str(wrong)),)
    page, is_last = reading.page
    if page.lstrip("0") != "1" or not is_last:
        return None, (say("PD871", place, page=shown(page)),)
    columns = tuple(zip(*reading.rows, strict=True)) if reading.rows else ((),) * len(HEADINGS)
    numbers = tuple(range(1, len(HEADINGS) + 1))
    rows = tuple(range(1, len(reading.rows) + 1))
    sheet = Sheet(name, None, HEADINGS, columns, rows, "frame", numbers)
    return sheet, tuple(_untied(reading, place))


def _read(data: bytes) -> _Reading:
    from defusedxml.ElementTree import iterparse

    reading, space = _Reading(), None
    root: Any = None
    for event, element in iterparse(BytesIO(data), ("start", "end"), forbid_dtd=True):
        found, _, name = element.tag.rpartition("}")
        if event == "start":
            root = element if root is None else root
            if name == _STATEMENT and space is None:
                space = found.lstrip("{")
                if not _SPACE.fullmatch(space):
                    raise _Refused(f"its namespace is `{shown(space)}`")
        elif space is not None:
            reading.take(name, element)
            if name in _HOLDINGS:
                element.clear()
    if space is None:
        root_name = "" if root is None else root.tag.rpartition("}")[2]
        raise _Refused(f"it begins with `{shown(root_name)}` and holds no `{_STATEMENT}`")
    return reading


def _untied(reading: _Reading, place: DataPlace) -> list[Diagnostic]:
    """The printed total that the holdings do not give, where each has a value in its currency."""
    told = []
    for account, stated in reading.stated[:1]:
        values = [row[HEADINGS.index("market_value")] for row in reading.rows]
        amounts = [Fraction(one.value) for one in values if isinstance(one, InUnit) and one.unit == stated.unit]
        if len(amounts) < len(values) or any(isinstance(one, Wrong) for one in values):
            continue
        difference = sum(amounts, Fraction(0)) - Fraction(stated.value)
        if abs(difference) > CENT * (len(amounts) + 1) / 2:
            found, by = _printed(sum(amounts, Fraction(0)), stated.unit), _printed(Fraction(stated.value), stated.unit)
            told.append(say("PD870", place, account=shown(account), found=found, stated=by))
    return told


def _printed(amount: Fraction, currency: str) -> str:
    whole, cents = divmod(abs(round(amount * 100)), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{cents:02} {currency}"
