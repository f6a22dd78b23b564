"""What an erasure leaves: by hand on short lines, and what must hold of any day."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Role, Size
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.exposure import copies, held_at
from tests.support.networks import at, chain, networks, scenarios

HOUR_S, WEEK_S = 3600.0, 604_800.0
LINE = chain(
    ("app", "source"),
    ("pump", "ingestion", {"per_event_s": 0.0, "latency_s": 0.0}),
    ("log", "buffer", {"per_event_s": 0.0, "retention_s": WEEK_S}),
    ("lake", "lake", {"flush_interval_s": 0.0, "put_s": 1.0}),
    ("sum", "transform", {"interval_s": HOUR_S, "job_overhead_s": 60.0, "per_event_s": 0.0, "rebuilds": 1.0}),
    ("mart", "warehouse", {"per_event_s": 0.0, "load_s": 2.0}),
    ("bi", "consumer", {"query_s": 3.0}),
)
BORN_S = [1_000.0, 5_000.0, 9_000.0, 13_000.0, 17_000.0, 21_000.0]
DAY = Scenario("push", "stream", "batch", Arrivals.REAL_DAY, events=len(BORN_S))  # type: ignore[arg-type]


def asked(at_s, *overrides, event=0, network=LINE, **changes):
    run = simulate(network, replace(DAY, overrides=overrides, **changes), at(BORN_S))
    spans: dict[str, list[tuple[float, float | None]]] = {}
    for copy in copies(run, event, at_s):
        spans.setdefault(copy.stage, []).append((copy.from_s, copy.to_s))
    return spans


def test_a_rebuild_brings_the_row_back_from_the_lake_and_the_next_look_shows_it():
    spans = asked(2 * HOUR_S)
    assert spans["log"] == [(1_000.0, 1_000.0 + WEEK_S)]
    assert spans["lake"] == [(1_001.0, None)]
    # The jobs end a minute past the hour, and their load is seen two seconds later; the one of two o'clock comes first.
    back_s = 2 * HOUR_S + 60 + 2
    assert spans["mart"] == [(HOUR_S + 62, 2 * HOUR_S), (back_s, None)]
    assert spans["bi"] == [(HOUR_S + 65, 2 * HOUR_S), (back_s + 3, None)]
    assert set(spans) == {"log", "lake", "mart", "bi"}


def test_where_only_what_is_new_is_taken_the_row_stays_away_and_its_raw_copies_stay():
    spans = asked(2 * HOUR_S, ("sum", "rebuilds", 0.0))
    assert spans["mart"] == [(HOUR_S + 62, 2 * HOUR_S)]
    assert spans["bi"] == [(HOUR_S + 65, 2 * HOUR_S)]
    assert spans["lake"] == [(1_001.0, None)]


def test_a_transformation_that_streams_makes_nothing_anew():
    assert len(asked(2 * HOUR_S, transform=Size.STREAM)["mart"]) == 1


def test_a_job_that_had_read_the_row_before_it_was_erased_writes_it_once_more():
    spans = asked(2 * HOUR_S + 30)
    assert spans["mart"][1] == (2 * HOUR_S + 62, None)
    assert asked(2 * HOUR_S + 61)["mart"][1] == (3 * HOUR_S + 62, None)


def test_a_row_that_comes_after_the_request_is_there_as_if_nobody_had_asked():
    assert asked(600.0)["mart"] == [(HOUR_S + 62, None)]
    assert asked(600.0, ("sum", "rebuilds", 0.0))["bi"] == [(HOUR_S + 65, None)]


def test_a_rule_deletes_in_the_lake_and_a_log_forgets_sooner_while_it_is_made_to():
    assert asked(9_000.0, ("lake", "expires_s", DAY_S))["lake"] == [(1_001.0, 1_001.0 + DAY_S)]
    forget = Fault(FaultKind.FORGET, "log", 0.0, HOUR_S, 600.0)
    assert asked(9_000.0, faults=(forget,))["log"] == [(1_000.0, 1_600.0)]
    assert "log" not in asked(9_000.0, ("log", "direct", 1.0))


def test_who_looks_at_a_refresh_shows_the_row_until_the_next_one():
    hourly = (("bi", "interval_s", 2 * HOUR_S),)
    gone = asked(2 * HOUR_S + 600, ("sum", "rebuilds", 0.0), *hourly)
    assert gone["bi"] == [(2 * HOUR_S + 3, 4 * HOUR_S + 3)]
    # The rebuild of three comes before the look of four: nobody at the dashboard sees a gap.
    assert asked(2 * HOUR_S + 600, *hourly)["bi"] == [(2 * HOUR_S + 3, None)]
    assert "bi" not in asked(1.5 * HOUR_S, ("sum", "rebuilds", 0.0), *hourly)
    cached = asked(2 * HOUR_S, ("sum", "rebuilds", 0.0), ("bi", "cache_s", 900.0))
    assert cached["bi"] == [(HOUR_S + 65, 2 * HOUR_S + 900)]


def test_the_mask_is_seen_in_the_copies():
    run = simulate(LINE, DAY, at(BORN_S))
    assert {copy.stage: copy.in_clear for copy in copies(run, 0, 2 * HOUR_S)} == {
        "log": True, "lake": True, "mart": False, "bi": False,
    }  # fmt: skip
    assert held_at(copies(run, 0, 2 * HOUR_S), 2 * HOUR_S + 1) == ("log", "lake")
    assert held_at(copies(run, 0, 2 * HOUR_S), 2 * HOUR_S + 100) == ("log", "lake", "mart", "bi")


def test_who_does_not_look_at_the_warehouse_keeps_what_it_has():
    line = chain(("app", "source"), ("lake", "lake"), ("mart", "warehouse"), ("other", "warehouse"), ("bi", "consumer"))
    run = simulate(line, Scenario(events=20))
    kept = {copy.stage: copy.to_s for copy in copies(run, 3, 80_000.0)}
    assert kept == {"lake": None, "mart": 80_000.0, "other": None, "bi": None}
    app, lake, mart, other, bi = line.stations
    run = simulate(Network((app, lake, other, mart, bi), line.links), Scenario(events=20))
    assert {copy.stage: copy.to_s for copy in copies(run, 3, 80_000.0)}["other"] == 80_000.0


def test_what_is_not_there_is_said():
    run = simulate(LINE, DAY, at(BORN_S))
    with pytest.raises(ValueError, match="there is no event 6"):
        copies(run, 6, 0.0)
    bare = simulate(chain(("app", "source"), ("lake", "lake")), Scenario(events=5))
    with pytest.raises(ValueError, match="has no warehouse"):
        copies(bare, 0, 0.0)


@given(st.data())
@settings(max_examples=80)
def test_of_any_day_the_copies_follow_one_another_and_the_warehouse_is_empty_in_between(data):
    network = data.draw(networks())
    names = [station.id for station in network.stations if station.role == Role.WAREHOUSE]
    makes = [station.id for station in network.stations if station.role == Role.TRANSFORM]
    scenario = replace(data.draw(scenarios(network)), overrides=tuple((name, "rebuilds", 1.0) for name in makes))
    run = simulate(network, replace(scenario, events=min(scenario.events, 60)))
    if not names or not run.born_s.size:
        return
    event, asked_s = data.draw(st.integers(0, run.born_s.size - 1)), data.draw(st.floats(0.0, DAY_S))
    kept = copies(run, event, asked_s)
    for stage, passage in run.passages.items():
        mine = [copy for copy in kept if copy.stage == stage]
        assert len(mine) <= 2
        assert not mine or event in passage.ids
        for copy in mine:
            assert copy.to_s is None or copy.from_s <= copy.to_s
        if len(mine) == 2:
            assert mine[0].to_s is not None
            assert mine[0].to_s <= mine[1].from_s
    erased = [copy for copy in kept if copy.stage == names[0]]
    written_s = run.passages[names[0]].departed_s[run.passages[names[0]].ids == event]
    written_s = written_s[written_s <= run.horizon_s]
    assert bool(erased) == bool(written_s.size)
    for copy in erased:
        assert copy.to_s == asked_s if copy.from_s < asked_s else copy.to_s is None
        assert copy.from_s in written_s or np.min(written_s) < asked_s <= copy.from_s
