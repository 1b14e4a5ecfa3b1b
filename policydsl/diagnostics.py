"""What is said about a rulebook, its data or the command: never about the policy's outcome."""

from collections.abc import Sequence
from enum import Enum

from policydsl._frozen import field, frozen
from policydsl.source import Span


class Severity(Enum):
    """How much a diagnostic stops: an error stops the run, a warning and a note are told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class DataPlace:
    """A place in a data file: rows count as the file's own lines or sheet rows, from 1."""

    path: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.path]
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


@frozen
class Label:
    """A second place that matters to a diagnostic, and why."""

    span: Span
    text: str


@frozen
class Diagnostic:
    """One finding: a code with a page in the catalogue, a sentence, a place, and what to do next."""

    code: str
    severity: Severity
    message: str
    where: Span | DataPlace | None = None
    labels: tuple[Label, ...] = ()
    hints: tuple[str, ...] = ()
    blanks: tuple[tuple[str, str], ...] = field(default=(), eq=False, repr=False)
    """What the blanks of the page's sentence were filled in with, for the same sentence in other languages."""

    @property
    def is_error(self) -> bool:
        """Whether it stops the run."""
        return self.severity is Severity.ERROR


class PolicyError(Exception):
    """What stopped the run, with every diagnostic."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [found for found in self.diagnostics if found.is_error]
        super().__init__("\n".join(f"{found.code}: {found.message}" for found in errors))

    def __reduce__(self) -> tuple[type["PolicyError"], tuple[object, ...]]:
        return type(self), (self.diagnostics,)


class DataError(PolicyError):
    """The data, or a value that the run supplied, needs a change before it can be judged."""
