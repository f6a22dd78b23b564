"""Questions are told apart over a whole folder, and answers that were kept under an older id stay theirs."""

import dataclasses
import json
import re

import pytest

from lifecycle.__main__ import main
from lifecycle.course import check, folder_questions, load
from lifecycle.course.quizzes.aliases import new_ids, renewed, settled
from lifecycle.course.quizzes.questions import Question, QuestionKind
from lifecycle.course.quizzes.reading import read_questions
from lifecycle.learning.item_analysis.attempts import first_attempts
from lifecycle.learning.mastery import memory
from lifecycle.outputs.question_formats import anki
from lifecycle.storage import AnswerRow, Store
from tests.support.small_course import write_course

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
    assert [re.sub("[0-9a-f]{8}$", "", q.id) for q in questions] == ["a-index-", "b-index-", "c-page-", "index-"]
    assert len({question.id[-8:] for question in questions}) == 4
    assert questions[3].id == old_id(ASKED, "index")
    # what ids were before: of the file's name alone, then of the path's letters
    assert [question.aliases for question in questions] == [
        (old_id(ASKED, "a-index"),),
        (old_id(ASKED, "b-index"),),
        (old_id(OTHER, "page"), old_id(OTHER, "c-page")),
        (),
    ]


def test_places_that_differ_in_what_an_id_cannot_hold_have_ids_of_their_own(tmp_path):
    names = ["a/index", "a-index", "A Index", "a_index", "订单", "订货", "ä ü", "ö ß", "a/订单", "a/订货", "Ä", "ä"]
    folder = written(tmp_path, {f"{name}.md": ASKED + OTHER for name in names})
    questions, problems = folder_questions(folder)
    if len(list(folder.iterdir())) == len(names) - 2:
        assert [problem for problem in problems if "two questions" in problem.what] == []
        assert len({question.id for question in questions}) == 2 * len(names)
    again, _ = folder_questions(folder)
    assert [question.id for question in again] == [question.id for question in questions]
    by_place = {question.place: question for question in questions}
    assert by_place["a-index"].id == old_id(OTHER, "a-index")
    assert [by_place[place].aliases for place in names[:3]] == [
        (old_id(OTHER, "index"),),
        (),
        (),
    ]
    alone, _ = folder_questions(written(tmp_path / "alone", {"订单.md": ASKED}))
    assert alone[0].aliases == (old_id(ASKED, ""),)
    composed, parted = (read_questions(ASKED, "x.md", place)[0][0].id for place in ("\u00e4", "a\u0308"))
    assert composed[-8:] == parted[-8:]  # one file, whatever machine it lies on


def test_what_is_written_is_counted_of_all_that_the_folder_holds(tmp_path, capsys):
    files = {
        "a.md": LABELLED + "<quiz>\nNo option\n</quiz>\n",
        "b.md": LABELLED + ASKED + "<quiz>\nnever closed\n",
        "c.md": f"```\n{ASKED}```\n",
        "d.md": ASKED.replace("That", "Th\u202eat"),
    }
    out = tmp_path / "bank.txt"
    assert main(["questions", str(written(tmp_path / "pages", files)), "--as", "gift", "--out", str(out)]) == 1
    assert f"2 of 6 questions written to {out}" in capsys.readouterr().out


@pytest.mark.parametrize("sign", ["\u202e", "\x07", "\u2028", "\x1b", "x" * 20_001])
@pytest.mark.parametrize("nth", range(3))
def test_a_line_that_no_page_can_show_costs_its_own_question_alone(tmp_path, sign, nth):
    asked = [f"<!-- question: q{n} -->\n" + ASKED.replace("This", f"This {n}") for n in range(3)]
    kept = [f"q{n}" for n in range(3) if n != nth]
    for place in ("This", "Which", "</quiz>"):
        broken = asked[nth].replace(place, f"{sign} {place}" if place != "</quiz>" else f"{place} {sign}")
        if len(sign) > 1 and place == "</quiz>":
            continue  # the line is not read at all, and with it the end of the question
        files = {"a.md": "\n".join([*asked[:nth], broken, *asked[nth + 1 :]])}
        questions, (problem,) = folder_questions(written(tmp_path, files))
        assert [question.id for question in questions] == kept
        assert sign in files["a.md"].split("\n")[problem.line - 1].split("\r")[0] or len(sign) > 1
        assert re.search(r"control character U\+|a line of 20,0", problem.what)
    questions, (problem,) = folder_questions(written(tmp_path, {"a.md": f"Read {sign} this.\n\n{''.join(asked)}"}))
    assert ([question.id for question in questions], problem.line) == (["q0", "q1", "q2"], 1)


@pytest.mark.parametrize(
    "files",
    [
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
    assert "<!-- question:" in problem.fix
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
    assert {question.id for question in folder_questions(folder)[0]} == {
        question.id for question in course.all_questions
    }
    assert {question.place for question in course.questions} == {"store", "lifecycle"}
    assert course.question(asked.id) is asked  # the old id of the talk's question is this one's: it means this one


def test_an_old_id_that_means_one_question_finds_it(tmp_path):
    talk = f"---\ntitle: T\nsummary: One sentence.\nminutes: 1\n---\n\n## One\n\n{ASKED}"
    course = load(write_course(tmp_path, {"talks/rush.md": talk}))
    assert course.question(old_id(ASKED, "rush")) is course.talks[0].questions[0]


def test_an_old_id_that_two_questions_claim_is_nobody_s():
    one, two = (
        Question("a-x", "a/x", QuestionKind.SINGLE, "Q", aliases=("x",)),
        Question("b-x", "b/x", QuestionKind.SINGLE, "Q", aliases=("x",)),
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
        store.add_answer(f"s{n}", f"learner-{n}", AnswerRow("index", old[0], True, "[0]"))
        store.add_answer(f"t{n}", f"learner-{n}", AnswerRow("b/other", questions[1].id, False, "[1]"))
    rows = tuple(renewed(store.answers("learner-1"), new_ids(questions)))
    assert [row.question for row in rows] == [question.id for question in questions]
    assert set(memory.memories(rows, 1_700_000_100.0)) == {question.id for question in questions}
    attempts = first_attempts(questions, store.everyone())
    assert attempts.right.tolist() == [[1.0, 0.0]] * 6
    assert attempts.stale == 0


def test_a_card_made_of_an_old_id_stays_that_card(tmp_path):
    (question,), _ = folder_questions(written(tmp_path, {"a/index.md": ASKED}))
    assert question.id != old_id(ASKED, "index")
    assert anki.guid(question) == anki.guid(Question(old_id(ASKED, "index"), "index", QuestionKind.SINGLE, "Q"))


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
