"""Declarations, each from column one, with what belongs to it indented."""

from typing import assert_never

from policydsl.syntax import ast
from policydsl.syntax.printing.assertions import assertion, limited
from policydsl.syntax.printing.clauses import INDENT, clauses
from policydsl.syntax.printing.decisions import decide
from policydsl.syntax.printing.derived import derived
from policydsl.syntax.printing.examples import reference, test
from policydsl.syntax.printing.expressions import OR, WHOLE, expression
from policydsl.syntax.printing.grids import cell_item, history_grid, limits_grid
from policydsl.syntax.printing.names import identifier, label, name, path, text
from policydsl.syntax.printing.obligations import attest, duty
from policydsl.syntax.printing.scenarios import scenario
from policydsl.syntax.printing.tables import column_type, scale, table
from policydsl.syntax.printing.waivers import waiver
from policydsl.syntax.words import Words

_WIDEST = 110


def declaration(words: Words, said: ast.Declaration) -> str:
    """The text of a declaration, without the end of its last line."""
    return "\n".join(_lines(words, said))


def _lines(words: Words, said: ast.Declaration) -> list[str]:
    match said:
        case ast.Header():
            return _header(words, said)
        case ast.Table():
            return table(words, said)
        case ast.DerivedTable() | ast.StackedTable() | ast.LookThrough():
            return derived(words, said)
        case ast.Scale():
            return scale(words, said)
        case ast.Category():
            return _category(words, said)
        case ast.Parameter():
            return _parameter(words, said)
        case ast.Define():
            return _define(words, said)
        case ast.Rule():
            return _rule(words, "RULE", said)
        case ast.Limits():
            line = f" {limited(words, said.assertion)}" if said.assertion else ""
            head = f"{words.written('LIMITS')} {identifier(said.id)}{_title(said.title)}:{line}"
            return [head, *limits_grid(words, said, INDENT), *clauses(words, said.clauses)]
        case ast.Duty():
            return duty(words, said)
        case ast.Attest():
            return attest(words, said)
        case ast.Decide():
            return decide(words, said)
        case ast.Waiver():
            return waiver(words, said)
        case ast.Test():
            return test(words, said)
        case ast.Scenario():
            return scenario(words, said)
        case ast.Replace() | ast.Tighten():
            return _changed(words, said)
        case ast.Remove():
            because = f"{words.written('BECAUSE')} {text(said.because)}"
            return [f"{words.written('REMOVE')} {reference(said.of)} {because}"]
        case ast.Broken():
            raise ValueError("a declaration that does not parse cannot be printed")
    assert_never(said)


def _rule(words: Words, word: str, said: ast.Rule | ast.ChangedRule) -> list[str]:
    head = f"{words.written(word)} {identifier(said.id)}{_title(said.title)}:"
    claim = assertion(words, said.assertion)
    lines = [head, f"{INDENT}{claim}"] if said.title else _fitted(head, claim)
    return lines + clauses(words, said.clauses)


def _changed(words: Words, said: ast.Replace | ast.Tighten) -> list[str]:
    word = "REPLACE" if isinstance(said, ast.Replace) else "TIGHTEN"
    match said.by:
        case ast.ChangedRule() as rule:
            return _rule(words, word, rule)
        case ast.ChangedCell(of=of, bound=bound, clauses=more):
            return [f"{words.written(word)} {reference(of)}: {cell_item(words, bound)}", *clauses(words, more)]
        case whole:
            first, *rest = _lines(words, whole)
            return [f"{words.written(word)} {first}", *rest]


def _title(title: str | None) -> str:
    return f" {text(title)}" if title is not None else ""


def _fitted(head: str, rest: str) -> list[str]:
    """On one line what is short enough."""
    line = f"{head} {rest}"
    return [line] if len(line) <= _WIDEST else [head, f"{INDENT}{rest}"]


def _header(words: Words, said: ast.Header) -> list[str]:
    say = words.written
    lines = [f"{say('RULEBOOK')} {text(said.title)}"]
    if said.version is not None:
        lines.append(f"{INDENT}{say('VERSION')} {text(said.version)}")
    if said.adopted_by is not None:
        day = f" {say('ON')} {said.adopted_on}" if said.adopted_on else ""
        lines.append(f"{INDENT}{say('ADOPTED_BY')} {text(said.adopted_by)}{day}")
    for terminal, one in (("CURRENCY", said.currency), ("CALENDAR", said.calendar)):
        lines += [f"{INDENT}{say(terminal)} {name(words, one)}"] if one else []
    if said.uses:
        lines.append(f"{INDENT}{say('USE')} {', '.join(path(words, one) for one in said.uses)}")
    if said.base is not None:
        lines.append(f"{INDENT}{say('BASE')} {name(words, said.base)}")
    if said.within_each:
        lines.append(f"{INDENT}{say('WITHIN_EACH')} {', '.join(name(words, one) for one in said.within_each)}")
    if said.extends is not None:
        lines.append(f"{INDENT}{say('EXTENDS')} {text(said.extends.value)}")
    lines += [f"{INDENT}{say('BINDING')}"] * said.binding
    return lines + clauses(words, said.clauses)


def _category(words: Words, said: ast.Category) -> list[str]:
    say = words.written
    where = f" {say('WHERE')} {expression(words, said.where, OR, of_rows=True)}" if said.where else ""
    head = f"{say('CATEGORY')} {name(words, said.name)} {say('OF')} {name(words, said.table)}{where}"
    return [head, *(f"{INDENT}{_label(words, one)}" for one in said.labels), *clauses(words, said.clauses)]


def _label(words: Words, said: ast.CategoryLabel) -> str:
    if said.condition is None:
        return f"{words.written('OTHERWISE')} {name(words, said.label)}{_title(said.title)}"
    condition = expression(words, said.condition, OR, of_rows=True)
    return f"\n{INDENT}".join(_fitted(f"{label(words, said.label)}{_title(said.title)}:", condition))


def _parameter(words: Words, said: ast.Parameter) -> list[str]:
    if isinstance(said.value, ast.History):
        head = f"{words.written('PARAMETER')} {name(words, said.name)}"
        return [head, *history_grid(words, said.value, INDENT), *clauses(words, said.clauses)]
    if isinstance(said.value, ast.Supplied):
        value = f"{words.written('SUPPLIED_BY_THE_RUN')}, {column_type(words, said.value.type)}"
    else:
        value = expression(words, said.value)
    return [f"{words.written('PARAMETER')} {name(words, said.name)}: {value}", *clauses(words, said.clauses)]


def _define(words: Words, said: ast.Define) -> list[str]:
    table_name = f" {words.written('OF')} {name(words, said.table)}" if said.table else ""
    per = f" {words.written('PER')} {', '.join(name(words, one) for one in said.per)}" if said.per else ""
    head = f"{words.written('DEFINE')} {name(words, said.name)}{table_name}{per} ="
    if isinstance(said.body, ast.RowsWhere):
        where = expression(words, said.body.where, OR, of_rows=True)
        body = f"{name(words, said.body.rows)} {words.written('WHERE')} {where}"
    else:
        assert not isinstance(said.body, ast.Answer), "no text says it"
        body = expression(words, said.body, WHOLE)
    return _fitted(head, body) + clauses(words, said.clauses)
