"""A large book of what is owned, of which only sums are kept: one trade touches only its cells."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Any, NoReturn

from attrs import define, evolve, field, frozen

from policydsl.boards.batches import Batch, read_batch
from policydsl.boards.headings import read_headings, twins_in
from policydsl.boards.positions import Positions
from policydsl.boards.proposal import After, Desk, Known
from policydsl.boards.proposals import Proposals, of_no_trades
from policydsl.boards.refusal import NoAnswer, NotThere, Refused
from policydsl.boards.run import Prepared
from policydsl.boards.signs import with_signs
from policydsl.boards.sources import source_of
from policydsl.catalogue import say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.inputs.frame_cells import frame_cell
from policydsl.model.rulebook import Column
from policydsl.model.types import DateType
from policydsl.whatif.cells import key_of, number_in
from policydsl.whatif.largest import NOT_KNOWN, Largest, largest_within
from policydsl.whatif.new_names import NewNames
from policydsl.whatif.owned import Owned
from policydsl.whatif.shares import Shares
from policydsl.whatif.trade_columns import columns_of_trades, side_of, sign_of


@frozen(eq=False)
class Many:
    """What each of many trades would do by itself.

    `fails` says by rule (down, in the order of `rules`) and trade (across) whether the rule would fail; `answered` of
    each trade whether the sums say anything: not where a value is blank, the portfolio is new or left to the judge, or
    more is sold than there is. `left` are the rules that sums can't answer, each with the reason.
    """

    rules: tuple[str, ...]
    fails: Any
    answered: Any
    left: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings, one for each name of a trade that hardly differs from one that is owned or that rules speak of."""


@frozen(eq=False)
class Quick:
    """What one trade would do to the rules that sums answer; `because` says why they say nothing of it."""

    rules: tuple[str, ...]
    lines: Sequence[After] = field(repr=False)
    before: tuple[bool, ...] = field(repr=False)
    """Which of the rules fail without it."""
    unit: Fraction = field(repr=False)
    amount: Fraction
    left: Mapping[str, str]
    because: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings: a name of the trade hardly differs from one that is owned or that rules speak of."""

    @property
    def fails(self) -> tuple[str, ...]:
        """The rules that fail with the trade."""
        return tuple(rule for rule, line in zip(self.rules, self.lines, strict=False) if line.fails)

    @property
    def breached(self) -> tuple[str, ...]:
        """The rules that fail with the trade and did not without."""
        lines = zip(self.rules, self.lines, self.before, strict=False)
        return tuple(rule for rule, line, before in lines if not before and line.fails)

    def figures(self, rule: str) -> tuple[Fraction | None, Fraction | None]:
        """The figure of a rule before and after, of one that is asked of each group that of the largest."""
        line = self._line(rule)
        return line.figure(after=False), line.figure()

    def largest(self, rule: str) -> Largest:
        """The largest amount of the trade that a rule allows; of a sale not more than there is of the kind."""
        return _largest(self._line(rule), self.unit, self.amount)

    def _line(self, rule: str) -> After:
        if self.because or rule in self.left:
            raise NoAnswer(self.because or self.left[rule])
        if rule not in self.rules:
            raise NotThere(rule, "a rule of the rulebook", self.rules)
        return self.lines[self.rules.index(rule)]


def _largest(line: After, unit: Fraction, amount: Fraction) -> Largest:
    """The largest amount, in the unit of its type; `unit` is that of the sums."""
    sign = 1 if amount > 0 else -1
    start, gain = line.whole_line
    whole = (Fraction(1), Fraction(0)) if line.whole is None else (Fraction(start), sign * gain / unit)
    must = [(-whole[0], -whole[1], True)]
    for held in line.stand.held:
        if held.sign not in ("<=", "<", ">=", ">") or (held.sign in (">=", ">") and len(line.lines) > 1):
            return NOT_KNOWN
        side = 1 if held.sign in ("<=", "<") else -1
        for at, slope in line.lines:
            low = at * held.times - held.of * whole[0]
            rise = sign * slope * held.times / unit - held.of * whole[1]
            must.append((side * low, side * rise, held.sign in ("<", ">")))
    return largest_within(must, None if line.most is None else line.most * unit)


@define(eq=False, slots=False)
class Book:
    """The sums of a rulebook's main table, and what is asked of them."""

    prepared: Prepared
    positions: Positions
    unit: Fraction
    """What the sums of amounts count in."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings and notes about the rows that are owned, as a board tells them."""
    _desk: Desk | None = field(default=None, init=False)
    _numbers: dict[str, dict[Any, int]] = field(factory=dict, init=False)
    """Of each column of words the number of what stands in a cell."""
    _rules: tuple[str, ...] = field(default=(), init=False)
    _names: NewNames = field(init=False)
    _shares: Shares = field(init=False)
    _headed: dict[tuple[str, ...], str | None] = field(factory=dict, init=False)
    """What columns of trades have been called, and which of them says whether a trade buys or sells."""

    def __attrs_post_init__(self) -> None:
        self._names = NewNames(self.prepared, self._columns, self.positions.amount)
        self._shares = Shares(self.prepared, self._columns)

    def what_if(self, trade: Mapping[str, Any]) -> Quick:
        """What one trade would do, described as a row of what is owned; an amount below zero is a sale, unless `side`
        says which it is. Raises DataError."""
        told: tuple[Diagnostic, ...] = ()
        try:
            known = self._known(trade)
            if self._names.found:
                told = self._names.told({name: (number,) for name, number in known.words.items()})
            if self._shares.names:
                told = (*told, *self._shares.told(trade))
            desk = self._open_desk()
            lines = desk.answer(known)
        except Refused as refused:
            return Quick(self.rules, (), (), self.unit, Fraction(0), self.positions.left, str(refused), told)
        amount = known.amount * self.unit
        before = desk.failing(known.world)
        return Quick(self._rules, lines, before, self.unit, Fraction(amount), self.positions.left, diagnostics=told)

    def _open_desk(self) -> Desk:
        if self._desk is None or self._desk.stands is not self.positions.stands:
            self._desk = Desk(self.positions, self.positions.stands)
            self._rules = self.rules
        return self._desk

    def _known(self, trade: Mapping[str, Any]) -> Known:
        """A trade as the sums see it; cells that have been read before are looked up."""
        words: dict[str, int] = {}
        numbers: dict[str, int | float | Fraction] = {}
        headings = tuple(trade)
        if headings not in self._headed:
            self._headed[headings] = self._look_at_headings(headings)
        side = self._headed[headings]
        for name, column in self._columns.items():
            cell = trade[name]
            if name in self.prepared.words:
                kept = self._numbers.get(name) or self._texts(name)
                key = cell if type(cell) is str else key_of(cell, name)
                number = kept.get(key)
                if number is None:
                    number = self._read(trade, name, key)
                if number < 0:
                    raise Refused(f"`{name}` is not known of the trade")
                words[name] = number
            else:
                plain = type(cell) is int or (type(cell) is float and isfinite(cell))
                found = numbers[name] = cell if plain and name not in self._days else number_in(cell, column)
                if found < 0 and column.not_negative and name != self.positions.amount:
                    raise Refused(f"`{name}` of the trade is below zero")
        world = self.positions.plan.worlds.name
        amount = numbers[self.positions.amount]
        if not amount:
            self._refuse_nothing(DataPlace("trades", column=self.positions.amount))
        exact = Fraction(Decimal(repr(amount))) if isinstance(amount, float) else amount
        if side is not None:
            exact *= self._sign(side, trade[side], exact < 0)
        steps = exact * self._ratio
        whole = steps.numerator if isinstance(steps, Fraction) and steps.denominator == 1 else steps
        return Known(words, numbers, whole, 0 if world is None else words[world])

    @cached_property
    def _columns(self) -> dict[str, Column]:
        names = self.positions.plan.columns()
        return {name: column for name, (_, column) in self.prepared.columns.items() if name in names}

    @cached_property
    def _days(self) -> frozenset[str]:
        return frozenset(name for name, column in self._columns.items() if isinstance(column.type, DateType))

    @cached_property
    def _ratio(self) -> int | Fraction:
        """What an amount as it stands in data is times, to be in the unit of the sums."""
        found = self._columns[self.positions.amount].factor / self.unit
        return found.numerator if found.denominator == 1 else found

    def _texts(self, name: str) -> dict[Any, int]:
        values = self.prepared.words[name].values
        found = {value: at for at, value in enumerate(values) if isinstance(value, str)}
        self._numbers[name] = found
        self._names.look()
        return found

    def _look_at_headings(self, headings: tuple[str, ...]) -> str | None:
        """Refuses headings that say nothing, or are missing; returns that of the column that says buy or sell."""
        for name in self._columns:
            if name not in headings:
                raise NoAnswer(f"the trade has no {name!r}, which rules ask for")
        if (twins := twins_in([str(each) for each in headings], self.prepared.asker.table)) is not None:
            raise NoAnswer(f"`{twins[0]}` and `{twins[1]}` of the trade stand for one column: leave out one of them")
        return self._side_in([str(each) for each in headings], "trades")

    def _side_in(self, headings: Sequence[str], called: str) -> str | None:
        """The heading of the column that says whether a trade buys or sells, if there is one; refused are headings that
        name nothing of a trade."""

        def place(at: int) -> DataPlace:
            return DataPlace(called, column=headings[at])

        found, told = columns_of_trades(self.prepared.rulebook, self.prepared.asker.table, headings, place)
        if told:
            self.prepared.judge.refuse(told)
        return None if found.side is None else headings[found.side]

    def _refuse_nothing(self, place: DataPlace) -> NoReturn:
        """Refuses a trade of no amount, which was most likely forgotten."""
        self.prepared.judge.refuse([say("PD774", place, column=place.column)])

    def _sign(self, heading: str, cell: Any, below_zero: bool) -> int:
        sign = sign_of(frame_cell(cell), below_zero, DataPlace("trades", column=heading))
        if isinstance(sign, Diagnostic):
            self.prepared.judge.refuse([sign])
        return sign

    def _read(self, trade: Mapping[str, Any], asked: str, key: Any) -> int:
        """Reads the words of a trade as those of any row are read; the number of one of them."""
        import pyarrow as pa

        words = self.prepared.words
        columns = {name: (name, column) for name, column in self._columns.items() if name in words}
        cells = {name: (cell := trade[name], cell if type(cell) is str else key_of(cell, name)) for name in columns}
        try:
            piece = pa.table({name: pa.array([cell]) for name, (cell, _) in cells.items()})
        except pa.ArrowException:
            raise Refused(f"`{asked}` is not known of the trade") from None
        batch = read_batch(piece, columns, words)
        self._names.look()
        self.positions.meet(batch)
        for name, (_, known_by) in cells.items():
            entries, numbers = batch.words[name]
            self._numbers.setdefault(name, {})[known_by] = int(numbers[entries[0]])
        return self._numbers[asked][key]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that sums answer, in the order of the rulebook."""
        return tuple(stand.line.check.id for stand in self.positions.stands)

    @property
    def left(self) -> Mapping[str, str]:
        """The rules that sums can't answer, each with the reason."""
        return dict(self.positions.left)

    def what_if_each(self, trades: Any, *, threads: int = 2) -> Many:
        """What each of many trades would do by itself. `trades` is an Arrow table, a frame or the path of a Parquet
        file with the columns of what is owned that rules ask for; an amount below zero is a sale, unless `side` says
        which it is. Raises DataError."""
        import pyarrow as pa

        plan, prepared = self.positions.plan, self.prepared
        source, names = source_of(trades), plan.columns()
        found = read_headings(prepared.rulebook, prepared.asker.table, source, prepared.judge)
        prepared.refuse_doubtful_units(source, found)
        headings = {name: heading for name, (heading, _) in found.items() if name in names}
        for name in self._columns:
            if name not in headings:
                raise NoAnswer(f"the trades have no column {name!r}, which rules ask for")
        side, called = self._side_in(source.headings, source.called or "trades"), source.called or "trades"
        wanted = [*headings.values(), *([] if side is None else [side])]
        pieces = [piece for piece in source.pieces(wanted) if len(piece)]
        if not pieces:
            return Many(self.rules, *of_no_trades(len(self.rules)), self.left)
        piece = pieces[0] if len(pieces) == 1 else pa.Table.from_batches(pieces).combine_chunks()
        for heading in wanted:
            if pa.types.is_nested(kind := piece.schema.field(heading).type):
                raise NoAnswer(f"the cells below `{heading}` are {kind}: write one value in each")
        columns = {
            name: (headings[name], evolve(column, not_negative=column.not_negative and name != self.positions.amount))
            for name, column in self._columns.items()
        }
        try:
            batch = read_batch(self._with_types(piece, columns), columns, prepared.words)
            self._refuse_zero(batch, DataPlace(called, column=headings[self.positions.amount]))
            if side is not None:
                batch = self._signed(batch, piece.column(side), DataPlace(called, column=side))
            self._names.look()
            told = self._names.told({name: batch.numbers_in(name) for name in batch.words}) if self._names.found else ()
            prepared.refuse_totals(source, found)
            told = (*told, *self._shares.told_of_each(piece, headings))
            self.positions.meet(batch)
            proposals = Proposals(self.positions, batch)
            proposals.work_out(threads)
        except Refused as refused:
            raise NoAnswer(str(refused)) from None
        return Many(self.rules, proposals.fails, proposals.answered, self.left, told)

    def _with_types(self, piece: Any, columns: Mapping[str, tuple[str, Column]]) -> Any:
        """The trades with types for columns of numbers and dates that are wholly blank, and so have none."""
        import pyarrow as pa

        for name, (heading, _) in columns.items():
            if name not in self.prepared.words and pa.types.is_null(piece.schema.field(heading).type):
                blank = pa.nulls(len(piece), pa.date32() if name in self._days else pa.int64())
                piece = piece.set_column(piece.schema.get_field_index(heading), heading, blank)
        return piece

    def _refuse_zero(self, batch: Batch, place: DataPlace) -> None:
        """Refuses trades of which one has the amount 0; of a blank one it is not known."""
        given = batch.amounts[self.positions.amount]
        nothing = given.numbers == 0
        if given.missing is not None:
            nothing &= ~given.missing
        if nothing.any():
            self._refuse_nothing(evolve(place, row=int(nothing.argmax()) + 1))

    def _signed(self, batch: Batch, column: Any, place: DataPlace) -> Batch:
        """The trades with the amounts of sales below zero, as `side` says."""
        name = self.positions.amount
        given = batch.amounts[name]
        signed, wrong = with_signs(given, column, side_of)
        if wrong is not None:
            cell, below_zero = frame_cell(column[wrong].as_py()), bool(given.numbers[wrong] < 0)
            found = sign_of(cell, below_zero, evolve(place, row=wrong + 1))
            assert isinstance(found, Diagnostic)
            self.prepared.judge.refuse([found])
        return evolve(batch, amounts={**batch.amounts, name: signed})


def book_of(prepared: Prepared, owned: Owned) -> Book:
    """A book of the rows of a source."""
    if prepared.snapshots is not None:
        raise NoAnswer(f"a book has the rows of one day: leave out the column {prepared.asked.dated!r}")
    plan = prepared.gone_through(wholly_known=True)
    unsettled = frozenset(prepared.unsettled)
    told = prepared.told()
    if -1 in unsettled:
        heading = "" if prepared.asked.world is None else prepared.columns[prepared.asked.world.name][0]
        raise NoAnswer(f"some rows are nobody knows whose: fill in `{heading}`, or ask a session")
    positions = Positions(plan, owned.amount.name, owned.others, bool(owned.table.keys), unsettled)
    try:
        return Book(prepared, positions, positions.unit, told)
    except Refused as refused:
        raise NoAnswer("; ".join(dict.fromkeys([str(refused), *positions.left.values()]))) from None
