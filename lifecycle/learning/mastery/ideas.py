"""Mastery per idea: the evidence that a learner knows it, and whether it has faded.

An idea is **known** when three different questions about it were last answered right (all of them where there are
fewer), at least one of them above plain recall (explain or decide, where there is one), none was last answered wrong,
and FSRS gives the next right answer a chance of at least 90 % on the mean. Guessing does not get there: three questions
of four options are all guessed right once in 64 times. Anyone who passed the placement of an idea's group needs one
question above recall, not three. A known idea whose mean chance has fallen below that is **fading** and comes back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lifecycle.course.ideas import Idea
from lifecycle.course.quizzes.questions import Question
from lifecycle.learning.mastery.memory import RETENTION, Memory

IdeaState = Literal["new", "learning", "known", "fading"]
NEEDED = 3
ABOVE_RECALL = ("explain", "decide")


@dataclass(frozen=True)
class Mastery:
    """One idea of one learner.

    `right`: its questions that were last answered right, and `wrong`: last answered wrong; `needed`: right ones that
    it takes. `recall`: the mean chance of a right answer to those answered, now; 0 where none was. `due_s`: when the
    first of them is due (seconds since 1970), None where none was answered. `placed`: whether placement vouches for it.
    """

    idea: Idea
    state: IdeaState
    questions: int
    right: int
    wrong: int
    needed: int
    recall: float
    due_s: float | None
    placed: bool = False

    @property
    def known(self) -> bool:
        """Whether it counts as mastered now."""
        return self.state == "known"

    @property
    def progress(self) -> float:
        """How far it is towards known, 0 to 1."""
        return min(1.0, self.right / self.needed) if self.needed else 0.0


def masteries(
    ideas: Sequence[Idea],
    questions: Iterable[Question],
    memories: Mapping[str, Memory],
    placed: Collection[str] = (),
) -> tuple[Mastery, ...]:
    """The mastery of every idea that has questions, in the course's order. `placed`: ideas passed by placement."""
    by_idea: dict[str, list[Question]] = {}
    for question in questions:
        by_idea.setdefault(question.idea, []).append(question)
    return tuple(_of(idea, by_idea[idea.id], memories, idea.id in placed) for idea in ideas if idea.id in by_idea)


def _of(idea: Idea, questions: Sequence[Question], memories: Mapping[str, Memory], placed: bool) -> Mastery:
    answered = [(question, memories[question.id]) for question in questions if question.id in memories]
    right = [question for question, memory in answered if memory.right]
    wrong = len(answered) - len(right)
    recall = sum(memory.recall for _, memory in answered) / len(answered) if answered else 0.0
    harder = [question for question in questions if question.level in ABOVE_RECALL]
    needed = min(len(questions), 1 if placed else NEEDED)
    proven = len(right) >= needed and not wrong and (not harder or any(question in harder for question in right))
    state: IdeaState = (
        "new" if not answered else "learning" if not proven else "known" if recall >= RETENTION else "fading"
    )
    due_s = min((memory.due_s for _, memory in answered), default=None)
    return Mastery(idea, state, len(questions), len(right), wrong, needed, recall, due_s, placed)
