"""Texts that try to become markup, through every way in: shown as text, running nothing, loading nothing."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from bot.faq import load_faq
from gateway.web import markup
from gateway.web.view import Options, View
from tests.browser.conftest import Place
from tests.browser.steps import ask, opened
from tests.browser.stub import HOSTILE, Stub, message


def harmless(page: Page, place: Place) -> None:
    """Nothing ran, nothing was asked of anybody else, no link leads where it must not, the page still stands."""
    assert page.evaluate("window.hacked") is None
    unsafe = "a:not([href^='https:']):not([href^='tel:']):not([href^='/']):not([href^='#'])"
    assert page.locator(f"#thread :is(script, style, img, iframe, svg, form, base, meta, math), {unsafe}").count() == 0
    assert page.evaluate("""() => [...document.querySelectorAll('#thread *')].every((element) =>
        element.getAttributeNames().every((name) => !name.startsWith('on') && name !== 'style'))""")
    assert page.url.startswith(place.ours)
    expect(page.get_by_label("Votre question")).to_be_visible()


@pytest.fixture
def watched(page: Page, place: Place) -> Page:
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    page.on("request", lambda request: _ours(request.url, place))
    return opened(page, place.ours)


def _ours(url: str, place: Place) -> None:
    assert url.startswith((place.ours, "data:,")), url


def test_what_a_person_types_is_text(watched: Page, place: Place) -> None:
    for attempt in HOSTILE:
        watched.get_by_label("Votre question").fill(attempt)
        watched.keyboard.press("Enter")
        expect(watched.locator(".message.person .text").last).to_have_text(attempt)
        expect(watched.locator("#status")).to_be_empty()
    harmless(watched, place)
    watched.reload()
    expect(watched.locator(".message.person")).to_have_count(len(HOSTILE))
    harmless(watched, place)


def test_what_the_api_says_is_text_in_messages_buttons_cards_fields_and_sources(watched: Page, place: Place) -> None:
    ask(watched, "attaque")
    expect(watched.locator(".card")).to_be_visible()
    watched.locator(".sources summary").click()
    harmless(watched, place)
    thread = watched.locator("#thread").inner_text()
    for attempt in (
        "<script>window.hacked = 1</script>",
        "<style>*{display:none}</style>",
        "(javascript:window.hacked=1)",
    ):
        assert attempt in thread
    watched.locator(".choices button").last.click()
    harmless(watched, place)


def test_a_refusal_s_words_are_text(watched: Page, place: Place, stub: Stub) -> None:
    stub.refusals = [(422, HOSTILE[1], {})]
    ask(watched, "bonjour")
    expect(watched.locator(".message.trouble .text")).to_contain_text(HOSTILE[1])
    harmless(watched, place)


@pytest.mark.parametrize("language", ['fr" onload="window.hacked=1', "<script>"])
def test_a_strange_language_is_only_an_attribute(watched: Page, place: Place, stub: Stub, language: str) -> None:
    stub.replies["bonjour"] = [message("notice", "texte", language=language)]
    ask(watched, "bonjour")
    expect(watched.locator(".message.notice .text")).to_have_attribute("lang", language)
    harmless(watched, place)


def test_what_is_searched_for_is_text_on_the_faq_page(page: Page, place: Place) -> None:
    for attempt in HOSTILE:
        page.goto(f"{place.ours}/faq?" + urlencode({"q": attempt}))
        assert page.evaluate("window.hacked") is None
        expect(page.locator("#q")).to_have_value(" ".join(attempt.split()))
        assert page.locator("main :is(script, img, iframe, svg, base, meta)").count() == 0


def test_what_an_entry_says_is_text_on_its_page(page: Page) -> None:
    for attempt in HOSTILE:
        page.set_content(f"<main>{markup.html(attempt)}</main>")
        page.evaluate("new Promise((done) => setTimeout(done))")
        assert page.evaluate("window.hacked") is None, attempt
        assert page.locator("main :is(script, style, img, iframe, svg, form, math)").count() == 0, attempt
        assert page.locator("main a:not([href^='https:']):not([href^='tel:'])[href]").count() == 0, attempt


def test_structured_data_cannot_end_its_script(page: Page) -> None:
    faq = load_faq()
    entry = replace(next(iter(faq.entries.values())), title="</script><script>window.hacked = 1</script>")
    view = View(faq, Options())
    page.set_content(
        view.render(
            "entry.html",
            page="faq",
            entry=entry,
            theme=entry.title,
            short="",
            full="",
            description=entry.title,
            checked="",
            neighbours=[],
            structured={"name": entry.title},
        )
    )
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("JSON.parse(document.querySelector('[type$=json]').textContent).name") == entry.title
