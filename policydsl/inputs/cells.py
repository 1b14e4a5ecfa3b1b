"""One cell by the kind of its column: an exact value, or what is wrong with it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias, assert_never

from policydsl.catalogue import nearest
from policydsl.inputs.date_order import First
from policydsl.inputs.dates import NotADate, read_date, read_year_last
from policydsl.inputs.kinds import DateKind, GradeKind, Kind, LabelKind, ListKind, NumberKind, TextKind, YesNoKind
from policydsl.inputs.number_cells import number_reader
from policydsl.inputs.numbers import Sign
from policydsl.inputs.raised import plain, raised_in
from policydsl.inputs.sheet import SCALED, Cell, InUnit, Percent, Wrong, shown
from policydsl.inputs.texts import tidy

Value: TypeAlias = Fraction | str | date | bool | tuple[str, ...] | None
Reader: TypeAlias = Callable[[Cell], Value | Wrong]

_YES_NO = dict.fromkeys(("yes", "true", "ja", "sant", "sand", "y", "j", "1"), True) | dict.fromkeys(
    ("no", "false", "nej", "falskt", "falsk", "n", "0"), False
)


def reader(kind: Kind, sign: Sign = ".", first: First | None = None) -> Reader:
    """What reads the cells of such a column, numbers with this decimal sign, dates of which the year stands last with
    the day or the month `first`; a Wrong cell stays what it is."""
    match kind:
        case TextKind():
            return _text
        case NumberKind():
            return number_reader(kind, sign)
        case DateKind():
            return _date_reader(first)
        case YesNoKind():
            return _yes_no
        case LabelKind(labels):
            return _one_of(labels, "PD326")
        case GradeKind(grades):
            return _one_of(grades, "PD327")
        case ListKind(separator, grades):
            return _list(separator, None if grades is None else _one_of(grades, "PD327"))
        case _:
            assert_never(kind)


def written(cell: Cell) -> str:
    """A cell as its author would write it."""
    match cell:
        case None:
            return ""
        case Wrong(blanks=blanks):
            return dict(blanks).get("cell", "")
        case Percent(value):
            return f"{(value * 100).normalize():f}%"
        case InUnit(value, unit):
            return written(value) if unit == SCALED else f"{written(value)} {unit}"
        case bool():
            return str(cell).upper()
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)


def bare(cell: Cell) -> Cell:
    """The cell without the unit that its workbook shows beside it."""
    return cell.value if isinstance(cell, InUnit) else cell


def same_text(text: str) -> str:
    """A text for comparing: without regard to case, spaces, the way accents are coded and the kind of minus. A raised
    sign, which may be a footnote's, is none that stands on the line."""
    return " ".join(plain(text).casefold().replace("\u2212", "-").replace("\u2013", "-").split())


def _text(cell: Cell) -> Value | Wrong:
    if isinstance(cell, str):
        return tidy(cell) or None
    if isinstance(cell, Wrong):
        return cell
    return tidy(written(bare(cell))) or None


def _date_reader(first: First | None) -> Reader:
    def read(cell: Cell) -> Value | Wrong:
        if cell is None or isinstance(cell, Wrong | date):
            return cell
        why = "format the cell as a date, or write it as text such as `2015-01-31`"
        if isinstance(cell, str):
            try:
                return read_date(cell) if first is None else read_year_last(cell, first)
            except NotADate as wrong:
                why = str(wrong)
        return Wrong("PD324", (("cell", shown(written(cell))), ("why", why)))

    return read


def _yes_no(cell: Cell) -> Value | Wrong:
    if cell is None or isinstance(cell, Wrong | bool):
        return cell
    found = _YES_NO.get(same_text(written(bare(cell))))
    return Wrong("PD325", (("cell", shown(written(cell))),)) if found is None else found


def _one_of(spellings: Mapping[str, str], code: str) -> Reader:
    labels = {same_text(spelling): label for spelling, label in spellings.items()}
    listed = _listed(list(dict.fromkeys(labels.values())))

    def read(cell: Cell) -> Value | Wrong:
        if cell is None or isinstance(cell, Wrong):
            return cell
        text = written(bare(cell))
        label = labels.get(same_text(text))
        if label is not None:
            return label
        if sign := raised_in(text):
            return Wrong("PD946", (("cell", shown(text)), ("sign", sign)))
        near = nearest(text.strip(), list(spellings.values()))
        hints = (f"did you mean `{near}`?",) if near else ()
        return Wrong(code, (("cell", shown(text)), ("known", listed)), hints)

    return read


def _listed(labels: list[str], most: int = 12) -> str:
    named = ", ".join(f"`{label}`" for label in labels[:most])
    return named + (f" and {len(labels) - most} others" if len(labels) > most else "")


def _list(separator: str, read_part: Reader | None) -> Reader:
    def read(cell: Cell) -> Value | Wrong:
        text = _text(cell)
        if not isinstance(text, str):
            return text
        parts = [part.strip() for part in text.split(separator) if part.strip()]
        found = parts if read_part is None else [read_part(part) for part in parts]
        wrong = next((part for part in found if isinstance(part, Wrong)), None)
        return wrong or tuple(part for part in found if isinstance(part, str))

    return read
