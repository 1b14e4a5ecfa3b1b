"""How lines that add up rows are called, and those below them that say what a part of the total is."""

import re
from collections.abc import Collection

_TOTAL = re.compile(
    r"(?:grand |del|sub|slut|hoved|huvud)?(?:summa|sum|total|totalt|totals|totalen|totalsum|totalsumma|summering)"
    r"|i ?al+t|sammanlagt|samlet|samtals|yhteensä|gesamt|insgesamt|summe|tot"
    r"|totala|totale|samlede|samtliga|samtlige|portfölj(?:ens |)värde|portefølje(?:ns |)værdi"
)
_SIGN = re.compile(r"\W*(?:s:a\b|[Σ∑](?!\w))", re.I)
"""How totals are abbreviated; `S A` and `S.A.` stand in the names of firms."""
_BEGINS = re.compile(r"\W*(?:gran|del[st]|sub[st]|slut[st]|huvud|hoved|sum|tot|i\W*al|sam|yht|gesa|insg|port)", re.I)
"""How all of these begin, and few other texts: every text of a table is looked at."""
_ENDS = ("total", "totalt", "totals", "totalen", "summa", "sum", "allt", "alt", "sammanlagt")
_SURE = re.compile(
    r"\W*(?:summa|sum\b|totalt|totala\b|total(sum|summa)|i ?al+t|delsumma|samlet|samlede\b|samtlig[ae]\b|sammanlagt"
    r"|subtotal|grand total|portfölj(ens )?värde|portefølje(ns )?værdi)"
)
_SURE_BEHIND = re.compile(r".*\b(?:totalt|i ?al+t|sammanlagt)\W*", re.S)
_PART = re.compile(r"\W*(?:varav|därav|heraf|herav|hvoraf|hvorav|of which|thereof)\b", re.I)

BEFORE_IT_IS_READ = "|".join(
    (
        rf"[^a-z]*(?:{_TOTAL.pattern}|s:a)(?:[^a-z].*)?",
        rf".*[^a-z](?:{_TOTAL.pattern})[^a-z]*",
        r"[^a-z]*(?:[Σσ∑]|varav|därav|heraf|herav|hvoraf|hvorav|of which|thereof).*",
    )
).translate({ord(small): f"[{small}{small.upper()}]" for small in "åäöæø"})
"""What small letters of these names, and of few other texts, fit in a database."""

AS_SMALL_LETTERS = re.compile(
    r"^[^a-z0-9_\n]*(?:gran|del[st]|sub[st]|slut[st]|huvud|hoved|sum|tot|i[^a-z0-9_\n]*al|sam|yht|gesa|insg|port|s:a"
    r"|varav|heraf|herav|hvoraf|hvorav|of which|thereof)"
    r"|(?:total|totalt|totals|totalen|summa|sum|allt|alt|sammanlagt)[ .:;)*]*$",
    re.M,
)
"""How all names of totals and of parts begin or end, of lines of small letters without accents."""


def may_be_called(texts: Collection[str]) -> set[str]:
    """Those of many texts that may be the name of a total or of a part of one; no other is."""
    plain = [text for text in texts if text.isascii() and "\n" not in text]
    found = {text for text in texts if not text.isascii() or "\n" in text} if len(plain) < len(texts) else set()
    lines = "\n".join(plain)
    for match in AS_SMALL_LETTERS.finditer(lines.lower()):
        end = lines.find("\n", match.end())
        found.add(lines[lines.rfind("\n", 0, match.end()) + 1 : end if end >= 0 else len(lines)])
    return found


def is_called_total(text: str) -> bool:
    """Whether a text begins or ends as the name of a total does: `Summa bank`, `Skuld totalt`, `SEB Total`."""
    if _SIGN.match(text):
        return True
    if not _BEGINS.match(text) and not text[-12:].rstrip(" .:;)*").casefold().endswith(_ENDS):
        return False
    words = _words(text)
    return any(_is_total(words[:length]) or _is_total(words[-length:]) for length in (1, 2))


def says_total_alone(text: str) -> bool:
    """Whether a text has no word but that for a total: `Totalt:`, `Grand total`."""
    return _is_total(_words(text)) or _SIGN.fullmatch(text.strip(" .:;")) is not None


def is_sure_total(text: str) -> bool:
    """Whether nothing but a total begins or ends so: `Summa bank`, `Saldo i alt`; a firm may be called `Total`."""
    words = text.strip().casefold()
    return any(one is not None for one in (_SURE.match(words), _SURE_BEHIND.fullmatch(words), _SIGN.match(words)))


def is_total_of(text: str, group: str) -> bool:
    """Whether a text is the name of a group with a word for a total before or behind it: `SEB Total`."""
    words, of = _words(text), _words(group)
    return any(words in ([*of, *words[-length:]], [*words[:length], *of]) for length in (1, 2)) and bool(of)


def is_called_part(text: str) -> bool:
    """Whether a text begins as what is a part of a total does: `varav gröna lån`."""
    return _PART.match(text) is not None


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w ]+", " ", text.casefold()).split()


def _is_total(words: list[str]) -> bool:
    return _TOTAL.fullmatch(" ".join(words)) is not None
