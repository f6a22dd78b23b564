"""Questions of each kind as a class is asked them."""

from lifecycle.classroom import (
    AnswerKey,
    Ask,
    Ballot,
    Poll,
    PollKind,
    ask_of,
    prediction,
)
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind

PLACES = {"lake": "Lake", "buffer": "Buffer", "buffer->lake": "Buffer → Lake"}
SINGLE = Question(
    "q1",
    "lake",
    QuestionKind.SINGLE,
    "What **is** it? <script>alert(1)</script>",
    (Option("A *lake*", True, "Yes."), Option("A <b>sea</b>", False, "No."), Option("A pond", False)),
    explanation="It is a lake.",
)
CHOICE = ask_of(SINGLE, PLACES, seed="s", rounds=2)
SEVERAL = Ask(Poll("q2", PollKind.MULTIPLE, "<p>Which?</p>", ("a", "b", "c")), AnswerKey(options=(0, 2)))
TIMED = ask_of(
    Question("q3", "lake", QuestionKind.BLANK, "It takes [[]].", answers=("90 ± 5 % min",)), PLACES, seed="s"
)
CLICKED = ask_of(
    Question("q4", "lake", QuestionKind.CLICK, "Where?", (Option("lake", True), Option("buffer", False, "Not there."))),
    PLACES,
    seed="s",
)
GUESS = prediction("p1", "p95 will be", unit="min", low=0, high=100, truth=48.0)
ASKS = (CHOICE, SEVERAL, TIMED, CLICKED, GUESS)


def one(index):
    return Ballot(chosen=(index,))
