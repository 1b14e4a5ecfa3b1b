"""The checked rulebook: what the author wrote, with every default filled in. Only `check` builds one."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from policydsl._frozen import field, frozen
from policydsl.model.expressions import Aggregate, ColumnOf, Constant, Expression, RowSet, Sign
from policydsl.model.made import Made
from policydsl.model.obligations import Obligation
from policydsl.model.origin import Change, Origin, Removed
from policydsl.model.periods import Period
from policydsl.model.scenario import Scenario
from policydsl.model.types import Type
from policydsl.source import Source, Span

Outcome = Literal["pass", "warning", "deviation", "breach", "waived", "undetermined", "not applicable"]


@frozen
class Column:
    """A column that the data is to have. A number in the data times `factor` is the value in the type's own unit
    (`money in KSEK` 1000, `share in %` 1/100, `term in years` 12)."""

    name: str
    type: Type
    key: bool = False
    not_negative: bool = False
    blank: Literal["none", "no", "0", "unrated"] | None = None
    also: tuple[str, ...] = ()
    factor: Fraction = Fraction(1)
    separator: str | None = None
    span: Span = field(eq=False, kw_only=True)


@frozen(kw_only=True)
class Linked(Column):
    """A column of another table, read through a link: `issuer.country`."""

    link: str
    """The column that holds the key of a row of `table`."""
    table: str
    of: str
    """The column or category of `table` that is read; it may be a linked one too."""


@frozen(kw_only=True)
class Grouped(Column):
    """A figure of the group that a row belongs to: `define w per issuer = share`."""

    worlds: tuple[ColumnOf, ...]
    groups: tuple[ColumnOf, ...]
    figure: Expression


@frozen(kw_only=True)
class Past(Column):
    """A column as it stood on another day, of the row with the same key: `intensity on (as_of - 1 year)`."""

    of: str
    date: Expression | None
    """The day; None for the date before the latest that has rows."""


@frozen
class Computed:
    """A column that the rulebook defines from others of its table."""

    name: str
    type: Type
    expression: Expression
    span: Span = field(eq=False, kw_only=True)


@frozen
class CategoryLabel:
    """A label and its condition; None on the last, `otherwise`."""

    label: str
    title: str | None
    condition: Expression | None


@frozen
class Category:
    """Of the rows for which `where` holds, the first label whose condition does; other rows have no label."""

    name: str
    table: str
    where: Expression | None
    labels: tuple[CategoryLabel, ...]
    span: Span = field(eq=False, kw_only=True)


@frozen
class Table:
    """A table. `computed` stand in the order in which they can be worked out."""

    name: str
    singular: str | None
    dated_by: str | None
    columns: tuple[Column, ...]
    computed: tuple[Computed, ...] = ()
    categories: tuple[Category, ...] = ()
    added: tuple[Linked | Grouped | Past, ...] = ()
    """Columns whose values come from other tables, from all rows of a group, or from another day."""
    made: Made | None = None
    """What its rows are worked out from; None if the data has them."""
    span: Span = field(eq=False, kw_only=True)

    def column(self, name: str) -> Column | Computed | None:
        """The column of that name."""
        every: tuple[Column | Computed, ...] = (*self.columns, *self.added, *self.computed)
        return next((column for column in every if column.name == name), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the columns that name a row."""
        return tuple(column.name for column in self.columns if column.key)


@frozen
class Scale:
    """Grades, best first, each with its equivalents; and the words for unrated."""

    name: str
    grades: tuple[tuple[str, ...], ...]
    unrated: tuple[str, ...] = ()
    span: Span = field(eq=False, kw_only=True)


@frozen
class Remarks:
    """What a declaration says about itself."""

    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    not_checkable: tuple[tuple[str, str], ...] = ()
    """Items with the reason why they can't be checked."""
    waivable_by: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    cure_within: Constant | None = None


@frozen
class Parameter:
    """A value with a name; `value` is None if the run supplies it, nobody has decided it, or it has a `history`. A
    plain number that the run supplies, times `factor`, is the value in the type's own unit."""

    name: str
    type: Type
    value: Constant | tuple[Constant, ...] | None
    supplied: bool = False
    remarks: Remarks = Remarks()
    factor: Fraction = Fraction(1)
    history: tuple[Period, ...] = ()
    """Its values over time, the earliest first."""
    span: Span = field(eq=False, kw_only=True)

    @property
    def values(self) -> tuple[Constant, ...]:
        """Every single value that it has or had."""
        every = (self.value, *(period.value for period in self.history))
        return tuple(value for value in every if isinstance(value, Constant))


@frozen
class Quantity:
    """A defined figure: shown below the limits whether or not a rule speaks of it."""

    name: str
    expression: Expression
    remarks: Remarks = Remarks()
    span: Span = field(eq=False, kw_only=True)


@frozen
class Bound:
    """What a figure is held against; with `of`, the values are shares of that sum. `value` is None while undecided.

    `between` means `value` to `high`, both included. `norm` is shown, and under `should` asked for. `warn` is a share
    of the limit where `warn_of_limit`, else in the bound's own terms.
    """

    op: Sign | Literal["between"]
    value: Expression | None
    high: Expression | None = None
    of: Aggregate | None = None
    norm: Expression | None = None
    warn: Expression | None = None
    warn_of_limit: bool = False


@frozen
class Limit:
    """A figure and its bound; without one (`-`) the figure is only shown."""

    figure: Expression
    bound: Bound | None
    unless: Expression | None = None


@frozen
class RowsHold:
    """Of every row of the set the condition holds, unless the exemption does (exempt rows are listed)."""

    rows: RowSet
    condition: Expression
    unless: Expression | None = None


@frozen
class Holds:
    """A condition on quantities."""

    condition: Expression
    unless: Expression | None = None


@frozen
class Always:
    """That a check holds on every day of a term that ends with the day judged; without one, from the first date of the
    data on."""

    term: Expression | None


@frozen
class Windows:
    """That a check holds of the rows of any stretch of time: from each date of a column on, for a term."""

    term: Expression
    column: ColumnOf


@frozen
class Purchase:
    """That a check is judged of each trade, with what is owned as it stood before the trade's day."""

    trades: str
    key: str
    """The column that names a trade."""
    table: str
    """The table that holds what is owned."""


@frozen
class Check:
    """One assertion: a rule, or a cell of a `limits` table, which `id` names as authors do: `T5[D..E, duration > 7y]`.

    `worlds` are the columns of `within each`, `groups` those of `per`. Each condition of `whens` stands with the number
    of groups that had been named before it.
    """

    id: str
    rule: str
    cell: str | None
    title: str | None
    assertion: Limit | RowsHold | Holds | Obligation
    strength: Literal["must", "should"]
    worlds: tuple[ColumnOf, ...]
    groups: tuple[ColumnOf, ...]
    whens: tuple[tuple[Expression, int], ...]
    remarks: Remarks
    categories: tuple[tuple[str, str], ...] = ()
    """Table and name of the categories that it speaks of: rows outside all their labels are told."""
    requirement: str = ""
    """The assertion with all defaults filled in, as rule text."""
    always: Always | None = None
    windows: Windows | None = None
    due: Expression | None = None
    """The day from which on it must hold."""
    purchase: Purchase | None = None
    origin: Origin | None = field(default=None, eq=False)
    """Where it comes from, in a rulebook that extends another."""
    span: Span = field(eq=False, kw_only=True)


@frozen
class Waiver:
    """A deviation from a check that was granted, from one day until another, both included; without an end it stands.

    `group` are the groups that it is granted to, `rows` the columns and values of the rows; empty means all of them.
    The cap stands in place of the bound's end: the greater one if `raises` (for grades in ranks, whose best is the
    least). Without a cap it goes as far as anything can.
    """

    id: str
    check: str
    granted_by: str
    granted_on: date
    until: date | None
    because: str
    group: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, Constant], ...] = ()
    cap: Constant | None = None
    raises: bool = True
    cap_words: str = ""
    """The cap as an author writes it: `up to 60%`."""
    remarks: Remarks = Remarks()
    span: Span = field(eq=False, kw_only=True)

    def in_force(self, day: date | None) -> bool:
        """Whether it stands on a day."""
        return day is not None and self.granted_on <= day and (self.until is None or day <= self.until)


@frozen
class Expectation:
    """What a test expects: of a check (by id) an outcome, a value, a group; of a quantity a value; of a column in some
    rows, and of a quantity that is no figure, what `probe` asks."""

    of: str
    outcome: Outcome | None
    at: Constant | None
    group: tuple[tuple[str, str], ...]
    probe: Check | None = None
    span: Span = field(eq=False, kw_only=True)


@frozen
class TestTable:
    """A `given` table: headings and rows of texts, to be read as a file's cells are."""

    table: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    lines: tuple[int, ...]
    span: Span = field(eq=False, kw_only=True)


@frozen
class TestCase:
    """An example with its expected verdicts."""

    title: str
    as_of: date | None
    tables: tuple[TestTable, ...]
    parameters: tuple[tuple[str, Constant], ...]
    expectations: tuple[Expectation, ...]
    scenario: str | None = None
    span: Span = field(eq=False, kw_only=True)


@frozen
class Rulebook:
    """A rulebook in which everything is bound; a wrong one cannot exist."""

    title: str
    version: str | None
    adopted_by: str | None
    adopted_on: date | None
    currency: str | None
    remarks: Remarks
    tables: Mapping[str, Table]
    scales: Mapping[str, Scale]
    parameters: Mapping[str, Parameter]
    quantities: tuple[Quantity, ...]
    checks: tuple[Check, ...]
    tests: tuple[TestCase, ...]
    sources: tuple[Source, ...] = field(eq=False, repr=False)
    text_hash: str = ""
    meaning_hash: str = ""
    base: Aggregate | None = None
    """The sum that a bare percentage is of."""
    waivers: tuple[Waiver, ...] = ()
    ruled: bool = False
    """Whether some rule speaks of the verdict of another."""
    looks_back: bool = False
    """Whether anything is asked of another day than the one that is judged."""
    scenarios: tuple[Scenario, ...] = ()
    layers: tuple[str, ...] = ()
    """The titles of the rulebooks that it is built on, the lowest first, and its own; empty if it stands alone."""
    removed: tuple[Removed, ...] = ()
    renewed: tuple[tuple[str, Change], ...] = ()
    """The parameters, definitions and categories of its bases that were replaced."""
    unasked: int = 0
    """How many expectations of its bases' tests are not asked, since what they are about has been changed."""
    made: tuple[tuple[str, str | None], ...] = ()
    """The tables (with None) and added columns that are worked out before judging, each after those that it needs."""
    language: str = field(default="en", eq=False)
    """The language of the keywords of the file with the header."""
    told_in: str | None = field(default=None, eq=False)
    """The language of verdicts and reports, if it is another."""

    def vital(self, table: str) -> frozenset[str]:
        """The columns of a table without which no figure of it stands: the measure of the base."""
        if self.base is None or self.base.rows.table != table or not isinstance(self.base.measure, ColumnOf):
            return frozenset()
        return frozenset([self.base.measure.name])
