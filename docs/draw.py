"""Draws `check.svg`: what the README's first command prints, as the page of a terminal.

    python docs/draw.py

The report is longer than a picture should be, so of each of its parts the beginning is shown, and how much is left out.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "check.svg"
COMMAND = ("check", "rulebooks/borlange", "examples/borlange/2015-01-31")

COLUMNS = 100
CELL, LINE, SIZE, MARGIN = 7.8, 19, 13, 22
SHOWN = {"Undetermined": (18, 2), "Deviations": (7, 2), "Limits": (24, 4), "Figures": (13, 2)}
"""How many lines of a part are shown at most, its heading included, and how far in the first line left out may begin.
A part that is not named here is left out."""

INK, FAINT, PAPER, EDGE = "#1f2328", "#59636e", "#ffffff", "#d1d9e0"
COLOURS = {
    "breach": "#b3261e",
    "undetermined": "#6639ba",
    "deviation": "#9a4a00",
    "warning": "#8a5a00",
    "pass": "#1a6b30",
    "not applicable": FAINT,
}
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"

_OUTCOME = re.compile(r"(?<=\s)(breach|undetermined|deviation|warning|pass|not applicable)(?=\s\s|$)")


def printed() -> str:
    """What the command prints."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "policydsl", *COMMAND]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode != 3:
        raise SystemExit(f"the command ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def shown(report: str) -> Iterator[str]:
    """The lines that the picture shows: the first part, and of the others the entries that fit."""
    first, *parts = report.rstrip("\n").split("\n\n")
    yield from first.splitlines()
    hidden = 0
    for part in parts:
        lines = part.splitlines()
        if lines[0] not in SHOWN:
            hidden += len(lines)
            continue
        most, indent = SHOWN[lines[0]]
        starts = [at for at, line in enumerate(lines[: most + 1]) if at and len(line) - len(line.lstrip(" ")) <= indent]
        end = len(lines) if len(lines) <= most else max(starts)
        yield ""
        yield from lines[:end]
        if end < len(lines):
            yield f"  … {len(lines) - end} more lines"
    if hidden:
        yield ""
        yield f"… and {hidden} lines of notes"


def picture(lines: Sequence[str]) -> str:
    """The lines as an SVG."""
    prompt = f"$ policydsl {' '.join(COMMAND)}"
    every = [prompt, "", *lines]
    width, height = round(COLUMNS * CELL + 2 * MARGIN), len(every) * LINE + 2 * MARGIN
    rows = [row for number, line in enumerate(every) for row in _row(line, MARGIN + LINE * number + SIZE)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="title">',
            f'<title id="title">What {escape(prompt[2:])} prints</title>',
            "<style>",
            f"  text {{ font: {SIZE}px {FONT}; fill: {INK}; white-space: pre }}",
            "  .head { font-weight: bold }",
            f"  .faint {{ fill: {FAINT}; font-style: italic }}",
            *(f"  .{_class(outcome)} {{ fill: {colour}; font-weight: bold }}" for outcome, colour in COLOURS.items()),
            "</style>",
            f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="{PAPER}" stroke="{EDGE}"/>',
            *rows,
            "</svg>",
            "",
        ]
    )


def _row(line: str, y: int) -> Iterator[str]:
    """The pieces of a line, each with its place and length, so that columns line up in any fixed-width font."""
    for start, text, kind in _pieces(line):
        style = f' class="{kind}"' if kind else ""
        where = f'x="{MARGIN + start * CELL:g}" y="{y}" textLength="{len(text) * CELL:g}"'
        yield f'<text xml:space="preserve" {where}{style}>{escape(text, quote=False)}</text>'


def _pieces(line: str) -> Iterator[tuple[int, str, str]]:
    """Where each piece of a line begins, its text and its kind; outcomes have one of their own."""
    plain = "faint" if line.lstrip().startswith("…") else "" if line.startswith(" ") else "head"
    first = re.match(r"[A-Z ]+(?=:)", line)
    outcome = first if first and first[0].lower() in COLOURS else _OUTCOME.search(line)
    cuts = [0, *(outcome.span() if outcome else ()), len(line)]
    for number, (start, end) in enumerate(pairwise(cuts)):
        text = line[start:end].strip(" ")
        if text:
            yield line.index(text, start), text, _class(text) if number == 1 and outcome else plain


def _class(outcome: str) -> str:
    return outcome.lower().replace(" ", "-")


if __name__ == "__main__":
    PICTURE.write_text(picture(list(shown(printed()))), encoding="utf-8", newline="\n")
