"""Talks in their course: their order, and what is wrong with them there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.__main__ import main
from lifecycle.classroom.rehearsal import problems as rehearsed
from lifecycle.classroom.rehearsal import truth
from lifecycle.course import check, load
from lifecycle.course.talks import Step, StepAsk, read_talk
from lifecycle.documents import Document, Node
from tests.course.talks.talk_texts import BANK, GOOD
from tests.support.narrow import not_none
from tests.support.small_course import write_course

HEAD = "---\ntitle: A talk\nsummary: One sentence.\nminutes: {minutes}\norder: 2\n---\n"


@given(st.text(alphabet="ab \n-><!:;#", max_size=400))
def test_what_is_marked_as_notes_never_reaches_the_hall(text):
    talk, _ = read_talk(Document("talks/x.md", Node("a mapping", 1), text), "x", BANK)
    assert not any(line.startswith(">") for step in talk.steps for line in step.text.split("\n"))


def course_with(folder, *bodies: str):
    files = {f"talks/t{n}.md": HEAD.format(minutes=1) + body for n, body in enumerate(bodies)}
    return write_course(folder, files)


def test_a_course_holds_its_talks_in_the_authors_order(tmp_path):
    files = {
        "talks/late.md": GOOD.replace("order: 2", "order: 9").replace("own-one", "own-two"),
        "talks/soon.md": GOOD,
    }
    course = load(write_course(tmp_path, files))
    assert [talk.id for talk in course.talks] == ["soon", "late"]
    assert course.talk("late") is course.talks[1]
    assert course.talk("none") is None
    assert course.question("own-two") is course.talks[1].questions[0]
    assert course.question("store-truth") in course.questions
    assert "own-two" not in {question.id for question in course.questions}


def test_a_course_tells_what_its_talks_get_wrong(tmp_path):
    own = (
        "## One\n\n<!-- question: store-truth; kind: click -->\n<quiz>\nWhere?\n- [x] attic\n</quiz>\n\nSo [@nobody].\n"
    )
    folder = course_with(tmp_path, own, "## Two\n<!-- ask: nothing -->")
    found = {str(each).partition(", ")[0] for each in check(folder)}
    assert found >= {
        "talks/t0.md:10: two questions with the id 'store-truth' (also quizzes/store.md:2)",
        "talks/t0.md:10: no place or flow is called attic",
        "talks/t1.md:8: no question is called 'nothing'",
    }
    assert any(each.startswith("talks/t0.md:15:") and "nobody" in each for each in found)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("## One\n<!-- step: view: ?size=lake -->", "8: Left out of the link: “size” with “lake”"),
        ("## One\n<!-- step: view: ?stage=attic; show: panel -->", "8: Left out of the link: “stage” with “attic”"),
        ("## One\n<!-- step: view: ?momnt=32400 -->", "8: the setting “momnt” of a link, did you mean moment?"),
        ("## One\n<!-- step: view: ?stage=store; show: chart users -->", "7: store has no chart Users"),
        (
            "## One\n<!-- predict: a; figure: consumers.attic; view: ?size=stream; unit: s; low: 0; high: 9 -->",
            "7: the prediction has no truth: 'attic' is not known",
        ),
        (
            "## One\n<!-- predict: a; figure: events.born; view: ?size=steam; unit: s; low: 0; high: 9 -->",
            "7: the prediction has no truth: Left out of the link",
        ),
        (
            "## One\n<!-- predict: a; figure: 60 * 60; view: ?size=stream; unit: s; low: 0; high: 9 -->",
            "7: the truth of the prediction, 3600, lies outside 0 to 9",
        ),
    ],
)
def test_a_rehearsal_tells_what_the_hall_would_not_see(tmp_path, capsys, body, fault):
    folder = course_with(tmp_path, body)
    assert any(str(each).startswith(f"talks/t0.md:{fault}") for each in rehearsed(load(folder)))
    assert main(["check", str(folder)]) == 1
    assert f"talks/t0.md:{fault}" in capsys.readouterr().out


def test_a_prediction_has_the_truth_of_its_run(tmp_path):
    body = "## One\n<!-- predict: a; figure: events.born / 2; view: ?scenario=rush; unit: events; low: 0; high: 900 -->"
    course = load(course_with(tmp_path, body))
    assert list(rehearsed(course)) == []
    predict = not_none(not_none(course.talks[0].steps[0].ask).predict)
    assert truth(predict, course) == pytest.approx(500, rel=0.1)


def test_the_check_counts_talks_and_reads_the_links_of_their_notes(tmp_path, capsys):
    folder = course_with(tmp_path, "## One\n\n> See [it](?size=stream).\n")
    assert main(["check", str(folder)]) == 0
    assert "1 talk: all well" in capsys.readouterr().out
    course_with(tmp_path, "## One\n\n> See [it](?size=lake).\n")
    assert main(["check", str(folder)]) == 1
    assert "talks/t0.md:9: Left out of the link" in capsys.readouterr().out


def test_a_question_takes_the_diagrams_room_and_leaves_the_charts():
    step = Step("Where?", show=("diagram", "panel", "Freshness"))
    assert step.drawn == ("diagram", "Freshness")
    assert replace(step, ask=StepAsk("some-question")).drawn == ("Freshness",)
