"""The votes of a class counted: by option or place, as a histogram, and from one round to the next."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from lifecycle.classroom.ballots import Ballot
from lifecycle.classroom.message import PollKind, ShiftShown, TallyShown
from lifecycle.classroom.polls import Ask, Poll
from lifecycle.words import measured

MOST_BINS = 20
FEWEST_BINS = 5
FEWEST_TO_FENCE = 5
_FENCE = 3.0
_FINEST = 1e-9

Ballots = Mapping[str, Ballot]


@dataclass(frozen=True)
class Bin:
    """So many numbers from `low` up to, and not with, `high`; the last bin has its end."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Shift:
    """Who moved from what to what, of the `both` who voted in both rounds: `moved[first][second]`.

    `labels` name rows and columns: indices of options, ids of places, or wrong and right. `gain` is Hake's: of what was
    not right at first, the share that was won; None where all were right at first, or nothing is right. So many of them
    were right in the `first` round, and in the `second`.
    """

    labels: tuple[str, ...]
    moved: tuple[tuple[int, ...], ...]
    both: int
    gain: float | None
    first: int = 0
    second: int = 0


@dataclass(frozen=True)
class Tally:
    """One round's votes: `counts` by option, `places` by id, or `values` in rising order with `bins` and `median`.

    `beyond` numbers lie so far out that the bins leave them away: one joker does not squeeze a whole hall into a bar.
    In a second round `first` is the round before, and `shift` what lies between the two.
    """

    voted: int = 0
    right: int | None = None
    counts: tuple[int, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    values: tuple[float, ...] = ()
    bins: tuple[Bin, ...] = ()
    beyond: int = 0
    median: float | None = None
    first: Tally | None = None
    shift: Shift | None = None


def tally(ask: Ask, first: Ballots, second: Ballots | None = None) -> Tally:
    """Count the ballots by phone: of the first round, or of the `second` with the first beside it."""
    if second is None:
        return _counted(ask, first)
    before, after = _counted(ask, first), _counted(ask, second)
    return Tally(**{**_fields(after), "first": before, "shift": shift(ask, first, second)})


def _fields(counted: Tally) -> dict[str, Any]:
    return {name: getattr(counted, name) for name in Tally.__dataclass_fields__}


def _counted(ask: Ask, ballots: Ballots) -> Tally:
    poll = ask.poll
    verdicts = [ask.is_right(ballot.choice) for ballot in ballots.values()]
    right = sum(verdict is True for verdict in verdicts) if poll.kind.is_judged else None
    match poll.kind:
        case PollKind.SINGLE | PollKind.MULTIPLE:
            votes = Counter(index for ballot in ballots.values() for index in ballot.chosen)
            return Tally(len(ballots), right, counts=tuple(votes[index] for index in range(len(poll.options))))
        case PollKind.CLICK:
            taps = Counter(ballot.place for ballot in ballots.values())
            return Tally(len(ballots), right, places=tuple((id, taps[id]) for id, _ in poll.places if taps[id]))
        case PollKind.OPEN:
            return Tally(len(ballots))
        case PollKind.NUMBER | PollKind.PREDICT:
            values = tuple(sorted(ballot.number for ballot in ballots.values() if ballot.number is not None))
            median = statistics.median(values) if values else None
            shown = values if poll.kind is PollKind.PREDICT else near(values)
            beyond = len(values) - len(shown)
            return Tally(len(ballots), right, values=values, bins=bins(poll, shown), beyond=beyond, median=median)
        case never:
            assert_never(never)


def near(values: Sequence[float]) -> tuple[float, ...]:
    """The rising values without those beyond Tukey's outer fences: three times the middle half's width."""
    if len(values) < FEWEST_TO_FENCE:
        return tuple(values)
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    room = _FENCE * (high - low) or abs(middle)
    return tuple(value for value in values if low - room <= value <= high + room)


def bins(poll: Poll, values: Sequence[float]) -> tuple[Bin, ...]:
    """A histogram in round steps: over the whole scale of a prediction, else over what was answered."""
    if poll.kind is PollKind.PREDICT:
        low, high = poll.low, poll.high
    elif values:
        low, high = values[0], values[-1]
    else:
        return ()
    count = min(MOST_BINS, max(FEWEST_BINS, math.isqrt(len(values)) + 1))
    if high - low <= _FINEST * max(abs(low), abs(high), 1e-200):  # too near for steps between them
        return (Bin(low, high, len(values)),)
    step = _round_step((high - low) / (MOST_BINS if poll.kind is PollKind.PREDICT else count))
    start = math.floor(low / step + _FINEST)
    # a scale ends with its last bin; what was answered lies below the end of one
    end = math.ceil(high / step - _FINEST) if poll.kind is PollKind.PREDICT else math.floor(high / step) + 1
    edges = [step * nth for nth in range(start, end + 1)]
    counts = [0] * (len(edges) - 1)
    for value in values:
        counts[min(max(_bin(edges, value), 0), len(counts) - 1)] += 1
    return tuple(Bin(edges[nth], edges[nth + 1], counts[nth]) for nth in range(len(counts)))


def _bin(edges: Sequence[float], value: float) -> int:
    nth = 0
    while nth + 1 < len(edges) and edges[nth + 1] <= value:
        nth += 1
    return nth


def _round_step(size: float) -> float:
    """The least of 1, 2, 5 and their tenfolds that is not below `size`."""
    scale = 10.0 ** math.floor(math.log10(size))
    return next((step * scale for step in (1.0, 2.0, 5.0) if step * scale >= size), 10.0 * scale)


def shift(ask: Ask, first: Ballots, second: Ballots) -> Shift | None:
    """From round to round; None for a prediction, where medians and histograms say it, and for texts."""
    if not ask.poll.kind.is_judged:
        return None
    pairs = [(first[phone], second[phone]) for phone in first if phone in second]
    labels = _labels(ask, pairs)
    moved = Counter((_label(ask, one), _label(ask, two)) for one, two in pairs)
    matrix = tuple(tuple(moved[one, two] for two in labels) for one in labels)
    before, after = (sum(bool(ask.is_right(pair[nth].choice)) for pair in pairs) for nth in (0, 1))
    gain = (after - before) / (len(pairs) - before) if before < len(pairs) else None
    return Shift(labels, matrix, len(pairs), gain, before, after)


def _labels(ask: Ask, pairs: Sequence[tuple[Ballot, Ballot]]) -> tuple[str, ...]:
    match ask.poll.kind:
        case PollKind.SINGLE:
            return tuple(str(index) for index in range(len(ask.poll.options)))
        case PollKind.CLICK:
            tapped = {ballot.place for pair in pairs for ballot in pair}
            return tuple(id for id, _ in ask.poll.places if id in tapped)
        case PollKind.MULTIPLE | PollKind.NUMBER | PollKind.PREDICT | PollKind.OPEN:
            return ("wrong", "right")
        case never:
            assert_never(never)


def _label(ask: Ask, ballot: Ballot) -> str:
    match ask.poll.kind:
        case PollKind.SINGLE:
            return str(ballot.chosen[0])
        case PollKind.CLICK:
            return ballot.place
        case PollKind.MULTIPLE | PollKind.NUMBER | PollKind.PREDICT | PollKind.OPEN:
            return "right" if ask.is_right(ballot.choice) else "wrong"
        case never:
            assert_never(never)


def tally_json(counted: Tally, unit: str = "") -> TallyShown:
    """A tally as JSON holds it, its median also in words."""
    return {
        "voted": counted.voted,
        "right": counted.right,
        "counts": list(counted.counts),
        "places": dict(counted.places),
        "values": list(counted.values),
        "bins": [{"low": bar.low, "high": bar.high, "count": bar.count} for bar in counted.bins],
        "beyond": counted.beyond,
        "median": counted.median,
        "first": None if counted.first is None else tally_json(counted.first, unit),
        "shift": None if counted.shift is None else _shift_json(counted.shift),
        "median_said": "" if counted.median is None else f"Median {measured(counted.median, unit)}",
    }


def _shift_json(shift: Shift) -> ShiftShown:
    return {
        "labels": list(shift.labels),
        "moved": [list(row) for row in shift.moved],
        "both": shift.both,
        "gain": shift.gain,
        "first": shift.first,
        "second": shift.second,
    }
