"""Markdown that is safe to show, and its sections."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.documents import (
    link_fault,
    markup_problems,
    sections,
)


def only(problems):
    assert len(problems) == 1, problems
    return problems[0]


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
