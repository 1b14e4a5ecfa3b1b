"""Texts that people write for one report, each a file of Markdown under the name that the template gives it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from policydsl.catalogue import nearest, say
from policydsl.diagnostics import Diagnostic
from policydsl.model.loading import read_source
from policydsl.reports.papers.folder import Template
from policydsl.reports.papers.pages import Page, read_page
from policydsl.source import Source


def read_texts(
    given: Mapping[str, str], template: Template
) -> tuple[dict[str, Page], tuple[Source, ...], tuple[Diagnostic, ...]]:
    """The texts in files by name, their files, and what is wrong with them or with their names."""
    told: list[Diagnostic] = []
    sources: list[tuple[str, Source]] = []
    for name, path in given.items():
        source, wrong = read_source(Path(path)) if name in template.texts else (Source(path, ""), ())
        told += (one for one in wrong if one.is_error)
        if source is not None:
            sources.append((name, source))
    pages, read, wrong_in_pages = texts_of(sources, template)
    return pages, read, (*told, *wrong_in_pages)


def texts_of(
    given: Sequence[tuple[str, Source]], template: Template
) -> tuple[dict[str, Page], tuple[Source, ...], tuple[Diagnostic, ...]]:
    """The texts by name, those that the template asks for, and what is wrong with them or with their names."""
    pages: dict[str, Page] = {}
    sources: list[Source] = []
    told: list[Diagnostic] = []
    for name, source in given:
        if name not in template.texts:
            near = nearest(name, list(template.texts))
            known = ", ".join(f"`{each}`" for each in template.texts)
            hint = f"did you mean `{near}`?" if near else f"its texts: {known}" if known else "it asks for none"
            told.append(say("PD889", None, name=name, template=template.name, hints=(hint,)))
            continue
        page, wrong_in_page = read_page(source)
        pages[name] = page
        sources.append(source)
        told += wrong_in_page
        told += [say("PD898", blank.where) for blank in page.blanks if blank.kind == "text"]
    return pages, tuple(sources), tuple(one for one in told if one.is_error)
