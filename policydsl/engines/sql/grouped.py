"""Rows of a table by what tells them apart, grouped by the database."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from attrs import frozen

from policydsl.engines.sql.database import Refused
from policydsl.engines.sql.held import missing
from policydsl.engines.sql.standing import Standing

_AT_ONCE = 500
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
    def rest(self) -> str:
        """The end of a query for them."""
        order = [f"m {'ASC' if self.least else 'DESC'} NULLS FIRST", *self._names[1:], "r"]
        return f" ORDER BY {', '.join(order)} LIMIT {self.count}"

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

    def members(self, groups: Sequence[Sequence[Any]], most: Most | None) -> list[int]:
        """The rows of some groups, by what tells these apart, or the most that are wanted."""
        among = self.rows([], []) if most is None else self.rows(*most.added)
        alike, rows = sorted(map(self._alike, groups)), []
        for start in range(0, len(alike), _AT_ONCE):
            some = " OR ".join(alike[start : start + _AT_ONCE])
            query = f"SELECT r FROM {among} WHERE {some}{'' if most is None else most.rest}"
            rows += [row for (row,) in self.standing.database.ask(query)]
        return self.standing.rows(rows)

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

    def _alike(self, values: Sequence[Any]) -> str:
        """Whether a row is alike to those of a group."""
        text, found = self.standing.database.text, []
        for name, value in zip(self._names, values, strict=True):
            if value is None:
                found.append(missing(name))
            elif isinstance(value, bool):
                found.append(f"{name} IS {str(value).upper()}")
            else:
                found.append(f"{name} = {text(value) if isinstance(value, str) else int(value)}")
        return f"({' AND '.join(found)})" if found else "TRUE"
