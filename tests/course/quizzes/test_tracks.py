"""Optional tracks: left out of what everybody is asked, until a learner chooses one."""

from dataclasses import replace

from lifecycle.course.ideas import Idea
from lifecycle.course.quizzes.questions import Question, QuestionKind
from lifecycle.course.quizzes.tracks import in_tracks, track_label, tracks_of
from lifecycle.learning.mastery import masteries, memories
from lifecycle.storage import AnswerRow

PLAIN = Question("plain", "lake", QuestionKind.SINGLE, "s", tags=(("level", "decide"), ("idea", "waiting")))
HARD = replace(PLAIN, id="hard", tags=(*PLAIN.tags, ("track", "queueing-theory")))


def test_a_track_is_asked_of_those_alone_who_chose_it():
    assert in_tracks([HARD, PLAIN]) == (PLAIN,)
    assert in_tracks([HARD, PLAIN], ["queueing-theory"]) == (HARD, PLAIN)
    assert in_tracks([HARD, PLAIN], ["another"]) == (PLAIN,)


def test_tracks_are_named_once_and_in_words():
    assert tracks_of([PLAIN, HARD, HARD]) == ("queueing-theory",)
    assert track_label("queueing-theory") == "Queueing theory"


def test_an_idea_is_known_without_its_optional_questions():
    ideas = [Idea("waiting", "Waiting", "")]
    known = memories([AnswerRow("lake", "plain", True, "[0]", 1e9)], 1e9)
    (without,) = masteries(ideas, in_tracks([PLAIN, HARD]), known)
    (chosen,) = masteries(ideas, in_tracks([PLAIN, HARD], ["queueing-theory"]), known)
    assert (without.state, without.needed) == ("known", 1)
    assert (chosen.state, chosen.needed) == ("learning", 2)
