"""Other words that a blank accepts: read, marked, told and written again, on the page and everywhere else."""

import pytest

from lifecycle.course.quizzes.checking import check
from lifecycle.course.quizzes.kinds import kind_of
from lifecycle.course.quizzes.reading import as_dict, read_questions
from lifecycle.course.quizzes.resolving import right_answer
from lifecycle.outputs.question_formats import anki, gift, markdown, qti
from lifecycle.outputs.question_formats.qti_scoring import blank_fits
from tests.course.quizzes.mkdocs_quiz_reading import read as theirs
from tests.course.quizzes.quiz_blocks import block, read_one

ASKS = block("A sink [[asks]]<!-- or: polls, is asking --> and a source [[pushes]].", "", "---", "So.")


def told(text):
    return [(problem.line, problem.what) for problem in read_questions(text, "a.md", "lake")[1]]


def test_other_words_count_and_no_longer_stand_in_the_sentence():
    question = read_one(ASKS)
    assert question.stem == "A sink [[]] and a source [[]]."
    assert question.accepted == (("asks", "polls", "is asking"), ("pushes",))
    assert [check(question, [typed, "pushes"]).parts for typed in ("Asks", " POLLS", "is  asking", "reads")] == [
        (True, True),
        (True, True),
        (True, True),
        (False, True),
    ]
    assert not check(question, ["asks", "polls"]).right  # each blank has its own


def test_the_right_answer_names_them_and_json_holds_them():
    question = read_one(ASKS)
    assert right_answer(question, {}) == ("(1) asks (or polls, is asking)", "(2) pushes")
    assert as_dict(question)["also"] == [["polls", "is asking"], []]
    assert kind_of(question).fits(question, "(1) polls")
    assert not kind_of(question).fits(question, "(2) polls")


def test_as_many_words_count_as_an_author_lists():
    question = read_one(block("A sink [[asks]]<!-- or: polls, fetches, pulls, queries -->."))
    assert question.accepted == (("asks", "polls", "fetches", "pulls", "queries"),)
    assert check(question, ["queries"]).right


def test_mkdocs_quiz_reads_the_first_word_and_a_comment_that_shows_nothing():
    ((kind, stem, _, answers, _),) = theirs(ASKS)
    assert (kind, answers) == ("blank", ("asks", "pushes"))
    assert stem == "A sink [[]]<!-- or: polls, is asking --> and a source [[]]."


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (block("Ask", "[[it]] and <!-- or: them --> more"), (3, "other words for no blank")),
        (block("[[75 ± 5 min]]<!-- or: an hour -->"), (2, "[[75 ± 5 min]], other words for a number")),
        (block("[[it]]<!-- or: one,, two -->"), (2, "[[it]], an empty one among its other words, or one twice")),
        (block("[[it]]<!-- or: IT -->"), (2, "[[it]], an empty one among its other words, or one twice")),
        (block("[[it]]<!-- or: -->"), (2, "[[it]], an empty one among its other words, or one twice")),
    ],
)
def test_words_that_nobody_can_type_are_told(text, what):
    assert told(text) == [what]


def test_a_comment_in_code_is_code_and_another_comment_stays():
    question = read_one(block("[[it]]<!-- a note --> `<!-- or: them -->`"))
    assert question.stem == "[[]]<!-- a note --> `<!-- or: them -->`"
    assert question.accepted == (("it",),)


def test_many_unclosed_comments_are_read_in_linear_time():
    assert len(read_one(block("[[a]]<!-- or: " * 40)).answers) == 40
    told(block("[[a]]<!-- or: " * 100_000))


def test_every_export_takes_them():
    question = read_one(ASKS)
    written = {form.__name__.rpartition(".")[2]: form.export([question], ()) for form in (gift, qti, markdown)}
    assert b"=[plain]asks\n\t=[plain]polls\n\t=[plain]is asking\n" in written["gift"].files[""]
    (page,) = written["markdown"].files.values()
    assert b"[[asks]]<!-- or: polls, is asking -->" in page
    (again,) = read_questions(page.decode(), "", "")[0]
    assert again.accepted == question.accepted
    assert "asks (or polls, is asking); pushes" in anki.back(question, ())
    assert not [loss for form in written.values() for loss in form.losses if loss.whole]


def test_qti_scores_any_of_them():
    several, one = (blank_fits("R", texts, None) for texts in read_one(ASKS).accepted)
    assert (several.tag, [part.tag for part in several]) == ("or", ["stringMatch"] * 3)
    assert one.tag == "stringMatch"
