"""Flows that say how they move: each keeps its way whatever the switches say, and several hold at one stage at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.day.run import simulate, walk
from lifecycle.simulation.model.kinds import Arrivals, Cause, Fate, FaultKind, Role, Size, Start, Waits
from lifecycle.simulation.model.moving import in_force, turned_by_switches, ways_in
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.model.ways import WAYS, Way, way_problems
from lifecycle.simulation.readings.bill import bill
from lifecycle.simulation.readings.books import books
from lifecycle.simulation.readings.journey import follow
from lifecycle.simulation.readings.report import report
from lifecycle.simulation.theory.expected import expected
from lifecycle.simulation.theory.laws import NoLaw

HOUR_S = 3600.0
SWITCHES = [(start, size) for start in Start for size in Size]
# An ingestion that takes no time, so that ages are those of the ways.
QUICK = (("per_event_s", 0.0), ("latency_s", 0.0), ("job_overhead_s", 0.0), ("bandwidth_bytes_per_s", 0.0),
         ("decode_s_per_mb", 0.0), ("encrypt_s_per_mb", 0.0))  # fmt: skip
BARE = (("per_event_s", 0.0), ("lateness_s", 0.0))


def network(first: Way | None, second: Way | None) -> Network:
    """Two tables, each behind a link of its own, that one ingestion reads."""
    stations = (
        Station("orders", Role.SOURCE), Station("stock", Role.SOURCE),
        Station("a", Role.INTERFACE, BARE), Station("b", Role.INTERFACE, BARE),
        Station("intake", Role.INGESTION, QUICK),
        Station("desk", Role.CONSUMER, (("query_s", 0.0), ("interval_s", 0.0))),
    )  # fmt: skip
    links = (
        Link("orders", "a"), Link("stock", "b"), Link("a", "intake", way=first), Link("b", "intake", way=second),
        Link("intake", "desk"),
    )  # fmt: skip
    return Network(stations, links)


def day(*faults: Fault, start: Start = Start.PULL, size: Size = Size.BATCH, events: int = 24_000) -> Scenario:
    return Scenario(start, size, Size.STREAM, Arrivals.STEADY, events, faults=faults)


def ages_of(run, source: str):
    """Age in seconds of each event of a source when the ingestion was through with it, and its birth."""
    at = run.passages["intake"]
    mine = run.source[at.ids] == run.sources.index(source)
    return (at.finished_s - run.born_s[at.ids])[mine], run.born_s[at.ids][mine]


def test_a_table_by_cdc_and_one_from_a_nightly_file_have_the_ages_of_both():
    walked = walk(network(WAYS["cdc"], WAYS["nightly-file"]), day())
    run = walked.run
    by_cdc, _ = ages_of(run, "orders")
    assert by_cdc.size == np.count_nonzero(run.source == 0)
    assert by_cdc.min() >= 0.0
    assert by_cdc.max() <= 1.0 + 1e-6  # the next poll, a second away at most
    by_file, born_s = ages_of(run, "stock")
    assert born_s.max() <= 2 * HOUR_S < run.born_s.max()  # the file of 02:00 has what came since midnight
    assert by_file == pytest.approx(2 * HOUR_S - born_s)
    # All others are in the next night's file: up to 24 hours old, 12 or 13 on average over those of this day.
    out = walked.leaving["b", "intake"]
    later = out.at_s - run.born_s[out.ids]
    assert later.max() == pytest.approx(24 * HOUR_S, abs=60.0)
    assert later[out.at_s > DAY_S] == pytest.approx(26 * HOUR_S - run.born_s[out.ids[out.at_s > DAY_S]])


@pytest.mark.parametrize(("start", "size"), SWITCHES)
def test_the_switches_turn_only_the_flow_that_does_not_say(start, size):
    calm = simulate(network(WAYS["cdc"], None), day())
    turned = simulate(network(WAYS["cdc"], None), day(start=start, size=size))
    alone = simulate(network(None, None), day(start=start, size=size))
    assert np.array_equal(ages_of(calm, "orders")[0], ages_of(turned, "orders")[0])
    assert np.array_equal(ages_of(turned, "stock")[0], ages_of(alone, "stock")[0])


@pytest.mark.parametrize(("start", "size"), SWITCHES)
def test_flows_that_all_say_are_turned_by_no_switch(start, size):
    both = network(WAYS["hourly-query"], WAYS["webhook"])
    assert not turned_by_switches(both)
    assert turned_by_switches(network(WAYS["webhook"], None))
    assert report(simulate(both, day(start=start, size=size))) == report(simulate(both, day()))
    assert set(in_force(both, day(start=start, size=size))) == {WAYS["hourly-query"], WAYS["webhook"]}


def down(hours: float = 2.0) -> Fault:
    return Fault(FaultKind.DOWN, "intake", 10 * HOUR_S, (10 + hours) * HOUR_S)


def test_a_receiver_that_is_down_for_two_hours_loses_what_a_webhook_threw_and_nothing_of_cdc():
    run = simulate(network(WAYS["cdc"], WAYS["webhook"]), day(down()))
    at = run.passages["intake"]
    in_time = (run.born_s >= 10 * HOUR_S) & (run.born_s < 12 * HOUR_S)
    thrown, read = run.source == 1, run.source == 0
    # A thousand an hour, half of them each: about a thousand of each came in two hours, counted one by one below.
    assert 900 < np.count_nonzero(in_time & thrown) < 1100
    assert np.array_equal(np.sort(at.ids[at.fate == Fate.REFUSED]), np.flatnonzero(in_time & thrown))
    assert not at.fate[read[at.ids]].any()
    assert report(run).events.refused == np.count_nonzero(in_time & thrown)
    # What was read through the slot waited for 12:00 at its sender, and is through a moment later.
    waited = np.isin(at.ids, np.flatnonzero(in_time & read))
    assert np.count_nonzero(waited) == np.count_nonzero(in_time & read)
    assert at.arrived_s[waited].min() >= 12 * HOUR_S
    assert at.finished_s[waited].max() <= 12 * HOUR_S + 1.0


def test_a_file_lies_where_it_was_put_while_its_receiver_is_down():
    way = replace(WAYS["nightly-file"], interval_s=HOUR_S, offset_s=0.0)
    run = simulate(network(WAYS["webhook"], way), day(down()))
    at, filed = run.passages["intake"], run.source == 1
    assert not at.fate[filed[at.ids]].any()
    lying = filed[at.ids] & (at.arrived_s >= 10 * HOUR_S) & (at.arrived_s < 12 * HOUR_S)
    assert lying.any()
    assert set(at.finished_s[lying]) == {12 * HOUR_S}


@pytest.mark.parametrize("waits", [Waits.SENDER, Waits.RECEIVER])
def test_a_call_that_somebody_keeps_is_not_lost(waits):
    way = replace(WAYS["webhook"], id="kept", waits=waits)
    run = simulate(network(WAYS["cdc"], way), day(down()))
    at, thrown = run.passages["intake"], run.source == 1
    assert not at.fate.any()
    mine = thrown[at.ids] & (run.born_s[at.ids] >= 10 * HOUR_S) & (run.born_s[at.ids] < 12 * HOUR_S)
    came = at.arrived_s[mine]
    assert (came.min() >= 12 * HOUR_S) if waits is Waits.SENDER else (came.max() < 12 * HOUR_S)
    assert at.finished_s[mine].min() >= 12 * HOUR_S


def test_an_interval_and_an_offset_are_the_ways_own():
    way = replace(WAYS["hourly-query"], interval_s=6 * HOUR_S, offset_s=5 * HOUR_S)
    run = simulate(network(way, WAYS["cdc"]), day())
    at = run.passages["intake"]
    mine = run.source[at.ids] == 0
    assert sorted(set(at.arrived_s[mine])) == [5 * HOUR_S, 11 * HOUR_S, 17 * HOUR_S, 23 * HOUR_S]


def test_without_a_log_what_each_flow_loses_is_its_own():
    both = network(WAYS["cdc"], WAYS["webhook"])
    stations = (*both.stations, Station("log", Role.BUFFER, (("direct", 1),)), Station("lake", Role.LAKE))
    links = (*both.links[:-1], Link("intake", "log"), Link("log", "lake"), Link("lake", "desk"))
    fault = Fault(FaultKind.DOWN, "lake", 10 * HOUR_S, 12 * HOUR_S)
    run = simulate(Network(stations, links), day(fault))
    at = run.passages["log"]
    lost = at.ids[at.fate == Fate.REFUSED]
    assert lost.size > 900
    assert set(run.source[lost]) == {1}


ANY_WAY = st.builds(
    Way,
    st.sampled_from(["one", "two"]), st.just("any"), st.sampled_from(Start), st.sampled_from(Size),
    st.sampled_from(Waits), st.sampled_from([0.0, 600.0, 5 * HOUR_S]), st.sampled_from([0.0, 500.0]),
).filter(lambda way: not list(way_problems(way)))  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    first=st.none() | ANY_WAY,
    second=st.none() | ANY_WAY,
    switches=st.sampled_from(SWITCHES),
    hours=st.sampled_from([0.0, 0.5, 3.0, 14.0]),
    capacity=st.sampled_from([0.0, 5.0]),
    seed=st.integers(1, 5),
)
def test_no_event_is_made_or_lost_on_the_books_whatever_the_ways(first, second, switches, hours, capacity, seed):
    start, size = switches
    overrides = (("intake", "capacity", capacity), ("intake", "per_event_s", 2.0))
    scenario = replace(day(down(hours), start=start, size=size, events=2_000), overrides=overrides, seed=seed)
    run = simulate(network(first, second), scenario)
    assert [line for line in books(run) if line.out] == []
    events = report(run).events
    assert events.born == events.delivered + events.refused + events.expired + events.dead_lettered + events.inside
    at = run.passages["intake"]
    assert (at.started_s >= at.arrived_s).all()
    assert (at.finished_s >= at.started_s).all()


def test_a_flow_that_says_what_the_switches_say_changes_no_moment():
    for (start, size), id in zip(SWITCHES, ("hourly-query", "cdc", "hour", "webhook"), strict=True):
        way = WAYS.get(id) or Way("hour", "hour", Start.PUSH, Size.BATCH, Waits.RECEIVER)
        silent = simulate(network(None, None), day(down(), start=start, size=size))
        said = simulate(network(way, way), day(down()))
        for name, passage in silent.passages.items():
            assert np.array_equal(passage.departed_s, said.passages[name].departed_s, equal_nan=True)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (Way("w", "w", Start.PULL, Size.STREAM, Waits.NOWHERE), "who pulls asks only while up"),
        (Way("w", "w", Start.PUSH, Size.BATCH, Waits.NOWHERE), "a file lies where it was put"),
        (Way("w", "w", Start.PUSH, Size.STREAM, Waits.NOWHERE, 60.0), "a stream has no interval"),
        (Way("w", "w", Start.PULL, Size.BATCH, Waits.SENDER, 5.0), "interval_s is 5; write 60 to 172,800 s"),
        (Way("w", "w", Start.PULL, Size.BATCH, Waits.SENDER, 60.0, 61.0), "offset_s is 61"),
    ],
)
def test_what_cannot_be_is_refused_in_words(way, words):
    assert words in "; ".join(way_problems(way))
    with pytest.raises(ValueError, match="flow a → intake: "):
        simulate(network(way, None), day())


def test_the_shipped_ways_are_none_of_those():
    assert [list(way_problems(way)) for way in WAYS.values()] == [[]] * 5


def changed(base: Network, at: int, link: Link) -> Network:
    return replace(base, links=tuple(link if n == at else old for n, old in enumerate(base.links)))


@pytest.mark.parametrize(
    ("at", "link", "words"),
    [
        (0, Link("orders", "a", way=WAYS["cdc"]), "leads to the interface a"),
        (4, Link("intake", "desk", way=WAYS["cdc"]), "leads to the consumer desk"),
    ],
)
def test_where_a_flow_cannot_say_is_refused(at, link, words):
    with pytest.raises(ValueError, match=words):
        simulate(changed(network(None, None), at, link), day())


def test_what_leaves_a_stage_leaves_it_in_one_way():
    base = network(WAYS["cdc"], None)
    with pytest.raises(ValueError, match="moves otherwise than the flow from a to desk"):
        simulate(replace(base, links=(*base.links, Link("a", "desk"))), day())
    timed = replace(base.stations[2], figures=(("own_interval_s", 600.0),))
    with pytest.raises(ValueError, match="a has a schedule of its own"):
        simulate(replace(base, stations=(*base.stations[:2], timed, *base.stations[3:])), day())
    logged = replace(base, stations=(*base.stations, Station("log", Role.BUFFER)))
    with pytest.raises(ValueError, match="leaves the buffer log"):
        simulate(replace(logged, links=(*base.links, Link("log", "intake", way=WAYS["topic"]))), day())


def test_what_held_an_event_up_is_read_off_its_own_way():
    run = simulate(network(WAYS["cdc"], WAYS["hourly-query"]), day(down()))
    by_cdc, fetched = (
        int(np.flatnonzero((run.source == source) & (run.born_s >= 10.2 * HOUR_S))[0]) for source in (0, 1)
    )
    stays = {event: {stay.stage: stay for stay in follow(run, event, "desk").stays} for event in (by_cdc, fetched)}
    outage = [wait.seconds for wait in stays[by_cdc]["a"].waits if wait.cause is Cause.OUTAGE]
    assert outage == pytest.approx([12 * HOUR_S - run.born_s[by_cdc]], abs=1.0)
    tick = [wait.seconds for wait in stays[fetched]["b"].waits if wait.cause is Cause.TICK]
    assert tick == pytest.approx([11 * HOUR_S - run.born_s[fetched]])
    assert run.passages["intake"].servers == 2


def test_each_way_is_billed_at_the_ingestion_and_called_on_in_its_own_rhythm():
    run = simulate(network(WAYS["cdc"], WAYS["hourly-query"]), day())
    lines = {(line.station, line.item): line.quantity for line in bill(run).lines}
    assert lines["intake", "always on"] == pytest.approx(24.0)
    assert ("intake", "job hours") in lines
    assert lines["a", "requests"] == 86_400  # a poll a second, of a page each
    an_hour, _ = np.histogram(run.born_s[run.source == 1], np.arange(25) * HOUR_S)
    assert lines["b", "requests"] == np.ceil(an_hour / 100).sum()  # a page has 100 records


def test_theory_says_why_it_is_silent_where_ways_meet():
    main, *_ = expected(simulate(network(WAYS["cdc"], WAYS["hourly-query"]), day()), "intake")
    assert isinstance(main, NoLaw)
    assert "its flows move in different ways, each with a worker of its own" in main.why


@pytest.mark.parametrize(
    "turned", [("intake", "per_event_s", 1.0), ("b", "per_event_s", 0.5), ("desk", "query_s", 9.0)]
)
def test_a_day_that_takes_over_what_an_earlier_one_has_is_the_same_day(turned):
    both, before = network(WAYS["cdc"], WAYS["hourly-query"]), day(down(), events=2_000)
    after = replace(before, overrides=(turned,))
    taken_over = walk(both, after, earlier=walk(both, before)).run
    anew = simulate(both, after)
    for name, passage in anew.passages.items():
        assert np.array_equal(passage.departed_s, taken_over.passages[name].departed_s, equal_nan=True)


def test_the_time_that_both_ways_work_is_that_of_each_alone():
    slow = tuple((name, 0.5 if name == "per_event_s" else value) for name, value in QUICK)
    both = network(WAYS["cdc"], WAYS["nightly-file"])
    stations = tuple(replace(one, figures=slow) if one.id == "intake" else one for one in both.stations)
    at = simulate(replace(both, stations=stations), day(events=2_000)).passages["intake"]
    lanes = at.lanes
    assert lanes is not None
    worked_s = [float((to_s - from_s).sum()) for from_s, to_s in lanes.spans_s]
    assert len(worked_s) == 2
    assert min(worked_s) > 100.0
    from_s, to_s = at.spans_s
    assert float((to_s - from_s).sum()) == pytest.approx(sum(worked_s))


def test_what_a_loop_brings_to_an_ingestion_is_no_way_into_it():
    both = network(WAYS["cdc"], WAYS["cdc"])
    looped = replace(both, links=(*both.links, Link("desk", "intake", loop=True)))
    assert set(ways_in(looped, day(), "intake")) == {"a", "b"}
    assert not turned_by_switches(looped)
