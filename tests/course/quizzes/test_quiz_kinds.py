"""Orders, matches and clicks: how they are read, checked and refused."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.quizzes.checking import check, shuffled
from lifecycle.course.quizzes.kinds import KINDS, Kind, NamedKind
from lifecycle.course.quizzes.kinds.match import left_hand
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.course.quizzes.reading import as_dict, read_questions
from lifecycle.outputs.offline import asking
from lifecycle.ui.panel import answering

ORDER = Question("o", "p", QuestionKind.ORDER, "s", options=tuple(Option(text, True) for text in "abcd"))
MATCH = Question(
    "m",
    "p",
    QuestionKind.MATCH,
    "s",
    options=(Option("a", True, pair="1"), Option("", False, pair="9"), Option("b", True, pair="2")),
)
CLICK = Question(
    "c", "p", QuestionKind.CLICK, "s", options=(Option("lake", True), Option("a->b", True), Option("bi", False))
)


def read(kind, *lines):
    body = "\n".join(lines)
    return read_questions(
        f"<!-- question: q; kind: {kind}; level: decide -->\n<quiz>\nAsked\n{body}\n</quiz>", "f", "p"
    )


def only(kind, *lines):
    (question,), problems = read(kind, *lines)
    assert problems == ()
    return question


def refused(kind, *lines):
    questions, (problem,) = read(kind, *lines)
    assert questions == ()
    return problem


def test_an_order_keeps_its_steps_in_the_order_of_the_source():
    question = only("order", "- [x] one", "- [x] two", "- [x] three")
    assert question.kind == "order"
    assert [option.text for option in question.options] == ["one", "two", "three"]
    assert question.tags == (("level", "decide"),)


def test_a_match_parts_its_sides_at_the_arrow_and_wrong_options_belong_to_nothing():
    question = only("match", "- [x] lake → cheap", "- [x] log -> fast", "- [ ] slow and dear")
    assert [(option.text, option.pair, option.right) for option in question.options] == [
        ("lake", "cheap", True),
        ("log", "fast", True),
        ("", "slow and dear", False),
    ]


def test_a_click_names_places_and_flows():
    question = only("click", "- [x] lake", "- [ ] buffer -> lake", "> not there")
    assert [(option.text, option.feedback) for option in question.options] == [
        ("lake", ""),
        ("buffer->lake", "not there"),
    ]


@pytest.mark.parametrize(
    ("kind", "lines", "said"),
    [
        ("order", ("- [x] one", "- [ ] two"), "a step marked wrong"),
        ("order", ("- [x] one",), "fewer than two"),
        ("order", ("- [x] one", "- [x] one"), "fewer than two"),
        ("match", ("- [x] lake", "- [x] log -> b"), "without an arrow"),
        ("match", ("- [x] a -> b",), "fewer than two"),
        ("match", ("- [x] a -> b", "- [x] a -> c"), "fewer than two"),
        ("match", ("- [x] a -> b", "- [x] c -> d", "- [ ] d"), "belongs to a pair"),
        ("click", ("- [x] The lake",), "no place"),
        ("sort", ("- [x] a", "- [ ] b"), "the kind 'sort'"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(kind, lines, said):
    assert said in refused(kind, *lines).what


def test_notes_behind_an_option_are_read_and_not_shown():
    question = only("click", "- [x] lake", "- [ ] bi <!-- misconception: m; see: ?stage=bi -->")
    assert question.options[1] == Option("bi", False, misconception="m", see="?stage=bi")
    assert as_dict(question)["options"] == [
        {"text": "lake", "right": True, "feedback": ""},
        {"text": "bi", "right": False, "feedback": "", "misconception": "m", "see": "?stage=bi"},
    ]


@pytest.mark.parametrize(
    "note", ["see:", "see: a; see: b", "within: 5", "within: 5..1", "within: 1.2.3..9", "misconception: a; what: b"]
)
def test_a_note_that_says_nothing_known_is_a_fault(note):
    assert "behind an option" in refused("order", f"- [x] a <!-- {note} -->", "- [x] b").what


def test_an_ordinary_comment_behind_an_option_stays_text():
    assert only("order", "- [x] a <!-- why -->", "- [x] b").options[0].text == "a <!-- why -->"


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_an_order_is_right_in_one_order_and_says_which_steps_stand_in_place(order):
    verdict = check(ORDER, order)
    assert verdict.right == (order == (0, 1, 2, 3))
    assert verdict.parts == tuple(step == place for place, step in enumerate(order))


def test_a_match_is_right_where_each_side_got_its_own():
    assert [option.text for option in left_hand(MATCH)] == ["a", "b"]
    assert check(MATCH, [0, 2]).right
    assert check(MATCH, [1, 2]).parts == (False, True)
    assert check(MATCH, [2, 0]).parts == (False, False)


def test_two_left_hand_sides_may_share_a_right_hand_one():
    twice = Question(
        "m", "p", QuestionKind.MATCH, "s", options=(Option("a", True, pair="1"), Option("b", True, pair="1"))
    )
    assert check(twice, [1, 0]).right


@pytest.mark.parametrize(("place", "right"), [("lake", True), ("a->b", True), ("bi", False), ("nowhere", False)])
def test_a_click_is_right_on_any_of_the_right_places(place, right):
    assert check(CLICK, [place]).right is right


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (ORDER, [0, 1, 2]),
        (ORDER, [0, 1, 2, 2]),
        (ORDER, [0, 1, 2, 4]),
        (ORDER, [0, 1, 2, True]),
        (MATCH, [0]),
        (MATCH, [0, 3]),
        (MATCH, ["a", "b"]),
        (CLICK, []),
        (CLICK, ["lake", "bi"]),
        (CLICK, [0]),
    ],
)
def test_an_answer_of_another_shape_is_a_value_error(question, answer):
    with pytest.raises(ValueError, match=f"answer to {question.id} must"):
        check(question, answer)


@given(st.text(max_size=20))
def test_an_order_is_never_shown_solved(seed):
    assert shuffled(ORDER, seed) != (0, 1, 2, 3)
    assert sorted(shuffled(ORDER, seed)) == [0, 1, 2, 3]


def test_each_kind_has_its_class_and_the_page_and_the_offline_copy_know_it():
    assert list(KINDS) == list(QuestionKind)
    assert all(answering.widget(kind).hint for kind in QuestionKind)
    script = "\n".join(path.read_text() for path in sorted((Path(asking.__file__).parent / "page").glob("*.js")))
    for table in ("HINTS", "JUDGES", "ASKING"):
        (body,) = re.findall(rf"^const {table} = {{(.*?)^}};", script, re.DOTALL | re.MULTILINE)
        assert set(re.findall(r"(?:^ {{2}}|, )({})\b".format("|".join(QuestionKind)), body, re.MULTILINE)) == set(
            QuestionKind
        )


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_without_one_of_its_parts_cannot_be_made(kind):
    base = NamedKind if isinstance(kind, NamedKind) else Kind
    assert base.__abstractmethods__
    for part in base.__abstractmethods__:
        without = type("Without", (type(kind),), {part: getattr(base, part)})
        with pytest.raises(TypeError, match=part):
            without()
