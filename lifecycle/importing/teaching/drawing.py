"""A question as it is made: options that are right or wrong by computation, drawn the same way each time."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lifecycle.importing.teaching.subject import safe, words_in
from lifecycle.words import alike

RIGHT, WRONG = 2, 3  # options of a question: at most so many right ones, and exactly so many wrong ones
# Options are names that somebody else has chosen: nobody can reword them.
ALLOWED = "length, clue, above, absolute, negative"


@dataclass(frozen=True)
class DrawnOption:
    """An option by what it says, which is not yet Markdown; `why` is Markdown, and says why it is right or wrong."""

    text: str
    why: str


@dataclass(frozen=True)
class ProjectQuestion:
    """A question of the course; `stem` and `explanation` are Markdown, `options` in their order with what is right."""

    id: str
    place: str
    stem: str
    options: tuple[tuple[DrawnOption, bool], ...]
    explanation: str
    level: str
    idea: str

    def markdown(self, idea: str) -> str:
        """Its block, under the idea that the bank as a whole gives it."""
        return "\n".join(self._lines(idea))

    def _lines(self, idea: str) -> Iterator[str]:
        yield f"<!-- question: {self.id}; level: {self.level}; idea: {idea}; allow: {ALLOWED} -->"
        yield "<quiz>"
        yield self.stem
        for option, right in self.options:
            yield f"- [{'x' if right else ' '}] {safe(option.text)}"
            yield f"> {option.why}"
        yield f"\n{self.explanation}\n</quiz>\n"


def drawn(
    id: str, rights: Iterable[DrawnOption], wrongs: Iterable[DrawnOption]
) -> tuple[tuple[DrawnOption, bool], ...]:
    """Options out of all that are right and all that are wrong; () where there are too few, or too few unlike others.

    The order hangs on question and option alone, so that a project that grows keeps what was drawn where it can.
    """
    taken: list[str] = []
    right = list(_unlike(id, rights, RIGHT, taken))
    wrong = list(_unlike(id, wrongs, WRONG, taken))
    if not right or len(wrong) < WRONG:
        return ()
    marked = [(option, True) for option in right] + [(option, False) for option in wrong]
    return tuple(sorted(marked, key=lambda pair: luck(id, "order", pair[0].text)))


def _unlike(id: str, options: Iterable[DrawnOption], most: int, taken: list[str]) -> Iterator[DrawnOption]:
    """The first `most` by luck whose words are not nearly those of another one; `taken` grows."""
    left = most
    for option in sorted(options, key=lambda option: luck(id, "drawn", option.text)):
        words = words_in(option.text)
        if left and words and not any(alike(words, words_in(other)) for other in taken):
            taken.append(option.text)
            left -= 1
            yield option


def luck(*parts: str) -> bytes:
    """By what things stand in an order that means nothing and is the same each time."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).digest()


def balanced(questions: Sequence[ProjectQuestion]) -> tuple[ProjectQuestion, ...]:
    """The questions with the one right option in each place about as often as in every other.

    Luck alone leaves it so nearly always. Where it does not, a few questions have their right option moved.
    """
    made = list(questions)
    one_right = [number for number, question in enumerate(made) if sum(right for _, right in question.options) == 1]
    places: dict[int, list[int]] = {place: [] for place in range(1 + WRONG)}
    for number in sorted(one_right, key=lambda number: luck("place", made[number].id)):
        places[_place(made[number])].append(number)
    spread = math.sqrt(len(one_right) * WRONG) / (1 + WRONG)
    while True:
        fullest, emptiest = (chosen(places, key=lambda place: len(places[place])) for chosen in (max, min))
        if len(places[fullest]) - len(places[emptiest]) <= max(2 * spread, 1):
            return tuple(made)
        number = places[fullest].pop()
        options = list(made[number].options)
        options[fullest], options[emptiest] = options[emptiest], options[fullest]
        made[number] = replace(made[number], options=tuple(options))
        places[emptiest].append(number)


def _place(question: ProjectQuestion) -> int:
    return next(place for place, (_, right) in enumerate(question.options) if right)


def unlike_stems(questions: Sequence[ProjectQuestion]) -> Iterator[ProjectQuestion]:
    """The questions without those that ask nearly what one before asks: short names make many stems alike."""
    kept: list[tuple[list[str], frozenset[str]]] = []
    for question in questions:
        words = words_in(question.stem)
        answers = frozenset(option.text for option, _ in question.options)
        if not any(alike(words, others) and (len(words) >= 8 or answers == theirs) for others, theirs in kept):
            kept.append((words, answers))
            yield question
