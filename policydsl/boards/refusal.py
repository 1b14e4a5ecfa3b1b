"""What a board leaves to the judge of reports, and what there is no board of."""

from collections.abc import Sequence

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import DataError

TOO_MANY_CELLS = "its conditions cut the rows into too many cells"
"""Why a line is refused whose columns may still be told apart in another way."""


class Refused(Exception):
    """Why something can't be had from sums of whole numbers; nothing is wrong with the rulebook or the data."""


class NoBoard(DataError, ValueError):
    """Why there is no board, or book, of a rulebook and rows."""

    def __init__(self, reason: str) -> None:
        super().__init__([say("PD786", None, reason=reason)])
        self.reason = reason

    def __reduce__(self) -> tuple[type["NoBoard"], tuple[str]]:
        return type(self), (self.reason,)


class NoAnswer(DataError, ValueError):
    """Why the sums of a book can't answer what they were asked, or there is no book of some rows."""

    def __init__(self, reason: str) -> None:
        super().__init__([say("PD992", None, reason=reason)])
        self.reason = reason

    def __reduce__(self) -> tuple[type["NoAnswer"], tuple[str]]:
        return type(self), (self.reason,)


class NotThere(DataError, KeyError, ValueError):
    """A name by which something was asked for that is not there: a portfolio, a rule, a row, a column."""

    def __init__(self, name: object, what: str, known: Sequence[str] = ()) -> None:
        near = nearest(str(name), list(known))
        hint = "" if near is None else f": did you mean `{near}`?"
        super().__init__([say("PD993", None, name=name, what=what, hint=hint)])
        self.name, self.what, self.known = name, what, tuple(known)

    def __reduce__(self) -> tuple[type["NotThere"], tuple[object, str, tuple[str, ...]]]:
        return type(self), (self.name, self.what, self.known)

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would show it in quotation marks


class NotReadable(DataError, ValueError):
    """Why a file is no Parquet file."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__([say("PD785", None, path=path, reason=reason)])
        self.path, self.reason = path, reason

    def __reduce__(self) -> tuple[type["NotReadable"], tuple[str, str]]:
        return type(self), (self.path, self.reason)
