"""Jobs of a schedule whose durations are drawn, jobs inside a stage, and stages that a day puts on a schedule."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.day.checks import validate
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.kernels import orchestrated
from lifecycle.simulation.model.kinds import FaultKind, Overlap
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.model.schedules import StageJob, every
from lifecycle.simulation.readings.books import books
from tests.simulation.day.test_orchestrated import DAY, DIAMOND, HOURLY, begun, first_ok, network

DRAWN = tuple((stage, "drawn_s", 300.0) for stage in ("clean", "left", "right", "join"))


def lasted_s(done, run):
    """How long each job of a run took, by its number, and when it began and ended."""
    mine = sorted((one for one in done.rounds.attempts if one.run == run), key=lambda one: one.job)
    return [np.array([getattr(one, name) for one in mine]) for name in ("start_s", "end_s")]


def test_with_drawn_durations_a_run_is_the_kernels():
    for slots in (1, 2):
        net = replace(DIAMOND, schedules=(replace(HOURLY, slots=slots),))
        (done,) = simulate(net, replace(DAY, overrides=DRAWN)).orchestrated.values()
        for number in range(24):
            start_s, end_s = lasted_s(done, number)
            tick_s = 3600.0 * (number + 1)
            of_kernel = orchestrated(done.parents, tick_s, end_s - start_s, slots)
            if slots == 2:
                np.testing.assert_allclose((start_s, end_s), of_kernel, atol=1e-6)
            else:  # which of two comes first is decided by what is planned, and the kernel knows what will be drawn
                assert end_s.max() - tick_s == pytest.approx((end_s - start_s).sum())
                assert end_s.max() == pytest.approx(of_kernel[1].max())


def test_drawn_durations_have_the_median_and_the_spread_that_are_asked_for_and_luck_of_their_own():
    minutely = replace(HOURLY, ticks_s=every(60.0, DAY_S), overlap=Overlap.SKIP)
    net = replace(DIAMOND, schedules=(minutely,))
    turned = [(stage, "drawn_s", 10.0) for stage in ("clean", "left", "right", "join")]
    turned.append(("left", "drawn_spread", 2.0))
    run = simulate(net, replace(DAY, events=10, overrides=tuple(turned)))
    lasts_s = np.array([one.end_s - one.start_s for one in first_ok(run, "left")])
    assert lasts_s.size > 1_300
    assert np.median(lasts_s) == pytest.approx(10.0, rel=0.06)  # three standard errors: 1.25 ln 2 / sqrt(1440)
    within = (lasts_s > 5.0) & (lasts_s < 20.0)
    assert np.mean(within) == pytest.approx(0.683, abs=0.04)
    other = np.array([one.end_s - one.start_s for one in first_ok(run, "right")])
    assert abs(np.corrcoef(np.log(lasts_s[:1300]), np.log(other[:1300]))[0, 1]) < 0.09


def observing(seconds, **more):
    """The diamond with a run a minute, whose left job took so many seconds when somebody looked; how long it takes."""
    minutely = replace(HOURLY, ticks_s=every(60.0, DAY_S), overlap=Overlap.SKIP)
    usual = [(stage, "drawn_s", 10.0) for stage in ("clean", "right", "join")]
    middle = (("left", "drawn_s", float(np.median(seconds))), *more.pop("turned", ()))
    net = replace(DIAMOND, schedules=(minutely,), stations=tuple(
        replace(one, observed_s=tuple(seconds)) if one.id == "left" else one for one in DIAMOND.stations
    ))  # fmt: skip
    run = simulate(net, replace(DAY, events=10, overrides=(*usual, *middle), **more))
    return np.array([one.end_s - one.start_s for one in first_ok(run, "left")][:1_400])


def test_of_few_observations_each_run_takes_one_as_often_as_if_it_were_drawn_with_a_die():
    seconds = (8.0, 12.5, 9.0, 11.0)
    lasts_s = observing(seconds)
    assert lasts_s.size > 1_300
    values, times = np.unique(np.round(lasts_s, 6), return_counts=True)
    assert values.tolist() == sorted(seconds)  # every one of them, and nothing between
    resampled = np.random.default_rng(1).choice(seconds, size=(2_000, lasts_s.size))
    often = (resampled == values[:, None, None]).sum(axis=2)
    low, high = np.quantile(often, (0.0005, 0.9995), axis=1)
    assert np.all((low <= times) & (times <= high))
    assert lasts_s.mean() == pytest.approx(np.mean(seconds), abs=3 * np.std(seconds) / np.sqrt(lasts_s.size))


def test_what_was_observed_is_drawn_with_the_same_luck_on_both_sides_of_a_comparison():
    seconds = (8.0, 12.5, 9.0, 11.0)
    lasts_s = observing(seconds)
    assert observing(tuple(reversed(seconds))) == pytest.approx(lasts_s)  # in whatever order they are written
    halved = observing(seconds, turned=(("left", "drawn_s", 5.0),))  # the last of two overrides counts
    assert halved == pytest.approx(lasts_s / 2)
    assert observing(seconds, turned=(("left", "drawn_spread", 9.0),)) == pytest.approx(lasts_s)
    slower = observing((8.0, 20.0, 9.0, 11.0))
    np.testing.assert_array_equal(slower > 19.0, lasts_s > 12.0)  # where the longest was drawn, it still is
    assert not np.array_equal(observing(seconds, seed=DAY.seed + 1)[:50], lasts_s[:50])


def test_a_retry_draws_anew_and_leaves_the_luck_of_the_runs_after_it_alone():
    calm = simulate(DIAMOND, replace(DAY, overrides=DRAWN))
    net = replace(DIAMOND, schedules=(replace(HOURLY, retries=2),))
    fails = (Fault(FaultKind.FAIL, "left", 36_000.0, 37_000.0),)
    bad = simulate(net, replace(DAY, overrides=DRAWN, faults=fails))
    tries = [one.end_s - one.start_s for one in begun(bad, "left")]
    assert len(tries) == len(set(tries)) == 3
    after, after_bad = (
        [one.end_s - one.start_s for one in first_ok(run, "join") if one.run > 9] for run in (calm, bad)
    )
    assert after == pytest.approx(after_bad)


FORK = (StageJob("clean"), StageJob("sum", ("clean",), 2.0), StageJob("join", ("clean",), 0.5))


def inside(jobs):
    """One stage that has these jobs inside, and the same jobs as a stage each; the same draws for both."""
    figures = (("job_overhead_s", 400.0), ("per_event_s", 0.3), ("workers", 1.0))
    one = network({"work": figures}, [("lake", "work"), ("work", "mart")])
    one = replace(one, stations=tuple(replace(s, jobs=jobs) if s.id == "work" else s for s in one.stations))
    awaited = {name for job in jobs for name in job.after}
    links = [(name, job.id) for job in jobs for name in job.after or ("lake",)]
    last = [job.id for job in jobs if job.id not in awaited]
    gather = [(name, "gather") for name in last] + [("gather", "mart")]
    stages = {
        job.id: (("job_overhead_s", 400.0 * job.part), ("per_event_s", 0.3 * job.part), ("workers", 1.0))
        for job in jobs
    }
    free = (("job_overhead_s", 0.0), ("per_event_s", 0.0))
    many = network({**stages, "gather": free}, [*links, *gather])
    return one, many


@st.composite
def divided(draw):
    names = ["a", "b", "c", "d"][: draw(st.integers(2, 4))]
    return tuple(
        StageJob(name, tuple(sorted(draw(st.sets(st.sampled_from(names[:nth] or [""]), max_size=2)) - {""})),
                 draw(st.sampled_from([0.5, 1.0, 2.0])))
        for nth, name in enumerate(names)
    )  # fmt: skip


@settings(max_examples=40)
@given(divided(), st.integers(1, 3), st.integers(0, 5))
def test_jobs_inside_a_stage_are_what_they_would_be_as_stages_of_their_own(jobs, slots, seed):
    runs = []
    for net in inside(jobs):
        net = replace(net, schedules=(replace(HOURLY, slots=slots, overlap=Overlap.SKIP),))
        runs.append(simulate(net, Scenario(events=500, seed=seed)))
    (one, many) = (next(iter(run.orchestrated.values())) for run in runs)
    spans = [(a.run, a.start_s, a.end_s) for a in one.rounds.attempts]
    own = [(a.run, a.start_s, a.end_s) for a in many.rounds.attempts if many.jobs[a.job].stage != "gather"]
    if slots == 3:  # with fewer, to gather them takes a slot, too
        assert spans == own
        np.testing.assert_array_equal(runs[0].passages["mart"].ids, runs[1].passages["mart"].ids)
        np.testing.assert_allclose(runs[0].passages["mart"].arrived_s, runs[1].passages["mart"].arrived_s)
    assert [page for page in books(runs[0]) if page.out] == []
    at = runs[0].passages["work"]
    ends = {a.end_s for a in one.rounds.attempts}
    assert set(at.departed_s[~np.isnan(at.departed_s) & (at.departed_s <= DAY_S)].tolist()) <= ends


def test_a_row_is_seen_when_the_last_job_of_its_stage_has_it_and_was_begun_by_the_first():
    run = simulate(inside(FORK)[0], DAY)
    (done,) = run.orchestrated.values()
    clean, total, join = done.at_jobs_of("work")
    assert [job.job for job in done.jobs] == ["clean", "sum", "join"]
    at = run.passages["work"]
    for first, second, third in zip(clean, total, join, strict=True):
        assert second.start_s == third.start_s == first.end_s  # two slots
        took = at.departed_s[at.started_s == first.start_s]
        assert (took == max(second.end_s, third.end_s)).all()


@pytest.mark.parametrize(
    ("jobs", "says"),
    [
        ((StageJob("a"), StageJob("a")), "work: two jobs are called 'a'; give each its own id"),
        ((StageJob("a", ("b",)), StageJob("b")), "work: job a waits for 'b', which is no job before it; choose none"),
        ((StageJob("a", part=0.0),), "work: the part of job a is 0.0; write 0.01 to 100"),
    ],
)
def test_what_is_wrong_with_the_jobs_of_a_stage_is_said_in_words(jobs, says):
    net = inside(FORK)[0]
    wrong = replace(net, stations=tuple(replace(s, jobs=jobs) if s.id == "work" else s for s in net.stations))
    assert says in validate(wrong, DAY)


def test_a_day_may_put_a_stage_on_a_schedule_that_its_pipeline_does_not_have():
    net = inside(FORK)[0]
    free = replace(net, schedules=(), stations=tuple(replace(s, schedule="") for s in net.stations))
    day = replace(DAY, schedules=(HOURLY,), on_schedule=(("work", "hourly"),))
    there, always = simulate(free, day), simulate(net, DAY)
    np.testing.assert_array_equal(there.passages["mart"].arrived_s, always.passages["mart"].arrived_s)
    assert there.orchestrated_at("work") is not None
    assert simulate(free, DAY).orchestrated == {}
    assert validate(free, replace(day, on_schedule=(("wrok", "hourly"),))) == (
        "on_schedule: there is no station 'wrok'",
    )
    assert "work: there is no schedule 'daily'; choose hourly" in validate(
        free, replace(day, on_schedule=(("work", "daily"),))
    )
