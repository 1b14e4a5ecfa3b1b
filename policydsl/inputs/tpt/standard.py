"""What a TPT file says of the columns of the standard table of holdings; what it doesn't say is left out and unknown.

Some columns are taken as they are, others are worked out from the CIC code or the kind of interest. Whether a paper is
held directly or through the fund, its ratings, guarantees and the kind of its issuer stand in no column of a template.
"""

from collections.abc import Collection, Iterator, Sequence

from attrs import evolve

from policydsl.inputs.cells import written
from policydsl.inputs.sheet import Cell, Sheet, Wrong
from policydsl.inputs.tpt import CATEGORY

TAKEN = {
    "date": "6",
    "instrument": "14",
    "issuer": "46",
    "duration": "90",
    "maturity": "39",
    "currency": "21",
    "market_value": "24",
}
"""The columns of the standard table that a column of the template is."""

ASSET_CLASSES = {
    "1": "fixed_income",
    "2": "fixed_income",
    "3": "equity",
    "41": "equity",
    "42": "fixed_income",
    "7": "cash",
    "9": "other",
}
"""By the third sign of a CIC code, and the fourth where that decides; of others the main exposure is not known."""

VEHICLES = {
    "1": "direct",
    "2": "direct",
    "3": "direct",
    "4": "fund",
    "5": "structured",
    "6": "structured",
    "7": "cash",
}
"""By the third sign of a CIC code."""

INTEREST = {"inflation linked": "yes", "fixed": "no", "floating": "no", "variable": "no"}
"""Whether a kind of interest is real."""


def in_standard_words(sheet: Sheet, wanted: Collection[str]) -> tuple[Sheet, dict[str, str]]:
    """The sheet with those of the wanted columns of the standard table that it tells, under their names; and from which
    code each of them is."""
    codes: dict[str, str] = {}
    for name, code, cells in _told(sheet):
        if name in wanted:
            codes[name] = code
            columns = (*sheet.columns, sheet.columns[sheet.headings.index(code)])
            headings = (*sheet.headings, name)
            sheet = evolve(sheet, headings=headings, cells=(*sheet.cells, cells), columns=columns)
    return sheet, codes


def _told(sheet: Sheet) -> Iterator[tuple[str, str, Sequence[Cell]]]:
    """Each column that the template tells: its name, the code of the column that it is from, and its cells."""
    for name, code in TAKEN.items():
        if code in sheet.headings:
            yield name, code, _column(sheet, code)
    kinds, categories = _column(sheet, "12"), _column(sheet, CATEGORY)
    yield "asset_class", "12", tuple(map(_asset_class, kinds, categories))
    yield "vehicle", "12", tuple(map(_vehicle, kinds, categories))
    if "32" in sheet.headings:
        interest = _column(sheet, "32")
        bonds = [each for each, kind in zip(interest, kinds, strict=True) if _sign(kind, 2) in ("1", "2")]
        if None not in bonds:  # a blank would be read as no
            yield "real_rate", "32", tuple(map(_real, interest))


def _column(sheet: Sheet, heading: str) -> Sequence[Cell]:
    return sheet.cells[sheet.headings.index(heading)]


def _sign(kind: Cell, at: int) -> str:
    return "" if kind is None or isinstance(kind, Wrong) else written(kind).strip().upper()[at : at + 1]


def _asset_class(kind: Cell, category: Cell) -> Cell:
    if isinstance(category, Wrong):
        return category
    third, fourth = _sign(kind, 2), _sign(kind, 3)
    return ASSET_CLASSES.get(third + fourth) or ASSET_CLASSES.get(third)


def _vehicle(kind: Cell, category: Cell) -> Cell:
    return category if isinstance(category, Wrong) else VEHICLES.get(_sign(kind, 2))


def _real(interest: Cell) -> Cell:
    """Yes or no; of a kind that is not known what stands there, which is then told as no yes or no."""
    if interest is None or isinstance(interest, Wrong):
        return interest
    text = written(interest)
    return INTEREST.get(" ".join(text.replace("_", " ").replace("-", " ").split()).casefold(), text)
