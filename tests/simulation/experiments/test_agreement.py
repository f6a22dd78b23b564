"""The fast kernels and the page's plain event loop: the same fate for every event, and a difference is found."""

import dataclasses

import numpy as np
import pytest

from lifecycle.simulation.experiments import agreement
from lifecycle.simulation.experiments.agreement import (
    KERNELS,
    Agreement,
    WalkKind,
    WalkStep,
    by_event_loop,
    by_kernels,
    compare,
    random_line,
)


@pytest.mark.parametrize("seed", range(60))
def test_both_ways_agree_event_for_event_on_a_random_line(seed):
    found = compare(seed, 400)
    assert found.same_fates
    assert found.worst_s <= agreement.ROUNDING_S
    assert found.holds


def test_random_lines_use_every_kind_of_stage_and_lose_events():
    lines = [random_line(seed) for seed in range(60)]
    assert {step.kind for line in lines for step in line} == set(KERNELS) == set(WalkKind)
    assert {len(line) for line in lines} == {3, 4, 5, 6}
    assert sum(sum(compare(seed, 100).lost) > 0 for seed in range(10)) >= 5
    assert len({str(step) for step in lines[0]}) == len(lines[0])


RIGHT = dict(KERNELS)
WRONG = {
    WalkKind.SERVERS: lambda at, work, count: RIGHT[WalkKind.SERVERS](at, work, count + 1),
    WalkKind.REFUSE: lambda at, work, room: RIGHT[WalkKind.DROP_OLDEST](at, work, room),
    WalkKind.DROP_OLDEST: lambda at, work, room: RIGHT[WalkKind.REFUSE](at, work, room),
    WalkKind.PATIENCE: lambda at, work, patience: RIGHT[WalkKind.PATIENCE](at, work, patience * 1.01),
    WalkKind.SCHEDULE: lambda at, work, *rest: RIGHT[WalkKind.SCHEDULE](at, work, *rest) + 1e-6,
    WalkKind.BUCKET: lambda at, work, rate, burst: RIGHT[WalkKind.BUCKET](at, work, rate, burst + 1),
}


@pytest.mark.parametrize("kind", KERNELS)
def test_a_kernel_that_is_slightly_wrong_is_found_out(kind, monkeypatch):
    figures = {WalkKind.SERVERS: (2.0,), WalkKind.SCHEDULE: (20.0, 3.0, 0.1), WalkKind.BUCKET: (0.9, 5.0)}.get(
        kind, (4.0,)
    )
    line = (WalkStep(kind, figures, 1.8 if kind is WalkKind.SERVERS else 0.9),)
    random = np.random.default_rng(2)
    arrivals, works = np.cumsum(random.exponential(1.0, 500)), random.exponential(line[0].mean_work_s, (1, 500))
    plain = by_event_loop(line, arrivals, works)
    assert Agreement(line, arrivals, by_kernels(line, arrivals, works), plain, 0.0, 0.0).holds
    monkeypatch.setitem(agreement.KERNELS, kind, WRONG[kind])
    assert not Agreement(line, arrivals, by_kernels(line, arrivals, works), plain, 0.0, 0.0).holds


def test_one_event_of_another_fate_or_moment_is_enough():
    found = compare(1, 300)
    event = int(np.flatnonzero(~np.isnan(found.left_s[-1]))[7])
    for other in (np.nan, found.left_s[-1, event] + 1e-5):
        changed = found.left_s.copy()
        changed[-1, event] = other
        assert not dataclasses.replace(found, left_s=changed).holds


def test_a_line_without_events_is_refused():
    with pytest.raises(ValueError, match="0"):
        compare(1, 0)
