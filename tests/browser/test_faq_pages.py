"""The FAQ as pages: by theme, by search, one address an entry, all of it without JavaScript."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from html import unescape

import pytest
from playwright.sync_api import Page, expect

from bot.faq import load_faq
from gateway.web.faq import THEMES
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, NARROW, PHONE, SHOTS, Place

FAQ = load_faq()


@pytest.fixture
def without_script(new_page: Callable[..., Page]) -> Page:
    return new_page(java_script_enabled=False)


def test_every_entry_is_listed_under_its_theme(without_script: Page, place: Place) -> None:
    without_script.goto(f"{place.ours}/faq")
    links = without_script.locator(".themes a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert sorted(links) == sorted(f"/faq/{id_}" for id_ in FAQ.entries)
    assert {entry.theme for entry in FAQ.entries.values()} <= set(THEMES)


def test_search_works_without_javascript(without_script: Page, place: Place) -> None:
    without_script.goto(f"{place.ours}/faq")
    without_script.get_by_label("Chercher dans les réponses").fill("mot de pase oublié")
    without_script.get_by_role("button", name="Chercher").click()
    first = without_script.locator(".results li").first
    expect(first.get_by_role("link").first).to_have_attribute("href", "/faq/mot-de-passe-oublie")
    first.get_by_role("link").first.click()
    expect(without_script.get_by_role("heading", level=1)).to_have_text("J'ai oublié mon mot de passe")


def test_a_search_that_finds_nothing_shows_a_way_to_a_person(without_script: Page, place: Place) -> None:
    without_script.goto(f"{place.ours}/faq?q=zzzzzzzz")
    expect(without_script.get_by_role("main")).to_contain_text("Aucune réponse pour « zzzzzzzz »")
    expect(without_script.get_by_role("main").get_by_role("link", name="0 806 001 620")).to_be_visible()


def test_the_chat_page_without_javascript_leads_to_search(without_script: Page, place: Place) -> None:
    without_script.goto(place.ours)
    expect(without_script.get_by_text("Sans JavaScript, votre question ouvre la recherche")).to_be_visible()
    without_script.screenshot(path=SHOTS / "chat-without-script.png")
    without_script.get_by_label("Votre question").fill("numéro étranger")
    without_script.get_by_role("button", name="Envoyer").click()
    expect(without_script.locator(".results")).to_contain_text("numéro étranger")


def test_every_entry_has_its_page_with_sources_date_and_structured_data(page: Page, place: Place) -> None:
    for id_, entry in FAQ.entries.items():
        response = page.request.get(f"{place.ours}/faq/{id_}")
        assert response.ok
        html = response.text()
        main = unescape(html[html.index("<main") : html.index("</main>")])
        for source in entry.sources:
            assert source.document in main, id_
        assert f"Vérifié le {entry.checked_on.day}" in main, id_
        assert not re.search(r"[{}]", main), f"{id_}: an address was left unexpanded"
        start = html.index('<script type="application/ld+json">') + 35
        data = json.loads(html[start : html.index("</script>", start)])
        assert data["@type"] == "FAQPage"
        assert data["mainEntity"][0]["name"] == entry.title
        assert f'<link rel="canonical" href="{place.ours}/faq/{id_}">' in html


@pytest.mark.parametrize("size", [NARROW, PHONE, DESKTOP], ids=["narrow", "phone", "desktop"])
@pytest.mark.parametrize("path", ["/faq", "/faq?q=timbre", "/faq/demarches-en-ligne", "/faq/inconnu"])
def test_a_page_of_the_faq(new_page: Callable[..., Page], place: Place, path: str, size: dict[str, int]) -> None:
    page = new_page(viewport=size)
    page.goto(place.ours + path)
    name = path.strip("/").replace("/", "-").replace("?q=", "-search-")
    page.screenshot(path=SHOTS / f"{name}-{size['width']}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_an_unknown_entry_is_a_page_that_offers_search(page: Page, place: Place) -> None:
    response = page.goto(f"{place.ours}/faq/inconnu")
    assert response and response.status == 404
    expect(page.get_by_role("search")).to_be_visible()


def test_the_sitemap_names_every_page(page: Page, place: Place) -> None:
    tree = ElementTree.fromstring(page.request.get(f"{place.ours}/sitemap.xml").text())
    found = {element.text for element in tree.iter() if element.tag.endswith("loc")}
    assert found == {f"{place.ours}/", f"{place.ours}/faq", *(f"{place.ours}/faq/{id_}" for id_ in FAQ.entries)}
    assert f"Sitemap: {place.ours}/sitemap.xml" in page.request.get(f"{place.ours}/robots.txt").text()


def test_an_entry_prints_without_navigation_and_with_addresses(page: Page, place: Place) -> None:
    page.goto(f"{place.ours}/faq/e-photo-refusee")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    after = "getComputedStyle(document.querySelector('main a[href^=https]'), '::after').content"
    assert "attr(href)" in page.evaluate(after) or "https://" in page.evaluate(after)
