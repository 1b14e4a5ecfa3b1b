"""Rows of a table by what tells them apart, grouped by the database."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from attrs import frozen

from policydsl.engines.sql.database import Refused
from policydsl.engines.sql.held import missing
from policydsl.engines.sql.standing import Standing

_AT_ONCE = 500
_LISTED = 5_000
_DIGITS = 39
"""So many digits of base three has a whole number of 64 bits."""


@frozen
class Most:
    """So many rows at most, those with the largest or the least of what they are put in order by; of equal ones the
    first by their `keys`, and then as they stand."""

    count: int
    by: str = "0"
    least: bool = False
    keys: tuple[str, ...] = ()

    @property
    def order(self) -> str:
        """The order in which they are wanted."""
        return ", ".join([f"m {'ASC' if self.least else 'DESC'} NULLS FIRST", *self._names[1:], "r"])

    @property
    def _names(self) -> list[str]:
        return ["m", *(f"o{at}" for at in range(len(self.keys)))]

    @property
    def added(self) -> tuple[list[str], list[str]]:
        """What is selected for it, and under which names."""
        return [f"{sql} AS {name}" for sql, name in zip((self.by, *self.keys), self._names, strict=True)], self._names


@frozen(eq=False)
class Grouped:
    """A table grouped by truths, which are told by whole numbers of three-valued digits, and by other values."""

    standing: Standing
    truths: Sequence[str]
    apart: Sequence[str]

    @property
    def codes(self) -> int:
        """How many whole numbers tell the truths."""
        return -(-len(self.truths) // _DIGITS)

    @property
    def _names(self) -> Sequence[str]:
        return [*(f"k{at}" for at in range(self.codes)), *(f"b{at}" for at in range(len(self.apart)))]

    @property
    def _apart(self) -> Sequence[str]:
        return [f"b{at}" for at in range(len(self.apart))]

    def _inner(self, added: Sequence[str]) -> str:
        """The rows with truths, other values and more."""
        cut = [f"{sql} AS a{at}" for at, sql in enumerate(self.truths)]
        cut += [f"{sql} AS b{at}" for at, sql in enumerate(self.apart)]
        return f"(SELECT {', '.join(['t.r AS r', *cut, *added])} FROM {self.standing.joined([*cut, *added])})"

    @property
    def _coded(self) -> Sequence[str]:
        """The truths as whole numbers, and the other values."""
        digits = [f"COALESCE(CAST(a{at} AS INTEGER), 2)" for at in range(len(self.truths))]
        told = [digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS)]
        coded = [" + ".join(f"{each} * CAST({3**at} AS BIGINT)" for at, each in enumerate(some)) for some in told]
        return [*(f"{sql} AS k{at}" for at, sql in enumerate(coded)), *self._apart]

    def rows(self, added: Sequence[str], names: Sequence[str]) -> str:
        """The rows with what tells them apart, and more under these names."""
        return f"(SELECT {', '.join(['r', *self._coded, *names])} FROM {self._inner(added)} AS j) AS i"

    def ask(self, what: Sequence[str], added: Sequence[str]) -> list[tuple[Any, ...]]:
        """Something of each group, and what tells it apart; in the order of the first."""
        names = [*(f"a{at}" for at in range(len(self.truths))), *self._apart]
        told = [f"{sql} AS s{at}" for at, sql in enumerate(what)]
        groups = f"SELECT {', '.join([*told, *names])} FROM {self._inner(added)} AS i"
        groups += f" GROUP BY {', '.join(names)}" if names else ""
        selected = ", ".join([*(f"s{at}" for at in range(len(what))), *self._coded])
        found = self.standing.database.ask(f"SELECT {selected} FROM ({groups}) AS g{self.standing.bounded}")
        self.standing.bound(len(found))
        found.sort(key=itemgetter(0))
        return found

    def members(self, groups: Sequence[Sequence[Any]]) -> list[int]:
        """The rows of some groups, by what tells these apart."""
        return self.standing.rows([row for _, row in self.each_of(groups)])

    def each_of(self, groups: Sequence[Sequence[Any]]) -> list[tuple[int, Any]]:
        """The rows of some groups as the database calls them, each with the place of its group among these."""
        alike, found = list(self._alike(groups)), []
        names = ", ".join(["r", *self._names])
        for start in range(0, len(alike), _AT_ONCE):
            some = " OR ".join(alike[start : start + _AT_ONCE])
            found += self.standing.database.ask(f"SELECT {names} FROM {self.rows([], [])} WHERE {some}")
        return _placed(found, groups)

    def first(self, groups: Sequence[Sequence[Any]], most: Most, together: bool) -> list[tuple[int, Any]]:
        """The most rows that are wanted of each of some groups, or of all `together`, in their order."""
        names = ", ".join(["r", *self._names])
        rows = f"{self.rows(*most.added)} WHERE {' OR '.join(self._alike(groups))}"
        if together:
            query = f"SELECT {names} FROM {rows} ORDER BY {most.order} LIMIT {most.count}"
        else:
            apart = f"PARTITION BY {', '.join(self._names)} " if self._names else ""
            place = f"ROW_NUMBER() OVER ({apart}ORDER BY {most.order}) AS p"
            first = f"(SELECT *, {place} FROM (SELECT * FROM {rows}) AS x) AS y WHERE p <= {most.count}"
            query = f"SELECT {names} FROM {first} ORDER BY {most.order}"
        return _placed(self.standing.database.ask(query), groups)

    def largest(self, kinds: Sequence[Sequence[Any]], by: str, count: int) -> list[int]:
        """Of each group of some kinds the rows with the largest numbers, so many, and those that are as large as the
        last of them."""
        if len(kinds) > _AT_ONCE:
            raise Refused("it takes the largest of too many kinds of rows")
        names, codes = self._names, self._names[: self.codes]
        alike = [
            " AND ".join(f"{name} = {int(code)}" for name, code in zip(codes, kind, strict=True)) for kind in kinds
        ]
        kept = " OR ".join(f"({each})" for each in alike)
        rows, each_of = f"(SELECT * FROM {self.rows([f'{by} AS m'], ['m'])} WHERE {kept})", ", ".join(names)
        place = f"ROW_NUMBER() OVER (PARTITION BY {each_of} ORDER BY m DESC) AS p"
        first = f"(SELECT {each_of}, m, {place} FROM {rows} AS x) AS y WHERE p <= {count}"
        low = f"SELECT {each_of}, MIN(m) AS low FROM {first} GROUP BY {each_of}"
        same = " AND ".join(f"x.{name} = z.{name}" for name in names)
        query = f"SELECT x.r FROM {rows} AS x JOIN ({low}) AS z ON {same} WHERE x.m >= z.low"
        return self.standing.rows([row for (row,) in self.standing.database.ask(query)])

    def _alike(self, groups: Sequence[Sequence[Any]]) -> Iterator[str]:
        """Whether a row is alike to those of one of some groups: one condition for all that differ in the last of what
        tells them apart."""
        together: dict[tuple[str, ...], list[Any]] = {}
        for values in groups:
            held = tuple(map(self._is, self._names[:-1], values[:-1]))
            together.setdefault(held, []).extend(values[-1:])
        for held, last in together.items():
            yield f"({' AND '.join([*held, *self._is_one_of(last)]) or 'TRUE'})"

    def _is_one_of(self, values: Sequence[Any]) -> Iterator[str]:
        """Whether the last of what tells a row apart is one of some values."""
        if not values:
            return
        name = self._names[-1]
        listed = [value for value in dict.fromkeys(values) if value is not None and not isinstance(value, bool)]
        others = [value for value in dict.fromkeys(values) if value is None or isinstance(value, bool)]
        found = [self._is(name, value) for value in others]
        for start in range(0, len(listed), _LISTED):
            found.append(f"{name} IN ({', '.join(map(self._literal, listed[start : start + _LISTED]))})")
        yield found[0] if len(found) == 1 else f"({' OR '.join(found)})"

    def _is(self, name: str, value: Any) -> str:
        if value is None:
            return missing(name)
        return f"{name} IS {str(value).upper()}" if isinstance(value, bool) else f"{name} = {self._literal(value)}"

    def _literal(self, value: Any) -> str:
        return self.standing.database.text(value) if isinstance(value, str) else str(int(value))


def _placed(found: Iterable[Sequence[Any]], groups: Sequence[Sequence[Any]]) -> list[tuple[int, Any]]:
    """Rows with the places of their groups, by what tells them apart."""
    place = {tuple(map(_plain, values)): at for at, values in enumerate(groups)}
    return [(place[tuple(map(_plain, values))], row) for row, *values in found]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | str) else int(value)
