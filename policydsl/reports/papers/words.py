"""The words that a blank of a template may begin with, in the languages in which templates are written."""

from typing import Literal

Kind = Literal[
    "title", "day", "month", "version", "figure", "rule", "limits", "table", "text", "verdict", "attention", "kept",
    "all_limits", "all_figures", "missing", "waivers", "duties", "notes", "run", "behind",
]  # fmt: skip

WORDS: dict[Kind, tuple[str, str, str]] = {
    "title": ("title", "titel", "titel"),
    "day": ("day", "dag", "dag"),
    "month": ("month", "månad", "måned"),
    "version": ("version", "version", "version"),
    "figure": ("figure", "tal", "tal"),
    "rule": ("rule", "regel", "regel"),
    "limits": ("limits", "gränser", "grænser"),
    "table": ("table", "tabell", "tabel"),
    "text": ("text", "text", "tekst"),
    "verdict": ("verdict", "omdöme", "dom"),
    "attention": ("attention", "anmärkningar", "anmærkninger"),
    "kept": ("kept", "uppfyllda", "overholdte"),
    "all_limits": ("all limits", "alla gränser", "alle grænser"),
    "all_figures": ("all figures", "alla tal", "alle tal"),
    "missing": ("missing", "saknas", "mangler"),
    "waivers": ("waivers", "dispenser", "dispensationer"),
    "duties": ("duties", "skyldigheter", "pligter"),
    "notes": ("notes", "noter", "noter"),
    "run": ("run", "körning", "kørsel"),
    "behind": ("behind", "underlag", "grundlag"),
}
"""Each in English, Swedish and Danish."""

NAMING: frozenset[Kind] = frozenset({"figure", "rule", "limits", "table", "text"})
"""Those that names follow."""

INLINE: frozenset[Kind] = frozenset({"title", "day", "month", "version", "figure", "rule"})
"""Those that may stand in the middle of a sentence."""

KINDS: dict[str, Kind] = {word: kind for kind, words in WORDS.items() for word in words}
