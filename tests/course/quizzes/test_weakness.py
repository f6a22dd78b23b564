"""Weak questions are found where they are, and good ones are left in peace."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.__main__ import main
from lifecycle.course.quizzes.patterns import weaknesses
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.course.quizzes.reading import read_questions
from lifecycle.course.quizzes.weakness import RULES, item_weaknesses
from tests.support.small_course import QUIZ, write_course

GOOD = """\
<!-- question: good; level: explain; idea: i -->
<quiz>
Why does the buffer help when its consumer stops?
- [x] It keeps what comes until the reader is back
> So nothing is lost.
- [ ] It asks the senders to wait until it is back
> They need not notice.
- [ ] It passes what comes to the next in the line
> It knows no other way.

Both need not be up at once.
</quiz>
"""


def kinds(text):
    questions, problems = read_questions(text, "a.md", "p")
    assert not problems
    return [weakness.kind for weakness in item_weaknesses(questions)]


def test_a_good_question_is_left_in_peace():
    assert kinds(GOOD) == []


WEAK = [
    ("length", "back\n> So", "back, however long that may be, and whatever else may happen in the meantime\n> So"),
    ("length", "- [x] It keeps what comes until the reader is back", "- [x] It keeps it"),
    ("above", "It passes what comes to the next in the line", "None of the above, as far as I can see"),
    ("above", "It passes what comes to the next in the line", "All of the other answers, each in its way"),
    ("above", "It passes what comes to the next in the line", "Both of these"),
    ("absolute", "It asks the senders to wait until it is back", "It always asks the senders to wait a bit"),
    ("absolute", "It passes what comes to the next in the line", "It is impossible to say before one has tried"),
    ("negative", "Why does the buffer help when its consumer stops?", "Which of these does a buffer not do?"),
    ("negative", "Why does the buffer help when its consumer stops?", "It stops. Which holds for all except the log?"),
    ("few", "- [ ] It passes what comes to the next in the line\n> It knows no other way.\n", ""),
    ("twins", "- [ ] It asks the senders to wait until it is back",
     "- [ ] It **keeps** what comes until the Reader is back!"),
    ("explanation", "\nBoth need not be up at once.\n", ""),
    ("feedback", "> They need not notice.\n", ""),
    ("clue", "Why does the buffer help when its consumer stops?", "What does a buffer whose readers stop do?"),
    ("tags", "; level: explain", ""),
    ("tags", "; idea: i", ""),
    ("level", "level: explain", "level: hard"),
]  # fmt: skip
WEAK_BLANKS = [
    ("spelling", "A sink [[polls]] a source."),
    ("given", "Consumers read the log, and each [[consumer]]<!-- or: reader --> has a place in it."),
]


def test_every_rule_has_an_example_here():
    assert {kind for kind, _, _ in WEAK} | {kind for kind, _ in WEAK_BLANKS} == set(RULES)


@pytest.mark.parametrize(("kind", "sentence"), WEAK_BLANKS)
def test_a_weak_blank_is_found_and_may_be_allowed(kind, sentence):
    text = f"<!-- question: q; level: recall; idea: i -->\n<quiz>\n{sentence}\n\n---\nSo.\n</quiz>\n"
    assert kinds(text) == [kind]
    assert kinds(text.replace("question: q", f"question: q; allow: {kind}")) == []


def test_a_blank_with_other_words_or_a_number_is_left_in_peace():
    for sentence in ("A sink [[polls]]<!-- or: asks --> a source.", "How many events wait? [[75 ± 5 events]]"):
        text = f"<!-- question: q; level: recall; idea: i -->\n<quiz>\n{sentence}\n\n---\nSo.\n</quiz>\n"
        assert kinds(text) == []


@pytest.mark.parametrize(("kind", "was", "now"), WEAK)
def test_a_slip_is_found_and_may_be_allowed(kind, was, now):
    assert was in GOOD
    weak = GOOD.replace(was, now)
    assert kinds(weak) == [kind]
    assert kinds(weak.replace("question: good", f"question: good; allow: {kind}")) == []
    assert kinds(weak.replace("question: good", "question: good; allow: other")) == [kind]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Why does the buffer help when its consumer stops?", "Which of these does a buffer **not** do?"),
        ("Why does the buffer help when its consumer stops?", "Which of these does a buffer NOT do?"),
        ("Why does the buffer help when its consumer stops?", "The consumer is not there. What does it do?"),
        ("Why does the buffer help when its consumer stops?", "Why is nothing lost that did not arrive?"),
        ("It keeps what comes until the reader is back", "It always keeps what comes until it is back"),
        ("It passes what comes to the next in the line", "80 minutes, which is what the reader needs then"),
        ("- [ ] It asks the senders to wait until it is back", "- [ ] It keeps what comes until 10 the reader is back"),
    ],
)
def test_what_is_no_slip_is_not_told(was, now):
    assert was in GOOD
    weak = GOOD.replace(was, now)
    if "always" in now:  # the word stands in the right option and in a wrong one
        weak = weak.replace("It asks the senders", "It always asks the senders")
    assert kinds(weak) == []


def test_other_kinds_are_judged_by_what_they_have():
    text = """\
<!-- question: a; kind: order; level: recall; idea: i -->
<quiz>
Order.
- [x] One
- [x] Two and so on, at great and even greater length
</quiz>

<!-- question: b; kind: click; level: recall; idea: i -->
<quiz>
Which stage is not a store?
- [x] lake
- [ ] buffer
> No.

So.
</quiz>
"""
    assert kinds(text) == ["explanation", "feedback"]


def test_a_weakness_tells_file_line_and_fix():
    (weak,) = item_weaknesses(read_questions("\n\n" + GOOD.replace("> They need not notice.\n", ""), "a.md", "p")[0])
    assert str(weak.problem) == (
        "a.md:4: good: no feedback on option 2, write a `> line` below each: what tempts, and why it is (or is not) so"
    )


# --- over the bank


def asked(number, right, options=4, **more):
    texts = [f"{word} {number} times over" for word in ("alpha", "omega", "gamma", "delta", "kappa")[:options]]
    made = tuple(Option(text, place == right, "f") for place, text in enumerate(texts))
    tags = (("level", "recall"), ("idea", more.pop("idea", "i")))
    stem = f"What about {number}, {'abcdefghij'[number % 10] * 6} and {'klmnopqrst'[number // 10 % 10] * 6}?"
    return replace(
        Question(f"q-{number}", "p", QuestionKind.SINGLE, stem, made, (), "e", tags, f"{number // 4}.md", number + 1),
        **more,
    )


def over_the_bank(questions, kind):
    return [weak.problem.what for weak in weaknesses(questions) if weak.kind == kind]


def test_right_options_spread_evenly_are_not_told_and_gathered_ones_are():
    even = [asked(n, n % 4) for n in range(40)]
    assert weaknesses(even) == ()
    gathered = [asked(n, 1 if n % 4 else 0) for n in range(40)]
    told = over_the_bank(gathered, "position")
    assert any("number 2 in 30 of 40" in what for what in told)
    assert any("number 4 in 0 of 40" in what for what in told)
    assert over_the_bank([asked(n, 1 if n % 4 else 0) for n in range(8)], "position") == []


def test_the_same_place_five_times_in_a_row_on_a_page_is_told_once():
    rest = [asked(n, n % 4) for n in range(40)]
    row = [replace(asked(60 + n, 2), file="row.md") for n in range(7)]
    (told,) = over_the_bank([*rest, *row], "position")
    assert "the 5th question in a row whose right option is number 3" in told
    assert over_the_bank([*rest, *row[:4]], "position") == []


def test_right_options_that_are_mostly_the_longest_are_told():
    def longest(number, much):
        question = asked(number, number % 4)
        options = [replace(o, text=o.text + ("!" if o.right == much else "")) for o in question.options]
        return replace(question, options=tuple(options))

    assert any(
        "the longest in 40 of 40" in what for what in over_the_bank([longest(n, True) for n in range(40)], "length")
    )
    shortest = over_the_bank([longest(n, False) for n in range(40)], "length")
    assert any("the shortest in" in what for what in shortest)


def test_a_stem_nearly_the_same_is_told_with_the_first_and_other_numbers_are_another_question():
    one = asked(1, 0)
    again = replace(one, id="again", line=9, stem=one.stem.replace("What about", "what, about"))
    (told,) = over_the_bank([again, one], "twins")
    assert told == "again: asks nearly the same as q-1 (0.md:2)"
    assert over_the_bank([one, replace(again, stem=one.stem.replace("1", "2"))], "twins") == []


def test_a_short_common_stem_over_other_options_is_no_twin():
    one, two = (replace(asked(n, 0), stem="Which of these hold?") for n in (1, 2))
    assert over_the_bank([one, two], "twins") == []
    assert len(over_the_bank([one, replace(one, id="x", line=5)], "twins")) == 1


def test_an_idea_with_few_questions_or_none_is_told():
    told = [weak.problem for weak in weaknesses([asked(1, 0), asked(2, 1)], ["i", "j"]) if weak.kind == "idea"]
    assert [(problem.file, problem.what) for problem in told] == [
        ("0.md", "the idea i has 2 questions"),
        ("ideas.yaml", "the idea j has no question"),
    ]
    assert over_the_bank([asked(n, n) for n in range(3)], "idea") == []


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6), st.text(max_size=60), st.integers(0, 5))
def test_no_words_are_too_strange_to_be_judged(texts, stem, right):
    options = tuple(Option(text, index == right % len(texts)) for index, text in enumerate(texts))
    question = Question("a", "p", QuestionKind.SINGLE, stem, options)
    assert all(weak.problem.fix for weak in weaknesses([question, question]))


# --- the command


def test_check_warns_and_only_strict_fails(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path))
    assert main(["check", folder]) == 0
    warned = capsys.readouterr()
    assert warned.out.endswith("all well\n")
    line = "quizzes/store.md:2: weak (few): store-truth: 2 options, so that guessing pays, offer at least 3"
    assert line in warned.err
    assert "weak points (" in warned.err
    assert main(["check", folder, "--strict"]) == 1
    strict = capsys.readouterr()
    assert line in strict.out
    assert "all well" not in strict.out


def test_strict_is_silent_about_a_course_without_a_slip(tmp_path: Path, capsys):
    starts = ("Why does the buffer", "At night it rains: how does a log", "Two clerks share a tray: how does that")
    page = "\n".join(
        GOOD.replace("question: good", f"question: good-{n}").replace(starts[0], start)
        for n, start in enumerate(starts)
    )
    write_course(tmp_path, {"quizzes/store.md": page, "quizzes/lifecycle.md": None})
    assert QUIZ not in page
    assert main(["check", str(tmp_path), "--strict"]) == 0
    assert capsys.readouterr().err == ""
