"""Many learners at once on one server: each session opens the explorer, gets its whole page, then another stage.

    python -m benchmarks.sessions [SESSIONS]

Sessions are real (websocket and Streamlit's own messages), browsers are not: the server does all its work, nobody
draws. Prints how long the learners waited for the page and for the stage, and what the server's memory came to.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.page import STAGES, serve

ROOT = Path(__file__).parents[1]
PATIENCE_S = 100.0
WELL = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
)


@dataclass
class Visit:
    """What one session got: seconds for its page and for its second stage; headings, and errors shown to it.

    `diagram` is what a click on the diagram is sent to: the component's id, and the part of the page that runs anew.
    """

    session: str = ""
    page_s: float = 0.0
    stage_s: float = 0.0
    headings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    diagram: tuple[str, str] = ("", "")


def session(url: str, cookie: str = "") -> connect:
    """A session of the app at `url`, to be entered; `cookie` leads a learner back to one of several processes.

    Without a browser's name the server leaves nothing for later: charts and all come in the first run.
    """
    return connect(
        f"{url.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        additional_headers={"cookie": cookie} if cookie else None,
        user_agent_header=None,
        max_size=None,
        open_timeout=PATIENCE_S,
    )


async def visit(url: str, first: str, second: str) -> Visit:
    """Open the explorer at stage `first` in a session of its own, then go to `second`; the session ends with it."""
    told = Visit()
    async with session(url) as wire:
        told.page_s = await run(wire, f"stage={first}&moment=43200", told)
        told.stage_s = await run(wire, f"stage={second}&moment=43200", told)
    return told


async def run(wire: ClientConnection, query: str, told: Visit) -> float:
    """Have the script run once at an address and read all it says; the seconds that took."""
    ask = BackMsg()
    ask.rerun_script.query_string = query
    return await _answered(wire, ask, told)


async def click(wire: ClientConnection, query: str, stage: str, told: Visit) -> float:
    """Click on a stage of the diagram at an address, as a browser says it, and read all that comes; seconds."""
    ask = BackMsg()
    id, ask.rerun_script.fragment_id = told.diagram
    ask.rerun_script.query_string = query
    ask.rerun_script.widget_states.widgets.append(
        WidgetState(
            id=_make_trigger_id(id, "events"), json_trigger_value=json.dumps([{"event": "select", "value": stage}])
        )
    )
    return await _answered(wire, ask, told)


async def _answered(wire: ClientConnection, ask: BackMsg, told: Visit) -> float:
    start = time.perf_counter()
    await wire.send(ask.SerializeToString())
    async with asyncio.timeout(PATIENCE_S):
        while True:
            said = ForwardMsg()
            said.ParseFromString(bytes(await wire.recv(decode=False)))
            kind = said.WhichOneof("type")
            if kind == "new_session":
                told.session = said.new_session.initialize.session_id
            elif kind == "delta":
                _read(said, told)
            elif kind == "script_finished":
                if said.script_finished not in WELL:
                    told.errors.append(ForwardMsg.ScriptFinishedStatus.Name(said.script_finished))
                if said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return time.perf_counter() - start


def _read(said: ForwardMsg, told: Visit) -> None:
    element = said.delta.new_element
    kind = element.WhichOneof("type")
    if kind == "exception":
        told.errors.append(element.exception.message)
    elif kind == "alert" and element.alert.format == Alert.ERROR:
        told.errors.append(element.alert.body)
    elif kind == "bidi_component" and element.bidi_component.component_name == "headwaters.diagram":
        told.diagram = element.bidi_component.id, said.delta.fragment_id
    elif kind == "bidi_component" and element.bidi_component.component_name == "headwaters_explanation":
        part = json.loads(element.bidi_component.json)
        if part["part"] == "title":
            told.headings.append(part["content"])


async def crowd(url: str, sessions: int) -> list[Visit]:
    """So many visits, all at once, over different stages."""
    routes = [(STAGES[n % len(STAGES)], STAGES[(n + 1) % len(STAGES)]) for n in range(sessions)]
    return list(await asyncio.gather(*(visit(url, first, second) for first, second in routes)))


def resident_bytes(process_id: int) -> int:
    """Memory that a process holds now."""
    return 1024 * int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(process_id)]))


def main(sessions: int) -> None:
    """Measure and print."""
    with ExitStack() as stack:
        url, process = serve(stack, ROOT / "app.py")
        asyncio.run(visit(url, *STAGES[:2]))  # the server's own first time is not the learners'
        before = resident_bytes(process.pid)
        start = time.perf_counter()
        visits = asyncio.run(crowd(url, sessions))
        took_s = time.perf_counter() - start
        grown = (resident_bytes(process.pid) - before) / sessions
    errors = [error for each in visits for error in each.errors]
    print(
        f"{sessions} sessions at once, two stages each: all served in {took_s:.1f} s, {len(errors)} errors {errors[:3]}"
    )
    print(_line("page", [each.page_s for each in visits]))
    print(_line("next stage", [each.stage_s for each in visits]))
    print(f"memory: {before / 2**20:.0f} MiB before, {grown / 2**10:.0f} KiB more for each session")


def _line(name: str, waits_s: Sequence[float]) -> str:
    deciles = statistics.quantiles(waits_s, n=10)
    return f"{name}: median {statistics.median(waits_s):.1f} s, nine of ten within {deciles[-1]:.1f} s"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
