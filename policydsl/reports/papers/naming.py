"""Whether what the blanks of a template name is there; a name that is not gets the nearest one that is."""

from collections.abc import Iterator, Mapping, Sequence

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.model.made import EXISTS
from policydsl.model.rulebook import Rulebook
from policydsl.reports.papers.pages import Blank, Page
from policydsl.reports.papers.words import Kind

SAID: dict[Kind, str] = {
    "figure": "figure",
    "rule": "rule",
    "limits": "table of limits",
    "table": "table",
    "text": "text",
}


def unknown_names(pages: Sequence[Page], rulebook: Rulebook) -> tuple[Diagnostic, ...]:
    """What is wrong with the names on pages, against the rulebook with the template's figures."""
    known = names_of(rulebook)
    return tuple(one for page in pages for blank in page.blanks for one in _wrong(blank, known, rulebook))


def names_of(rulebook: Rulebook) -> Mapping[Kind, Sequence[str]]:
    """All that can be named, by kind."""
    rules = dict.fromkeys(check.rule for check in rulebook.checks)
    cells = dict.fromkeys(check.id for check in rulebook.checks if check.cell is not None)
    grids = dict.fromkeys(check.rule for check in rulebook.checks if check.cell is not None)
    return {
        "figure": [quantity.name for quantity in rulebook.quantities],
        "rule": [*rules, *cells],
        "limits": [*grids],
        "table": [*rulebook.tables],
    }


def _wrong(blank: Blank, known: Mapping[Kind, Sequence[str]], rulebook: Rulebook) -> Iterator[Diagnostic]:
    for name in blank.names:
        if blank.kind not in known or name in known[blank.kind]:
            continue
        yield say(
            "PD884", blank.where, what=f"no {SAID[blank.kind]} `{name}`", hints=tuple(_hints(name, blank.kind, known))
        )
    if blank.kind == "table" and blank.columns and (table := rulebook.tables.get(blank.names[0])) is not None:
        columns = [each.name for each in table.columns if each.name != EXISTS]
        columns += [each.name for each in table.computed]
        columns += [each.name for each in table.categories]
        for name in blank.columns:
            if name not in columns:
                near = nearest(name, columns)
                told = f"did you mean `{near}`?" if near else f"there are {', '.join(f'`{each}`' for each in columns)}"
                yield say("PD891", blank.where, table=table.name, name=name, hints=(told,))


def _hints(name: str, kind: Kind, known: Mapping[Kind, Sequence[str]]) -> Iterator[str]:
    """The nearest name, and what else is called so."""
    for other, names in known.items():
        if other != kind and name in names:
            yield f"`{name}` is a {SAID[other]}"
            return
    if (near := nearest(name, list(known[kind]))) is not None:
        yield f"did you mean `{near}`?"
    elif kind in ("figure", "table"):
        yield "figures and tables of the template's own stand in its file `figures.policy`"
