"""Stages on a schedule within a day: books, joins, what waits for whom, and what a slower job does to the others."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.course.worlds.idle import OF_JOBS, why_idle
from lifecycle.simulation.day.checks import validate
from lifecycle.simulation.day.run import simulate, walk
from lifecycle.simulation.model.kinds import Fate, FaultKind, Overlap, Role, Size
from lifecycle.simulation.model.network import Link, Network, Station, order
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.model.schedules import Schedule, every
from lifecycle.simulation.readings.books import books
from lifecycle.simulation.roles import ROLES

HOURLY = Schedule("hourly", every(3600.0, DAY_S), slots=2)
DAY = Scenario(events=4_000, seed=3)


def network(jobs, links, schedule=HOURLY):
    """A shop whose rows lie in a lake, jobs on one schedule, and a desk behind them; `links` between all of these."""
    stations = [
        Station("shop", Role.SOURCE),
        Station("news", Role.SOURCE),
        Station("lake", Role.LAKE),
        *(Station(id, Role.TRANSFORM, figures, schedule.id) for id, figures in jobs.items()),
        Station("mart", Role.WAREHOUSE),
        Station("desk", Role.CONSUMER),
    ]
    flows = [("shop", "lake"), *links, ("mart", "desk")]
    return Network(tuple(stations), tuple(Link(*flow) for flow in flows), (schedule,))


SLOW_START = (("job_overhead_s", 600.0), ("per_event_s", 0.5), ("workers", 1.0))
DIAMOND = network(
    {"clean": SLOW_START, "left": (), "right": SLOW_START, "join": ()},
    [("lake", "clean"), ("clean", "left"), ("clean", "right"), ("left", "join"), ("right", "join"), ("join", "mart")],
)


def first_ok(run, stage):
    (done,) = run.orchestrated.values()
    return [attempt for attempt in done.attempts[stage] if not attempt.failed]


def test_a_run_does_parents_before_children_and_its_rows_are_seen_at_the_end_of_each_job():
    run = simulate(DIAMOND, DAY)
    clean, left, right, join = (first_ok(run, stage) for stage in ("clean", "left", "right", "join"))
    for a, b, c, d in zip(clean, left, right, join, strict=True):
        assert a.start_s == a.tick_s
        assert b.start_s == c.start_s == a.end_s  # two slots
        assert d.start_s == max(b.end_s, c.end_s)
    ends = {attempt.end_s for attempt in join}
    assert set(run.passages["mart"].arrived_s.tolist()) <= ends


def test_a_join_makes_no_second_copies_and_sees_a_row_when_its_last_parent_has_it():
    run = simulate(DIAMOND, DAY)
    at = run.passages["join"]
    rows = np.bincount(at.ids, minlength=DAY.events)
    kept = at.ids[at.fate == Fate.OK]
    assert set(rows[np.unique(at.ids)].tolist()) <= {1, 2}  # one half may have come today and the other not
    mart = run.passages["mart"].ids
    assert mart.size == np.unique(mart).size
    slower = dict(zip(run.passages["right"].ids, run.passages["right"].departed_s, strict=True))
    assert all(slower[id] == s for id, s in zip(kept, at.arrived_s[at.fate == Fate.OK], strict=True) if s < DAY_S / 2)
    assert np.count_nonzero(at.fate == Fate.JOINED) == np.count_nonzero(at.departed_s <= DAY_S)


@st.composite
def networks(draw):
    names = ["a", "b", "c", "d", "e"][: draw(st.integers(1, 5))]
    links = []
    for place, name in enumerate(names):
        feeds = draw(st.sets(st.sampled_from(["lake", "news", *names[:place]]), min_size=1, max_size=3))
        links += [(feed, name) for feed in sorted(feeds)]
    for name in draw(st.sets(st.sampled_from(names), min_size=1)):
        links.append((name, "mart"))
    share = {flow: draw(st.sampled_from([None, None, 0.3])) for flow in links}
    figures = st.fixed_dictionaries(
        {"job_overhead_s": st.sampled_from([0.0, 30.0, 2000.0]), "per_event_s": st.sampled_from([0.0, 0.2]),
         "reject_share": st.sampled_from([0.0, 0.2])}
    )  # fmt: skip
    schedule = Schedule(
        "hourly", every(draw(st.sampled_from([3600.0, 7000.0])), DAY_S), draw(st.integers(1, 3)),
        overlap=draw(st.sampled_from(Overlap)),
    )  # fmt: skip
    return network(
        {name: tuple(draw(figures).items()) for name in names},
        [(*flow, share[flow]) for flow in links],
        schedule,
    )


@settings(max_examples=60)
@given(networks(), st.integers(0, 5), st.booleans())
def test_every_event_is_accounted_for_and_every_job_worked_on_what_it_found(net, seed, outage):
    down = next(s for s in net.stations if s.schedule).id
    faults = (Fault(FaultKind.DOWN, down, 30_000.0, 40_000.0),) if outage else ()
    run = simulate(net, Scenario(events=600, seed=seed, faults=faults))
    assert [page for page in books(run) if page.out] == []
    (done,) = run.orchestrated.values()
    for name in done.stages:
        at = run.passages[name]
        figures = run.figures[name]
        for attempt in done.attempts[name]:
            if attempt.end_s > DAY_S:
                continue
            found = np.count_nonzero((at.started_s == attempt.start_s) & (at.fate != Fate.JOINED))
            work_s = figures["job_overhead_s"] + found * figures["per_event_s"] / figures["workers"]
            if not outage:
                assert attempt.end_s - attempt.start_s == pytest.approx(work_s)
            else:
                assert attempt.end_s - attempt.start_s >= work_s - 1e-6


def test_the_transformations_switch_changes_nothing():
    batch, stream = (simulate(DIAMOND, replace(DAY, transform=size)) for size in (Size.BATCH, Size.STREAM))
    np.testing.assert_array_equal(batch.passages["mart"].arrived_s, stream.passages["mart"].arrived_s)


def test_a_walk_takes_over_what_did_not_change_and_all_of_a_schedule_or_nothing():
    before = walk(DIAMOND, DAY)
    turned = replace(DAY, overrides=(("left", "job_overhead_s", 1200.0),))
    after = walk(DIAMOND, turned, earlier=before)
    anew = simulate(DIAMOND, turned)
    for name, passage in anew.passages.items():
        np.testing.assert_array_equal(after.run.passages[name].departed_s, passage.departed_s)
    kept = walk(DIAMOND, replace(DAY, transform=Size.STREAM), earlier=before)
    assert kept.run.passages["join"] is before.run.passages["join"]
    assert kept.run.orchestrated == before.run.orchestrated


def test_towards_one_stage_everything_is_simulated_that_waits_for_the_same_slots():
    assert set(order(DIAMOND, "left")) == {"shop", "lake", "clean", "left", "right", "join"}
    part = simulate(DIAMOND, DAY, towards="left")
    np.testing.assert_array_equal(part.passages["left"].departed_s, simulate(DIAMOND, DAY).passages["left"].departed_s)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schedules": ()}, "clean: there is no schedule 'hourly'; choose none"),
        ({"schedules": (HOURLY, HOURLY)}, "2 schedules are called 'hourly'; give each its own id"),
        ({"schedules": (replace(HOURLY, ticks_s=()),)}, "schedule hourly: 0 runs a day; write 1 to 1,440"),
        ({"schedules": (replace(HOURLY, ticks_s=(5.0, 3.0)),)}, "schedule hourly: its runs are not in order within"),
        ({"schedules": (replace(HOURLY, slots=0),)}, "schedule hourly: slots is 0; write 1 to 64"),
        ({"schedules": (replace(HOURLY, retries=-1),)}, "schedule hourly: retries is -1; write 0 to 10"),
        ({"stations": (*DIAMOND.stations, Station("x", Role.LAKE, (), "hourly"))}, "x: a lake is not on a schedule"),
    ],
)
def test_what_makes_no_schedule_is_said_in_words(change, says):
    assert any(says in problem for problem in validate(replace(DIAMOND, **change), DAY)), says


def test_a_stage_of_its_own_time_between_two_of_a_schedule_is_refused():
    net = network({"one": (), "two": ()}, [("lake", "one"), ("one", "between"), ("between", "two"), ("two", "mart")])
    net = replace(net, stations=(*net.stations, Station("between", Role.TRANSFORM)))
    (problem,) = validate(net, DAY)
    assert problem == (
        "what is done between two stages of one schedule is not on it: hourly → between → hourly; put it on the same "
        "schedule"
    )


def test_a_fault_that_jobs_of_a_schedule_cannot_have_is_refused():
    poisoned = replace(DAY, faults=(Fault(FaultKind.POISON, "left", 0.0, 3600.0),))
    assert "fault 'poison' at left: its jobs are started by a schedule; choose down, slow, fail, sleep" in validate(
        DIAMOND, poisoned
    )


def failing(kind, stage, from_s, to_s, **more):
    net = replace(DIAMOND, schedules=(replace(HOURLY, **more),))
    return simulate(net, replace(DAY, faults=(Fault(kind, stage, from_s, to_s),)))


def begun(run, stage):
    (done,) = run.orchestrated.values()
    return [attempt for attempt in done.attempts[stage] if attempt.run == 9]


def test_a_job_that_fails_is_tried_again_and_then_nothing_after_it_runs_and_its_rows_wait_for_the_next_run():
    run = failing(FaultKind.FAIL, "left", 36_000.0, 39_000.0, retries=1, retry_s=600.0)
    (done,) = run.orchestrated.values()
    first, second = begun(run, "left")
    assert (first.failed, second.failed, second.start_s) == (True, True, first.end_s + 600.0)
    assert begun(run, "join") == []
    assert done.rounds.skipped == ((9, done.stages.index("join")),)
    at = run.passages["join"]
    waited = (at.arrived_s > 36_000.0) & (at.arrived_s < 39_600.0)  # the halves that came by the other way
    assert waited.any()
    assert (at.started_s[waited] > 39_600.0).all()
    assert [page for page in books(run) if page.out] == []


def test_a_retry_that_succeeds_ends_the_trouble():
    run = failing(FaultKind.FAIL, "left", 36_000.0, 38_000.0, retries=1, retry_s=3_000.0)
    assert [attempt.failed for attempt in begun(run, "left")] == [True, False]
    assert [attempt.failed for attempt in begun(run, "join")] == [False]


@pytest.mark.parametrize("catch_up", [True, False])
def test_while_the_scheduler_sleeps_nothing_begins_and_missed_runs_are_made_up_for_or_not(catch_up):
    run = failing(FaultKind.SLEEP, "join", 30_000.0, 41_000.0, catch_up=catch_up)
    (done,) = run.orchestrated.values()
    starts = [attempt.start_s for attempt in done.rounds.attempts]
    assert not [start for start in starts if 30_000.0 <= start < 41_000.0]
    assert done.rounds.missed_s == (() if catch_up else (32_400.0, 36_000.0, 39_600.0))
    ticks = {attempt.tick_s for attempt in done.attempts["clean"]}
    assert ({32_400.0, 36_000.0, 39_600.0} <= ticks) is catch_up


def test_a_job_at_a_third_of_its_speed_takes_three_times_as_long_and_holds_up_the_run():
    slowed = replace(DAY, faults=(Fault(FaultKind.SLOW, "right", 36_000.0, 50_000.0, 1 / 3),))
    calm, slow = simulate(DIAMOND, DAY), simulate(DIAMOND, slowed)
    usual, thrice = (begun(run, "right")[0] for run in (calm, slow))
    assert thrice.end_s - thrice.start_s == pytest.approx(3 * (usual.end_s - usual.start_s))
    assert begun(slow, "join")[0].start_s == thrice.end_s


@pytest.mark.parametrize("drawn_s", [0.0, 300.0])
@pytest.mark.parametrize("figure", ROLES[Role.TRANSFORM])
def test_a_figure_that_is_said_to_do_nothing_where_a_schedule_starts_the_jobs_does_nothing(figure, drawn_s):
    day = replace(DAY, overrides=(("join", "drawn_s", drawn_s),))
    usual = simulate(DIAMOND, day)
    if not why_idle(Role.TRANSFORM, figure.name, usual.figures["join"], day, "hourly"):
        return
    values = [code for code, _ in figure.options] or [figure.low, figure.high]
    for value in values:
        turned = simulate(DIAMOND, replace(DAY, overrides=(*day.overrides, ("join", figure.name, float(value)))))
        for name, passage in usual.passages.items():
            np.testing.assert_array_equal(turned.passages[name].departed_s, passage.departed_s)


@pytest.mark.parametrize(
    ("figure", "value"),
    [*((figure, 0.9) for figure in OF_JOBS if figure not in ("workers", "masks")), ("workers", 9.0)],
)
def test_a_figure_of_its_jobs_does_something(figure, value):
    costly = [("join", "per_event_s", 0.5)]
    if figure == "drawn_spread":
        costly, value = [("join", "drawn_s", 300.0)], 4.0
    usual, turned = (
        simulate(DIAMOND, replace(DAY, overrides=(*costly, *more))) for more in ((), (("join", figure, value),))
    )
    assert not np.array_equal(usual.passages["mart"].arrived_s, turned.passages["mart"].arrived_s)
