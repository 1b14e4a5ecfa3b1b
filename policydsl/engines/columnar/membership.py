"""Whether a value, or any entry of a list, is among others."""

from policydsl._frozen import frozen
from policydsl.engines.columnar.coded import Coded, by_value, contains, stated
from policydsl.engines.columnar.columns import Column, entries, size
from policydsl.engines.columnar.comparing import compare
from policydsl.engines.columnar.kleene import FALSE, Truth, all_of, any_of
from policydsl.engines.columnar.widening import Widening
from policydsl.model.types import ListType, Type


@frozen(eq=False)
class Between:
    """A range whose ends are columns."""

    low: Column | None
    high: Column | None
    low_open: bool
    high_open: bool


Member = Column | Between


def among(value: Column, type: Type, members: list[Member], widening: Widening) -> Truth:
    """Whether a value is equal to a member, or in one that is a range; none is not."""
    of = type.of if isinstance(type, ListType) else type
    single: list[Member] = []
    for member in members:
        single += [member] if isinstance(member, Between) else entries(member, of, widening)

    def judge(column: Column) -> Truth:
        found = entries(column, of, widening)
        return any_of(_is(entry, member, widening) for entry in found for member in single)

    return by_value(value, _sizes(single), judge) if isinstance(value, Coded) else judge(value)


def has_part(value: Column, text: Column, type: Type, widening: Widening) -> Truth:
    """Whether a text contains a text, or a list has it as an entry."""
    if isinstance(type, ListType):
        return stated(among(value, type, [text], widening), value.state, text.state, FALSE)
    if not isinstance(value, Coded) or not isinstance(text, Coded):
        raise TypeError("no texts")
    return by_value(value, [text.codes.size], lambda column: contains(column, text))


def _is(value: Column, member: Member, widening: Widening) -> Truth:
    if not isinstance(member, Between):
        return compare("=", value, member, widening)
    ends = []
    if member.low is not None:
        ends.append(compare(">" if member.low_open else ">=", value, member.low, widening))
    if member.high is not None:
        ends.append(compare("<" if member.high_open else "<=", value, member.high, widening))
    return stated(all_of(ends), value.state, None, FALSE)


def _sizes(members: list[Member]) -> list[int]:
    sizes = []
    for member in members:
        ends = [member.low, member.high] if isinstance(member, Between) else [member]
        sizes += [size(end) for end in ends if end is not None]
    return sizes
