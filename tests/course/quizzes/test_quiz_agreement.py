"""Questions read as mkdocs-quiz reads them, whatever the page; no text makes the reader raise."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.course.quizzes.reading import read_questions, warnings_in
from tests.course.quizzes.mkdocs_quiz_reading import read as theirs
from tests.course.quizzes.quiz_blocks import PUSH, block, page, read_one


def ours(text):
    """Our reading in the form in which `mkdocs_quiz_reading` gives theirs."""
    questions, problems = read_questions(text, "a.md", "lake")
    return [
        (q.kind, q.stem, tuple((o.text, o.right, o.feedback) for o in q.options), q.answers, q.explanation.strip())
        for q in questions
    ], problems


# The same reading as mkdocs-quiz.

CORPUS = [
    PUSH,
    block("Are you ready?", "- [x] Yes!", "- [ ] No!", "- [ ] Maybe!", "", "Some **content** here."),
    block("2 + 2 = [[4]]", "", "---", "Of course."),
    block("What is the length of `[[]]`?", "- [x] 1", "- [ ] 0"),
    block("* [x] first line?", "* [x] a"),
    block("Q", "- [x] "),
    block("Q", "", "- [x] a", "", "", "* [] b", "    > deep", "- [ ] c", "Straight on."),
    block("Q", "- [x] a", "", "- [ ] [link](x) and `code`", "", "- [z] in the explanation"),
    block("Q", "- [x] same", "- [x] same"),
    block("Q", "---", "- [x] a"),
    "<quiz>---\n[[a]]\n</quiz>",
    "<quiz>Q\n- [x] a</quiz> and <quiz>R [[b]]</quiz>",
    page(
        '=== "Tab"',
        "",
        "    <quiz>",
        "    Q",
        "",
        "    ```sql",
        "    select 1",
        "    ```",
        "    - [x] a",
        "      > b",
        "    - [ ] c",
        "",
        "    E",
        "    </quiz>",
    ),
    "!!! note\n\t<quiz>\n\tQ\n\t- [x] a\n\t</quiz>\n",
    "```\n<quiz>\nexample\n</quiz>\n```\n" + block("Q", "- [x] a"),
    "```\n" + block("Q", "- [x] a"),
    block("Q [[[a]]] [[b\nc]] [[d] [[e]]", "[[f", "---", "---", "x"),
    block("Q", "- [x] a\x0c- [ ] b\u2028> f"),
    block("- [x] a"),
    block("Q", "  - [x] a"),
    "<quiz>Q\n  - [x] a\n</quiz>",
    "<!-- <quiz>\nQ\n- [x] a\n</quiz> -->\n",
]


def agree(text):
    expected = theirs(text)
    read, problems = ours(text)
    assert read == [reading for reading in expected if reading]
    assert bool(problems) == (None in expected)


@pytest.mark.parametrize("text", CORPUS)
def test_a_page_reads_as_mkdocs_quiz_reads_it(text):
    assert theirs(text)
    agree(text)


WORDS = st.sampled_from(
    ["lake", "a **bold** word", "`code`", "x ] y", "[link](u)", "é", "5 > 3", "<b>", "# no", "a\tb"]
)
TEXT = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
STEM = st.lists(st.one_of(TEXT, st.just(""), st.just("    indented")), min_size=1, max_size=3)
QUOTES = st.lists(st.builds("{}>{}".format, st.sampled_from(["", "  "]), st.one_of(st.just(""), TEXT)), max_size=2)


@st.composite
def choice_blocks(draw):
    lines = draw(STEM)
    for number in range(draw(st.integers(0, 4))):
        mark = draw(st.sampled_from(["[x]", "[X]", "[ ]", "[]", "[x]", "[?]"]))
        lines = [*lines, f"{draw(st.sampled_from('-*'))} {mark} {number} {draw(TEXT)}", *draw(QUOTES)]
        lines += [""] * draw(st.integers(0, 1))
    return [*lines, "", *draw(st.lists(st.one_of(TEXT, st.just("---")), max_size=2))]


@st.composite
def blank_blocks(draw):
    def text():
        return f"{draw(TEXT)} [[{draw(st.sampled_from(['a', ' b c ', 'Ä-1', '[x']))}]] {draw(TEXT)}"

    lines = [text() for _ in range(draw(st.integers(1, 3)))]
    return lines + (["---", *draw(STEM)] if draw(st.booleans()) else [])


@st.composite
def pages(draw):
    text = ""
    for lines in draw(st.lists(st.one_of(choice_blocks(), blank_blocks()), min_size=1, max_size=3)):
        indent = draw(st.sampled_from(["", "    ", "\t"]))
        body = "".join(f"{indent}{line}\n" for line in ["<quiz>", *lines, "</quiz>"])
        fence = draw(st.sampled_from(["", "", "", "```\n", "  ~~~~\n"]))
        text += draw(st.sampled_from(["", "Some text.\n\n"])) + fence + body + fence + "\n"
    return text


@settings(max_examples=200)
@given(pages())
def test_generated_pages_read_as_mkdocs_quiz_reads_them(text):
    agree(text)


# Left out, because here we differ on purpose: options that are nearly ones, blanks beside options, tags in tags.
LINES = [
    "Q",
    "- [x] a",
    "* [ ] b",
    "- [X] c",
    "- [] d",
    "- [y] e",
    "> f",
    " > g",
    "",
    " ",
    "---",
    "    h",
    "> - [x] i",
    "-",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(LINES), max_size=9))
def test_any_order_of_lines_in_a_block_reads_as_mkdocs_quiz_reads_it(lines):
    agree(block(*lines))


# Hostile pages: these return, and soon; a search that looks back or ahead from every place would take hours.


TAGS = ["<quiz>", "</quiz>", "<quiz></quiz>", "`<quiz>`", "<?quiz?>", "```", "````", "~~~", "```a", "[[", "]]", "[[a]]"]
ODD = ["[[]]", "1. [x] a", "<!-- question: a -->", "<!-- question: b; -->", "<!-->", "\ud800", "\x00", "\x85"]


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*LINES, *TAGS, *ODD]), max_size=25))
def test_no_page_makes_the_reader_raise(lines):
    text = "\n".join(lines)
    questions, problems = read_questions(text, "a.md", "lake")
    warnings_in(text, "a.md")
    ids = [question.id for question in questions]
    assert len(set(ids)) == len(ids)
    assert all(1 <= problem.line <= len(lines) for problem in problems)
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    assert ids or problems or "</quiz>" not in text or "`" in text or "~" in text


@settings(max_examples=200)
@given(st.text())
def test_no_text_makes_the_reader_raise(text):
    read_questions(text, "a.md", "lake")
    read_questions(block(text), "a.md", "lake")


BIG = 100_000
HOSTILE = {
    "nested brackets": block("Q " + "[" * BIG),
    "code never closed": block("[[a]] " + "<code>" * BIG),
    "backticks round blanks": block("".join("`" * (n % 300 + 1) + "[[a" for n in range(5_000))),
    "quotes and blanks": block("> " * 20_000 + "[[a]]", *["> [[a `b"] * 4_000),
    "blanks never closed": block("[[a" * BIG),
    "blanks closed once": block("[[a]" * BIG),
    "nested blocks": "<quiz>" * 10_000 + "</quiz>" * 10_000,
    "blocks never closed": "<quiz>\n" * BIG,
    "blocks on one line": "<quiz>`" * BIG,
    "backticks": "".join("`" * (n % 300 + 1) + "<quiz>" for n in range(5_000)),
    "fences never closed": "```a\n" * BIG,
    "fences never closed in blocks": block("Q", "```a") * 10_000,
    "quotes cut off": block("Q", "- [x] a", *["", "> b"] * BIG, "- [ ] c"),
    "the same question": block("Q", "- [x] a") * 10_000,
    "comments": "<!-- question: a -->\n" * BIG,
    "blank lines": "<quiz>\n" + "\n \n" * BIG + "</quiz>",
    "form feeds": block("\x0c" * BIG),
    "five megabytes without a line end": "x" * 5_000_000,
    "five megabytes of spaces in a block": "<quiz>" + " " * 5_000_000 + "</quiz>",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(60)
def test_a_hostile_page_returns(name):
    questions, problems = read_questions(HOSTILE[name], "a.md", "lake")
    assert questions or problems or name in ("fences never closed", "five megabytes without a line end")


def test_blocks_are_found_among_much_text():
    filler = [f"line {n}" for n in range(2_000)]
    place = random.Random(1).randrange(2_000)
    filler.insert(place, block("Q", "- [x] a").strip())
    assert read_one("\n".join(filler)).line == place + 1
