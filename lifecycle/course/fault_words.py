"""Faults in words: the few beside a picture, and those of a list; what is wrong at a stage, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lifecycle.simulation.faults import KINDS, shows_s
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.words import clock, duration, number

# What a kind of fault is called, and what its factor means to the person who sets it ("": it has none).
FAULTS: Mapping[FaultKind, tuple[str, str]] = {
    kind: (known.words.title, known.words.meaning) for kind, known in KINDS.items()
}


def with_times(fault: Fault) -> str:
    """`{stage} stopped, 14:00 to 15:00`: what happens, and when; the caller puts a label for `{stage}`."""
    words = KINDS[fault.kind].words
    return _filled(words.headline + words.when, fault)


def offered(kind: FaultKind) -> str:
    """`Slows to 50 %`: the fault, as badly as is usual, on a button that does it at once."""
    known = KINDS[kind]
    return _filled(known.words.offer, Fault(kind, "", 0.0, DAY_S, known.usual))


def _filled(words: str, fault: Fault) -> str:
    """The words with what the fault has for their braces, but for `{stage}`."""
    return words.format(
        stage="{stage}",
        share=f"{100 * fault.factor:.3g} %",
        times=number(fault.factor),
        time=duration(abs(fault.factor)),
        ahead=f"{duration(abs(fault.factor))} {'ahead' if fault.factor >= 0 else 'behind'}",
        start=clock(fault.start_s),
        end=clock(fault.end_s),
    )


def in_short(fault: Fault) -> str:
    """`stopped`, `column renamed`: what a stage says of itself while the fault shows."""
    return KINDS[fault.kind].words.short


def in_short_with_times(fault: Fault) -> str:
    """`stopped 14:00 to 15:00`: a fault among other settings, which commas part."""
    return f"{in_short(fault)} {_filled(KINDS[fault.kind].words.when, fault).lstrip(', ')}"


def now(faults: Iterable[Fault], station: str, begin_s: float, end_s: float) -> str:
    """What shows at a station within [begin_s, end_s), in short: `stopped, column renamed`; "" where nothing does."""
    at_station = (fault for fault in faults if fault.station == station)
    spans = ((in_short(fault), *shows_s(fault)) for fault in at_station)
    return ", ".join(dict.fromkeys(words for words, first_s, last_s in spans if first_s < end_s and last_s > begin_s))


def in_full(fault: Fault) -> str:
    """`It slows down to 50 % of its speed, 10:00 to 11:00`."""
    words = KINDS[fault.kind].words
    return _filled(words.full or words.title + words.when, fault)


def broken(scenario: Scenario, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Each fault of the day with its stage: `Log: it stops, 02:00 to 08:30`. `labels`: what each stage is called."""
    named = ((labels[fault.station], in_full(fault)) for fault in scenario.faults)
    return tuple(f"{label}: {words[0].lower()}{words[1:]}" for label, words in named)
