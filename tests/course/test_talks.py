"""Talks read from Markdown: a good one whole, a bad one with every fault at its line, any text at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_course import FILES, write_course

from lifecycle import charts
from lifecycle.__main__ import main
from lifecycle.classroom.rehearsal import problems as rehearsed
from lifecycle.classroom.rehearsal import truth
from lifecycle.course import check, load, talks
from lifecycle.course.quizzes.reading import read_questions
from lifecycle.course.talks import Ask, Prediction, Step, Talk, class_can_answer, read_talk
from lifecycle.documents import Document, Node, read_document

HEAD = "---\ntitle: A talk\nsummary: One sentence.\nminutes: {minutes}\norder: 2\n---\n"
GOOD = (
    HEAD.format(minutes=7)
    + """
## The store fills
<!-- step: view: ?scenario=rush&stage=store&view=watch&moment=14400; plays: yes;
     show: diagram, panel, chart freshness; minutes: 1.5 -->

A sentence for the hall,
over two lines.

- The first point
- the second,
  which goes on

> Notes with **marks**.
>
> - and a list

<!-- ask: store-truth; rounds: 2 -->

## Words alone
<!-- step: show: text; minutes: 3 -->
<!-- the author's own remark -->

Words.

<!-- question: own-one; rounds: 2 -->
<quiz>
Which?
- [x] This
- [ ] That
</quiz>

## How old is it?
<!-- step: minutes: 1.5 -->
<!-- predict: p95 freshness at the report; figure: consumers.report.freshness_s.p95 / 60; view: ?size=stream;
     unit: min; low: 0; high: 120 -->

## The diagram at rest
"""
)
BANK = {
    question.id: question
    for question in read_questions(
        FILES["quizzes/store.md"]
        + """
<!-- question: two-right -->
<quiz>
Which?
- [x] This
- [x] That
- [ ] No
</quiz>
<!-- question: a-number -->
<quiz>
It takes [[75 ± 5 min]].
</quiz>
<!-- question: a-word -->
<quiz>
It is a [[lake]].
</quiz>
<!-- question: two-numbers -->
<quiz>
Between [[7 ± 1]] and [[9 ± 1]].
</quiz>
<!-- question: a-click; kind: click -->
<quiz>
Where?
- [x] store
</quiz>
<!-- question: an-order; kind: order -->
<quiz>
In order?
- [x] one
- [x] two
</quiz>
<!-- question: a-match; kind: match -->
<quiz>
Which?
- [x] a → b
- [x] c → d
</quiz>
""",
        "quizzes/store.md",
        "store",
    )[0]
}


def read(text: str):
    document, faults = read_document(text, "talks/first.md")
    assert document is not None, faults
    return read_talk(document, "first", BANK, ["store", "orders"])


def told(body: str, minutes: float = 1) -> list[str]:
    """Each problem of a talk with this body, without the file: `line: what, mend`."""
    return [str(each).removeprefix("talks/first.md:") for each in read(HEAD.format(minutes=minutes) + body)[1]]


def test_a_talk_is_read_whole():
    talk, problems = read(GOOD)
    assert problems == ()
    assert (talk.id, talk.title, talk.summary, talk.minutes, talk.order) == ("first", "A talk", "One sentence.", 7, 2)
    assert talk.steps == (
        Step(
            headline="The store fills",
            view="?scenario=rush&stage=store&view=watch&moment=14400",
            plays=True,
            show=("diagram", "panel", "Freshness"),
            text="A sentence for the hall,\nover two lines.",
            points=("The first point", "the second, which goes on"),
            notes="Notes with **marks**.\n\n- and a list",
            minutes=1.5,
            ask=Ask("store-truth", 2),
            line=8,
        ),
        Step("Words alone", show=(), text="Words.", minutes=3, ask=Ask("own-one", 2), line=25),
        Step(
            "How old is it?",
            minutes=1.5,
            ask=Ask(
                predict=Prediction(
                    "p95 freshness at the report",
                    "consumers.report.freshness_s.p95 / 60",
                    "?size=stream",
                    "min",
                    0,
                    120,
                )
            ),
            line=38,
        ),
        Step("The diagram at rest", line=43),
    )
    assert [question.id for question in talk.questions] == ["own-one"]
    assert talk.steps[0].stage == "store"
    assert isinstance(hash(talk), int)


def test_the_plan_of_a_talk_adds_up_its_steps():
    talk, _ = read(GOOD)
    assert [talk.planned_s(step) for step in range(5)] == [0, 90, 270, 360, 420]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("", "7: a talk without steps"),
        ("Hello.\n\n## One", "7: text before the first step"),
        ("## ", "7: a step without a headline"),
        ("## " + "x" * 81, "7: a headline of 81 characters"),
        ("## One\n\n### Deeper", "9: a heading within a step"),
        ("## One\n\n```\ncode\n```", "9: a block of code for the hall"),
        ("## One\n\n" + "x" * 401, "7: a text of 401 characters"),
        ("## One\n\n- " + "x" * 161, "7: a point of 161 characters"),
        ("## One\n\n" + "- x\n" * 9, "7: 9 points"),
        ("## One\n\n> " + "x" * 4001, "7: notes of 4,001 characters"),
        ("## One\n<!-- step: veiw: ?size=stream -->", "8: unknown key 'veiw' in the step, did you mean view?"),
        ("## One\n<!-- step: minutes: 1;\nplays: perhaps -->", "9: `plays` is 'perhaps', write true or false"),
        ("## One\n<!-- step: minutes: long -->", "8: `minutes` is not a number"),
        ("## One\n<!-- step: minutes: 0 -->", "8: `minutes: 0` is out of range"),
        ("## One\n<!-- step: plays: yes; plays: no -->", "8: 'plays' twice in a comment"),
        ("## One\n<!-- step: view: https://evil.example -->", "8: the view 'https://evil.example'"),
        (
            "## One\n<!-- step: show: chart frehsness -->",
            "8: 'chart frehsness' cannot be shown, did you mean chart fresh",
        ),
        ("## One\n<!-- step: show: panel -->", "8: a panel, or a chart of one stage, and no stage in the view"),
        ("## One\n<!-- step: show: chart waiting -->", "8: a panel, or a chart of one stage, and no stage in the view"),
        ("## One\n<!-- step: plays: yes -->\n<!-- step: plays: no -->", "9: a second `step:` in one step"),
        ("## One\n<!-- stp: plays: yes -->", "8: a comment 'stp', did you mean step?"),
        ("## One\n<!-- ask: store-thrut -->", "8: no question is called 'store-thrut', did you mean store-truth?"),
        ("## One\n<!-- ask: store-truth; rounds: 3 -->", "8: `rounds: 3` is out of range"),
        ("## One\n<!-- ask: -->", "8: ask without `ask`"),
        ("## One\n<!-- ask: a-word -->", "8: a-word cannot be answered on a phone (blank)"),
        ("## One\n<!-- ask: two-numbers -->", "8: two-numbers cannot be answered on a phone (blank)"),
        ("## One\n<!-- ask: an-order -->", "8: an-order cannot be answered on a phone (order)"),
        ("## One\n<!-- ask: a-match -->", "8: a-match cannot be answered on a phone (match)"),
        ("## One\n<!-- ask: a-click -->\n<!-- ask: a-number -->", "9: a second question in one step"),
        ("## One\n<!-- predict: age -->", "8: predict without `figure`"),
        (
            "## One\n<!-- predict: age; figure: x; view: ?size=stream; low: 2; high: 1 -->",
            "8: a scale that ends before it begins",
        ),
        ("## One\n\n<quiz>\nWhich?\n- [ ] None\n</quiz>", "9: "),
        ("## One\n\n<quiz>\nWhich?\n- [x] This\n", "9: a <quiz> that is not closed"),
        (
            "## One\n\n<!-- question: q; kind: order -->\n<quiz>\nOrder?\n- [x] a\n- [x] b\n</quiz>",
            "10: q cannot be answ",
        ),
        (
            "## One\n\n<!-- question: q; rounds: 7 -->\n<quiz>\nW?\n- [x] a\n- [ ] b\n</quiz>",
            "10: '7' rounds, write 1 or 2",
        ),
        ("## One\n\n<!-- question: q; answer: 3 -->\n<quiz>\n[[3 ± 1]]\n</quiz>", "10: the question q is computed"),
        ("## One\n\n<b>bold</b>", "9: HTML in Markdown"),
        ("## One\n\n> <script>alert(1)</script>", "9: HTML in Markdown"),
        ("## One\n<!-- step: view: ?size=stream", "8: HTML in Markdown"),
        ("## One\n\n![](x.png)", "9: a picture"),
        ("## One\n\n[the lake](?stage=lake)", "9: a link to the unknown place"),
        ("## One\n" * 81, "87: 81 steps, keep them to 80"),
        ("## One\n<!-- step: minutes: 1.2 -->", "4: `minutes: 1`, and the steps take 1.2"),
    ],
)
def test_every_fault_is_told_with_its_line(body, fault):
    assert any(each.startswith(fault) for each in told(body)), told(body)


def test_front_matter_that_nobody_knows_or_that_is_missing_is_told():
    _, problems = read("---\ntitle: A talk\nlength: 3\n---\n## One\n")
    assert [each.what for each in problems] == [
        "front matter without `summary`",
        "front matter without `minutes`",
        "unknown key 'length' in the front matter",
    ]


def test_the_minutes_of_the_steps_may_be_a_tenth_out():
    assert told("## One\n<!-- step: minutes: 11 -->", 10) == []
    assert told("## One\n<!-- step: minutes: 9 -->", 10) == []


def test_a_remark_a_comment_over_lines_and_an_empty_step_are_no_faults():
    assert told("## One\n<!-- TODO: more -->\n<!-- note: on the side -->\n<!--\nstep:\n  minutes: 1\n-->\n") == []


@pytest.mark.parametrize(
    ("id", "can"),
    [
        ("store-truth", True),
        ("two-right", True),
        ("a-number", True),
        ("a-click", True),
        ("a-word", False),
        ("two-numbers", False),
        ("an-order", False),
        ("a-match", False),
    ],
)
def test_a_class_can_answer_choices_one_number_and_clicks(id, can):
    assert class_can_answer(BANK[id]) is can


def test_the_charts_of_talks_are_those_of_the_page():
    assert tuple(charts.CHARTS) == talks.CHARTS
    assert tuple(charts.STAGE_CHARTS) == talks.STAGE_CHARTS


PIECES = st.sampled_from(
    ["## ", "<!--", "-->", " step: ", "view:", "?size=stream", ";", "\n", "\n\n", "> ", "- ", "<quiz>", "</quiz>", "[",
     "```", "- [x] a", "[[1 ± 1]]", "ask: ", "predict: ", "question: q", "store-truth", "[@", "<b>", "\r", "\x00", "﻿"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_no_text_makes_the_reader_raise(text):
    talk, problems = read_talk(Document("talks/x.md", Node("a mapping", 1), text), "x", BANK)
    assert isinstance(talk, Talk)
    assert all(each.line >= 1 and each.what and each.mend for each in problems)


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
        ("## One\n<!-- step: view: ?size=lake -->", "7: Left out of the link: “size” with “lake”"),
        ("## One\n<!-- step: view: ?stage=attic; show: panel -->", "7: Left out of the link: “stage” with “attic”"),
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
    predict = course.talks[0].steps[0].ask.predict
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
    assert replace(step, ask=Ask("some-question")).drawn == ("Freshness",)
