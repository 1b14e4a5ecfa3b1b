"""The names of a rulebook, and what they turn out to be: worked out when first asked for, whatever their order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from policydsl._frozen import define, field, frozen
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic, Label
from policydsl.model.expressions import Expression, RowSet
from policydsl.model.made import Made
from policydsl.model.problem import Problem
from policydsl.model.rulebook import (
    Category,
    Column,
    Computed,
    Grouped,
    Linked,
    Parameter,
    Past,
    Quantity,
    Scale,
    Table,
)
from policydsl.model.scenario import Scenario
from policydsl.model.standard import standard_file
from policydsl.model.types import AnswersType, GradeType, LabelType, Type
from policydsl.source import Source, Span
from policydsl.syntax import ast

if TYPE_CHECKING:
    from policydsl.model.expressions import Aggregate


Derived = ast.DerivedTable | ast.StackedTable | ast.LookThrough


@frozen
class Rows:
    """A named set of rows."""

    name: str
    rows: RowSet


@define
class TableScope:
    """A table while its computed columns and categories are being worked out."""

    declared: ast.Table
    columns: dict[str, Column]
    spellings: dict[str, str]
    """Every name of a column, `also` names too, to its own name."""
    definitions: dict[str, ast.Define] = field(factory=dict)
    categories: dict[str, ast.Category] = field(factory=dict)
    computed_done: dict[str, Computed] = field(factory=dict)
    categories_done: dict[str, Category] = field(factory=dict)
    added: dict[str, Linked | Grouped | Past] = field(factory=dict)
    written: Derived | None = None
    """What it is worked out from, as written; None if the data has it."""
    made: Made | None = None

    def names(self) -> list[str]:
        """Everything that a row of it can be asked for."""
        return [*self.spellings, *self.definitions, *self.categories]

    def table(self) -> Table:
        """The checked table."""
        declared = self.declared
        return Table(
            declared.name.text,
            declared.singular.text if declared.singular else None,
            declared.dated_by.text if declared.dated_by else None,
            tuple(self.columns.values()),
            tuple(one for one in self.computed_done.values() if not isinstance(one.type, AnswersType)),
            tuple(self.categories_done.values()),
            tuple(self.added.values()),
            self.made,
            span=declared.span,
        )


@define
class Scope:
    """All declared names, and what has been found wrong so far."""

    sources: dict[str, Source] = field(factory=dict)
    languages: dict[str, str] = field(factory=dict)
    """By path, the language of each file's keywords."""
    diagnostics: list[Diagnostic] = field(factory=list)
    header: ast.Header | None = None
    tables: dict[str, TableScope] = field(factory=dict)
    singulars: dict[str, str] = field(factory=dict)
    scales: dict[str, Scale] = field(factory=dict)
    grades: dict[str, dict[str, int]] = field(factory=dict)
    """Of each scale: every grade in lower case to its rank."""
    parameters: dict[str, Parameter] = field(factory=dict)
    undecided: dict[str, Type | None] = field(factory=dict)
    """Parameters whose value nobody has settled, with the type of what they have been found beside so far."""
    definitions: dict[str, ast.Define] = field(factory=dict)
    per_groups: dict[str, ast.Define] = field(factory=dict)
    """Definitions of a figure of each group."""
    per_groups_done: dict[str, tuple[str, Grouped]] = field(factory=dict)
    """The table whose column each of them is, and the column."""
    made: list[tuple[str, str | None]] = field(factory=list)
    """Tables and columns that are worked out from others, in the order in which they can be."""
    quantities: dict[str, Quantity] = field(factory=dict)
    called: dict[Expression, str] = field(factory=dict)
    """What each defined expression is called: the base by its own name, any other by that of its first definition."""
    rows: dict[str, Rows] = field(factory=dict)
    scenarios: dict[str, Scenario] = field(factory=dict)
    inherited: frozenset[str] = frozenset()
    """The ids of the rules of the rulebooks that this one extends."""
    lower: frozenset[str] = frozenset()
    """The files of those rulebooks."""
    ruled: list[ast.RuleIs] = field(factory=list)
    """The verdicts of other rules that conditions speak of."""
    looks_back: bool = False
    """Whether anything is asked of another day."""
    places: dict[str, Span] = field(factory=dict)
    """Where each name of the rulebook (not of a table) was declared."""
    broken: set[str] = field(factory=set)
    """Names that declarations which did not parse were to declare."""
    country: str | None = None
    """Whose banking days are meant."""
    base: "Aggregate | None" = None
    base_name: str | None = None
    _open: list[str] = field(factory=list)

    def declare(self, name: ast.Name, what: str) -> bool:
        """Take a name; a second declaration of it is told. True if it was free."""
        if (first := self.places.get(name.text)) is not None:
            self.diagnostics.append(
                say("PD204", name.span, name=name.text, what=what, labels=(Label(first, "declared here first"),))
            )
            return False
        self.places[name.text] = name.span
        return True

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Collect what is wrong with one declaration, and go on with the next."""
        try:
            yield
        except Problem as problem:
            self.diagnostics.extend(problem.diagnostics)

    @contextmanager
    def working_out(self, name: ast.Name) -> Iterator[None]:
        """Guard against definitions that speak of themselves."""
        if name.text in self._open:
            circle = " -> ".join([*self._open[self._open.index(name.text) :], name.text])
            raise Problem(say("PD205", name.span, circle=circle))
        self._open.append(name.text)
        try:
            yield
        finally:
            self._open.pop()

    @property
    def depth(self) -> int:
        """How many definitions that stand on one another are being worked out."""
        return len(self._open)

    def grade_type(self, scale: str) -> GradeType:
        """The type of a scale's grades."""
        return GradeType(scale, tuple(grade[0] for grade in self.scales[scale].grades))

    def written(self, span: Span) -> str:
        """What the author wrote there."""
        source = self.sources.get(span.path)
        return "" if source is None else source.words(span)

    def rows_name(self, name: ast.Name) -> str | None:
        """The table that a name or a singular stands for."""
        return name.text if name.text in self.tables else self.singulars.get(name.text)


_WHOLE = ("a table", "a column type")
"""What a file that comes with the program can declare."""


def unknown(name: ast.Name, what: str, known: list[str], likely: list[str] | None = None) -> Problem:
    """A word that names nothing, with the nearest one that does, or else those that are likely."""
    link, dot, of = name.text.partition(".")
    if dot and not name.quoted:
        near = nearest(link, known)
        hint = f": did you mean `{near}.{of}`?" if near and near != link else ""
        return Problem(say("PD500", name.span, link=link, of=of, hint=hint))
    near = nearest(name.text, known)
    hint = f": did you mean `{near}`?" if near else listing(known if likely is None else likely)
    if near is None and what.startswith(_WHOLE) and (file := standard_file(name.text)) is not None:
        hint = f": it stands in `{file}`, which the header of the rulebook takes in, as in `use {file}`"
    return Problem(say("PD200", name.span, name=name.text, what=what, hint=hint))


def listing(known: list[str]) -> str:
    """The first few of the words that would have been right."""
    if not known:
        return ""
    words = sorted(set(known))
    return f": it may be {', '.join(f'`{word}`' for word in words[:8])}{', ...' if len(words) > 8 else ''}"


Resolve = Callable[[str], Expression]
__all__ = ["LabelType", "Resolve", "Rows", "Scope", "TableScope", "Type", "listing", "unknown"]
