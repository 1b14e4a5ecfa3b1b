"""Whether a record is what was recorded: every entry, every verdict, every text and sheet that they rest on.

Without a head, somebody who can write to the file and works out all hashes anew leaves no trace. With a head that was
noted elsewhere (on paper, in the minutes, in a mail) nothing that was recorded before it can be altered unseen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

from attrs import define, field, frozen

from policydsl.diagnostics import Diagnostic
from policydsl.records.chain import FIRST, Entry, Head
from policydsl.records.connection import RecordError
from policydsl.records.database import Database
from policydsl.records.documents import DOCUMENT, needed_by
from policydsl.records.lines_audit import line_faults
from policydsl.records.packing import unpacked
from policydsl.records.rulings import CAUSE, DECISION
from policydsl.records.run import RUN, Run

What = Literal["altered", "removed", "inserted", "moved", "damaged", "head"]


@frozen
class Fault:
    """Something that is not what was recorded: an English sentence with blanks, and what fills them."""

    what: What
    sentence: str
    blanks: Mapping[str, object]

    @property
    def text(self) -> str:
        """In English."""
        return self.sentence.format(**self.blanks)


@frozen
class Audit:
    """What an audit found. `head` is that of the record as it is now; `after` are, of each head that was given and
    found, how many entries have been added since."""

    runs: int
    verdicts: int
    head: Head | None
    faults: tuple[Fault, ...]
    after: tuple[tuple[Head, int], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def audited(
    database: Database,
    heads: Sequence[Head] = (),
    again: bool = False,
    document: Callable[[int], tuple[Diagnostic, ...]] = lambda _: (),
) -> Audit:
    """An audit of a record, held against heads that were noted; with `again` every run is judged anew, too, and the
    `document` of a run is made once more, which tells what is otherwise."""
    work = _Work(database, document)
    with database.reading():
        faults = [*work.of_file(), *work.of_entries(), *work.of_lines(), *work.of_contents()]
        after = []
        for head in heads:
            number, wrong = work.of_head(head)
            faults += wrong
            if number is not None:
                after.append((Head(number, head.hash), work.entries[-1].number - number))
    faults += work.of_verdicts() if again else []
    last = work.entries[-1].head if work.entries else None
    runs = sum(entry.kind == RUN for entry in work.entries)
    return Audit(runs, work.verdicts, last, tuple(faults), tuple(after))


@define(eq=False)
class _Work:
    database: Database
    document: Callable[[int], tuple[Diagnostic, ...]]
    entries: list[Entry] = field(factory=list)
    verdicts: int = 0
    _needed: dict[str, str] = field(factory=dict)
    """The contents that runs rest on, and what each is."""
    _unread: set[int] = field(factory=set)
    """The entries of which it is not known what they rest on."""

    def of_file(self) -> Iterator[Fault]:
        """Whether the file is whole, and holds only what belongs to a record."""
        if (damage := self.database.damage()) is not None:
            yield Fault("damaged", "the file is damaged: {damage}", {"damage": damage.splitlines()[0]})
        for name, is_ours in self.database.changed():
            told = "`{name}` in the file is not as policydsl makes it"
            yield Fault("altered" if is_ours else "inserted", told, {"name": name})

    # --- entries ------------------------------------------------------------------------------------------------------

    def of_entries(self) -> Iterator[Fault]:
        """Whether every entry is what it was, follows the one that it followed, and none is missing."""
        self.entries = self.database.entries()
        was = {entry.number: _was(entry, self.entries) for entry in self.entries}
        once: dict[int, list[Entry]] = {}
        for entry in self.entries:
            if (number := was[entry.number]) is not None:
                once.setdefault(number, []).append(entry)
        yield from self._missing(sorted({*once, *was}), once, was)
        for entry in self.entries:
            number = was[entry.number]
            if number is None:
                yield Fault("altered", "{entry} has been altered", {"entry": _called(entry)})
            elif number != entry.number:
                told = "{entry} was entry {number}: entries have been moved"
                yield Fault("moved", told, {"entry": _called(entry), "number": number})
            elif not _in_place(entry, once):
                if len(once[number]) > 1:
                    yield Fault("inserted", "{entry} has been inserted", {"entry": _called(entry)})
                else:
                    told = "{entry} has been altered, and its hash worked out anew"
                    yield Fault("altered", told, {"entry": _called(entry)})

    def _missing(
        self, numbers: Sequence[int], once: Mapping[int, Sequence[Entry]], was: Mapping[int, int | None]
    ) -> Iterator[Fault]:
        """The numbers that no entry was recorded under, a thousand of each stretch at most."""
        for before, number in pairwise([0, *numbers]):
            gone = list(range(before + 1, min(number, before + 1001)))
            if number not in once and was.get(number) is not None:
                gone.append(number)  # one that was recorded under another stands here
            for each in gone:
                yield Fault("removed", "entry {number} has been removed", {"number": each})

    def of_head(self, head: Head) -> tuple[int | None, list[Fault]]:
        """The number of the entry with a head that was noted, or what must have become of it."""
        entry = next((one for one in self.entries if one.hash == head.hash), None)
        if entry is not None and entry.hash == entry.hash_as(entry.number):
            wrong = head.number is not None and head.number != entry.number
            told = "the head {head} is that of entry {number}"
            return entry.number, [Fault("head", told, {"head": head, "number": entry.number})] if wrong else []
        last = self.entries[-1].number if self.entries else 0
        if head.number is not None and head.number > last:
            told = "entry {number}, whose head was noted, is not there: the record ends with entry {last}"
            return None, [Fault("removed", told, {"number": head.number, "last": last})]
        if head.number is not None:
            told = "entry {number} had the hash {hash}: it or one before it was altered and the hashes worked out anew"
            return None, [Fault("altered", told, {"number": head.number, "hash": head.hash})]
        told = "no entry has the hash {hash}: the end was removed, or entries were altered and hashes worked out anew"
        return None, [Fault("head", told, {"hash": head.hash})]

    # --- what entries rest on -----------------------------------------------------------------------------------------

    def of_lines(self) -> Iterator[Fault]:
        """Whether every verdict and figure is what it was."""
        for entry in self.entries:
            body = _body(entry)
            if body is None:
                self._unread.add(entry.number)
                if entry.kind in (RUN, CAUSE, DECISION, DOCUMENT) and entry.hash == entry.hash_as(entry.number):
                    yield _unreadable(entry)
                continue  # that it was altered was told
            try:
                self._needs(entry, body)
                found, faults = line_faults(self.database, entry, body)
            except (AttributeError, KeyError, TypeError, ValueError):  # so that can be written by no run
                self._unread.add(entry.number)
                if entry.hash == entry.hash_as(entry.number):
                    yield _unreadable(entry)
                continue
            self.verdicts += found
            yield from (Fault(what, told, blanks) for what, told, blanks in faults)
        known = {entry.number for entry in self.entries}
        for number in self.database.with_lines():
            if number in known:
                continue
            told = "verdicts were inserted under the number {number}, which is no run"
            yield Fault("inserted", told, {"number": number})

    def _needs(self, entry: Entry, body: Mapping[str, Any]) -> None:
        needed = [(body.get("trades"), "the list of trades")]
        needed += needed_by(body) if entry.kind == DOCUMENT else []
        for one in body.get("rulebooks", ()):
            needed += [(hash, f"the text of {path}") for path, hash in one["files"]]
            needed.append((one["told"], f"the remarks on {one['title']}"))
        needed += [(hash, f"the table {name}") for name, hash in body.get("tables", ())]
        needed.append((body.get("told"), "the remarks on the data"))
        needed += [(one["lines"], f"the list of verdicts of {one['title']}") for one in body.get("reports", ())]
        for hash, name in needed:
            if hash is not None:
                self._needed.setdefault(hash, f"{name}, of {_called(entry)}")

    def of_contents(self) -> Iterator[Fault]:
        """Whether every text and sheet is what it was, and none is there that nothing rests on."""
        there = self.database.contents()
        for hash in there:
            if hash not in self._needed and not self._unread:
                yield Fault("inserted", "a text was inserted that no run rests on: {hash}", {"hash": hash})
            elif hash in self._needed and self.database.content(hash) is None:
                yield Fault("altered", "{what} has been altered", {"what": self._needed[hash]})
        for hash in sorted(self._needed.keys() - set(there), key=str):
            yield Fault("removed", "{what} has been removed", {"what": self._needed[hash]})

    def of_verdicts(self) -> Iterator[Fault]:
        """Whether the rulebook and data of each run still give the verdicts that stand in it."""
        from policydsl.records.replaying import replayed

        for entry in self.entries:
            if entry.kind not in (RUN, DOCUMENT) or entry.number in self._unread:
                continue  # what can't be read was told
            try:
                is_run = entry.kind == RUN
                told = replayed(Run(entry, self.database))[1] if is_run else self.document(unpacked(entry.body)["run"])
            except RecordError as refused:
                told = refused.diagnostics
            except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError):
                yield _unreadable(entry)
                continue
            if told:
                words = "{entry} comes out otherwise when it is judged again: {why}"
                yield Fault("altered", words, {"entry": _called(entry), "why": told[0].message})


def _unreadable(entry: Entry) -> Fault:
    return Fault("altered", "{entry} can't be read", {"entry": f"entry {entry.number}"})


def _was(entry: Entry, entries: Sequence[Entry]) -> int | None:
    """The number under which an entry was recorded; None if it is not what was recorded under any."""
    if entry.hash == entry.hash_as(entry.number):
        return entry.number
    follows = [one.number + 1 for one in entries if one.hash == entry.previous]
    known = {*range(1, len(entries) + 2), *(one.number for one in entries), *follows}
    return next((number for number in sorted(known) if entry.hash == entry.hash_as(number)), None)


def _in_place(entry: Entry, once: Mapping[int, Sequence[Entry]]) -> bool:
    """Whether what was recorded next follows an entry; the first follows nothing."""
    next_ones = once.get(entry.number + 1, ())
    begins = entry.number > 1 or entry.previous == FIRST
    return begins and (not next_ones or any(one.previous == entry.hash for one in next_ones))


def _called(entry: Entry) -> str:
    try:
        days = dict.fromkeys(str(one["as_of"]) for one in unpacked(entry.body)["reports"])
    except (KeyError, TypeError, ValueError):
        return f"entry {entry.number}"
    return f"run {entry.number} ({', '.join(days)})"


def _body(entry: Entry) -> dict[str, Any] | None:
    """What an entry says; None if it is none that policydsl writes, which only an altered one is."""
    try:
        found = unpacked(entry.body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
