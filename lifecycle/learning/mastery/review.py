"""What to ask next: what is due, mixed over the ideas, and what is new, where an idea was begun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lifecycle.course.quizzes.questions import LEVELS, Question
from lifecycle.learning.mastery.ideas import Mastery
from lifecycle.learning.mastery.memory import Memory


def due(questions: Iterable[Question], memories: Mapping[str, Memory], now_s: float) -> tuple[Question, ...]:
    """The questions that are due, those most likely forgotten first, no two of one idea in a row where avoidable."""
    waiting = [question for question in questions if question.id in memories and memories[question.id].due_s <= now_s]
    return mixed(sorted(waiting, key=lambda question: (memories[question.id].recall, question.id)))


def fresh(
    questions: Iterable[Question], memories: Mapping[str, Memory], masteries: Sequence[Mastery], most: int = 10
) -> tuple[Question, ...]:
    """New questions worth asking: of ideas begun and not known yet, then of new ones; easier ones first."""
    order = {"learning": 0, "fading": 1, "new": 2}
    rank = {mastery.idea.id: (order[mastery.state], n) for n, mastery in enumerate(masteries) if mastery.state in order}
    levels: Mapping[str, int] = {level: n for n, level in enumerate(LEVELS)}

    def key(question: Question) -> tuple[int, int, int, str]:
        state, idea = rank[question.idea]
        return state, levels.get(question.level, 1), idea, question.id

    candidates = [question for question in questions if question.id not in memories and question.idea in rank]
    return mixed(sorted(candidates, key=key)[:most])


def mixed(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The same questions in about the same order, no two of one idea in a row where that can be had.

    Interleaving: mixed practice is remembered longer than blocks of one kind (Rohrer, Taylor 2007,
    https://doi.org/10.1007/s11251-007-9015-8).
    """
    waiting = list(questions)
    chosen: list[Question] = []
    while waiting:
        last = chosen[-1].idea if chosen else None
        counts: dict[str, int] = {}
        for question in waiting:
            counts[question.idea] = counts.get(question.idea, 0) + 1
        crowded = max(counts, key=lambda idea: counts[idea])
        # an idea that fills more than half of what is left must go now, or its questions would meet at the end
        pick = crowded if 2 * counts[crowded] > len(waiting) and crowded != last else None
        step = next((n for n, question in enumerate(waiting) if question.idea == pick), None)
        if step is None:
            step = next((n for n, question in enumerate(waiting) if question.idea != last), 0)
        chosen.append(waiting.pop(step))
    return tuple(chosen)
