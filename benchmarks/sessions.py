"""Many learners on one server: all open the explorer within seconds; once each has its page, all go to another stage.

    python -m benchmarks.sessions [SESSIONS]

Sessions are real (websocket and Streamlit's own messages), browsers are not: the server does all its work, nobody
draws. The goal is for 60 sessions.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import subprocess
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

from benchmarks import arguments
from benchmarks.page import STAGES, serve
from benchmarks.rows import Goal, Row, say

ROOT = Path(__file__).parents[1]
PATIENCE_S = 100.0
SESSIONS, WITHIN_S = 60, 5.0
PAGE, NO_ERRORS = Goal("at most", 6.0, "s"), Goal("at most", 0.0)
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


async def visit(url: str, first: str, second: str, crowd: asyncio.Barrier | None = None, after_s: float = 0.0) -> Visit:
    """Open the explorer at stage `first` in a session of its own, then go to `second`; the session ends with it.

    It begins after `after_s` seconds, and goes on when everybody in its crowd has a page.
    """
    told = Visit()
    await asyncio.sleep(after_s)
    async with session(url) as wire:
        told.page_s = await run(wire, f"stage={first}&moment=43200", told)
        if crowd is not None:
            await crowd.wait()
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


async def crowd(url: str, sessions: int, within_s: float = 0.0) -> list[Visit]:
    """So many visits over different stages, begun at once or at random within so many seconds."""
    luck, everybody = random.Random(1), asyncio.Barrier(sessions)
    routes = [(STAGES[n % len(STAGES)], STAGES[(n + 1) % len(STAGES)]) for n in range(sessions)]
    visits = [visit(url, *route, everybody, luck.uniform(0.0, within_s)) for route in routes]
    return list(await asyncio.gather(*visits))


def resident_bytes(process_id: int) -> int:
    """Memory that a process holds now."""
    return 1024 * int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(process_id)]))


def main(called_with: Sequence[str] | None = None) -> None:
    """Measure, and print a row a figure."""
    parser = arguments.parser("sessions", __doc__)
    parser.add_argument("sessions", type=arguments.whole(), nargs="?", default=SESSIONS, help="how many learners")
    sessions = parser.parse_args(called_with).sessions
    with ExitStack() as stack:
        url, process = serve(stack, ROOT / "app.py")
        asyncio.run(visit(url, *STAGES[:2]))  # the server's own first time is not the learners'
        before = resident_bytes(process.pid)
        visits = asyncio.run(crowd(url, sessions, WITHIN_S))
        grown = resident_bytes(process.pid) - before
    say(*rows(visits, before, grown))


def rows(visits: Sequence[Visit], before: int, grown: int) -> list[Row]:
    """What so many visits waited, and the bytes that the server held before them and took more."""
    pages_s, stages_s = [each.page_s for each in visits], [each.stage_s for each in visits]
    errors = [error for each in visits for error in each.errors]
    for error in sorted(set(errors))[:3]:
        print(error)
    many, late_s = len(visits), nearly_all(pages_s)
    return [
        Row(
            f"{many} learners open the page within {WITHIN_S:.0f} s on one process, 95 of 100 have it within",
            f"{late_s:.1f} s, in the middle {statistics.median(pages_s):.1f} s",
            late_s,
            PAGE if many == SESSIONS else None,
        ),
        Row(
            "then all go to another stage at once, 95 of 100 have it within",
            f"{nearly_all(stages_s):.1f} s, in the middle {statistics.median(stages_s):.1f} s",
        ),
        Row(f"errors shown to these {many} learners", f"{len(errors)}", len(errors), NO_ERRORS),
        Row(
            "memory for each of these sessions",
            f"{grown / many / 2**10:.0f} KiB, beside {before / 2**20:.0f} MiB that the server took before",
        ),
    ]


def nearly_all(waits_s: Sequence[float]) -> float:
    """The seconds within which 95 of 100 waits were over."""
    return statistics.quantiles(waits_s, n=20, method="inclusive")[-1] if len(waits_s) > 1 else waits_s[0]


if __name__ == "__main__":
    main()
