"""Which atoms of a column the cells below it take, found by where a cell's ends stand among them."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from policydsl.model.atoms import Atom, Parameters, folded, same, term_of
from policydsl.model.cover import Atoms
from policydsl.model.expressions import Among, And, Compare, Expression, Labelled, Not, Nothing, Or, Sign, Stretch


class Taking:
    """The atoms of a column, to be asked which of them a cell takes; `atoms.fits` says the same of a single value."""

    def __init__(self, atoms: Sequence[Atom], parameters: Parameters) -> None:
        self._parameters = parameters
        self._samples = [atom.sample for atom in atoms]
        self._every: Atoms = (1 << len(atoms)) - 1
        self._none: Atoms = 0
        self._equal: dict[object, Atoms] = {}
        for place, sample in enumerate(self._samples):
            if sample is Nothing.NONE:
                self._none |= 1 << place
            else:
                self._equal[same(sample)] = self._equal.get(same(sample), 0) | 1 << place

    def by(self, condition: Expression | None) -> Atoms:
        """The atoms that a cell takes; one that does not ask takes all."""
        match condition:
            case None:
                return self._every
            case Not(condition=inner):
                return self._every & ~self.by(inner)
            case And(conditions=parts):
                taken = self._every
                for part in parts:
                    taken &= self.by(part)
                return taken
            case Or(conditions=parts):
                return _any(self.by(part) for part in parts)
            case Compare(op=op, right=right):
                return self._compared(op, right)
            case Among(members=members):
                return _any(self._among(member) for member in members) & ~self._none
            case Labelled(labels=labels):
                return _any(1 << place for place, sample in enumerate(self._samples) if sample in labels)
        return _any(1 << place for place, sample in enumerate(self._samples) if sample is True)

    def _among(self, member: Expression | Stretch) -> Atoms:
        if not isinstance(member, Stretch):
            return self._compared("=", member)
        above = self._every if member.low is None else self._compared(">" if member.low_open else ">=", member.low)
        below = self._every if member.high is None else self._compared("<" if member.high_open else "<=", member.high)
        return above & below

    def _compared(self, op: Sign, right: Expression) -> Atoms:
        """Where one of the two is none, they are unequal and nothing else."""
        end: Any = folded(term_of(right), self._parameters).value  # of one ordered type where the sign is no equality
        if end is Nothing.NONE:
            return self._every if op == "!=" else 0
        match op:
            case "=":
                return self._equal.get(same(end), 0)
            case "!=":
                return self._every & ~self._equal.get(same(end), 0)
            case "<":
                return self._below(end, bisect_left)
            case "<=":
                return self._below(end, bisect_right)
            case ">":
                return self._every & ~self._none & ~self._below(end, bisect_right)
            case ">=":
                return self._every & ~self._none & ~self._below(end, bisect_left)

    def _below(self, end: Any, bisect: Callable[..., int]) -> Atoms:
        """The atoms below an end, which stand in their order; none is the last."""
        return (1 << bisect(self._samples, end, hi=len(self._samples) - self._none.bit_count())) - 1


def _any(several: Iterable[Atoms]) -> Atoms:
    return reduce(or_, several, 0)
