"""A hall of phones: each connects, votes once within the time, and waits for its acknowledgement.

    python -m benchmarks.live_class --phones 1000 --seconds 10 [--replicas 2] [--kill] [--json]

The server is the real one in a process of its own, reached by loopback; phones speak HTTP as a browser does: the page,
their name, a stream of events that stays open, and a vote that is sent again with the same key until it is
acknowledged. A presenter's stream is open all the while. With `--kill` the server is killed half-way (SIGKILL) and
started again at once.

With `--replicas` so many servers share one PostgreSQL, which waits for its disk, and phones are spread over them, the
presenter at the last; with `--kill` the first is killed half-way and does not come back: its phones go to another.

`p50_ms` and `p95_ms` go from sending the request that was acknowledged to its acknowledgement, over all phones whose
request found a server. With `--kill` some press the button while there is none (`outage_s`): those `sent_into_outage`
are in `tap_p95_ms`, which goes over all phones, from the first try. `counted` is the tally's sum after all that, `lost`
are acknowledged votes that the store has not exactly once, as they were cast. `presenter_updates` is how often the
presenter's tally moved, `longest_still_s` the longest that it stood still in between, `longest_away_s` the longest that
a phone whose stream broke waited for the next.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import arguments
from benchmarks.hall_server import ANSWER_S, START_S, Away, Server, call, events
from benchmarks.rows import MISSED, Goal, Row, say
from lifecycle.classroom import ask_json, ask_of
from lifecycle.classroom.server.hub import Hub
from lifecycle.cli.processes import free_ports
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.storage import Classes
from tools import postgres

GRACE_S = 60.0  # after the voting time, until every phone must have its acknowledgement
OPTIONS = 4
POLL = "which"
PHONES, SECONDS = 1_000, 10.0
ACKNOWLEDGED, BACK, NONE_LOST = Goal("at most", 500.0, "ms"), Goal("at most", 3.0, "s"), Goal("at most", 0.0)


@dataclass
class Phone:
    """One phone: what it chose, and what became of it."""

    nth: int
    choice: int
    key: str
    cookie: str = ""
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    acknowledged: bool = False
    refused: str = ""
    sent_s: float = 0.0
    answer_ms: float = 0.0
    tap_ms: float = 0.0
    retry_s: float = 1.0
    turns: int = 0
    broken_s: float = 0.0
    away_s: float = 0.0
    retries: int = 0

    async def join(self, ports: Sequence[int], code: str) -> None:
        """Load the page, and get a name."""
        while not self.cookie:
            port = self._port(ports)
            with suppress(Away):
                await call(port, "GET", f"/join/{code}")
                self.cookie = (await call(port, "GET", f"/live/{code}/state")).cookie
            if not self.cookie:
                self._leave(ports, port)
                await asyncio.sleep(0.2)

    def _port(self, ports: Sequence[int]) -> int:
        """Where a proxy sends it: to the same server as long as that answers."""
        return ports[self.turns % len(ports)]

    def _leave(self, ports: Sequence[int], port: int) -> None:
        """Go to the next server, unless it has left this one already."""
        self.turns += self._port(ports) == port

    async def listen(self, ports: Sequence[int], code: str) -> None:
        """Hold the stream of events open, and come back when it breaks."""
        while True:
            port = self._port(ports)
            with suppress(Away):
                async for _ in events(port, f"/live/{code}/events", {"Cookie": self.cookie}, self._note_retry):
                    self.connected.set()
                    if self.broken_s:
                        self.away_s, self.broken_s = time.monotonic() - self.broken_s, 0.0
            self.broken_s = self.broken_s or time.monotonic()
            self._leave(ports, port)
            await asyncio.sleep(self.retry_s)

    def _note_retry(self, seconds: float) -> None:
        self.retry_s = seconds

    async def vote(self, ports: Sequence[int], code: str, at_s: float) -> None:
        """Vote at that moment, and again with the same key until it is acknowledged or refused."""
        await asyncio.sleep(max(0.0, at_s - time.monotonic()))
        tapped_s = time.monotonic()
        sent = {"key": self.key, "poll": POLL, "round": 1, "ballot": {"chosen": [self.choice]}}
        while True:
            began_s, port = time.monotonic(), self._port(ports)
            with suppress(Away):
                body, headers = json.dumps(sent).encode(), {"Cookie": self.cookie}
                answer = await call(port, "POST", f"/live/{code}/vote", body, headers)
                if answer.status == 200:
                    now_s = time.monotonic()
                    self.sent_s = began_s
                    self.answer_ms, self.tap_ms = 1000 * (now_s - began_s), 1000 * (now_s - tapped_s)
                    self.acknowledged = True
                    return
                if answer.status not in (429, 503):
                    self.refused = f"{answer.status} {answer.body[:200]!r}"
                    return
            self.retries += 1
            self._leave(ports, port)
            await asyncio.sleep(min(2.0, 0.2 * 2**self.retries) * random.uniform(0.7, 1.3))


@dataclass
class Presenter:
    """The presenter's stream: how often the tally moved, and when."""

    secret: str
    votes: int = 0
    moved_s: list[float] = field(default_factory=list)

    async def watch(self, port: int, code: str) -> None:
        while True:
            with suppress(Away):
                async for said in events(
                    port, f"/live/{code}/events?desk=1", {"Authorization": f"Bearer {self.secret}"}
                ):
                    counted = said["tally"] or {"voted": 0, "counts": []}
                    if counted["voted"] != self.votes and sum(counted["counts"]) == counted["voted"]:
                        self.votes = counted["voted"]
                        self.moved_s.append(time.monotonic())
            await asyncio.sleep(0.1)

    def longest_still_s(self) -> float:
        return max((b - a for a, b in zip(self.moved_s, self.moved_s[1:], strict=False)), default=0.0)


# --- the trial


async def trial(phones: int, seconds: float, *, kill: bool, data: Path, replicas: int = 1) -> dict[str, Any]:
    """What became of every vote, on one server over an SQLite file, or on several over one PostgreSQL."""
    if replicas == 1:
        return await _trial(phones, seconds, kill, data / "headwaters.db", [Server(data, free_ports(1)[0])])
    programs = postgres.found()
    if programs is None:
        raise SystemExit("Several replicas need PostgreSQL: python -m tools.postgres installs one.")
    with tempfile.TemporaryDirectory(prefix="hw-") as short:  # a socket's path may not be long
        Path(short).chmod(0o755)
        cluster = postgres.Cluster(programs, Path(short) / "pg", durable=True)
        cluster.start()
        try:
            servers = [Server(data, free_ports(1)[0], cluster.url) for _ in range(replicas)]
            return await _trial(phones, seconds, kill, cluster.url, servers)
        finally:
            cluster.stop()


async def _trial(
    phones: int, seconds: float, kill: bool, where: Path | str, servers: Sequence[Server]
) -> dict[str, Any]:
    question = Question(
        POLL, "lifecycle", QuestionKind.SINGLE, "Which?", tuple(Option(f"Option {n}", n == 0) for n in range(OPTIONS))
    )
    asked = ask_of(question, {}, seed="benchmark")
    hub = Hub(Classes(where))
    code, secret = hub.start(
        {"id": "benchmark", "title": "Benchmark", "steps": [{"headline": "Vote", "ask": ask_json(asked)}]}
    )
    hub.act(code, secret, "ask")
    hub.stop()
    ports, last = [server.port for server in servers], servers[-1].port
    hall = [Phone(n, n % OPTIONS, f"k{random.randrange(10**12)}x{n}", turns=n) for n in range(phones)]
    presenter = Presenter(secret)
    background: list[asyncio.Task[None]] = []
    try:
        for server in servers:
            server.start()
        for server in servers:
            await server.ready()
        background.append(asyncio.create_task(presenter.watch(last, code)))
        await _all_in(hall, ports, code, background)
        began_s = time.monotonic()
        moments = [began_s + random.uniform(0.0, seconds) for _ in hall]
        votes = [phone.vote(ports, code, at_s) for phone, at_s in zip(hall, moments, strict=True)]
        outage = asyncio.create_task(_outage(servers, began_s + seconds / 2)) if kill else None
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds + GRACE_S):
                await asyncio.gather(*votes)
        away = await outage if outage else (0.0, 0.0)
        counted = await _counted(last, code, secret)
        await asyncio.sleep(0.5)  # the presenter's last message may be a quarter of a second behind
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        for server in servers:
            server.kill()
    return _figures(hall, presenter, counted, _lost(hall, Classes(where), code), away)


async def _all_in(hall: list[Phone], ports: Sequence[int], code: str, background: list[asyncio.Task[None]]) -> None:
    """Every phone is connected before the first votes; fifty come in at a time, as people do."""
    door = asyncio.Semaphore(50)

    async def enter(phone: Phone) -> None:
        async with door:
            await phone.join(ports, code)
            background.append(asyncio.create_task(phone.listen(ports, code)))
            await phone.connected.wait()

    async with asyncio.timeout(START_S + len(hall) / 20):
        await asyncio.gather(*(enter(phone) for phone in hall))


async def _outage(servers: Sequence[Server], at_s: float) -> tuple[float, float]:
    """Kill the first server at that moment, and start it again if it is alone; from when until when it was away."""
    await asyncio.sleep(max(0.0, at_s - time.monotonic()))
    began_s = time.monotonic()
    await asyncio.to_thread(servers[0].kill)
    if len(servers) == 1:
        servers[0].start()
        await servers[0].ready()
    return began_s, time.monotonic()


async def _counted(port: int, code: str, secret: str) -> list[int]:
    """The tally as the server tells it to the presenter, by option."""
    async with asyncio.timeout(ANSWER_S):
        async for said in events(port, f"/live/{code}/events?desk=1", {"Authorization": f"Bearer {secret}"}):
            return list(said["tally"]["counts"])
    return []


def _lost(hall: list[Phone], store: Classes, code: str) -> int:
    """Acknowledged votes that are not in the store exactly once, as they were cast."""
    kept = Counter((row.submission.rpartition(":")[2], row.ballot) for _, row in store.votes(code))
    return sum(kept[phone.key, json.dumps({"chosen": [phone.choice]})] != 1 for phone in hall if phone.acknowledged)


def _figures(
    hall: list[Phone], presenter: Presenter, counted: list[int], lost: int, away: tuple[float, float]
) -> dict[str, Any]:
    acknowledged = [phone for phone in hall if phone.acknowledged]
    met = [phone for phone in acknowledged if not away[0] <= phone.sent_s <= away[1]]
    answers = sorted(phone.answer_ms for phone in met)
    taps = sorted(phone.tap_ms for phone in acknowledged)
    return {
        "phones": len(hall),
        "acknowledged": len(acknowledged),
        "counted": sum(counted),
        "lost": lost,
        "p50_ms": round(_quantile(answers, 0.5), 1),
        "p95_ms": round(_quantile(answers, 0.95), 1),
        "tap_p95_ms": round(_quantile(taps, 0.95), 1),
        "retried": sum(phone.retries > 0 for phone in hall),
        "refused": sum(bool(phone.refused) for phone in hall),
        "outage_s": round(away[1] - away[0], 2),
        "sent_into_outage": len(acknowledged) - len(met),
        "presenter_updates": len(presenter.moved_s),
        "longest_away_s": round(max(phone.away_s for phone in hall), 2),
        "longest_still_s": round(presenter.longest_still_s(), 2),
    }


def _quantile(rising: list[float], share: float) -> float:
    if len(rising) < 2:
        return rising[0] if rising else float("nan")
    return statistics.quantiles(rising, n=100, method="inclusive")[round(100 * share) - 1]


def _room_for(sockets: int) -> None:
    """A phone holds a stream open, and votes by a connection of its own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * sockets + 500
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise SystemExit(f"This needs {wanted} open files and the system allows {hard}: try fewer phones.")
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def rows(figures: Mapping[str, Any], seconds: float, *, kill: bool, replicas: int) -> list[Row]:
    """What a hall waited for, and what was lost; the goal for the wait is for 1,000 phones within ten seconds."""
    phones = figures["phones"]
    votes = f"{phones:,} phones vote within {seconds:g} s"
    votes += f" on {replicas} servers of one PostgreSQL" if replicas > 1 else ""
    votes += ", one is killed half-way" if kill else ""
    # Either may be the larger: a vote that was counted and not acknowledged, or acknowledged and not kept.
    lost = max(phones - figures["acknowledged"], abs(figures["counted"] - figures["acknowledged"]), figures["lost"])
    measured = [
        Row(
            f"{votes}: acknowledged on the disk, 95 of 100 within",
            f"{figures['p95_ms']:.0f} ms, in the middle {figures['p50_ms']:.0f} ms",
            figures["p95_ms"],
            ACKNOWLEDGED if (phones, seconds) == (PHONES, SECONDS) else None,
        ),
        Row("votes of these that are lost or not counted once", f"{lost:,}", lost, NONE_LOST),
    ]
    if kill:
        away_s = figures["longest_away_s"]
        measured.append(Row(f"{votes}: a broken stream is back within", f"{away_s:.1f} s", away_s, BACK))
    return measured


def main(called_with: Sequence[str] | None = None) -> int:
    """Run the trial and print a row a figure; 1 where a vote was lost or one is missing."""
    parser = arguments.parser("live_class", __doc__)
    parser.add_argument("--phones", type=arguments.whole(), default=PHONES)
    parser.add_argument("--seconds", type=arguments.number(0.0), default=SECONDS, help="within which all vote")
    parser.add_argument("--kill", action="store_true", help="kill the server half-way, and start it again")
    parser.add_argument("--replicas", type=arguments.whole(), default=1, help="servers over one PostgreSQL")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(called_with)
    _room_for(given.phones)
    with tempfile.TemporaryDirectory(prefix="headwaters-") as folder:
        figures = asyncio.run(
            trial(given.phones, given.seconds, kill=given.kill, data=Path(folder), replicas=given.replicas)
        )
    measured = rows(figures, given.seconds, kill=given.kill, replicas=given.replicas)
    if given.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name}: {value}" for name, value in figures.items()))
        say(*measured)
    return int(any(row.goal is NONE_LOST and row.verdict == MISSED for row in measured))


if __name__ == "__main__":
    sys.exit(main())
