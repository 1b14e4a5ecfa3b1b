"""From a path to the files of a rulebook: its own, and those that it uses."""

import re
from pathlib import Path
from unicodedata import normalize

from policydsl._frozen import frozen
from policydsl._resources import resource_dir
from policydsl.catalogue import nearest, say
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.model.finding import ENDINGS, files_at, passed_over, rulebooks_near, used_files
from policydsl.source import Source
from policydsl.syntax import ast, parse

_LARGEST = 20_000_000
_LINE_ENDS = re.compile("\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")

Parsed = list[tuple[Source, ast.File]]


@frozen
class Layer:
    """A rulebook, its own folder, and its files with those that it uses."""

    home: Path
    files: Parsed

    @property
    def headers(self) -> list[ast.Header]:
        """Its header; a second one is an error."""
        return [one for _, file in self.files for one in file.declarations if isinstance(one, ast.Header)]

    @property
    def extends(self) -> ast.Text | None:
        """The rulebook that it is built on."""
        return next((header.extends for header in self.headers), None)

    @property
    def looked_up(self) -> list[str]:
        """The names under which its header asks for other files."""
        extends = [] if self.extends is None else [self.extends.value]
        return [use.value for header in self.headers for use in header.uses] + extends


def load_files(path: Path) -> tuple[Parsed, tuple[Diagnostic, ...]]:
    """The parsed files of the rulebook at a path (a file, or a folder of them), and of everything that it uses."""
    diagnostics: list[Diagnostic] = []
    own = files_at(path)
    diagnostics += [say("PD281", DataPlace(str(file)), file=file.name) for file in passed_over(path)]
    if not own:
        return [], (_nothing_there(path),)
    parsed, told = _with_what_they_use(own, path if path.is_dir() else path.parent)
    return parsed, (*diagnostics, *told)


def load_layers(path: Path) -> tuple[list[Layer], tuple[Diagnostic, ...]]:
    """The rulebook at a path and those that it is built on, the lowest first."""
    parsed, told = load_files(path)
    diagnostics = list(told)
    layers = [Layer(path if path.is_dir() else path.parent, parsed)]
    chain = [files_at(path)]
    while (extends := layers[0].extends) is not None:
        files = used_files(extends.value, layers[0].home)
        if files in chain:
            names = " -> ".join(_called(each) for each in [*chain[chain.index(files) :], files])
            return [], (*diagnostics, say("PD627", extends.span, circle=names))
        if not files:
            near = nearest(extends.value, rulebooks_near(layers[0].home))
            hint = f": did you mean `{near}`?" if near else ""
            return [], (*diagnostics, say("PD626", extends.span, name=extends.value, hint=hint))
        home = files[0].parent
        base, wrong = _with_what_they_use(files, home)
        diagnostics += wrong
        if not any(isinstance(one, ast.Header) for _, file in base for one in file.declarations):
            return [], (
                *diagnostics,
                say("PD626", extends.span, name=extends.value, hint=": it has no `rulebook` header"),
            )
        layers.insert(0, Layer(home, base))
        chain.append(files)
    return _each_once(layers), tuple(diagnostics)


def _called(files: list[Path]) -> str:
    return files[0].name if len(files) == 1 else files[0].parent.name


def _each_once(layers: list[Layer]) -> list[Layer]:
    """The layers without what a lower one has brought already."""
    seen: set[Path] = set()
    found = []
    for layer in layers:
        fresh = [(source, file) for source, file in layer.files if Path(source.path).resolve() not in seen]
        seen |= {Path(source.path).resolve() for source, _ in fresh}
        found.append(Layer(layer.home, fresh))
    return found


def _with_what_they_use(own: list[Path], home: Path) -> tuple[Parsed, list[Diagnostic]]:
    diagnostics: list[Diagnostic] = []
    parsed: Parsed = []
    pending = list(own)
    seen = {file.resolve() for file in own}
    while pending:
        source, found = read_source(pending.pop(0))
        diagnostics += found
        if source is None:
            continue
        file, wrong = parse(source)
        diagnostics += wrong
        parsed.append((source, file))
        for header in (one for one in file.declarations if isinstance(one, ast.Header)):
            for use in header.uses:
                files = used_files(use.value, home)
                if not files:
                    diagnostics.append(_unknown_use(use, home))
                pending += [one for one in files if one.resolve() not in seen]
                seen |= {one.resolve() for one in files}
    parsed.sort(key=lambda one: not any(isinstance(made, ast.Header) for made in one[1].declarations))
    return parsed, diagnostics


def _nothing_there(path: Path) -> Diagnostic:
    place = DataPlace(str(path))
    if path.is_dir():
        return say("PD295", place, path=path)
    neighbours = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
    near = nearest(path.name, neighbours)
    return say("PD296", place, path=path, hint=f": did you mean `{path.parent / near}`?" if near else "")


def _unknown_use(use: ast.Text, home: Path) -> Diagnostic:
    shipped = resource_dir("rulebooks")
    known = {
        str(file.relative_to(folder)).removesuffix(ending).replace("\\", "/")
        for folder in (home, home.parent, shipped)
        for ending in ENDINGS
        for file in folder.glob(f"*/*{ending}")
    }
    near = nearest(use.value, sorted(known))
    return say("PD297", use.span, name=use.value, hint=f": did you mean `{near}`?" if near else "")


def read_source(path: Path) -> tuple[Source | None, list[Diagnostic]]:
    """A rulebook file as text: UTF-8, or else the old Western encoding, which is told."""
    place = DataPlace(str(path))
    try:
        if path.stat().st_size > _LARGEST:
            return None, [say("PD299", place, path=path, reason="it is larger than 20 MB, which no rulebook is")]
        content = path.read_bytes()
    except OSError as error:
        return None, [say("PD299", place, path=path, reason=(error.strerror or "it can't be opened").lower())]
    if b"\0" in content[:4096]:
        return None, [say("PD299", place, path=path, reason="it is not a text file")]
    try:
        return Source(str(path), _lines(content.decode("utf-8-sig"))), []
    except UnicodeDecodeError:
        text = _lines(content.decode("cp1252", errors="replace"))
        return Source(str(path), text), [say("PD289", place, path=path)]


def _lines(text: str) -> str:
    """The text with accents coded in one way, and whatever a program may show as the end of a line as one."""
    return _LINE_ENDS.sub("\n", text if text.isascii() else normalize("NFC", text))
