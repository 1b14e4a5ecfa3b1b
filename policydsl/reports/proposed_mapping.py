"""What a mapping from somebody's headings and words to a rulebook's would be, written as the file of a mapping.

What is certain stands in it as it is; what is merely near stands behind a `#`, for a person to decide.
"""

import json
import re
from collections.abc import Iterator, Mapping

from policydsl._frozen import frozen
from policydsl.catalogue import nearest
from policydsl.catalogue.languages import sentence
from policydsl.data.heading_units import TERMS, factor_said, unit_with
from policydsl.data.kinds import kind_of
from policydsl.data.mapping import known_words
from policydsl.data.other_currencies import other_currencies
from policydsl.data.standard import by_standard, is_standard
from policydsl.inputs.cells import same_text
from policydsl.inputs.kinds import NumberKind
from policydsl.inputs.number_cells import factor_of
from policydsl.inputs.numbers import unit_key
from policydsl.inputs.sheet import Sheet, shown
from policydsl.inputs.tpt import CATEGORY
from policydsl.inputs.unit_words import unit_in, without_unit
from policydsl.model.rulebook import Column, Rulebook, Table
from policydsl.reports.usual_headings import usual_for

MOST_WORDS = 100
_FEWEST = 3
"""So many usual headings for its columns say that a sheet may be a table."""


@frozen
class Match:
    """A heading and the column it may stand for; `certain` if it is the same words, `usual` if it is another usual one
    for the same thing, `unit` if they name one."""

    heading: str
    column: Column
    certain: bool
    as_it_is: bool
    unit: str = ""
    usual: bool = False


def proposed(sheets: Mapping[str, Sheet], rulebook: Rulebook, language: str) -> str:
    """The text of a mapping file for the sheets."""
    say = _Words(language)
    lines = [say("# For `policydsl check RULEBOOK DATA --map FILE`, from the words of the data to those of {title}.",
                 title=json.dumps(rulebook.title, ensure_ascii=False))]  # fmt: skip
    left = {name: table for name, table in rulebook.tables.items() if table.made is None}
    for name, sheet in sheets.items():
        table = _table(name, sheet, left, rulebook)
        if table is None:
            lines += [
                "",
                say("# {sheet} is not mapped: no table of the rulebook has such headings", sheet=_quoted(name)),
            ]
            continue
        del left[table.name]
        if CATEGORY in sheet.headings and is_standard(table):
            sheet, _ = by_standard(table, sheet)
        lines += ["", *_section(name, sheet, table, rulebook, say)]
    return "\n".join(lines) + "\n"


@frozen
class _Words:
    language: str

    def __call__(self, english: str, **blanks: object) -> str:
        return sentence(self.language, english, **blanks)


def _table(name: str, sheet: Sheet, left: Mapping[str, Table], rulebook: Rulebook) -> Table | None:
    for table in left.values():
        if table.name.casefold() == name.casefold():
            return table
    found = {each: matches(sheet, left[each], rulebook) for each in left}
    counts = {
        each: (sum(one.certain for one in alike), sum(one.usual for one in alike)) for each, alike in found.items()
    }
    best = max(counts, key=lambda each: counts[each], default=None)
    if best is not None and counts[best] >= (0, _FEWEST):
        return left[best]
    near = nearest(name, list(left))
    return None if near is None else left[near]


def matches(sheet: Sheet, table: Table, rulebook: Rulebook) -> list[Match]:
    """The headings that may stand for columns, each column once: certain ones before usual ones, and these before those
    that are near."""
    found: list[Match] = []
    left = list(table.columns)
    headings = list(sheet.headings)
    for as_it_is in (True, False):
        for heading in list(headings):
            for column in left:
                names = (column.name, *column.also)
                if as_it_is and heading.casefold() not in (each.casefold() for each in names):
                    continue
                if not as_it_is and _plain(heading) not in map(_plain, names):
                    continue
                known, unit = (True, "") if as_it_is else _unit(heading, column, rulebook)
                found.append(Match(heading, column, known, as_it_is, unit))
                left.remove(column)
                headings.remove(heading)
                break
    for heading in list(headings):
        things = usual_for(_plain(heading))
        for column in [each for each in left if things & _things(each)][:1]:
            found.append(Match(heading, column, False, False, _unit(heading, column, rulebook)[1], usual=True))
            left.remove(column)
            headings.remove(heading)
    for heading in (each for each in headings if not usual_for(_plain(each))):
        by_words = {_plain(each): column for column in left for each in (column.name, *column.also)}
        near = nearest(_plain(heading), list(by_words))
        if near is not None:
            column = by_words[near]
            found.append(Match(heading, column, False, False, _unit(heading, column, rulebook)[1]))
            left.remove(column)
    return found


def _things(column: Column) -> frozenset[str]:
    return frozenset().union(*(usual_for(_plain(each)) for each in (column.name, *column.also)))


def _plain(heading: str) -> str:
    """A heading without its unit, and however its words are parted."""
    return same_text(re.sub(r"[\W_]+", " ", without_unit(heading)))


def _unit(heading: str, column: Column, rulebook: Rulebook) -> tuple[bool, str]:
    """Whether the unit in a heading is clear, and which unit of the column it is, "" for the column's own."""
    seen, kind = unit_in(heading), kind_of(column, rulebook.scales)
    if seen is None or not isinstance(kind, NumberKind):
        return seen is None, ""
    factor = factor_of(seen, {unit_key(word): factor for word, factor in kind.units.items()})
    factor = factor or factor_said(seen, column, kind)
    return (True, unit_with(factor, kind)) if factor else (False, "")


def _section(name: str, sheet: Sheet, table: Table, rulebook: Rulebook, say: _Words) -> Iterator[str]:
    found = {one.heading: one for one in matches(sheet, table, rulebook)}
    where = {one.column.name: sheet.headings.index(one.heading) for one in found.values()}
    doubted = {dict(each.blanks)["column"]: each for each in other_currencies(table, sheet, where)}
    yield f"[{_key(table.name)}]"
    if name != table.name:
        yield f"from = {_quoted(name)}"
    yield ""
    yield f"[{_key(table.name)}.columns]"
    for heading in sheet.headings:
        one = found.get(heading)
        if one is None:
            yield say("# not mapped: {heading}", heading=_quoted(heading))
        elif one.as_it_is:
            yield say("# {heading} needs no mapping: it is {column}", heading=_quoted(heading), column=one.column.name)
        else:
            to = f"{_quoted(heading)} = {_to(one, say)}"
            if one.unit and (doubt := doubted.get(one.column.name)) is not None:
                yield say("# beside {heading} stands {words}: give the unit only if all of it is in {currency}",
                          heading=_quoted(heading), words=dict(doubt.blanks)["words"],
                          currency=dict(doubt.blanks)["currency"])  # fmt: skip
                yield say("# {mapping}  # nearest: if it is right, take the first # away", mapping=to)
                continue
            yield (
                to if one.certain else say("# {mapping}  # nearest: if it is right, take the first # away", mapping=to)
            )
    taken = {one.column.name for one in found.values()}
    for column in table.columns:
        if column.name not in taken:
            vital = column.key or column.name == table.dated_by or column.name in rulebook.vital(table.name)
            missing = "# missing: {column}, which is needed" if vital else "# missing: {column}"
            yield say(missing, column=column.name)
    for one in found.values():
        yield from _labels(one, sheet, table, rulebook, say)


def _labels(one: Match, sheet: Sheet, table: Table, rulebook: Rulebook, say: _Words) -> Iterator[str]:
    known = known_words(one.column, rulebook.scales)
    own = {same_text(word) for word in known}
    cells = sheet.cells[sheet.headings.index(one.heading)]
    strange = dict.fromkeys(cell.strip() for cell in cells if isinstance(cell, str) and same_text(cell) not in own)
    if not known or not strange:
        return
    yield ""
    yield f"[{_key(table.name)}.labels.{_key(one.column.name)}]"
    yield say("# its words: {words}", words=shown(", ".join(known), 300))
    for word in list(strange)[:MOST_WORDS]:
        near = nearest(word, list(known))
        if near is None:
            yield say("# unknown: {word}", word=_quoted(word))
        else:
            to = f"{_quoted(word)} = {_quoted(near)}"
            yield _nearest(to, say)
    if len(strange) > MOST_WORDS:
        yield say("# and {count} more that are unknown", count=len(strange) - MOST_WORDS)


def _nearest(mapping: str, say: _Words) -> str:
    return say("# {mapping}  # nearest: if it is right, take the first # away", mapping=mapping)


def _to(one: Match, say: _Words) -> str:
    if not one.unit:
        return _quoted(one.column.name)
    unit = say(one.unit) if one.unit in TERMS else one.unit
    return f"{{ column = {_quoted(one.column.name)}, unit = {_quoted(unit)} }}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(text: str) -> str:
    """A text as TOML writes it, on one line."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
