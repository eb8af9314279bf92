"""The chat page: asking, reading, what is kept and what is said when something fails."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Place
from tests.browser.stub import Stub


@pytest.fixture
def chat(page: Page, place: Place) -> Page:
    page.goto(place.ours)
    expect(page.get_by_text("Je suis un assistant automatique")).to_be_visible()
    return page


def ask(page: Page, text: str) -> None:
    page.get_by_label("Votre question").fill(text)
    page.get_by_role("button", name="Envoyer", exact=True).click()


def test_an_answer_comes_with_its_title_source_and_links(chat: Page) -> None:
    ask(chat, "remboursement")
    answer = chat.locator(".message.answer")
    expect(answer.get_by_role("heading")).to_have_text("Se faire rembourser un timbre")
    expect(answer.locator(".text ol li")).to_have_count(2)
    link = answer.locator(".text a")
    expect(link).to_have_attribute("href", "https://timbres.impots.gouv.fr/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_contain_text("nouvelle fenêtre")
    answer.get_by_text("Source et date de vérification").click()
    expect(answer.get_by_text("FAQ Séjour, question 14. Vérifié le 23 novembre 2026.")).to_be_visible()


def test_a_button_is_posted_by_its_id_and_shown_as_the_person_s_words(chat: Page, stub: Stub) -> None:
    ask(chat, "remboursement")
    chat.get_by_role("button", name="Voir toutes les étapes").click()
    expect(chat.get_by_text("Étape deux")).to_be_visible()
    assert set(stub.received[-1]) == {"message_id", "button"}
    expect(chat.locator(".message.person").last).to_contain_text("Voir toutes les étapes")
