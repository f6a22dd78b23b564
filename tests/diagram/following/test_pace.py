"""How fast a journey is watched: slow where work is done, and on a wire only between two stages."""

from itertools import pairwise

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.diagram.following.pace import beats, watch_s
from lifecycle.diagram.following.ribbon import Stretch, stretches
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Cause, Size
from lifecycle.simulation.model.scenario import DAY_S, Scenario
from lifecycle.simulation.readings.journey import Pick, choose, follow
from lifecycle.simulation.readings.moves import HOP_S, moves
from tests.support.narrow import not_none

NETWORK = load(SHIPPED).pipeline.network


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("pick", Pick)
def test_the_beats_run_from_birth_to_end_and_on_each_wire_for_as_long_as_its_packet(size, pick):
    run = simulate(NETWORK, Scenario(size=size))
    journey = follow(run, choose(run, pick, "bi"), "bi")
    parts = stretches(journey, run.horizon_s)
    played = beats(run, journey)
    assert played[0].start_s == journey.born_s
    assert parts[-1].end_s <= played[-1].end_s <= parts[-1].end_s + 20 * 60
    assert all(before.end_s == after.start_s for before, after in pairwise(played))
    wires = [beat for beat in played if beat.to]
    assert [(beat.stage, beat.to) for beat in wires] == [(a.stage, b.stage) for a, b in pairwise(journey.stays)]
    assert all(beat.end_s == min(beat.start_s + HOP_S, run.horizon_s) and beat.watch_s > 0 for beat in wires)
    for beat, stay in zip(wires, journey.stays, strict=False):  # never before it left, and it sets off with its packet
        assert beat.start_s >= not_none(stay.left_s) - 60
        packets = moves(run).wires[beat.stage, beat.to].sent.packets
        minute = beat.start_s / 60
        if size == Size.BATCH and stay.stage not in ("oltp", "telemetry", "external"):
            assert packets[round(minute) - 1] > 0
            assert minute == round(minute)
    assert [beat.stretch for beat in played if not beat.to] == list(range(len(parts)))
    assert all(parts[beat.stretch].stage == (beat.to or beat.stage) for beat in played)
    assert sum(beat.watch_s for beat in played) < 60


@pytest.mark.parametrize("seconds", [0.001, 1.0, 60.0, 3_600.0, DAY_S])
def test_work_is_watched_slower_than_a_wait_of_the_same_length(seconds):
    work, wait = (watch_s(Stretch("mill", cause, 0.0, seconds)) for cause in (Cause.NONE, Cause.QUEUE))
    assert work > wait
    assert watch_s(Stretch("mill", Cause.QUEUE, 0.0, 10 * seconds)) > wait
    # the longer, the faster it goes by
    assert seconds / wait < 10 * seconds / watch_s(Stretch("mill", Cause.QUEUE, 0.0, 10 * seconds))


def test_what_takes_no_time_is_seen_all_the_same():
    assert watch_s(Stretch("shop", Cause.NONE, 5.0, 5.0)) >= 0.5
