"""The HTML report: well-formed, nothing fetched, nothing run, no text taken for markup, told to eyes and ears alike."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from policydsl import cli
from policydsl.reports.html import html_text
from policydsl.reports.html.markup import prose, tag
from policydsl.verdicts.outcomes import WORST_FIRST

from .hostile import report

ROOT = Path(__file__).resolve().parents[2]
VOID = {"meta", "br", "col", "link"}


class Page(HTMLParser):
    """The elements of a page with their attributes and texts; a wrong nesting fails."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.ids, self.text = [], [], [], ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, name, attributes):
        found = dict(attributes)
        self.elements.append((name, found))
        self.ids += [found["id"]] if "id" in found else []
        if name not in VOID:
            self.open.append(name)

    def handle_endtag(self, name):
        assert self.open.pop() == name

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    def all(self, name):
        return [found for each, found in self.elements if each == name]


@pytest.fixture(scope="module", params=[None, "sv", "da"])
def hostile(request, tmp_path_factory):
    return report(tmp_path_factory.mktemp("hostile"), request.param, whole=request.param == "sv")


@pytest.fixture(scope="module")
def page(hostile):
    return Page(html_text([hostile]))


def test_no_text_is_taken_for_markup(hostile, page):
    assert not {"script", "img", "b1", "i"} & {name for name, _ in page.elements}
    assert "<script>alert(1)</script>" in page.text
    assert "No <img src=x onerror=alert(3)> of ]]> more" in page.text
    text = html_text([hostile])
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)
    assert "bell\ufffd end\ufffd" in text


def test_nothing_is_fetched_and_nothing_is_run(page):
    for name, attributes in page.elements:
        assert name not in ("script", "link", "iframe", "object")
        assert not [each for each in attributes if each.startswith("on") or each in ("src", "srcset", "style")]
        assert attributes.get("href", "#").startswith("#")
    policy = next(each for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"].startswith("default-src 'none'")


def test_tables_are_told(page):
    assert len(page.all("caption")) == len(page.all("table")) > 5
    assert all(each.get("scope") in ("col", "row") for each in page.all("th"))
    regions = [each for each in page.all("div") if each.get("role") == "region"]
    assert all(each["tabindex"] == "0" and each["aria-label"] for each in regions)
    assert all(each["aria-hidden"] == "true" for each in page.all("svg"))


def test_headings_descend_and_links_lead_somewhere(page):
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(set(page.ids)) == len(page.ids)
    assert {each["href"][1:] for each in page.all("a")} <= set(page.ids)


def test_language_is_said(hostile, page):
    assert page.all("html")[0]["lang"] == hostile.language
    assert hostile.say("Waivers in force") in page.text
    for outcome in hostile.counts:
        assert hostile.say(outcome) in page.text.lower()


def test_several_reports_share_no_id(hostile):
    page = Page(html_text([hostile, hostile]))
    assert len(set(page.ids)) == len(page.ids)
    assert len(page.all("h1")) == 2
    assert {each["href"][1:] for each in page.all("a")} <= set(page.ids)


def test_same_report_same_bytes(tmp_path):
    assert report(tmp_path).to("html") == report(tmp_path).to("html")


def test_every_verdict_that_needs_attention_is_there(hostile, page):
    for verdict in hostile.verdicts:
        if verdict.outcome in WORST_FIRST[:5]:
            assert verdict.check.rule in page.text


def test_markup():
    assert tag("a", "x < y & z", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;">x &lt; y &amp; z</a>'
    assert tag("p", ["a", None, tag("b", "c")], id=None) == "<p>a<b>c</b></p>"
    assert prose("the value of `a < b`") == "the value of <code>a &lt; b</code>"


@pytest.mark.parametrize(
    ("book", "data", "told"),
    [
        ("borlange", "borlange/2015-01-31", ["Undetermined", "173 676 416", "A..E", "shares of portfolio"]),
        ("ornskoldsvik", "ornskoldsvik/brister", ["Överträdelse", "59,8 %", "norm 30 %", "Skyldigheter och intyg"]),
        ("midtjylland", "midtjylland/2009-12-31", ["Overtrædelse", "Investeringsramme", "10,7 procentpoint"]),
    ],
)
def test_shipped_rulebooks(book, data, told, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    file = tmp_path / "report.html"
    cli.run(["check", f"rulebooks/{book}", f"examples/{data}", "--format", "html", "-o", str(file)])
    text = Page(file.read_text(encoding="utf-8")).text.replace("\u00a0", " ").replace("\u202f", " ")
    for each in told:
        assert each in text
