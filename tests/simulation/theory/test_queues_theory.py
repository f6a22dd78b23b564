"""The kernels against closed forms: |z| ≤ 4 over independent seeds, none chosen; exact where the law is exact."""

import math

import numpy as np
import pytest

from lifecycle.simulation.kernels import expiring, fifo, finite, rate_limited, scheduled
from lifecycle.simulation.theory import closed_forms as theory

SEEDS, EVENTS, WARM_UP = 40, 20_000, 4_000


def exponential(seed, purpose, mean=1.0, size=EVENTS):
    return -mean * np.log1p(-np.random.default_rng([seed, purpose]).random(size))


def poisson(seed, per_s=1.0, size=EVENTS):
    return np.cumsum(exponential(seed, 0, 1.0 / per_s, size))


def agrees(measure, expected):
    samples = np.array([measure(seed) for seed in range(SEEDS)])
    z = (samples.mean() - expected) / (samples.std(ddof=1) / math.sqrt(SEEDS))
    assert abs(z) <= 4.0, f"measured {samples.mean():.6g}, theory {expected:.6g}, z = {z:.2f}"


def mean_wait(arrivals, services, **settings):
    return (fifo(arrivals, services, **settings) - arrivals - services)[WARM_UP:].mean()


def lost(departures):
    return np.isnan(departures[WARM_UP:]).mean()


@pytest.mark.parametrize("load", [0.3, 0.8])
def test_mm1_waits_as_theory_says(load):
    agrees(lambda seed: mean_wait(poisson(seed), exponential(seed, 1, load)), theory.mm1_wait(1.0, load))


@pytest.mark.parametrize("load", [0.3, 0.8])
def test_md1_waits_half_as_long(load):
    agrees(lambda seed: mean_wait(poisson(seed), load), theory.md1_wait(1.0, load))


def test_mg1_waits_by_pollaczek_and_khinchine():
    def two_sizes(seed):  # 0.2 or 1.8 s: mean 0.6, variation worked out below
        return np.where(np.random.default_rng([seed, 1]).random(EVENTS) < 0.75, 0.2, 1.8)

    variation = (0.75 * 0.2**2 + 0.25 * 1.8**2) / 0.6**2 - 1.0
    agrees(lambda seed: mean_wait(poisson(seed), two_sizes(seed)), theory.mg1_wait(1.0, 0.6, variation))


@pytest.mark.parametrize("servers", [2, 5])
def test_mmc_waits_by_erlang_c(servers):
    length = 0.8 * servers
    agrees(
        lambda seed: mean_wait(poisson(seed), exponential(seed, 1, length), servers=servers),
        theory.mmc_wait(1.0, length, servers),
    )


@pytest.mark.parametrize(("load", "capacity"), [(0.8, 1), (0.8, 5), (1.0, 10), (1.5, 20)])
@pytest.mark.parametrize("policy", ["refuse", "drop-oldest"])
def test_mm1k_loses_as_theory_says_whichever_event_is_lost(load, capacity, policy):
    agrees(
        lambda seed: lost(finite(poisson(seed), exponential(seed, 1, load), capacity, policy)),
        theory.mm1k_loss(1.0, load, capacity),
    )


@pytest.mark.parametrize(("load", "patience"), [(0.8, 3.0), (1.0, 5.0), (1.4, 4.0)])
def test_patience_runs_out_by_barrer(load, patience):
    agrees(
        lambda seed: lost(expiring(poisson(seed), exponential(seed, 1, load), patience)),
        theory.barrer_loss(1.0, load, patience),
    )


def test_the_output_of_mm1_is_poisson_so_the_second_queue_waits_as_if_alone():
    def second(seed):
        between = fifo(poisson(seed), exponential(seed, 1, 0.7))
        return mean_wait(between, exponential(seed, 2, 0.8))

    agrees(second, theory.mm1_wait(1.0, 0.8))


def test_an_event_waits_half_an_interval_and_the_job():
    interval, rows = 60.0, 600  # arrivals in the middle of equal steps: the mean is exact
    arrivals = (np.arange(20 * rows) + 0.5) * (interval / rows)
    ages = scheduled(arrivals, interval, overhead=5.0, per_event=0.01) - arrivals
    assert ages.mean() == pytest.approx(theory.scheduled_age(interval, 5.0 + 0.01 * rows), rel=1e-12)


def test_the_token_bucket_keeps_its_rate_and_its_envelope():
    arrivals, rate, burst = poisson(3, per_s=3.0), 2.0, 25
    through = rate_limited(arrivals, rate, burst)
    assert (EVENTS - burst) / (through[-1] - arrivals[0]) == pytest.approx(rate, rel=1e-3)
    for window in (0.5, 3.0, 100.0):
        inside = np.searchsorted(through, through + window, "right") - np.arange(EVENTS)
        assert inside.max() <= theory.token_bucket_envelope(rate, burst, window) + 1e-9
    at_once = rate_limited(np.zeros(100), rate, burst)
    assert (at_once == 0.0).sum() == burst


def test_a_server_runs_dry_after_an_outage_when_theory_says():
    load, start, outage = 0.7, 2_000.0, 300.0
    end = start + outage

    def drain(seed):
        arrivals = poisson(seed, size=6_000)
        departures = fifo(arrivals, exponential(seed, 1, load, 6_000), closed=[(start, end)])
        dry = (departures[:-1] <= arrivals[1:]) & (departures[:-1] > end)
        return departures[:-1][dry][0] - end

    before = theory.mm1_wait(1.0, load)  # Poisson arrivals find what an outside look finds
    agrees(drain, theory.drain_after_outage(1.0, load, outage, before))


@pytest.mark.parametrize("servers", [1, 3])
def test_littles_law_is_exact_on_the_sample_path(servers):
    arrivals = poisson(5)
    departures = fifo(arrivals, exponential(5, 1, 0.9 * servers), servers, closed=[(50.0, 90.0)])
    moments = np.concatenate((arrivals, departures))
    steps = np.repeat([1, -1], EVENTS)[np.argsort(moments, kind="stable")]
    area = (np.cumsum(steps)[:-1] * np.diff(np.sort(moments))).sum()
    assert area == pytest.approx((departures - arrivals).sum(), rel=1e-9)


def test_the_closed_forms_agree_with_each_other():
    assert theory.mm1_wait(1.0, 0.8) == pytest.approx(3.2)
    assert theory.mmc_wait(1.0, 0.8, 1) == pytest.approx(theory.mm1_wait(1.0, 0.8))
    assert theory.erlang_b(0.8, 1) == pytest.approx(theory.mm1k_loss(1.0, 0.8, 1)) == pytest.approx(0.8 / 1.8)
    assert theory.barrer_loss(1.0, 0.8, 0.0) == pytest.approx(theory.mm1k_loss(1.0, 0.8, 1))
    for near in (1 - 1e-6, 1 + 1e-6):
        assert theory.barrer_loss(1.0, near, 3.0) == pytest.approx(theory.barrer_loss(1.0, 1.0, 3.0), rel=1e-4)
        assert theory.mm1k_loss(1.0, near, 9) == pytest.approx(0.1, rel=1e-4)
    assert theory.mm1k_loss(1.0, 50.0, 5_000) == pytest.approx(1 - 1 / 50)
    assert theory.mm1_wait(1.0, 1.0) == theory.mmc_wait(3.0, 1.0, 2) == math.inf


def test_closed_forms_refuse_what_makes_no_sense_with_the_value():
    for call in (theory.mm1_wait, theory.md1_wait):
        with pytest.raises(ValueError, match=r"-1"):
            call(-1.0, 0.5)
    with pytest.raises(ValueError, match=r"2\.5"):
        theory.erlang_b(1.0, 2.5)  # type: ignore[arg-type]
