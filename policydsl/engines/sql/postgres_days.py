"""Days and moments of PostgreSQL for which Python has none: psycopg hands over the texts that they are."""

from typing import Any, ClassVar

from psycopg import DataError
from psycopg.abc import AdaptContext
from psycopg.adapt import Loader
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader


class _OrText(Loader):
    usual: ClassVar[type[Loader]]

    def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
        super().__init__(oid, context)
        self._usual = self.usual(oid, context)

    def load(self, data: Any) -> Any:
        """The value, or its text."""
        try:
            return self._usual.load(data)
        except DataError:
            return bytes(data).decode()


class _Day(_OrText):
    usual = DateLoader


class _Moment(_OrText):
    usual = TimestampLoader


class _MomentInZone(_OrText):
    usual = TimestamptzLoader


def take_all_days(connection: Any) -> None:
    """Sees to it that a connection hands over what is beyond the calendar, too."""
    for type, loader in (("date", _Day), ("timestamp", _Moment), ("timestamptz", _MomentInZone)):
        connection.adapters.register_loader(type, loader)
