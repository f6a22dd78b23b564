"""The benchmark of a hall of phones, small: the real server, killed half-way, loses no acknowledged vote."""

import pytest

from benchmarks.live_class import trial
from tests.support import coroutines


@pytest.mark.parametrize("kill", [False, True])
def test_every_vote_of_a_hall_is_acknowledged_and_counted_once(tmp_path, kill):
    figures = coroutines.run(trial(25, 1.5, kill=kill, data=tmp_path))
    counts = {name: figures[name] for name in ("acknowledged", "counted", "lost", "refused")}
    assert counts == {"acknowledged": 25, "counted": 25, "lost": 0, "refused": 0}
    assert figures["presenter_updates"] > 1
    assert (figures["outage_s"] > 0) == kill
