"""HTML put together so that no text of the data or the rulebook can be taken for markup."""

import re
from collections.abc import Iterable
from html import escape

from policydsl.reports.signs import allowed

_QUOTED = re.compile("`([^`\n]+)`")
VOID = {"meta", "link", "br", "col"}


class Markup(str):
    """Text that is HTML already."""


Inside = str | Iterable["Inside"] | None


def html(inside: Inside) -> Markup:
    """What stands in an element: texts are escaped, markup is kept."""
    if inside is None:
        return Markup("")
    if isinstance(inside, Markup):
        return inside
    if isinstance(inside, str):
        return Markup(escape(allowed(inside), quote=False))
    return Markup("".join(html(each) for each in inside))


def tag(name: str, /, *inside: Inside, **attributes: str | bool | None) -> Markup:
    """An element; `class_` is the attribute `class`, `aria_label` `aria-label`, and None leaves one out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value not in (None, False))
    end = "" if name in VOID else f"</{name}>"
    return Markup(f"<{name}{written}>{html(inside)}{end}")


def prose(text: str) -> Markup:
    """A sentence; what stands in it between backticks is rule text."""
    parts = _QUOTED.split(text)
    return html(tag("code", part) if at % 2 else part for at, part in enumerate(parts))


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-") if key != "viewBox" else key
    return f" {name}" if value is True else f' {name}="{escape(allowed(str(value)), quote=True)}"'
