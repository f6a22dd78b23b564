"""The explorer in a browser: opened, and what stands where on it."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Page, expect


def machine(url: str) -> str:
    """An address with a setting that changes nothing, if it has none: without parameters it would open the opening."""
    return url if "?" in url else f"{url}/?seed=1"


def opened(page: Page, url: str) -> Page:
    page.goto(machine(url))
    ready(page)
    return page


def without_charts(page: Page, url: str) -> Page:
    """The explorer as a teacher may hand it out, without figures and charts: for what has nothing to do with them.

    They are half of what a page load costs.
    """
    page.goto(url if "hide=charts" in url else f"{url}{'&' if '?' in url else '/?'}hide=charts")
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(panel_title(page)).to_be_visible()
    settled(page)
    return page


def settled(page: Page | FrameLocator) -> None:
    """Waits until the server has nothing more to say to what was pressed last: no panel is ahead of its word."""
    expect(page.locator("[data-ahead]")).to_have_count(0)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")


def ready(page: Page) -> None:
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)


def panel_title(page: Page):
    return page.locator(".st-key-stage-panel h2").first


def choose(page: Page, group: str, option: str) -> None:
    page.locator(f".st-key-{group}").get_by_role("radio", name=option).or_(
        page.locator(f".st-key-{group}").get_by_role("button", name=option)
    ).first.click()
