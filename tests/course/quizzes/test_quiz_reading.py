"""Quiz blocks become questions, and each fault is found on its line."""

import json

import pytest

from lifecycle.course.quizzes.questions import Option
from lifecycle.course.quizzes.reading import MAX_PROBLEMS, as_dict, read_questions, warnings_in
from tests.course.quizzes.mkdocs_quiz_reading import read as theirs
from tests.course.quizzes.quiz_blocks import PUSH, block, page, read_one


def faults(text):
    return [(problem.line, problem.what) for problem in read_questions(text, "a.md", "lake")[1]]


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
    assert problem.fix


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
