"""Templates are folders: `template.toml` says what they are, pages of Markdown what the report says, and a file of rule
text, if there is one, which figures and tables are worked out for it."""

import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from policydsl._frozen import frozen
from policydsl._resources import languages, resource_dir
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.model.loading import read_source
from policydsl.reports.papers.pages import Page, read_page
from policydsl.source import Source

HEAD = "template.toml"
FIGURES = "figures.policy"
_KEYS = ("title", "about")
_NOT_PAGES = ("readme.md",)


@frozen
class Template:
    """A template: its name, its title and what it is for by language, its pages, and the file of its figures."""

    name: str
    titles: Mapping[str, str]
    about: Mapping[str, str]
    pages: tuple[Page, ...]
    figures: Path | None
    mark: str
    """A hash of all its files."""

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts that people write for it, by name with what they are to say."""
        blanks = [blank for page in self.pages for blank in page.blanks if blank.kind == "text"]
        return {name: blank.rest for blank in blanks for name in blank.names}

    def title(self, language: str) -> str:
        """What it is called in a language."""
        return self.titles.get(language) or next(iter(self.titles.values()))


def shipped() -> list[str]:
    """The names of the templates that come with the program."""
    return sorted(path.parent.name for path in resource_dir("templates").glob(f"*/{HEAD}"))


def find_template(name: str) -> Path | Diagnostic:
    """The folder of a template: one that is there, or else one that is shipped under that name."""
    here = Path(name)
    if (here / HEAD).is_file():
        return here
    if name in shipped():
        return resource_dir("templates") / name
    if here.is_dir():
        return say("PD881", DataPlace(name), why=f"it has no file `{HEAD}`")
    near = nearest(name, shipped())
    return say("PD880", None, name=name, known=", ".join(shipped()), hints=(f"did you mean `{near}`?",) if near else ())


def read_template(folder: Path, language: str) -> tuple[Template | None, tuple[Source, ...], tuple[Diagnostic, ...]]:
    """The template in a folder with its pages in a language; the files that messages point into; what is wrong."""
    told: list[Diagnostic] = []
    head = _head(folder, told)
    files = [path for path in sorted(folder.glob("*.md")) if path.name.casefold() not in _NOT_PAGES]
    fitting = [path for path in files if _language_of(path) in (None, language)]
    if files and not fitting:
        there = sorted({of for path in files if (of := _language_of(path))})
        told.append(say("PD893", DataPlace(str(folder)), language=language, first=there[0], there=", ".join(there)))
    elif not files:
        told.append(say("PD881", DataPlace(str(folder)), why="it has no page, a file that ends in .md"))
    pages, sources = [], []
    for path in fitting:
        source, wrong = read_source(path)
        told += wrong
        if source is not None:
            page, wrong_in_page = read_page(source)
            pages.append(page)
            sources.append(source)
            told += wrong_in_page
    figures = folder / FIGURES
    if any(one.is_error for one in told):
        return None, tuple(sources), tuple(told)
    template = Template(
        folder.resolve().name,
        _by_language(head.get("title", folder.resolve().name)),
        _by_language(head.get("about", "")),
        tuple(pages),
        figures if figures.is_file() else None,
        _hash(folder),
    )
    return template, tuple(sources), tuple(told)


def _head(folder: Path, told: list[Diagnostic]) -> Mapping[str, Any]:
    """What `template.toml` says; a word in it that means nothing is told."""
    path = folder / HEAD
    place = DataPlace(str(path))
    try:
        head = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        told.append(say("PD881", place, why=f"`{HEAD}` can't be read"))
        return {}
    for key, value in head.items():
        if key not in _KEYS:
            near = nearest(key, list(_KEYS))
            told.append(say("PD882", place, key=key, hints=(f"did you mean `{near}`?",) if near else ()))
        elif not isinstance(value, str) and not (isinstance(value, dict) and set(value) <= set(languages())):
            told.append(say("PD882", place, key=key, hints=("a text in quotation marks, or one for each language",)))
    return head


def _language_of(path: Path) -> str | None:
    """The language that a page is for, by the end of its name: `page.sv.md`; None if it is for all."""
    inner = path.name.removesuffix(".md").rpartition(".")[2]
    return inner if inner in languages() and inner != path.name.removesuffix(".md") else None


def _by_language(value: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"": value} if isinstance(value, str) else dict(value)


def files_of(folder: Path) -> Iterator[Path]:
    """The files that a template is made of, in the order of their names."""
    yield from sorted(path for path in folder.iterdir() if path.suffix in (".md", ".toml", ".policy"))


def _hash(folder: Path) -> str:
    found = sha256()
    for path in files_of(folder):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def titles_of(name: str, language: str) -> tuple[str, str]:
    """The title of a shipped template and what it is for, in a language, or else in one that it has."""
    head = _head(resource_dir("templates") / name, [])
    told = [_by_language(head.get(key, "")) for key in ("title", "about")]
    title, about = (each.get(language) or next(iter(each.values()), "") for each in told)
    return title, about


def copied(name: str, target: str) -> Diagnostic | None:
    """Copy a template to a folder that is not there yet, or why that can't be done."""
    found = find_template(name)
    if isinstance(found, Diagnostic):
        return found
    place = Path(target)
    if place.exists():
        return say("PD890", None, path=target)
    try:
        place.mkdir(parents=True)
        for path in files_of(found):
            (place / path.name).write_bytes(path.read_bytes())
    except OSError as wrong:
        return say("PD406", path=target, reason=(wrong.strerror or "the system refuses").lower())
    return None
