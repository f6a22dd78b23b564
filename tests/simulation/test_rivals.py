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
    met = rivals.against_c(3_000)  # compares all departures before it measures any time
    said = capsys.readouterr().out
    assert ("No C compiler" in said) == (met is None)
    if met is not None:
        assert said.count("plain C loop") == 2


def test_a_c_loop_that_is_wrong_is_found_out(monkeypatch):
    monkeypatch.setattr(rivals, "C_SOURCE", rivals.C_SOURCE.replace("means[1]", "means[0]"))
    with rivals.compiled() as loops:
        if loops is None:
            pytest.skip("no C compiler here")
    with pytest.raises(AssertionError):
        rivals.against_c(3_000)


def test_without_a_compiler_or_without_cimba_it_says_so_and_goes_on(monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setitem(sys.modules, "cimba", None)
    monkeypatch.delitem(sys.modules, "benchmarks.cimba_pipeline", raising=False)
    assert rivals.against_c(100) is None
    assert rivals.against_cimba(default_network(), 100) is None
    said = capsys.readouterr().out
    assert "No C compiler" in said
    assert "Cimba is left out" in said


def test_memory_is_counted_once_for_arrays_that_are_shared():
    run = simulate(rivals.LINE, Scenario(Start.PUSH, Size.STREAM, Size.STREAM, events=2_000))
    every = [array for here in run.passages.values() for array in vars(here).values() if isinstance(array, np.ndarray)]
    assert 8 * 2_000 < turns.kept_bytes(run) < sum(array.nbytes for array in every)
