"""Names in trades that nothing owned has yet, and that hardly differ from one that is owned or that rules speak of."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from attrs import define, field

from policydsl.boards.run import Prepared
from policydsl.catalogue import say
from policydsl.data.alike_names import alike_spellings
from policydsl.data.doubtful import footnotes, told_of_footnote
from policydsl.data.grouping import grouped_by
from policydsl.data.named_in_rules import compared_names, hardly_differing
from policydsl.data.total_names import is_called_total, may_be_called
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.figures.values import folded
from policydsl.inputs.raised import is_raised, raised_in
from policydsl.inputs.rough_keys import rough_keys
from policydsl.inputs.sheet import shown
from policydsl.model.types import TextType


@define(eq=False)
class NewNames:
    """What is told of names that trades bring, each looked at once: in a check, of the rows with the trade."""

    prepared: Prepared
    columns: Collection[str]
    """The columns of trades that are read."""
    amount: str
    """That of their amounts."""
    found: dict[tuple[str, int], list[Diagnostic]] = field(factory=dict, init=False)
    """By column and the number of a name, of those of which there is something to tell."""
    _owned: dict[str, int] = field(init=False)
    """How many of the values of each column of texts are owned."""
    _seen: dict[str, int] = field(init=False)
    _keyed: dict[str, dict[str, list[str]]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        words = self.prepared.words
        texts = [name for name in self.columns if name in words and isinstance(words[name].column.type, TextType)]
        self._owned = {name: len(words[name].values) for name in texts}
        self._seen = dict(self._owned)

    def look(self) -> None:
        """Looks at the names that have come since."""
        for name, seen in self._seen.items():
            values = self.prepared.words[name].values
            if len(values) > seen:
                self._seen[name] = len(values)
                new = {value: at for at, value in enumerate(values[seen:], seen) if isinstance(value, str)}
                self._look_at(name, new)

    def told(self, numbers: Mapping[str, Iterable[int]]) -> tuple[Diagnostic, ...]:
        """What is told of trades with these names; refused are those with the mark of a footnote."""
        told = [one for name, some in numbers.items() for at in some for one in self.found.get((name, at), ())]
        if any(one.is_error for one in told):
            self.prepared.judge.refuse(told)
        return tuple(told)

    def _look_at(self, name: str, new: Mapping[str, int]) -> None:
        for text, marked, bare in self._marked(name, new):
            self._tell(name, new[text], told_of_footnote(DataPlace("trades", column=name), marked, {marked: bare}))
        for text, twin in self._alike(name, new):
            place = DataPlace("trades", column=name)
            told = say(
                "PD964",
                place,
                name=shown(twin, 40),
                rows="owned",
                amount="",
                twin=shown(text, 40),
                others="the trade",
                more="",
                column=name,
            )
            self._tell(name, new[text], told)
        for text in may_be_called([*new]):
            if is_called_total(text):
                place = DataPlace("trades", column=name)
                self._tell(name, new[text], say("PD368", place, name=shown(text), column=self.amount))
        of_rules = compared_names(self.prepared.rulebook).get((self.prepared.asker.table.name, name), ())
        for text, twin in hardly_differing(new, of_rules) if of_rules else ():
            place = DataPlace("trades", column=name)
            self._tell(name, new[text], say("PD971", place, name=shown(text, 40), twin=shown(twin, 40)))

    def _tell(self, name: str, number: int, what: Diagnostic) -> None:
        self.found.setdefault((name, number), []).append(what)

    def _marked(self, name: str, new: Mapping[str, int]) -> list[tuple[str, str, str]]:
        """The new names that differ from one that is owned by the mark of a footnote, each with the marked of the two
        and the other."""
        found = []
        marked = [text for text in new if raised_in(text)]
        known = self._by_key(name) if marked else {}
        for text, key in zip(marked, rough_keys([_bare(text) for text in marked]), strict=True):
            twins = footnotes([text, *known.get(key, ())])
            found += [(text, text, twins[text])] if text in twins else []
        owned = self._owned_marks[name]
        for text, key in zip(new, rough_keys(list(new)), strict=True) if owned else ():
            twins = footnotes([text, *owned.get(key, ())])
            found += [(text, twin, text) for twin, other in twins.items() if other == text]
        return found

    def _alike(self, name: str, new: Mapping[str, int]) -> list[tuple[str, str]]:
        """The new names that hardly differ from one that is owned by which rows are grouped together with them."""
        columns = self._grouped.get(name)
        if not columns:
            return []
        found: list[tuple[str, str]] = []
        known = [self._by_key(column) for column in columns]
        for text, key in zip(new, rough_keys(list(new)), strict=True):
            others = [other for each in known for other in each.get(key, ())]
            spelt = {str(folded(each)): each for each in (*others, text)}
            if len(spelt) > len({str(folded(each)) for each in others}) > 0:
                twins = [each for each in alike_spellings(spelt) if str(folded(text)) in each]
                found += [(text, next(spelt[one] for one in names if spelt[one] != text)) for names in twins[:1]]
        return found

    def _by_key(self, name: str) -> dict[str, list[str]]:
        """The names that are owned by their rough keys."""
        if name not in self._keyed:
            names, kept = self._texts(name), self._keyed.setdefault(name, {})
            for text, key in zip(names, rough_keys(names), strict=True):
                kept.setdefault(key, []).append(text)
        return self._keyed[name]

    @cached_property
    def _owned_marks(self) -> dict[str, dict[str, list[str]]]:
        """By column the names that are owned and have raised signs, by the rough keys that they have without."""
        found: dict[str, dict[str, list[str]]] = {}
        for name in self._owned:
            kept = found.setdefault(name, {})
            texts = self._texts(name)
            marked = [] if "".join(texts).isascii() else [text for text in texts if raised_in(text)]
            for text, key in zip(marked, rough_keys([_bare(text) for text in marked]), strict=True):
                kept.setdefault(key, []).append(text)
        return found

    @cached_property
    def _grouped(self) -> dict[str, set[str]]:
        """Of each column by which rows are grouped those whose names come together with its own."""
        found: dict[str, set[str]] = {}
        for pool in grouped_by(self.prepared.rulebook):
            columns = {column for table, column in pool if table == self.prepared.asker.table.name}
            for column in columns & self._owned.keys():
                found.setdefault(column, set()).update(columns & self._owned.keys())
        return found

    def _texts(self, name: str) -> list[str]:
        values = self.prepared.words[name].values
        return [value for value in values[: self._owned[name]] if isinstance(value, str)]


def _bare(text: str) -> str:
    return "".join(sign for sign in text if not is_raised(sign))
