"""The default pipeline, pushed as a stream, in the compiled engine Cimba: the largest part of it that maps onto Cimba.

Left out, and switched off on our side too: events that are late, malformed, rejected or sent twice, since each asks
for an event with an identity of its own, where Cimba's stores hold plain numbers. Cimba keeps totals only, while
`simulate` keeps every event's moments at every station; there is no asking it for less. Needs `pip install cimba`
(which brings Numba, SciPy and statsmodels, so it is not among the development requirements).
"""

from __future__ import annotations

from typing import Any

import cimba as cb
from cimba import inputs

from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.roles import figures_of

OFF = (
    ("telemetry", "late_share", 0.0),
    ("logs", "malformed_share", 0.0),
    ("buffer", "duplicate_share", 0.0),
    ("transform", "reject_share", 0.0),
)


class Pipeline(cb.Model):
    """Every number in a store is the moment at which an event may be taken on."""

    gap_oltp: cb.Input[float]
    gap_telemetry: cb.Input[float]
    gap_external: cb.Input[float]
    work_ingestion: cb.Input[float]
    work_buffer: cb.Input[float]
    work_transform: cb.Input[float]
    work_warehouse: cb.Input[float]
    read_jdbc: cb.Param[float]
    trip_jdbc: cb.Param[float]
    read_logs: cb.Param[float]
    read_api: cb.Param[float]
    trip_api: cb.Param[float]
    rate_api: cb.Param[float]
    burst_api: cb.Param[float]
    latency: cb.Param[float]
    flush: cb.Param[float]
    put: cb.Param[float]
    after: cb.Param[float]
    load: cb.Param[float]
    query_bi: cb.Param[float]
    look_ml: cb.Param[float]
    query_ml: cb.Param[float]
    look_tools: cb.Param[float]
    query_tools: cb.Param[float]
    rate_tools: cb.Param[float]
    burst_tools: cb.Param[float]
    jdbc: cb.Store[float]
    logs: cb.Store[float]
    api: cb.Store[float]
    from_jdbc: cb.Store[float]
    from_api: cb.Store[float]
    ingestion: cb.Store[float]
    buffer: cb.Store[float]
    lake: cb.Store[float]
    archive: cb.Store[float]
    first: cb.Store[float]
    second: cb.Store[float]
    warehouse: cb.Store[float]
    bi: cb.Store[float]
    ml: cb.Store[float]
    tools: cb.Store[float]
    born: cb.Output[float]
    seen: cb.Output[float]
    archived: cb.Output[float]
    featured: cb.Output[float]
    told: cb.Output[float]
    waited: cb.Output[float]
    served: cb.Output[float]
    in_lake: cb.Output[float]  # counted here, because a store of numbers does not tell its length
    in_ml: cb.Output[float]
    in_tools: cb.Output[float]

    @cb.on_start
    def begin(self):
        self.born = self.seen = self.archived = self.featured = self.told = self.waited = self.served = 0.0
        self.in_lake = self.in_ml = self.in_tools = 0.0

    @cb.process
    def births_oltp(self):
        while True:
            cb.hold(self.gap_oltp.next())
            self.born += 1.0
            self.jdbc.put(cb.now())

    @cb.process
    def births_telemetry(self):
        while True:
            cb.hold(self.gap_telemetry.next())
            self.born += 1.0
            self.logs.put(cb.now())

    @cb.process
    def births_external(self):
        while True:
            cb.hold(self.gap_external.next())
            self.born += 1.0
            self.api.put(cb.now())

    @cb.process
    def reads_jdbc(self):
        while True:
            self.jdbc.get()
            cb.hold(self.read_jdbc)
            self.from_jdbc.put(cb.now() + self.trip_jdbc)

    @cb.process
    def arrives_jdbc(self):
        while True:
            ready = self.from_jdbc.get()
            if ready > cb.now():
                cb.hold(ready - cb.now())
            self.ingestion.put(cb.now())

    @cb.process
    def reads_logs(self):
        while True:
            self.logs.get()
            cb.hold(self.read_logs)
            self.ingestion.put(cb.now())

    @cb.process
    def reads_api(self):
        tokens = self.burst_api
        counted = 0.0
        while True:
            self.api.get()
            cb.hold(self.read_api)
            tokens = min(self.burst_api, tokens + (cb.now() - counted) * self.rate_api)
            if tokens < 1.0:
                cb.hold((1.0 - tokens) / self.rate_api)
                tokens = 1.0
            tokens -= 1.0
            counted = cb.now()
            self.from_api.put(cb.now() + self.trip_api)

    @cb.process
    def arrives_api(self):
        while True:
            ready = self.from_api.get()
            if ready > cb.now():
                cb.hold(ready - cb.now())
            self.ingestion.put(cb.now())

    @cb.process
    def ingests(self):
        while True:
            self.ingestion.get()
            cb.hold(self.work_ingestion.next())
            self.buffer.put(cb.now() + self.latency)

    @cb.process
    def consumes(self):
        while True:
            ready = self.buffer.get()
            if ready > cb.now():
                cb.hold(ready - cb.now())
            self.waited += cb.now() - ready
            self.served += 1.0
            cb.hold(self.work_buffer.next())
            self.lake.put(cb.now())
            self.in_lake += 1.0

    @cb.process
    def flushes(self):
        turn = 0
        while True:
            cb.hold(self.flush)
            gathered = int(self.in_lake)
            self.in_lake = 0.0
            for _ in range(gathered):
                self.lake.get()
                ready = cb.now() + self.put
                self.archive.put(ready)
                if turn == 0:
                    self.first.put(ready)
                else:
                    self.second.put(ready)
                turn = 1 - turn

    @cb.process
    def archives(self):
        while True:
            ready = self.archive.get() + self.after
            if ready > cb.now():
                cb.hold(ready - cb.now())
            self.archived += 1.0

    @cb.process
    def transforms_first(self):
        while True:
            ready = self.first.get()
            if ready > cb.now():
                cb.hold(ready - cb.now())
            cb.hold(self.work_transform.next())
            self.warehouse.put(cb.now())

    @cb.process
    def transforms_second(self):
        while True:
            ready = self.second.get()
            if ready > cb.now():
                cb.hold(ready - cb.now())
            cb.hold(self.work_transform.next())
            self.warehouse.put(cb.now())

    @cb.process
    def loads(self):
        while True:
            self.warehouse.get()
            cb.hold(self.work_warehouse.next())
            ready = cb.now() + self.load
            self.bi.put(ready + self.query_bi)
            self.ml.put(ready)
            self.in_ml += 1.0
            self.tools.put(ready)
            self.in_tools += 1.0

    @cb.process
    def looks(self):
        while True:
            ready = self.bi.get()
            if ready > cb.now():
                cb.hold(ready - cb.now())
            self.seen += 1.0

    @cb.process
    def features(self):
        while True:
            cb.hold(self.look_ml)
            gathered = int(self.in_ml)
            self.in_ml = 0.0
            for _ in range(gathered):
                self.ml.get()
                self.featured += 1.0

    @cb.process
    def tells(self):
        tokens = self.burst_tools
        counted = 0.0
        due = self.look_tools
        while True:
            if due > cb.now():
                cb.hold(due - cb.now())
            due += self.look_tools
            gathered = int(self.in_tools)
            self.in_tools = 0.0
            for _ in range(gathered):
                self.tools.get()
                tokens = min(self.burst_tools, tokens + (cb.now() - counted) * self.rate_tools)
                if tokens < 1.0:
                    cb.hold((1.0 - tokens) / self.rate_tools)
                    tokens = 1.0
                tokens -= 1.0
                counted = cb.now()
                self.told += 1.0


def model(network: Network, events: int) -> Pipeline:
    """Return the model with the network's own figures, `events` expected in a day."""
    scenario = Scenario(overrides=OFF)
    of = {station.id: figures_of(station, scenario) for station in network.stations}
    made = Pipeline()
    shares = {name: of[name]["share"] for name in ("oltp", "telemetry", "external")}
    for name, share in shares.items():
        mean_s = DAY_S / (events * share / sum(shares.values()))
        setattr(made, f"gap_{name}", inputs.dist.exponential(mean=mean_s))
    for name in ("ingestion", "buffer", "transform", "warehouse"):
        assert of[name]["spread"] == 1.0, "work is exponential here"
        setattr(made, f"work_{name}", inputs.dist.exponential(mean=of[name]["per_event_s"]))
    values = {
        "read_jdbc": of["jdbc"]["per_event_s"], "trip_jdbc": of["jdbc"]["round_trip_s"],
        "read_logs": of["logs"]["per_event_s"], "read_api": of["api"]["per_event_s"],
        "trip_api": of["api"]["round_trip_s"], "rate_api": of["api"]["rate_per_s"], "burst_api": of["api"]["burst"],
        "latency": of["ingestion"]["latency_s"], "flush": of["lake"]["flush_interval_s"], "put": of["lake"]["put_s"],
        "after": of["archive"]["after_s"], "load": of["warehouse"]["load_s"], "query_bi": of["bi"]["query_s"],
        "look_ml": of["ml"]["interval_s"], "query_ml": of["ml"]["query_s"],
        "look_tools": of["reverse-etl"]["interval_s"],
        "query_tools": of["reverse-etl"]["query_s"], "rate_tools": of["reverse-etl"]["rate_per_s"],
        "burst_tools": of["reverse-etl"]["burst"],
    }  # fmt: skip
    for name, value in values.items():
        setattr(made, name, float(value))
    return made


def run(made: Pipeline, seed: int) -> Any:
    """Run one day and return its results by name."""
    experiment = cb.Experiment(made, replications=1, window=cb.Window(warmup=0, duration=DAY_S), seed=seed)
    found = experiment.run()[made]
    return {
        name: float(getattr(found, name).values.ravel()[0]) for name in ("born", "seen", "archived", "waited", "served")
    }
