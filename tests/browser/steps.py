"""What a person does on the chat page."""

from __future__ import annotations

from playwright.sync_api import Frame, FrameLocator, Page, expect


def opened(page: Page, address: str) -> Page:
    """The chat page once its first message is there."""
    page.goto(address)
    expect(page.get_by_text("Je suis un assistant automatique")).to_be_visible()
    return page


def ask(page: Page | Frame | FrameLocator, text: str) -> None:
    page.get_by_label("Votre question").fill(text)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator(".message.person").last).to_contain_text(text)
    expect(page.locator(".message.person + .assistant").last).to_be_visible()
