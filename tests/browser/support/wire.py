"""The wire between a page and its server, which a test may hold up."""

from __future__ import annotations

import re

from playwright.sync_api import Page, WebSocketRoute

WIRE = re.compile(r"/_stcore/stream")


class Wire:
    """The server's word to a page, which a test may hold back."""

    def __init__(self, page: Page) -> None:
        self._held: list[str | bytes] = []
        self._holding = False
        self._route: WebSocketRoute | None = None
        page.route_web_socket(WIRE, self._open)

    def _open(self, route: WebSocketRoute) -> None:
        self._route = route
        route.connect_to_server().on_message(self._pass_on)

    def _pass_on(self, data: str | bytes) -> None:
        self._held.append(data)
        if not self._holding:
            self._release()

    def _release(self) -> None:
        assert self._route
        while self._held:
            self._route.send(self._held.pop(0))

    def hold(self) -> None:
        """From now on nothing of what the server says comes to the page."""
        self._holding = True

    def let_go(self) -> None:
        """What was held comes now, and all that follows."""
        self._holding = False
        self._release()
