"""Follow-ups and trends as HTML: one file each, with its styles and drawings, made to be read and printed."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import get_args

from policydsl.catalogue.languages import ENGLISH, sentence
from policydsl.model.rulebook import Outcome
from policydsl.records.drawing import SHOWN, drawing
from policydsl.records.follow_up_text import HEADINGS, about, now_words, others, outcomes, overall, standing
from policydsl.records.following import STATES, Followed, FollowUp, State
from policydsl.records.run import key_of
from policydsl.records.trends import Point, Trend, columns_of
from policydsl.reports.html.marks import CLASSES, badge, scrolling
from policydsl.reports.html.markup import Markup, prose, tag
from policydsl.reports.html.page import page_of, styles
from policydsl.syntax.retelling import called

_OUTCOMES: dict[str, Outcome] = {one: one for one in get_args(Outcome)}
_SHOWN_AS: dict[State, Outcome] = {
    "new": "breach", "open": "breach", "not known": "undetermined", "waived": "waived", "cured": "pass",
    "no longer judged": "not applicable",
}  # fmt: skip


def follow_ups_html(found: Sequence[FollowUp], trends: Sequence[Trend], language: str | None = None) -> str:
    """What became of the failures of each rulebook, each with its figure over time until then."""
    words = language or found[0].language
    known: dict[tuple[object, ...], Trend] = {
        (each.rulebook, each.scenario, *key_of(each.id, each.group)): each for each in trends
    }
    told = [_follow_up(each, known, language or each.language) for each in found]
    title = "; ".join(dict.fromkeys(about(each, language or each.language) for each in found))
    return page_of(title, words, told, styles())


def _follow_up(follow_up: FollowUp, trends: dict[tuple[object, ...], Trend], language: str) -> Markup:
    sections = []
    for state in STATES:
        of_state = follow_up.of(state)
        if of_state:
            told = [_followed(each, trends.get(_key(follow_up, each)), follow_up, language) for each in of_state]
            heading = tag("h2", sentence(language, HEADINGS[state]))
            sections.append(tag("section", heading, told, class_=f"attention {CLASSES[_SHOWN_AS[state]]}"))
    head = tag(
        "header",
        tag("h1", follow_up.title),
        tag("p", about(follow_up, language).removeprefix(follow_up.title).lstrip(", "), class_="under"),
        tag("p", tag("strong", overall(follow_up, language)), class_="under"),
        [tag("p", each, class_="under") for each in others(follow_up, language)],
    )
    return tag("article", head, sections, class_="report", lang=language)


def _key(follow_up: FollowUp, each: Followed) -> tuple[object, ...]:
    return (follow_up.title, follow_up.scenario, *each.failed.key)


def _followed(each: Followed, trend: Trend | None, follow_up: FollowUp, language: str) -> Markup:
    body = each.failed.body
    group = ", ".join(f"{column} {'?' if value is None else value}" for column, value in body["group"])
    now = now_words(each, language) if each.state not in ("new", "open") else ""
    points = () if trend is None else tuple(one for one in trend.points if one.day <= follow_up.as_of)
    kind = SHOWN[body["outcome"] if each.state in ("new", "open") else _SHOWN_AS[each.state]]
    return tag(
        "article",
        tag("h3", body["title"] or body["requirement"] or body["id"]),
        tag("p", tag("code", called(body["id"], language)),
            [(" · ", one) for one in [*([group] if group else []), *body["source"]]], class_="from"),
        tag("div", tag("p", tag("b", outcomes(each, language), ": "), prose(body["words"]["finding"])),
            tag("p", prose(now)) if now else None, class_="found"),
        [tag("p", line, class_="since") for line in standing(each, language)],
        drawn(points),
        class_=kind,
    )  # fmt: skip


def drawn(points: Sequence[Point]) -> Markup | None:
    """A drawing with its first and its last day below it."""
    svg = drawing(points)
    if svg is None:
        return None
    ends = [tag("span", point.day.isoformat()) for point in (points[0], points[-1])]
    return tag("div", svg, tag("p", ends, class_="ends"))


def trends_html(trends: Sequence[Trend], language: str | None = None) -> str:
    """Figures over time, each drawn, with a table of its days below."""
    words = language or (trends[0].language if trends else ENGLISH)
    say = partial(sentence, words)
    title = say("Figures over time")
    sections = []
    for name, of_book in groupby(trends, key=lambda each: (each.rulebook, each.scenario)):
        told = [_trend(each, language or each.language) for each in of_book]
        sections.append(tag("section", tag("h2", ", ".join(one for one in name if one)), told, class_="attention"))
    nothing = None if sections else tag("p", say("there is nothing to show"), class_="under")
    head = tag("header", tag("h1", title), nothing)
    return page_of(title, words, tag("article", head, sections, class_="report", lang=words), styles())


def _trend(trend: Trend, language: str) -> Markup:
    say = partial(sentence, language)
    group = ", ".join(f"{column} {'?' if value is None else value}" for column, value in trend.group)
    shown = columns_of(trend.points)
    heads = (say("day"), *map(say, shown), say("outcome"))
    caption = say("Figures over time")
    body = [
        tag(
            "tr",
            tag("th", point.day.isoformat(), scope="row"),
            [tag("td", _cell(point, name)) for name in shown],
            tag("td", _badge(point, language)),
        )
        for point in trend.points
    ]
    table = tag(
        "table",
        tag("caption", caption, class_="heard"),
        tag("thead", tag("tr", [tag("th", one, scope="col") for one in heads])),
        tag("tbody", body),
        class_="days",
    )
    kind = SHOWN[trend.points[-1].outcome or "not applicable"]
    return tag(
        "article",
        tag("h3", trend.title or trend.id),
        tag("p", tag("code", called(trend.id, language)), f" · {group}" if group else None, class_="from"),
        drawn(trend.points),
        scrolling(f"{caption}: {trend.name}", table),
        class_=kind,
    )


def _cell(point: Point, name: str) -> Markup | str:
    return {"figure": point.figure, "bounds": prose(point.bound), "room": point.headroom}[name]


def _badge(point: Point, language: str) -> Markup | None:
    if point.outcome is None:
        return None
    return badge(_OUTCOMES[point.outcome], sentence(language, point.outcome))
