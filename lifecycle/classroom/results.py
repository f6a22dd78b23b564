"""What came of a class: every question that was asked, its rounds, and how often each answer was given."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, assert_never

from lifecycle.classroom.ballots import Ballot
from lifecycle.classroom.message import PollKind
from lifecycle.classroom.polls import Ask, ask_from
from lifecycle.course.talks.talk import Rounds

Cast = Callable[[str, int], Mapping[str, Ballot]]
COLUMNS = ("step", "headline", "question", "kind", "round", "answer", "unit", "right", "votes", "voters", "truth")
ASIDES = "Questions asked in the room"
"""The headline of what no step asks."""
# With one of these at its start a spreadsheet takes a text for a formula, whatever its quotes.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class ResultLine:
    """One answer: its words (or a number), how many gave it, and whether it is right; None where nothing is."""

    answer: str | float
    count: int
    right: bool | None = None


@dataclass(frozen=True)
class Round:
    """One round of a question, as `voters` answered it; `step` counts from 1, 0 for one asked in the room.

    `truth` says a number that is right, or what was simulated, in words.
    """

    step: int
    headline: str
    question: str
    kind: PollKind
    round: Rounds
    unit: str
    voters: int
    right: int | None
    lines: tuple[ResultLine, ...]
    truth: str = ""


def results(steps: Sequence[Mapping[str, Any]], asides: Sequence[Ask], cast: Cast) -> tuple[Round, ...]:
    """Every round in which anybody voted; `steps` are those of `Hub.start`, `cast(poll, round)` gives its ballots."""
    asking = [(nth, step) for nth, step in enumerate(steps, 1) if step.get("ask")]
    questions = [(nth, str(step.get("headline", "")), ask_from(step["ask"])) for nth, step in asking]
    questions += [(0, ASIDES, ask) for ask in asides]
    rounds: tuple[Rounds, ...] = (1, 2)
    polled = [(step, headline, ask, nth, cast(ask.poll.id, nth)) for step, headline, ask in questions for nth in rounds]
    return tuple(_round(*row) for row in polled if row[-1])


def _round(step: int, headline: str, ask: Ask, nth: Rounds, ballots: Mapping[str, Ballot]) -> Round:
    verdicts = [ask.is_right(ballot.choice) for ballot in ballots.values()]
    right = sum(verdict is True for verdict in verdicts) if ask.poll.kind.is_judged else None
    lines = tuple(_lines(ask, list(ballots.values())))
    poll = ask.poll
    return Round(
        step, headline, words(poll.stem), poll.kind, nth, poll.unit, len(ballots), right, lines, ask.truth_words
    )


def _lines(ask: Ask, ballots: Sequence[Ballot]) -> list[ResultLine]:
    match ask.poll.kind:
        case PollKind.SINGLE | PollKind.MULTIPLE:
            votes = Counter(index for ballot in ballots for index in ballot.chosen)
            options = enumerate(zip(ask.poll.letters, ask.poll.options, strict=True))
            return [
                ResultLine(f"{letter}: {words(option)}", votes[nth], nth in ask.key.options)
                for nth, (letter, option) in options
            ]
        case PollKind.CLICK:
            taps = Counter(ballot.place for ballot in ballots)
            right = ask.key.places
            return [
                ResultLine(label, taps[id], id in right) for id, label in ask.poll.places if taps[id] or id in right
            ]
        case PollKind.OPEN:
            return [
                ResultLine(text, count) for text, count in sorted(Counter(ballot.text for ballot in ballots).items())
            ]
        case PollKind.NUMBER | PollKind.PREDICT:
            numbers = Counter(ballot.number for ballot in ballots if ballot.number is not None)
            return [ResultLine(value, numbers[value], ask.is_right(value)) for value in sorted(numbers)]
        case never:
            assert_never(never)


def results_csv(rounds: Sequence[Round]) -> bytes:
    """A row for each answer, as a spreadsheet opens it; no text in it is a formula."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for result in rounds:
        for line in result.lines:
            right = "" if line.right is None else "yes" if line.right else "no"
            answer = line.answer if isinstance(line.answer, float) else harmless(line.answer)
            about = (result.step or "", harmless(result.headline), harmless(result.question), result.kind, result.round)
            rows.writerow((*about, answer, harmless(result.unit), right, line.count, result.voters, result.truth))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def harmless(text: str) -> str:
    """A text that a spreadsheet shows as it is, and does not compute."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def words(markup: str) -> str:
    """The words of some HTML, on one line."""
    reader = _Words()
    reader.feed(markup)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _Words(HTMLParser):
    """Collects what is between the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        """A space where a new line begins."""
        if tag in ("p", "br", "li", "tr", "pre", "div"):
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        """The words themselves."""
        self.parts.append(data)
