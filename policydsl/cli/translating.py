"""`policydsl translate`."""

from pathlib import Path

from policydsl.catalogue import say
from policydsl.cli import exit_codes
from policydsl.cli.output import complain, put, same_file, save
from policydsl.diagnostics import DataPlace, Diagnostic
from policydsl.model.finding import files_at
from policydsl.model.loading import load_files, load_layers, read_source
from policydsl.source import Source
from policydsl.syntax import parse
from policydsl.syntax.given import Verbatim, as_they_are, without_numbers
from policydsl.syntax.translating import translated


def translate(rulebook: str, language: str, output: str | None) -> int:
    """Prints a rulebook's text in another language, or saves the texts of a folder."""
    files = files_at(Path(rulebook))
    if not files:
        complain(load_files(Path(rulebook))[1])
        return exit_codes.UNREADABLE
    if len(files) > 1 and output is None:
        complain((say("PD651", DataPlace(rulebook), count=len(files)),))
        return exit_codes.UNREADABLE
    verbatim = without_numbers([parsed for layer in load_layers(Path(rulebook))[0] for _, parsed in layer.files])
    texts: dict[Path, str] = {}
    told: list[Diagnostic] = []
    sources: list[Source] = []
    for file in files:
        source, found = read_source(file)
        told += found
        if source is not None:
            sources.append(source)
            texts[file], wrong = _translated(source, language, verbatim)
            told += wrong
    complain(told, sources)
    if any(one.is_error for one in told):
        return exit_codes.UNREADABLE
    if output is None:
        put("".join(texts.values()))
        return exit_codes.FINE
    return _saved(texts, Path(output), as_folder=Path(rulebook).is_dir())


def _translated(source: Source, language: str, verbatim: Verbatim) -> tuple[str, list[Diagnostic]]:
    """The text in another language; it is read again, and must say the same."""
    file, told = parse(source)
    if any(one.is_error for one in told):
        return "", list(told)
    file = as_they_are(file, verbatim)
    text = translated(source, file, language)
    again, wrong = parse(Source(source.path, text))
    if wrong or as_they_are(again, verbatim) != file:
        return "", [say("PD652", DataPlace(source.path), path=source.path, language=language)]
    return text, []


def _saved(texts: dict[Path, str], output: Path, as_folder: bool) -> int:
    targets = {file: output / file.name if as_folder else output for file in texts}
    for file, target in targets.items():
        if same_file(str(target), str(file)):
            complain((say("PD653", path=target),))
            return exit_codes.UNREADABLE
    if as_folder:
        output.mkdir(parents=True, exist_ok=True)
    for file, target in targets.items():
        refused = save(texts[file], str(target))
        if refused is not None:
            complain((refused,))
            return exit_codes.UNREADABLE
    return exit_codes.FINE
