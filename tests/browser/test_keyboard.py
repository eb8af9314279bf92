"""The whole journey without a mouse, and at the sizes where pages break."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import NARROW, SHOTS, Place
from tests.browser.steps import ask, opened
from tests.browser.stub import Stub


def tab_to(page: Page, name: str, role: str = "button", *, back: bool = False) -> None:
    """Tab until the control of that name has the focus; every stop on the way must be visible."""
    wanted = page.get_by_role(role, name=name).last  # type: ignore[arg-type]
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert seen(page), f"the focus on {name} is hidden"
            return
    raise AssertionError(f"{name} is out of the keyboard's reach")


def seen(page: Page) -> bool:
    """Whether some of the focused element is on top, where the person can see it."""
    return page.evaluate("""() => {
        const element = document.activeElement, box = element.getBoundingClientRect();
        return [0.1, 0.5, 0.9].some((x) => [0.1, 0.5, 0.9].some((y) => {
          const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
          return top !== null && (element.contains(top) || top.contains(element) && top.closest('.bottom') === null);
        }));
    }""")


def test_the_whole_journey(page: Page, place: Place, stub: Stub) -> None:
    opened(page, place.ours)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller à la question")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Votre question")).to_be_focused()
    page.keyboard.type("remboursement")
    page.keyboard.press("Enter")
    expect(page.locator(".message.answer")).to_be_visible()
    tab_to(page, "Utile", back=True)
    tab_to(page, "Pas utile")
    page.keyboard.press("Enter")
    tab_to(page, "Ce n'est pas clair")
    page.keyboard.press("Space")
    expect(page.get_by_text("Merci, c'est noté.")).to_be_focused()
    tab_to(page, "Voir toutes les étapes", back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Étape deux")).to_be_visible()
    tab_to(page, "Votre question", "textbox")
    page.keyboard.type("une ligne")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("dossier")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Numéro étranger")).to_be_focused()
    page.keyboard.type("9900000000")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code reçu")).to_be_focused()
    page.keyboard.type("123456")
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_be_visible()
    expect(page.get_by_label("Votre question")).to_be_focused()
    page.locator("summary", has_text="Options").focus()
    page.keyboard.press("Enter")
    tab_to(page, "Préparer un résumé du problème")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Que vouliez-vous faire ?")).to_be_focused()
    page.keyboard.press("Escape")
    tab_to(page, "Effacer la conversation", back=True)
    page.keyboard.press("Enter")
    tab_to(page, "Effacer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("La conversation est effacée.")).to_be_visible()
    assert stub.conversations == {}


# 1280 × 1024 at 400 % is 320 × 256; the other is a small phone.
@pytest.mark.parametrize("viewport", [NARROW, {"width": 320, "height": 256}], ids=["320", "zoom-400"])
@pytest.mark.parametrize("path", ["/", "/widget/frame?site=demo"])
def test_nothing_is_cut_at_320_pixels_or_400_percent(
    new_page: Callable[..., Page], place: Place, viewport: dict[str, int], path: str
) -> None:
    page = opened(new_page(viewport=viewport), place.ours + path)
    for question in ("remboursement", "carte", "dossier"):
        ask(page, question)
    page.locator(".sources summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    name = f"{'frame' if 'frame' in path else 'chat'}-{viewport['width']}x{viewport['height']}"
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    ask(page, "remboursement")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", ["/", "/faq"])
def test_text_twice_as_large_cuts_nothing(page: Page, place: Place, path: str) -> None:
    page.goto(place.ours + path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if path == "/":
        opened(page, place.ours)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        ask(page, "carte")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    cut = "element => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1"
    assert page.evaluate(f"[...document.querySelectorAll('button, .text, .stages li')].filter({cut}).length") == 0
    page.screenshot(path=SHOTS / f"text-200{path.replace('/', '-')}.png")


def test_text_spacing_cuts_nothing(page: Page, place: Place) -> None:
    opened(page, place.ours)
    ask(page, "carte")
    page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; '
          + 'word-spacing: .16em !important } p { margin-bottom: 2em !important }');
        document.adoptedStyleSheets = [sheet];
    }""")
    cut = page.evaluate("""() => [...document.querySelectorAll('button, .text, .stages li')].filter((element) =>
        element.checkVisibility() && element.scrollWidth > element.clientWidth + 1).map((e) => e.textContent)""")
    assert cut == []


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"])
@pytest.mark.parametrize("path", ["/", "/faq", "/faq/suivi-demande"])
def test_dark_and_forced_colours(new_page: Callable[..., Page], place: Place, media: dict[str, str], path: str) -> None:
    page = new_page(**media)
    page.goto(place.ours + path)
    if path == "/":
        opened(page, place.ours)
        ask(page, "remboursement")
        ask(page, "carte")
    name = path.strip("/").replace("/", "-") or "chat"
    page.screenshot(path=SHOTS / f"{name}-{next(iter(media.values()))}.png", full_page=True)
    assert violations(page) == []


def test_reduced_motion_is_respected(new_page: Callable[..., Page], place: Place) -> None:
    still, moving = new_page(reduced_motion="reduce"), new_page(reduced_motion="no-preference")
    for page, expected in ((still, "auto"), (moving, "smooth")):
        page.goto(place.ours)
        expect(page.locator("html")).to_have_css("scroll-behavior", expected)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edges_of_fields_and_the_focus_stand_out(new_page: Callable[..., Page], place: Place, scheme: str) -> None:
    page = opened(new_page(color_scheme=scheme), place.ours)
    page.get_by_label("Votre question").focus()
    page.keyboard.type("x")
    ratios = page.evaluate("""async () => {
        const { colour, contrast } = await import(document.querySelector('link[href$="colours.js"]').href);
        const style = getComputedStyle(document.getElementById('question'));
        const background = colour(style.backgroundColor);
        return [style.borderTopColor, style.outlineColor].map((edge) => contrast(colour(edge), background));
    }""")
    assert min(ratios) >= 3
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
