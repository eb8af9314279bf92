"""Look-ups in Chromium, on the real page of the real processes: each persona by typing alone, and by the fields."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.mock_anef.conftest import PERSONAS
from tests.scenario.conftest import Stack
from tests.scenario.lookups import ASKS, code_for, number_of
from tests.scenario.test_lookup_personas import SOUND, STAGES

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(locale="fr-FR", reduced_motion="reduce")
    page.set_default_timeout(15_000)
    yield page
    page.close()


def say(page: Page, text: str) -> None:
    before = page.locator(".message.assistant").count()
    page.get_by_label("Votre question").fill(text)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator(".message.assistant").nth(before)).to_be_visible()


def shows(page: Page, persona: str) -> None:
    """A card for each application of the persona, or the words for none."""
    applications = PERSONAS[persona].applications
    expect(page.locator(".card")).to_have_count(len(applications))
    for card, application in zip(page.locator(".card").all(), applications, strict=True):
        expect(card).to_contain_text(STAGES[application.stage][0])
        expect(card).to_contain_text(application.reference)
        expect(card).to_contain_text("À faire")
    if not applications:
        expect(page.locator(".message.assistant").last).to_contain_text("Aucune demande")


def open_chat(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.base}/")
    page.get_by_label("Votre question").wait_for()
    expect(page.locator(".message.assistant").first).to_be_visible()


@pytest.mark.parametrize("persona", SOUND)
def test_by_typing_alone(stack: Stack, page: Page, persona: str):
    open_chat(page, stack)
    say(page, ASKS["status"])
    say(page, f"oui, c'est le {number_of(persona)}")
    say(page, code_for(stack, persona))
    shows(page, persona)


@pytest.mark.parametrize("persona", SOUND)
def test_by_the_fields_and_what_was_typed_is_not_shown(stack: Stack, page: Page, persona: str):
    open_chat(page, stack)
    say(page, ASKS["status"])
    page.get_by_role("button", name="Oui", exact=True).click()
    page.get_by_label("Numéro étranger ou numéro de visa").fill(number_of(persona))
    page.locator("#secure button[type=submit]").click()
    field = page.get_by_label("Code reçu par e-mail ou par SMS")
    expect(field).to_be_visible()
    assert field.get_attribute("autocomplete") == "one-time-code"
    code = code_for(stack, persona)
    field.fill(code)
    page.locator("#secure button[type=submit]").click()
    shows(page, persona)
    shown = page.locator("body").inner_text()
    assert number_of(persona) not in shown
    assert code not in shown
    expect(page.locator("#secure")).to_be_hidden()


def test_the_account(stack: Stack, page: Page):
    open_chat(page, stack)
    for text in (ASKS["account"], "oui", number_of("compte-verrouille")):
        say(page, text)
    say(page, code_for(stack, "compte-verrouille"))
    expect(page.locator(".message.assistant").last).to_contain_text("verrouillé")
    page.get_by_role("button", name="Recevoir l'e-mail").click()
    expect(page.locator(".message.assistant").last).to_contain_text("un e-mail vient de partir")
