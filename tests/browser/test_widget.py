"""The widget on a host page: nothing before it is opened, exact origins, the host's colours, one thread."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE, SHOTS, Place
from tests.browser.steps import ask
from tests.browser.stub import Stub

OPENER = "Poser une question"


def open_widget(page: Page, address: str) -> Frame:
    page.goto(address)
    page.get_by_role("button", name=OPENER).click()
    return frame_of(page)


def frame_of(page: Page) -> Frame:
    expect(page.frame_locator("iframe").get_by_text("Je suis un assistant automatique")).to_be_visible()
    return next(frame for frame in page.frames if "/widget/frame" in frame.url)


def test_before_it_is_opened_it_asks_for_nothing_and_keeps_nothing(page: Page, place: Place) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(place.host)
    expect(page.get_by_role("button", name=OPENER)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.startswith(place.ours)] == [f"{place.ours}/widget/1.0.0/loader.js"]
    assert page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
    assert page.context.cookies() == []


def test_opened_it_speaks_to_our_origin_only(page: Page, place: Place, stub: Stub) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame = open_widget(page, place.host)
    ask(frame, "remboursement")
    expect(frame.locator(".message.answer")).to_be_visible()
    page.wait_for_load_state("networkidle")
    others = [url for url in asked if not url.startswith((place.ours, place.host, "data:"))]
    assert others == []
    assert stub.received[0] == {"surface": "widget", "site": "test"}
    assert page.context.cookies() == []


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_closed_and_open_without_violation(new_page: Callable[..., Page], place: Place, size: str) -> None:
    page = new_page(viewport={"phone": PHONE, "desktop": DESKTOP}[size])
    page.goto(f"{place.host}/strict")
    expect(page.get_by_role("button", name=OPENER)).to_be_visible()
    assert violations(page) == []
    page.screenshot(path=SHOTS / f"widget-closed-{size}.png")
    page.get_by_role("button", name=OPENER).click()
    frame = frame_of(page)
    ask(frame, "remboursement")
    expect(frame.locator(".message.answer")).to_be_visible()
    page.screenshot(path=SHOTS / f"widget-open-{size}.png")
    assert violations(page) == []
    assert violations(frame) == []


def test_it_opens_and_closes_by_keyboard_and_gives_the_focus_back(page: Page, place: Place) -> None:
    page.goto(place.host)
    opener = page.get_by_role("button", name=OPENER)
    opener.focus()
    expect(opener).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    frame = frame_of(page)
    expect(frame.get_by_label("Votre question")).to_be_focused()
    page.keyboard.type("remboursement")
    page.keyboard.press("Enter")
    expect(frame.locator(".message.answer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_be_hidden()
    expect(page.get_by_role("button", name=OPENER)).to_be_focused()
    page.keyboard.press("Enter")
    expect(frame.locator(".message.answer")).to_be_visible()
    expect(frame.get_by_label("Votre question")).to_be_focused()


def test_the_thread_follows_the_person_through_the_host_s_pages(page: Page, place: Place, stub: Stub) -> None:
    frame = open_widget(page, place.host)
    ask(frame, "remboursement")
    expect(frame.locator(".message.answer")).to_be_visible()
    page.get_by_role("link", name="Suite").click()
    frame = frame_of(page)
    expect(frame.locator(".message.answer")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body"), "another page must not steal the focus"
    assert len(stub.conversations) == 1
    frame.get_by_role("button", name="Fermer").click()
    page.reload()
    expect(page.get_by_role("button", name=OPENER)).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)


def test_it_works_under_default_src_none_and_takes_the_host_s_colours(page: Page, place: Place) -> None:
    blocked: list[str] = []
    page.on("console", lambda line: blocked.append(line.text) if "Content Security Policy" in line.text else None)
    frame = open_widget(page, f"{place.host}/strict")
    ask(frame, "remboursement")
    send = frame.get_by_role("button", name="Envoyer", exact=True)
    expect(send).to_have_css("background-color", "rgb(106, 44, 112)")
    expect(frame.locator("html")).to_have_css("background-color", "rgb(255, 250, 243)")
    assert blocked == []


def test_the_conversation_can_be_copied_from_the_frame(page: Page, place: Place) -> None:
    frame = open_widget(page, f"{place.host}/strict")
    frame.get_by_text("Options", exact=True).click()
    frame.get_by_role("button", name="Copier la conversation").click()
    expect(frame.get_by_text("La conversation est copiée.")).to_be_visible()


def test_a_change_of_the_host_s_theme_reaches_the_frame(page: Page, place: Place) -> None:
    frame = open_widget(page, f"{place.host}/strict")
    page.evaluate("""() => {
        const root = document.documentElement;
        root.style.setProperty('--assistant-background', '#101010');
        root.style.setProperty('--assistant-text', '#f0f0f0');
    }""")
    expect(frame.locator("html")).to_have_css("background-color", "rgb(16, 16, 16)")
    assert violations(frame) == []


@pytest.mark.parametrize(
    "theme",
    [
        "{accent: '#fff', onAccent: '#eee'}",
        "{accent: '#6a2c70'}",
        "{accent: 'red', onAccent: '#ffffff'}",
        "{accent: 'url(https://example.invalid)', onAccent: '#ffffff'}",
        "{background: '#777777', text: '#888888'}",
        "{radius: 9999}",
        "{radius: '8px; background: red'}",
        "{accent: '#6a2c70', onAccent: '#ffffff', other: 1}",
        "['#6a2c70']",
        "'#6a2c70'",
        "null",
    ],
)
def test_an_unreadable_or_malformed_theme_is_left_out(page: Page, place: Place, theme: str) -> None:
    frame = open_widget(page, place.host)
    before = frame.evaluate("document.documentElement.style.cssText")
    for message in (f"{{assistant: 1, verb: 'theme', theme: {theme}}}", "{assistant: 1, verb: 'open', focus: true}"):
        page.locator("iframe").evaluate(f"frame => frame.contentWindow.postMessage({message}, '{place.ours}')")
    expect(frame.get_by_label("Votre question")).to_be_focused()
    assert frame.evaluate("document.documentElement.style.cssText") == before


def test_messages_from_others_than_the_frame_or_in_another_shape_are_ignored(page: Page, place: Place) -> None:
    frame = open_widget(page, place.host)
    for message in ("{assistant: 1, verb: 'close'}", "'close'", "null", "{assistant: 2, verb: 'close'}"):
        page.evaluate(f"window.postMessage({message}, '*')")
    frame.evaluate("parent.postMessage({assistant: 1, verb: 'explode'}, '*')")
    frame.evaluate("parent.postMessage({assistant: 2, verb: 'close'}, '*')")
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    expect(page.locator("iframe")).to_be_visible()


def test_the_frame_listens_to_its_parent_on_the_list_only(page: Page, place: Place) -> None:
    frame = open_widget(page, place.host)
    before = frame.evaluate("document.documentElement.style.cssText")
    frame.evaluate(
        "window.postMessage({assistant: 1, verb: 'theme', theme: {accent: '#000000', onAccent: '#ffffff'}}, '*')"
    )
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    assert frame.evaluate("document.documentElement.style.cssText") == before


def test_a_site_that_is_not_on_the_list_may_neither_load_nor_frame_it(page: Page, place: Place) -> None:
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if line.type == "error" else None)
    page.goto(place.stranger)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name=OPENER)).to_have_count(0)
    page.goto(f"{place.stranger}/frames")
    page.wait_for_load_state("networkidle")
    assert any("frame-ancestors" in line for line in refused)
    expect(page.frame_locator("iframe").get_by_label("Votre question")).to_have_count(0)


def test_an_altered_loader_is_refused_by_its_integrity(page: Page, place: Place) -> None:
    def altered(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text() + " ")

    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "integrity" in line.text else None)
    page.route("**/loader.js", altered)
    page.goto(place.host)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name=OPENER)).to_have_count(0)
    assert refused


def test_a_frame_that_never_answers_is_said_in_words(page: Page, place: Place) -> None:
    page.set_viewport_size(PHONE)
    page.clock.install()
    page.route("**/widget/frame*", lambda route: route.abort())
    page.goto(place.host)
    page.get_by_role("button", name=OPENER).click()
    page.clock.fast_forward(16_000)
    expect(page.get_by_role("alert")).to_contain_text("0 806 001 620")
    page.get_by_role("button", name="Fermer l'assistant").click()
    expect(page.locator("iframe")).to_be_hidden()


def test_the_panel_grows_on_request(page: Page, place: Place) -> None:
    frame = open_widget(page, place.host)
    small = page.locator("iframe").bounding_box()
    frame.get_by_role("button", name="Agrandir").click()
    expect(frame.get_by_role("button", name="Agrandir")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("section.panel.large")).to_be_visible()
    large = page.locator("iframe").bounding_box()
    assert small and large and large["width"] > small["width"]


def test_the_button_steps_aside_when_the_host_s_focus_is_behind_it(page: Page, place: Place) -> None:
    page.goto(place.host)
    expect(page.get_by_role("button", name=OPENER)).to_be_visible()
    page.evaluate("""() => {
        const link = document.body.appendChild(document.createElement('a'));
        link.href = '#'; link.textContent = 'coin';
        link.style = 'position: fixed; right: 2rem; bottom: 2rem';
        link.focus();
    }""")
    link, opener = page.get_by_text("coin").bounding_box(), page.get_by_role("button", name=OPENER).bounding_box()
    assert link and opener and opener["x"] + opener["width"] < link["x"]


@pytest.mark.parametrize("path", ["/demo", "/demo/strict"])
def test_the_demonstration_hosts_hold_a_working_widget(page: Page, place: Place, path: str) -> None:
    frame = open_widget(page, place.ours + path)
    ask(frame, "remboursement")
    expect(frame.locator(".message.answer")).to_be_visible()
    page.screenshot(path=SHOTS / f"{path.strip('/').replace('/', '-')}.png")
    assert violations(page) == []
    assert violations(frame) == []
