"""What makes a question weak although it can be asked: the known slips of item writing, found by the words alone.

The rules are those of T. M. Haladyna, S. M. Downing, M. C. Rodriguez, "A Review of Multiple-Choice Item-Writing
Guidelines for Classroom Assessment", Applied Measurement in Education 15 (2002) 309-333. A rule may be wrong about one
question: its author says so in the comment above, `allow: length, clue`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from lifecycle.course.quizzes.interactions import Choose, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.numbers import accepted_number
from lifecycle.course.quizzes.questions import LEVELS, Option, Question, QuestionKind
from lifecycle.documents import Problem, as_text, shown
from lifecycle.words import alike

LONGER, LETTERS = (
    1.5,
    15,
)  # a right option is conspicuous when it is so many times, and so many letters, longer (shorter)
FEWEST = 3  # options: with two, every other guess is right
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ABOVE = re.compile(
    r"\b(?:all|none|any|both|neither|either) of (?:the|these|those)"
    r" (?:above|below|others?|other (?:options|answers)|options|answers)\b"
    r"|\b(?:all|none|both) of (?:these|the above)\s*\.?$|\b[a-d] and [a-d]\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|impossible|absolutely|completely|entirely|invariably|guarantees?|guaranteed|in every case"
    r"|under no circumstances|no matter what)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:not|never|except|least|cannot|can't|isn't|aren't|doesn't|don't|won't|n't)\b", re.IGNORECASE
)
_ASKS = re.compile(r"(?:which|what|who|where|when|how)\b", re.IGNORECASE)
_EMPHASISED = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")
_COMMON = frozenset(
    """about after again also another because before being between cannot could does doing down during each else
    enough even every first from gets give goes have here into just last less like long made make many more most
    much must never only other over same should since some still such than that their them then there these they
    this those through time under until very what when where which while whole will with within without would your
    yours""".split()  # noqa: SIM905 - a page of quotes would hide the words
)


@dataclass(frozen=True)
class Weakness:
    """One slip: its kind (a word that `allow:` takes), and where it is, what is wrong and how to fix it."""

    kind: str
    problem: Problem


_Slips = Iterator[tuple[str, str]]


def item_weaknesses(questions: Iterable[Question]) -> Iterator[Weakness]:
    """What is weak in each question for itself, in the order of the questions."""
    for question in questions:
        allowed = set(re.split(r"[,\s]+", question.tag("allow")))
        for kind, rule in RULES.items():
            if kind not in allowed:
                for what, fix in rule(question):
                    where = f"{question.id}: {what}"
                    yield Weakness(kind, Problem(question.file, question.line, where, fix))


def words_of(markdown: str) -> list[str]:
    """The words of a text in small letters, without marks and comments."""
    return [word.lower() for word in _WORD.findall(as_text(markdown))]


def _is_choice(question: Question) -> bool:
    return isinstance(asked_as(question), Choose)


def _parted(question: Question) -> tuple[list[Option], list[Option]]:
    right = [option for option in question.options if option.right]
    return right, [option for option in question.options if not option.right]


def _length(question: Question) -> _Slips:
    right, wrong = _parted(question)
    if not _is_choice(question) or not right or not wrong:
        return
    rights, wrongs = ([len(as_text(option.text)) for option in options] for options in (right, wrong))
    longer = min(rights) >= max(LONGER * max(wrongs), max(wrongs) + LETTERS)
    shorter = min(wrongs) >= max(LONGER * max(rights), max(rights) + LETTERS)
    if longer or shorter:
        subject = "the right option is" if len(right) == 1 else "the right options are"
        what = f"{subject} conspicuously {'longer' if longer else 'shorter'} than the others"
        yield f"{what} ({_letters(rights)} letters beside {_letters(wrongs)})", "make all options about as long"


def _letters(lengths: Sequence[int]) -> str:
    return str(min(lengths)) if min(lengths) == max(lengths) else f"{min(lengths)} to {max(lengths)}"


def _above(question: Question) -> _Slips:
    for option in question.options:
        if _is_choice(question) and (match := _ABOVE.search(as_text(option.text))):
            fix = "let each option stand for itself; where several are right, mark each with [x]"
            yield f"“{match[0]}” in an option, which a shuffle makes meaningless", fix


def _absolute(question: Question) -> _Slips:
    right, wrong = _parted(question)
    if not _is_choice(question) or any(_ABSOLUTE.search(as_text(option.text)) for option in right):
        return
    words = {word.lower(): None for option in wrong for word in _ABSOLUTE.findall(as_text(option.text))}
    if words:
        listed = ", ".join(words)
        yield (
            f"only wrong options say {listed}: a sign to strike them out",
            "say it in a right option too, or leave it out",
        )


def _negative(question: Question) -> _Slips:
    """A question in the negative whose `not` is easily missed: in its last sentence, in capitals or bold it is fine."""
    last = re.split(r"(?<=[.!:])\s+|\n\n", question.stem.strip())[-1].strip()
    if not (_ASKS.match(_EMPHASISED.sub(r"\2", last)) and last.rstrip("*_ ").endswith("?")):
        return
    bare = _EMPHASISED.sub("", last)
    negative = next((word for word in _NEGATIVE.findall(bare) if not word.isupper()), None)
    if negative and _is_choice(question):
        yield (
            f"it asks in the negative, and “{negative}” is easily missed",
            f"write **{negative}**, or ask for what holds",
        )


def _few(question: Question) -> _Slips:
    if _is_choice(question) and len(question.options) < FEWEST:
        count = len(question.options)
        words = f"{count} option{'' if count == 1 else 's'}"
        yield f"{words}, so that guessing pays", f"offer at least {FEWEST}, each wrong one a belief that somebody holds"


def _twins(question: Question) -> _Slips:
    if isinstance(asked_as(question), Point):
        return
    texts = [option.text or option.pair for option in question.options]
    listed = [words_of(text) for text in texts]
    for one, other in combinations(range(len(texts)), 2):
        if alike(listed[one], listed[other]):
            yield (
                f"two options that say nearly the same: {shown(texts[one])} and {shown(texts[other])}",
                "reword or drop one",
            )


def _explanation(question: Question) -> _Slips:
    if not question.explanation:
        yield "no explanation", "say below the options (or below ---) why the answer is right"


def _feedback(question: Question) -> _Slips:
    judged = isinstance(asked_as(question), Choose | Point)
    silent = [number for number, option in enumerate(question.options, 1) if not option.feedback]
    if judged and silent:
        numbers = ", ".join(map(str, silent))
        what = f"no feedback on option{'' if len(silent) == 1 else 's'} {numbers}"
        yield what, "write a `> line` below each: what tempts, and why it is (or is not) so"


def _spelling(question: Question) -> _Slips:
    """A blank of words with no other word: a learner who writes `polling` for `polls` is told that it is wrong."""
    for first, *more in question.accepted:
        if not more and accepted_number(first) is None:
            fix = "write the others behind it, `[[reads]]<!-- or: reading, is read -->`, or say that there are none"
            yield f"the blank {shown(first)} takes one spelling", fix


def _given(question: Question) -> _Slips:
    """A blank whose answer stands in the sentence round it."""
    around = {_root(word) for word in words_of(question.with_gaps("…")) if _telling(word)}
    for answer in question.answers:
        if accepted_number(answer):  # its unit may well stand there
            continue
        given = [word for word in words_of(answer) if _root(word) in around]
        if given:
            yield f"the sentence gives away “{', '.join(given)}”", "ask for another word, or reword the sentence"


def _clue(question: Question) -> _Slips:
    """A telling word that the stem shares with the right option alone."""
    right, wrong = _parted(question)
    if question.kind != QuestionKind.SINGLE or not wrong:
        return
    stem = {_root(word) for word in words_of(question.stem) if _telling(word)}
    others = {_root(word) for option in wrong for word in words_of(option.text)}
    key = dict.fromkeys(word for word in words_of(right[0].text) if _telling(word))
    words = [word for word in key if _root(word) in stem - others]
    if words:
        listed = ", ".join(words)
        yield (
            f"of all options only the right one repeats the stem's “{listed}”",
            "use the word in others too, or in none",
        )


def _telling(word: str) -> bool:
    return len(word) > 4 and word not in _COMMON and not word[0].isdigit()


def _root(word: str) -> str:
    """A word without its commonest endings: enough to see `consumers` in `consumer`, and `loaded` in `load`."""
    for ending in ("ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _tags(question: Question) -> _Slips:
    missing = [name for name in ("level", "idea") if not question.tag(name)]
    if missing:
        yield f"no {' and no '.join(missing)} named", "write `level: …; idea: …` in the comment above"


def _level(question: Question) -> _Slips:
    if question.level and question.level not in LEVELS:
        yield f"the level {shown(question.level)}", f"write {', '.join(LEVELS[:-1])} or {LEVELS[-1]}"


# Every rule by the word that a question's `allow:` takes.
RULES: dict[str, Callable[[Question], _Slips]] = {
    "length": _length,
    "above": _above,
    "absolute": _absolute,
    "negative": _negative,
    "few": _few,
    "twins": _twins,
    "explanation": _explanation,
    "feedback": _feedback,
    "clue": _clue,
    "spelling": _spelling,
    "given": _given,
    "tags": _tags,
    "level": _level,
}
