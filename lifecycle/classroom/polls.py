"""What a class is asked, and apart from it what is right: phones get the one, and the other when it is time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from lifecycle.classroom.message import AskKept, KeyKept, KeyShown, PollKind, PollShown
from lifecycle.course.quizzes.checking import SEVERAL, lettered, letters
from lifecycle.course.quizzes.interactions import Arrange, Choose, Fill, Pair, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.numbers import accepted_number, taken_in
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.talks.talk import Rounds
from lifecycle.documents.rendering import as_html
from lifecycle.words import decimal, measured

HOLE = "____"
LONGEST_QUESTION = 200


@dataclass(frozen=True)
class Poll:
    """A question as a phone shows it, without the key: `stem` and `options` are HTML that is safe anywhere.

    A `number` is typed in `unit`; a `predict` lies between `low` and `high`; a `click` names one of `places`, pairs of
    an id (`lake`, `buffer->lake`) and a label; to an `open` one the class writes short texts.
    """

    id: str
    kind: PollKind
    stem: str
    options: tuple[str, ...] = ()
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    places: tuple[tuple[str, str], ...] = ()

    @property
    def letters(self) -> tuple[str, ...]:
        """What each option is called."""
        return letters(len(self.options))

    @property
    def hint(self) -> str:
        """What one has to know to answer it, beyond its words; "" for most."""
        return SEVERAL if self.kind is PollKind.MULTIPLE else ""


@dataclass(frozen=True)
class AnswerKey:
    """What is right: options by index, places by id, or a number within its tolerance; `truth` of a prediction.

    `feedback` has a text for each option (HTML, may be empty), `why` is the explanation (HTML).
    """

    options: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    truth: float | None = None
    tolerance: float = 0.0
    feedback: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Ask:
    """A poll with its key, and in how many rounds it is meant: 2 is vote, discuss, vote again."""

    poll: Poll
    key: AnswerKey
    rounds: Rounds = 1

    @property
    def truth_words(self) -> str:
        """The number that is right, in the words of every screen and paper; "" where it is no number."""
        if self.key.truth is None:
            return ""
        if self.poll.kind is PollKind.PREDICT:
            return f"Simulated: {measured(self.key.truth, self.poll.unit)}"
        room = f", give or take {_exactly(self.key.tolerance, self.poll.unit)}" if self.key.tolerance else ""
        return f"Right: {_exactly(self.key.truth, self.poll.unit)}{room}"

    def is_right(self, chosen: object) -> bool | None:
        """Whether a ballot's choice is right as a whole; None where nothing is right or wrong, as in a prediction."""
        match self.poll.kind:
            case PollKind.SINGLE | PollKind.MULTIPLE:
                return isinstance(chosen, tuple) and set(chosen) == set(self.key.options)
            case PollKind.CLICK:
                return chosen in self.key.places
            case PollKind.NUMBER:
                if self.key.truth is None or not isinstance(chosen, float):
                    return None
                room = self.key.tolerance + 1e-9 * abs(self.key.truth)
                return abs(chosen - self.key.truth) <= room
            case PollKind.PREDICT | PollKind.OPEN:
                return None
            case never:
                assert_never(never)


def ask_of(question: Question, places: Mapping[str, str], *, seed: str, rounds: Rounds = 1) -> Ask:
    """A question of the bank for a class; `places` are the labels of all that one may point at (`living.pointable`).

    `seed` decides on the order of the options. ValueError for a kind that a hall cannot answer on its phones.
    """
    match asked_as(question):
        case Choose(_, several):
            return _choice(question, several, seed, rounds)
        case Point() as pointing:
            return _click(question, pointing, places, rounds)
        case Fill():
            return _number(question, rounds)
        case Arrange() | Pair():
            kind = str(question.kind)
            raise ValueError(f"{question.id} is of the kind {kind!r}: a class answers choices, one number, or a click")
        case never:
            assert_never(never)


def prediction(
    id: str, label: str, *, unit: str, low: float, high: float, truth: float, why: str = "", rounds: Rounds = 1
) -> Ask:
    """A number to be guessed before a run tells it; `label` and `why` are Markdown."""
    if not low < high:
        raise ValueError(f"the scale of {id} must go up, from {low} to {high}")
    poll = Poll(id, PollKind.PREDICT, as_html(label), unit=unit, low=low, high=high)
    return Ask(poll, AnswerKey(truth=truth, why=as_html(why)), rounds)


def open_question(id: str, words: str) -> Ask:
    """A question for short texts, in the presenter's own words; nothing is right or wrong. ValueError without words."""
    text = " ".join(words.split())
    if not 0 < len(text) <= LONGEST_QUESTION:
        raise ValueError(f"Ask in 1 to {LONGEST_QUESTION} characters.")
    return Ask(Poll(id, PollKind.OPEN, as_html(text)), AnswerKey())


def _choice(question: Question, several: bool, seed: str, rounds: Rounds) -> Ask:
    options = [option for _, option in lettered(question, seed)]
    kind = PollKind.MULTIPLE if several else PollKind.SINGLE
    poll = Poll(
        question.id, kind, as_html(question.stem), tuple(as_html(option.text, inline=True) for option in options)
    )
    key = AnswerKey(
        options=tuple(index for index, option in enumerate(options) if option.right),
        feedback=tuple(as_html(option.feedback, inline=True) for option in options),
        why=as_html(question.explanation),
    )
    return Ask(poll, key, rounds)


def _click(question: Question, pointing: Point, places: Mapping[str, str], rounds: Rounds) -> Ask:
    right = pointing.right
    flows = any("->" in option.text for option in question.options)
    offered = tuple((id, label) for id, label in places.items() if flows or "->" not in id)
    if not set(right) <= {id for id, _ in offered}:
        raise ValueError(f"{question.id} asks for {', '.join(right)}, which is not on the diagram")
    by_text = {option.text: as_html(option.feedback, inline=True) for option in question.options}
    feedback = tuple(by_text.get(id, "") for id, _ in offered)
    poll = Poll(question.id, PollKind.CLICK, as_html(question.stem), places=offered)
    return Ask(poll, AnswerKey(places=right, feedback=feedback, why=as_html(question.explanation)), rounds)


def _number(question: Question, rounds: Rounds) -> Ask:
    accepted = accepted_number(question.answers[0]) if len(question.answers) == 1 else None
    if accepted is None:
        raise ValueError(f"{question.id} is no single number with a tolerance, so a class cannot be asked for it")
    poll = Poll(question.id, PollKind.NUMBER, as_html(question.with_gaps(HOLE)), unit=accepted.unit)
    key = AnswerKey(truth=accepted.value, tolerance=accepted.tolerance, why=as_html(question.explanation))
    return Ask(poll, key, rounds)


def _exactly(value: float, unit: str) -> str:
    """A number that an author chose: all of its digits, and none of what floats add."""
    return f"{decimal(value, 12)} {unit}".rstrip()


def poll_json(poll: Poll) -> PollShown:
    """A poll as JSON holds it."""
    return {
        "id": poll.id,
        "kind": poll.kind,
        "stem": poll.stem,
        "options": list(poll.options),
        "letters": list(poll.letters),
        "hint": poll.hint,
        "unit": poll.unit,
        "taken": taken_in(poll.unit) if poll.kind is PollKind.NUMBER else "",
        "low": poll.low,
        "high": poll.high,
        "places": [{"id": id, "label": label} for id, label in poll.places],
    }


def key_json(key: AnswerKey) -> KeyKept:
    """A key as JSON holds it."""
    return {
        "options": list(key.options),
        "places": list(key.places),
        "truth": key.truth,
        "tolerance": key.tolerance,
        "feedback": list(key.feedback),
        "why": key.why,
    }


def shown_key(ask: Ask) -> KeyShown:
    """The key as screens show it: with the words of a number that is right."""
    return {**key_json(ask.key), "said": ask.truth_words}


def ask_json(ask: Ask) -> AskKept:
    """An ask as JSON holds it; `ask_from` reads it."""
    return {"poll": poll_json(ask.poll), "key": key_json(ask.key), "rounds": ask.rounds}


def ask_from(plain: Mapping[str, Any]) -> Ask:
    """The ask that `ask_json` wrote."""
    poll, key = plain["poll"], plain["key"]
    return Ask(
        Poll(
            poll["id"],
            PollKind(poll["kind"]),
            poll["stem"],
            options=tuple(poll["options"]),
            unit=poll["unit"],
            low=poll["low"],
            high=poll["high"],
            places=tuple((place["id"], place["label"]) for place in poll["places"]),
        ),
        AnswerKey(
            options=tuple(key["options"]),
            places=tuple(key["places"]),
            truth=key["truth"],
            tolerance=key["tolerance"],
            feedback=tuple(key["feedback"]),
            why=key["why"],
        ),
        plain["rounds"],
    )
