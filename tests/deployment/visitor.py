"""A browser's part in plain HTTP and websockets: it keeps cookies, opens the page, and presses what the page shows."""

from __future__ import annotations

import asyncio
import http.client
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection

PATIENCE_S = 60.0
EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN
SERVED_BY = "x-served-by"


@dataclass
class Shown:
    """What a page showed in one run: its texts, the choices of a question, its buttons, and where it sends people."""

    served_by: str = ""
    texts: list[str] = field(default_factory=list)
    radio: str = ""
    options: list[str] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)
    redirect: str = ""

    def read(self, message: ForwardMsg) -> None:
        """Note what a message of the server brings to the page."""
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "markdown":
                self.texts.append(element.markdown.body)
            case "alert":
                self.texts.append(element.alert.body)
            case "exception":
                raise AssertionError(element.exception.message)
            case "progress":
                self.texts.append(element.progress.text)
            case "radio":
                self.radio, self.options = element.radio.id, list(element.radio.options)
            case "button":
                self.buttons[element.button.label] = element.button.id


@dataclass
class Visitor:
    """Somebody at a site, with the cookies that it gave."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, str, str]:
        """Status, text, and which process answered."""
        at = urlsplit(self.url)
        connection = http.client.HTTPConnection(at.netloc, timeout=PATIENCE_S)
        connection.request(method, at.path + path, body, {**headers, "cookie": self._cookie})
        response = connection.getresponse()
        for line in response.headers.get_all("set-cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.read().decode(), response.headers.get(SERVED_BY, "")

    def look(self, query: str) -> Shown:
        """Open a page in a session of its own, and read it."""
        return asyncio.run(self._in_session(query))

    def press(self, query: str, button: str) -> Shown:
        """Open a page and press a button; what the page then shows."""
        return asyncio.run(self._in_session(query, button))

    def answer(self, query: str, option: str) -> Shown:
        """Open a page, choose an option of its question and check it; what the page then shows."""
        return asyncio.run(self._in_session(query, "Check", option))

    @property
    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def _in_session(self, query: str, button: str = "", option: str = "") -> Shown:
        token = self.cookies.get("_streamlit_xsrf")  # without it Streamlit does not look who is signed in
        async with websockets.connect(
            f"{self.url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=list(map(websockets.Subprotocol, filter(None, ("streamlit", token)))),
            origin=websockets.Origin(self.url.removesuffix(urlsplit(self.url).path)),
            additional_headers={"cookie": self._cookie},
            max_size=None,
            open_timeout=PATIENCE_S,
        ) as wire:
            shown = await _run(wire, query, [])
            states = []
            if option:
                states.append(WidgetState(id=shown.radio, string_value=next(o for o in shown.options if option in o)))
            if button:
                states.append(WidgetState(id=shown.buttons[button], trigger_value=True))
                shown = await _run(wire, query, states)
            assert wire.response is not None
            shown.served_by = wire.response.headers.get(SERVED_BY, "")
            return shown


async def _run(wire: ClientConnection, query: str, states: list[WidgetState]) -> Shown:
    """One run of the script to its end, and all that it says."""
    ask, shown = BackMsg(), Shown()
    ask.rerun_script.query_string = query
    ask.rerun_script.widget_states.widgets.extend(states)
    await wire.send(ask.SerializeToString())
    async with asyncio.timeout(PATIENCE_S):
        while True:
            message = ForwardMsg.FromString(bytes(await wire.recv(decode=False)))
            if message.WhichOneof("type") == "delta":
                shown.read(message)
            elif message.WhichOneof("type") == "auth_redirect":
                shown.redirect = message.auth_redirect.url
            elif message.WhichOneof("type") == "script_finished" and message.script_finished != EARLY:
                return shown
