"""The chat page: asking, reading, judging, keeping, erasing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Place
from tests.browser.steps import ask, opened
from tests.browser.stub import Stub


@pytest.fixture
def chat(page: Page, place: Place) -> Page:
    return opened(page, place.ours)


def test_the_first_words_say_that_it_is_a_machine_and_no_place_for_passwords(chat: Page) -> None:
    expect(chat.locator("header")).to_contain_text("Assistant automatique, pas un agent.")
    expect(chat.locator("header")).to_contain_text("site non officiel")
    expect(chat.locator("#composer")).to_contain_text("Jamais de mot de passe")
    assert chat.get_by_label("Votre question").get_attribute("placeholder") is None


def test_an_answer_comes_with_its_title_source_and_links(chat: Page) -> None:
    ask(chat, "remboursement")
    answer = chat.locator(".message.answer")
    expect(answer.get_by_role("heading")).to_have_text("Se faire rembourser un timbre")
    expect(answer.locator(".text ol li")).to_have_count(2)
    link = answer.locator(".text a")
    expect(link).to_have_attribute("href", "https://timbres.impots.gouv.fr/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_contain_text("nouvelle fenêtre")
    source = answer.get_by_text("FAQ Séjour, question 14. Vérifié le 23 novembre 2026.")
    expect(source).to_be_hidden()
    answer.get_by_text("Source et date de vérification").click()
    expect(source).to_be_visible()
    expect(answer.get_by_role("link", name="Lire la fiche complète")).to_have_attribute(
        "href", "/faq/timbre-remboursement"
    )


def test_a_button_is_posted_by_its_id_and_shown_as_the_person_s_words(chat: Page, stub: Stub) -> None:
    ask(chat, "remboursement")
    chat.get_by_role("button", name="Voir toutes les étapes").click()
    expect(chat.get_by_text("Étape deux")).to_be_visible()
    assert set(stub.received[-1]) == {"message_id", "button"}
    expect(chat.locator(".message.person").last).to_contain_text("Voir toutes les étapes")


def test_additions_to_the_thread_are_announced_and_its_tools_are_not(chat: Page) -> None:
    chat.evaluate("""() => {
        window.announced = [];
        new MutationObserver((changes) => {
          for (const { addedNodes, target } of changes)
            if (!target.closest('[aria-live=off]'))
              for (const node of addedNodes) if (!node.closest?.('[aria-live=off]'))
                window.announced.push(node.cloneNode(true).textContent);
        }).observe(document.getElementById('thread'), { childList: true, subtree: true });
        window.states = [];
        new MutationObserver(() => window.states.push(document.getElementById('status').textContent))
          .observe(document.getElementById('status'), { childList: true });
    }""")
    thread = chat.get_by_role("log", name="Conversation")
    expect(thread).to_have_attribute("id", "thread")
    ask(chat, "remboursement")
    expect(thread.locator(".answer")).to_be_visible()
    # The answer element as it is when added holds its words; its tools come into a silent place afterwards.
    assert chat.evaluate("document.querySelector('.answer .tools').getAttribute('aria-live')") == "off"
    assert chat.evaluate("document.querySelector('.answer .tools .feedback') !== null")
    assert chat.evaluate("window.states") == ["L'assistant cherche la réponse…", ""]


def test_each_message_carries_its_language_and_direction(chat: Page) -> None:
    ask(chat, "arabe")
    text = chat.locator(".message.notice .text")
    expect(text).to_have_attribute("lang", "ar")
    expect(text).to_have_attribute("dir", "rtl")
    expect(chat.locator(".message.person .text")).to_have_attribute("dir", "auto")


@pytest.mark.parametrize("reason", ["faux", "incomplet", "pas-ma-question", "pas-clair"])
def test_an_answer_can_be_called_not_useful_for_one_of_four_reasons(chat: Page, stub: Stub, reason: str) -> None:
    labels = {
        "faux": "C'est faux",
        "incomplet": "C'est incomplet",
        "pas-ma-question": "Ce n'est pas ma question",
        "pas-clair": "Ce n'est pas clair",
    }
    ask(chat, "remboursement")
    chat.get_by_role("button", name="Pas utile").click()
    chat.get_by_role("button", name=labels[reason]).click()
    expect(chat.get_by_text("Merci, c'est noté.")).to_be_focused()
    message = chat.locator(".message.answer").get_attribute("data-id")
    assert stub.feedback == [{"message": message, "useful": False, "reason": reason}]


def test_an_answer_can_be_called_useful(chat: Page, stub: Stub) -> None:
    ask(chat, "remboursement")
    chat.get_by_role("button", name="Utile", exact=True).click()
    expect(chat.get_by_text("Merci, c'est noté.")).to_be_visible()
    assert stub.feedback[0]["useful"] is True


def test_a_number_typed_in_the_dedicated_field_is_sent_as_text_and_never_shown(chat: Page, stub: Stub) -> None:
    ask(chat, "Où en est mon dossier ?")
    field = chat.get_by_label("Numéro étranger")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("inputmode", "numeric")
    field.fill("9900000000")
    chat.get_by_role("button", name="Envoyer le numéro").click()
    code = chat.get_by_label("Code reçu")
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    assert stub.received[-1]["text"] == "9900000000"
    expect(chat.get_by_text("numéro envoyé (caché)")).to_be_visible()
    assert "9900000000" not in chat.content()
    code.fill("123456")
    code.press("Enter")
    expect(chat.locator(".card")).to_be_visible()
    expect(chat.locator("#secure")).to_be_hidden()
    assert "123456" not in chat.content()


def test_a_card_tells_the_stage_in_words(chat: Page) -> None:
    ask(chat, "carte")
    stages = chat.get_by_role("list", name="Les étapes de votre demande").get_by_role("listitem")
    expect(stages).to_have_text(
        [
            re.compile("Dépôt de la demande .fait."),
            re.compile("Instruction en cours .étape actuelle."),
            re.compile("Décision prise .à venir."),
            re.compile("Titre de séjour disponible .à venir."),
        ]
    )
    expect(stages.nth(1)).to_have_attribute("aria-current", "step")
    expect(chat.locator(".card")).to_contain_text("depuis le 1er septembre 2026")
    expect(chat.locator(".card")).to_contain_text("Demandé le 2 octobre 2026")


def test_a_reload_finds_the_same_thread(chat: Page, stub: Stub) -> None:
    ask(chat, "remboursement")
    chat.reload()
    expect(chat.locator(".message.answer")).to_be_visible()
    expect(chat.locator(".message.person")).to_contain_text("remboursement")
    assert len(stub.conversations) == 1


def test_what_the_gateway_hid_is_named_when_the_thread_comes_back(chat: Page, stub: Stub) -> None:
    ask(chat, "bonjour")
    thread = next(iter(stub.conversations.values()))
    thread[1]["text"] = "mon numéro est ⟦numero-etranger:9-chiffres⟧"
    chat.reload()
    expect(chat.locator(".message.person")).to_contain_text("mon numéro est « numéro étranger caché »")


def test_erasing_leaves_nothing_here_or_there(chat: Page, stub: Stub) -> None:
    ask(chat, "remboursement")
    chat.get_by_text("Options", exact=True).click()
    chat.get_by_role("button", name="Effacer la conversation").click()
    chat.get_by_role("dialog").get_by_role("button", name="Effacer").click()
    expect(chat.get_by_text("La conversation est effacée.")).to_be_visible()
    expect(chat.locator(".message")).to_have_count(1)
    assert stub.conversations == {}
    assert chat.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
    ask(chat, "remboursement")
    expect(chat.locator(".message.answer")).to_be_visible()
    assert len(stub.conversations) == 1


def test_the_conversation_can_be_copied_as_text(new_page: Callable[..., Page], place: Place) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    opened(page, place.ours)
    ask(page, "remboursement")
    page.get_by_text("Options", exact=True).click()
    page.get_by_role("button", name="Copier la conversation").click()
    expect(page.get_by_text("La conversation est copiée.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Vous : remboursement" in copied
    assert "Se faire rembourser un timbre" in copied
    assert "Pas utile" not in copied


def test_printing_leaves_the_words_and_drops_the_tools(chat: Page) -> None:
    ask(chat, "remboursement")
    chat.emulate_media(media="print")
    expect(chat.locator(".message.answer .text")).to_be_visible()
    for tool in ("#composer", ".tools", ".options"):
        expect(chat.locator(tool)).to_be_hidden()


def test_an_empty_or_too_long_question_is_refused_in_words(chat: Page, stub: Stub) -> None:
    before = len(stub.received)
    chat.get_by_role("button", name="Envoyer", exact=True).click()
    expect(chat.get_by_role("alert")).to_have_text("Écrivez votre question avant de l'envoyer.")
    chat.get_by_label("Votre question").fill("x" * 1001)
    chat.get_by_role("button", name="Envoyer", exact=True).click()
    expect(chat.get_by_role("alert")).to_contain_text("Votre message a 1001 caractères")
    expect(chat.get_by_label("Votre question")).to_have_attribute("aria-invalid", "true")
    assert len(stub.received) == before


def test_only_one_turn_is_sent_at_a_time(chat: Page, stub: Stub) -> None:
    stub.slow = 1.0
    chat.get_by_label("Votre question").fill("un")
    chat.keyboard.press("Enter")
    chat.get_by_label("Votre question").fill("deux")
    chat.keyboard.press("Enter")
    expect(chat.locator("#status")).to_have_text("Un instant, je réponds déjà à votre message précédent.")
    expect(chat.get_by_label("Votre question")).to_have_value("deux")
    expect(chat.get_by_text("Vous dites : un")).to_be_visible()
    assert [body["text"] for body in stub.received[1:]] == ["un"]


def test_an_incident_summary_stays_in_the_browser(chat: Page, stub: Stub) -> None:
    ask(chat, "qsdf")
    requests: list[str] = []
    chat.on("request", lambda request: requests.append(request.url))
    chat.get_by_role("button", name="Préparer un résumé du problème").last.click()
    chat.get_by_label("Que vouliez-vous faire ?").fill("Ouvrir le lien")
    chat.get_by_label("Adresse de la page concernée").fill("https://example.invalid/lien?token=secret#x")
    chat.get_by_role("button", name="Préparer le résumé").click()
    summary = chat.get_by_role("region", name="Votre résumé")
    expect(summary).to_contain_text("Ouvrir le lien")
    expect(summary).to_contain_text("https://example.invalid/lien")
    expect(summary).not_to_contain_text("secret")
    expect(summary).to_contain_text("non précisé")
    expect(summary).to_contain_text(re.compile(r"préparé le \d+ \w+ 20\d\d"))
    chat.keyboard.press("Escape")
    expect(chat.get_by_role("dialog")).to_have_count(0)
    expect(chat.get_by_role("button", name="Préparer un résumé du problème").last).to_be_focused()
    assert requests == []


def test_a_notice_appears_and_goes_while_the_page_is_looked_at(page: Page, place: Place, stub: Stub) -> None:
    page.clock.install()
    opened(page, place.ours)
    stub.notices = [{"id": "incident", "text": "Le paiement **ne répond pas**."}]
    page.clock.fast_forward(31_000)
    expect(page.locator("#notices")).to_have_text("Le paiement ne répond pas.")
    stub.notices = []
    page.clock.fast_forward(31_000)
    expect(page.locator("#notices")).to_be_empty()


def test_a_card_of_a_closed_application_has_no_row_of_stages(chat: Page) -> None:
    ask(chat, "fermée")
    expect(chat.locator(".card")).to_contain_text("Demande clôturée, depuis le 1er septembre 2026.")
    expect(chat.locator(".stages")).to_have_count(0)


def test_the_summary_prints_alone(chat: Page) -> None:
    chat.evaluate("window.print = () => { window.printed = document.body.className }")
    ask(chat, "qsdf")
    chat.get_by_role("button", name="Préparer un résumé du problème").last.click()
    chat.get_by_role("button", name="Préparer le résumé").click()
    chat.get_by_role("button", name="Imprimer le résumé").click()
    assert "print-summary" in chat.evaluate("window.printed")
    chat.emulate_media(media="print")
    expect(chat.get_by_role("region", name="Votre résumé")).to_be_visible()
    expect(chat.locator("#thread")).to_be_hidden()
    chat.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(chat.locator("#thread")).to_be_visible()
