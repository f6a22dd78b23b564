"""The page that holds the diagram alone, and where its parts are."""

from __future__ import annotations

from playwright.sync_api import Page

READY = ".living[data-ready] g.node"


def visit(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector(READY)
    return page


def panel(page: Page):
    return page.locator(".st-key-stage-panel")


def stage(page: Page, name: str):
    return page.locator(f"#stage-{name}")


def save(page: Page, name: str) -> None:
    """Choose one of what the menu "Save" offers."""
    page.locator("summary", has_text="Save").click()
    page.get_by_role("button", name=name).click()
