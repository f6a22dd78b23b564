"""How many events a day may have: the longer their way through the pipeline, the fewer, so that a run stays small."""

from __future__ import annotations

from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import Scenario

# An event at a station is one visit; a run keeps some 50 bytes of each.
MOST_VISITS = 3_000_000


def fitting_events(network: Network, scenario: Scenario) -> int:
    """How many events of a day are simulated: all, unless a usual day would already make more than `MOST_VISITS`.

    Pipelines of up to some 25 visits an event have any day they are asked for; longer ones as many events as fit.
    """
    try:
        visits = network.on_day(scenario.schedules, scenario.on_schedule).visits_per_event
    except (ValueError, ZeroDivisionError, KeyError):  # whatever is wrong with it, `validate` says
        return scenario.events
    if visits * Scenario.events <= MOST_VISITS:
        return scenario.events
    return min(scenario.events, int(MOST_VISITS / visits))
