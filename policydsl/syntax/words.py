"""The keywords of one language, read from its table in `grammar/`: spellings in, canonical words out, and back."""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from policydsl._frozen import frozen
from policydsl._resources import resource_dir
from policydsl.syntax.kept_words import keep, place_of, recall

_FIRST_WORD = re.compile(r"[^\W\d]\w*(?:-\w+)*")
_MULTIPLE_OF_CURRENCY = r"(?=\s+[A-Z]{3}(?![\w-]))"


@frozen
class Phrase:
    """One spelling of a terminal.

    `rest` is a pattern of what follows its first word, and `means` what it means if that is more than its terminal.
    """

    terminal: str
    spelling: str
    rest: str
    means: object = None


@frozen
class Unit:
    """How a unit is written: behind a number, behind the number 1, and by itself."""

    many: str
    one: str
    called: str


@frozen(eq=False)
class Words:
    """A language's keyword table, ready for the lexer and the printer."""

    code: str
    phrases: dict[str, tuple[Phrase, ...]]
    """By first word, the longest first."""
    spellings: dict[str, tuple[str, ...]]
    """By terminal; the first is the one written back."""
    declarations: frozenset[str]
    """Words that begin a declaration, spelled."""
    units: dict[str, Unit]
    """By canonical unit."""
    prefixes: dict[str, int]
    """`k`, `M`, `bn`: what stands before a currency and what it multiplies by."""
    multiples: dict[int, str]
    """How a multiple is written."""
    months: tuple[str, ...]
    """How the months of the year are written."""
    digits: str
    """A pattern of a number."""
    foreign_digits: str
    """A pattern of a number with another language's decimal sign."""
    decimal: str
    foreign: str
    """The decimal sign of other languages."""
    blank_before_unit: bool
    """Whether a blank parts a number from a sign such as `%`."""
    in_place: dict[str, str]
    """Spellings that are written back in some places instead of the first: `no rows`, `every period`, ..."""
    home_currency: str | None
    """The currency that `kr` and its like are of."""
    language_line: frozenset[str]
    """What the first line of a file may begin with to name the language."""
    superfluous: frozenset[str]
    """Words that the language has and rules do not."""
    instead: dict[str, str]
    """What authors write by habit, and the spelling or sign that means it here."""
    terminal_of: dict[str, str]
    """The terminal of each spelling."""

    def written(self, terminal: str) -> str:
        """How a terminal is written back."""
        return self.spellings[terminal][0]

    def number(self, digits: str) -> Fraction:
        """What a number of this language is worth."""
        if digits.isdecimal():
            return Fraction(int(digits))
        return Fraction(re.sub(r"\s", "", digits).replace(self.decimal, "."))


def _terminal(entry: str) -> str:
    return entry.upper().replace(" ", "_")


def _phrase(terminal: str, spelling: str, means: object = None, ahead: str = "") -> tuple[str, Phrase]:
    first = _FIRST_WORD.match(spelling)
    assert first is not None, spelling
    rest = re.sub(r"(?:\\ )+", r"\\s+", re.escape(spelling[first.end() :]))
    if rest:
        rest += r"(?!\.)" if rest.endswith(".") else r"(?![\w-])"
    return first.group(), Phrase(terminal, spelling, rest + ahead, means)


def _by_first_word(found: Iterable[tuple[str, Phrase]]) -> dict[str, tuple[Phrase, ...]]:
    index: dict[str, list[Phrase]] = {}
    for first, phrase in found:
        index.setdefault(first, []).append(phrase)
    return {first: tuple(sorted(same, key=lambda p: -len(p.spelling))) for first, same in index.items()}


@cache
def words_of(code: str = "en") -> Words:
    """The keyword table of a language."""
    text = (resource_dir("grammar") / f"{code}.toml").read_text(encoding="utf-8")
    place = place_of(text, __file__)
    found = recall(place)
    if isinstance(found, Words) and found.code == code:
        return found
    made = _words(code, text)
    keep(place, made)
    return made


def _words(code: str, text: str) -> Words:
    import tomllib  # not needed where a table was kept

    table = tomllib.loads(text)
    entries = {**table["declarations"], **table["words"]}
    found = [_phrase(_terminal(entry), spelling) for entry, spellings in entries.items() for spelling in spellings]
    for unit, forms in table["units"].items():
        for spelling in {forms["many"], forms["one"], forms["called"], *forms["also"]}:
            if _FIRST_WORD.match(spelling):
                found.append(_phrase("UNIT", spelling, (1, unit)))
    for multiple, spellings in table["multiples"].items():
        found += [_phrase("MULTIPLE", spelling, int(multiple)) for spelling in spellings]
    months = {int(month): spellings for month, spellings in table["months"].items()}
    found += [_phrase("MONTH", spelling, month) for month, spellings in months.items() for spelling in spellings]
    prefixes = {word: int(multiple) for multiple, spelled in table["currency-prefixes"].items() for word in spelled}
    found += [_phrase("MULTIPLE", word, value, _MULTIPLE_OF_CURRENCY) for word, value in prefixes.items()]
    home = dict(table["money"])
    currency = home.pop("currency", None)
    for multiple, spellings in home.items():
        found += [_phrase("UNIT", spelling, (int(multiple), currency)) for spelling in spellings]
    decimal, foreign = re.escape(table["decimal"]), re.escape(table["wrong-decimal"])
    return Words(
        code=code,
        phrases=_by_first_word(found),
        spellings={_terminal(entry): tuple(spellings) for entry, spellings in entries.items()},
        declarations=frozenset(word for spellings in table["declarations"].values() for word in spellings),
        units={unit: Unit(forms["many"], forms["one"], forms["called"]) for unit, forms in table["units"].items()},
        prefixes=prefixes,
        multiples={int(multiple): spellings[0] for multiple, spellings in table["multiples"].items()},
        months=tuple(months[month][0] for month in range(1, 13)),
        digits=rf"\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}}){{1,9}}(?!\d)(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?",
        foreign_digits=rf"\d[\d \u00a0\u202f]{{0,30}}(?:{foreign}\d+)+",
        decimal=table["decimal"],
        foreign=table["wrong-decimal"],
        blank_before_unit=table["blank-before-unit"],
        in_place=table["in-place"],
        home_currency=currency,
        language_line=frozenset(table["language-line"]),
        superfluous=frozenset(table["superfluous"]),
        instead=table["instead"],
        terminal_of={spelling: _terminal(entry) for entry, spellings in entries.items() for spelling in spellings},
    )
