"""The reader of files, YAML, front matter and Markdown: every danger is refused with its true line."""

import os
import time
from pathlib import Path

import pytest

from lifecycle.documents import (
    Document,
    Folder,
    Problem,
    in_order,
    instead,
    read_document,
    read_loose,
    shown,
)
from lifecycle.documents.folder import MAX_FILES, MAX_LINE_CHARACTERS, TEXT_LIMIT_BYTES


def only(problems):
    assert len(problems) == 1, problems
    return problems[0]


# --- problems


def test_a_problem_reads_as_file_line_what_comma_fix():
    assert str(Problem("stages/lake.md", 3, "HTML in `title`", "write plain text")) == (
        "stages/lake.md:3: HTML in `title`, write plain text"
    )


def test_problems_are_sorted_by_file_and_line_and_each_stands_once():
    late, early, other = Problem("b", 1, "x", "y"), Problem("a", 9, "x", "y"), Problem("a", 10, "x", "y")
    assert in_order([late, other, early, late]) == (early, other, late)


def test_a_shown_value_is_short_on_one_line_and_harmless_to_a_terminal():
    text = shown("\x1b[31mred\n" + "x" * 10_000)
    assert "\x1b" not in text
    assert "\n" not in text
    assert len(text) < 80


def test_a_fix_names_the_nearest_word_or_all_that_are_allowed():
    assert instead("warehose", ["lake", "warehouse"]) == "did you mean warehouse?"
    assert instead("zzz", ["lake", "warehouse"]) == "use one of: lake, warehouse"
    assert instead("zzz", [f"x{n}" for n in range(100)]).endswith("and 88 more")


# --- front matter


def test_a_document_knows_the_lines_of_its_keys_and_of_its_body():
    document, problems = read_document("---\ntitle: Lake\norder: 2\n---\n\n## What\n", "stages/lake.md")
    assert not problems
    assert document is not None
    assert document.meta == {"title": "Lake", "order": 2}
    assert document.lines == {"title": 2, "order": 3}
    assert document.body == "\n## What\n"
    assert document.body_line == 5


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "no front matter"),
        ("# Title\n", "no front matter"),
        ("---\ntitle: x\n", "not closed"),
        ("----\n", "no front"),
    ],
)
def test_front_matter_missing_or_unclosed_is_reported(text, word):
    document, problems = read_document(text, "a.md")
    assert document is None
    assert word in only(problems).what


def test_front_matter_with_bad_yaml_is_reported_at_the_line_of_the_file():
    document, problems = read_document("---\ntitle: a\nb: *x\n---\n", "a.md")
    assert document is None
    assert only(problems).line == 3


def test_huge_front_matter_is_refused():
    document, problems = read_document("---\n" + "a: b\n" * 10_000 + "---\n", "a.md")
    assert document is None
    assert "front matter of" in only(problems).what


def test_loose_reading_keeps_the_body_whatever_the_front_matter_is():
    assert read_loose("plain", "a.md")[0].body == "plain"
    document, problems = read_loose("---\na: *x\n---\nbody", "a.md")
    assert (document.body, document.body_line) == ("body", 4)
    assert only(problems).line == 2
    assert isinstance(document, Document)


# --- files


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path: Path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n")
    folder = Folder(tmp_path)
    assert folder.text("a.md") == "---\ntitle: x\n---\n"
    assert not folder.problems


@pytest.mark.parametrize(
    ("data", "line", "word"),
    [
        (b"one\ntwo\nthr\xe9e\n", 3, "0xe9"),
        (b"one\r\ntwo\r\n\xff\r\n", 3, "0xff"),
        ("text".encode("utf-16"), 1, "UTF-16"),
        (b"one\ntwo \x00\n", 2, "U+0000"),
        ("one\n\u202etwo".encode(), 2, "U+202E"),
        (b"a\n" + b"x" * (MAX_LINE_CHARACTERS + 1), 2, "a line of"),
    ],
)
def test_what_is_not_plain_utf_8_text_is_refused_at_its_line(tmp_path: Path, data, line, word):
    (tmp_path / "a.md").write_bytes(data)
    folder = Folder(tmp_path)
    assert folder.text("a.md") is None
    assert only(folder.problems).line == line
    assert word in only(folder.problems).what


def test_a_file_of_50_mb_is_refused_without_being_read(tmp_path: Path):
    with (tmp_path / "a.md").open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    folder = Folder(tmp_path)
    begun = time.perf_counter()
    assert folder.text("a.md") is None
    assert time.perf_counter() - begun < 0.1
    assert "52,428,800 bytes" in only(folder.problems).what


def test_a_file_just_within_the_limit_is_read(tmp_path: Path):
    (tmp_path / "a.md").write_text("x\n" * (TEXT_LIMIT_BYTES // 2))
    assert Folder(tmp_path).text("a.md") is not None


def test_more_files_than_a_course_has_are_refused(tmp_path: Path):
    for number in range(MAX_FILES + 1):
        (tmp_path / f"{number}.md").touch()
    folder = Folder(tmp_path)
    assert len(folder.files()) == MAX_FILES
    assert "more than" in only(folder.problems).what


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_symbolic_links_are_refused_wherever_they_lead(tmp_path: Path):
    content = tmp_path / "content"
    (content / "stages").mkdir(parents=True)
    (tmp_path / "secret.md").write_text("secret")
    (content / "stages" / "lake.md").symlink_to(tmp_path / "secret.md")
    (content / "round").symlink_to(content)
    folder = Folder(content)
    assert folder.files() == ()
    assert [(p.file, p.what) for p in folder.problems] == [
        ("round", "a symbolic link"),
        ("stages/lake.md", "a symbolic link"),
    ]
    assert folder.text("stages/lake.md") is None
    assert folder.text("../secret.md") is None
    (content / "within.md").write_text("x")
    (content / "again.md").symlink_to(content / "within.md")
    assert folder.text("within.md") == "x"
    assert folder.text("again.md") is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_named_pipe_is_refused_and_never_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "a.md")
    folder = Folder(tmp_path)
    assert folder.text("a.md") is None
    assert "not a regular file" in only(folder.problems).what


@pytest.mark.parametrize(("name", "word"), [("gone", "no such folder"), ("file", "a file, not a folder")])
def test_a_folder_that_is_missing_or_a_file_is_one_problem(tmp_path: Path, name, word):
    (tmp_path / "file").write_text("x")
    folder = Folder(tmp_path / name)
    assert folder.files() == ()
    assert word in only(folder.problems).what
    assert name in only(folder.problems).what


def test_without_permission_the_problem_says_so(tmp_path: Path, monkeypatch):
    (tmp_path / "a.md").write_text("x")

    def deny(self, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    folder = Folder(tmp_path)
    assert folder.text("a.md") is None
    assert "no permission" in only(folder.problems).what
