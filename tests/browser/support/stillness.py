"""A page that stands still: what is measured while colours change is neither the one nor the other."""

from __future__ import annotations

from playwright.sync_api import Page


def still(page: Page) -> None:
    """Wait until no transition runs, five seconds at most: a busy machine may keep one for ever."""
    page.evaluate(
        """async () => {
            const running = () => document.getAnimations().filter((one) => one instanceof CSSTransition);
            const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
            for (let look = 0; look < 100 && running().length; look++) await pause();
        }"""
    )
