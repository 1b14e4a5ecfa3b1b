"""What stands before an assertion, read from left to right."""

from attrs import evolve, frozen

from policydsl.catalogue import say
from policydsl.model.problem import Problem
from policydsl.syntax import ast


@frozen
class Frame:
    """What the prefixes of an assertion say: worlds, groups and conditions; and the rows of `each` and `no`."""

    worlds: tuple[ast.Name, ...] = ()
    groups: tuple[ast.Name, ...] = ()
    whens: tuple[tuple[ast.Expr, int], ...] = ()
    rows: ast.Each | ast.No | None = None
    over: ast.OverTheLast | None = None
    before_worlds: tuple[ast.Expr, ...] = ()
    """The conditions that stand before a `within each`."""


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
                if frame.over is not None:
                    raise Problem(say("PD535", prefix.span, word="over the last"))
                frame = evolve(frame, over=prefix)
            case ast.Each() | ast.No():
                if frame.over is not None:
                    raise Problem(say("PD533", prefix.span))
                frame = evolve(frame, rows=prefix)
    return frame
