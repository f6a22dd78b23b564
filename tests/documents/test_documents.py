"""The reader of files, YAML, front matter and Markdown: every danger is refused with its true line."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.documents import (
    Document,
    Fields,
    Folder,
    Problem,
    has_half,
    in_order,
    instead,
    link_fault,
    lone_half,
    markup_problems,
    name_fault,
    read_document,
    read_loose,
    read_yaml,
    sections,
    shown,
)
from lifecycle.documents.folder import MAX_FILES, MAX_LINE_CHARACTERS, TEXT_LIMIT_BYTES


def only(problems):
    assert len(problems) == 1, problems
    return problems[0]


def refused(yaml_text: str) -> Problem:
    root, problems = read_yaml(yaml_text, "p.yaml")
    assert root is None
    return only(problems)


def fields_of(yaml_text: str):
    root, faults = read_yaml(yaml_text, "p.yaml")
    assert root is not None
    assert not faults
    problems: list[Problem] = []
    return Fields(root, "p.yaml", problems, "stage"), problems


# --- problems


def test_a_problem_reads_as_file_line_what_comma_mend():
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


def test_a_mend_names_the_nearest_word_or_all_that_are_allowed():
    assert instead("warehose", ["lake", "warehouse"]) == "did you mean warehouse?"
    assert instead("zzz", ["lake", "warehouse"]) == "use one of: lake, warehouse"
    assert instead("zzz", [f"x{n}" for n in range(100)]).endswith("and 88 more")


# --- YAML


def test_plain_yaml_is_read_with_the_line_of_every_value():
    root, problems = read_yaml("a: 1\nb:\n  - x\n  - {c: true, d: 2.5}\n", "p.yaml", first_line=10)
    assert not problems
    assert root is not None
    assert root.plain == {"a": 1, "b": ["x", {"c": True, "d": 2.5}]}
    b = dict(root.pairs)["b"]
    assert [item.line for item in b.items] == [12, 13]
    assert root.key_lines == (10, 11)


@given(st.text(max_size=30), st.text(max_size=5))
def test_whatever_json_writes_is_read_as_the_same_text_in_values_and_keys(text, key):
    root, problems = read_yaml(json.dumps({key: [text, {"label": text}]}), "p.yaml")
    assert problems == ()
    assert root.plain == {key: [text, {"label": text}]}


def test_front_matter_joins_the_halves_of_a_character_too():
    document, problems = read_document('---\ntitle: "Orders \\ud83d\\uded2"\n---\n', "a.md")
    assert problems == ()
    assert document.meta == {"title": "Orders 🛒"}
    assert read_document('---\na: 1\ntitle: "\\ud83d"\n---\n', "a.md")[1][0].line == 3


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (r'["\ud83d\ude00"]', None),
        (json.dumps("🛒 é \\ud83d"), None),
        ('[1,\n"\\ud83d"]', (1, "\\ud83d")),
        ('["\\ud83d\\ud83d\\uded2"]', (0, "\\ud83d")),
        ('["\\ud83d\\uded2",\n\n"a \\uDED2"]', (2, "\\uDED2")),
    ],
)
def test_a_lone_half_is_found_with_its_line(source, found):
    assert lone_half(source) == found
    assert has_half(json.loads(source)) is (found is not None)


def test_an_empty_file_is_nothing_and_no_fault():
    root, problems = read_yaml("# only a comment\n", "p.yaml")
    assert root is not None
    assert root.kind == "nothing"
    assert not problems


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb:\n\t- x\n", 3, "tab"),
        ("a: 1\nb: &x 2\n", 2, "anchor"),
        ("a: 1\nb: *x\n", 2, "anchor"),
        ("a: 1\nb: !!python/object/apply:os.system ['true']\n", 2, "tag"),
        ("a: 1\nb: !mine 2\n", 2, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second YAML document"),
        ("a: 1\n? [x]\n: 2\n", 2, "as a key"),
        ("a: [1, 2\nb: 3\n", 2, "not YAML"),
        ("a: 1\n b: 3\n", 2, "a colon where"),
        ("a: 'open\n", 2, "not YAML"),
        ("title: x\nsummary: One thing: another\n", 2, "a colon where"),
        ("[" * 10_000, 1, "nested more than"),
        ("a: " + "{x: " * 40, 1, "nested more than"),
        ("- x\n" * 20_001, 20_000, "more than 20,000 values"),
        ('a: 1\nb: "\\ud83d"\n', 2, "\\ud83d is half a character"),
        ('a: "\\ud83d\\uded2\n\n  \\uded2\\ud83d"\n', 3, "\\uded2 is half a character"),
        ('a: 1\n"\\udc00": 1\n', 2, "\\udc00 is half a character"),
        ('a: 1\nb: "\\U0000d83d"\n', 2, "half a character"),
        ('a: 1\nb: "\\UFFFFFFFF"\n', 2, "names no character"),
        ('a: 1\nb: "\\U00110000"\n', 2, "names no character"),
    ],
)
def test_dangerous_or_broken_yaml_is_refused_at_its_line(text, line, word):
    problem = refused(text)
    assert word in problem.what
    assert problem.line == line
    assert problem.mend


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor():
    bomb = 'a: &a ["x","x"]\n' + "".join(
        f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refused(bomb).line == 1


def test_a_duplicate_key_is_reported_with_both_lines():
    root, problems = read_yaml("title: a\nzone: b\ntitle: c\n", "p.yaml")
    assert root is not None
    assert root.plain["title"] == "a"
    assert only(problems).line == 3
    assert "line 1" in only(problems).what


def test_a_key_that_yaml_reads_as_something_else_is_reported():
    _, problems = read_yaml("figures:\n  no: 1\n", "p.yaml")
    assert only(problems).line == 2
    assert '"no" in quotes' in only(problems).mend


@given(st.text())
def test_no_text_makes_the_yaml_reader_raise(text):
    root, problems = read_yaml(text, "p.yaml")
    assert root is not None or problems


# --- fields


@pytest.mark.parametrize("written", ["no", "2024-01-01", "12", "1.5", "null", "12:00", "0x1f", "1e3", "yes", "~"])
def test_what_yaml_does_not_read_as_text_must_be_quoted_to_be_an_id(written):
    fields, problems = fields_of(f"label: x\nid: {written}\n")
    assert fields.name() == ""
    problem = only(problems)
    assert problem.line == 2
    if written not in ("null", "~"):  # those say nothing at all, and the field is missing
        assert f'id: "{written}"' in problem.mend


@pytest.mark.parametrize("written", ["no", "2024-01-01", "12", "1e3"])
def test_the_same_words_in_quotes_are_ids(written):
    fields, problems = fields_of(f'id: "{written}"\n')
    assert fields.name() == written
    assert not problems


@pytest.mark.parametrize(
    "name", ["../x", "<script>", "A", "a_b", "a--b", "-a", "a-", "a b", "ä", "", "a\n", "x" * 41, "a/b", ".", "a\x00"]
)
def test_what_is_no_kebab_case_id_is_refused(name):
    assert name_fault(name)


def test_kebab_case_ids_are_fine():
    assert not any(name_fault(name) for name in ("lake", "reverse-etl", "s3", "3d", "x" * 40))


@pytest.mark.parametrize(
    "written", [".nan", ".inf", "-.inf", "'5'", "true", "1:30", "0x10", "010", "five", "[1]", "9" * 400]
)
def test_what_is_no_finite_number_is_reported(written):
    fields, problems = fields_of(f"share: {written}\n")
    fields.number("share", 0, 1e300, 1.0)
    assert only(problems).line == 1


@pytest.mark.parametrize(
    ("written", "value"), [("3", 3), ("-0.5", -0.5), ("1e3", 1000), ("2.5e-3", 0.0025), (".5", 0.5)]
)
def test_plain_numbers_are_read(written, value):
    fields, problems = fields_of(f"share: {written}\n")
    assert fields.number("share", -1e6, 1e6) == value
    assert not problems


def test_a_number_out_of_range_is_reported_with_the_range():
    fields, problems = fields_of("events: 1000001\n")
    fields.whole("events", 0, 1_000_000, 5)
    assert "0 to 1e+06" in only(problems).mend


@pytest.mark.parametrize(
    ("written", "seconds"), [('"02:00"', 7200), ("'00:00:01'", 1), ('"24:00"', 86400), ('"9:05"', 9 * 3600 + 300)]
)
def test_times_of_the_day_are_read_as_seconds(written, seconds):
    fields, problems = fields_of(f"at: {written}\n")
    assert fields.clock_s("at") == seconds
    assert not problems


@pytest.mark.parametrize(
    "written", ["12:00", "720", "true", '"24:01"', '"12:60"', '"noon"', '"-1:00"', "2024-01-01", "[1]"]
)
def test_what_is_no_quoted_time_of_the_day_is_reported(written):
    fields, problems = fields_of(f"at: {written}\n")
    fields.clock_s("at")
    assert "hh:mm" in only(problems).mend or 'at: "12:00"' in only(problems).mend


@pytest.mark.parametrize(
    "label",
    ["'<TABLE>'", "'a <b>c'", "'</x'", "'<!-- x'", "'<script>alert(1)</script>'", '"a\\u202eb"', '"a\\0b"', '"\\e[1m"'],
)
def test_a_label_with_html_or_control_characters_is_refused(label):
    fields, problems = fields_of(f"label: {label}\n")
    fields.text("label", 60)
    assert only(problems).line == 1


@pytest.mark.parametrize(
    ("label", "text"), [("'a < b \"c\" & d'", 'a < b "c" & d'), ('"a\\nb"', "a b"), (">-\n  one\n  two", "one two")]
)
def test_a_label_with_quotes_or_folded_lines_is_one_line_of_text(label, text):
    fields, problems = fields_of(f"label: {label}\n")
    assert fields.text("label", 60) == text
    assert not problems


def test_an_unknown_key_is_reported_with_the_nearest_known_one():
    fields, problems = fields_of("label: a\ndetial: b\n")
    fields.text("label", 60)
    fields.text("detail", 60)
    fields.done()
    assert only(problems).line == 2
    assert only(problems).mend == "did you mean detail?"


def test_a_list_where_a_mapping_should_be_is_reported_and_the_rest_is_read_on():
    fields, problems = fields_of("- a\n- b\n")
    assert fields.text("label", 60) == ""
    assert "should be a mapping, not a list" in only(problems).what


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


# --- Markdown


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("fine\n\na <b>bold</b> word", 3),
        ("<script>alert(1)</script>", 1),
        ("x\n\n<iframe src='https://a.b'></iframe>", 3),
        ("<!-- fine --><img src=x onerror=alert(1)>", 1),
        ("one\ntwo <br> three", 2),
        ("[x](javascript:alert(1))", 1),
        ("[x](JaVaScRiPt:alert(1))", 1),
        ("[x](data:text/html,abc)", 1),
        ("[x]\n\n[x]: vbscript:x", 1),
        ("<javascript:alert(1)>", 1),
        ("[x](file:///etc/passwd)", 1),
        ("[x](../../secret.md)", 1),
        ("[x](&#106;avascript:alert(1))", 1),
        ("![x](https://example.org/a.png)", 1),
        ("![x](data:image/png;base64,AAAA)", 1),
        ("![x](a.png)", 1),
        ("![a <b>x</b>](?stage=lake)", 1),
        ("| a | b |\n|---|---|\n| c | <i>d</i> |", 3),
        ("- a\n  - b <u>c</u>", 2),
        ("> " * 30 + "<b>x</b>", 1),
        ("- " * 30 + "x", 1),
    ],
)
def test_html_scripts_pictures_and_dangerous_links_are_found_at_their_line(markdown, line):
    problems = markup_problems(markdown, "a.md", first_line=1)
    assert problems
    assert {problem.line for problem in problems} == {line}


def test_each_line_of_one_paragraph_that_holds_the_same_tag_is_reported():
    assert [p.line for p in markup_problems("a <br> b\nc\nd <br> e", "a.md", 5)] == [5, 7]


@pytest.mark.parametrize(
    "markdown",
    [
        "Plain *text* with `<b>` and a < b, 3 > 2 & so on.",
        "<!-- a comment\nover lines -->\n\ntext <!-- inline --> more",
        "```html\n<script>alert(1)</script>\n```",
        "    <b>indented code</b>",
        "[a](https://example.org/x) <https://example.org> [b](?stage=lake) [c](#top) [d](mailto:a@example.org)",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        r"\<b\> &lt;b&gt;",
    ],
)
def test_ordinary_markdown_is_fine(markdown):
    assert markup_problems(markdown, "a.md") == ()


@pytest.mark.parametrize(
    "text", ["[" * 10_000, "[" * 10_000 + "]" * 10_000, "![" * 9_000, "[a](" * 4_000, "> " * 9_000, "*a **b " * 2_000]
)
def test_deep_nesting_is_refused_at_once(text):
    begun = time.perf_counter()
    markup_problems(text, "a.md")
    assert time.perf_counter() - begun < 2


def test_brackets_nested_too_deep_are_a_problem_of_their_line():
    assert markup_problems("fine\n\n" + "[" * 10_000, "a.md", 4)[0].line == 6


@given(st.text(alphabet=st.sampled_from("[]()<>!*_`#-|:\n \tab&\\\"'/"), max_size=300))
def test_no_markdown_makes_the_check_raise(text):
    markup_problems(text, "a.md")
    sections(text, "a.md")


@pytest.mark.parametrize(
    "href", ["java\tscript:alert(1)", "\x01javascript:x", " javascript:x", "//evil.example/x", "ftp://a.b"]
)
def test_disguised_links_are_refused(href):
    assert link_fault(href)


@pytest.mark.parametrize("href", ["HTTPS://EXAMPLE.ORG", " https://example.org", "mailto:a@example.org", "?", "#here"])
def test_honest_links_are_fine(href):
    assert link_fault(href, []) is None


def test_sections_are_cut_at_their_headings_with_their_lines():
    body = "\n## What it is\n\nA lake.\n\n### Below\n\nmore\n\n```\n## no heading\n```\n\n## The physics\nCheap.\n"
    found, problems = sections(body, "a.md", 5)
    assert not problems
    assert [(s.heading, s.line) for s in found] == [("What it is", 6), ("The physics", 18)]
    assert found[0].markdown.startswith("A lake.")
    assert "## no heading" in found[0].markdown
    assert found[1].markdown == "Cheap."


@pytest.mark.parametrize(
    ("body", "line", "word"),
    [
        ("", 5, "no section"),
        ("text only", 5, "without a `##`"),
        ("\nlead\n\n## A\nx", 6, "before the first"),
        ("## A\n\n## B\nx", 5, "is empty"),
        ("## A\nx\n\n## A\ny", 8, "stands twice"),
        ("##\nx", 5, "without words"),
    ],
)
def test_a_body_that_is_not_made_of_sections_is_reported(body, line, word):
    problems = sections(body, "a.md", 5)[1]
    assert only(problems).line == line
    assert word in only(problems).what


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
