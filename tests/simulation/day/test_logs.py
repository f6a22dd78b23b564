"""What drifts, what a log keeps, and what comes twice."""

import numpy as np
import pytest

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, Fate, FaultKind, Role, Size
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.measures import ledger
from tests.simulation.mornings import seen
from tests.support.networks import at, chain

# What the switches do: a source, an interface, an ingestion, a consumer, and a handful of events


MORNING = at([100.0, 200.0, 3600.0, 3601.0, 9000.0])
CLEAN = {"interval_s": 900.0, "per_event_s": 0.0, "job_overhead_s": 0.0}
LONG = chain(
    ("app", "source"), ("log", "buffer", {"per_event_s": 0.0}), ("clean", "transform", CLEAN), ("bi", "consumer")
)


def test_what_drifts_is_dead_lettered_at_the_next_parser_and_nowhere_before():
    faults = (Fault(FaultKind.DRIFT, "log", 150.0, 3600.5),)
    run = simulate(LONG, Scenario(arrivals=Arrivals.REAL_DAY, events=5, faults=faults), MORNING)
    assert run.passages["log"].fate.tolist() == [0] * 5
    assert run.passages["clean"].fate.tolist() == [0, Fate.DRIFTED, Fate.DRIFTED, 0, 0]
    assert run.passages["bi"].ids.tolist() == [0, 3, 4]


def test_what_drifts_where_nobody_parses_fails_at_the_consumer():
    network = chain(("app", "source"), ("bi", "consumer"))
    faults = (Fault(FaultKind.DRIFT, "app", 0.0, 1000.0),)
    here = simulate(network, Scenario(arrivals=Arrivals.REAL_DAY, events=5, faults=faults), MORNING).passages["bi"]
    assert here.fate.tolist() == [Fate.DRIFTED, Fate.DRIFTED, 0, 0, 0]


def test_a_share_of_what_drifts_is_dead_lettered_where_only_some_of_it_changed():
    faults = (Fault(FaultKind.DRIFT, "app", 0.0, DAY_S, 0.3),)
    here = simulate(LONG, Scenario(events=20_000, faults=faults)).passages["clean"]
    assert abs(np.count_nonzero(here.fate == Fate.DRIFTED) / here.ids.size - 0.3) < 4 * np.sqrt(0.21 / 20_000)


def test_a_consumer_of_the_log_that_is_down_leaves_a_backlog_and_nothing_is_lost():
    here = seen(Scenario(), network=LONG, station="log", faults=(Fault(FaultKind.DOWN, "log", 0.0, 50_000.0),))
    assert here.departed_s.tolist() == [50_000.0] * 5
    assert not here.fate.any()


def test_what_is_not_read_within_the_retention_expires_then():
    down = (Fault(FaultKind.DOWN, "log", 0.0, 50_000.0),)
    patient = (("log", "retention_s", 45_000.0), ("log", "on_gone", 1.0))
    here = seen(Scenario(), network=LONG, station="log", faults=down, overrides=patient)
    assert here.fate.tolist() == [Fate.EXPIRED] * 4 + [0]
    assert here.lost_s.tolist() == [45_100.0, 45_200.0, 48_600.0, 48_601.0]


def test_a_reader_whose_place_is_gone_skips_what_is_there_when_it_is_back():
    down = (Fault(FaultKind.DOWN, "log", 0.0, 50_000.0),)
    here = seen(Scenario(), network=LONG, station="log", faults=down, overrides=(("log", "retention_s", 45_000.0),))
    assert here.fate.tolist() == [Fate.EXPIRED] * 4 + [Fate.SKIPPED]
    assert here.lost_s.tolist()[-1] == 50_000.0


@pytest.mark.parametrize(
    ("policy", "fate"),
    [(0, [0, 0, Fate.REFUSED, Fate.REFUSED, Fate.REFUSED]), (1, [Fate.DROPPED] * 3 + [0, 0]), (2, [0] * 5)],
)
def test_a_full_log_refuses_the_newest_drops_the_oldest_or_spills(policy, fate):
    down = (Fault(FaultKind.DOWN, "log", 0.0, 50_000.0),)
    room = (
        ("log", "capacity", 2.0),
        ("log", "policy", float(policy)),
        ("log", "per_event_s", 1.0),
        ("log", "spread", 0.0),
    )
    here = seen(Scenario(), network=LONG, station="log", faults=down, overrides=room)
    assert here.fate.tolist() == fate


def test_an_expiry_after_midnight_is_still_inside():
    down = (Fault(FaultKind.DOWN, "log", 0.0, 10 * DAY_S),)
    soon_after = (("log", "retention_s", 80_000.0),)
    run = simulate(LONG, Scenario(arrivals=Arrivals.REAL_DAY, events=5, faults=down, overrides=soon_after), MORNING)
    assert run.passages["log"].lost_s.tolist() == [80_100.0, 80_200.0, 83_600.0, 83_601.0]
    assert run.passages["log"].fate.tolist() == [Fate.EXPIRED] * 4 + [0]
    assert [(e.arrived, e.departed, e.inside) for e in ledger(run) if e.station == "log"] == [(5, 0, 1)]


def test_a_second_copy_counts_again_unless_the_transformation_is_idempotent():
    for idempotent, seen_twice in ((1.0, 0), (0.0, 5)):
        overrides = (("log", "duplicate_share", 1.0), ("clean", "idempotent", idempotent))
        run = simulate(LONG, Scenario(arrivals=Arrivals.REAL_DAY, events=5, overrides=overrides), MORNING)
        assert run.passages["clean"].ids.size == 10
        assert run.passages["bi"].ids.size == 5 + seen_twice
        removed = run.passages["clean"].fate == Fate.DUPLICATE
        assert np.count_nonzero(removed) == 5 - seen_twice
        assert run.passages["log"].copied_s.tolist() == [t + 5.0 for t in MORNING.times_s]


def test_of_two_copies_the_one_that_comes_through_first_stays():
    overrides = (("log", "duplicate_share", 1.0), ("log", "redelivery_s", 1000.0))
    scenario = Scenario(arrivals=Arrivals.REAL_DAY, events=5, overrides=overrides, transform=Size.STREAM)
    here = simulate(LONG, scenario, MORNING).passages["clean"]
    for event in range(5):
        rows = np.flatnonzero(here.ids == event)
        assert here.fate[rows].tolist() == [0, Fate.DUPLICATE]


# Forks, merges, loops


def test_shares_split_the_output_and_links_without_carry_copies():
    stations = (Station("a", Role.SOURCE), *(Station(n, Role.LAKE) for n in "bcd"))
    links = (Link("a", "b", 1.0), Link("a", "c", 3.0), Link("a", "d"))
    run = simulate(Network(stations, links), Scenario(events=20_000))
    b, c, d = (set(run.passages[n].ids.tolist()) for n in "bcd")
    assert not b & c
    assert b | c == d == set(range(20_000))
    assert abs(len(b) / 20_000 - 0.25) < 4 * np.sqrt(0.1875 / 20_000)
