"""Where rows come from: a table in memory, or a Parquet file that is read piece by piece."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from attrs import evolve, field, frozen

from policydsl._progress import got
from policydsl.boards.amounts import Amounts, amounts_of, refuse_below_zero, refuse_beyond_calendar
from policydsl.boards.refusal import NotReadable
from policydsl.boards.usual import of_what_occurs, usual
from policydsl.boards.words import Codes, Words, as_dictionary, indices_of
from policydsl.model.rulebook import Column


class Source(Protocol):
    """Rows in pieces, each an Arrow table or batch of the columns that are asked for."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of all columns."""
        ...

    @property
    def called(self) -> str:
        """What messages call it; "" where it has no name of its own."""
        ...

    @property
    def texts(self) -> Sequence[str]:
        """The headings of the columns of texts."""
        ...

    @property
    def rows(self) -> int:
        """How many rows there are."""
        ...

    def pieces(self, headings: Sequence[str]) -> Iterator[Any]:
        """All rows, in pieces whose columns are single arrays."""
        ...

    def first(self, headings: Sequence[str], count: int) -> Any:
        """The first rows, so many or fewer."""
        ...


@frozen(eq=False)
class InMemory:
    """A table in memory."""

    table: Any

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of its columns."""
        return tuple(self.table.column_names)

    @property
    def called(self) -> str:
        """It has no name."""
        return ""

    @property
    def texts(self) -> Sequence[str]:
        """The headings of the columns of texts."""
        return [each.name for each in self.table.schema if _is_text(each.type)]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.table)

    def first(self, headings: Sequence[str], count: int) -> Any:
        """The first rows."""
        return self.table.select(list(headings)).slice(0, count)

    def pieces(self, headings: Sequence[str]) -> Iterator[Any]:
        """All rows."""
        yield from of_what_occurs(self.table.select(list(headings))).to_batches()


@frozen(eq=False)
class Parquet:
    """A Parquet file, a row group at a time; texts are read with their dictionaries."""

    path: str
    headings: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def called(self) -> str:
        """The name of the file."""
        return self.path

    @property
    def rows(self) -> int:
        """How many rows there are."""
        import pyarrow.parquet as pq

        with _told(self.path):
            return int(pq.read_metadata(self.path).num_rows)

    def first(self, headings: Sequence[str], count: int) -> Any:
        """The first rows."""
        import pyarrow.parquet as pq

        with _told(self.path):
            pieces = pq.ParquetFile(self.path).iter_batches(count, columns=list(headings))
            return next(pieces, None) or pq.ParquetFile(self.path).schema_arrow.empty_table()

    def pieces(self, headings: Sequence[str]) -> Iterator[Any]:
        """All rows."""
        import pyarrow.parquet as pq

        with _told(self.path):
            file = pq.ParquetFile(self.path, read_dictionary=[name for name in self.texts if name in headings])
        for number in range(file.num_row_groups):
            with _told(self.path):
                rows = _whole(file.read_row_group(number, columns=list(headings), use_threads=False))
            yield from usual(rows.select(list(headings))).to_batches()
            got("going through rows", number + 1, file.num_row_groups)


def parquet(path: str) -> Parquet:
    """A Parquet file."""
    import pyarrow.parquet as pq

    with _told(path):
        schema = pq.read_schema(path)
    texts = [each.name for each in schema if pa.types.is_string(_plain(each.type))]
    return Parquet(path, tuple(schema.names), tuple(texts))


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Says of a file that can't be read why."""
    try:
        yield
    except Exception as unread:  # pyarrow meets a damaged file with whatever its parts raise
        raise NotReadable(path, (str(unread) or type(unread).__name__).splitlines()[0]) from unread


def _whole(rows: Any) -> Any:
    """A table whose texts are texts, which no reader sees to."""
    for column in rows.columns:
        for chunk in column.chunks:
            if pa.types.is_dictionary(chunk.type):
                chunk.dictionary.validate(full=True)
            elif _is_text(chunk.type):
                chunk.validate(full=True)
    return rows


def _plain(kind: Any) -> Any:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(_plain(kind)) or pa.types.is_large_string(_plain(kind)))


@frozen(eq=False)
class Batch:
    """Some rows: of words the index of each into the batch's dictionary, and the number of each entry of that."""

    rows: int
    words: Mapping[str, tuple[Codes, Codes]]
    amounts: Mapping[str, Amounts]
    blank: frozenset[str] = frozenset()
    """The columns of words of which cells are blank."""
    unknown: Mapping[str, Any] = field(factory=dict)
    """Where each column lacks a value, of those that lack any."""

    def lacking(self, names: Iterable[str]) -> Any:
        """Where a row lacks one of some values; None if none does."""
        found = None
        for name in names:
            missing = self.unknown.get(name)
            if missing is not None:
                found = missing if found is None else found | missing
        return found

    def numbers_in(self, name: str) -> list[int]:
        """The numbers of the words that stand in a column."""
        entries, numbers = self.words[name]
        found: list[int] = np.unique(numbers[np.unique(entries)]).tolist()
        return found


def read_batch(piece: Any, columns: Mapping[str, tuple[str, Column]], words: Mapping[str, Words]) -> Batch:
    """A piece's columns, by their names in the rulebook; `columns` says under which heading each stands."""
    batch = read_unchecked(piece, columns, words)
    refuse_out_of_bounds(batch, columns)
    return batch


def refuse_out_of_bounds(batch: Batch, columns: Mapping[str, tuple[str, Column]]) -> None:
    """Refuses columns that have numbers below zero though they may have none, or days that no calendar holds."""
    for name, amounts in batch.amounts.items():
        refuse_below_zero(amounts, columns[name][1])
        refuse_beyond_calendar(amounts, columns[name][1])


def read_unchecked(
    piece: Any, columns: Mapping[str, tuple[str, Column]], words: Mapping[str, Words], pool: Executor | None = None
) -> Batch:
    """A piece's columns, in which numbers out of bounds are still to be looked for: soonest when the rows have been
    worked on. Numbers are looked through by the threads of a pool, if there is one, while words are."""
    found: dict[str, tuple[Codes, Codes]] = {}
    blank: list[str] = []
    numbers = [name for name in columns if name not in words]
    amounts = (map if pool is None else pool.map)(
        lambda name: amounts_of(_array(piece, columns[name][0]), columns[name][1]), numbers
    )
    arrays = {name: _array(piece, heading) for name, (heading, _) in columns.items() if name in words}
    texts = [name for name, array in arrays.items() if not pa.types.is_dictionary(array.type)]
    if texts:
        with ThreadPoolExecutor(2) as two:  # finding the distinct texts of a long column takes longer than all else
            arrays |= zip(texts, two.map(lambda name: as_dictionary(arrays[name]), texts), strict=True)
    for name, array in arrays.items():
        indices = indices_of(array)
        found[name] = indices, words[name].numbers_of(array.dictionary, indices)
        if array.null_count:
            blank.append(name)
    return Batch(len(piece), found, dict(zip(numbers, amounts, strict=True)), frozenset(blank))


def _array(piece: Any, heading: str) -> Any:
    array = piece.column(heading)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def with_unknown(batch: Batch, names: Iterable[str]) -> Batch:
    """A batch that knows where each of some columns lacks a value."""
    found = {}
    for name in names:
        if name in batch.amounts:
            missing = batch.amounts[name].missing
        else:
            indices, numbers = batch.words[name]
            unknown = numbers[:-1] < 0 if name not in batch.blank else numbers < 0
            missing = numbers[indices] < 0 if unknown.any() else None
        if missing is not None and missing.any():
            found[name] = missing
    return evolve(batch, unknown=found)


def kept(batch: Batch, rows: Any) -> Batch:
    """Only some of the rows."""
    return Batch(
        int(np.count_nonzero(rows)),
        {name: (indices[rows], numbers) for name, (indices, numbers) in batch.words.items()},
        {name: each.some(rows) for name, each in batch.amounts.items()},
        batch.blank,
        {name: missing[rows] for name, missing in batch.unknown.items() if missing[rows].any()},
    )
