"""What a person reads when something fails, and how the page gets back on its feet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Place
from tests.browser.steps import ask, opened
from tests.browser.stub import Stub


@pytest.fixture
def chat(page: Page, place: Place) -> Page:
    opened(page, place.ours)
    page.wait_for_load_state("networkidle")
    return page


def test_too_many_messages_keeps_the_question_and_offers_to_send_it_again(chat: Page, stub: Stub) -> None:
    stub.refusals = [(429, "Vous envoyez beaucoup de messages.", {"Retry-After": "1"})]
    ask(chat, "remboursement")
    expect(chat.get_by_text("Vous envoyez beaucoup de messages.")).to_be_visible()
    expect(chat.locator("#status")).to_have_text("Vous pourrez la renvoyer dans 1 secondes.")
    again = chat.get_by_role("button", name="Renvoyer ma question")
    expect(again).to_have_attribute("aria-disabled", "true")
    expect(again).not_to_have_attribute("aria-disabled", "true", timeout=3000)
    again.click()
    expect(chat.locator(".message.answer")).to_be_visible()
    first, second = stub.received[-2:]
    assert first == second
    expect(chat.locator(".message.person")).to_have_count(1)


def test_a_turn_in_flight_is_waited_for_with_the_same_message_id(chat: Page, stub: Stub) -> None:
    stub.refusals = [(409, "Un instant.", {"Retry-After": "1"})]
    ask(chat, "remboursement")
    expect(chat.locator(".message.answer")).to_be_visible()
    assert stub.received[-1] == stub.received[-2]


def test_a_refused_text_comes_back_into_the_field(chat: Page, stub: Stub) -> None:
    stub.refusals = [(422, "Votre message contient un caractère illisible.", {})]
    ask(chat, "remboursement")
    expect(chat.get_by_text("Votre message contient un caractère illisible.")).to_be_visible()
    expect(chat.get_by_label("Votre question")).to_have_value("remboursement")


@pytest.mark.parametrize("way", ["text", "button"])
def test_a_conversation_that_is_gone_stays_visible_and_a_new_one_answers(chat: Page, stub: Stub, way: str) -> None:
    ask(chat, "flou")
    expect(chat.locator(".message.suggestions")).to_be_visible()
    stub.conversations.clear()
    if way == "text":
        ask(chat, "remboursement")
    else:
        chat.get_by_role("button", name="Aucune de ces questions").click()
    expect(chat.get_by_text("La conversation précédente est terminée.")).to_be_visible()
    expect(chat.locator(".message.assistant").last).not_to_contain_text("terminée")
    expect(chat.locator(".message.suggestions")).to_be_visible()
    assert len(stub.conversations) == 1
    assert "text" in stub.received[-1]


@pytest.mark.parametrize("how", ["network", "gateway"])
def test_offline_it_answers_by_search_and_comes_back_to_the_same_thread(chat: Page, stub: Stub, how: str) -> None:
    ask(chat, "remboursement")
    expect(chat.locator(".message.answer")).to_have_count(1)
    chat.clock.install()
    stub.down = how == "gateway"
    chat.context.set_offline(how == "network")
    ask(chat, "mot de pase oublié")
    found = chat.locator(".found details").first
    expect(found.locator("summary")).to_have_text("J'ai oublié mon mot de passe")
    expect(found).to_contain_text("Vérifié le")
    expect(chat.locator("#banner")).to_contain_text("0 806 001 620")
    stub.replies["mot de pase oublié"] = [{"id": "late", "kind": "answer", "text": "La réponse.", "buttons": []}]
    stub.down = False
    chat.context.set_offline(False)
    for _ in range(4):
        chat.clock.fast_forward(3000)
    expect(chat.get_by_text("La réponse.")).to_be_visible()
    expect(chat.locator("#banner")).to_be_empty()
    expect(chat.locator(".message.answer")).to_have_count(2)
    expect(chat.get_by_text("Vous", exact=True)).to_have_count(2)
    assert len(stub.conversations) == 1


def test_offline_a_number_is_not_searched_for(chat: Page, stub: Stub) -> None:
    ask(chat, "Où en est mon dossier ?")
    chat.get_by_label("Numéro étranger").fill("9900000000")
    stub.down = True
    chat.get_by_role("button", name="Envoyer le numéro").click()
    expect(chat.get_by_text("Ce choix sera repris dès son retour")).to_be_visible()
    assert "9900000000" not in chat.locator("#thread").inner_text()


def test_a_page_opened_while_the_gateway_is_down_starts_by_itself(page: Page, place: Place, stub: Stub) -> None:
    stub.down = True
    page.goto(place.ours)
    expect(page.get_by_text("L'assistant est injoignable pour le moment.")).to_be_visible()
    expect(page.locator("#banner")).to_contain_text("0 806 001 620")
    stub.down = False
    expect(page.get_by_text("Je suis un assistant automatique")).to_be_visible()


def test_the_end_of_the_conversation_is_said_before_and_when_it_comes(page: Page, place: Place, stub: Stub) -> None:
    page.clock.install()
    opened(page, place.ours)
    page.clock.fast_forward("24:59")
    expect(page.locator(".message")).to_have_count(1)
    page.clock.fast_forward("00:02")
    expect(page.get_by_text("cette conversation se termine dans 5 minutes")).to_be_visible()
    page.clock.fast_forward("05:01")
    expect(page.get_by_text("Cette conversation est terminée.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    ask(page, "remboursement")
    expect(page.locator(".message.answer")).to_be_visible()
    assert len(stub.conversations) == 2


def test_a_message_puts_the_end_off(page: Page, place: Place) -> None:
    page.clock.install()
    opened(page, place.ours)
    page.clock.fast_forward("24:00")
    ask(page, "bonjour")
    page.clock.fast_forward("20:00")
    expect(page.get_by_text("se termine dans")).to_have_count(0)


def test_a_browser_that_refuses_storage_can_still_talk(page: Page, place: Place) -> None:
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('refused') } })")
    opened(page, place.ours)
    ask(page, "remboursement")
    expect(page.locator(".message.answer")).to_be_visible()
