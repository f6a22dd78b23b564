"""Two values of one figure: whether they differ, and by how much; and the day that both versions share."""

import math

import pytest

from lifecycle.outputs.comparing import days
from lifecycle.outputs.comparing.comparison import FigurePair
from lifecycle.simulation.model.scenario import Scenario
from tests.outputs.comparing.versions import shop, side

NAN = math.nan


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        (1.0, 1.0, False),
        (1.0, 2.0, True),
        (NAN, NAN, False),
        (NAN, 1.0, True),
        (1.0, NAN, True),
        (None, None, False),
        (None, 1.0, True),
        (None, NAN, True),
    ],
)
def test_two_values_differ_unless_both_are_the_same_or_neither_is_a_number(before, after, differs):
    assert FigurePair(before, after).differs is differs


@pytest.mark.parametrize("order", [1, -1])
def test_both_have_as_many_events_as_the_one_with_less_room(order, monkeypatch):
    small, large = side(shop(), events=9_000), side(shop(), events=9_000, name="large")
    room = {id(small.pipeline.network): 4_000, id(large.pipeline.network): 2_500}
    monkeypatch.setattr(days, "fitting_events", lambda network, _: room[id(network)])
    shared = days.shared_day(*(small, large)[::order])
    assert (shared.before.events, shared.after.events, shared.fewer) == (2_500, 2_500, 2_500)


def test_events_that_fit_stay_and_of_two_numbers_only_the_larger_is_cut(monkeypatch):
    few, many = side(shop(), events=1_000), side(shop(), events=9_000, name="many")
    monkeypatch.setattr(days, "fitting_events", lambda _, scenario: min(scenario.events, 3_000))
    shared = days.shared_day(few, many)
    assert (shared.before.events, shared.after.events, shared.fewer) == (1_000, 3_000, 3_000)
    assert days.shared_day(few, few).fewer is None
    assert isinstance(shared.after, Scenario)
