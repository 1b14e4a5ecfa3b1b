"""Reports in a browser: nothing for axe to find, nothing out of reach of a phone or of the keyboard, and a print."""

import re

import pytest

NAMES = ["borlange", "midtjylland", "ornskoldsvik", "finansrapport", "board"]
RECORDS = ["follow-up", "trend"]
WIDTHS = {"desktop": 1280, "phone": 390}
LOOKS = [(name, *look) for name in (*NAMES, *RECORDS) for look in (("desktop", "dark"), ("phone", "light"))]
LOOKS += [("borlange", "desktop", "light"), ("borlange", "phone", "dark")]


@pytest.fixture
def opened(browser, pages):
    """What opens a report at a width, in a scheme of colours; all requests that leave the file are in `asked`."""
    contexts = []

    def open_page(name, width=1280, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(pages[name].as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("name", "device", "scheme"), LOOKS)
def test_axe_finds_nothing(name, device, scheme, opened):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing: pip install '.[test]'")
    page = opened(name, WIDTHS[device], scheme)
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


@pytest.mark.parametrize("name", [*NAMES, *RECORDS])
def test_nothing_is_wider_than_a_phone_but_what_scrolls_by_itself(name, opened):
    page = opened(name, WIDTHS["phone"])
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS["phone"]
    wide = "[...document.querySelectorAll('.wide')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.every(e => e.tabIndex === 0 && e.getAttribute('aria-label'))")


@pytest.mark.parametrize("name", [*NAMES, *RECORDS])
def test_keyboard_reaches_all_that_can_be_used_and_it_is_seen(name, opened):
    page = opened(name)
    count = page.evaluate("document.querySelectorAll('a[href], [tabindex=\"0\"]').length")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "past"
    reached = 1
    for _ in range(min(count, 40) - 1):
        page.keyboard.press("Tab")
        reached += page.evaluate("document.activeElement !== document.body")
        seen = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        assert page.evaluate(seen), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    assert reached == min(count, 40)


def test_a_table_scrolls_by_key(opened):
    page = opened("borlange", WIDTHS["phone"])
    page.evaluate("document.querySelector('.limits .wide').focus()")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0", timeout=5000)


@pytest.mark.parametrize("name", [*NAMES, *RECORDS])
def test_nothing_is_fetched_and_every_link_leads_somewhere(name, opened):
    page = opened(name)
    assert [url for url in page.asked if not url.startswith("file:")] == []
    assert len(page.asked) == 1
    links = "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
    assert page.evaluate(f"{links}.filter(to => to[0] !== '#' || !document.getElementById(to.slice(1)))") == []


def test_overall_verdict_stands_in_the_first_screen_of_a_phone(opened):
    for name in NAMES:
        box = opened(name, WIDTHS["phone"]).locator(".overall").first.bounding_box()
        assert box["y"] + box["height"] < 600, name


@pytest.mark.parametrize("name", ["borlange", "finansrapport"])
def test_print_has_pages_that_repeat_the_headings_of_tables(name, opened):
    pypdf = pytest.importorskip("pypdf")
    from io import BytesIO

    page = opened(name)
    printed = pypdf.PdfReader(BytesIO(page.pdf(format="A4", print_background=True)))
    texts = [each.extract_text() for each in printed.pages]
    assert 3 <= len(texts) <= 80
    assert all(re.search(r"\w", text) for text in texts)
    nav = page.evaluate("document.querySelector('nav') ? 1 : 0")
    if nav:
        page.emulate_media(media="print")
        assert not page.locator("nav").first.is_visible()
