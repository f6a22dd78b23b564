"""A placement quiz: at most twenty questions by which an experienced engineer skips ahead.

The ideas stand in groups (the zone of the place that asks most about an idea). A group is passed with three right
answers to questions of different ideas above plain recall, and left with two wrong ones: so four questions a group at
most, and guessing passes a group once in some twenty times. A passed idea still asks for one right answer of its own
before it counts as known (see `ideas`). Its answers are rows like all others, asked at PLACEMENT: all here is a query.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lifecycle.course.quizzes.interactions import Choose, Fill, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.questions import Question
from lifecycle.learning.mastery.ideas import ABOVE_RECALL
from lifecycle.learning.mastery.memory import AnsweredRow

PLACEMENT = "placement"
RIGHT, WRONG = 3, 2


@dataclass(frozen=True)
class Placement:
    """Where a learner stands: `passed` and `left` groups, the ideas of those passed, and what to ask `next`.

    `answered`: how many questions were; `most`: that there can be at most; `next` None when it is over.
    """

    passed: tuple[str, ...]
    left: tuple[str, ...]
    ideas: frozenset[str]
    answered: int
    most: int
    next: Question | None


def placement(
    questions: Sequence[Question], groups: Mapping[str, str], rows: Iterable[AnsweredRow], seed: str
) -> Placement:
    """The placement after these rows. `groups`: the group of each place; `seed`: whose, so that orders differ."""
    by_group = _ideas_by_group(questions, groups)
    given = {row.question: row.right for row in rows if row.place == PLACEMENT}
    idea_of = {question.id: question.idea for question in questions}
    answers = {
        group: [right for id, right in given.items() if idea_of.get(id) in ideas] for group, ideas in by_group.items()
    }
    passed = tuple(group for group, rights in answers.items() if sum(rights) >= RIGHT)
    asking = {group: _askable(questions, by_group[group], given, seed) for group in by_group if group not in passed}
    left = tuple(
        group for group, askable in asking.items() if len(answers[group]) - sum(answers[group]) >= WRONG or not askable
    )
    open_ones = [group for group in asking if group not in left]
    # one of each group in turn, so that anyone who stops early has been asked about all of them
    group = min(open_ones, key=lambda name: len(answers[name]), default=None)
    return Placement(
        passed,
        left,
        frozenset(idea for name in passed for idea in by_group[name]),
        sum(map(len, answers.values())),
        sum(len(answers[name]) for name in (*passed, *left))
        + sum(min(RIGHT + WRONG - 1, len(asking[name]) + len(answers[name])) for name in open_ones),
        asking[group][0] if group else None,
    )


def _ideas_by_group(questions: Sequence[Question], groups: Mapping[str, str]) -> dict[str, set[str]]:
    votes: dict[str, Counter[str]] = {}
    for question in questions:
        if question.idea and question.place in groups:
            votes.setdefault(question.idea, Counter())[groups[question.place]] += 1
    by_group: dict[str, set[str]] = {group: set() for group in dict.fromkeys(groups.values())}
    for idea, counts in votes.items():
        by_group[counts.most_common(1)[0][0]].add(idea)
    return {group: ideas for group, ideas in by_group.items() if ideas}


def _is_quick(question: Question) -> bool:
    """Whether it is quick to answer: one option, what is typed, or one place."""
    interaction = asked_as(question)
    return isinstance(interaction, Fill | Point) or (isinstance(interaction, Choose) and not interaction.several)


def _askable(questions: Sequence[Question], ideas: set[str], given: Mapping[str, bool], seed: str) -> list[Question]:
    """Questions above recall of the group's ideas that were not asked about yet, in the seed's order."""
    asked_ideas = {question.idea for question in questions if question.id in given}
    waiting = [
        question
        for question in questions
        if question.idea in ideas - asked_ideas and question.level in ABOVE_RECALL and _is_quick(question)
    ]

    def rank(question: Question) -> tuple[bool, bytes]:
        return question.level != "decide", hashlib.sha256(f"{seed}\0{question.id}".encode()).digest()

    return sorted(waiting, key=rank)
