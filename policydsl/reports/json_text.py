"""JSON for reading: indented as `json.dumps` does it, which builds millions of pieces on the way."""

from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as quoted

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


def json_text(value: Json, line: str = "\n") -> str:
    """A value as JSON; `line` begins a line of what it stands in."""
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value).lower()
    inside = line + "  "
    if isinstance(value, Mapping):
        return _joined("{", [f"{quoted(key)}: {json_text(each, inside)}" for key, each in value.items()], "}", line)
    return _joined("[", [json_text(each, inside) for each in value], "]", line)


def _joined(first: str, parts: list[str], last: str, line: str) -> str:
    inside = line + "  "
    return f"{first}{inside}{f',{inside}'.join(parts)}{line}{last}" if parts else first + last
