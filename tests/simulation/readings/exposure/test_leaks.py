"""Who can read what of a day: held to a plain walk along each row's own way, and to what each switch alone does."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.course import SHIPPED, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import FaultKind, Readers, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.exposure import exposure
from lifecycle.simulation.readings.exposure.clear_rows import clear_rows, feeding, link_rows
from lifecycle.simulation.readings.exposure.leaks import TOO_MANY
from tests.support.days import kept
from tests.support.networks import chain, networks, scenarios

PIPELINE = load(SHIPPED).pipeline
DAY = Scenario(events=4_000)


@kept
def exposed(*overrides, **settings):
    return exposure(simulate(PIPELINE.network, replace(DAY, overrides=overrides, **settings)))


def carried_in_clear(run):
    """The flows that carry any row in clear."""
    rows = clear_rows(run)
    flows = [link for name in run.passages for link in feeding(run, name)]
    return {(link.source, link.target) for link in flows if link_rows(run, link, rows).clear.any()}


# --- where rows are in clear


def possible(run, station, row, known):
    """Whether a row may name a person here: walked back to where the event came from; both where two ways tie."""
    if (station, row) not in known:
        there = run.passages[station]
        event, came_s = int(there.ids[row]), there.arrived_s[row]
        found = set()
        if station in run.sources and run.sources[run.source[event]] == station and run.born_s[event] == came_s:
            found.add(bool(run.figures[station]["personal"]))
        for link in run.network.links:
            if link.target != station or link.loop:
                continue
            feed = run.passages[link.source]
            copied = feed.copied_from_s[(feed.copied_ids == event) & (feed.copied_s == came_s)]
            for left_s in {float(came_s), *copied.tolist()}:
                for before in np.flatnonzero((feed.ids == event) & (feed.departed_s == left_s)):
                    masked = bool(run.figures[link.source].get("masks"))
                    found |= {False} if masked else possible(run, link.source, int(before), known)
        known[station, row] = found
    return known[station, row]


@given(st.data())
@settings(max_examples=150)
def test_an_event_is_in_clear_iff_no_mask_lies_on_the_way_that_it_came(data):
    network = data.draw(networks())
    choices = {"personal": st.sampled_from([0.0, 1.0, 1.0]), "masks": st.sampled_from([0.0, 0.0, 1.0])}
    figures = {Role.SOURCE: "personal", Role.INGESTION: "masks", Role.TRANSFORM: "masks"}
    overrides = tuple(
        (station.id, name, data.draw(choices[name]))
        for station in network.stations
        if (name := figures.get(station.role))
    )
    scenario = replace(data.draw(scenarios(network)), overrides=overrides)
    run = simulate(network, replace(scenario, events=min(scenario.events, 60)))
    rows = clear_rows(run)
    known: dict[tuple[str, int], set[bool]] = {}
    for name, passage in run.passages.items():
        assert rows[name].came.size == passage.ids.size
        assert rows[name].left.size == passage.out_ids.size
        for row, clear in enumerate(rows[name].came.tolist()):
            assert clear in possible(run, name, row, known)


@given(st.data())
@settings(max_examples=60)
def test_leaks_only_grow_and_each_is_a_row_in_clear_that_came_along_its_path(data):
    network = data.draw(networks())
    scenario = data.draw(scenarios(network))
    run = simulate(network, replace(scenario, events=min(scenario.events, 100)))
    seen = exposure(run)
    moments = sorted(data.draw(st.lists(st.floats(0.0, DAY_S), max_size=6)))
    for stage in seen.stages.values():
        counts = [np.count_nonzero(stage.leaked_s <= at_s) for at_s in (0.0, *moments, DAY_S)]
        assert all(few <= more for few, more in pairwise(counts))
        assert counts[-1] == stage.leaked <= stage.in_clear <= run.born_s.size
        assert np.all(stage.leaked_s[1:] >= stage.leaked_s[:-1])
        assert (stage.since_s is None) == (stage.leaked == 0)
        if stage.since_s is not None:
            assert stage.since_s == stage.leaked_s.min()
            assert stage.readers >= TOO_MANY
        assert set(stage.path) <= {(link.source, link.target) for link in network.links if not link.loop}
        for source, _ in stage.path:
            fed = any(target == source for _, target in stage.path)
            assert fed or source in run.sources


def test_a_second_copy_is_what_its_first_was():
    both = Network(
        (
            Station("open", Role.SOURCE),
            Station("hashed", Role.SOURCE, (("personal", 0.0),)),
            Station("log", Role.BUFFER, (("duplicate_share", 0.5),)),
            Station("store", Role.LAKE),
        ),
        (Link("open", "log"), Link("hashed", "log"), Link("log", "store")),
    )
    run = simulate(both, Scenario(events=500))
    store = run.passages["store"]
    assert store.ids.size > 600
    named = run.source[store.ids] == run.sources.index("open")
    assert np.array_equal(clear_rows(run)["store"].came, named)


# --- what leaks


def test_nothing_leaks_by_default():
    for start in Start:
        for size in Size:
            for transform in Size:
                seen = exposed(start=start, size=size, transform=transform)
                assert seen.leaks == ()
    assert seen.stages["lake"].in_clear > 3_000
    assert seen.stages["warehouse"].in_clear == 0
    carried = carried_in_clear(simulate(PIPELINE.network, DAY))
    assert ("lake", "transform") in carried
    assert ("transform", "warehouse") not in carried


TO_LAKE = [("ingestion", "buffer"), ("buffer", "lake")]
WIRES = {"api": "external", "jdbc": "oltp", "logs": "telemetry"}


@pytest.mark.parametrize(
    ("turned", "leaks"),
    [
        (("api", "tls", 0.0), ["api"]),
        (("jdbc", "tls", 0.0), ["jdbc"]),
        (("buffer", "readers", 2.0), ["buffer"]),
        (("lake", "readers", 2.0), ["lake"]),
        (("lake", "readers", 3.0), ["lake"]),
        (("archive", "readers", 2.0), ["archive"]),
        (("transform", "masks", 0.0), ["ai", "bi", "ml", "warehouse"]),
        (("lake", "readers", 0.0), []),
        (("warehouse", "readers", 3.0), []),
        (("reverse-etl", "readers", 3.0), []),
        (("ingestion", "masks", 1.0), []),
        (("oltp", "personal", 0.0), []),
        (("api", "reconnects", 1.0), []),
    ],
)
def test_each_switch_alone_makes_the_leaks_that_it_should(turned, leaks):
    seen = exposed(turned)
    assert sorted(seen.leaks) == leaks
    for name in leaks:
        stage = seen.stages[name]
        assert stage.leaked == stage.in_clear > 0
        sources = {source for source, _ in stage.path}
        assert sources & set(WIRES.values()) == ({WIRES[name]} if name in WIRES else set(WIRES.values()))
        if name == "lake":
            assert stage.path[-2:] == tuple(TO_LAKE)


def test_on_a_wire_in_plain_text_the_network_reads_along():
    stage = exposed(("api", "tls", 0.0)).stages["api"]
    assert stage.readers is Readers.NETWORK
    assert stage.path == (("external", "api"), ("api", "ingestion"))


def test_what_leads_nowhere_has_no_wire_and_a_wire_that_carried_nothing_is_not_on_the_path():
    line = chain(("app", "source"), ("door", "interface", {"tls": 0.0}), ("left", "lake"), ("right", "lake"))
    blind = Network(line.stations, (Link("app", "door"), Link("app", "left"), Link("app", "right")))
    assert exposure(simulate(blind, Scenario(events=50))).leaks == ()
    forked = Network(line.stations, (Link("app", "door"), Link("door", "left", 1e5), Link("door", "right", 0.1)))
    seen = exposure(simulate(forked, Scenario(events=50))).stages["door"]
    assert seen.leaked == 50
    assert seen.path == (("app", "door"), ("door", "left"))


def test_a_mask_before_the_lake_helps_those_whom_a_later_one_does_not():
    granted = ("lake", "readers", 2.0)
    late, early = exposed(granted, ("transform", "masks", 1.0)), exposed(granted, ("ingestion", "masks", 1.0))
    assert late.stages["lake"].leaked > 3_000
    assert early.leaks == ()
    assert early.stages["lake"].in_clear == 0
    unmasked = exposed(("transform", "masks", 0.0), ("ingestion", "masks", 1.0))
    assert unmasked.leaks == ()


def test_a_source_that_names_nobody_has_nothing_to_leak():
    turned = [(source, "personal", 0.0) for source in WIRES.values()]
    seen = exposed(("lake", "readers", 3.0), ("api", "tls", 0.0), ("transform", "masks", 0.0), *turned)
    assert seen.leaks == ()
    assert all(stage.in_clear == 0 for stage in seen.stages.values())
    some = exposed(("lake", "readers", 3.0), *turned[:2])
    assert some.stages["lake"].path[0][0] not in {source for source, _, _ in turned[:2]}


def test_a_log_that_refuses_has_not_shown_and_without_a_log_nothing_lies_there():
    line = chain(
        ("app", "source"),
        ("log", "buffer", {"readers": 2.0, "capacity": 1.0, "per_event_s": 10.0, "spread": 0.0}),
        ("store", "lake"),
    )
    run = simulate(line, Scenario(events=20_000))
    seen = exposure(run).stages["log"]
    refused = int((run.passages["log"].fate == 1).sum())
    assert refused > 500
    assert seen.leaked == 20_000 - refused
    direct = replace(Scenario(events=1_000), overrides=(("log", "direct", 1.0),))
    assert exposure(simulate(line, direct)).leaks == ()


def test_what_is_lost_on_the_way_leaks_only_where_it_has_been():
    granted = (("lake", "readers", 2.0),)
    cut = Fault(FaultKind.DOWN, "ingestion", 0.0, DAY_S)
    push = {"start": Start.PUSH, "size": Size.STREAM}
    assert exposed(*granted, faults=(cut,), **push).leaks == ()
    plain = exposed(*granted, ("logs", "tls", 0.0), faults=(cut,), **push)
    assert plain.leaks == ("logs",)


# --- what it takes


def test_a_connection_for_each_request_takes_a_round_trip_and_with_tls_two():
    line = chain(("app", "source"), ("door", "interface", {"round_trip_s": 2.0, "per_event_s": 0.0}), ("log", "lake"))
    took = {}
    for tls in (0.0, 1.0):
        for again in (0.0, 1.0):
            figures = (("door", "tls", tls), ("door", "reconnects", again))
            door = simulate(line, Scenario(events=50, overrides=figures)).passages["door"]
            went = door.departed_s <= DAY_S
            (took[tls, again],) = {round(s, 6) for s in (door.departed_s - door.arrived_s)[went].tolist()}
    assert took == {(0.0, 0.0): 2.0, (1.0, 0.0): 2.0, (0.0, 1.0): 4.0, (1.0, 1.0): 6.0}


def test_a_job_connects_once_for_each_page_that_it_asks_for():
    far = {"round_trip_s": 1.0, "per_event_s": 0.0, "page_events": 10.0}
    line = chain(("app", "source"), ("door", "interface", far), ("pump", "ingestion", {"batch_interval_s": DAY_S / 2}))
    usual, anew = (
        simulate(line, Scenario(events=400, overrides=(("door", "reconnects", again),))).passages["door"]
        for again in (0.0, 1.0)
    )
    first = usual.arrived_s < DAY_S / 2
    pages = np.ceil(np.count_nonzero(first) / 10)
    later = (anew.departed_s - usual.departed_s)[first].max()
    assert later == pytest.approx(2 * pages)


@pytest.mark.parametrize("name", ["ingestion", "transform"])
def test_masking_is_work_of_each_row_and_none_where_nothing_is_masked(name):
    figures = {"per_event_s": 0.5, "spread": 0.0, "masks": 1.0}
    line = chain(("app", "source"), ("here", name, figures), ("store", "lake"))
    stream = Scenario(Start.PUSH, Size.STREAM, Size.STREAM, events=20)
    for size in Size:
        calm, vault, off = (
            simulate(line, replace(stream, size=size, transform=size, overrides=turned)).passages["here"]
            for turned in ((), (("here", "mask_s", 0.25),), (("here", "mask_s", 0.25), ("here", "masks", 0.0)))
        )
        assert np.array_equal(calm.departed_s, off.departed_s)
        done = np.flatnonzero(vault.departed_s <= DAY_S)
        assert done.size
        assert np.all(vault.departed_s[done] > calm.departed_s[done])


def test_a_job_that_makes_the_tables_anew_works_on_all_rows_so_far():
    figures = {"per_event_s": 1.0, "spread": 0.0, "workers": 1.0, "job_overhead_s": 0.0, "interval_s": 21_600.0}
    line = chain(("app", "source"), ("here", "transform", figures), ("store", "warehouse"))
    usual, anew = (
        simulate(line, Scenario(events=400, overrides=(("here", "rebuilds", on),))).passages["here"]
        for on in (0.0, 1.0)
    )
    for job in range(4):
        here = (usual.arrived_s > job * 21_600.0) & (usual.arrived_s <= (job + 1) * 21_600.0)
        so_far = np.count_nonzero(usual.arrived_s <= (job + 1) * 21_600.0)
        (took_s,) = set((usual.finished_s - usual.started_s)[here].tolist())
        assert took_s == pytest.approx(here.sum())
        (took_s,) = set((anew.finished_s - anew.started_s)[here].tolist())
        assert took_s == pytest.approx(so_far)
