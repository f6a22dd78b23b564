"""What is weak only over a whole bank: where right options stand, how long they are, what is asked twice or hardly."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from lifecycle.course.quizzes.questions import Question, QuestionKind
from lifecycle.course.quizzes.weakness import Weakness, item_weaknesses, words_of
from lifecycle.documents import Problem, as_text
from lifecycle.words import ALIKE, alike

BEYOND_CHANCE_Z = 3.0  # standard errors from what chance would do: once in 740 honest banks
ENOUGH = 20  # questions for a statement about a bank
SAME_IN_A_ROW = 5  # questions of a page with the right option in one place
LEAST_OF_AN_IDEA = 3


def weaknesses(questions: Sequence[Question], ideas: Collection[str] = ()) -> tuple[Weakness, ...]:
    """Everything that is weak in a bank, in the order of files and lines.

    `ideas` are the ids of all that the course names, so that one nobody asks for is found as well.
    """
    slips = [*item_weaknesses(questions), *_positions(questions), *_rows(questions), *_lengths(questions)]
    slips += [*_twin_stems(questions), *_thin_ideas(questions, ideas)]
    return tuple(sorted(slips, key=lambda weakness: weakness.problem))


def _choices(questions: Iterable[Question]) -> list[Question]:
    return [question for question in questions if question.kind == QuestionKind.SINGLE and len(question.options) > 1]


def _place(question: Question) -> int:
    return next(place for place, option in enumerate(question.options) if option.right)


def _positions(questions: Sequence[Question]) -> Iterator[Weakness]:
    """A place at which the right option stands more often, or less, than chance would put it."""
    choices = _choices(questions)
    if len(choices) < ENOUGH:
        return
    for place in range(max(len(question.options) for question in choices)):
        chances = [1 / len(question.options) for question in choices if len(question.options) > place]
        seen = sum(_place(question) == place for question in choices)
        if abs(_z(seen, chances)) > BEYOND_CHANCE_Z:
            what = f"the right option is number {place + 1} in {seen} of {len(chances)} questions that have one there"
            fix = f"move some, so that it is about {sum(chances):.0f}: other programs show options as they are written"
            yield Weakness("position", Problem(choices[0].file, choices[0].line, f"over the bank, {what}", fix))


def _z(seen: int, chances: Sequence[float]) -> float:
    """How many standard errors a count is from the sum of these chances (independent, so their variances add)."""
    spread = math.sqrt(sum(chance * (1 - chance) for chance in chances))
    return (seen - sum(chances)) / spread if spread else 0.0


def _rows(questions: Sequence[Question]) -> Iterator[Weakness]:
    """A page whose right option stays in one place through several questions."""
    pages: dict[str, list[Question]] = defaultdict(list)
    for question in _choices(questions):
        pages[question.file].append(question)
    for of_page in pages.values():
        run = 1
        for before, question in pairwise(of_page):
            run = run + 1 if _place(question) == _place(before) else 1
            if run == SAME_IN_A_ROW:
                what = (
                    f"{question.id}: the {run}th question in a row whose right option is number {_place(question) + 1}"
                )
                yield Weakness("position", Problem(question.file, question.line, what, "move one of them"))


def _lengths(questions: Sequence[Question]) -> Iterator[Weakness]:
    """The right option is the longest, or the shortest, of its question more often than chance would make it."""
    choices = _choices(questions)
    if len(choices) < ENOUGH:
        return
    for word, extreme in (("longest", max), ("shortest", min)):
        seen, chances = 0, []
        for question in choices:
            lengths = [len(as_text(option.text)) for option in question.options]
            if lengths.count(extreme(lengths)) == 1:
                seen += lengths[_place(question)] == extreme(lengths)
                chances.append(1 / len(lengths))
        if _z(seen, chances) > BEYOND_CHANCE_Z:
            what = f"over the bank, the right option is the {word} in {seen} of {len(chances)} questions"
            fix = f"chance would make it {sum(chances):.0f}: lengthen or shorten others"
            yield Weakness("length", Problem(choices[0].file, choices[0].line, what, fix))


def _twin_stems(questions: Sequence[Question]) -> Iterator[Weakness]:
    """Pairs of stems with nearly the same words. Sorted by their number, only those of like size are compared."""
    sized = sorted(((set(words_of(question.stem)), question) for question in questions), key=lambda pair: len(pair[0]))
    for index, (words, question) in enumerate(sized):
        for others, other in sized[index + 1 :]:
            if len(words) < ALIKE * len(others):
                break
            if alike(sorted(words), sorted(others)) and _answers(question) == _answers(other):
                first, second = sorted((question, other), key=lambda item: (item.file, item.line))
                what = f"{second.id}: asks nearly the same as {first.id} ({first.file}:{first.line})"
                yield Weakness("twins", Problem(second.file, second.line, what, "ask something else, or remove it"))


def _answers(question: Question) -> frozenset[tuple[str, ...]]:
    """What is to be found: a short stem such as "Which of these hold?" over other answers asks something else."""
    texts = [option.text + option.pair for option in question.options] or list(question.answers)
    return frozenset(tuple(words_of(text)) for text in texts) if len(words_of(question.stem)) < 8 else frozenset()


def _thin_ideas(questions: Sequence[Question], ideas: Collection[str]) -> Iterator[Weakness]:
    counts = Counter(question.idea for question in questions if question.idea)
    first: dict[str, Question] = {}
    for question in questions:
        first.setdefault(question.idea, question)
    for idea in dict.fromkeys((*ideas, *counts)):
        if counts[idea] < LEAST_OF_AN_IDEA:
            file, line = (first[idea].file, first[idea].line) if idea in first else ("ideas.yaml", 1)
            count = f"{counts[idea]} question{'' if counts[idea] == 1 else 's'}" if counts[idea] else "no question"
            what = f"the idea {idea} has {count}"
            fix = f"ask for it at least {LEAST_OF_AN_IDEA} times: fewer cannot tell knowing from luck"
            yield Weakness("idea", Problem(file, line, what, fix))
