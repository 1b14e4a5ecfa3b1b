"""Documents made from a template, kept in a record beside their run and made again, byte for byte."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from attrs import evolve

import policydsl
from policydsl.api import Rulebook, judged_by_all
from policydsl.catalogue import say
from policydsl.diagnostics import Diagnostic
from policydsl.documents import MadeDocument, filled_in
from policydsl.model.loading import read_source
from policydsl.records.connection import RecordError
from policydsl.records.packing import message_of, supplied_of
from policydsl.records.recording import Kept, remarks_on
from policydsl.records.replaying import rulebooks_of, sheets_in
from policydsl.records.run import Run
from policydsl.reports.papers.folder import FIGURES, files_of, read_template
from policydsl.reports.papers.making import PaperForm
from policydsl.reports.papers.texts import read_texts
from policydsl.reports.report import Report
from policydsl.source import Source

if TYPE_CHECKING:
    from policydsl.records.record import Record


def kept_document(made: MadeDocument, run: int) -> tuple[dict[str, object], Mapping[str, str]]:
    """What the entry of a document holds, and the contents that it rests on, by their hashes."""
    found = Kept()
    figures = made.template.figures
    body: dict[str, object] = {
        "policydsl": policydsl.__version__,
        "run": run,
        "template": made.template.name,
        "files": [[path.name, _bytes(path, found)] for path in files_of(made.folder)],
        "texts": [[name, _bytes(Path(path), found)] for name, path in made.texts.items()],
        "figures": None if figures is None else str(figures),
        "told": remarks_on(made.asked, found),
        "language": made.report.language,
        "engine": made.report.engine,
        "form": made.form,
        "sha256": sha256(made.written).hexdigest(),
    }
    return body, found.contents


def document_again(
    record: "Record", number: int | None, form: PaperForm | None = None
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The document of a run, else of the last run that has one, made again from what was recorded, in its own form or
    in another; and a warning if it is not, byte for byte, what it was."""
    body = _chosen(record, number)
    run = record.run(body["run"])
    with TemporaryDirectory() as place:
        folder, texts = Path(place) / "template" / body["template"], Path(place) / "texts"
        _laid_out(body["files"], folder, run)
        _laid_out(body["texts"], texts, run)
        template, _, wrong = read_template(folder, body["language"])
        if template is None:
            raise RecordError(wrong)
        pages, _, wrong = read_texts({name: str(texts / name) for name, _ in body["texts"]}, template)
        if wrong:
            raise RecordError(wrong)
        book, report = _judged(record, run, body, folder)
        made = filled_in(template, book, report, pages, form or body["form"])
    written = made.encode("utf-8") if isinstance(made, str) else made
    same = form not in (None, body["form"]) or sha256(written).hexdigest() == body["sha256"]
    told = () if same else (say("PD981", None, run=run.number, version=body["policydsl"]),)
    return written, told


def _chosen(record: "Record", number: int | None) -> Mapping[str, Any]:
    found = record.documents()
    wanted = max(found, default=None) if number is None else number
    if wanted is None or wanted not in found:
        numbers = ", ".join(map(str, sorted(found)[-10:])) or "none"
        raise RecordError(
            [say("PD980", None, path=record.database.path, run=record.run(number).number, numbers=numbers)]
        )
    return found[wanted]


def _judged(record: "Record", run: Run, body: Mapping[str, Any], folder: Path) -> tuple[Rulebook, Report]:
    """The rulebook of a run, and the report on it with the template's figures."""
    [book] = rulebooks_of(run)
    asked = book
    if body["figures"] is not None:
        source, _ = read_source(folder / FIGURES)
        assert source is not None
        [asked] = rulebooks_of(run, Source(body["figures"], source.text))
        asked = evolve(asked, diagnostics=tuple(message_of(one) for one in run.content(body["told"])))
    of = run.body["asked"]
    reports, told = judged_by_all(
        [asked],
        sheets_in(run),
        None if of["as_of"] is None else date.fromisoformat(of["as_of"]),
        supplied_of(of["supplied"]),
        "auto",
        [message_of(one) for one in run.content(run.body["told"])],
        of["scenarios"],
    )
    if reports is None:
        raise RecordError([say("PD835", None, run=run.number, version=body["policydsl"]), *told])
    return book, evolve(record.with_since(reports, run.number).all[-1], engine=body["engine"])


def _bytes(path: Path, found: Kept) -> str:
    return found.content(b64encode(path.read_bytes()).decode("ascii"))


def _laid_out(files: Sequence[Sequence[str]], folder: Path, run: Run) -> None:
    """Kept files in a folder, to be read again as they were."""
    folder.mkdir(parents=True)
    for name, hash in files:
        (folder / name).write_bytes(b64decode(run.content(hash)))
