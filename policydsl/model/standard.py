"""What the files declare that come with the program, to say which of them a rulebook forgot to take in."""

import re
from functools import cache

from policydsl._resources import resource_dir

_DECLARED = re.compile(r"^(?:table|scale) (\w+)", re.MULTILINE)


def standard_file(name: str) -> str | None:
    """The file that declares a table or a scale, as `use` names it."""
    return _declared().get(name)


@cache
def _declared() -> dict[str, str]:
    folder = resource_dir("rulebooks")
    files = sorted((folder / "standard").glob("*.policy"))
    return {
        name: file.relative_to(folder).with_suffix("").as_posix()
        for file in files
        for name in _DECLARED.findall(file.read_text(encoding="utf-8"))
    }
