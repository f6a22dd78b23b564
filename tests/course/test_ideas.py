"""`ideas.yaml`: what there is to master, and the misconceptions that questions name."""

from lifecycle.course import check, load
from lifecycle.course.ideas import Idea, Misconception, read_ideas
from tests.support.small_course import write_course

GOOD = """
ideas:
  - {id: push-pull, label: Push or pull, about: Who starts.}
misconceptions:
  - {id: pull-is-batch, idea: push-pull, label: Pull means batch.}
"""


def test_ideas_and_misconceptions_are_read_in_order():
    found, problems = read_ideas(GOOD)
    assert problems == ()
    assert found.ideas == (Idea("push-pull", "Push or pull", "Who starts."),)
    assert found.misconceptions == (Misconception("pull-is-batch", "push-pull", "Pull means batch.", line=5),)


def test_a_misconception_of_no_idea_an_id_twice_and_an_unknown_key_are_told_with_their_line():
    text = GOOD + "  - {id: pull-is-batch, idea: push-pul, label: Again., why: not}\n"
    _, problems = read_ideas(text)
    assert [(problem.line, problem.what) for problem in problems] == [
        (6, "no idea is called push-pul"),
        (6, "unknown key 'why' in the misconception"),
        (6, "the id pull-is-batch again"),
    ]


def test_an_empty_file_names_nothing():
    assert read_ideas("# later\n")[0].ideas == ()


def test_a_course_knows_its_ideas_and_its_questions_name_no_other(tmp_path):
    quiz = (
        "<!-- question: a; idea: push-pul -->\n<quiz>\nWhich?\n- [x] This\n"
        "- [ ] That <!-- misconception: no-such -->\n</quiz>\n"
        "<!-- question: b; kind: click -->\n<quiz>\nWhere?\n- [x] copy->stor\n</quiz>\n"
    )
    folder = write_course(tmp_path, {"ideas.yaml": GOOD, "quizzes/store.md": quiz})
    assert [(problem.line, problem.what) for problem in check(folder)] == [
        (2, "no idea is called push-pul"),
        (2, "no misconception is called no-such"),
        (8, "no place or flow is called copy->stor"),
    ]
    quiz = quiz.replace("push-pul ", "push-pull ").replace("no-such", "pull-is-batch").replace("stor\n", "store\n")
    assert [idea.id for idea in load(write_course(tmp_path, {"quizzes/store.md": quiz})).ideas] == ["push-pull"]


def test_where_no_file_says_so_the_tags_are_the_ideas(tmp_path):
    quiz = "<!-- question: a; idea: who-starts -->\n<quiz>\nWhich?\n- [x] This\n- [ ] That\n</quiz>\n"
    course = load(write_course(tmp_path, {"quizzes/store.md": quiz}))
    assert [(idea.id, idea.label) for idea in course.ideas] == [("who-starts", "Who starts")]
