"""A class with one question, and phones that vote in it."""

from lifecycle.classroom import ask_json, ask_of
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind

QUESTION = Question(
    "q1", "lake", QuestionKind.SINGLE, "What is it?", tuple(Option(f"Option {n}", n == 0) for n in range(4))
)
ASK = ask_of(QUESTION, {}, seed="s", rounds=2)
TALK = {
    "id": "t",
    "title": "A talk",
    "steps": [{"headline": "One", "ask": None}, {"headline": "Two", "ask": ask_json(ASK)}],
}


class Clock:
    """A wall clock that is set by hand."""

    now_s = 1_000.0

    def __call__(self):
        return self.now_s


# --- the hub


def started(hub):
    code, secret = hub.start(TALK)
    hub.act(code, secret, "go", step=1)
    hub.act(code, secret, "ask")
    return hub.lecture(code), secret


def phone(lecture):
    return lecture.phone_of(lecture.new_phone())


def cast(hub, lecture, who, choice, key="k1", round_=1):
    sent = {"key": key, "poll": "q1", "round": round_, "ballot": {"chosen": [choice]}}
    return hub.vote(lecture, who, sent).result(timeout=30)
