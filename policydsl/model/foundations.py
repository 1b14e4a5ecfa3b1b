"""What definitions stand on: piles of them that nobody could check are told before anything is worked out.

A name may mean a label or a column as well, which is not known yet; so short circles are left to be found on the way.
"""

from collections.abc import Iterator, Mapping

from policydsl.catalogue import say
from policydsl.model.scope import Scope
from policydsl.model.tables_of import parts
from policydsl.syntax import ast

DEEPEST = 40
"""How many definitions may stand on one another; more than any policy needs."""

Node = tuple[str, str]
"""The table of a column or category, empty for what is defined for the whole rulebook; and the name."""
Written = Mapping[Node, ast.Define | ast.Category]


def found(scope: Scope) -> None:
    """Tell of every long circle, and of every definition that stands on too many; neither is worked out after that."""
    written: dict[Node, ast.Define | ast.Category] = {("", name): define for name, define in scope.definitions.items()}
    for table, inside in scope.tables.items():
        written |= {(table, name): define for name, define in inside.definitions.items()}
        written |= {(table, name): category for name, category in inside.categories.items()}
    columns = {name for inside in scope.tables.values() for name in inside.spellings}
    circles, heights = _survey({node: list(_standing_on(node, written, columns)) for node in written})
    wrong: set[Node] = set()
    for circle in circles:
        if len(circle) <= DEEPEST:
            continue
        wrong |= {*circle}
        names = [name for _, name in circle]
        shown = [*names[:3], "...", *names[-2:]]
        scope.diagnostics.append(say("PD205", written[circle[0]].name.span, circle=" -> ".join([*shown, names[0]])))
    high = [node for node, height in heights.items() if height > DEEPEST and node not in wrong]
    scope.diagnostics += [
        say("PD279", written[node].name.span, deepest=DEEPEST) for node in high if heights[node] == DEEPEST + 1
    ]
    for table, name in (*wrong, *high):
        scope.broken.add(name)
        of = scope.definitions if not table else scope.tables[table].definitions
        of.pop(name, None)
        if table:
            scope.tables[table].categories.pop(name, None)


def _standing_on(node: Node, written: Written, columns: set[str]) -> Iterator[Node]:
    """The definitions whose names stand in one; a name that a column has too may mean the column."""
    table = node[0]
    one = written[node]
    body: object = one.body if isinstance(one, ast.Define) else (one.where, one.labels)
    for part in parts(body):
        if isinstance(part, ast.Name) and part.text not in columns:
            for meant in ((table, part.text), ("", part.text)):
                if meant in written:
                    yield meant
                    break


def _survey(graph: Mapping[Node, list[Node]]) -> tuple[list[list[Node]], dict[Node, int]]:
    """The circles, and for every node how many stand one above the other up to it."""
    circles: list[list[Node]] = []
    heights: dict[Node, int] = {}
    for start in graph:
        path: list[Node] = []
        on_path: set[Node] = set()
        pending: list[tuple[Node, bool]] = [(start, False)]
        while pending:
            node, done = pending.pop()
            if done:
                path.pop()
                on_path.discard(node)
                heights[node] = 1 + max((heights.get(each, 0) for each in graph[node]), default=0)
            elif node in on_path:
                circles.append(path[path.index(node) :])
            elif node not in heights:
                path.append(node)
                on_path.add(node)
                pending += [(node, True), *((each, False) for each in reversed(graph[node]))]
    return circles, heights
