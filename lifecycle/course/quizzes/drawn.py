"""What stands fixed beside a computed question's numbers: a word, a number or a sum that other draws belie."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence

from lifecycle.course.quizzes.computing import MARK, Plan
from lifecycle.course.quizzes.questions import Question

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_FIXED = re.compile(rf"(?<![\w.,/^]){_NUMBER}(?![\w/]|[.,]\d)")
_TERM = rf"{_NUMBER}(?: [−+×/] {_NUMBER})+"
_SUM = re.compile(rf"(?<![\d.,×−+/] )(?<![\w.,^/(])({_TERM}) = ({_NUMBER})(?! ?[%×/])")
# The time that was drawn, pointed at by a name that it need not have: `the same hour` of an outage of 45 minutes.
_POINTED = re.compile(r"\b(?:the same|that|this) (?:second|minute|hour|day|week)\b", re.IGNORECASE)
# A feedback that compares itself with what was drawn: the option may be right with other numbers.
_BESIDE = re.compile(r"\b\w+(?:er| often) [\w ]*than (?:this|that|here|now)\b", re.IGNORECASE)
_DO: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
# Below this a number is too common to tell anything: two consumers, three copies.
_SMALL = 10.0


def fixed_faults(question: Question, plan: Plan) -> Iterator[str]:
    """What in the words is true for some of the draws only, in words."""
    texts = (question.explanation, *(option.feedback for option in question.options))
    drawn = {draw.example: draw.name for draw in plan.draws if draw.example >= _SMALL}
    constants = {
        _value(number) for source in (question.stem, plan.run, plan.answer, plan.estimate) for number in _fixed(source)
    }
    constants |= {_value(number) for text in texts for mark in MARK.finditer(text) for number in _fixed(mark[3])}
    for text in texts:
        for number in _fixed(text):
            value = _value(number)
            if value in drawn and value not in constants:
                yield f"{number} stands fixed in its text, and {drawn[value]} is drawn: mark it, or write it otherwise"
        for match in _POINTED.findall(MARK.sub("", text)):
            yield f"“{match}” stands fixed in its text, and its numbers are drawn: name the thing, not how long it was"
    for option in question.options:
        if option.within and (match := _BESIDE.search(option.feedback)):
            yield f"“{match[0]}” in a feedback is wrong where that option is the right one"


def sum_faults(question: Question) -> Iterator[str]:
    """Sums in the explanation of a question as it is asked that anyone who does them gets another result of."""
    for match in _SUM.finditer(question.explanation.replace("*", "")):
        values = [_value(number) for number in re.findall(_NUMBER, match[1])]
        reached = _result(values, re.findall(r"[−+×/](?= )", match[1]))
        last_digit = 10.0 ** -len(match[2].partition(".")[2])
        if abs(reached - _value(match[2])) > max(0.501 * last_digit, 0.002 * abs(reached)):
            yield f"“{match[0]}” is {reached:.6g} in the numbers that are shown"


def _fixed(text: str) -> list[str]:
    return _FIXED.findall(MARK.sub("", text))


def _value(text: str) -> float:
    return float(text.replace(",", ""))


def _result(values: Sequence[float], signs: Sequence[str]) -> float:
    """Times and divided-by first, then plus and minus, as they are read."""
    sums, ways = [values[0]], []
    for sign, value in zip(signs, values[1:], strict=True):
        if sign in "×/":
            sums[-1] = _DO[sign](sums[-1], value)
        else:
            sums.append(value)
            ways.append(sign)
    total = sums[0]
    for sign, value in zip(ways, sums[1:], strict=True):
        total = _DO[sign](total, value)
    return total if math.isfinite(total) else math.inf
