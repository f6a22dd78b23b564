"""Stations of SimPy: how events come to one, are held, worked on and handed on; sources and what calls them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import simpy

from lifecycle.simulation.model.draws import exponentials, uniforms
from lifecycle.simulation.model.kinds import Role, Size, Start
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.roles import figures_of

Steps = Generator[simpy.Event, Any, None]


@dataclass
class Log:
    """What happened at one station: (event, second) of each arrival, departure and loss, by the day's end."""

    arrived: list[tuple[int, float]] = field(default_factory=list)
    departed: list[tuple[int, float]] = field(default_factory=list)
    lost: list[tuple[int, float]] = field(default_factory=list)


class Station:
    """One place. `receive` is called at the moment at which an event arrives."""

    waiting: list[int]  # of the kinds that gather

    def __init__(self, env: simpy.Environment, network: Network, scenario: Scenario, name: str) -> None:
        self.env, self.network, self.scenario, self.name = env, network, scenario, name
        station = next(s for s in network.stations if s.id == name)
        self.role, self.figures = station.role, figures_of(station, scenario)
        self.targets: list[Station] = []
        self.log = Log()

    def prepare(self, sizes: list[float]) -> None:
        """Lay out this station's luck for the day, and start what runs by the clock; `sizes`: bytes of each event."""
        self.events = events = len(sizes)
        self.work_of: list[float] | None = None
        per_mb_s = self.figures.get("decode_s_per_mb", 0.0) + self.figures.get("encrypt_s_per_mb", 0.0)
        wire = self.figures.get("bandwidth_bytes_per_s", 0.0) or float("inf")
        self.bytes_s = [size * per_mb_s / 1e6 + size / wire for size in sizes]
        if "spread" in self.figures:
            mean, spread = self.figures["per_event_s"], self.figures["spread"]
            draws = exponentials(self.scenario.seed, self.name, "work", events)
            self.work_of = (mean * (1.0 - spread) + mean * spread * draws + self.bytes_s).tolist()
        self.start()

    def start(self) -> None:
        """Start what runs by the clock."""

    def luck(self, purpose: str, share: str) -> list[bool]:
        draws = uniforms(self.scenario.seed, self.name, purpose, self.events)
        lucky: list[bool] = (draws < self.figures.get(share, 0.0)).tolist()
        return lucky

    def receive(self, event: int) -> None:
        self.log.arrived.append((event, self.env.now))
        self.take(event)

    def take(self, event: int) -> None:
        raise NotImplementedError

    def depart(self, event: int) -> None:
        self.log.departed.append((event, self.env.now))
        for target in self.targets:
            target.receive(event)

    def lose(self, event: int) -> None:
        self.log.lost.append((event, self.env.now))

    def later(self, seconds: float, events: list[int]) -> Steps:
        yield self.env.timeout(seconds)
        for event in events:
            self.depart(event)

    def every(self, interval: float, do: Callable[[list[int]], None]) -> Steps:
        """Call `do` with what has gathered, at interval, 2 x interval, …."""
        for tick in range(1, int(DAY_S // interval) + 1):
            yield self.env.timeout(tick * interval - self.env.now)
            gathered, self.waiting = self.waiting, []
            if gathered:
                do(gathered)

    def once_more(self, event: int) -> Steps:
        yield self.env.timeout(self.figures["redelivery_s"])
        for target in self.targets:
            target.receive(event)


class Gate(Station):
    """Events wait here until they are called for, then one reader takes them through a token bucket."""

    def start(self) -> None:
        self.waiting = []
        self.line: simpy.Store = simpy.Store(self.env)
        self.past: simpy.Store = simpy.Store(self.env)
        self.malformed = self.luck("malformed", "malformed_share")
        self.tokens, self.counted, self.backed_off = self.figures.get("burst", 1.0), 0.0, 0
        self.env.process(self.read())
        self.env.process(self.limit())
        self.call()

    def call(self) -> None:
        receivers = [target for target in self.targets if target.role == Role.INGESTION]
        pull, batch = self.scenario.start == Start.PULL, self.scenario.size == Size.BATCH
        self.gathers = bool(receivers) and (pull or batch)
        self.in_jobs = self.gathers and batch
        if not self.gathers:
            return
        theirs = receivers[0].figures
        if batch and not pull:
            self.env.process(self.drop_files(theirs["batch_interval_s"]))
            return
        interval = theirs["batch_interval_s"]
        if not batch:
            interval = self.figures.get("poll_interval_s", 0.0) or theirs["poll_interval_s"]
        self.env.process(self.every(interval, self.fetch))

    def take(self, event: int) -> None:
        if self.gathers:
            self.waiting.append(event)
        else:
            self.line.put((event, self.figures.get("per_event_s", 0.0), None, 1))

    def drop_files(self, interval: float) -> Steps:
        """Each interval's events make a file, dropped late by the file's own luck, never before the one before it."""
        count = int(DAY_S // interval) + 1
        late = exponentials(self.scenario.seed, self.name, "lateness of files", count)
        dropped: simpy.Event = self.env.timeout(0.0)
        for file in range(count):
            yield self.env.timeout(max((file + 1) * interval - self.env.now, 0.0))
            gathered, self.waiting = self.waiting, []
            delay = float(late[file]) * self.figures.get("lateness_s", 0.0)
            dropped = self.env.process(self.drop(delay, gathered, dropped))

    def drop(self, delay: float, events: list[int], before: simpy.Event) -> Steps:
        yield self.env.timeout(delay)
        if not before.processed:
            yield before
        self.fetch(events)

    def fetch(self, events: list[int]) -> None:
        trip, scan = self.figures.get("round_trip_s", 0.0), self.figures.get("scan_s", 0.0)
        good = [event for event in events if not self.malformed[event]]
        job = Job(good, self) if self.in_jobs else None
        page = int(self.figures.get("page_events", 1.0))
        for rank, event in enumerate(events):
            work = self.figures.get("per_event_s", 0.0)
            asks = min(page, len(events) - rank) if rank % page == 0 else 0
            work += trip if asks else 0.0
            work += scan if rank == 0 and self.in_jobs else 0.0
            self.line.put((event, work, job, asks))

    def read(self) -> Steps:
        while True:
            event, work, job, asks = yield self.line.get()
            if asks and self.figures.get("on_limit") and self.figures["rate_per_s"]:
                yield from self.ask(asks)
            yield self.env.timeout(work)
            self.past.put((event, job))

    def ask(self, rows: int) -> Steps:
        """A request for so many rows: refused with a 429 for want of tokens, made again after a wait."""
        rate, burst = self.figures["rate_per_s"], self.figures["burst"]
        longest = self.figures["backoff_s"]
        while True:
            self.tokens = min(burst, self.tokens + (self.env.now - self.counted) * rate)
            self.counted = self.env.now
            if self.tokens >= min(rows, burst) - 1e-9:
                self.tokens -= rows
                return
            thousand, place = divmod(self.backed_off, 1000)
            luck = uniforms(self.scenario.seed, self.name, f"back-off {thousand}", 1000)[place]
            self.backed_off += 1
            yield self.env.timeout(self.figures["round_trip_s"])
            yield self.env.timeout(float(luck) * min(longest, self.figures["backoff_max_s"]))
            longest *= 2.0

    def limit(self) -> Steps:
        rate, burst = self.figures.get("rate_per_s", 0.0), self.figures.get("burst", 1.0)
        if self.figures.get("on_limit"):
            rate = 0.0  # seen to before the reading
        tokens, counted = burst, 0.0
        on_the_way = 0.0 if self.gathers else self.figures.get("round_trip_s", 0.0)
        while True:
            event, job = yield self.past.get()
            if rate:
                tokens, counted = min(burst, tokens + (self.env.now - counted) * rate), self.env.now
                if tokens < 1.0:
                    yield self.env.timeout((1.0 - tokens) / rate)
                    tokens, counted = 1.0, self.env.now
                tokens -= 1.0
            self.env.process(self.hand_on(on_the_way, event, job))

    def hand_on(self, seconds: float, event: int, job: Job | None) -> Steps:
        yield self.env.timeout(seconds)
        if self.malformed[event]:
            self.lose(event)
            return
        self.depart(event)
        if job is not None and event == job.events[-1]:
            for target in self.targets:
                if isinstance(target, Ingestion):
                    target.land(job.events)


@dataclass(eq=False)
class Job:
    """A file or a fetch: its events that can be read, in order."""

    events: list[int]
    sender: Station


class Source(Gate):
    """A gate at which some events turn up late."""

    def start(self) -> None:
        super().start()
        self.late = self.luck("late", "late_share")
        self.delay = exponentials(self.scenario.seed, self.name, "lateness of events", self.events).tolist()

    def take(self, event: int) -> None:
        if self.late[event]:
            self.env.process(self.turn_up(event))
        else:
            super().take(event)

    def turn_up(self, event: int) -> Steps:
        yield self.env.timeout(self.delay[event] * self.figures["late_s"])
        super().take(event)


class Ingestion(Station):
    """In batches: a job for each file or fetch, one after the other. As a stream: event by event."""

    def start(self) -> None:
        self.server = simpy.Resource(self.env)

    def take(self, event: int) -> None:
        if self.scenario.size == Size.STREAM:
            self.env.process(self.serve(event))

    def serve(self, event: int) -> Steps:
        assert self.work_of is not None
        with self.server.request() as turn:
            yield turn
            yield self.env.timeout(self.work_of[event])
        self.env.process(self.later(self.figures["latency_s"], [event]))

    def land(self, events: list[int]) -> None:
        self.env.process(self.job(events))

    def job(self, events: list[int]) -> Steps:
        with self.server.request() as turn:
            yield turn
            work = len(events) * self.figures["per_event_s"] + sum(self.bytes_s[event] for event in events)
            yield self.env.timeout(self.figures["job_overhead_s"] + work)
        self.env.process(self.later(self.figures["latency_s"], events))
