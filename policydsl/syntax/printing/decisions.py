"""The `decide` declaration."""

from policydsl.syntax import ast
from policydsl.syntax.printing.clauses import INDENT, clauses
from policydsl.syntax.printing.grids import body, grid, heading
from policydsl.syntax.printing.names import name
from policydsl.syntax.words import Words

_HITS = {"first": "FIRST_ROW_THAT_FITS", "strictest": "STRICTEST_ROW", "all": "ALL_ROWS_THAT_FIT"}


def decide(words: Words, said: ast.Decide) -> list[str]:
    """The lines of a `decide`."""
    of = f"{words.written('FOR')} {name(words, said.table)}" if said.table else ""
    by = f"{words.written('BY')} {', '.join(name(words, one) for one in said.by)}" if said.by else ""
    hits = f": {words.written(_HITS[said.hits])}" if said.hits in _HITS else ""
    heads = [heading(words, head) for head in said.heads]
    table = grid([heads, *body(words, said.rows)], INDENT)
    return [f"{words.written('DECIDE')} {name(words, said.name)} {of}{by}{hits}", *table, *clauses(words, said.clauses)]
