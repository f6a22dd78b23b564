"""The benchmarks against compiled code measure the same thing on both sides, and say so where one side is missing."""

import sys

import numpy as np
import pytest

from benchmarks import rivals, turns
from benchmarks.simulate import default_network
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.model.scenario import Scenario


def test_the_c_loop_gives_every_departure_that_the_simulation_gives(capsys):
    rows = rivals.against_c(3_000)  # compares all departures before it measures any time
    said = capsys.readouterr().out
    assert [row.goal for row in rows] == [rivals.BESIDE_C] * 2
    with rivals.compiled() as loops:
        assert [row.value is None for row in rows] == [loops is None] * 2
    if loops is not None:
        assert said.count("plain C loop") == 2


def test_a_c_loop_that_is_wrong_is_found_out(monkeypatch):
    monkeypatch.setattr(rivals, "C_SOURCE", rivals.C_SOURCE.replace("means[1]", "means[0]"))
    with rivals.compiled() as loops:
        if loops is None:
            pytest.skip("no C compiler here")
    with pytest.raises(AssertionError):
        rivals.against_c(3_000)


def test_without_a_compiler_or_without_cimba_it_says_so_and_goes_on(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setitem(sys.modules, "cimba", None)
    monkeypatch.delitem(sys.modules, "benchmarks.cimba_pipeline", raising=False)
    rows = [*rivals.against_c(100), rivals.against_cimba(default_network(), 100)]
    assert [row.verdict for row in rows] == ["none"] * 3
    assert all("no C compiler" in row.measured for row in rows[:2])
    assert "Cimba is not installed" in rows[2].measured


def test_memory_is_counted_once_for_arrays_that_are_shared():
    run = simulate(rivals.LINE, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, events=2_000))
    every = [array for here in run.passages.values() for array in vars(here).values() if isinstance(array, np.ndarray)]
    assert 8 * 2_000 < turns.kept_bytes(run) < sum(array.nbytes for array in every)
