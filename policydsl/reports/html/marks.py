"""Outcomes as a reader sees them: a sign of its own shape, the word, and a colour."""

from policydsl.model.rulebook import Outcome
from policydsl.reports.html.markup import Inside, Markup, tag

CLASSES: dict[Outcome, str] = {
    "breach": "breach", "undetermined": "open", "deviation": "deviation", "waived": "waived", "warning": "warning",
    "pass": "pass", "not applicable": "none",
}  # fmt: skip

_SHAPES: dict[Outcome, str] = {
    "breach": "M5 5l6 6M11 5l-6 6",
    "undetermined": "M5.7 6.2a2.3 2.3 0 1 1 3.4 2c-.8.4-1.1.8-1.1 1.5M8 11.9v.1",
    "deviation": "M8 4v7M5 8.2l3 3 3-3",
    "waived": "M5.5 12V4h5.5l-1.6 2.3L11 8.6H5.5",
    "warning": "M8 4v5M8 11.7v.1",
    "pass": "M4.7 8.3l2.3 2.4 4.3-5",
    "not applicable": "M5 8h6",
}


def sign(outcome: Outcome) -> Markup:
    """The sign of an outcome; for those who hear the page, the word stands beside it."""
    path = tag("path", d=_SHAPES[outcome])
    shape = (
        tag("rect", x="1", y="1", width="14", height="14", rx="3")
        if outcome in ("breach", "undetermined", "deviation")
        else tag("circle", cx="8", cy="8", r="7")
    )
    return tag("svg", shape, path, class_=f"sign {CLASSES[outcome]}", viewBox="0 0 16 16", aria_hidden="true")


def badge(outcome: Outcome, word: str) -> Markup:
    """An outcome with its word."""
    return tag("span", sign(outcome), tag("span", word), class_=f"badge {CLASSES[outcome]}")


def scrolling(label: str, *inside: Inside) -> Markup:
    """What may be wider than a phone: it scrolls by itself, by touch and by keys."""
    return tag("div", *inside, class_="wide", role="group", aria_label=label, tabindex="0")
