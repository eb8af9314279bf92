"""Every state of the pages: no axe violation, no sideways scrolling, and a picture kept for people to look at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE, SHOTS, Place
from tests.browser.steps import ask, opened
from tests.browser.stub import Stub

SIZES = {"phone": PHONE, "desktop": DESKTOP}


def check(page: Page, name: str) -> None:
    page.screenshot(path=SHOTS / f"{name}.png")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def answer(page: Page) -> None:
    ask(page, "Comment obtenir le remboursement d'un timbre fiscal ?")
    page.get_by_text("Source et date de vérification").click()
    page.get_by_role("button", name="Pas utile").click()


def lookup(page: Page) -> None:
    ask(page, "Où en est mon dossier ?")
    page.get_by_label("Numéro étranger").fill("9900000000")
    page.get_by_role("button", name="Envoyer le numéro").click()
    expect(page.get_by_label("Code reçu")).to_be_visible()


def card(page: Page) -> None:
    ask(page, "carte")


def suggestions(page: Page) -> None:
    ask(page, "une question un peu flou")


def dead_end(page: Page) -> None:
    ask(page, "asile")
    ask(page, "qsdf")


def refused(page: Page) -> None:
    ask(page, "refuse")


def offline(page: Page) -> None:
    expect(page.locator("#thread .choices").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    ask(page, "mot de passe oublié")
    expect(page.locator("#banner")).to_contain_text("Assistant injoignable")


def options(page: Page) -> None:
    page.get_by_text("Options", exact=True).click()


def arabic(page: Page) -> None:
    ask(page, "arabe")


def incident(page: Page) -> None:
    options(page)
    page.get_by_role("button", name="Préparer un résumé du problème").click()


def incident_done(page: Page) -> None:
    incident(page)
    page.get_by_label("Que vouliez-vous faire ?").fill("Déposer ma demande de renouvellement.")
    page.get_by_label("Message affiché à l'écran").fill("Erreur 500")
    page.get_by_role("button", name="Préparer le résumé").click()


def erase(page: Page) -> None:
    options(page)
    page.get_by_role("button", name="Effacer la conversation").click()


STATES = [
    answer,
    lookup,
    card,
    suggestions,
    dead_end,
    refused,
    offline,
    options,
    arabic,
    incident,
    incident_done,
    erase,
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_a_state_of_the_chat_page(
    new_page: Callable[..., Page], place: Place, stub: Stub, state: Callable[[Page], None], size: str
) -> None:
    page = opened(new_page(viewport=SIZES[size]), place.ours)
    if state is refused:
        stub.refusals = [
            (429, "Vous envoyez beaucoup de messages. Attendez un peu, puis réessayez.", {"Retry-After": "20"})
        ]
    state(page)
    page.wait_for_function("!document.body.classList.contains('answering')")
    check(page, f"chat-{state.__name__}-{size}")
