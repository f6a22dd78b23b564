"""How ballots are counted, and in which words a result is said."""

import json
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.classroom import (
    AnswerKey,
    Ask,
    Ballot,
    Bin,
    ClassState,
    Poll,
    PollKind,
    Tally,
    ask_of,
    moves,
    prediction,
    shown_json,
    tally,
    tally_json,
)
from lifecycle.classroom.ballots import LARGEST
from lifecycle.classroom.polls import shown_key
from lifecycle.classroom.tallies import FEWEST_TO_FENCE, bins, near
from lifecycle.course.quizzes.questions import Question, QuestionKind
from tests.classroom.class_polls import ASKS, CHOICE, CLICKED, one
from tests.support.narrow import not_none

PLACES = {"lake": "Lake", "buffer": "Buffer", "buffer->lake": "Buffer → Lake"}
SEVERAL = Ask(Poll("q2", PollKind.MULTIPLE, "<p>Which?</p>", ("a", "b", "c")), AnswerKey(options=(0, 2)))
TIMED = ask_of(
    Question("q3", "lake", QuestionKind.BLANK, "It takes [[]].", answers=("90 ± 5 % min",)), PLACES, seed="s"
)
GUESS = prediction("p1", "p95 will be", unit="min", low=0, high=100, truth=48.0)
RIGHT = CHOICE.key.options[0]
WRONG = (RIGHT + 1) % 3


def ballots(ask):
    match ask.poll.kind:
        case PollKind.SINGLE:
            return st.integers(0, 2).map(one)
        case PollKind.MULTIPLE:
            return st.sets(st.integers(0, 2), min_size=1).map(lambda some: Ballot(chosen=tuple(sorted(some))))
        case PollKind.CLICK:
            return st.sampled_from([id for id, _ in ask.poll.places]).map(lambda id: Ballot(place=id))
        case PollKind.PREDICT:
            return st.floats(0, 100).map(lambda value: Ballot(number=value))
    return st.floats(-LARGEST, LARGEST).map(lambda value: Ballot(number=value))


# --- how it is counted


def test_choices_are_counted_by_option_and_those_that_are_right_as_a_whole():
    found = tally(SEVERAL, {"a": Ballot((0, 2)), "b": Ballot((0,)), "c": Ballot((1, 2))})
    assert (found.voted, found.counts, found.right) == (3, (2, 1, 2), 1)


def test_taps_are_counted_by_place():
    found = tally(CLICKED, {"a": Ballot(place="lake"), "b": Ballot(place="lake"), "c": Ballot(place="buffer")})
    assert (found.places, found.right) == ((("lake", 2), ("buffer", 1)), 2)
    assert tally_json(found)["places"] == {"lake": 2, "buffer": 1}


def test_numbers_are_kept_exactly_and_stand_in_bins_of_round_steps():
    found = tally(TIMED, {str(n): Ballot(number=value) for n, value in enumerate((92.0, 88.0, 90.0, 140.0))})
    assert found.values == (88.0, 90.0, 92.0, 140.0)
    assert (found.median, found.right) == (91.0, 3)
    assert found.bins[0] == Bin(80.0, 100.0, 3)


def test_one_joker_does_not_squeeze_the_hall_into_one_bar():
    cast = {str(n): Ballot(number=90.0 + n) for n in range(9)} | {"joker": Ballot(number=1e30)}
    found = tally(TIMED, cast)
    assert (found.beyond, found.bins[-1].high, len(found.values)) == (1, 100.0, 10)
    same = tally(TIMED, {str(n): Ballot(number=5.0) for n in range(9)} | {"joker": Ballot(number=1e30)})
    assert (same.beyond, same.bins) == (1, (Bin(5.0, 5.0, 9),))


def test_an_answer_at_the_fence_is_shown_and_one_beyond_it_is_not():
    middle = [float(n) for n in range(9)]  # the middle half is 2 to 6 and stays so with one more at each end
    assert near([-10.0, *middle[1:8], 18.0]) == (-10.0, *middle[1:8], 18.0)
    assert near([-10.1, *middle[1:8], 18.1]) == tuple(middle[1:8])


def test_where_half_the_hall_agrees_to_the_digit_the_others_are_not_thrown_out():
    agreed = [100.0] * 8
    assert near([1.0, 99.0, *agreed, 101.0, 199.0]) == (1.0, 99.0, *agreed, 101.0, 199.0)
    assert near([-1.0, 99.0, *agreed, 101.0, 201.0]) == (99.0, *agreed, 101.0)
    assert near([-201.0, -101.0, *([-100.0] * 8), -99.0, 1.0]) == (-101.0, *([-100.0] * 8), -99.0)


def test_few_answers_are_all_shown():
    assert near([0.0] * (FEWEST_TO_FENCE - 2) + [1e30]) == (*[0.0] * (FEWEST_TO_FENCE - 2), 1e30)
    assert near([0.0] * (FEWEST_TO_FENCE - 1) + [1e30]) == (0.0,) * (FEWEST_TO_FENCE - 1)


def test_predictions_stand_on_their_whole_scale_and_are_neither_right_nor_wrong():
    found = tally(GUESS, {"a": Ballot(number=0.0), "b": Ballot(number=100.0)})
    assert (found.bins[0], found.bins[-1]) == (Bin(0, 5, 1), Bin(95, 100, 1))
    assert found.right is None


def test_two_rounds_show_who_moved_where_and_what_was_gained():
    first = {"a": one(WRONG), "b": one(WRONG), "c": one(RIGHT), "d": one(WRONG), "late": one(WRONG)}
    second = {"a": one(RIGHT), "b": one(RIGHT), "c": one(RIGHT), "d": one(WRONG), "new": one(RIGHT)}
    found = tally(CHOICE, first, second)
    assert (found.voted, found.right, not_none(found.first).voted, not_none(found.first).right) == (5, 4, 5, 1)
    shift = not_none(found.shift)
    assert shift.both == 4
    assert shift.moved[WRONG][RIGHT] == 2
    assert shift.moved[RIGHT][RIGHT] == shift.moved[WRONG][WRONG] == 1
    assert shift.gain == pytest.approx(2 / 3)


def test_there_is_no_gain_to_speak_of_where_all_were_right_at_first():
    assert not_none(tally(CHOICE, {"a": one(RIGHT)}, {"a": one(RIGHT)}).shift).gain is None
    assert tally(GUESS, {"a": Ballot(number=1.0)}, {"a": Ballot(number=2.0)}).shift is None


@given(st.data(), st.sampled_from(ASKS))
def test_every_ballot_is_counted_once_in_each_round(data, ask):
    votes = st.dictionaries(st.sampled_from("abcdefgh"), ballots(ask))
    first, second = data.draw(votes), data.draw(votes)
    found = tally(ask, first, second)
    for round_, cast in ((found, second), (not_none(found.first), first)):
        assert round_.voted == len(cast)
        match ask.poll.kind:
            case PollKind.SINGLE:
                assert sum(round_.counts) == len(cast)
            case PollKind.CLICK:
                assert sum(count for _, count in round_.places) == len(cast)
            case PollKind.NUMBER | PollKind.PREDICT:
                assert sum(each.count for each in round_.bins) + round_.beyond == len(round_.values) == len(cast)
    if found.shift:
        assert sum(map(sum, found.shift.moved)) == found.shift.both == len(first.keys() & second.keys())
    sent = json.loads(json.dumps(tally_json(found), allow_nan=False))
    counted = json.loads(json.dumps(asdict(replace(found, first=None)) | {"places": dict(found.places)}))
    assert sent | {"first": None} == counted | {"median_said": sent["median_said"]}  # every figure as it was counted


@given(st.lists(st.floats(-LARGEST, LARGEST), min_size=1, max_size=60).map(sorted))
def test_bins_adjoin_and_hold_every_number_however_large_small_or_near(values):
    found = bins(TIMED.poll, values)
    assert sum(each.count for each in found) == len(values)
    assert len(found) <= 25
    assert all(one.high == two.low for one, two in pairwise(found))
    room = 1e-9 * (found[-1].high - found[0].low)
    assert found[0].low <= values[0] + room
    assert values[-1] <= found[-1].high + room


@pytest.mark.parametrize(("low", "high"), [(0, 120), (0, 90), (-7, 13), (0, 0.7), (3, 2_000), (0, 100)])
def test_a_histogram_has_its_bins_at_round_numbers(low, high):
    guess = prediction("g", "How many?", unit="min", low=low, high=high, truth=low).poll
    made = bins(guess, ())
    edges = [made[0].low, *(each.high for each in made)]
    assert edges[0] <= low
    assert edges[-1] >= high - 1e-9
    wide = edges[1] - edges[0]
    assert np.allclose(np.diff(edges), wide)
    assert any(np.isclose(wide, round_ * 10.0**power) for round_ in (1, 2, 5) for power in range(-9, 9))
    assert np.allclose(np.round(np.array(edges) / wide), np.array(edges) / wide)
    assert len(made) <= 21


@pytest.mark.parametrize(
    ("poll", "key", "said"),
    [
        (Poll("p", PollKind.PREDICT, "", unit="min", high=20.0), AnswerKey(truth=14.96), "Simulated: 15 min"),
        (Poll("p", PollKind.PREDICT, "", unit="", high=20.0), AnswerKey(truth=0.1234), "Simulated: 0.12"),
        (Poll("p", PollKind.PREDICT, "", unit="events", high=1e4), AnswerKey(truth=6341.2), "Simulated: 6,341 events"),
        (
            Poll("p", PollKind.NUMBER, "", unit="min"),
            AnswerKey(truth=90.0, tolerance=5.0),
            "Right: 90 min, give or take 5 min",
        ),
        (
            Poll("p", PollKind.NUMBER, ""),
            AnswerKey(truth=123_456.5),
            "Right: 123,456.5",
        ),  # what an author wrote is never rounded
        (Poll("p", PollKind.NUMBER, "", unit="€"), AnswerKey(truth=0.1 + 0.2), "Right: 0.3 €"),
        (Poll("p", PollKind.SINGLE, ""), AnswerKey(options=(0,)), ""),
    ],
)
def test_a_number_that_is_right_is_told_in_one_way_and_no_screen_words_it_anew(poll, key, said):
    ask = Ask(poll, key)
    assert ask.truth_words == said
    assert shown_key(ask)["said"] == said
    state = replace(moves.ask(ClassState(), ask), open=False, answered=True, revealed=True)
    assert not_none(shown_json(state)["key"])["said"] == said


def test_no_script_of_hall_phone_and_desk_words_the_truth_or_a_median_by_itself():
    root = Path(__file__).parents[2] / "lifecycle"
    for path in ("ui/panel/dist/hall.js", *(f"classroom/server/assets/dist/{page}.js" for page in ("phone", "desk"))):
        text = (root / path).read_text(encoding="utf-8")
        for own in ("simulation says", "imulated:", "Right is", "true $", "Median $", "(tally.median", "er(key.truth"):
            assert own not in text, f"{path}: {own}"


def test_a_median_is_told_in_the_words_of_every_other_figure():
    ask = prediction("g", "How long?", unit="min", low=0, high=100, truth=14.96)
    found = tally(ask, {"a": Ballot(number=12.34), "b": Ballot(number=20.0)})
    assert tally_json(found, "min")["median_said"] == "Median 16.2 min"
    assert tally_json(Tally())["median_said"] == ""
