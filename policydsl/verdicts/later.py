"""A value that is worked out when it is first read, and before it is pickled."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """Call it for the value; threads that call at once may both work it out, and get equal values."""

    __slots__ = ("__weakref__", "_value", "_work")

    def __init__(self, work: Callable[[], T]) -> None:
        self._work: Callable[[], T] | None = work
        self._value: T | None = None

    def __call__(self) -> T:
        """The value."""
        work = self._work
        if work is not None:
            self._value = work()
            self._work = None
        return self._value  # type: ignore[return-value]  # None is a value of T, or work has been done

    @property
    def waits(self) -> bool:
        """Whether it has not been worked out."""
        return self._work is not None

    def __eq__(self, other: object) -> bool:
        return self() == other() if isinstance(other, Later) else NotImplemented

    def __hash__(self) -> int:
        return hash(self())

    def __reduce__(self) -> "tuple[Callable[[T], Later[T]], tuple[T]]":
        return now, (self(),)


def now(value: T) -> Later[T]:
    """A value that needs no work."""
    later = Later(lambda: value)
    later()
    return later
