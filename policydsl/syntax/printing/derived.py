"""Tables that are worked out from others."""

from policydsl.syntax import ast
from policydsl.syntax.printing.clauses import INDENT
from policydsl.syntax.printing.expressions import OR, WHOLE, expression
from policydsl.syntax.printing.names import field_name, name
from policydsl.syntax.words import Words

Derived = ast.DerivedTable | ast.StackedTable | ast.LookThrough


def derived(words: Words, said: Derived) -> list[str]:
    """The lines of a table that is worked out from others."""
    say = words.written
    singular = f", {say('EACH')} {name(words, said.singular)}" if said.singular else ""
    head = f"{say('TABLE')} {name(words, said.name)}{singular}"
    match said:
        case ast.StackedTable(sources=sources):
            return [head, *(f"{INDENT}{_source(words, one)}" for one in sources)]
        case ast.DerivedTable(rows=rows, where=where, per=per, fields=fields, every=every):
            per_words = ", ".join(name(words, one) for one in per)
            per_words = f"{say('EACH')} {per_words}" if every else per_words
            head = f"{head} {say('FROM')} {_rows(words, rows, where)} {say('PER')} {per_words}"
            return [head, *(f"{INDENT}{_field(words, one)}" for one in fields)]
    scaled = ", ".join(name(words, one) for one in said.scaled)
    return [
        f"{head} {say('FROM')} {_rows(words, said.rows, said.where)} {say('THROUGH')} {name(words, said.parts)}",
        f"{INDENT}{words.in_place['on columns']} {name(words, said.on)} = {name(words, said.key)}",
        f"{INDENT}{say('SCALING')} {scaled} {say('BY')} {name(words, said.weight)}",
    ]


def _rows(words: Words, rows: ast.Name, where: ast.Expr | None) -> str:
    condition = f" {words.written('WHERE')} {expression(words, where, OR, of_rows=True)}" if where else ""
    return f"{name(words, rows)}{condition}"


def _source(words: Words, said: ast.StackedSource) -> str:
    fields = ", ".join(f"{name(words, one.name)} = {_value(words, one.body)}" for one in said.fields)
    return f"{words.written('FROM')} {_rows(words, said.rows, said.where)}: {fields}"


def _field(words: Words, said: ast.Field) -> str:
    return f"{field_name(words, said.name)} = {expression(words, said.body, WHOLE)}"


def _value(words: Words, body: ast.Expr) -> str:
    return expression(words, body, OR, of_rows=True)
