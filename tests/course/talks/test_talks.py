"""Talks read from Markdown: a good one whole, a bad one with every fault at its line, any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle import charts
from lifecycle.course import talks
from lifecycle.course.talks import Prediction, Step, StepAsk, Talk, class_can_answer, read_talk
from lifecycle.documents import Document, Node, read_document
from tests.course.talks.talk_texts import BANK, GOOD

HEAD = "---\ntitle: A talk\nsummary: One sentence.\nminutes: {minutes}\norder: 2\n---\n"


def read(text: str):
    document, faults = read_document(text, "talks/first.md")
    assert document is not None, faults
    return read_talk(document, "first", BANK, ["store", "orders"])


def told(body: str, minutes: float = 1) -> list[str]:
    """Each problem of a talk with this body, without the file: `line: what, fix`."""
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
            ask=StepAsk("store-truth", 2),
            line=8,
            view_line=9,
        ),
        Step("Words alone", show=(), text="Words.", minutes=3, ask=StepAsk("own-one", 2), line=25, view_line=26),
        Step(
            "How old is it?",
            minutes=1.5,
            ask=StepAsk(
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
            view_line=39,
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
    assert all(each.line >= 1 and each.what and each.fix for each in problems)
