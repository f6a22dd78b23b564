"""The trials of the page "Why believe it": each holds as it stands, and fails when its kernel is broken."""

import dataclasses

import numpy as np
import pytest

from lifecycle.simulation.model.draws import rng
from lifecycle.simulation.readings import serving
from lifecycle.simulation.readings.measures import ledger
from lifecycle.simulation.theory import closed_forms as theory
from lifecycle.simulation.trials import (
    CURVES,
    SEEDS,
    TRIALS,
    days,
    judge,
    limits,
    line,
    points,
    seeds_from,
    visits,
    waits,
)
from lifecycle.simulation.trials.trial import Judgement

BY_ID = {trial.id: trial for trial in TRIALS}
JUDGED: dict[str, Judgement] = {}


def judged(trial):
    if trial.id not in JUDGED:
        JUDGED[trial.id] = judge(trial, seeds_from(0))
    return JUDGED[trial.id]


@pytest.mark.parametrize("trial", TRIALS, ids=BY_ID)
def test_the_law_holds(trial):
    found = judged(trial)
    assert found.holds, (
        f"theory {trial.theory:.6g}, simulated {found.estimate}, z {found.z:.2f}, worst {found.worst:.3g}"
    )
    assert found.estimate.samples == SEEDS


@pytest.mark.parametrize("trial", [trial for trial in TRIALS if trial.exact is not None], ids=lambda trial: trial.id)
def test_exact_laws_are_held_to_rounding_alone(trial):
    assert judged(trial).worst <= trial.exact <= 1e-6
    assert BY_ID["ledger"].exact == 0.0
    assert BY_ID["little"].exact == 1e-9


def test_where_chance_has_a_part_no_two_seeds_measure_the_same():
    for trial in TRIALS:
        if trial.exact is None:
            assert judged(trial).estimate.error > 0.0, trial.id


def test_intervals_hold_the_law_about_as_often_as_they_promise():
    chance = [judged(trial) for trial in TRIALS if trial.exact is None]
    assert sum(each.estimate.covers(each.trial.theory) for each in chance) >= len(chance) - 4


def slower(kernel):
    return lambda arrivals, service, *more, **named: kernel(arrivals, np.asarray(service) * 1.05, *more, **named)


def late(kernel):
    """Everybody leaves a little late; nobody's fate changes."""
    return lambda arrivals, *more, **named: kernel(arrivals, *more, **named) + 0.5


def last_in_first_lost(kernel):
    """One room too many: a count that is off by one."""
    return lambda arrivals, service, room, *more: kernel(arrivals, service, room + 1, *more)


def patient(kernel):
    return lambda arrivals, service, patience: kernel(arrivals, service, patience * 1.2)


def generous(kernel):
    return lambda arrivals, rate, burst: kernel(arrivals, rate * 1.01, burst + 1)


def forgetful(kernel):
    """An outage goes unnoticed."""
    return lambda arrivals, service, servers=1, **_: kernel(arrivals, service, servers)


def one_too_few(kernel):
    return lambda arrivals, service, servers: kernel(arrivals, service, max(servers - 1, 1))


def knob(station, figure, value):
    """One figure is not what it is said to be."""
    override = (station, figure, value)
    return lambda kernel: (
        lambda network, scenario: kernel(network, dataclasses.replace(scenario, overrides=(override,)))
    )


BROKEN = {
    "mm1": (waits, "fifo", slower),
    "md1": (waits, "fifo", slower),
    "mg1": (waits, "fifo", slower),
    "mmc": (waits, "fifo", slower),
    "mdc": (waits, "fifo", slower),
    "dealt": (waits, "fifo", slower),
    "tandem": (waits, "fifo", slower),
    "burke": (waits, "fifo", slower),
    "drain": (waits, "fifo", forgetful),
    "sharing": (waits, "processor_sharing", slower),
    "extract": (waits, "processor_sharing", lambda kernel: lambda arrivals, service, _: kernel(arrivals, service)),
    "mm1k": (limits, "finite", last_in_first_lost),
    "drop-oldest": (limits, "finite", last_in_first_lost),
    "erlang-b": (limits, "finite", last_in_first_lost),
    "barrer": (limits, "expiring", patient),
    "schedule": (limits, "scheduled", late),
    "bucket-delays": (limits, "rate_limited", generous),
    "bucket-rate": (limits, "rate_limited", generous),
    "bucket-envelope": (limits, "rate_limited", generous),
    "slots": (visits, "simulate", knob("store", "query_work_s", 17.0)),
    "cache": (visits, "simulate", knob("desk", "cache_s", 66.0)),
    "cache-age": (visits, "simulate", knob("desk", "cache_s", 63.0)),
    "pasta": (serving, "freshness", lambda kernel: lambda *asked: 1.05 * kernel(*asked)),
    "late": (visits, "simulate", knob("sums", "watermark_s", 90.0)),
    "crash": (visits, "simulate", knob("log", "redelivery_s", 115.0)),
    "run": (days, "simulate", lambda kernel: lambda network, scenario: kernel(network, dataclasses.replace(
        scenario, overrides=(("buffer", "per_event_s", 4.2),)))),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_kernel_is_found_out(name, monkeypatch):
    module, kernel, breaking = BROKEN[name]
    monkeypatch.setattr(module, kernel, breaking(getattr(module, kernel)))
    assert not judge(BY_ID[name], seeds_from(0)).holds


def broken_day(seed, **changes):
    """The harsh day with one record of one station changed."""
    run = days.harsh_day(seed)
    name = changes.pop("station")
    altered = {field: change(getattr(run.passages[name], field)) for field, change in changes.items()}
    return dataclasses.replace(run, passages={**run.passages, name: dataclasses.replace(run.passages[name], **altered)})


@pytest.mark.parametrize(
    "change",
    [
        {"station": "transform", "lost_fate": lambda fate: fate[:-1]},
        {"station": "buffer", "out_s": lambda out: out[:-1]},
        {"station": "lake", "arrived_s": lambda came: came[1:]},
        {"station": "intake", "copied_s": lambda copied: copied[1:]},
        {"station": "report", "departed_s": lambda left: np.where(left > 80_000.0, 1.0, left)},
    ],
    ids=lambda change: change["station"],
)
def test_a_ledger_that_is_out_by_one_is_found_out(change):
    assert days.unbalanced(days.harsh_day(3)) == 0
    assert days.unbalanced(broken_day(3, **change)) > 0


def test_a_link_that_loses_an_event_on_the_way_is_found_out():
    run = days.harsh_day(3)
    for link in (("phone", "log"), ("buffer", "lake"), ("transform", "model")):
        carried = {**run.carried, link: run.carried[link][1:]}
        assert days.unbalanced(dataclasses.replace(run, carried=carried)) > 0


def test_littles_law_finds_a_departure_that_is_told_in_two_ways():
    assert days.littles_gap(days.harsh_day(4)) < 1e-9
    assert days.littles_gap(broken_day(4, station="buffer", departed_s=lambda left: left + 0.001)) > 1e-9
    assert days.littles_gap(broken_day(4, station="transform", lost_s=lambda lost: lost[1:])) > 1e-9


def test_on_the_harsh_day_all_happens_that_a_ledger_can_get_wrong():
    entries = {entry.station: entry for entry in ledger(days.harsh_day(1))}
    reasons = {reason for entry in entries.values() for reason in entry.lost}
    assert reasons == {"malformed", "refused", "expired", "skipped", "drifted", "rejected", "duplicate removed"}
    assert entries["intake"].copies > 0
    assert all(entries[name].inside > 0 for name in ("phone", "log", "buffer", "lake", "transform", "report"))


def test_sets_of_seeds_share_none():
    sets = [set(seeds_from(first)) for first in range(4)]
    assert len(set.union(*sets)) == 4 * SEEDS
    assert judge(BY_ID["md1"], seeds_from(1)).estimate.mean != judged(BY_ID["md1"]).estimate.mean


@pytest.mark.parametrize("id", ["late", "crash"])
def test_a_law_of_rare_events_is_not_off_by_what_a_few_seeds_hide(id):
    """Both were, by two and by one in a hundred: "other seeds" on the page then found a law that failed."""
    judgement = judge(BY_ID[id], range(8 * SEEDS))
    assert judgement.holds
    assert abs(judgement.z) < 3


def test_dense_events_close_a_window_as_soon_as_it_may_be():
    at_once = 0.2 * 0.5 * (1 - np.exp(-2.0)) * np.exp(-0.4)
    assert theory.too_late_share(0.2, 300.0, 600.0, 120.0, 1e9) == pytest.approx(at_once)
    # one event of the punctual in five seconds: who has to wait for it has five seconds more, to first order
    assert theory.too_late_share(0.2, 300.0, 600.0, 120.0, 0.25) == pytest.approx(at_once * 300 / 305)


def test_a_trial_leaves_the_explorers_kept_draws_alone():
    from lifecycle.simulation.model import draws

    before = draws.exponentials.cache_info(), draws.uniforms.cache_info()
    judge(BY_ID["mm1"], range(3))
    assert (draws.exponentials.cache_info(), draws.uniforms.cache_info()) == before
    assert np.array_equal(rng(1, "a", "b").random(3), rng(1, "a", "b").random(3))


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_points_lie_on_their_curve(curve):
    found = points(curve, 4_000, 0)
    assert [point.load for point in found] == list(curve.loads)
    settled = [point for point in found if point.load != 0.95]  # 4,000 works are too few for a queue to settle there
    assert all(abs(point.estimate.z(point.theory)) <= 4.0 for point in settled)
    loads, values = line(curve)
    assert np.interp(0.6, loads, values) == pytest.approx(curve.theory(0.6), rel=1e-2)


def test_too_short_a_run_falls_below_the_curve_at_high_utilisation():
    highest = points(CURVES[0], 200, 0)[-1]
    assert highest.estimate.high < highest.theory


def test_a_curve_refuses_a_run_without_events_left():
    with pytest.raises(ValueError, match="9"):
        points(CURVES[0], 9, 0)


def test_the_sums_of_crommelin_agree_with_the_closed_forms_they_contain():
    for load in (0.1, 0.5, 0.9):
        assert theory.mdc_wait(1.0, load, 1) == pytest.approx(theory.md1_wait(1.0, load), rel=1e-9)
    assert theory.mdc_wait(2.0, 1.0, 2) == np.inf
    assert theory.token_bucket_delayed(0.7, 1.0, 1) == pytest.approx(0.7)  # a bucket of one: who finds the server busy
    assert theory.token_bucket_delayed(2.0, 1.0, 3) == 1.0
    # the mean wait is the area under the tail, which falls: between its lower and its upper sum
    tail = [theory.token_bucket_delayed(0.5, 1.0, burst) for burst in range(1, 31)]
    assert sum(tail[1:]) < theory.md1_wait(0.5, 1.0) < sum(tail)
    for broken in (lambda: theory.mdc_wait(1.0, 0.99, 1), lambda: theory.token_bucket_delayed(0.5, 1.0, 31)):
        with pytest.raises(ValueError, match=r"0\.99|31"):
            broken()


def test_dealing_in_turn_lies_between_a_queue_each_and_one_line_for_all():
    assert theory.dealt_wait(1.0, 0.8, 1) == pytest.approx(theory.mm1_wait(1.0, 0.8), rel=1e-9)
    for load in (0.1, 0.5, 0.99):
        one_line, dealt = theory.mmc_wait(1.0, 3 * load, 3), theory.dealt_wait(1.0, 3 * load, 3)
        assert one_line < dealt < theory.mm1_wait(1.0 / 3, 3 * load)
    assert theory.dealt_wait(1.0, 3.0, 3) == np.inf
    assert theory.dealt_wait(1.0, 0.0, 3) == 0.0


def test_a_cache_kept_for_no_time_answers_nobody_and_one_kept_for_ever_everybody():
    assert theory.cache_hits(3.0, 0.0) == theory.cache_age(3.0, 0.0) == 0.0
    assert theory.cache_hits(0.1, 10.0) == 0.5
    assert theory.cache_age(0.1, 10.0) == 2.5
    assert theory.cache_hits(1.0, 1e12) == pytest.approx(1.0)
    for broken in (lambda: theory.cache_hits(-1.0, 1.0), lambda: theory.cache_age(1.0, -1.0)):
        with pytest.raises(ValueError, match="got -1"):
            broken()


def test_a_row_of_queues_and_a_shared_server_follow_from_one():
    assert theory.tandem_sojourn(1.0, [0.5]) == pytest.approx(1.0)
    assert theory.tandem_sojourn(1.0, [0.5, 1.0]) == np.inf
    assert theory.shared_response(1.0, 0.5) == pytest.approx(1.0)
    assert theory.shared_response(1.0, 0.5, 0.5) == np.inf


def test_every_trial_has_been_seen_to_fail():
    assert {*BROKEN, "little", "ledger"} == set(BY_ID)  # the last two above, with records that contradict each other
