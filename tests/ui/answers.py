"""A class that answers a course: made to a plan, so that what the analysis must find is known."""

from __future__ import annotations

import json
import random
from pathlib import Path

from lifecycle.course import Course
from lifecycle.course.quizzes.questions import Question
from lifecycle.storage import AnswerRow, Store

# The strong are right, the weak choose the first wrong option.
STRONG, WEAK = "strong", "weak"


def given(question: Question, *, right: bool) -> list[int] | list[str]:
    """An answer that is right, or a wrong one."""
    if question.kind == "blank":
        return [answer.split(" ±")[0] if right else "something else" for answer in question.answers]
    if question.kind == "click":
        return [next((option.text for option in question.options if option.right == right), "nowhere")]
    if question.kind == "order":
        steps = list(range(len(question.options)))
        return steps if right else steps[::-1]
    if question.kind == "match":
        lefts = [index for index, option in enumerate(question.options) if option.right]
        return lefts if right else lefts[1:] + lefts[:1]
    chosen = [index for index, option in enumerate(question.options) if option.right == right]
    return chosen if right or question.kind == "multiple" else chosen[:1]


def fill(folder: Path, course: Course, learners: int, *, share: float = 0.8, seed: int = 1) -> Store:
    """A store in `folder` in which each learner has answered a `share` of the course, every other one being strong."""
    dice = random.Random(seed)
    store = Store(folder / "headwaters.db")
    for number in range(learners):
        able = STRONG if number % 2 else WEAK
        for question in course.questions:
            if dice.random() < share:
                right = dice.random() < (0.8 if able == STRONG else 0.35)
                answer = json.dumps(given(question, right=right))
                name = f"{number:032x}"
                store.add_answer(f"{name}-{question.id}", name, AnswerRow(question.place, question.id, right, answer))
    return store
