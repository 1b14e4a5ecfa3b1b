"""What a declaration is called."""

from policydsl.syntax import ast


def name_of(declaration: ast.Declaration) -> str:
    """What a declaration is called: its id, its name, or its title."""
    for field in ("id", "name", "title"):
        found = getattr(declaration, field, None)
        if found is not None:
            return found.text if isinstance(found, ast.Name) else str(found)
    return ""
