"""YAML is read with its lines, and refused where it is broken or dangerous."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.documents import (
    Problem,
    has_half,
    lone_half,
    read_document,
    read_yaml,
)
from tests.support.narrow import not_none


def only(problems):
    assert len(problems) == 1, problems
    return problems[0]


def refused(yaml_text: str) -> Problem:
    root, problems = read_yaml(yaml_text, "p.yaml")
    assert root is None
    return only(problems)


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
    assert not_none(root).plain == {key: [text, {"label": text}]}


def test_front_matter_joins_the_halves_of_a_character_too():
    document, problems = read_document('---\ntitle: "Orders \\ud83d\\uded2"\n---\n', "a.md")
    assert problems == ()
    assert not_none(document).meta == {"title": "Orders 🛒"}
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
    assert problem.fix


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
    assert '"no" in quotes' in only(problems).fix


@given(st.text())
def test_no_text_makes_the_yaml_reader_raise(text):
    root, problems = read_yaml(text, "p.yaml")
    assert root is not None or problems


FOREIGN = """\
x-common: &common
  image: !any "kafka:3"
  environment: &env {A: 1, B: two}
services:
  one:
    <<: *common
    image: other
  two:
    <<: [*common, {ports: [1]}]
    environment: *env
"""


def test_a_foreign_file_may_repeat_by_aliases_and_merge_mappings():
    root, problems = read_yaml(FOREIGN, "compose.yaml", foreign=True)
    assert root is not None
    assert problems == ()
    services = root.plain["services"]
    assert services["one"] == {"image": "other", "environment": {"A": 1, "B": "two"}}
    assert services["two"] == {"image": "kafka:3", "ports": [1], "environment": {"A": 1, "B": "two"}}
    assert read_yaml(FOREIGN, "compose.yaml")[0] is None


def test_a_bomb_of_aliases_is_refused_by_what_it_would_become():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    root, problems = read_yaml("\n".join(lines), "compose.yaml", foreign=True)
    assert root is None
    assert "more than 20,000 values" in str(problems[0])


@pytest.mark.parametrize("text", ["a: *b", "a: &b [*b]"])
def test_an_alias_of_nothing_above_is_refused(text):
    root, problems = read_yaml(text, "compose.yaml", foreign=True)
    assert (root, len(problems)) == (None, 1)
    assert "of nothing above" in problems[0].what
