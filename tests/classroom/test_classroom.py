"""A class that votes: what is asked, what a phone may send, how it is counted, and what a presenter can do."""

import contextlib
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.classroom import (
    Ask,
    Ballot,
    Bin,
    ClassState,
    Key,
    Poll,
    Refused,
    Tally,
    ask_from,
    ask_json,
    ask_of,
    ballot_from,
    ballot_json,
    moves,
    open_question,
    prediction,
    read_ballot,
    shown_json,
    state_from,
    state_json,
    tally,
    tally_json,
)
from lifecycle.classroom.ballots import LARGEST
from lifecycle.classroom.polls import told_key
from lifecycle.classroom.tallies import FEWEST_TO_FENCE, bins, near
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind

PLACES = {"lake": "Lake", "buffer": "Buffer", "buffer->lake": "Buffer → Lake"}
SINGLE = Question(
    "q1",
    "lake",
    QuestionKind.SINGLE,
    "What **is** it? <script>alert(1)</script>",
    (Option("A *lake*", True, "Yes."), Option("A <b>sea</b>", False, "No."), Option("A pond", False)),
    explanation="It is a lake.",
)
CHOICE = ask_of(SINGLE, PLACES, seed="s", rounds=2)
SEVERAL = Ask(Poll("q2", "multiple", "<p>Which?</p>", ("a", "b", "c")), Key(options=(0, 2)))
TIMED = ask_of(
    Question("q3", "lake", QuestionKind.BLANK, "It takes [[]].", answers=("90 ± 5 % min",)), PLACES, seed="s"
)
CLICKED = ask_of(
    Question("q4", "lake", QuestionKind.CLICK, "Where?", (Option("lake", True), Option("buffer", False, "Not there."))),
    PLACES,
    seed="s",
)
GUESS = prediction("p1", "p95 will be", unit="min", low=0, high=100, truth=48.0)
ASKS = (CHOICE, SEVERAL, TIMED, CLICKED, GUESS)

RIGHT = CHOICE.key.options[0]
WRONG = (RIGHT + 1) % 3


def one(index):
    return Ballot(chosen=(index,))


def ballots(ask):
    match ask.poll.kind:
        case "single":
            return st.integers(0, 2).map(one)
        case "multiple":
            return st.sets(st.integers(0, 2), min_size=1).map(lambda some: Ballot(chosen=tuple(sorted(some))))
        case "click":
            return st.sampled_from([id for id, _ in ask.poll.places]).map(lambda id: Ballot(place=id))
        case "predict":
            return st.floats(0, 100).map(lambda value: Ballot(number=value))
    return st.floats(-LARGEST, LARGEST).map(lambda value: Ballot(number=value))


# --- what is asked


def test_a_poll_holds_html_that_runs_nothing_and_not_the_answer():
    poll = CHOICE.poll
    assert poll.stem == "<p>What <strong>is</strong> it? &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert set(poll.options) == {"A <em>lake</em>", "A &lt;b&gt;sea&lt;/b&gt;", "A pond"}
    assert "right" not in json.dumps(shown_json(moves.ask(ClassState(), CHOICE))["poll"]).lower()


def test_the_options_stand_in_an_order_that_the_seed_decides_on_and_the_key_follows():
    orders = {ask_of(SINGLE, PLACES, seed=str(n)).poll.options for n in range(30)}
    assert len(orders) == 6
    for seed in range(10):
        ask = ask_of(SINGLE, PLACES, seed=str(seed))
        (right,) = ask.key.options
        assert ask.poll.options[right] == "A <em>lake</em>"
        assert ask.key.feedback[right] == "Yes."


def test_a_number_is_asked_for_in_its_unit_with_a_gap_in_the_text():
    assert (TIMED.poll.kind, TIMED.poll.unit, TIMED.poll.stem) == ("number", "min", "<p>It takes ____.</p>")
    assert (TIMED.key.truth, TIMED.key.tolerance) == (90.0, 4.5)


def test_flows_are_offered_only_where_the_question_names_one():
    assert [id for id, _ in CLICKED.poll.places] == ["lake", "buffer"]
    flow = Question("q5", "lake", QuestionKind.CLICK, "Where?", (Option("buffer->lake", True),))
    assert [id for id, _ in ask_of(flow, PLACES, seed="s").poll.places] == list(PLACES)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question("o", "lake", QuestionKind.ORDER, "Order", (Option("a", True), Option("b", True))), "kind 'order'"),
        (Question("b", "lake", QuestionKind.BLANK, "[[]]", answers=("a word",)), "no single number"),
        (Question("b", "lake", QuestionKind.BLANK, "[[]] [[]]", answers=("1 ± 1", "2 ± 1")), "no single number"),
        (
            Question("c", "lake", QuestionKind.CLICK, "Where?", (Option("moon", True),)),
            "moon, which is not on the diagram",
        ),
    ],
)
def test_what_a_hall_cannot_answer_is_refused_in_words(question, said):
    with pytest.raises(ValueError, match=said):
        ask_of(question, PLACES, seed="s")


def test_the_scale_of_a_prediction_goes_up():
    with pytest.raises(ValueError, match="must go up"):
        prediction("p", "?", unit="s", low=5, high=5, truth=5)


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.poll.kind)
def test_an_ask_survives_its_json(ask):
    assert ask_from(json.loads(json.dumps(ask_json(ask)))) == ask


# --- what a phone sends


@pytest.mark.parametrize(
    ("ask", "sent", "ballot"),
    [
        (CHOICE, {"chosen": [2]}, one(2)),
        (SEVERAL, {"chosen": [2, 0]}, Ballot(chosen=(0, 2))),
        (TIMED, {"number": "1.5 h"}, Ballot(number=90.0)),
        (TIMED, {"number": " 1,5 "}, Ballot(number=1.5)),
        (TIMED, {"number": "1 500"}, Ballot(number=1500.0)),
        (TIMED, {"number": 90}, Ballot(number=90.0)),
        (CLICKED, {"place": "buffer"}, Ballot(place="buffer")),
        (GUESS, {"number": 100}, Ballot(number=100.0)),
    ],
)
def test_a_ballot_that_fits_is_read(ask, sent, ballot):
    assert read_ballot(ask.poll, sent) == ballot
    assert ballot_from(json.loads(json.dumps(ballot_json(ballot)))) == ballot


@pytest.mark.parametrize(
    ("ask", "sent", "said"),
    [
        (CHOICE, {"chosen": []}, "one option"),
        (CHOICE, {"chosen": [0, 1]}, "one option"),
        (CHOICE, {"chosen": [3]}, "that are shown"),
        (CHOICE, {"chosen": [-1]}, "that are shown"),
        (CHOICE, {"chosen": [True]}, "that are shown"),
        (CHOICE, {"chosen": "0"}, "that are shown"),
        (CHOICE, {"chosen": [0], "more": 1}, "by nothing else"),
        (CHOICE, {"number": 1}, "by nothing else"),
        (CHOICE, None, "by nothing else"),
        (SEVERAL, {"chosen": []}, "at least one"),
        (SEVERAL, {"chosen": [1, 1]}, "once"),
        (TIMED, {"number": "soon"}, "a number, such as 12.5, in min"),
        (TIMED, {"number": "5 kB"}, "a number"),
        (TIMED, {"number": float("nan")}, "a number"),
        (TIMED, {"number": float("inf")}, "a number"),
        (TIMED, {"number": 10**400}, "a number"),
        (TIMED, {"number": True}, "a number"),
        (TIMED, {"number": "9" * 41}, "a number"),
        (TIMED, {"number": -1e16}, "too large"),
        (GUESS, {"number": 101}, "between 0 and 100 min"),
        (CLICKED, {"place": "moon"}, "a place"),
        (CLICKED, {"place": ["lake"]}, "a place"),
    ],
)
def test_a_ballot_that_does_not_fit_is_refused_in_words(ask, sent, said):
    with pytest.raises(Refused, match=said):
        read_ballot(ask.poll, sent)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["chosen", "number", "place"]), inner),
    max_leaves=5,
)


@given(st.sampled_from(ASKS), JSON)
def test_nothing_that_is_sent_does_anything_but_fit_or_be_refused(ask, sent):
    try:
        ballot = read_ballot(ask.poll, sent)
    except Refused:
        return
    assert tally(ask, {"phone": ballot}).voted == 1


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
    assert (found.voted, found.right, found.first.voted, found.first.right) == (5, 4, 5, 1)
    shift = found.shift
    assert shift.both == 4
    assert shift.moved[WRONG][RIGHT] == 2
    assert shift.moved[RIGHT][RIGHT] == shift.moved[WRONG][WRONG] == 1
    assert shift.gain == pytest.approx(2 / 3)


def test_there_is_no_gain_to_speak_of_where_all_were_right_at_first():
    assert tally(CHOICE, {"a": one(RIGHT)}, {"a": one(RIGHT)}).shift.gain is None
    assert tally(GUESS, {"a": Ballot(number=1.0)}, {"a": Ballot(number=2.0)}).shift is None


@given(st.data(), st.sampled_from(ASKS))
def test_every_ballot_is_counted_once_in_each_round(data, ask):
    votes = st.dictionaries(st.sampled_from("abcdefgh"), ballots(ask))
    first, second = data.draw(votes), data.draw(votes)
    found = tally(ask, first, second)
    for round_, cast in ((found, second), (found.first, first)):
        assert round_.voted == len(cast)
        match ask.poll.kind:
            case "single":
                assert sum(round_.counts) == len(cast)
            case "click":
                assert sum(count for _, count in round_.places) == len(cast)
            case "number" | "predict":
                assert sum(each.count for each in round_.bins) + round_.beyond == len(round_.values) == len(cast)
    if found.shift:
        assert sum(map(sum, found.shift.moved)) == found.shift.both == len(first.keys() & second.keys())
    json.dumps(tally_json(found), allow_nan=False)


@given(st.lists(st.floats(-LARGEST, LARGEST), min_size=1, max_size=60).map(sorted))
def test_bins_adjoin_and_hold_every_number_however_large_small_or_near(values):
    found = bins(TIMED.poll, values)
    assert sum(each.count for each in found) == len(values)
    assert len(found) <= 25
    assert all(one.high == two.low for one, two in pairwise(found))
    room = 1e-9 * (found[-1].high - found[0].low)
    assert found[0].low <= values[0] + room
    assert values[-1] <= found[-1].high + room


# --- what a presenter can do

ASKED = moves.ask(ClassState(), CHOICE)


def test_a_vote_of_two_rounds_goes_by_one_key():
    state = ClassState()
    told = []
    for _ in range(4):
        state = moves.onward(state, CHOICE)
        told.append((state.round, state.open))
    assert told == [(1, True), (1, False), (2, True), (2, False)]
    with pytest.raises(Refused, match="This vote is over"):
        moves.onward(state, CHOICE)
    with pytest.raises(Refused, match="asks nothing"):
        moves.onward(ClassState(), None)


def test_a_vote_of_one_round_ends_with_its_close():
    closed = moves.close(moves.ask(ClassState(), SEVERAL))
    with pytest.raises(Refused, match="This vote is over"):
        moves.onward(closed, SEVERAL)
    assert moves.second_round(closed).round == 2


def test_results_may_grow_on_the_screen_while_the_vote_is_open_and_the_key_waits_for_its_close():
    growing = moves.reveal(ASKED)
    assert shown_json(growing)["key"] is None
    closed = moves.close(growing)
    assert shown_json(closed)["key"] is None
    assert shown_json(moves.answer(closed))["key"]["options"] == [RIGHT]
    assert shown_json(moves.hide(moves.answer(closed)))["key"] is None
    assert shown_json(ASKED, key=True)["key"]["options"] == [RIGHT]


def test_after_a_vote_one_key_shows_the_bars_and_the_next_one_what_is_right():
    state = moves.close(ASKED)
    told = []
    for _ in range(4):
        state = moves.toggle(state)
        told.append((state.revealed, shown_json(state)["key"] is not None))
    assert told == [(True, False), (True, True), (False, False), (True, False)]
    further = moves.unfold(moves.close(ASKED))
    assert (further.revealed, further.answered) == (True, False)
    assert moves.unfold(further).answered
    with pytest.raises(Refused, match="shown already"):
        moves.unfold(moves.unfold(further))


def test_while_a_vote_is_open_the_key_of_the_results_shows_growing_bars_and_hides_them():
    growing = moves.toggle(ASKED)
    assert (growing.revealed, growing.answered) == (True, False)
    assert not moves.toggle(growing).revealed


def test_between_two_rounds_neighbours_have_a_clock_and_either_round_can_be_taken_up_again():
    talking = moves.close(ASKED, 100.0)
    assert shown_json(talking)["discuss_until_s"] == 100.0 + moves.DISCUSSION_S
    skipped = moves.second_round(talking)
    assert shown_json(skipped)["discuss_until_s"] is None
    again = moves.discuss(skipped, 130.0)
    assert (again.round, again.open) == (1, False)
    assert shown_json(again)["discuss_until_s"] == 130.0 + moves.DISCUSSION_S
    first = moves.reopen(again)
    assert (first.round, first.open, first.discussing) == (1, True, False)
    second = moves.close(moves.second_round(moves.close(first, 200.0)), 300.0)
    assert (second.round, second.discussing) == (2, False)
    assert moves.reopen(second).open
    assert not moves.close(moves.ask(ClassState(), SEVERAL), 100.0).discussing  # one round: nothing to talk over


def test_a_class_that_was_kept_before_there_was_a_door_is_read_as_it_was_shown():
    new = {"answered", "joining", "discuss_s", "door", "most_phones", "asides", "approved"}
    old = {name: value for name, value in state_json(SHOWN).items() if name not in new}
    assert state_from(old) == SHOWN
    assert state_from({**old, "revealed": False}).shows_key is False


WRITTEN = open_question("aside-1", "What *surprised* you?")


def test_a_question_in_words_of_the_moment_goes_its_way_and_is_kept_for_the_results():
    asked = moves.aside(ClassState(), WRITTEN)
    assert (asked.ask, asked.open, asked.asides) == (WRITTEN, True, (WRITTEN,))
    with pytest.raises(Refused, match="close it first"):
        moves.put_away(asked)
    away = moves.put_away(moves.close(asked))
    assert (away.ask, away.asides) == (None, (WRITTEN,))
    for move in (moves.reveal, moves.answer, moves.toggle):
        with pytest.raises(Refused, match=r"one by one|right or wrong"):
            move(moves.close(asked))
    full = ClassState(asides=(WRITTEN,) * moves.MOST_ASIDES)
    with pytest.raises(Refused, match="at most"):
        moves.aside(full, WRITTEN)
    for nothing in ("", "  \n", "x" * 201):
        with pytest.raises(ValueError, match="1 to 200"):
            open_question("aside-1", nothing)


def test_texts_are_shown_one_by_one_and_hidden_one_by_one_or_all():
    state = moves.approve(moves.approve(moves.approve(ClassState(), "a"), "b"), "a")
    assert state.approved == ("a", "b")
    assert moves.withdraw(state, "a").approved == ("b",)
    assert moves.withdraw(state, "c").approved == ("a", "b")
    assert moves.withdraw(state).approved == ()
    with pytest.raises(Refused, match="hide some first"):
        moves.approve(ClassState(approved=tuple(map(str, range(moves.MOST_APPROVED)))), "one more")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  Why\nso   late? ", "Why so late?"),
        ("a\u202eb\u200bc\x00d\x1b[31m\u2066", "abcd[31m"),
        ("e\u0301" + "\u0336" * 40, "é" + "\u0336" * 3),
        ("\U0001f469\u200d\U0001f4bb ok", "\U0001f469\u200d\U0001f4bb ok"),
        ("<b>=1+1</b>", "<b>=1+1</b>"),
        ("\ud800lone", "lone"),
        ("x" * 140, "x" * 140),
    ],
)
def test_a_text_is_one_line_without_anything_that_hides_or_turns_round(sent, kept):
    assert read_ballot(WRITTEN.poll, {"text": sent}).text == kept


@pytest.mark.parametrize(
    ("sent", "said"),
    [("", "a few words"), ("\u200d\u202e\n", "a few words"), ("x" * 141, "at most 140"), (5, "few words")],
)
def test_a_text_that_is_none_or_too_long_is_refused(sent, said):
    with pytest.raises(Refused, match=said):
        read_ballot(WRITTEN.poll, {"text": sent})


SHOWN = moves.answer(moves.close(ASKED))


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (lambda: moves.ask(ASKED, SEVERAL), "close it first"),
        (lambda: moves.close(moves.close(ASKED)), "closed already"),
        (lambda: moves.reopen(ASKED), "open already"),
        (lambda: moves.reopen(SHOWN), "has seen the answer"),
        (lambda: moves.second_round(SHOWN), "has seen the answer"),
        (lambda: moves.second_round(moves.second_round(ASKED)), "second round already"),
        (lambda: moves.reveal(SHOWN), "shown already"),
        (lambda: moves.hide(ASKED), "hidden already"),
        (lambda: moves.answer(ASKED), "close it before"),
        (lambda: moves.answer(SHOWN), "shown already"),
        (lambda: moves.discuss(SHOWN, 1.0), "has seen the answer"),
        (lambda: moves.discuss(ClassState(), 1.0), "No question"),
        (lambda: moves.put_away(ClassState()), "No question"),
        (lambda: moves.guard_door(ClassState(), "ajar"), "open, present, seats"),
        (lambda: moves.limit_phones(ClassState(), 0), "from 1 to"),
        (lambda: moves.close(ClassState()), "No question"),
        (lambda: moves.toggle(ClassState()), "No question"),
        (lambda: moves.go(ClassState(), -1), "no such step"),
        (lambda: moves.look(ClassState(), "?" * 3000), "too long"),
        (lambda: moves.look(ClassState(), "https://elsewhere.example/"), "begins with a question mark"),
        (lambda: moves.look(moves.end(ClassState()), "?"), "over"),
    ],
)
def test_what_cannot_be_is_refused_in_words(move, said):
    with pytest.raises(Refused, match=said):
        move()


def test_a_step_or_a_question_brings_all_who_explore_back_to_the_script():
    away = moves.look(ClassState(), "?size=stream")
    assert shown_json(away)["view"] == "?size=stream"
    assert moves.go(away, 2).view == ""
    assert moves.ask(away, ASKED.ask).view == ""
    assert moves.black(away, True).view == "?size=stream"
    assert moves.look(away, "").view == ""


def test_going_on_puts_the_question_away_and_coming_back_finds_its_round():
    second = moves.second_round(ASKED)
    away = moves.go(second, 3, 1)
    assert (away.step, away.points, away.ask, away.open) == (3, 1, None, False)
    again = moves.ask(moves.go(away, 0), CHOICE)
    assert (again.round, again.open) == (2, True)
    assert moves.go(second, second.step, 2).ask == CHOICE


@pytest.mark.parametrize(
    "left",
    [
        moves.close(ASKED),
        moves.reveal(moves.close(ASKED)),
        moves.answer(moves.close(ASKED)),
        moves.close(moves.second_round(moves.close(ASKED))),
    ],
)
def test_a_vote_that_was_closed_when_its_step_was_left_comes_back_as_it_was(left):
    away = moves.go(left, left.step + 1)
    assert away.ask is None
    kept = moves.state_from(json.loads(json.dumps(moves.state_json(away))))
    back = moves.go(kept, left.step, voted=left.ask)
    told = ("ask", "round", "open", "revealed", "answered")
    assert [getattr(back, name) for name in told] == [getattr(left, name) for name in told]
    assert moves.go(kept, left.step).ask is None, "nobody voted: it is asked anew"


def test_a_vote_that_was_open_when_its_step_was_left_is_asked_anew():
    assert moves.go(moves.go(ASKED, ASKED.step + 1), ASKED.step, voted=ASKED.ask).ask is None


def test_a_question_for_texts_goes_away_with_the_key_that_unfolds():
    words = open_question("aside-1", "What surprised you?")
    asked = moves.aside(ClassState(), words)
    assert moves.unfold(asked).ask is None
    assert moves.unfold(moves.close(asked)).ask is None


def test_a_move_brings_a_black_screen_back():
    dark = moves.black(ClassState(), True)
    assert dark.black
    assert not moves.go(dark, 1).black
    assert not moves.ask(dark, CHOICE).black


def test_an_ended_class_asks_nothing():
    over = moves.end(ASKED)
    assert (over.over, over.ask, over.open) == (True, None, False)
    for move in (lambda: moves.ask(over, CHOICE), lambda: moves.onward(over, CHOICE), lambda: moves.go(over, 1)):
        with pytest.raises(Refused, match="is over"):
            move()


MOVES = st.one_of(
    st.sampled_from(ASKS).map(lambda ask: lambda state: moves.ask(state, ask)),
    st.sampled_from(
        [moves.close, moves.reopen, moves.second_round, moves.reveal, moves.hide, moves.toggle, moves.end]
    ).map(lambda move: move),
    st.sampled_from([moves.answer, moves.unfold, moves.put_away]).map(lambda move: move),
    st.just(lambda state: moves.discuss(state, 1.0)),
    st.sampled_from([CHOICE, None]).map(lambda here: lambda state: moves.onward(state, here)),
    st.tuples(st.integers(-1, 3), st.integers(-1, 3)).map(lambda to: lambda state: moves.go(state, *to)),
    st.booleans().map(lambda on: lambda state: moves.black(state, on)),
)


@given(st.lists(MOVES, max_size=12))
def test_whatever_a_presenter_does_the_class_is_in_order_and_phones_know_no_key_too_early(sequence):
    state = ClassState()
    for move in sequence:
        with contextlib.suppress(Refused):
            state = move(state)
        assert state.ask is not None or not (state.open or state.revealed)
        assert state.round in (1, 2)
        assert state_from(json.loads(json.dumps(state_json(state)))) == state
        assert (shown_json(state)["key"] is not None) == state.answered
        assert state.revealed or not state.answered
        assert not (state.answered and state.open)
        assert not (state.discussing and (state.open or state.round == 2))


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
        (Poll("p", "predict", "", unit="min", high=20.0), Key(truth=14.96), "Simulated: 15 min"),
        (Poll("p", "predict", "", unit="", high=20.0), Key(truth=0.1234), "Simulated: 0.12"),
        (Poll("p", "predict", "", unit="events", high=1e4), Key(truth=6341.2), "Simulated: 6,341 events"),
        (Poll("p", "number", "", unit="min"), Key(truth=90.0, tolerance=5.0), "Right: 90 min, give or take 5 min"),
        (Poll("p", "number", ""), Key(truth=123_456.5), "Right: 123,456.5"),  # what an author wrote is never rounded
        (Poll("p", "number", "", unit="€"), Key(truth=0.1 + 0.2), "Right: 0.3 €"),
        (Poll("p", "single", ""), Key(options=(0,)), ""),
    ],
)
def test_a_number_that_is_right_is_told_in_one_way_and_no_screen_words_it_anew(poll, key, said):
    ask = Ask(poll, key)
    assert ask.truth_said == said
    assert told_key(ask)["said"] == said
    state = replace(moves.ask(ClassState(), ask), open=False, answered=True, revealed=True)
    assert shown_json(state)["key"]["said"] == said


def test_no_script_of_hall_phone_and_desk_words_the_truth_or_a_median_by_itself():
    root = Path(__file__).parents[2] / "lifecycle"
    for path in ("ui/panel/hall.js", "classroom/server/assets/phone.js", "classroom/server/assets/desk.js"):
        text = (root / path).read_text(encoding="utf-8")
        for own in ("simulation says", "imulated:", "Right is", "true $", "Median $", "(tally.median", "er(key.truth"):
            assert own not in text, f"{path}: {own}"


def test_a_median_is_told_in_the_words_of_every_other_figure():
    ask = prediction("g", "How long?", unit="min", low=0, high=100, truth=14.96)
    found = tally(ask, {"a": Ballot(number=12.34), "b": Ballot(number=20.0)})
    assert tally_json(found, "min")["median_said"] == "Median 16.2 min"
    assert tally_json(Tally())["median_said"] == ""


def test_how_to_join_covers_the_screen_until_the_talk_goes_on():
    covered = moves.join(ClassState(), True)
    assert covered.joining
    assert shown_json(covered)["joining"]
    for uncovered in (
        moves.join(covered, False),
        moves.go(covered, 0),
        moves.ask(covered, CHOICE),
        moves.look(covered, "?size=stream"),
    ):
        assert not uncovered.joining
    assert moves.black(covered, True).joining
    with pytest.raises(Refused, match="is over"):
        moves.join(moves.end(covered), True)
