"""The calendars that a header may name."""

from policydsl.model.scope import unknown
from policydsl.syntax import ast

COUNTRIES = {"sweden": "Sweden", "sverige": "Sweden", "denmark": "Denmark", "danmark": "Denmark"}
"""Each name, in small letters, and the country that it is of."""


def country(name: ast.Name) -> str:
    """The country whose banking days a calendar has."""
    found = COUNTRIES.get(name.text.casefold())
    if found is None:
        raise unknown(name, "a calendar", sorted(each.capitalize() for each in COUNTRIES))
    return found
