"""Columns of texts. Most have no other signs than those that all databases know the small letters of; the others are
fetched, once each, and made equal here."""

import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from policydsl.engines.sql.database import Database, Field, Refused
from policydsl.engines.sql.held import Held, missing
from policydsl.engines.sql.in_place.columns import Plain
from policydsl.engines.sql.in_place.relation import Native, Relation
from policydsl.engines.sql.storing import numbered_name
from policydsl.figures.values import folded
from policydsl.inputs.cells import reader
from policydsl.inputs.frame_cells import frame_cell
from policydsl.inputs.kinds import TextKind
from policydsl.model.expressions import Value
from policydsl.model.rulebook import Column, Scale

MOST_DIFFERENT = 200_000
_ASCII = "!-~"
_LARGE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "".join(chr(sign) for sign in range(0xC0, 0xDF) if sign != 0xD7)
_SMALL = "".join(sign.casefold() for sign in _LARGE)
_BEYOND = "".join(chr(sign) for sign in range(0xC0, 0x100) if sign not in (0xD7, 0xDF, 0xF7))
BLANKS = "".join(chr(sign) for sign in range(sys.maxunicode + 1) if chr(sign).isspace())


def _words(signs: str) -> str:
    return f"[{signs}]+( [{signs}]+)*"


class Texts(Plain):
    """A column of texts, or of whole numbers that are read as texts."""

    def __init__(
        self, column: Column, native: Native, name: str, scales: Mapping[str, Scale], relation: Relation
    ) -> None:
        super().__init__(column, native, name, scales, relation.database)
        self._relation = relation
        if native.kind != "text":
            self.sql = self.database.written(native.sql)
        self.cells: Sequence[str] | None = None
        """Its different texts, where they have been asked for."""
        self.few = False
        """Whether few of them differ, as the first rows say."""
        self._alike: str | None = None

    def held(self) -> Held:
        """The text as SQL has it."""
        raw = f"t.{self.name}"
        if self._alike is None:
            self._alike = raw if self.native.kind == "whole" else self._folded(raw)
        return self.with_blanks(Held("text", self._alike, written=raw))

    def _folded(self, raw: str) -> str:
        """A text as it is compared."""
        of, sql = self.database, self.native.sql
        odd, found = self._odd(sql)
        if not odd:
            return f"LOWER({raw})"
        alike = f"TRANSLATE({raw}, {of.text(_LARGE)}, {of.text(_SMALL)})"
        if not found:
            return alike
        if len(found) > MOST_DIFFERENT:
            raise Refused(f"more than {MOST_DIFFERENT} different texts have unusual signs")
        side, texts = numbered_name("d"), [None if each is None else str(folded(each)) for each in self._read(found)]
        of.store(side, [Field("k", "text", found), Field("f", "text", texts)])
        self.joins = {side: f"LEFT JOIN {side} ON {side}.k = {raw}"}
        return f"CASE WHEN {side}.k IS NULL THEN {alike} ELSE {side}.f END"

    def _odd(self, sql: str) -> tuple[bool, Sequence[str]]:
        """Whether texts have other signs than those of ASCII, and those that have yet others."""
        known = _words(_ASCII + _BEYOND)
        if self.cells is not None:
            odd = not all(map(re.compile(_words(_ASCII)).fullmatch, self.cells))
            fits = re.compile(known).fullmatch
            return odd, [cell for cell in self.cells if not fits(cell)] if odd else ()
        counted, strange = self._signs(sql)
        if not strange:
            return bool(counted), ()
        fits_there = self.database.fits(sql, known)
        rest = f"WHERE {sql} IS NOT NULL AND NOT {fits_there} LIMIT {MOST_DIFFERENT + 1}"
        return True, [str(row[0]) for row in self._relation.ask([f"DISTINCT {sql}"], rest)]

    def _signs(self, sql: str) -> tuple[int, int]:
        """How many texts have other signs than those of ASCII, and how many have yet others; each text once, where
        few seem to differ."""
        of, relation = self.database, self._relation
        asked = (of.fits("x", _words(signs)) for signs in (_ASCII, _ASCII + _BEYOND))
        what = ", ".join(f"COALESCE(SUM(CASE WHEN {each} THEN 0 ELSE 1 END), 0)" for each in asked)
        each = "DISTINCT " if self.few else ""
        texts = f"(SELECT {each}{sql} AS x FROM {relation.source} WHERE {sql} IS NOT NULL) AS d"
        ((odd, strange),) = of.ask(f"SELECT {what} FROM {texts}")
        return odd, strange

    def _read(self, raw: Sequence[Any]) -> Sequence[Value]:
        read = reader(TextKind())
        return [read(frame_cell(each)) for each in raw]  # type: ignore[misc]  # a text is never wrong

    def values(self, raw: Sequence[Any]) -> Sequence[Value]:
        """The values of what was selected."""
        from policydsl.data.meaning import meant

        return meant(tuple(self._read(raw)), *self._as())


def is_blank(text: str) -> bool:
    """Whether a text is blank, as `blank` says it in SQL."""
    return not text.strip(BLANKS)


def blank(sql: str, of: Database) -> str:
    """Whether a text is blank."""
    return f"({missing(sql)} OR TRIM(BOTH {of.text(BLANKS)} FROM {sql}) = '')"
