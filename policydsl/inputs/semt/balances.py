"""One holding of a statement as a row; elements are found by their names, which all versions share."""

import re
from datetime import date
from decimal import Decimal
from typing import Protocol

from policydsl.inputs.sheet import Cell, InUnit, Percent, Wrong, shown

HEADINGS = (
    "date",
    "account",
    "instrument",
    "name",
    "quantity",
    "market_value",
    "value_in_instrument_currency",
    "price",
    "price_date",
)

_DECIMAL = re.compile(r"[-+]?[0-9]{1,40}(\.[0-9]{0,40})?")
_QUANTITIES = ("Unit", "FaceAmt", "AmtsdVal", "DgtlTknUnit")
_SAYS = {"true": 1, "1": 1, "false": -1, "0": -1}


class Element(Protocol):
    """As much of an XML element as is used here."""

    text: str | None

    def find(self, path: str) -> "Element | None":
        """The first element at a path below this one."""

    def findall(self, path: str) -> "list[Element]":
        """All elements at a path below this one."""

    def get(self, key: str) -> str | None:
        """An attribute."""


def row_of(balance: Element, day: Cell, account: str | None) -> tuple[Cell, ...]:
    """The cells of a holding, in the order of the headings."""
    is_short = (text_at(balance, "AggtBal", "ShrtLngInd") or "").upper() == "SHOR"
    price = _price(balance)
    return (
        day,
        account,
        text_at(balance, "FinInstrmId", "ISIN") or text_at(balance, "FinInstrmId", "OthrId", "Id"),
        text_at(balance, "FinInstrmId", "Desc"),
        _quantity(balance, is_short),
        value_at(balance, "AcctBaseCcyAmts", is_short),
        value_at(balance, "InstrmCcyAmts", is_short),
        None if price is None else _price_value(price),
        None if price is None else day_at(price, "QtnDt"),
    )


def path(*names: str) -> str:
    """The path to an element below another, in any version of the message."""
    return "/".join(f"{{*}}{name}" for name in names)


def text_at(element: Element, *names: str) -> str | None:
    """The text of an element below this one; None where there is none."""
    found = element.find(path(*names))
    return None if found is None or found.text is None or not found.text.strip() else found.text.strip()


def day_at(element: Element, name: str) -> Cell:
    """A day, or the day of a moment as its sender counts days."""
    text = text_at(element, name, "Dt") or (text_at(element, name, "DtTm") or "")[:10] or text_at(element, name)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Wrong("PD324", (("cell", shown(text)), ("why", "there is no such day in the calendar")))


def value_at(element: Element, name: str, is_short: bool) -> Cell:
    """The value of a holding in one of its currencies, below zero where the statement says so."""
    values = element.findall(path(name, "HldgVal"))
    if not values:
        return None
    if len(values) > 1:
        return Wrong("PD872", (("cell", f"{len(values)} values"), ("why", "one is expected")))
    return signed(values[0], is_short)


def signed(value: Element, is_short: bool = False) -> Cell:
    """An amount with its currency and sign."""
    amount = value.find(path("Amt"))
    if amount is None:
        return None
    number, currency, sign = _number(amount.text), amount.get("Ccy"), text_at(value, "Sgn")
    if isinstance(number, Wrong):
        return number
    if currency is None:
        return Wrong("PD872", (("cell", str(number)), ("why", "it has no currency")))
    if sign is None and is_short:
        return Wrong("PD872", (("cell", str(number)), ("why", "the holding is short, and the amount has no sign")))
    direction = 1 if sign is None else _SAYS.get(sign.lower())
    if direction is None:
        return Wrong("PD872", (("cell", str(number)), ("why", f"`{shown(sign or '')}` is no sign")))
    return InUnit(number * direction, currency)


def _quantity(balance: Element, is_short: bool) -> Cell:
    for name in _QUANTITIES:
        found = balance.find(f"{path('AggtBal')}//{path(name)}")
        if found is not None:
            number = _number(found.text)
            return -number if is_short and isinstance(number, Decimal) else number
    return None


def _price(balance: Element) -> Element | None:
    """The price on the market, or else the first one that is given."""
    prices = balance.findall(path("PricDtls"))
    return next((one for one in prices if text_at(one, "Tp", "Cd") == "MRKT"), prices[0] if prices else None)


def _price_value(price: Element) -> Cell:
    amount, rate = price.find(path("Val", "Amt")), text_at(price, "Val", "Rate")
    if amount is None:
        number = None if rate is None else _number(rate)
        return Percent(number / 100) if isinstance(number, Decimal) else number
    found, currency = _number(amount.text), amount.get("Ccy")
    return InUnit(found, currency) if isinstance(found, Decimal) and currency is not None else found


def _number(text: str | None) -> Decimal | Wrong:
    given = (text or "").strip()
    if _DECIMAL.fullmatch(given):
        return Decimal(given)
    return Wrong("PD872", (("cell", shown(given)), ("why", "it is no number")))
