"""Where a class is: what a presenter's moves make of it."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.classroom import (
    AnswerKey,
    Ask,
    ClassState,
    Poll,
    PollKind,
    Refused,
    moves,
    open_question,
    read_ballot,
    shown_json,
    state_from,
    state_json,
)
from lifecycle.classroom.states import DISCUSSION_S
from tests.classroom.class_polls import ASKS, CHOICE
from tests.support.narrow import not_none

SEVERAL = Ask(Poll("q2", PollKind.MULTIPLE, "<p>Which?</p>", ("a", "b", "c")), AnswerKey(options=(0, 2)))
RIGHT = CHOICE.key.options[0]
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
    assert not_none(shown_json(moves.answer(closed))["key"])["options"] == [RIGHT]
    assert shown_json(moves.hide(moves.answer(closed)))["key"] is None
    assert not_none(shown_json(ASKED, key=True)["key"])["options"] == [RIGHT]


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
    assert shown_json(talking)["discuss_until_s"] == 100.0 + DISCUSSION_S
    skipped = moves.second_round(talking)
    assert shown_json(skipped)["discuss_until_s"] is None
    again = moves.discuss(skipped, 130.0)
    assert (again.round, again.open) == (1, False)
    assert shown_json(again)["discuss_until_s"] == 130.0 + DISCUSSION_S
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
    assert moves.ask(away, not_none(ASKED.ask)).view == ""
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
    kept = state_from(json.loads(json.dumps(state_json(away))))
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
