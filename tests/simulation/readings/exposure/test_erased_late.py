"""What an erasure does not touch: rows that come after it, at the pace at which the day really takes them in."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.exposure import copies
from tests.support.networks import HARSH, at, chain, scenarios

HOUR_S = 3600.0
STREAM = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, Arrivals.REAL_DAY, events=3)
MART = ("mart", "warehouse", {"per_event_s": 0.0, "load_s": 0.0})


def spans(run, event, asked_s, stage):
    return [(copy.from_s, copy.to_s) for copy in copies(run, event, asked_s) if copy.stage == stage]


@st.composite
def lines(draw):
    """A line to a warehouse that makes its tables anew, with a second consumer, and at times a way round the lake."""
    roles = (Role.SOURCE, Role.BUFFER, Role.LAKE, Role.TRANSFORM, Role.WAREHOUSE, Role.CONSUMER, Role.CONSUMER)
    more = {
        Role.TRANSFORM: {"rebuilds": st.sampled_from([0.0, 1.0])},
        Role.CONSUMER: {"index_rows": st.sampled_from([0.0, 1_000.0]), "index_rebuilds": st.sampled_from([0.0, 1.0])},
    }
    made = [
        Station(f"s{n}", role, tuple(draw(st.fixed_dictionaries(more.get(role, {}), optional=HARSH[role])).items()))
        for n, role in enumerate(roles)
    ]
    links = [*(Link(f"s{n}", f"s{n + 1}") for n in range(5)), Link("s4", "s6")]
    return Network(tuple(made), (*links, *([Link("s0", "s4")] if draw(st.booleans()) else [])))


@given(st.data())
@settings(max_examples=150)
def test_asked_before_it_comes_or_at_the_days_end_the_copies_are_those_that_the_day_makes(data):
    network = data.draw(lines())
    scenario = data.draw(scenarios(network))
    run = simulate(network, replace(scenario, events=min(scenario.events, 40)))
    if not run.born_s.size:
        return
    event = data.draw(st.integers(0, run.born_s.size - 1))
    for asked_s in (0.0, DAY_S):
        for stage in ("s4", "s5", "s6"):
            passage = run.passages[stage]
            out_s = passage.departed_s[(passage.ids == event) & (passage.departed_s <= DAY_S)]
            begins = [from_s for from_s, _ in spans(run, event, asked_s, stage)]
            assert begins[:1] == ([float(out_s.min())] if out_s.size else [])


def test_a_row_that_comes_later_is_shown_at_the_consumers_own_pace():
    line = chain(("app", "source"), MART, ("bi", "consumer", {"query_s": 3.0, "per_event_s": 10.0}))
    down = Fault(FaultKind.DOWN, "bi", 0.0, 5 * HOUR_S)
    for faults, shown_s in (((), 1_013.0), ((down,), 5 * HOUR_S + 13.0)):
        run = simulate(line, replace(STREAM, faults=faults), at([1_000.0, 50_000.0, 60_000.0]))
        assert spans(run, 0, 600.0, "bi") == [(shown_s, None)]


def test_an_index_that_is_made_anew_shows_the_row_until_the_new_one_is_in_place():
    figures = {"interval_s": HOUR_S, "query_s": 3.0, "per_event_s": 1.0, "index_rows": 1_000.0, "index_rebuilds": 1.0}
    line = chain(("app", "source"), MART, ("assistant", "consumer", figures))
    run = simulate(line, STREAM, at([1_000.0, 5_000.0, 9_000.0]))
    first_s, second_s = HOUR_S + 1_001 + 3, 2 * HOUR_S + 1_002 + 3
    assert spans(run, 0, HOUR_S + 60, "assistant") == [(first_s, second_s)]
    # No new row comes after nine o'clock's: the usual next look is all that is known.
    assert spans(run, 0, 4 * HOUR_S - 60, "assistant") == [(first_s, 4 * HOUR_S + 3)]


def test_who_has_a_second_feed_that_never_carried_the_row_sees_it_go():
    stations = chain(("app", "source"), MART, ("bi", "consumer", {"query_s": 3.0})).stations
    other = (Station("crm", Role.SOURCE), *stations)
    both = Network(other, (Link("app", "mart"), Link("mart", "bi"), Link("crm", "bi")))
    run = simulate(both, replace(STREAM, arrivals=Arrivals.STEADY, events=40))
    event = int(np.flatnonzero(run.source == run.sources.index("app"))[0])
    (span,) = spans(run, event, DAY_S - 100.0, "bi")
    assert span[1] == DAY_S - 100.0
    straight = Network(stations, (Link("app", "mart"), Link("mart", "bi"), Link("app", "bi")))
    run = simulate(straight, replace(STREAM, arrivals=Arrivals.STEADY, events=40))
    assert spans(run, 3, DAY_S - 100.0, "bi")[0][1] is None
