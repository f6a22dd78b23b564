"""Questions are told apart over a whole folder, and answers that were kept under an older id stay theirs."""

import dataclasses
import json

import pytest
from small_course import write_course

from lifecycle.__main__ import main
from lifecycle.course import check, folder_questions, load
from lifecycle.exports import anki
from lifecycle.item_analysis.attempts import first_attempts
from lifecycle.mastery import memory
from lifecycle.quizzes.aliases import new_ids, renewed, settled
from lifecycle.quizzes.questions import Question
from lifecycle.quizzes.reading import read_questions
from lifecycle.storage import Store

ASKED = "<quiz>\nWhich one?\n- [x] This\n- [ ] That\n</quiz>\n"
OTHER = ASKED.replace("Which", "What")
LABELLED = "<!-- question: mine -->\n" + ASKED


def written(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def old_id(text, stem):
    """What a question's id was made of before: the name of its file alone."""
    return read_questions(text, "x.md", stem)[0][0].id


def test_two_files_of_one_name_have_places_and_ids_of_their_paths(tmp_path):
    files = {"a/index.md": ASKED, "b/index.md": ASKED, "index.md": ASKED, "c/page.md": OTHER}
    questions, problems = folder_questions(written(tmp_path, files))
    assert problems == ()
    assert [question.place for question in questions] == ["a/index", "b/index", "c/page", "index"]
    digest = old_id(ASKED, "index").removeprefix("index-")
    assert [q.id for q in questions[:2]] == [f"a-index-{digest}", f"b-index-{digest}"]
    assert questions[3].id == old_id(ASKED, "index")
    assert [question.aliases for question in questions] == [(), (), (old_id(OTHER, "page"),), ()]


@pytest.mark.parametrize(
    "files",
    [
        {"a/b.md": ASKED, "a-b.md": ASKED},  # one only after their paths were made an id
        {"a/x.md": LABELLED, "b/x.md": LABELLED},
        {"a/x.md": LABELLED, "b/y.md": OTHER + LABELLED},
    ],
)
def test_twins_are_told_with_both_places_and_how_to_put_it_right(tmp_path, capsys, files):
    questions, (problem,) = folder_questions(written(tmp_path, files))
    assert len({question.id for question in questions}) == len(questions)
    first = next(question for question in questions if question.id in problem.what)
    assert f"(also {first.file}:{first.line})" in problem.what
    assert problem.file != first.file
    assert "<!-- question:" in problem.mend
    assert main(["questions", str(tmp_path), "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)) == len(questions)


def test_names_that_other_machines_take_for_one_are_told(tmp_path):
    files = {"a/Index.md": ASKED, "a/index.md": OTHER, "b/übung.md": ASKED, "b/u\u0308bung.md": OTHER}
    written(tmp_path, files)
    if len(list((tmp_path / "a").iterdir())) < 2:
        pytest.skip("this file system takes them for one")
    _, problems = folder_questions(tmp_path)
    assert [problem.file for problem in problems] == ["a/index.md", "b/übung.md"]
    assert "a/Index.md" in problems[0].what


def test_a_course_keeps_its_ids_and_a_question_of_a_talk_has_its_own(tmp_path):
    talk = f"---\ntitle: T\nsummary: One sentence.\nminutes: 1\n---\n\n## One\n\n{ASKED}"
    folder = write_course(tmp_path, {"quizzes/store.md": ASKED, "talks/store.md": talk})
    assert check(folder) == ()
    course = load(folder)
    (own,), (asked,) = course.talks[0].questions, course.places["store"].questions
    assert asked.id == old_id(ASKED, "store")
    assert own.id.startswith("talks-store-")
    assert {question.id for question in folder_questions(folder)[0]} == {question.id for question in course.asked}
    assert {question.place for question in course.questions} == {"store", "lifecycle"}
    assert course.question(asked.id) is asked  # the old id of the talk's question is this one's: it means this one


def test_an_old_id_that_means_one_question_finds_it(tmp_path):
    talk = f"---\ntitle: T\nsummary: One sentence.\nminutes: 1\n---\n\n## One\n\n{ASKED}"
    course = load(write_course(tmp_path, {"talks/rush.md": talk}))
    assert course.question(old_id(ASKED, "rush")) is course.talks[0].questions[0]


def test_an_old_id_that_two_questions_claim_is_nobody_s():
    one, two = (
        Question("a-x", "a/x", "single", "Q", aliases=("x",)),
        Question("b-x", "b/x", "single", "Q", aliases=("x",)),
    )
    assert [question.aliases for question in settled((one, two))] == [(), ()]
    assert new_ids((one, dataclasses.replace(two, id="x", aliases=()))) == {}
    assert new_ids((one,)) == {"x": "a-x"}


def test_answers_that_were_saved_under_old_ids_count_on(tmp_path):
    """As rows of the store, in progress, in reviews and in the analysis of items."""
    questions, _ = folder_questions(written(tmp_path / "pages", {"a/index.md": ASKED, "b/other.md": OTHER}))
    old = [old_id(ASKED, "index"), old_id(OTHER, "other")]
    assert not set(old) & {question.id for question in questions}
    store = Store(tmp_path / "kept.db", now=lambda: 1_700_000_000.0)
    for n in range(6):
        store.add_answer(f"s{n}", f"learner-{n}", "index", old[0], True, "[0]")
        store.add_answer(f"t{n}", f"learner-{n}", "b/other", questions[1].id, False, "[1]")
    rows = tuple(renewed(store.answers("learner-1"), questions))
    assert [row.question for row in rows] == [question.id for question in questions]
    assert set(memory.memories(rows, 1_700_000_100.0)) == {question.id for question in questions}
    attempts = first_attempts(questions, store.everyone())
    assert attempts.right.tolist() == [[1.0, 0.0]] * 6
    assert attempts.stale == 0


def test_a_card_made_of_an_old_id_stays_that_card(tmp_path):
    (question,), _ = folder_questions(written(tmp_path, {"a/index.md": ASKED}))
    assert question.id != old_id(ASKED, "index")
    assert anki.guid(question) == anki.guid(Question(old_id(ASKED, "index"), "index", "single", "Q"))


def test_a_long_path_keeps_an_id_that_is_one():
    place = "/".join(["a long folder name"] * 12) + "/page"
    (question,), problems = read_questions(ASKED, "x.md", place)
    assert problems == ()
    assert len(question.id) < 100
    again, _ = read_questions(f"<!-- question: {question.id} -->\n{ASKED}", "x.md", place)
    assert again[0].id == question.id


def test_a_file_that_is_no_markdown_is_told(tmp_path):
    questions, (problem,) = folder_questions(written(tmp_path, {"a.md~": ASKED}) / "a.md~")
    assert questions == ()
    assert problem.what == "no file of Markdown"
