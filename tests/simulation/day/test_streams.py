"""Streams that meet: every event once, in order of time, and files that stay apart."""

import numpy as np

from lifecycle.simulation.roles.stream import Stream, merged


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
