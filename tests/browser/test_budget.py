"""What it weighs, and under which headers it comes."""

from __future__ import annotations

import gzip
import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from bot.faq import load_faq
from gateway.web.assets import STATIC_DIR
from tests.browser.conftest import ROOT, Place

LOADER_BYTES = 4_000
WIDGET_BYTES = 30_000
ANSWERS = ("/api/", "/faq/index.json")


def test_the_loader_and_the_opened_widget_are_light(page: Page, place: Place) -> None:
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))
    page.goto(f"{place.host}/")
    page.get_by_role("button", name="Poser une question").click()
    expect(page.frame_locator("iframe").get_by_text("Je suis un assistant automatique")).to_be_visible()
    page.wait_for_load_state("networkidle")
    ours = {r.url: r for r in loaded if r.url.startswith(place.ours) and not urlsplit(r.url).path.startswith(ANSWERS)}
    assert all(r.header_value("content-encoding") == "gzip" for r in ours.values())
    sizes = {url: len(gzip.compress(r.body(), 9)) for url, r in ours.items()}
    loader = next(size for url, size in sizes.items() if url.endswith("loader.js"))
    print({urlsplit(url).path: size for url, size in sizes.items()}, sum(sizes.values()))
    assert loader <= LOADER_BYTES
    assert sum(sizes.values()) <= WIDGET_BYTES


def test_the_published_integrity_is_that_of_the_files(page: Page, place: Place) -> None:
    published = json.loads((STATIC_DIR / "widget" / "integrity.json").read_text(encoding="utf-8"))
    assert page.request.get(f"{place.ours}/widget/integrity.json").json() == published
    assert published


def test_the_loader_says_the_same_phone_number_as_the_answers() -> None:
    loader = (STATIC_DIR / "widget" / "1.0.0" / "loader.js").read_text(encoding="utf-8")
    assert load_faq().addresses["ccc"].text in loader


@pytest.mark.parametrize(
    ("path", "ancestors", "cache"),
    [
        ("/", "'none'", "no-store"),
        ("/widget/frame?site=demo", "'self'", "no-store"),
        ("/widget/frame?site=inconnu", "'none'", "no-cache"),
        ("/faq", "'none'", "no-cache"),
        ("/faq/suivi-demande", "'none'", "no-cache"),
    ],
)
def test_a_page_comes_under_the_policy(page: Page, place: Place, path: str, ancestors: str, cache: str) -> None:
    headers = page.request.get(place.ours + path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert policy.endswith(f"frame-ancestors {ancestors}")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == cache
    assert ("cross-origin-opener-policy" in headers) is ("frame?site=demo" not in path)


def test_the_frame_of_a_site_may_be_held_by_that_site_alone(page: Page, place: Place) -> None:
    headers = page.request.get(f"{place.ours}/widget/frame?site=test").headers
    assert headers["content-security-policy"].endswith(f"frame-ancestors {place.host}")


@pytest.mark.parametrize("origin", ["null", "https://www.rhone.gouv.fr.example.evil.tld", "http://127.0.0.1", ""])
def test_the_loader_is_shared_with_exact_origins_only(page: Page, place: Place, origin: str) -> None:
    url = f"{place.ours}/widget/1.0.0/loader.js"
    refused = page.request.get(url, headers={"Origin": origin})
    assert "access-control-allow-origin" not in refused.headers
    assert "Origin" in refused.headers["vary"]
    allowed = page.request.get(url, headers={"Origin": place.host})
    assert allowed.headers["access-control-allow-origin"] == place.host
    assert "immutable" in allowed.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["/static/000000000000/site.css", "/static/%2e%2e/pages.py", "/widget/9.9.9/loader.js"]
)
def test_what_does_not_exist_is_not_found(page: Page, place: Place, path: str) -> None:
    assert page.request.get(place.ours + path).status == 404


def test_no_file_names_a_registry_or_another_party() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "http" not in lock and "resolved" not in lock
    for path in (path for path in STATIC_DIR.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://", text), path
