"""Misconceptions over all learners: which are commonest, and at which places of the diagram they show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lifecycle.course.ideas import Misconception
from lifecycle.course.quizzes.questions import Question
from lifecycle.learning.item_analysis.attempts import FEWEST, Attempts, believed


@dataclass(frozen=True)
class Belief:
    """A misconception: of `met` learners who were offered it, `held` chose it at first sight at least once.

    Below FEWEST learners `met`, `held` and `share` are None.
    """

    misconception: Misconception
    met: int | None = None
    held: int | None = None
    share: float | None = None


@dataclass(frozen=True)
class Heat:
    """A place: of `answers` first answers to questions that offer a misconception, the `share` that chose one.

    `questions` is how many there offer one. Below FEWEST learners every other figure is None. `commonest` is the
    id of the one chosen most, by FEWEST learners or more.
    """

    place: str
    questions: int = 0
    learners: int | None = None
    answers: int | None = None
    share: float | None = None
    commonest: str = ""


def beliefs(attempts: Attempts, misconceptions: Sequence[Misconception]) -> tuple[Belief, ...]:
    """Every misconception, the commonest first; those that too few learners met come last."""
    met: dict[str, set[int]] = defaultdict(set)
    held: dict[str, set[int]] = defaultdict(set)
    for place, (question, given) in enumerate(zip(attempts.questions, attempts.given, strict=True)):
        for id in _of(question):
            met[id] |= given.keys()
        for learner in given:
            for id in _shown(attempts, place, learner):
                held[id].add(learner)
    results = []
    for one in misconceptions:
        count, had = len(met[one.id]), len(held[one.id])
        results.append(Belief(one, count, had, had / count) if count >= FEWEST else Belief(one))
    return tuple(sorted(results, key=lambda belief: -1.0 if belief.share is None else belief.share, reverse=True))


def heat(attempts: Attempts, places: Sequence[str]) -> tuple[Heat, ...]:
    """How much misconceptions show at each place, in the order of `places`."""
    return tuple(_heat(attempts, place) for place in places)


def _heat(attempts: Attempts, place: str) -> Heat:
    learners: set[int] = set()
    who: dict[str, set[int]] = defaultdict(set)
    offering, answers, chose = 0, 0, 0
    for column, (question, given) in enumerate(zip(attempts.questions, attempts.given, strict=True)):
        if question.place != place or not _of(question):
            continue
        offering += 1
        learners |= given.keys()
        answers += len(given)
        for learner in given:
            chosen = _shown(attempts, column, learner)
            chose += bool(chosen)
            for id in chosen:
                who[id].add(learner)
    if len(learners) < FEWEST:
        return Heat(place, offering)
    counts = Counter({id: len(believers) for id, believers in who.items() if len(believers) >= FEWEST})
    commonest = min(counts, key=lambda id: (-counts[id], id)) if counts else ""
    return Heat(place, offering, len(learners), answers, chose / answers, commonest)


def _shown(attempts: Attempts, column: int, learner: int) -> set[str]:
    """What an answer lets one suppose; nothing where it was right, as any option may be with other numbers."""
    if attempts.right[learner, column]:
        return set()
    return believed(attempts.questions[column], attempts.given[column][learner])


def _of(question: Question) -> set[str]:
    return {option.misconception for option in question.options if option.misconception}
