"""`attrs.frozen` for classes of which many are imported and few are used: the work is done for the first object.

attrs writes and compiles methods for each class, a third of a millisecond; of some two hundred classes that a check
imports, a run uses a part. A class made here is what `attrs.frozen` makes of it (without slots), from the moment on
that there is an object of it, or that anybody asks for its fields.
"""

from threading import RLock
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from attrs import frozen as frozen
else:

    def frozen(kind: type | None = None, **settings: bool) -> Any:
        """The class, or what makes it so with some settings of `attrs.frozen`."""
        if kind is None:
            return lambda later: frozen(later, **settings)
        kind.__attrs_attrs__ = fields = _Fields(kind, settings)
        kind.__init__ = fields.first
        kind.__setstate__ = fields.first_unpickled
        return kind


_ONE_AT_A_TIME = RLock()


class _Fields:
    """Stands in the place of a class's fields until they are asked for."""

    def __init__(self, kind: type[Any], settings: dict[str, bool]) -> None:
        self.kind = kind
        self.settings = settings

        def first(made: Any, *given: Any, **named: Any) -> None:
            self.finish()
            made.__init__(*given, **named)

        def first_unpickled(made: Any, state: dict[str, Any]) -> None:
            self.finish()
            vars(made).update(state)

        self.first, self.first_unpickled = first, first_unpickled

    def __get__(self, _: object, owner: type[Any]) -> Any:
        self.finish()
        return self.kind.__attrs_attrs__

    def finish(self) -> None:
        """Make the class what it is to be."""
        with _ONE_AT_A_TIME:
            if vars(self.kind).get("__attrs_attrs__") is self:
                del self.kind.__attrs_attrs__, self.kind.__init__, self.kind.__setstate__
                attrs.frozen(self.kind, slots=False, **self.settings)
