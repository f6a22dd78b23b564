"""Work that is handed over: a sweep and a comparison, and their results byte by byte."""

from functools import partial

from benchmarks.simulate import default_network
from lifecycle.simulation.experiments.compare import compare
from lifecycle.simulation.experiments.sweeps import Axis, settings, sweep
from lifecycle.simulation.model.kinds import Size
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.bill import Prices

NETWORK = default_network()
ANY_PORT = "127.0.0.1:0"
DAY = Scenario(events=2_000, overrides=(("buffer", "retention_s", 600.0),))
SERVICE = Axis("buffer", "per_event_s", settings(0.01, 10.0, 6))
INTERVAL = Axis("ingestion", "batch_interval_s", settings(300.0, 86_400.0, 6))
DAYS = len(SERVICE.values) * len(INTERVAL.values)
swept = partial(sweep, NETWORK, DAY, SERVICE, INTERVAL, "bi", prices=Prices(always_on_per_hour=7.0))
compared = partial(compare, NETWORK, {"batch": DAY, "stream": Scenario(events=2_000, size=Size.STREAM)}, range(1, 11))


def tables(result):
    return [table.tobytes() for table in (result.fresh_s, result.lost_share, result.peak_per_s, result.cost)]


def values(comparison):
    return [(name, figure, row[figure].tobytes()) for name, row in comparison.values.items() for figure in row]
