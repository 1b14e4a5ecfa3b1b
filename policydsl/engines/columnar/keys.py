"""The keys that a tally is measured for, and which bins of rows belong to each.

A bin belongs to a key of just what it holds. One whose key columns are unknown may belong to every key that agrees with
the rest; only such bins belong, perhaps, to a key that has None. What holds none belongs to no key.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
from attrs import define

from policydsl._frozen import frozen
from policydsl.engines.columnar.bins import Bins, Labels, bins_of
from policydsl.engines.columnar.coded import Coded, Codes
from policydsl.engines.columnar.columns import Column
from policydsl.engines.columnar.kleene import FALSE, TRUE, UNKNOWN, at
from policydsl.engines.columnar.rows import Rows
from policydsl.figures.values import folded
from policydsl.model.expressions import ColumnOf, Known, Nothing, RowSet, Value
from policydsl.plan.dependencies import key_column
from policydsl.plan.possible_keys import with_possible_worlds
from policydsl.plan.tallies import Key, Tally


@frozen(eq=False)
class Match:
    """The bins that surely (2) or maybe (1) belong to a key, by its worlds and by its groups; and its worlds."""

    bins: tuple[tuple[int, int, int], ...]
    worlds: tuple[tuple[int, int], ...]


@frozen(eq=False)
class Links:
    """Keys, each with a bin or world that belongs to it, all in the same way."""

    by_world: int
    by_group: int
    keys: Codes
    to: Codes


@define(eq=False, frozen=True, slots=False)
class Keyed:
    """The keys of a tally in their order, and what belongs to each."""

    matches: Mapping[Key, Match]

    @cached_property
    def bins(self) -> list[Links]:
        """What bins belong to which key, by number."""
        found = enumerate(self.matches.values())
        return _links((by_world, by_group, key, to) for key, match in found for to, by_world, by_group in match.bins)

    @cached_property
    def worlds(self) -> list[Links]:
        """What worlds belong to which key, by number; groups play no part in them."""
        found = enumerate(self.matches.values())
        return _links((by_world, FALSE, key, to) for key, match in found for to, by_world in match.worlds)

    @cached_property
    def surely(self) -> bool:
        """Whether no row only may belong to a key."""
        return all(
            by_world == by_group == TRUE for match in self.matches.values() for _, by_world, by_group in match.bins
        ) and all(by_world == TRUE for match in self.matches.values() for _, by_world in match.worlds)

    @cached_property
    def names(self) -> tuple[Key, ...]:
        """The keys."""
        return tuple(self.matches)

    @cached_property
    def lacking(self) -> bool:
        """Whether a key has no bin or no world."""
        return -1 in self.one_bin or -1 in self.one_world

    @cached_property
    def one_bin(self) -> Codes:
        """A bin of each key, or -1: there are no others if all is sure."""
        return np.array([match.bins[0][0] if match.bins else -1 for match in self.matches.values()], np.intp)

    @cached_property
    def one_world(self) -> Codes:
        """A world of each key, or -1: there are no others if all is sure."""
        return np.array([match.worlds[0][0] if match.worlds else -1 for match in self.matches.values()], np.intp)


def _links(found: Iterable[tuple[int, int, int, int]]) -> list[Links]:
    """What is linked in the same way together."""
    alike: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for by_world, by_group, key, to in found:
        alike.setdefault((by_world, by_group), []).append((key, to))
    return [Links(*by, *np.array(pairs, np.intp).T) for by, pairs in sorted(alike.items())]


def keyed(tally: Tally, rows: Mapping[str, Rows]) -> Keyed:
    """The keys that a tally is measured for."""
    own, columns = rows[tally.table], (*tally.worlds, *tally.groups)
    placed = tuple(_placed(rows[each.table], columns) for each in tally.keys_of)

    def work_out() -> Keyed:
        bins = bins_of(own, tally.worlds, tally.groups)
        keys = _keys(
            columns,
            len(tally.worlds),
            [(rows[each.table], each, at) for each, at in zip(tally.keys_of, placed, strict=True)],
        )
        find = Finder(bins, len(tally.worlds))
        return Keyed({key: find.match(key) for key in keys})

    of = (tally.table, tally.worlds, tally.groups, tally.keys_of, placed)
    return own.memory.keep("keyed", of, work_out)


Placed = tuple[ColumnOf | None, ...]


def _placed(rows: Rows, columns: Iterable[ColumnOf]) -> Placed:
    """Where a table has the columns of a key, None for one that it lacks."""
    return tuple(key_column(rows.table, column) for column in columns)


def _keys(columns: tuple[ColumnOf, ...], worlds: int, sets: Iterable[tuple[Rows, RowSet, Placed]]) -> list[Key]:
    """The keys that occur in row sets, texts in their smallest spelling."""
    if not columns:
        return [()]
    found: dict[Labels, None] = {}
    known: set[Labels] = set()
    spelled: list[dict[object, str]] = [{} for _ in columns]
    for rows, row_set, placed in sets:
        inside = np.flatnonzero(np.broadcast_to(rows.all_hold(row_set.where) != FALSE, (len(rows),)))
        own, of_world = _all(placed), _all(placed[:worlds])
        if own is not None:
            held = _labels_in(bins_of(rows, (), own), inside)
            found |= {tuple(map(_closed, labels)): None for labels in held if Nothing.NONE not in labels}
        if of_world:
            known |= {labels for labels in _labels_in(bins_of(rows, (), of_world), inside) if _is_whole(labels)}
        for spellings, column in zip(spelled, placed, strict=True):
            if column is not None:
                _spell(spellings, rows.value(column), inside)
    keys = sorted(
        with_possible_worlds(found, known),
        key=lambda labels: tuple((each is None, 0 if each is None else each) for each in labels),
    )
    return [tuple(_spelled(each, texts) for each, texts in zip(labels, spelled, strict=True)) for labels in keys]


def _all(placed: Placed) -> tuple[ColumnOf, ...] | None:
    """The columns, if a table has all of them."""
    here = tuple(each for each in placed if each is not None)
    return here if len(here) == len(placed) else None


def _labels_in(bins: Bins, members: Codes) -> list[Labels]:
    """What some rows hold."""
    return [bins.labels[number] for number in np.unique(bins.of_row[members]).tolist()]


def _closed(label: Value | frozenset[Value]) -> Value:
    """A label, or None where several are possible."""
    return None if isinstance(label, frozenset) else label


def _spell(spellings: dict[object, str], column: Column, members: Codes) -> None:
    """Note the smallest spelling of each text that some rows hold."""
    if isinstance(column, Coded):
        for code in np.unique(np.broadcast_to(at(column.codes, members), members.shape)).tolist():
            text = column.values[code] if code >= 0 else None
            if isinstance(text, str):
                spellings[folded(text)] = min(text, spellings.get(folded(text), text))


def _spelled(label: object, texts: Mapping[object, str]) -> Known | None:
    return texts.get(label, label)  # type: ignore[arg-type]  # keys are values


class Finder:
    """Finds what of some bins belongs to keys."""

    def __init__(self, bins: Bins, worlds: int) -> None:
        self._bins, self._worlds = bins, worlds
        self._whole = {labels: number for number, labels in enumerate(bins.labels) if _is_whole(labels)}
        self._broken = [number for number, labels in enumerate(bins.labels) if any(map(_is_open, labels))]
        self._by_known: dict[tuple[int, ...], dict[Labels, list[int]]] = {}
        for number in self._broken:
            labels = bins.labels[number]
            places = tuple(place for place, label in enumerate(labels) if not _is_open(label))
            alike = self._by_known.setdefault(places, {})
            alike.setdefault(tuple(labels[place] for place in places), []).append(number)
        self._whole_worlds = {labels: number for number, labels in enumerate(bins.worlds) if _is_whole(labels)}
        self._broken_worlds = [number for number, labels in enumerate(bins.worlds) if any(map(_is_open, labels))]

    def match(self, key: Key) -> Match:
        """What belongs to a key."""
        asked = tuple(map(folded, key))
        world, group = asked[: self._worlds], asked[self._worlds :]
        bins = [(self._whole[asked], TRUE, TRUE)] if asked in self._whole else []
        for number in self._that_may_be(asked):
            labels = self._bins.labels[number]
            by_world, by_group = _match(labels[: self._worlds], world), _may_join(labels[self._worlds :], group)
            if by_world and by_group:
                bins.append((number, by_world, by_group))
        worlds = [(self._whole_worlds[world], TRUE)] if world in self._whole_worlds else []
        for number in self._broken_worlds:
            if maybe := _match(self._bins.worlds[number], world):
                worlds.append((number, maybe))
        return Match(tuple(bins), tuple(worlds))

    def _that_may_be(self, asked: Labels) -> Iterable[int]:
        """Bins of which something is unknown, those that agree with a key in the rest among them."""
        if None in asked:
            return self._broken
        agreeing = (found.get(tuple(asked[place] for place in places), ()) for places, found in self._by_known.items())
        return [number for numbers in agreeing for number in numbers]


def _is_open(label: object) -> bool:
    """Whether it is not known what a bin holds there, or only that it is one of several labels."""
    return label is None or isinstance(label, frozenset)


def _may_be(label: object, wanted: object) -> bool:
    """Whether what a bin holds there is, or may be, what is wanted."""
    return label is None or label == wanted or (isinstance(label, frozenset) and (wanted is None or wanted in label))


def _is_whole(labels: Labels) -> bool:
    return Nothing.NONE not in labels and not any(map(_is_open, labels))


def _may_join(labels: Labels, asked: Labels) -> int:
    """Whether rows of which something is unknown belong to a group. One that is unknown itself may be any group that
    only such rows make up together, whatever they hold where it is unknown."""
    if None not in asked:
        return _match(labels, asked)
    if Nothing.NONE in labels:
        return FALSE
    known = [(label, wanted) for label, wanted in zip(labels, asked, strict=True) if wanted is not None]
    return UNKNOWN if all(_may_be(label, wanted) for label, wanted in known) else FALSE


def _match(labels: Labels, asked: Labels) -> int:
    """Whether rows that hold this belong to a key."""
    result = TRUE
    for label, wanted in zip(labels, asked, strict=True):
        if label is Nothing.NONE or not _may_be(label, wanted):
            return FALSE
        if _is_open(label):
            result = min(result, UNKNOWN)
    return result
