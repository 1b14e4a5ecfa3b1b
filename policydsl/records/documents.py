"""Documents made from a template as entries of a record: which they are, and what they rest on."""

from collections.abc import Iterator, Mapping
from typing import Any

DOCUMENT = "document"
"""The kind of entry that a document is."""


def needed_by(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The hashes of the contents that a document rests on, and what each is."""
    for name, hash in body["files"]:
        yield hash, f"the file {name} of the template"
    for name, hash in body["texts"]:
        yield hash, f"the text {name}"
    yield body["told"], "the remarks on the rulebook with the template's figures"
