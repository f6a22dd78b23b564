"""Quiz blocks become questions, and each fault is found on its line."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_quiz_reading import read as theirs

from lifecycle.course.quizzes.questions import Option
from lifecycle.course.quizzes.reading import MAX_PROBLEMS, as_dict, read_questions, warnings_in


def page(*lines):
    return "\n".join(lines) + "\n"


def block(*lines):
    return page("<quiz>", *lines, "</quiz>")


def read_one(text):
    questions, problems = read_questions(text, "a.md", "lake")
    assert problems == ()
    (question,) = questions
    return question


def faults(text):
    return [(problem.line, problem.what) for problem in read_questions(text, "a.md", "lake")[1]]


def ours(text):
    """Our reading in the form in which `mkdocs_quiz_reading` gives theirs."""
    questions, problems = read_questions(text, "a.md", "lake")
    return [
        (q.kind, q.stem, tuple((o.text, o.right, o.feedback) for o in q.options), q.answers, q.explanation.strip())
        for q in questions
    ], problems


PUSH = page(
    "# Ingestion",
    "",
    "<!-- question: who-starts; level: explain; idea: push-pull -->",
    "<quiz>",
    "Who starts a **push**?",
    "",
    "Think of a doorbell.",
    "- [x] The source",
    "> It sends when it has something.",
    "> Always.",
    "- [ ] The sink",
    "",
    "> No.",
    "",
    "In a pull it is the other way round.",
    "</quiz>",
)


def test_a_block_reads_as_stem_options_feedback_and_explanation():
    question = read_one(PUSH.replace("- [ ] The sink\n\n> No.", "- [ ] The sink\n> No."))
    assert (question.id, question.place, question.kind) == ("who-starts", "lake", "single")
    assert question.stem == "Who starts a **push**?\n\nThink of a doorbell."
    assert question.options == (
        Option("The source", True, "It sends when it has something.\nAlways."),
        Option("The sink", False, "No."),
    )
    assert question.explanation == "In a pull it is the other way round."
    assert question.tags == (("level", "explain"), ("idea", "push-pull"))
    assert (question.file, question.line) == ("a.md", 4)


def test_two_right_options_make_a_multiple_choice():
    assert read_one(block("Q", "- [x] a", "- [X] b", "- [] c", "* [ ] d")).kind == "multiple"


def test_blanks_become_placeholders_and_answers():
    question = read_one(block("Events go to the [[ buffer ]] before the [[lake]].", "", "---", "So it is [[safe]]."))
    assert (question.kind, question.stem) == ("blank", "Events go to the [[]] before the [[]].")
    assert question.answers == ("buffer", "lake")
    assert question.explanation == "So it is [[safe]]."


def test_double_brackets_in_the_explanation_of_a_choice_are_not_blanks_and_are_warned_of():
    text = block("Which shell test?", "- [x] bash", "- [ ] sh", "", "Write `[[ -f a ]]`.")
    assert read_one(text).kind == "single"
    assert theirs(text)[0][0] == "blank"
    assert [problem.line for problem in warnings_in(text, "a.md")] == [6]


CODED = {
    "a span": "Is `[[ -f x ]]` a test?",
    "a span of two": "Is ``[[ -f `x` ]]`` a test?",
    "a span over two lines": "Is `[[ -f\nx ]]` a test?",
    "a fence": "Is it?\n\n```bash\n[[ -f x ]]\n```",
    "a fence of tildes": "Is it?\n~~~\n[[ -f x ]]\n~~~",
    "indented": "Is it?\n\n    [[ -f x ]]",
    "a tag": "Is <code>[[ -f x ]]</code> a test?",
    "a block of tags": "Is it?\n\n<pre>\n[[ -f x ]]\n</pre>",
    "a list": "Is it?\n\n* one\n\n      [[ -f x ]]",
    "a quote": "Is it?\n\n> Say `[[ -f x ]]`.",
    "a table": "Is it?\n\n| a | `[[ -f x ]]` |\n|---|---|\n| `b` | `[[ -f y ]]` |",
    "empty": "Is `[[]]` a test?",
}


@pytest.mark.parametrize("stem", CODED.values(), ids=CODED)
def test_double_brackets_in_code_ask_nothing(stem):
    choice = read_one(block(stem, "- [x] Yes", "- [ ] No"))
    assert (choice.kind, choice.stem) == ("single", stem)
    if "[[]]" not in stem:
        blank = read_one(block(stem, "", "Write [[this]] and `[[that]]`.", "", "---", "`[[ -d y ]]`"))
        assert (blank.kind, blank.answers) == ("blank", ("this",))
        assert blank.stem == f"{stem}\n\nWrite [[]] and `[[that]]`."
        (warned,) = warnings_in(block(stem, "", "Write [[this]]."), "a.md")
        assert "[[ -f" in block(stem).split("\n")[warned.line - 1]
    assert warnings_in(block(stem, "- [x] Yes", "- [ ] No"), "a.md")[:1] == () or "[[ -f" in stem


def test_double_brackets_in_the_code_of_options_and_feedback_ask_nothing():
    options = ["- [x] `[[ -f x ]]`", "> Or `[[ -e x ]]`.", "- [ ] [ -f x"]
    question = read_one(block("Which?", *options, "", "    [[ -d y ]]"))
    assert [option.text for option in question.options] == ["`[[ -f x ]]`", "[ -f x"]
    assert question.options[0].feedback == "Or `[[ -e x ]]`."
    assert question.explanation == "    [[ -d y ]]"


def test_brackets_outside_of_code_ask_even_round_code_and_behind_a_backtick_that_opens_none():
    assert read_one(block("Write [[a `b` c]].")).answers == ("a `b` c",)
    assert read_one(block("Write \\`[[a]]\\`.")).answers == ("a",)
    assert read_one(block("Write `[[a]].")).answers == ("a",)
    assert read_one(block("One\n    [[a]]")).answers == ("a",)  # the paragraph goes on: no code
    assert read_one(block("| a ` b | [[c]] ` d |\n|---|---|")).answers == ("c",)


def test_what_would_be_an_empty_blank_in_code_is_told():
    assert faults(block("Write [[this]] for `[[]]`.")) == [(2, "an empty blank")]
    assert read_one(block("Write [[this]] for `[[ ]]`.")).answers == ("this",)
    assert faults(block("Only `[[code]]`.")) == [(1, "a <quiz> without an option")]


def test_a_quote_cut_off_from_the_last_option_is_explanation_and_is_warned_of():
    text = PUSH
    assert read_one(text).explanation == "> No.\n\nIn a pull it is the other way round."
    assert [problem.line for problem in warnings_in(text, "a.md", 10)] == [22]
    assert warnings_in(block("Q", "- [x] a", "> b", "", "c"), "a.md") == ()


def test_line_ends_and_byte_order_mark_change_nothing():
    for form in ("\ufeff" + PUSH, PUSH.replace("\n", "\r\n"), PUSH.replace("\n", "\r")):
        assert read_questions(form, "a.md", "lake") == read_questions(PUSH, "a.md", "lake")
    assert read_one("\ufeff<!-- question: at-the-top -->\n" + block("Q", "- [x] a")).id == "at-the-top"


def test_lines_count_from_where_the_text_begins_in_its_file():
    questions, _ = read_questions(PUSH, "a.md", "lake", first_line=11)
    assert questions[0].line == 14
    assert read_questions(block("Q"), "a.md", "lake", first_line=11)[1][0].line == 11


@pytest.mark.parametrize("fence", ["```", "~~~", "`````", "    ```", "\t~~~~", "```md"])
def test_a_block_in_a_code_fence_is_an_example(fence):
    text = page(fence, "<quiz>", "Q", "- [x] a", "</quiz>", fence.removesuffix("md"))
    assert read_questions(text, "a.md", "lake") == ((), ())


def test_a_shorter_fence_within_a_longer_one_does_not_end_it():
    text = page("````", "```", "<quiz>", "Q", "- [x] a", "</quiz>", "```", "````")
    assert read_questions(text, "a.md", "lake") == ((), ())


def test_a_fence_that_nothing_closes_hides_nothing():
    assert read_one("```\n" + block("Q", "- [x] a")).line == 2


def test_an_unclosed_tag_or_an_old_one_in_code_is_no_fault():
    assert faults(page("```", "<quiz>", "<?quiz?>", "```", "A block begins with `<quiz>`, once `` <?quiz?> ``.")) == []


def test_a_fence_left_open_in_one_block_does_not_hide_the_next():
    text = block("Q", "- [x] a", "", "```sql") + block("R", "- [x] b") + page("```", "x", "```")
    assert [question.stem for question in read_questions(text, "a.md", "lake")[0]] == ["Q", "R"]


def test_a_comment_may_stand_apart_by_blank_lines_only():
    assert read_one("<!-- question: a-b -->\n\n" + block("Q", "- [x] a")).id == "a-b"
    assert faults(page("<!-- question: a-b -->", "text") + block("Q", "- [x] a")) == [
        (1, "a question's comment that stands above no <quiz>")
    ]


def test_without_a_comment_the_id_follows_the_words_and_not_the_position():
    first, second = block("Why a lake?", "- [x] a"), block("Why a buffer?", "- [x] a")
    ids = [question.id for question in read_questions(first + second, "a.md", "Data Lake")[0]]
    turned = [question.id for question in read_questions(second + "\n" + first, "a.md", "Data Lake")[0]]
    assert ids == turned[::-1]
    assert ids[0].startswith("data-lake-")
    assert read_one(block("  why  a\n  LAKE? ", "  - [x] other")).id == read_one(first).id


def test_the_same_words_twice_still_get_two_ids():
    once = block("Q", "- [x] a")
    ids = [question.id for question in read_questions(once * 3, "a.md", "p")[0]]
    assert ids == [ids[0], f"{ids[0]}-2", f"{ids[0]}-3"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (page("", "<quiz>", "Q", "- [x] a"), 2, "a <quiz> that is not closed"),
        (page("<quiz>", "Q", "- [x] a", "") + block("R", "- [x] b"), 1, "a <quiz> that is not closed"),
        (block("Q", "- [x] a") + "\n</quiz>\n", 6, "a </quiz> without its <quiz>"),
        (
            page("<quiz>", "Q", "<quiz>", "R", "- [x] a", "</quiz>", "</quiz>"),
            3,
            "a <quiz> inside the <quiz> of line 1",
        ),
        (page("a", "<?quiz?>", "b"), 2, "a tag of mkdocs-quiz before version 1"),
        (page("a", "<quiz>", "", "</quiz>"), 2, "an empty <quiz>"),
        ("<quiz></quiz>", 1, "an empty <quiz>"),
        (block("", "- [x] a", "- [ ] b"), 1, "a <quiz> without a question"),
        (block("Q", "only text"), 1, "a <quiz> without an option"),
        (block("Q", "- [ ] a", "- [ ] b"), 1, "a <quiz> without a right option"),
        (block("Q", "- [x] a", "- [y] b"), 4, "an option with the unknown mark [y]"),
        (block("Q", "- [xx] a"), 3, "an option with the unknown mark [xx]"),
        (block("Q", "1. [x] a", "2. [ ] b"), 3, "an option in a numbered list (1.)"),
        (block("Q", "- [x] a", "2) [ ] b"), 4, "an option in a numbered list (2))"),
        (block("Q", "- [x] a", "- [ ]b"), 4, "a line that looks like an option and is none"),
        (block("Q", "- [x] a", "  - [ ] b"), 4, "a line that looks like an option and is none"),
        (block("Q", "+ [x] a"), 3, "a line that looks like an option and is none"),
        (block("Q", "- [x] a", "", "> f", "- [ ] b"), 5, "feedback that a blank line parts from its option"),
        (block("Q", "- [x] a", "- [ ] a"), 4, "the same option both right and wrong"),
        (block("---", "[[a]]"), 1, "a <quiz> without an option"),
        (block("Q [[a]]", "- [x] a"), 1, "a <quiz> with options and with [[blanks]]"),
        (block("Q", "- [x] the [[a]]"), 1, "a <quiz> with options and with [[blanks]]"),
        (block("Q [[a]] and", "[[ ]]"), 3, "an empty blank"),
        (block("Q [[a]] and", "[[]]"), 3, "an empty blank"),
        (block("Q", *["- [x] a"] * 500), 1, "a <quiz> with 500 options"),
        (block("Q", "[[a]]" * 51), 1, "a <quiz> with 51 blanks"),
        ("\n<!-- question: Who Starts -->\n" + block("Q", "- [x] a"), 2, "the question id 'Who Starts'"),
        ("<!-- question: -->\n" + block("Q", "- [x] a"), 1, "the question id ''"),
        ("<!-- question: a; level -->\n" + block("Q", "- [x] a"), 1, "the tag 'level' in a question's comment"),
        ("<!-- question: a; b: c; b: d -->\n" + block("Q", "- [x] a"), 1, "the tag 'b' in a question's comment"),
        (("<!-- question: a -->\n" + block("Q", "- [x] a")) * 2, 6, "the question id a of line 2 again"),
    ],
)
def test_a_fault_is_named_on_its_line(text, line, what):
    assert faults(text) == [(line, what)]
    problem = read_questions(text, "a.md", "lake")[1][0]
    assert problem.file == "a.md"
    assert problem.mend


def test_one_bad_block_does_not_keep_the_others_back():
    text = block("Q", "- [ ] a") + block("R", "- [x] b") + block("S") + block("T [[c]]")
    questions, problems = read_questions(text, "a.md", "lake")
    assert [question.stem for question in questions] == ["R", "T [[]]"]
    assert [problem.line for problem in problems] == [1, 9]


def test_all_faults_of_a_block_are_told_at_once():
    assert [line for line, _ in faults(block("", "- [y] a", "- [z] b"))] == [1, 3, 4]


def test_problems_of_one_page_stop_at_a_number_a_person_can_read():
    problems = read_questions("<quiz>\n" * 10_000, "a.md", "lake")[1]
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].what == f"{10_000 - MAX_PROBLEMS} more problems from here on"


def test_a_question_is_json_with_all_that_was_read():
    question = read_one(PUSH)
    assert json.loads(json.dumps(as_dict(question))) == {
        "id": "who-starts",
        "place": "lake",
        "kind": "single",
        "stem": "Who starts a **push**?\n\nThink of a doorbell.",
        "options": [
            {"text": "The source", "right": True, "feedback": "It sends when it has something.\nAlways."},
            {"text": "The sink", "right": False, "feedback": ""},
        ],
        "answers": [],
        "explanation": "> No.\n\nIn a pull it is the other way round.",
        "tags": {"level": "explain", "idea": "push-pull"},
        "file": "a.md",
        "line": 4,
    }


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
