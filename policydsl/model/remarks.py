"""What a declaration's clauses say about it."""

from collections.abc import Sequence

from policydsl.model.rulebook import Remarks
from policydsl.syntax import ast


def remarks_of(clauses: Sequence[ast.Clause]) -> Remarks:
    """The clauses in the checked form; `warn at` belongs to the bound and is not among them."""
    texts: dict[str, list[str]] = {"source": [], "note": [], "quote": [], "waivable by": []}
    items: list[str] = []
    not_checkable: list[tuple[str, str]] = []
    start = end = None
    cure = None
    for clause in clauses:
        match clause:
            case ast.Remark(kind=kind, text=text):
                texts[kind].append(text)
            case ast.Item(text=text, not_checkable=None):
                items.append(text)
            case ast.Item(text=text, not_checkable=str(reason)):
                not_checkable.append((text, reason))
            case ast.Validity():
                start = clause.start or start
                end = clause.end or end
            case ast.CureWithin(term=term):
                cure = f"{term.number} {term.unit}"
    return Remarks(
        tuple(texts["source"]),
        tuple(texts["note"]),
        tuple(texts["quote"]),
        tuple(items),
        tuple(not_checkable),
        texts["waivable by"][0] if texts["waivable by"] else None,
        start,
        end,
        cure,
    )
