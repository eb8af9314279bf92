"""A whole call in Chromium, by keyboard alone, sign-in included; and what the page promises to eyes and ears."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from console.audit import Audit
from tests.console.desk.conftest import NUMBER, Place

ROOT = Path(__file__).resolve().parents[3]
SHOTS = ROOT / "artefacts" / "screenshots"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
KEYSTROKE_MS = 50


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    SHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, place: Place) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    made.grant_permissions(["clipboard-read", "clipboard-write"], origin=place.console)
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield opened
    assert not errors, errors


def sign_in(page: Page, place: Place, tabs: int = 0) -> None:
    """To the console through the identity provider; `tabs`: how far down the list of its members."""
    page.goto(f"{place.console}/console")
    expect(page.get_by_role("button", name="Agent du centre d'appels", exact=True)).to_be_focused()
    for _ in range(tabs):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main.desk:not([aria-busy])")).to_be_visible()
    expect(page.locator("#query")).to_be_focused()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def code_of(place: Place) -> str:
    messages = httpx2.get(f"{place.anef}/outbox.json").json()["messages"]
    return str(messages[0]["code"])


def test_a_whole_call_by_keyboard(page: Page, place: Place) -> None:
    sign_in(page, place)
    # A general question, answered and sent in writing.
    page.keyboard.type("mdp oubli")
    expect(page.get_by_role("option", selected=True)).to_contain_text("J'ai oublié mon mot de passe")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+t")
    expect(page.locator("#status")).to_have_text("Texte à dire copié.")
    assert clipboard(page).startswith("Sur la page de connexion")
    page.keyboard.press("Alt+s")
    expect(page.locator("#status")).to_contain_text("SMS copié")
    page.keyboard.press("Alt+c")
    expect(page.locator("#status")).to_have_text("Courriel copié.")
    assert clipboard(page).startswith("Bonjour,")
    page.screenshot(path=SHOTS / "console-answer.png")
    # Then their own file.
    page.keyboard.press("Alt+o")
    expect(page.get_by_label("Que cherche la personne ?")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.screenshot(path=SHOTS / "console-call-start.png")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Numéro étranger ou numéro de visa")).to_be_focused()
    page.keyboard.type(NUMBER)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code lu par la personne")).to_be_focused()
    page.keyboard.type(code_of(place))
    page.keyboard.press("Enter")
    card = page.locator("#call .card")
    expect(card).to_contain_text("Instruction en cours")
    expect(card).not_to_contain_text("DEM960000102")
    page.screenshot(path=SHOTS / "console-card-masked.png", full_page=True)
    expect(page.get_by_role("button", name="Montrer les détails")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card).to_contain_text("DEM960000102")
    page.screenshot(path=SHOTS / "console-card-whole.png", full_page=True)
    page.keyboard.press("Alt+k")
    expect(page.locator("#call")).to_be_hidden()
    expect(page.locator("#query")).to_be_focused()
    assert "DEM960000102" not in page.content()
    done = [(line.action, line.kind) for line in Audit(place.data_dir / "audit").lines()]
    assert done[-5:] == [
        ("signed-in", "session"),
        ("lookup", "status"),
        ("shown-masked", "status"),
        ("shown-whole", "status"),
        ("call-ended", "status"),
    ]


def test_search_open_copy_takes_no_more_than_four_keys(page: Page, place: Place) -> None:
    sign_in(page, place)
    page.keyboard.type("timbre rembours")
    expect(page.locator("#answer-title")).to_have_text("Comment me faire rembourser un timbre fiscal ?")
    pressed = ["Enter", "Alt+t"]
    for key in pressed:
        page.keyboard.press(key)
    assert sum(len(key.split("+")) for key in pressed) <= 4
    expect(page.locator("#status")).to_have_text("Texte à dire copié.")
    expect(page.locator("#query")).to_be_focused()


def test_a_keystroke_is_painted_within_50_ms(page: Page, place: Place) -> None:
    """All but the slowest twentieth are asserted: on a shared machine one frame may come late, and is printed."""
    sign_in(page, place)
    for query in ("attestation de prolongation", "code e-photo refuse", "renouvelement titre expire"):
        page.keyboard.type(query, delay=70)
        page.keyboard.press("Escape")
    expect(page.locator("#query")).to_have_value("")
    taken = sorted(page.evaluate("performance.getEntriesByName('keystroke').map((each) => each.duration)"))
    assert len(taken) >= 40
    median, p95, worst = taken[len(taken) // 2], taken[int(0.95 * len(taken))], taken[-1]
    print(f"keystroke to paint, ms: median {median:.1f}, p95 {p95:.1f}, worst {worst:.1f}")
    assert p95 <= KEYSTROKE_MS


def test_wrong_and_missing_answers_are_reported_in_two_keys(page: Page, place: Place) -> None:
    sign_in(page, place)
    page.keyboard.type("arnaque")
    expect(page.locator("#answer-title")).to_have_text("Est-ce une arnaque ?")
    page.keyboard.press("Alt+r")
    expect(page.locator("#status")).to_contain_text("Erreur signalée")
    page.keyboard.press("Alt+n")
    expect(page.locator("#status")).to_have_text("Réponse manquante signalée : arnaque")


def test_favourites_neighbours_and_the_sheet_of_keys(page: Page, place: Place) -> None:
    sign_in(page, place)
    page.keyboard.type("rendez-vous")
    expect(page.locator("#answer-title")).to_contain_text("rendez-vous")
    page.keyboard.press("Alt+g")
    expect(page.locator("#status")).to_have_text("Gardée en favori.")
    page.keyboard.press("Alt+1")
    expect(page.locator("#answer-title")).not_to_contain_text("rendez-vous à la préfecture ?")
    page.keyboard.press("Escape")
    expect(page.get_by_role("option").first).to_contain_text("★")
    page.keyboard.press("F1")
    expect(page.get_by_role("dialog")).to_contain_text("Copier pour le téléphone")
    page.screenshot(path=SHOTS / "console-keys.png")
    page.keyboard.press("Escape")
    expect(page.locator("#query")).to_be_focused()


def test_typing_anywhere_goes_on_in_the_search(page: Page, place: Place) -> None:
    sign_in(page, place)
    page.mouse.click(900, 700)
    page.keyboard.type("timbre")
    expect(page.locator("#query")).to_have_value("timbre")


def test_at_200_percent_one_column_and_nothing_is_cut(page: Page, place: Place) -> None:
    page.set_viewport_size({"width": 640, "height": 400})  # 1280 by 800 at 200 %
    sign_in(page, place)
    page.keyboard.type("e-photo refus")
    expect(page.locator("#answer-title")).to_be_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=SHOTS / "console-200.png", full_page=True)


@pytest.mark.parametrize("state", ["answer", "call", "keys"])
def test_axe_finds_nothing(page: Page, place: Place, state: str) -> None:
    page.add_init_script(path=str(AXE))
    sign_in(page, place)
    page.keyboard.type("attestation")
    expect(page.locator("#answer-title")).to_be_visible()
    page.keyboard.press({"answer": "Enter", "call": "Alt+o", "keys": "F1"}[state])
    found = page.evaluate("axe.run().then(({violations}) => violations.map(({id, nodes}) => [id, nodes[0].html]))")
    assert found == []


def test_a_screen_reader_hears_the_list(page: Page, place: Place) -> None:
    sign_in(page, place)
    page.keyboard.type("timbre")
    field = page.get_by_role("combobox", name="Rechercher une réponse", expanded=True)
    expect(field).to_have_attribute("aria-activedescendant", "result-0")
    expect(page.get_by_role("status").filter(has_text="réponses. La première")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "result-1")


def test_another_role_has_no_caller_mode(page: Page, place: Place) -> None:
    sign_in(page, place, tabs=2)
    expect(page.locator("#show-call")).to_have_count(0)
    page.keyboard.press("Alt+o")
    expect(page.locator("#call")).to_be_hidden()


def test_signing_out_asks_who_comes_next(page: Page, place: Place) -> None:
    sign_in(page, place)
    page.get_by_role("button", name="Se déconnecter").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes déconnecté")
    page.get_by_role("link", name="Se connecter").press("Enter")
    expect(page.get_by_role("heading")).to_have_text("Identification de démonstration")
