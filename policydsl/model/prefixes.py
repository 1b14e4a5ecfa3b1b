"""What stands before an assertion, read from left to right."""

from typing import TypeVar

from policydsl._frozen import evolve, frozen
from policydsl.catalogue import say
from policydsl.model.problem import Problem
from policydsl.syntax import ast

T = TypeVar("T", bound=ast.Prefix)


@frozen
class Frame:
    """What the prefixes of an assertion say: worlds, groups and conditions; and the rows of `each` and `no`."""

    worlds: tuple[ast.Name, ...] = ()
    groups: tuple[ast.Name, ...] = ()
    whens: tuple[tuple[ast.Expr, int], ...] = ()
    rows: ast.Each | ast.No | None = None
    over: ast.OverTheLast | None = None
    always: ast.Always | None = None
    windows: ast.InAny | None = None
    due: ast.ByDate | None = None
    purchase: ast.OnPurchase | None = None
    before_worlds: tuple[ast.Expr, ...] = ()
    """The conditions that stand before a `within each`."""


def _once(earlier: ast.Prefix | None, prefix: T, word: str) -> T:
    if earlier is not None:
        raise Problem(say("PD535", prefix.span, word=word))
    return prefix


def frame_of(prefixes: tuple[ast.Prefix, ...]) -> Frame:
    """The prefixes, read from left to right."""
    frame = Frame()
    for prefix in prefixes:
        if frame.rows is not None:
            raise Problem(say("PD250", prefix.span))
        match prefix:
            case ast.WithinEach(names=names):
                before = tuple(condition for condition, _ in frame.whens)
                frame = evolve(frame, worlds=(*frame.worlds, *names), before_worlds=before)
            case ast.Per(names=names):
                frame = evolve(frame, groups=(*frame.groups, *names))
            case ast.When(condition=condition):
                frame = evolve(frame, whens=(*frame.whens, (condition, len(frame.groups))))
            case ast.OverTheLast():
                frame = evolve(frame, over=_once(frame.over, prefix, "over the last"))
            case ast.Always():
                frame = evolve(frame, always=_once(frame.always, prefix, "always"))
            case ast.InAny():
                frame = evolve(frame, windows=_once(frame.windows, prefix, "in any"))
            case ast.ByDate():
                frame = evolve(frame, due=_once(frame.due, prefix, "by"))
            case ast.OnPurchase():
                frame = evolve(frame, purchase=_once(frame.purchase, prefix, "on purchase"))
            case ast.Each() | ast.No():
                if frame.over is not None:
                    raise Problem(say("PD533", prefix.span))
                if frame.windows is not None:
                    raise Problem(say("PD536", prefix.span))
                frame = evolve(frame, rows=prefix)
    return frame
