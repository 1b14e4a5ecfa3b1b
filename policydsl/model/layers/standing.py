"""What stands on a parameter, a definition or a category that was replaced: by name, so rather one too many."""

from collections.abc import Iterator

from policydsl.model.layers.stack import Stack
from policydsl.model.tables_of import parts
from policydsl.syntax import ast


class Standing:
    """Which replaced names each declaration stands on."""

    def __init__(self, stack: Stack) -> None:
        self._words: dict[str, set[str]] = {}
        header = None
        for _, file in stack.files:
            for one in file.declarations:
                header = one if isinstance(one, ast.Header) else header
                if isinstance(one, ast.Parameter | ast.Define | ast.Category | ast.Decide):
                    self._words.setdefault(one.name.text, set()).update(_words(one))
        self._aliases = _labels(stack)
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
    return (part.text for part in parts(declaration) if isinstance(part, ast.Name))


def _labels(stack: Stack) -> dict[str, list[str]]:
    """Each label with the categories that have it."""
    found: dict[str, list[str]] = {}
    for _, file in stack.files:
        for one in file.declarations:
            if isinstance(one, ast.Category):
                for label in one.labels:
                    found.setdefault(label.label.text, []).append(one.name.text)
    return found
