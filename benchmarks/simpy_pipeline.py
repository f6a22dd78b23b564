"""The pipeline once more, event by event in SimPy: slow, plain, and written from the rules, not from the fast engine.

It shares with the engine only the draws (births, work, lateness, coins), so that both can be compared event for event.
Flows copy (no shares), faults are left out: those are held to plain event loops where the kernels are tested.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import simpy

from benchmarks.simpy_stations import Gate, Ingestion, Job, Log, Source, Station, Steps
from lifecycle.simulation.day.arrivals import births
from lifecycle.simulation.model.kinds import Role, Size
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import DAY_S, Scenario


def run(network: Network, scenario: Scenario) -> dict[str, Log]:
    """Return each station's log of the day."""
    env = simpy.Environment()
    roles = {station.id: station for station in network.stations}
    stations = {name: ROLES[station.role](env, network, scenario, name) for name, station in roles.items()}
    for link in network.links:
        if not link.loop:
            assert link.share is None, "this reference only copies"
            stations[link.source].targets.append(stations[link.target])
    sources = [name for name, station in roles.items() if station.role == Role.SOURCE]
    born, who = births(scenario, [(name, stations[name].figures["share"]) for name in sources])
    bytes_of = [stations[name].figures["event_bytes"] for name in sources]
    for station in stations.values():
        station.prepare([bytes_of[i] for i in who])
    env.process(_bear(env, [stations[sources[i]] for i in who], born.tolist()))
    env.run(until=np.nextafter(DAY_S, 2 * DAY_S))
    return {name: station.log for name, station in stations.items()}


def _bear(env: simpy.Environment, sources: list[Station], born: list[float]) -> Steps:
    for event, (source, at) in enumerate(zip(sources, born, strict=True)):
        yield env.timeout(at - env.now)
        source.receive(event)


class Buffer(Station):
    """One consumer reads in order; some events are delivered a second time."""

    def start(self) -> None:
        assert (self.figures["consumers"], self.figures["capacity"]) == (1, 0), "one partition without limit"
        self.server = simpy.Resource(self.env)
        self.again = self.luck("sent again", "duplicate_share")

    def take(self, event: int) -> None:
        self.env.process(self.serve(event))

    def serve(self, event: int) -> Steps:
        assert self.work_of is not None
        with self.server.request() as turn:
            yield turn
            yield self.env.timeout(self.work_of[event])
        self.depart(event)
        if self.again[event]:
            self.env.process(self.once_more(event))


class Lake(Station):
    """What gathered in an interval is written as one object."""

    def start(self) -> None:
        self.waiting = []
        self.env.process(self.every(self.figures["flush_interval_s"], self.flush))

    def take(self, event: int) -> None:
        self.waiting.append(event)

    def flush(self, events: list[int]) -> None:
        self.env.process(self.later(self.figures["put_s"], events))


class Transform(Station):
    """Jobs on a schedule, or workers that take turns; what is rejected or came before ends here."""

    def start(self) -> None:
        workers = int(self.figures["workers"])
        self.waiting = []
        self.rejected = self.luck("rejected", "reject_share")
        self.seen: set[int] = set()
        self.batch = self.scenario.transform == Size.BATCH
        self.servers = [simpy.Resource(self.env) for _ in range(1 if self.batch else workers)]
        self.turns = self._turns()
        if self.batch:
            self.env.process(self.every(self.figures["interval_s"], lambda events: self.begin(events)))

    def _turns(self) -> Iterator[simpy.Resource]:
        while True:
            yield from self.servers

    def begin(self, events: list[int]) -> None:
        work = self.figures["job_overhead_s"] + len(events) * self.figures["per_event_s"] / self.figures["workers"]
        self.env.process(self.serve(self.servers[0], events, work))

    def take(self, event: int) -> None:
        if self.batch:
            self.waiting.append(event)
        else:
            assert self.work_of is not None
            self.env.process(self.serve(next(self.turns), [event], self.work_of[event]))

    def serve(self, server: simpy.Resource, events: list[int], work: float) -> Steps:
        with server.request() as turn:
            yield turn
            yield self.env.timeout(work)
        for event in events:
            if self.rejected[event] or (self.figures["idempotent"] and event in self.seen):
                self.lose(event)
            else:
                self.seen.add(event)
                self.depart(event)


class Warehouse(Station):
    """Rows are written in order and seen once committed."""

    def start(self) -> None:
        self.server = simpy.Resource(self.env)

    def take(self, event: int) -> None:
        self.env.process(self.serve(event))

    def serve(self, event: int) -> Steps:
        assert self.work_of is not None
        with self.server.request() as turn:
            yield turn
            yield self.env.timeout(self.work_of[event])
        self.env.process(self.later(self.figures["load_s"], [event]))


class Archive(Station):
    """Everything is put away at its age."""

    def take(self, event: int) -> None:
        self.env.process(self.later(self.figures["after_s"], [event]))


class Consumer(Gate):
    """Someone looks, live or at a refresh, and sees a query later."""

    def call(self) -> None:
        interval = self.figures["interval_s"]
        self.gathers, self.in_jobs = interval > 0.0, False
        if self.gathers:
            self.env.process(self.every(interval, self.fetch))

    def hand_on(self, seconds: float, event: int, job: Job | None) -> Steps:
        return super().hand_on(seconds + self.figures["query_s"], event, job)


ROLES: dict[str, type[Station]] = {
    Role.SOURCE: Source,
    Role.INTERFACE: Gate,
    Role.INGESTION: Ingestion,
    Role.BUFFER: Buffer,
    Role.LAKE: Lake,
    Role.TRANSFORM: Transform,
    Role.WAREHOUSE: Warehouse,
    Role.ARCHIVE: Archive,
    Role.CONSUMER: Consumer,
}
