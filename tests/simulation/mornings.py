"""A short line of stages, and what its last one sees of a morning."""

from dataclasses import replace

from lifecycle.simulation.day.run import simulate
from tests.support.networks import at, chain

# What the switches do: a source, an interface, an ingestion, a consumer, and a handful of events


PLAIN = {"per_event_s": 0.0, "malformed_share": 0.0, "lateness_s": 0.0}
CATCH = {"per_event_s": 1.0, "spread": 0.0, "job_overhead_s": 10.0, "latency_s": 0.5, "batch_interval_s": 3600.0}
SHORT = chain(("app", "source"), ("door", "interface", PLAIN), ("catch", "ingestion", CATCH))
MORNING = at([100.0, 200.0, 3600.0, 3601.0, 9000.0])


def seen(scenario, *, network=SHORT, trace=MORNING, station="catch", **more):
    scenario = replace(scenario, arrivals="real-day", events=len(trace.times_s), **more)
    return simulate(network, scenario, trace).passages[station]
