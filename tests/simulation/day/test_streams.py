"""Streams that meet: every event once, in order of time, and files that stay apart."""

import numpy as np

from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.roles.stream import Stream, leaving, merged


def stream(ids: list[int], at_s: list[float], jobs: list[int] | None = None) -> Stream:
    numbered = None if jobs is None else np.array(jobs, dtype=np.int32)
    return Stream(np.array(ids, dtype=np.int32), np.array(at_s), numbered)


def test_files_of_streams_that_meet_keep_numbers_of_their_own():
    met = merged([stream([1, 2, 3], [1.0, 2.0, 9.0], [0, 0, 1]), stream([4, 5], [2.0, 3.0], [0, -1])])
    assert met.ids.tolist() == [1, 2, 4, 5, 3]
    assert met.at_s.tolist() == [1.0, 2.0, 2.0, 3.0, 9.0]
    assert met.jobs is not None
    file_of = dict(zip(met.ids.tolist(), met.jobs.tolist(), strict=True))
    assert file_of[1] == file_of[2]
    assert len({file_of[1], file_of[3], file_of[4]}) == 3
    assert file_of[5] == -1  # in no file


def test_a_stream_without_files_stays_without_beside_one_that_has_some():
    met = merged([stream([1], [5.0]), stream([2], [4.0], [0])])
    assert met.jobs is not None
    assert dict(zip(met.ids.tolist(), met.jobs.tolist(), strict=True)) == {1: -1, 2: 0}


def test_few_that_join_many_stand_behind_those_of_the_same_moment():
    at_s = np.repeat(np.arange(50.0), 2)
    many, few = stream(list(range(100)), at_s.tolist()), stream([200, 201, 202], [0.0, 7.5, 49.0])
    met = merged([many, few])
    assert met.ids.tolist() == [0, 1, 200, *range(2, 16), 201, *range(16, 100), 202]
    assert met.at_s.tolist() == sorted([*at_s.tolist(), 0.0, 7.5, 49.0])
    assert merged([few, many]).ids.tolist()[:3] == [200, 0, 1]


def test_what_is_lost_does_not_leave_and_what_is_done_sooner_leaves_first():
    nan = float("nan")
    left = leaving(np.arange(5, dtype=np.int32), np.array([3.0, nan, 1.0, 3.0, 2.0]))
    assert left.ids.tolist() == [2, 4, 0, 3]
    assert left.at_s.tolist() == [1.0, 2.0, 3.0, 3.0]
    assert leaving(np.array([7], dtype=np.int32), np.array([nan])).ids.size == 0


def test_the_spans_of_work_are_sorted_once_somebody_asks():
    run = simulate(default_network(), Scenario(size=Size.STREAM, transform=Size.STREAM, events=3_000))
    here = run.passages["transform"]
    assert any(np.any(np.diff(row) < 0.0) for row in here.spans_s)
    assert here.work_from_s.tolist() == sorted(here.spans_s[0].tolist())
    assert here.work_to_s.tolist() == sorted(here.spans_s[1].tolist())
    assert not here.work_to_s.flags.writeable
