"""The classical figures of each question: difficulty, discrimination, and what draws whom.

Sources: R. L. Ebel, D. A. Frisbie, Essentials of Educational Measurement (1991), ch. 13, for difficulty, discrimination
and what is low; T. L. Kelley, "The Selection of Upper and Lower Groups for the Validation of Test Items", J. Educ.
Psych. 30 (1939), for 27 per cent; E. B. Wilson, JASA 22 (1927), for the interval of a share; R. A. Fisher, Metron 1
(1921), for that of a correlation.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lifecycle.course.quizzes.interactions import Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.questions import Question
from lifecycle.learning.item_analysis.attempts import FEWEST, Attempts, answered, fits, offered, plain

ENOUGH = 10
"""Learners without whom no figure is given."""
LEAST_OTHERS = 3
"""Other questions that a learner must have answered, to be called stronger or weaker."""
GROUP = 0.27
HARD, EASY, LOW, IDLE = 0.3, 0.9, 0.2, 0.05
Z95 = 1.959964
_Floats = NDArray[np.float64]
Interval = tuple[float, float]


@dataclass(frozen=True)
class OptionDraw:
    """Something that can be answered, and who did: shares, 0 to 1, of all and of the three groups by score.

    `text` is Markdown, or what was typed. `groups` are (weakest, middle, strongest), None where a group is too small.
    `r` is the correlation of choosing it with the score on the rest, with its 95 % interval. `number` counts options
    from 0 as they are written, -1 for what is not listed.
    """

    text: str
    right: bool
    learners: int
    share: float
    groups: tuple[float, float, float] | None = None
    r: float | None = None
    r_interval: Interval | None = None
    misconception: str = ""
    number: int = -1


@dataclass(frozen=True)
class Item:
    """A question's figures over first attempts; None for what too few learners stand behind.

    `learners` is None below FEWEST. `difficulty` is the share that was right, with Wilson's 95 % interval;
    `discrimination` the point-biserial correlation of being right with the score on all other questions, with Fisher's;
    `upper_lower` the share right among the strongest 27 % less that among the weakest. `draws` is empty where
    every learner is asked for other numbers. `marks` say what to look at.
    """

    question: Question
    learners: int | None
    difficulty: float | None = None
    difficulty_interval: Interval | None = None
    discrimination: float | None = None
    discrimination_interval: Interval | None = None
    upper_lower: float | None = None
    draws: tuple[OptionDraw, ...] = ()
    marks: tuple[str, ...] = ()


def analyse(attempts: Attempts) -> tuple[Item, ...]:
    """Every question's figures, in the order of the questions."""
    total = np.nansum(attempts.right, axis=1)
    count = np.sum(~np.isnan(attempts.right), axis=1)
    return tuple(_item(attempts, place, total, count) for place in range(len(attempts.questions)))


def wilson(hits: float, n: int) -> Interval:
    """The 95 % interval of a share of which `hits` of `n` were seen; n > 0."""
    share, z2 = hits / n, Z95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def fisher(r: float, n: int) -> Interval:
    """The 95 % interval of a correlation over `n` > 3 pairs."""
    if abs(r) >= 1.0:
        return r, r
    at, half = math.atanh(r), Z95 / math.sqrt(n - 3)
    return math.tanh(at - half), math.tanh(at + half)


def correlation(x: _Floats, y: _Floats) -> float | None:
    """Pearson's correlation; None for fewer than ENOUGH pairs, or where one of the two does not vary."""
    if len(x) < ENOUGH:
        return None
    dx, dy = x - x.mean(), y - y.mean()
    spread = math.sqrt(float(dx @ dx) * float(dy @ dy))
    if np.ptp(x) == 0 or np.ptp(y) == 0 or spread == 0.0:
        return None
    return max(-1.0, min(1.0, float(dx @ dy) / spread))


def ends(scores: _Floats, share: float = GROUP) -> tuple[_Floats, _Floats]:
    """How much each belongs to the strongest and to the weakest `share`: weights 0 to 1 that sum to share * n.

    Those who tie at the border share what is left of the group, so that no order of the learners decides.
    """
    return _top(scores, share), _top(-scores, share)


def _top(scores: _Floats, share: float) -> _Floats:
    room = share * len(scores)
    weights = np.zeros(len(scores))
    for value in np.unique(scores)[::-1]:
        tied = scores == value
        weights[tied] = min(1.0, room / tied.sum())
        room -= min(room, float(tied.sum()))
        if room <= 0:
            break
    return weights


def _item(attempts: Attempts, place: int, total: _Floats, count: NDArray[np.int64]) -> Item:
    question, who = attempts.questions[place], np.flatnonzero(answered(attempts, place))
    n = len(who)
    if n < FEWEST:
        return Item(question, None)
    if n < ENOUGH:
        return Item(question, n)
    right = attempts.right[who, place]
    hits = float(right.sum())
    judged = who[count[who] - 1 >= LEAST_OTHERS]
    score = (total[judged] - attempts.right[judged, place]) / (count[judged] - 1)
    known = attempts.right[judged, place]
    r = correlation(known, score)
    upper, lower = ends(score)
    apart = plain((upper - lower) @ known / upper.sum()) if len(judged) >= ENOUGH else None
    item = Item(
        question,
        n,
        hits / n,
        wilson(hits, n),
        r,
        None if r is None else fisher(r, len(judged)),
        apart,
        () if question.computed else _draws(attempts, place, who, judged, score),
    )
    return Item(**{**vars(item), "marks": tuple(_marks(item))})


def _draws(
    attempts: Attempts, place: int, who: NDArray[np.int64], judged: NDArray[np.int64], score: _Floats
) -> tuple[OptionDraw, ...]:
    """What was answered: every listed option, and of all else what at least FEWEST learners gave."""
    question, given = attempts.questions[place], attempts.given[place]
    counts = Counter(key for learner in who for key in set(given[int(learner)]))
    listed = offered(question)
    others = sorted(
        (key for key, seen in counts.items() if key not in listed and seen >= FEWEST), key=lambda k: -counts[k]
    )
    upper, lower = ends(score)
    groups = np.array([lower, 1 - lower - upper, upper]) if upper.sum() >= FEWEST else None
    draws = []
    for number, key in enumerate((*listed, *others)):
        option = listed.get(key)
        chose = np.array([key in given[int(learner)] for learner in judged], dtype=float)
        r = correlation(chose, score)
        shares = None if groups is None else tuple(float(share) for share in groups @ chose / groups.sum(axis=1))
        draws.append(
            OptionDraw(
                option.text if option else key,
                option.right if option else fits(question, key),
                counts[key],
                counts[key] / len(who),
                (shares[0], shares[1], shares[2]) if shares else None,
                r,
                None if r is None else fisher(r, len(judged)),
                option.misconception if option else "",
                number if option else -1,
            )
        )
    return tuple(draws)


def _marks(item: Item) -> list[str]:
    """What an author should look at, only where it is more than chance (the interval, not the figure, decides)."""
    marks = []
    if item.difficulty_interval and item.difficulty_interval[1] < HARD:
        marks.append("hard: hardly anybody is right at first; is it taught, and is the key right?")
    if item.difficulty_interval and item.difficulty_interval[0] > EASY:
        marks.append("easy: nearly everybody is right at first, so it tells little")
    if item.discrimination_interval and item.discrimination_interval[1] < 0:
        marks.append("upside down: the weaker learners are right more often; look at the key and the wording")
    elif item.discrimination_interval and item.discrimination_interval[1] < LOW:
        marks.append("hardly discriminates: strong and weak learners do alike")
    for draw in item.draws:
        if draw.number < 0 or draw.right or item.learners is None:
            continue
        if wilson(draw.learners, item.learners)[1] < IDLE and not isinstance(asked_as(item.question), Point):
            marks.append(f"option {draw.number + 1} is idle: hardly anybody takes it")
        elif draw.r_interval and draw.r_interval[0] > 0:
            marks.append(f"option {draw.number + 1} draws the strong: it may be right as well")
    return marks
