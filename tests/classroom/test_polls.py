"""What a class is asked, and the ballots that fit."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.classroom import (
    AnswerKey,
    Ask,
    Ballot,
    ClassState,
    Poll,
    PollKind,
    Refused,
    ask_from,
    ask_json,
    ask_of,
    ballot_from,
    ballot_json,
    moves,
    prediction,
    read_ballot,
    shown_json,
    tally,
)
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from tests.classroom.class_polls import ASKS, CHOICE, CLICKED, SINGLE, one

PLACES = {"lake": "Lake", "buffer": "Buffer", "buffer->lake": "Buffer → Lake"}
SEVERAL = Ask(Poll("q2", PollKind.MULTIPLE, "<p>Which?</p>", ("a", "b", "c")), AnswerKey(options=(0, 2)))
TIMED = ask_of(
    Question("q3", "lake", QuestionKind.BLANK, "It takes [[]].", answers=("90 ± 5 % min",)), PLACES, seed="s"
)
GUESS = prediction("p1", "p95 will be", unit="min", low=0, high=100, truth=48.0)


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
