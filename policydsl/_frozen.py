"""`frozen`, `define`, `field` and `evolve` of attrs, without the time that attrs takes.

attrs writes and compiles methods for each class, a third of a millisecond. A check uses some hundred and fifty classes
and mostly makes few objects of each, so that this alone would be a quarter of it. Classes made here have ordinary
methods instead, which know the fields of a class from its `_Shape`, and behave as those of attrs do. attrs itself is
asked, and imported, for a class of which there are many objects, whose `__init__` is then attrs' own, and wherever its
functions (`attrs.fields`, `attrs.has`) want to know the fields. No class has slots.
"""

from collections.abc import Callable
from operator import attrgetter
from threading import RLock
from typing import TYPE_CHECKING, Any

_MANY = 3_000
"""Of a class with so many objects, attrs makes the `__init__`."""
_NOTHING: Any = object()
_HASH = "hash of the fields"
_ONE_AT_A_TIME = RLock()


class _Field:
    """What is said of a field."""

    __slots__ = ("default", "eq", "factory", "init", "kw_only", "repr")

    def __init__(self, default: Any, factory: Any, init: bool, eq: bool, repr: bool, kw_only: bool) -> None:
        self.default, self.factory, self.init = default, factory, init
        self.eq, self.repr, self.kw_only = eq, repr, kw_only

    @property
    def settings(self) -> dict[str, Any]:
        """What `attrs.field` is called with for the same."""
        found = {"init": self.init, "eq": self.eq, "repr": self.repr, "kw_only": self.kw_only}
        found |= {} if self.default is _NOTHING else {"default": self.default}
        return found if self.factory is None else found | {"factory": self.factory}


class _Shape:
    """The fields of a class, found when the first object is made."""

    def __init__(self, kind: type[Any]) -> None:
        fields: dict[str, _Field] = {}
        for each in reversed(kind.__mro__):
            fields |= vars(each).get("_own_fields", {})
        asked = {name: each for name, each in fields.items() if each.init}
        self.kind, self.names = kind, tuple(fields)
        self.taken = tuple(name for name, each in asked.items() if not each.kw_only)
        self.called = {name.lstrip("_"): name for name in asked}
        self.constants = {name: each.default for name, each in fields.items() if each.default is not _NOTHING}
        self.factories = tuple((name, each.factory) for name, each in fields.items() if each.factory is not None)
        self.after = getattr(kind, "__attrs_post_init__", None)
        self.shown = tuple(name for name, each in fields.items() if each.repr)
        self.compared = _compared({name: each.eq for name, each in fields.items() if each.eq})
        self.known_at_last = sum(
            each.init or name in self.constants or each.factory is not None for name, each in fields.items()
        )
        self.tails: dict[int, dict[str, Any] | None] = {}
        self.objects_to_come = _MANY

    def tail(self, given: int) -> dict[str, Any] | None:
        """The fields that are left when so many are given, where nothing else is to be done for them."""
        if given not in self.tails:
            left = [name for name in self.names if name not in self.taken[:given]]
            plain = self.after is None and given <= len(self.taken) and all(name in self.constants for name in left)
            self.tails[given] = {name: self.constants[name] for name in left} if plain else None
        return self.tails[given]

    def fill(self, made: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
        """Make an object of what its class was called with."""
        if len(given) > len(self.taken):
            raise TypeError(f"{self.kind.__qualname__}() takes {len(self.taken)} values, but {len(given)} were given")
        state = made.__dict__
        state.update(zip(self.taken, given, strict=False))
        for called, value in named.items():
            name = self.called.get(called)
            if name is None or name in state:
                told = "no field of that name" if name is None else "given twice"
                raise TypeError(f"{self.kind.__qualname__}() got {called!r}: {told}")
            state[name] = value
        if len(state) < self.known_at_last:
            for name, value in self.constants.items():
                state.setdefault(name, value)
            for name, factory in self.factories:
                if name not in state:
                    state[name] = factory()
            if len(state) < self.known_at_last:
                missing = [called for called, name in self.called.items() if name not in state]
                raise TypeError(f"{self.kind.__qualname__}() lacks {', '.join(missing)}")
        if self.after is not None:
            self.after(made)


def _compared(fields: dict[str, Any]) -> Callable[[Any], Any]:
    """What takes from an object what is compared of it; a field may say by which function of its value."""
    keys = {name: key for name, key in fields.items() if callable(key)}
    if not keys:
        return _getter(tuple(fields))
    return lambda made: tuple(
        keys[name](getattr(made, name)) if name in keys else getattr(made, name) for name in fields
    )


def _getter(names: tuple[str, ...]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _: ()


class _ShapeOf:
    """Stands in the place of a class's shape until it is asked for."""

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind

    def __get__(self, _: object, owner: type[Any]) -> _Shape:
        shape = self.kind._shape = _Shape(self.kind)
        return shape


class _Fields:
    """Stands in the place of a class's fields as attrs has them until they are asked for."""

    def __init__(self, kind: type[Any], settings: dict[str, bool], annotations: dict[str, Any]) -> None:
        self.kind, self.settings, self.annotations = kind, settings, annotations

    def __get__(self, _: object, owner: type[Any]) -> Any:
        self.finish()
        return self.kind.__attrs_attrs__

    def finish(self) -> None:
        """Take fields and `__init__` from a twin that attrs makes."""
        from attrs import define, field

        with _ONE_AT_A_TIME:
            if vars(self.kind)["__attrs_attrs__"] is not self:
                return
            body = {name: field(**each.settings) for name, each in vars(self.kind)["_own_fields"].items()}
            body |= {"__annotations__": self.annotations, "__module__": self.kind.__module__}
            if hasattr(self.kind, "__attrs_post_init__"):
                body["__attrs_post_init__"] = self.kind.__attrs_post_init__
            twin: Any = type(self.kind.__name__, self.kind.__bases__, body)
            twin = define(twin, slots=False, eq=False, repr=False, **self.settings)
            self.kind.__attrs_attrs__ = twin.__attrs_attrs__
            self.kind.__init__ = twin.__init__


def _made(kind: type[Any], frozen: bool, eq: bool, repr: bool, cache_hash: bool, kw_only: bool) -> type[Any]:
    annotations = vars(kind).get("__annotations__", {})
    own: dict[str, _Field] = {}
    for name in annotations:
        said = vars(kind).get(name, _NOTHING)
        if said is not _NOTHING:
            delattr(kind, name)
            if type(said).__module__.startswith("attr."):
                raise TypeError(f"{kind.__qualname__}.{name}: take `field` from policydsl._frozen as well")
        own[name] = said if isinstance(said, _Field) else _Field(said, None, True, True, True, False)
        own[name].kw_only = own[name].kw_only or kw_only
    made: Any = kind
    made._own_fields, made._shape = own, _ShapeOf(kind)
    made.__attrs_attrs__ = _Fields(kind, {"frozen": frozen}, annotations)
    before = [name for name in getattr(kind, "__match_args__", ()) if name not in own]
    matched = (*before, *(name for name, each in own.items() if each.init and not each.kw_only))
    type.__setattr__(kind, "__match_args__", matched)
    made.__init__ = _init
    if frozen:
        made.__setattr__, made.__delattr__ = _refuse, _refuse
    if repr:
        made.__repr__ = _repr
    if eq:
        made.__eq__ = _eq
        made.__hash__ = None if not frozen else _hash_once if cache_hash else _hash
    if eq and cache_hash:
        made.__getstate__ = _state
    return kind


def _init(made: Any, /, *given: Any, **named: Any) -> None:
    shape = made.__class__._shape
    tail = None if named else shape.tail(len(given))
    if tail is None:
        shape.fill(made, given, named)
    else:
        state = made.__dict__
        state.update(zip(shape.taken, given, strict=False))
        state.update(tail)
    shape.objects_to_come -= 1
    if not shape.objects_to_come:
        fields = vars(shape.kind)["__attrs_attrs__"]
        if isinstance(fields, _Fields):
            fields.finish()


def _eq(made: Any, other: Any) -> Any:
    if other.__class__ is not made.__class__:
        return NotImplemented
    compared = made.__class__._shape.compared
    return compared(made) == compared(other)


def _hash(made: Any) -> int:
    return hash((made.__class__, made.__class__._shape.compared(made)))


def _hash_once(made: Any) -> int:
    state = made.__dict__
    found: int | None = state.get(_HASH)
    if found is None:
        found = state[_HASH] = hash((made.__class__, made.__class__._shape.compared(made)))
    return found


def _state(made: Any) -> dict[str, Any]:
    """An object without its hash, which is another in each run of Python."""
    return {name: value for name, value in made.__dict__.items() if name != _HASH}


def _repr(made: Any) -> str:
    shown = ", ".join(f"{name}={getattr(made, name)!r}" for name in made.__class__._shape.shown)
    return f"{made.__class__.__qualname__.rpartition('>.')[2]}({shown})"


def _refuse(made: Any, *_: Any) -> None:
    from attrs.exceptions import FrozenInstanceError

    raise FrozenInstanceError


def names_of(kind: type) -> tuple[str, ...]:
    """The names of a class's fields, in order, whoever made it; none of a class without."""
    shape: _Shape | None = getattr(kind, "_shape", None)
    return tuple(each.name for each in getattr(kind, "__attrs_attrs__", ())) if shape is None else shape.names


if TYPE_CHECKING:
    from attrs import define as define
    from attrs import evolve as evolve
    from attrs import field as field
    from attrs import frozen as frozen
else:

    def field(
        *, default: Any = _NOTHING, factory: Any = None, init: bool = True, eq: bool = True, repr: bool = True,
        kw_only: bool = False,
    ) -> Any:  # fmt: skip
        """What is said of a field, as in `attrs.field`."""
        return _Field(default, factory, init, eq, repr, kw_only)

    def define(
        kind: type | None = None, *, frozen: bool = False, eq: bool = True, repr: bool = True,
        cache_hash: bool = False, kw_only: bool = False,
    ) -> Any:  # fmt: skip
        """The class, or what makes it with some settings of `attrs.define`."""
        if kind is None:
            return lambda later: _made(later, frozen, eq, repr, cache_hash, kw_only)
        return _made(kind, frozen, eq, repr, cache_hash, kw_only)

    def frozen(kind: type | None = None, **settings: bool) -> Any:
        """The class, or what makes it with some settings of `attrs.frozen`."""
        return define(kind, frozen=True, **settings)

    def evolve(made: Any, /, **changes: Any) -> Any:
        """The same object but for some fields, as `attrs.evolve` makes it."""
        if not hasattr(made.__class__, "_shape"):
            from attrs import evolve as evolved

            return evolved(made, **changes)
        for called, name in made.__class__._shape.called.items():
            if called not in changes:
                changes[called] = getattr(made, name)
        return made.__class__(**changes)
