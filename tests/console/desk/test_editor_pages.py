"""Inbox and figures in Chromium: sorted by keyboard, read by a screen reader, whole at 320 pixels."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from gateway.journal_database import JOURNAL_FILE, Feedback, Report, SqliteDatabase, Turn
from tests.browser.axe import violations
from tests.browser.conftest import CHROMIUM, SHOTS
from tests.console.desk.conftest import Place


@pytest.fixture(scope="module")
def seeded(place: Place) -> Place:
    database = SqliteDatabase(place.data_dir / JOURNAL_FILE)
    now = time.time()
    said = ["où est ma carte vitale", "ma carte vitale est où", "naturalisation par mariage"]
    for day in range(12):
        at = now - day * 86_400
        database.add(
            Turn("a" * 64, "page", text, "out_of_scope", None, "out_of_scope.asile", 0.2 + day / 20, at)
            for text in said
        )
        database.add([Turn("b" * 64, "page", None, "answer", "timbre-paiement", "short", 0.15, at)] * (40 - day))
        database.add([Turn("c" * 64, "widget", None, "answer", "mot-de-passe-oublie", "short", 0.3, at)] * (10 + day))
        database.add([Turn("d" * 64, "page", None, "lookup", "status", "lookup.consent_status", 0.9, at)] * 3)
    database.add([Report("agent-1", "missing", None, None, "mutuelle étudiante")])
    for number, reason in enumerate(("faux", "incomplet", "pas-clair")):
        words = "le paiement par carte ne marche pas"
        judged = Feedback("e" * 64, f"m{number}", "timbre-paiement", "0a1b2c3d4e5f", "answer", False, reason, words)
        database.add([judged, Feedback("f" * 64, f"m{number}", "timbre-paiement", None, "answer", True, None, None)])
    database.close()
    return place


@pytest.fixture
def page(seeded: Place) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser.new_page(viewport={"width": 1280, "height": 800})
        browser.close()


def sign_in(page: Page, place: Place, user: str) -> None:
    page.goto(f"{place.console}/console")
    page.locator(f"button[value='{user}']").click()
    expect(page.locator("#sign-out")).to_be_visible()


def test_an_editor_sorts_the_inbox_by_keyboard(page: Page, seeded: Place):
    sign_in(page, seeded, "redacteur")
    page.goto(f"{seeded.console}/console/inbox")
    expect(page.locator("li.group")).to_have_count(4)
    first = page.locator("li.group").first
    expect(first.locator("h2")).to_have_text("où est ma carte vitale")
    page.screenshot(path=SHOTS / "console-inbox.png", full_page=True)
    assert violations(page) == []
    first.get_by_role("button", name="Hors sujet").focus()
    page.keyboard.press("Enter")
    expect(page.locator("li.group")).to_have_count(3)
    expect(page.locator("#sorted")).to_contain_text("Hors sujet")
    expect(page.locator("li.group").first.locator("h2")).to_be_focused()
    page.goto(f"{seeded.console}/console/inbox?etat=hors-sujet")
    expect(page.locator("li.group")).to_have_count(1)


def test_figures_are_readable_by_all(page: Page, seeded: Place):
    sign_in(page, seeded, "superviseur")
    page.goto(f"{seeded.console}/console/figures")
    expect(page.locator("svg.plot")).to_have_count(6)
    page.screenshot(path=SHOTS / "console-figures.png", full_page=True)
    assert violations(page) == []
    page.locator("summary").first.press("Enter")
    expect(page.locator("table").first).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
