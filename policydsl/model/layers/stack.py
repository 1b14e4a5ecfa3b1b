"""Layers put on one another: the declarations that hold in the end, and what became of each."""

from collections.abc import Iterator, Sequence
from typing import Any

from policydsl._frozen import define, evolve, field, frozen
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic, Label
from policydsl.model.currencies import CURRENCIES
from policydsl.model.layers.merging import kept_clauses, kept_header, shortened, waivable
from policydsl.model.limits import cell_names
from policydsl.model.origin import Change, Origin, Removed
from policydsl.source import Source, Span
from policydsl.syntax import ast

Files = Sequence[tuple[Source, ast.File]]
Named = ast.Parameter | ast.Define | ast.Category | ast.Decide
Statement = ast.Replace | ast.Tighten | ast.Remove

_WHAT = {"Rule": "a rule", "Limits": "a table of limits", "Attest": "a question"}


@frozen
class Tightened:
    """A rule, or a cell of a table of limits, before and after it was tightened."""

    old: ast.Rule | ast.Limits
    new: ast.Rule | ast.Limits
    cell: str | None
    span: Span


@define
class Stack:
    """All layers, the lowest first."""

    held: list[tuple[Source, list[ast.Declaration]]] = field(factory=list)
    read: dict[str, ast.File] = field(factory=dict)
    """The trees as they were read, by path."""
    diagnostics: list[Diagnostic] = field(factory=list)
    titles: list[str] = field(factory=list)
    origins: dict[str, Origin] = field(factory=dict)
    """Of each rule, by its id."""
    cells: dict[tuple[str, str], list[tuple[Change, tuple[ast.Clause, ...]]]] = field(factory=dict)
    """What was changed in a cell of a table of limits, by the table's id and the cell's name."""
    renewed: dict[tuple[str, str], Change] = field(factory=dict)
    """The parameters, definitions and categories that were replaced, by their table, if they are of one, and name."""
    tightened: list[Tightened] = field(factory=list)
    removed: list[Removed] = field(factory=list)
    lower: set[str] = field(factory=set)
    """The files of all layers but the highest."""
    inherited: frozenset[str] = frozenset()
    """The ids of the rules of all layers but the highest."""
    unasked: int = 0
    _binding: set[str] = field(factory=set)
    """The ids and names that may only be tightened."""
    _header: ast.Header | None = None
    _changed: list[tuple[str, str | None, Span]] = field(factory=list)
    """What the layer that is being put on has changed: an id or name, and the cell, if it is one."""

    @property
    def files(self) -> list[tuple[Source, ast.File]]:
        """The files with the declarations that hold."""
        return [(source, evolve(self.read[source.path], declarations=tuple(held))) for source, held in self.held]

    def put_on(self, files: Files) -> None:
        """One more layer on top."""
        headers = [one for _, file in files for one in file.declarations if isinstance(one, ast.Header)]
        header = headers[0] if headers else None
        self.titles.append(header.title if header is not None else "")
        self.lower |= {source.path for source, _ in self.held}
        self.inherited = frozenset(self.origins)
        self._changed.clear()
        if self.held:
            self.diagnostics += _other_currencies(files)
        for source, file in files:
            for statement in (one for one in file.declarations if isinstance(one, Statement)):
                self._change(statement, source)
        if header is not None and self._header is not None:
            self._take_out(self._header)
            for _, held in self.held:
                held[:] = [waivable(one, self._header) for one in held]
            merged, told = kept_header(self._header, header)
            self.diagnostics += told
            if self._binding:
                self.diagnostics += shortened(self._header, header)
            files = [(source, _with(file, header, merged)) for source, file in files]
            header = merged
        self._header = header or self._header
        if header is not None and header.binding:  # a law is all that it stands on, too
            self._binding |= {name for _, _, one in self._all() if (name := _name(one)) is not None}
        for source, file in files:
            self.read[source.path] = file
            self.held.append((source, [one for one in file.declarations if not isinstance(one, Statement)]))
            for one in file.declarations:
                self._know(one, source, header is not None and header.binding)

    def _know(self, one: Any, source: Source, binding: bool) -> None:
        """A declaration of the layer that is put on: where it comes from, and whether it may be replaced later."""
        id = getattr(one, "id", None)
        if isinstance(id, str):
            line = source.position(one.span.start).line
            self.origins.setdefault(id, Origin(self.titles[-1], source.path, line))
        if binding and (name := _name(one)) is not None:
            self._binding.add(name)

    # --- finding ------------------------------------------------------------------------------------------------------

    def _all(self) -> Iterator[tuple[int, int, Any]]:
        for at, (_, held) in enumerate(self.held):
            for index, one in enumerate(held):
                yield at, index, one

    def _with_id(self, id: str, span: Span) -> tuple[int, int, Any] | None:
        """Where a rule of the base stands; told if there is none."""
        found = next((each for each in self._all() if getattr(each[2], "id", None) == id), None)
        if found is None:
            self._unknown(
                id, [each[2].id for each in self._all() if isinstance(getattr(each[2], "id", None), str)], span
            )
        return found

    def _unknown(self, name: str, known: list[str], span: Span) -> None:
        near = nearest(name, known)
        self.diagnostics.append(say("PD621", span, name=name, hint=f": did you mean `{near}`?" if near else ""))

    def _may(self, how: str, id: str, cell: str | None, span: Span) -> bool:
        """Whether something may be changed: a law only be tightened, and all only once in one rulebook."""
        name = id if cell is None else f"{id}[{cell}]"
        if how != "tightened" and id in self._binding:
            self.diagnostics.append(say("PD623", span, name=name, how=how))
            return False
        for other, part, first in self._changed:
            if other == id and (part is None or cell is None or part == cell):
                told = say("PD624", span, name=name, labels=(Label(first, "changed here first"),))
                self.diagnostics.append(told)
                return False
        self._changed.append((id, cell, span))
        return True

    def _take_out(self, one: ast.Declaration) -> None:
        for _, held in self.held:
            held[:] = [each for each in held if each is not one]

    # --- changing -----------------------------------------------------------------------------------------------------

    def _change(self, statement: Statement, source: Source) -> None:
        line = source.position(statement.span.start).line
        match statement:
            case ast.Remove(of=of, because=because):
                self._remove(of, Change("removed", self.titles[-1], source.path, line, because))
            case ast.Replace(by=by):
                self._put(by, Change("replaced", self.titles[-1], source.path, line), source)
            case ast.Tighten(by=by):
                self._put(by, Change("tightened", self.titles[-1], source.path, line), source)

    def _put(self, by: Any, change: Change, source: Source) -> None:
        match by:
            case ast.ChangedRule():
                self._put_rule(by, change)
            case ast.ChangedCell():
                self._put_cell(by, change, source)
            case ast.Limits() | ast.Duty() | ast.Attest():
                self._put_whole(by, change)
            case _:
                self._put_named(by, change)

    def _put_rule(self, by: ast.ChangedRule, change: Change) -> None:
        found = self._with_id(by.id, by.id_span)
        if found is None:
            return
        at, index, old = found
        if not isinstance(old, ast.Rule):
            self._not_so(old, by.id, by.id_span)
            return
        if self._may(change.how, by.id, None, by.id_span):
            new = ast.Rule(
                old.id,
                by.title if by.title is not None else old.title,
                by.assertion,
                kept_clauses(old.clauses, by.clauses),
                id_span=by.id_span,
                span=by.span,
            )
            self._settle(at, index, new, by.id, change)
            if change.how == "tightened":
                self.tightened.append(Tightened(old, new, None, by.id_span))

    def _not_so(self, old: Any, id: str, span: Span) -> None:
        what = _WHAT.get(type(old).__name__, f"a {type(old).__name__.lower()}")
        self.diagnostics.append(say("PD622", span, name=id, what=what))

    def _put_cell(self, by: ast.ChangedCell, change: Change, source: Source) -> None:
        found = self._cell(by.of)
        if found is None:
            return
        at, index, old, name, row, column = found
        if self._may(change.how, old.id, name, by.of.span):
            text = " ".join(source.words(by.bound.span).split())
            new = _with_cell(old, row, column, ast.Cell((by.bound,), text=text, span=by.bound.span))
            self.held[at][1][index] = new
            self.cells.setdefault((old.id, name), []).append((change, by.clauses))
            if change.how == "tightened":
                self.tightened.append(Tightened(old, new, name, by.of.span))

    def _cell(self, of: ast.Reference) -> tuple[int, int, ast.Limits, str, int, int] | None:
        """The cell that a reference names; told if there is none, or if it may be one of several."""
        found = self._with_id(of.id, of.span)
        if found is None:
            return None
        at, index, old = found
        if not isinstance(old, ast.Limits):
            self._not_so(old, of.id, of.span)
            return None
        cells = list(cell_names(old))
        wanted = _plain(of.cell or "")
        fitting = [one for one in cells if _plain(one[0]) == wanted]
        fitting = fitting or [one for one in cells if _plain(one[0]).startswith(f"{wanted},")]
        if len(fitting) != 1:
            self._unknown(f"{of.id}[{of.cell}]", [f"{of.id}[{name}]" for name, _, _ in fitting or cells], of.span)
            return None
        return at, index, old, *fitting[0]

    def _put_whole(self, by: ast.Limits | ast.Duty | ast.Attest, change: Change) -> None:
        """A table of limits, a duty or a question in the place of one of the same kind."""
        found = self._with_id(by.id, by.id_span)
        if found is None:
            return
        at, index, old = found
        if not isinstance(old, type(by)):
            self._not_so(old, by.id, by.id_span)
        elif self._may(change.how, by.id, None, by.id_span):
            new: ast.Limits | ast.Duty | ast.Attest = evolve(by, clauses=kept_clauses(old.clauses, by.clauses))
            if isinstance(new, ast.Limits | ast.Duty) and not isinstance(old, ast.Attest):
                new = evolve(new, title=new.title or old.title)
            self._settle(at, index, new, by.id, change)
            for key in [key for key in self.cells if key[0] == by.id]:
                del self.cells[key]

    def _settle(self, at: int, index: int, new: ast.Declaration, id: str, change: Change) -> None:
        self.held[at][1][index] = new
        origin = self.origins[id]
        self.origins[id] = evolve(origin, changes=(*origin.changes, change))

    def _put_named(self, by: Any, change: Change) -> None:
        """A parameter, a definition, a decision or a category in the place of the base's."""
        table = _table(by)
        for at, index, old in self._all():
            if type(old) is type(by) and (old.name, _table(old)) == (by.name, _table(by)):
                if self._may(change.how, by.name.text, table, by.name.span):
                    self.held[at][1][index] = evolve(by, clauses=kept_clauses(old.clauses, by.clauses))
                    self.renewed[table, by.name.text] = change
                return
        self._unknown(by.name.text, [old.name.text for _, _, old in self._all() if type(old) is type(by)], by.name.span)

    def _remove(self, of: ast.Reference, change: Change) -> None:
        if of.cell is not None:
            found = self._cell(of)
            if found is None:
                return
            at, index, old, name, row, column = found
            if self._may(change.how, old.id, name, of.span):
                self.held[at][1][index] = _with_cell(old, row, column, ast.Cell((), text="-", span=of.span))
                self.cells.setdefault((old.id, name), []).append((change, ()))
                self._gone(f"{old.id}[{name}]", old, change)
            return
        place = self._with_id(of.id, of.span)
        if place is not None and self._may(change.how, of.id, None, of.span):
            self._take_out(place[2])
            for _, held in self.held:
                held[:] = [one for one in held if not (isinstance(one, ast.Waiver) and one.of.id == of.id)]
            self._gone(of.id, place[2], change)
            self.origins.pop(of.id)

    def _gone(self, id: str, old: Any, change: Change) -> None:
        origin = self.origins[old.id]
        gone = evolve(origin, changes=(*origin.changes, change))
        self.removed.append(Removed(id, getattr(old, "title", None), gone))


def _other_currencies(files: Files) -> Iterator[Diagnostic]:
    """Names that rules of a lower layer may use for a currency, which would mean something else all at once."""
    for _, file in files:
        for one in file.declarations:
            if isinstance(one, ast.Parameter | ast.Define) and one.name.text in CURRENCIES:
                yield say("PD629", one.name.span, name=one.name.text)


def _name(one: Any) -> str | None:
    """The id or name by which a declaration could be changed; None of one that can't."""
    id = getattr(one, "id", None)
    return id if isinstance(id, str) else one.name.text if isinstance(one, Named) else None


def _table(one: Any) -> str:
    """The table of a column that is defined, or empty."""
    table = getattr(one, "table", None)
    return "" if table is None else str(table.text)


def _with(file: ast.File, old: ast.Declaration, new: ast.Declaration) -> ast.File:
    return evolve(file, declarations=tuple(new if one is old else one for one in file.declarations))


def _with_cell(limits: ast.Limits, row: int, column: int, cell: ast.Cell) -> ast.Limits:
    cells = tuple(cell if at == column else one for at, one in enumerate(limits.rows[row].cells))
    rows = tuple(evolve(one, cells=cells) if at == row else one for at, one in enumerate(limits.rows))
    return evolve(limits, rows=rows)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
