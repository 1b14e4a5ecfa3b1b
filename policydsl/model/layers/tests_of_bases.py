"""The tests of the lower layers: they are run too, but for what they expect of something that was changed."""

from policydsl._frozen import evolve
from policydsl.model.layers.stack import Stack
from policydsl.model.layers.standing import Standing
from policydsl.syntax import ast


def without_what_changed(stack: Stack) -> None:
    """Leave out of the lower layers' tests each expectation of a rule, limit or quantity that is not as it was, and
    each test that gives a value to a parameter that was replaced."""
    standing = Standing(stack)
    changed = {id for id, origin in stack.origins.items() if origin.changes}
    changed |= {removed.id for removed in stack.removed}
    for _, file in stack.files:
        for one in file.declarations:
            name = one.name.text if isinstance(one, ast.Define) else getattr(one, "id", None)
            if isinstance(name, str) and standing.on(one):
                changed.add(name)
    changed |= {name for _, name in stack.renewed}
    cells = {(id, _plain(cell)) for id, cell in stack.cells}
    for source, held in stack.held:
        if source.path in stack.lower:
            held[:] = [each for one in held if (each := _asked(one, changed, cells, stack)) is not None]


def _asked(
    one: ast.Declaration, changed: set[str], cells: set[tuple[str, str]], stack: Stack
) -> ast.Declaration | None:
    if not isinstance(one, ast.Test):
        return one
    given = {each.name.text for each in one.givens if isinstance(each, ast.GivenValue)}
    kept = tuple(each for each in one.expects if not _is_changed(each.of, changed, cells))
    if given & changed:
        kept = ()
    stack.unasked += len(one.expects) - len(kept)
    return evolve(one, expects=kept) if kept else None


def _is_changed(of: ast.Reference, changed: set[str], cells: set[tuple[str, str]]) -> bool:
    cell = _plain(of.cell or "")
    return of.id in changed or any(id == of.id and (name == cell or name.startswith(f"{cell},")) for id, name in cells)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
