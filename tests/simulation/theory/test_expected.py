"""What theory says of a station beside its day: the laws hold over many seeds, and the reasons are the right ones."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from lifecycle.charts.headlines import headlines
from lifecycle.course import SHIPPED, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings import measures
from lifecycle.simulation.theory.expected import expected
from lifecycle.simulation.theory.laws import Law, NoLaw
from lifecycle.simulation.theory.randomness import arrivals_of, in_step
from lifecycle.ui.panel import expectations
from lifecycle.ui.session import cached
from tests.support.narrow import not_none
from tests.support.networks import chain

SEEDS = 12
COURSE = load(SHIPPED)
STREAM = (Start.PUSH, Size.STREAM, Size.STREAM)
THROUGH = ("intake", "ingestion", {"per_event_s": 0.0, "latency_s": 0.0})


def at(station, seed=1, role="buffer", events=12_000, transform="stream", arrivals="steady", faults=(), **figures):
    """What theory says of one station of a day: source, an intake that takes no time, the station."""
    network = chain(("shop", "source"), THROUGH, (station, role, figures))
    day = Scenario(Start.PUSH, Size.STREAM, transform, arrivals, events, faults=faults, seed=seed)
    return {each.name: each for each in expected(simulate(network, day), station)}


def agrees(name, **settings):
    """The day's figure lies about theory over independent seeds."""
    found = [at("here", seed, **settings)[name] for seed in range(SEEDS)]
    assert all(each.value is not None for each in found), found[0].why
    gaps = np.array([each.simulated - each.value for each in found])
    z = gaps.mean() / (gaps.std(ddof=1) / math.sqrt(SEEDS))
    assert abs(z) <= 4.0, f"{found[0]}, z = {z:.2f}"
    return found[0]


@pytest.mark.parametrize(
    ("title", "settings"),
    [
        ("M/M/1", {"per_event_s": 5.0}),
        ("M/D/1", {"per_event_s": 5.0, "spread": 0.0}),
        ("M/G/1", {"per_event_s": 5.0, "spread": 0.5}),
        ("E3/M/1", {"per_event_s": 10.0, "consumers": 3.0, "events": 18_000}),
        ("M/D/2", {"per_event_s": 8.0, "spread": 0.0, "consumers": 2.0}),
        ("M/M/1", {"role": "warehouse", "per_event_s": 5.0}),
        ("E2/M/1", {"role": "transform", "per_event_s": 8.0, "workers": 2.0}),
        ("hour by hour", {"per_event_s": 2.0, "arrivals": "daily"}),
    ],
)
def test_the_wait_is_the_one_that_theory_names(title, settings):
    found = agrees("Mean wait before service", **settings)
    assert title in found.why
    assert found.approximate == ("arrivals" in settings)
    load = at("here", **settings)["Utilisation"]
    assert load.value == pytest.approx(found_load(settings), rel=1e-9)
    assert load.simulated == pytest.approx(load.value, rel=0.05)


def found_load(settings):
    servers = settings.get("consumers", settings.get("workers", 1.0))
    return settings.get("events", 12_000) / DAY_S * settings["per_event_s"] / servers


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("Share lost for want of room", {"per_event_s": 7.0, "capacity": 4.0}),
        ("Share lost for want of room", {"per_event_s": 9.0, "capacity": 6.0, "policy": 1.0}),
        ("Share expired", {"per_event_s": 6.5, "retention_s": 20.0, "on_gone": 1.0}),
        (
            "Time to drain after the outage",
            {"per_event_s": 4.0, "faults": (Fault(FaultKind.DOWN, "here", 3e4, 3.2e4),)},
        ),
        ("Mean age at the end of its job", {"role": "lake", "flush_interval_s": 600.0, "put_s": 2.0}),
        ("Mean age at the end of its job", {"role": "consumer", "interval_s": 1_200.0}),
        (
            "Mean age at the end of its job",
            {
                "role": "transform",
                "transform": "batch",
                "interval_s": 900.0,
                "per_event_s": 1.0,
                "job_overhead_s": 60.0,
            },
        ),
    ],
)
def test_losses_drains_and_schedules_are_those_of_theory(name, settings):
    agrees(name, **settings)


def test_littles_law_is_exact_whatever_comes():
    for settings in (
        {"per_event_s": 9.0, "capacity": 3.0},
        {"per_event_s": 5.0, "retention_s": 3.0},
        {"per_event_s": 99 / 10},
    ):
        found = at("here", arrivals="daily", **settings)["Mean number inside"]
        assert found.exact
        assert found.simulated == pytest.approx(found.value, rel=1e-9)


@pytest.mark.parametrize(
    ("reason", "settings"),
    [
        ("no steady state", {"per_event_s": 8.0}),
        ("utilisation is 1.11", {"per_event_s": 8.0}),
        ("in that hour", {"per_event_s": 5.0, "arrivals": "daily"}),
        ("too long to settle", {"per_event_s": 4.2, "events": 9_500, "arrivals": "daily"}),
        ("it is down", {"per_event_s": 1.0, "faults": (Fault(FaultKind.DOWN, "here", 0.0, 100.0),)}),
        ("it is slow", {"per_event_s": 1.0, "faults": (Fault(FaultKind.SLOW, "here", 0.0, 100.0, 0.5),)}),
        ("too few", {"per_event_s": 1.0, "events": 150}),
        ("take turns", {"per_event_s": 9.0, "spread": 0.5, "consumers": 2.0}),
    ],
)
def test_where_no_law_of_the_wait_holds_it_says_why(reason, settings):
    found = at("here", **settings)["Mean wait before service"]
    assert found.value is None
    assert reason in found.why
    assert found.simulated is not None


@pytest.mark.parametrize(
    ("name", "reason", "settings"),
    [
        ("Share lost for want of room", "exponential", {"per_event_s": 7.0, "capacity": 4.0, "spread": 0.0}),
        ("Share lost for want of room", "several", {"per_event_s": 9.0, "capacity": 4.0, "consumers": 2.0}),
        ("Share lost for want of room", "hour", {"per_event_s": 7.0, "capacity": 4.0, "arrivals": "daily"}),
        ("Share expired", "exponential", {"per_event_s": 6.5, "retention_s": 9.0, "spread": 0.0, "on_gone": 1.0}),
        ("Share expired", "jumps", {"per_event_s": 6.5, "retention_s": 9.0}),
        ("Share expired", "hour", {"per_event_s": 6.5, "retention_s": 9.0, "arrivals": "daily", "on_gone": 1.0}),
        (
            "Mean age at the end of its job",
            "overruns",
            {"role": "transform", "transform": "batch", "interval_s": 300.0, "per_event_s": 10.0, "workers": 1.0},
        ),
        ("Mean age at the end of its job", "five times", {"role": "consumer", "interval_s": 40_000.0}),
    ],
)
def test_where_no_other_law_holds_it_says_why(name, reason, settings):
    found = at("here", **settings)[name]
    assert found.value is None
    assert reason in found.why


def test_after_a_batch_there_is_no_law_and_a_pull_says_that_it_waits_to_be_called():
    network = chain(("shop", "source"), ("log", "interface"), ("intake", "ingestion"), ("log2", "buffer"))
    run = simulate(network, Scenario(events=20_000, arrivals=Arrivals.STEADY))
    words = {name: [each.why for each in expected(run, name) if each.value is None] for name in run.passages}
    assert "called for" in words["log"][0]
    assert "jobs" in words["intake"][0]
    assert words["log2"] == ["arrivals come in batches"]


def test_a_crowded_token_bucket_lets_its_rate_through():
    network = chain(("shop", "source"), ("api", "interface", {"rate_per_s": 0.05, "burst": 10.0}), THROUGH)
    run = simulate(network, Scenario(*STREAM, Arrivals.STEADY, 20_000))
    found = next(each for each in expected(run, "api") if each.unit == "events/s")
    assert found.simulated == pytest.approx(found.value, abs=2 / (DAY_S / 2))


def test_nothing_arrives_nothing_is_said_and_an_unknown_station_is_named():
    network = chain(("shop", "source"), ("desk", "consumer"))
    run = simulate(network, Scenario(events=0))
    said, *more = expected(run, "desk")
    assert not more
    assert said.value is None
    assert "nothing arrives" in said.why
    with pytest.raises(ValueError, match="nowhere"):
        expected(run, "nowhere")


def test_the_manner_of_arrival_is_told_apart():
    random = np.random.default_rng(3)
    uniform = np.sort(random.uniform(0.0, DAY_S, 9_000))
    squeezed = np.interp(uniform, [0.0, DAY_S / 4, DAY_S], [0.0, DAY_S / 2, DAY_S])  # three times as many at night
    told = {
        "random": uniform,
        "rhythm": squeezed,
        "batches": np.repeat(uniform[::9], 9),
        "regular": np.arange(9_000) * DAY_S / 9_000,
        "bursty": np.sort((np.repeat(uniform[::60], 60)[:9_000] + random.exponential(300.0, 9_000)) % DAY_S),
        "few": uniform[::100],
    }
    for manner, times in told.items():
        assert arrivals_of(times, DAY_S).manner == manner


def test_poisson_days_are_seldom_taken_for_anything_else():
    taken = [
        arrivals_of(np.sort(np.random.default_rng(seed).uniform(0.0, DAY_S, size)), DAY_S).manner
        for seed in range(150)
        for size in (300, 3_000)
    ]
    assert taken.count("random") >= len(taken) - 3


@pytest.mark.parametrize("interval_s", [1.0, 5.0, 600.0, 3600.0])
def test_events_that_another_clock_sends_come_in_step_and_chance_does_not(interval_s):
    luck = np.random.default_rng(3)
    for count in (500, 5_000, 50_000):
        rhythm = np.sort(DAY_S * luck.beta(4.0, 3.0, count))
        assert not in_step(rhythm, arrivals_of(rhythm, DAY_S), interval_s)
        polled = np.ceil(rhythm / (interval_s / 4.0)) * (interval_s / 4.0)
        assert in_step(polled, arrivals_of(polled, DAY_S), interval_s)


@pytest.mark.parametrize("settings", [{"events": 5_000}, {"events": 500, "seed": 10}, {"events": 10_000}])
def test_a_poll_in_step_with_a_flush_has_no_law_of_random_arrivals(settings):
    course = load(SHIPPED)
    for id in ("normal-day", "steady-day"):
        day = replace(not_none(course.named(id)).scenario, start=Start.PULL, size=Size.STREAM, **settings)
        found = expected(simulate(course.pipeline.network, day), "lake")[0]
        assert isinstance(found, NoLaw)
        assert re.search("in step with its schedule|more regular than chance|in batches", found.why)


@pytest.mark.parametrize(
    ("start", "said"), [("pull", "each fetches what has gathered"), ("push", "when the sender lets")]
)
def test_jobs_that_fetch_are_not_told_as_files_that_are_sent(start, said):
    run = simulate(COURSE.pipeline.network, replace(COURSE.default.scenario, start=start, size=Size.BATCH))
    wait, *_ = expected(run, "ingestion")
    assert said in wait.why


def test_littles_law_bridges_the_wait_and_the_time_inside_with_its_own_numbers():
    run = simulate(COURSE.pipeline.network, COURSE.default.scenario)
    little = expected(run, "ingestion")[-1]
    bridge = re.search(r"λ is ([\d.]+) arrivals a second, and W, .* is ([\d.]+) s", little.why)
    per_s, inside_s = not_none(bridge).groups()
    assert float(per_s) * float(inside_s) == pytest.approx(little.value, rel=0.01)


@pytest.mark.parametrize(("exact", "told"), [(True, False), (False, True)])
def test_what_the_sign_of_scatter_means_is_told_where_there_is_one(exact, told, monkeypatch):
    law = Law("Mean wait", "s", "M/M/1", 1.0, 1.1, 0.2, "because", exact=exact)
    lines: list[str] = []
    captions: list[str] = []
    monkeypatch.setattr("streamlit.toggle", lambda *_, **__: True)
    monkeypatch.setattr("streamlit.markdown", lines.append)
    monkeypatch.setattr("streamlit.caption", captions.append)
    monkeypatch.setattr(cached, "expected", lambda *_: (law,))
    expectations.show(COURSE.pipeline.stages[0], COURSE.day(COURSE.default.scenario))
    assert ("±" in lines[0]) == told == any("±" in each for each in captions)


def test_the_headline_names_the_stage_whose_peak_it_is():
    run = simulate(COURSE.pipeline.network, COURSE.default.scenario)
    load = headlines(COURSE.pipeline, run)["load"]
    assert load.label == "Peak load at Ingestion"
    assert load.value == measures.load(run, "ingestion", measures.edges(run)).max()
