"""`questions --as`: what is written, and what a terminal reads of it."""

import re

import pytest

from lifecycle.__main__ import main
from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.outputs.question_formats import FORMATS
from tests.outputs import gift_reading
from tests.outputs.bank_page import PAGE, QUESTIONS
from tests.support.small_course import QUIZ, write_course

COURSE = load(SHIPPED)
BY_ID = {question.id: question for question in QUESTIONS}


# --- the command


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_the_bank_and_tells_what_was_lost(tmp_path, capsys, form):
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8")
    out = tmp_path / "made" / "bank.file"
    assert main(["questions", str(tmp_path / "a.md"), "--as", form, "--out", str(out)]) == 0
    told = capsys.readouterr().out
    written = 7 if form == "gift" else 8  # outside a course a flow of one option is no choice
    assert told.startswith(f"{written} of 8 questions written to {out}\n")
    assert out.stat().st_size > 1000
    assert ("What markdown does not hold" in told) is False
    if form == "gift":
        assert "LEFT OUT: a choice without a wrong option" in told
        assert f"a.md:{BY_ID['flow'].line}: flow" in told


def test_a_terminal_reads_counts_and_the_summary_last_and_the_list_where_it_is_asked_for(tmp_path, capsys):
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8")
    out, losses = tmp_path / "bank.txt", tmp_path / "lost" / "losses.txt"
    call = ["questions", str(tmp_path / "a.md"), "--as", "gift", "--out", str(out)]
    assert main(call) == 0
    brief = capsys.readouterr().out.splitlines()
    assert brief[-1] == brief[0] == f"7 of 8 questions written to {out}"
    kinds = [line for line in brief if line.startswith("- ")]
    assert kinds
    assert all(re.search(r"\(\d+\):?$", line) for line in kinds)
    named = [line for line in brief if line.startswith("    ")]
    assert named == [f"    a.md:{BY_ID['flow'].line}: flow"]  # the one that is missing altogether
    assert main([*call, "--verbose"]) == 0
    every = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("    ") for line in every) > len(named)
    assert every[-1] == brief[0]
    assert main([*call, "--losses", str(losses)]) == 0
    assert str(losses) in capsys.readouterr().out
    listed = [line for line in every if line.startswith(("- ", "    "))]
    assert losses.read_text().splitlines() == listed


def test_check_and_export_say_why_they_count_differently(tmp_path, capsys):
    own = len(COURSE.all_questions) - len(COURSE.questions)
    assert own
    assert main(["check"]) == 0
    told = capsys.readouterr().out
    assert f"{len(COURSE.questions)} questions" in told
    assert f"{own} more questions stand in talks and lessons" in told
    assert main(["questions", "--as", "gift", "--out", str(tmp_path / "q.txt")]) == 0
    every = len(COURSE.questions) + own
    told = capsys.readouterr().out
    assert f"of {every} questions written" in told
    assert f"{every - own} of them are the course's own, as `check` counts them, {own} stand in its talks and" in told


def test_markdown_goes_into_a_folder_a_file_a_place(tmp_path, capsys):
    write_course(tmp_path / "course")
    assert main(["questions", str(tmp_path / "course"), "--as", "markdown", "--out", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["lifecycle.md", "store.md"]
    capsys.readouterr()
    assert main(["questions", str(tmp_path / "out")]) == 0
    assert "store / store-truth (single)" in capsys.readouterr().out


def test_in_a_course_a_click_may_be_answered_with_every_place(tmp_path, capsys):
    asked = "<!-- question: c; kind: click -->\n<quiz>\nWhere?\n- [x] copy\n</quiz>\n"
    write_course(tmp_path / "course", {"quizzes/store.md": QUIZ.format(place="store") + "\n" + asked})
    out = tmp_path / "q.txt"
    assert main(["questions", str(tmp_path / "course"), "--as", "gift", "--out", str(out)]) == 0
    read = gift_reading.read(out.read_text(encoding="utf-8"))
    assert [a.text for a in read[-1].answers] == ["Nightly copy", "Orders", "Store", "Report", "Access"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--as", "gift"], "--as and --out go together"),
        (["--out", "x"], "--as and --out go together"),
        (["--as", "gift", "--out", "x", "--json"], "ask for one"),
        (["--verbose"], "they go with --as"),
        (["--as", "gift", "--out", "."], "cannot write"),
    ],
)
def test_a_wrong_call_of_the_export_is_one_line(tmp_path, capsys, options, words):
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8")
    assert main(["questions", str(tmp_path), *options]) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert len(printed.err.splitlines()) == 1
