"""Classes that `policydsl._frozen` makes are what attrs makes of the same text."""

import copy
import importlib
import inspect
import pickle
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
import pytest

import policydsl
from policydsl import _frozen

PACKAGE = Path(policydsl.__file__).parent


def _modules() -> Iterator[str]:
    for file in sorted(PACKAGE.rglob("*.py")):
        if "_frozen import" in file.read_text(encoding="utf-8"):
            yield ".".join(("policydsl", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def _classes() -> list[type[Any]]:
    found = (kind for name in _modules() for kind in vars(importlib.import_module(name)).values())
    return list(dict.fromkeys(kind for kind in found if isinstance(kind, type) and "_own_fields" in vars(kind)))


CLASSES = _classes()


def test_there_are_many() -> None:
    assert len(CLASSES) > 200


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__qualname__)
def test_fields_are_those_that_attrs_finds(kind: type[Any]) -> None:
    shape = kind._shape
    fields = attrs.fields(kind)
    assert attrs.has(kind)
    assert shape.names == _frozen.names_of(kind) == tuple(field.name for field in fields)
    assert shape.called == {field.alias: field.name for field in fields if field.init}
    assert shape.taken == tuple(field.name for field in fields if field.init and not field.kw_only)
    assert shape.shown == tuple(field.name for field in fields if field.repr)
    defaults = {field.name: field.default for field in fields if field.default is not attrs.NOTHING}
    factories = dict(shape.factories)
    assert defaults.keys() == shape.constants.keys() | factories.keys()
    for name, default in defaults.items():
        assert (default.factory if name in factories else default) is {**shape.constants, **factories}[name]
    matched = tuple(field.name for field in fields if field.init and not field.kw_only)
    assert kind.__match_args__ == matched
    required = [each for each in inspect.signature(kind.__init__).parameters.values() if each.name != "self"]
    assert [each.name for each in required] == [field.alias for field in fields if field.init and not field.kw_only] + [
        field.alias for field in fields if field.init and field.kw_only
    ]


def twins() -> tuple[Any, Any]:
    """One class made by both."""

    def body(define: Any, field: Any) -> Any:
        @define(frozen=True)
        class Base:
            first: int
            second: str = "b"

        @define(frozen=True)
        class Thing(Base):
            _hidden: tuple[int, ...] = ()
            many: list[int] = field(factory=list, repr=False)
            aside: int = field(default=7, eq=False, kw_only=True)
            made: int = field(default=1, init=False)

            @cached_property
            def twice(self) -> int:
                return 2 * self.first

        return Thing

    def attrs_define(**settings: Any) -> Any:
        return attrs.define(slots=False, **settings)

    return body(_frozen.define, _frozen.field), body(attrs_define, attrs.field)


CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((1,), {}),
    ((1, "x", (3,), [4]), {"aside": 5}),
    ((), {"first": 1, "hidden": (2,), "second": "y"}),
    ((1,), {"many": [9], "aside": 0}),
    ((), {}),
    ((), {"second": "b"}),
    ((1,), {"first": 2}),
    ((1,), {"_hidden": ()}),
    ((1,), {"made": 3}),
    ((1, "x", (), [], 5), {}),
]


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_called_alike(call: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
    given, named = call
    one, other = twins()
    try:
        meant = other(*given, **named)
    except TypeError:
        with pytest.raises(TypeError):
            one(*given, **named)
        return
    found = one(*given, **named)
    assert vars(found) == vars(meant)
    assert repr(found).partition("(")[2] == repr(meant).partition("(")[2]


def test_equal_and_hashed_by_the_fields_that_count() -> None:
    one, other = twins()
    for kind in (one, other):
        assert kind(1, aside=2) == kind(1, aside=3) != kind(2)
        assert kind(1) != (1, "b", (), [], 1) and kind(1) != twins()[0](1)
    assert one(1).twice == 2 and one(1).made == 1
    assert _frozen.evolve(one(1, "x", (5,)), hidden=(6,)) == one(1, "x", (6,)) == attrs.evolve(one(1, "x"), hidden=(6,))


def test_nothing_changes_what_is_frozen() -> None:
    thing = twins()[0](1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        thing.first = 2
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del thing.first


@_frozen.frozen(cache_hash=True)
class Kept:
    """A class whose hash is kept."""

    name: str
    inside: "Kept | None" = None


def test_copies_have_no_hash_of_another_run() -> None:
    kept = Kept("a", Kept("b"))
    hash(kept)
    assert len(vars(kept)) == 3
    for again in (pickle.loads(pickle.dumps(kept)), copy.copy(kept), copy.deepcopy(kept)):
        assert len(vars(again)) == 2 and again == kept and hash(again) == hash(kept)


def test_many_objects_are_like_few() -> None:
    before = Kept("a", Kept("b"))
    known = {before: 1}
    many = [Kept(f"{number}") for number in range(2 * _frozen._MANY)]
    assert Kept.__init__ is not _frozen._init
    assert known[Kept("a", Kept("b"))] == 1 and len(set(many)) == len(many) and many[0] == Kept("0", None)
    with pytest.raises(TypeError):
        Kept()  # type: ignore[call-arg]


def test_a_field_of_attrs_itself_is_refused() -> None:
    with pytest.raises(TypeError, match=r"policydsl\._frozen"):

        @_frozen.frozen
        class Mixed:
            name: str = attrs.field(default="")


def test_a_field_is_compared_by_what_it_says() -> None:
    @_frozen.frozen
    class Work:
        name: str
        found: list[int] = _frozen.field(eq=len)

    assert Work("a", [1]) == Work("a", [2])
    assert Work("a", [1]) != Work("a", [1, 2])
    assert hash(Work("a", [1])) == hash(Work("a", [2]))
