"""`questions`: what is printed of a folder's questions."""

import json
from pathlib import Path

from lifecycle.__main__ import main
from tests.support.small_course import QUIZ

# --- questions


def test_questions_as_json_carry_all_that_was_written(tmp_path: Path, capsys):
    (tmp_path / "intro.md").write_text("---\nquiz: {enabled: true}\n---\n\n# Hello\n\n" + QUIZ.format(place="x"))
    assert main(["questions", str(tmp_path), "--json"]) == 0
    (question,) = json.loads(capsys.readouterr().out)
    assert question["id"] == "x-truth"
    assert question["place"] == "intro"
    assert question["kind"] == "single"
    assert question["stem"] == "Which one?"
    assert question["explanation"] == "Because."
    assert question["options"] == [
        {"text": "This one", "right": True, "feedback": "Yes."},
        {"text": "That one", "right": False, "feedback": "Tempting, but no."},
    ]


def test_questions_for_people_show_the_stem_and_mark_what_is_right(tmp_path: Path, capsys):
    (tmp_path / "intro.md").write_text(QUIZ.format(place="x"))
    assert main(["questions", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "Which one?" in text
    assert "[x] This one" in text
    assert "[ ] That one" in text


def test_the_good_questions_are_printed_beside_the_problems(tmp_path: Path, capsys):
    (tmp_path / "good.md").write_text(QUIZ.format(place="good"))
    (tmp_path / "bad.md").write_text("<quiz>\nNo end\n- [x] a\n")
    assert main(["questions", str(tmp_path), "--json"]) == 1
    printed = capsys.readouterr()
    assert [question["id"] for question in json.loads(printed.out)] == ["good-truth"]
    assert printed.err.startswith("bad.md:1: ")


def test_one_file_may_be_named_and_a_missing_one_is_said(tmp_path: Path, capsys):
    (tmp_path / "good.md").write_text(QUIZ.format(place="good"))
    assert main(["questions", str(tmp_path / "good.md"), "--json"]) == 0
    assert main(["questions", str(tmp_path / "gone"), "--json"]) == 1
    printed = capsys.readouterr()
    assert "no such folder" in printed.err
