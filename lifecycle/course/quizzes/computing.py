"""Questions whose numbers are drawn by seed: a true example in the text, and in comments what varies.

A number followed by `<!-- = expression -->` is replaced by the expression's value, and the answer, a blank with a
tolerance or the option whose span holds it, by that of the comment's `answer:`. Anyone who reads the file, mkdocs-quiz
too, meets the example.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lifecycle.course.quizzes.expressions import evaluate
from lifecycle.course.quizzes.numbers import Accepted, accepted_number
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind

# What a run of the simulation says, by its address query: the figures of `python -m lifecycle simulate --json`.
Facts = Callable[[str], Mapping[str, Any]]

# Of a blank's tolerance: so near must the example be to what is computed.
NEAR = 0.25
MOST_VALUES = 10_000
_DRAW = re.compile(r"([a-z][a-z0-9_]*)\s+(\S+)\s+in\s+(\S+?)\.\.(\S+)\s+by\s+(\S+)")
MARK = re.compile(r"([+\-−]?\d[\d,]*(?:\.\d+)?)(\**)[ ]?<!--\s*=\s*(.*?)\s*-->")
_HOLE = re.compile(r"\{(.*?)\}")


@dataclass(frozen=True)
class Draw:
    """One number: its example, and the values from `low` by `step` to at most `high`, each equally likely."""

    name: str
    example: float
    low: float
    high: float
    step: float

    @property
    def values(self) -> int:
        """How many values there are."""
        return int((self.high - self.low) / self.step + 1e-9) + 1

    def value(self, nth: int) -> float:
        """One of the values, in digits as an author would write them."""
        return round(self.low + nth * self.step, 9)


class _Named(Mapping[str, Any]):
    """What was drawn, and behind it a run's figures, none of which is made before it is asked for."""

    def __init__(self, drawn: Mapping[str, Any], figures: Mapping[str, Any]) -> None:
        self._drawn, self._figures = drawn, figures

    def __getitem__(self, name: str) -> Any:
        return self._drawn[name] if name in self._drawn else self._figures[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._figures), **dict.fromkeys(self._drawn)})

    def __len__(self) -> int:
        return len(set(self._figures) | set(self._drawn))


@dataclass(frozen=True)
class Plan:
    """How a question is computed: what is drawn, the run that is simulated ("" for none), and the answer.

    `estimate` is how a learner comes near it without a run, `slip` what a misconception makes of it; "" where not said.
    """

    draws: tuple[Draw, ...]
    run: str
    answer: str
    estimate: str = ""
    slip: str = ""

    def names(self, drawn: Mapping[str, float], facts: Facts) -> Mapping[str, Any]:
        """Everything that an expression of the question may name; ValueError where the run cannot be named."""
        query = run_query(self, drawn)
        return _Named(drawn, facts(query) if query else {})


def run_query(plan: Plan, drawn: Mapping[str, float]) -> str:
    """The address query of the run with these numbers, "" for none; ValueError where it cannot be computed."""
    return _HOLE.sub(lambda hole: f"{evaluate(hole[1], drawn):.12g}", plan.run)


def plan(question: Question) -> Plan:
    """Read a computed question's comment; ValueError in words where it cannot be meant."""
    draws = tuple(_draw(part.strip()) for part in question.tag("draw").split(",") if part.strip())
    if len({draw.name for draw in draws}) < len(draws):
        raise ValueError("a name is drawn twice")
    spans = [option for option in question.options if option.within]
    if question.kind == QuestionKind.BLANK:
        if len(question.answers) != 1 or accepted_number(question.answers[0]) is None:
            raise ValueError("a computed question has one blank, with a tolerance: [[75 ± 5 % min]]")
    elif question.kind != QuestionKind.SINGLE or len(spans) != len(question.options):
        raise ValueError("a computed choice has one right option, and a span behind each: <!-- within: 0..60 -->")
    run, answer, slip = (question.tag(name) for name in ("run", "answer", "slip"))
    return Plan(draws, run, answer, question.tag(_estimate_tag(question)), slip)


def _estimate_tag(question: Question) -> str:
    """The tag of the estimate; older courses call it `reckon`."""
    return "reckon" if question.tag("reckon") and not question.tag("estimate") else "estimate"


def _draw(text: str) -> Draw:
    match = _DRAW.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} draws nothing; write `name EXAMPLE in LOW..HIGH by STEP`")
    example, low, high, step = (evaluate(part, {}) for part in match.groups()[1:])
    draw = Draw(match[1], example, low, high, step)
    if step <= 0.0 or high <= low or draw.values > MOST_VALUES:
        raise ValueError(f"{text!r} has no values, or more than {MOST_VALUES:,}")
    if not low <= example <= high:
        raise ValueError(f"the example of {text!r} lies outside")
    return draw


def examples(plan: Plan) -> dict[str, float]:
    """The numbers that stand in the file."""
    return {draw.name: draw.example for draw in plan.draws}


def drawn(plan: Plan, seed: str) -> dict[str, float]:
    """The numbers of a seed: the same on every machine, each value equally likely, each name on its own."""

    def nth(draw: Draw) -> int:
        digest = hashlib.sha256(f"{seed}\0{draw.name}".encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % draw.values

    return {draw.name: draw.value(nth(draw)) for draw in plan.draws}


def varied(question: Question, plan: Plan, values: Mapping[str, float], facts: Facts) -> Question:
    """The question with these numbers, and with the answer that they have; ValueError where they have none."""
    names = plan.names(values, facts)
    answer = evaluate(plan.answer, names)

    def text(source: str) -> str:
        return MARK.sub(lambda mark: like(mark[1], evaluate(mark[3], names)) + mark[2], source)

    def option(source: Option) -> Option:
        low, high = source.within or (0.0, 0.0)
        right = low <= answer < high if source.within else source.right
        return replace(source, text=text(source.text), feedback=text(source.feedback), right=right)

    options = tuple(option(source) for source in question.options)
    if options and sum(item.right for item in options) != 1:
        raise ValueError(f"the answer {answer:g} lies in the spans of {sum(item.right for item in options)} options")
    return replace(
        question,
        stem=text(question.stem),
        options=options,
        answers=tuple(_blank(source, answer) for source in question.answers),
        explanation=text(question.explanation),
    )


def example_faults(question: Question, plan: Plan, facts: Facts) -> Iterator[str]:
    """What in the file's own example is not what it computes to, in words."""
    names = plan.names(examples(plan), facts)
    answer = evaluate(plan.answer, names)
    texts = (question.stem, question.explanation, *(part for o in question.options for part in (o.text, o.feedback)))
    for text in texts:
        for mark in MARK.finditer(text):
            if like(mark[1], evaluate(mark[3], names)) != mark[1].replace("−", "-"):
                yield f"the example says {mark[1]} where {mark[3]} is {evaluate(mark[3], names):.6g}"
    for accepted in filter(None, map(accepted_number, question.answers)):
        if abs(accepted.value - answer) > NEAR * accepted.tolerance:
            yield f"the example's answer is {accepted.value:g}, and computed {answer:.6g}"
    for option in question.options:
        if option.within and option.right != (option.within[0] <= answer < option.within[1]):
            yield f"{option.text!r} is marked {'right' if option.right else 'wrong'}, and the answer is {answer:.6g}"


def estimate_faults(question: Question, plan: Plan, values: Mapping[str, float], facts: Facts) -> Iterator[str]:
    """What an honest estimate of these numbers gets wrong, or a slip gets right, in words."""
    names = plan.names(values, facts)
    answer = evaluate(plan.answer, names)
    for name, expression, right in ((_estimate_tag(question), plan.estimate, True), ("slip", plan.slip, False)):
        if expression and _passes(question, answer, result := evaluate(expression, names)) != right:
            numbers = ", ".join(f"{drawn_name} {value:g}" for drawn_name, value in values.items())
            counts = "does not count as right" if right else "counts as right"
            yield f"with {numbers} its {name} says {result:.6g}, which {counts} beside {answer:.6g}"


def _passes(question: Question, answer: float, result: float) -> bool:
    """Whether `result` is as good as the answer: within the blank's tolerance, or in the same option's span."""
    spans = [option.within for option in question.options if option.within]
    if spans:
        return any(low <= answer < high and low <= result < high for low, high in spans)
    accepted = accepted_number(_blank(question.answers[0], answer))
    return accepted is not None and abs(result - accepted.value) <= accepted.tolerance


def like(example: str, value: float) -> str:
    """A value written as the example is: with as many decimals, and with its commas."""
    decimals = len(example.partition(".")[2])
    grouped = "," in example or abs(float(example.replace(",", "").replace("−", "-"))) < 1000
    return f"{value:{',' if grouped else ''}.{decimals}f}"


def _blank(source: str, answer: float) -> str:
    accepted = accepted_number(source)
    if accepted is None:
        return source
    share = accepted.tolerance / abs(accepted.value) if accepted.value else 0.0
    return str(Accepted(answer, abs(answer) * share, accepted.unit))
