"""What stands on a parameter, a definition or a category that was replaced: by name, so rather one too many."""

from collections.abc import Iterator

from policydsl.model.layers.stack import Stack
from policydsl.model.tables_of import parts
from policydsl.syntax import ast

_NAMED = (
    ast.Parameter, ast.Define, ast.Category, ast.Decide, ast.DerivedTable, ast.StackedTable, ast.LookThrough,
)  # fmt: skip


class Standing:
    """Which replaced names each declaration stands on."""

    def __init__(self, stack: Stack) -> None:
        self._words: dict[str, set[str]] = {}
        header = None
        for _, file in stack.files:
            for one in file.declarations:
                header = one if isinstance(one, ast.Header) else header
                if isinstance(one, _NAMED):
                    self._words.setdefault(one.name.text, set()).update(_words(one))
        self._aliases = _aliases(stack)
        self._renewed = {name for _, name in stack.renewed}
        self._base = set() if header is None or header.base is None else {header.base.text}

    def on(self, declaration: object) -> tuple[str, ...]:
        """The replaced names, in alphabetical order."""
        seen: set[str] = set()
        waiting = [*_words(declaration), *self._base]
        while waiting:
            word = waiting.pop()
            if word not in seen:
                seen.add(word)
                waiting += [*self._words.get(word, ()), *self._aliases.get(word, ())]
        return tuple(sorted(seen & self._renewed))


def _words(declaration: object) -> Iterator[str]:
    """The names in it; of `issuer.group.country` each part by itself too."""
    for part in parts(declaration):
        if isinstance(part, ast.Name):
            yield part.text
            if "." in part.text:
                yield from part.text.split(".")


def _aliases(stack: Stack) -> dict[str, list[str]]:
    """Other words for what has a name: each label with the categories that have it, each answer with its decision
    table, and the word for one row with its table."""
    found: dict[str, list[str]] = {}
    for _, file in stack.files:
        for one in file.declarations:
            if isinstance(one, _NAMED):
                for alias in _aliases_of(one):
                    found.setdefault(alias.text, []).append(one.name.text)
    return found


def _aliases_of(one: ast.Declaration) -> Iterator[ast.Name]:
    match one:
        case ast.Category(labels=labels):
            yield from (label.label for label in labels)
        case ast.Decide(heads=heads):
            yield from (head.name for head in heads if isinstance(head, ast.AnswerHead))
        case ast.DerivedTable() | ast.StackedTable() | ast.LookThrough():
            yield from () if one.singular is None else (one.singular,)
