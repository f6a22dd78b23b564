"""A trace packed for the store comes out as it went in, and what is no trace is refused in words."""

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.trace_files import packed, unpacked
from lifecycle.simulation.model.traces import Trace

SECONDS = st.floats(0.0, 86_400.0)
MOMENTS = st.lists(SECONDS, min_size=1, max_size=20).map(tuple)
WORDS = st.text(st.characters(), max_size=5)
TRACES = st.builds(Trace, MOMENTS, MOMENTS, st.text(), WORDS, WORDS, spread_s=SECONDS)


@given(TRACES)
def test_a_trace_comes_out_as_it_went_in_to_the_last_bit_but_for_its_name_and_licence(trace):
    again = unpacked(packed(trace))
    assert again == replace(trace, name="", licence="")
    assert np.array(again.times_s).tobytes() == np.array(trace.times_s).tobytes()
    assert {type(value) for value in (*again.times_s, *again.weights)} == {float}
    assert packed(again) == packed(trace)


def test_a_day_of_seconds_is_far_smaller_than_its_numbers():
    trace = Trace(tuple(map(float, range(86_400))), (1.0,) * 86_400)
    assert len(packed(trace)) < 2 * 8 * 86_400 / 4


def archive(**arrays):
    data = io.BytesIO()
    np.savez(data, **arrays)
    return data.getvalue()


WHOLE = packed(Trace((1.0, 2.0), (1.0, 1.0), "mine"))


@pytest.mark.parametrize(
    "data",
    [b"", b"none", WHOLE[:-40], WHOLE[:100], archive(times_s=np.ones(2)), archive(words=np.ones(3))],
    ids=["empty", "other", "cut", "head", "lacking", "wordless"],
)
def test_what_is_no_trace_is_refused_in_words(data):
    with pytest.raises(ValueError, match="not the moments of a day"):
        unpacked(data)


def test_nothing_is_unpickled():
    class Harm:
        def __reduce__(self):
            return pytest.fail, ("it was unpickled",)

    harmful = np.empty(1, dtype=object)
    harmful[0] = Harm()
    with pytest.raises(ValueError, match="not the moments of a day"):
        unpacked(archive(times_s=harmful, weights=harmful, words=harmful))
