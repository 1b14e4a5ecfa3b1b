"""Finding a scenario by its title."""

from policydsl.catalogue import nearest
from policydsl.model.scenario import Scenario


def scenario_named(title: str, scenarios: tuple[Scenario, ...]) -> Scenario | None:
    """The scenario of that title, whatever its capitals."""
    return next((one for one in scenarios if one.title.casefold() == title.strip().casefold()), None)


def unknown_scenario(title: str, scenarios: tuple[Scenario, ...]) -> str:
    """What to say of a title that no scenario has."""
    known = [one.title for one in scenarios]
    near = nearest(title, known)
    return f": did you mean `{near}`?" if near else f": there are {', '.join(known)}" if known else ""
