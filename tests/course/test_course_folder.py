"""What may lie in a course's folder, and what is refused unread."""

import os
import time
from pathlib import Path

import pytest

from lifecycle.course import check, content_folder, folder_questions
from lifecycle.installed import Setting
from lifecycle.ui.session import served
from tests.support.small_course import QUIZ, STAGE, write_course


def only(problems):
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def test_hidden_files_and_the_readme_are_left_alone(tmp_path: Path):
    write_course(tmp_path)
    (tmp_path / "README.md").write_text("<b>for authors</b>")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x").write_bytes(b"\xff")
    assert check(tmp_path) == ()


LEFTOVERS = [
    "orders.md~", ".#orders.md", "#orders.md#", ".orders.md.swp", "orders.md.swp", ".DS_Store", "Thumbs.db",
    "thumbs.db", "desktop.ini", "orders.md.bak", "orders.md.orig", "orders.md.rej", "orders.md.tmp", "._orders.md",
    "orders.md___jb_tmp___", "~$orders.md", "Icon\r", "ORDERS.MD.BAK",
]  # fmt: skip


@pytest.mark.parametrize("name", LEFTOVERS)
def test_what_editors_leave_behind_is_passed_over(tmp_path: Path, name):
    write_course(tmp_path)
    for folder in (".", "stages", "quizzes", "scenarios", "transfers", "traces"):
        (tmp_path / folder / name).write_bytes(b"\xff <quiz> half a save")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "a.md").write_text("x")
    assert check(tmp_path) == ()
    questions, problems = folder_questions(tmp_path)
    assert (len(questions), problems) == (2, ())


@pytest.mark.parametrize("name", ["node_modules", ".venv", ".git", "__pycache__", ".obsidian", "Node_Modules"])
def test_what_programs_put_into_a_folder_is_no_content_and_no_edit(tmp_path: Path, name):
    write_course(tmp_path)
    before = served._fingerprint(tmp_path)
    for within in (".", "stages", "quizzes"):
        here = tmp_path / within / name / "deep"
        here.mkdir(parents=True)
        (here / "r.md").write_text("<quiz>\nNot ours?\n- [x] Yes\n- [ ] No\n</quiz>\n")
    assert check(tmp_path) == ()
    questions, problems = folder_questions(tmp_path)
    assert (len(questions), problems) == (2, ())
    assert served._fingerprint(tmp_path) == before
    (tmp_path / "stages" / "store.md").write_text("changed")
    assert served._fingerprint(tmp_path) != before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_the_lock_that_emacs_leaves_is_a_link_and_passed_over(tmp_path: Path):
    write_course(tmp_path)
    (tmp_path / "stages" / ".#store.md").symlink_to("ada@desk.4711:1700000000")
    assert check(tmp_path) == ()


@pytest.mark.parametrize("name", ["orders (copy).md", "orders copy.md", "orders.md.txt", "orders.old", "~orders.md"])
def test_what_somebody_may_have_meant_is_told(tmp_path: Path, name):
    write_course(tmp_path)
    (tmp_path / "stages" / name).write_text(STAGE.format(title="X"))
    assert only(check(tmp_path)).file == f"stages/{name}"


def test_the_content_folder_is_that_of_the_environment_or_the_one_shipped(monkeypatch):
    monkeypatch.setenv(Setting.CONTENT, "/some/where")
    assert content_folder() == Path("/some/where")
    monkeypatch.setenv(Setting.CONTENT, " ")
    assert (content_folder() / "pipeline.yaml").is_file()


# --- the folder


@pytest.mark.parametrize(("name", "word"), [("gone", "no such folder"), ("pipeline.yaml", "a file, not a folder")])
def test_a_folder_that_is_not_there_or_a_file_is_one_problem(tmp_path: Path, name, word):
    write_course(tmp_path)
    assert word in only(check(tmp_path / name)).what


def test_an_empty_folder_lacks_its_pipeline(tmp_path: Path):
    problem = only(check(tmp_path))
    assert (problem.file, problem.line, problem.what) == ("pipeline.yaml", 1, "missing file")


def test_a_missing_explanation_is_reported_by_its_name(tmp_path: Path):
    problem = only(check(write_course(tmp_path, {"stages/store.md": None})))
    assert (problem.file, problem.what) == ("stages/store.md", "missing file")


def test_ten_thousand_files_are_one_problem_and_soon_found(tmp_path: Path):
    write_course(tmp_path)
    for number in range(10_000):
        (tmp_path / "stages" / f"x{number}.md").touch()
    begun = time.perf_counter()
    assert "more than 8,000 files" in only(check(tmp_path)).what
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("name", ["pipeline.yaml", "stages/store.md", "quizzes/store.md", "scenarios/rush.md"])
def test_a_file_of_50_mb_is_refused_wherever_it_lies(tmp_path: Path, name):
    write_course(tmp_path)
    with (tmp_path / name).open("r+b") as stream:
        stream.truncate(50 * 1024 * 1024)
    begun = time.perf_counter()
    problem = only(check(tmp_path))
    assert time.perf_counter() - begun < 2
    assert problem.file == name
    assert "too large" in problem.what


def test_a_trace_of_50_mb_is_refused_too(tmp_path: Path):
    write_course(tmp_path)
    with (tmp_path / "traces" / "flights.csv").open("r+b") as stream:
        stream.truncate(50 * 1024 * 1024)
    assert "too large" in only(check(tmp_path)).what


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path):
    content = write_course(tmp_path / "content", {"stages/store.md": None})
    (tmp_path / "outside.md").write_text(STAGE.format(title="Outside"))
    (content / "stages" / "store.md").symlink_to(tmp_path / "outside.md")
    problems = check(content)
    assert {problem.file for problem in problems} == {"stages/store.md"}
    assert any(problem.what == "a symbolic link" for problem in problems)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_folder_outside_is_refused(tmp_path: Path):
    content = write_course(tmp_path / "content", {"quizzes/store.md": None, "quizzes/lifecycle.md": None})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "store.md").write_text(QUIZ.format(place="outside"))
    (content / "quizzes").symlink_to(tmp_path / "outside")
    assert only(check(content)).what == "a symbolic link"


@pytest.mark.parametrize(
    ("name", "word", "fix"),
    [
        ("stages/stroe.md", "no stage or undercurrent stroe", "did you mean store?"),
        ("quizzes/stroe.md", "no stage or undercurrent stroe", "did you mean store?"),
        ("stages/Bad Name.md", "is not an id", "lower-case"),
        ("stages/store.txt", "nothing reads", "stages/<id>.md"),
        ("stages/deep/store.md", "nothing reads", "stages/<id>.md"),
        ("stage/store.md", "unknown folder 'stage'", "did you mean stages?"),
        ("pipline.yaml", "nothing reads", "did you mean pipeline.yaml?"),
        ("transfers/pull-btach.md", "no transfer is called pull-btach", "did you mean pull-batch?"),
    ],
)
def test_a_file_that_nothing_reads_is_reported(tmp_path: Path, name, word, fix):
    write_course(tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(QUIZ.format(place="other") if "quiz" in name else STAGE.format(title="X"))
    problem = only(check(tmp_path))
    assert problem.file == name
    assert word in problem.what
    assert fix in problem.fix


def test_a_file_name_with_a_line_break_is_shown_on_one_line(tmp_path: Path):
    write_course(tmp_path)
    (tmp_path / "stages" / "a\nb:1: forged.md").write_text("x")
    assert "\n" not in str(only(check(tmp_path)))
