"""What axe finds on a page that stands still: of a colour that is on its way to another, it measures neither."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.support.stillness import still

SERIOUS = ("serious", "critical")


def serious_faults(page: Page, within: str | None = None) -> list[str]:
    """Each serious fault in `within` (a selector; the whole page by default): its rule, its node, what is wrong."""
    still(page)
    context: dict[str, Any] | None = {"include": [[within]]} if within else None
    violations = Axe().run(page, context=context, options={"preload": False}).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node['any'][:1]}"
        for violation in violations
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
