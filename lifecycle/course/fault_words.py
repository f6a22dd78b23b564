"""Faults in words: the few beside a picture, and those of a list; what is wrong at a stage, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lifecycle.simulation.model.faults import KINDS, shows_s
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault, Scenario
from lifecycle.words import clock, duration, number

# What a kind of fault is called, and what its factor means to the person who sets it ("": it has none).
FAULTS: dict[FaultKind, tuple[str, str]] = {
    FaultKind.DOWN: ("It stops", ""),
    FaultKind.SLOW: ("It slows down", "Share of its speed left"),
    FaultKind.CUT: ("Its way out is cut", ""),
    FaultKind.DRIFT: ("A column is renamed", "Share of the events it hits"),
    FaultKind.CONTEND: ("Other work on its server", "Share of the server taken"),
    FaultKind.SPIKE: ("A rush", "Times the usual traffic"),
    FaultKind.SKEW: ("Its clock is wrong", "Minutes ahead"),
    FaultKind.POISON: ("A record that crashes its reader", ""),
    FaultKind.RERUN: ("Its work is run twice", ""),
    FaultKind.FORGET: ("It forgets too soon", "Minutes that events are kept"),
}
# What a kind is called above the clock's slider, and what a stage says of itself meanwhile.
_WORDS: Mapping[FaultKind, tuple[str, str]] = {
    FaultKind.DOWN: ("{stage} stopped", "stopped"),
    FaultKind.SLOW: ("{stage} at {share} of its usual speed", "slowed down"),
    FaultKind.CUT: ("Way out of {stage} cut", "way out cut"),
    FaultKind.DRIFT: ("A column renamed at {stage}", "column renamed"),
    FaultKind.CONTEND: ("Other work takes {share} of the server at {stage}", "server shared"),
    FaultKind.SPIKE: ("{stage} has {times} times its usual traffic", "rush"),
    FaultKind.SKEW: ("The clock at {stage} {ahead}", "clock wrong"),
    FaultKind.POISON: ("A record at {stage} that crashes its reader", "reader crashes"),
    FaultKind.RERUN: ("Work of {stage} from {start} to {end} run again", "work run again"),
    FaultKind.FORGET: ("{stage} keeps events for only {time}", "forgets too soon"),
}


def told(fault: Fault) -> str:
    """`{stage} stopped, 14:00 to 15:00`: what happens, and when; the caller puts a label for `{stage}`."""
    words = _WORDS[fault.kind][0].format(
        stage="{stage}",
        share=f"{100 * fault.factor:.3g} %",
        times=number(fault.factor),
        time=duration(abs(fault.factor)),
        ahead=f"{duration(abs(fault.factor))} {'ahead' if fault.factor >= 0 else 'behind'}",
        start=clock(fault.start_s),
        end=clock(fault.end_s),
    )
    if fault.kind == FaultKind.RERUN:  # its two moments are those of the work, not of the fault
        return f"{words} at {clock(fault.end_s)}"
    return f"{words}, {clock(fault.start_s)} to {clock(fault.end_s)}"


def in_short(fault: Fault) -> str:
    """`stopped`, `column renamed`: what a stage says of itself while the fault shows."""
    return _WORDS[fault.kind][1]


def now(faults: Iterable[Fault], station: str, begin_s: float, end_s: float) -> str:
    """What shows at a station within [begin_s, end_s), in short: `stopped, column renamed`; "" where nothing does."""
    here = (fault for fault in faults if fault.station == station)
    spans = ((in_short(fault), *shows_s(fault)) for fault in here)
    return ", ".join(dict.fromkeys(words for words, first_s, last_s in spans if first_s < end_s and last_s > begin_s))


def in_full(fault: Fault) -> str:
    """`It slows down (share of its speed left: 50 %), 10:00 to 11:00`."""
    what, meaning = FAULTS[fault.kind]
    worth = {
        "share": f"{100 * fault.factor:.3g} %",
        "times": f"{fault.factor:.3g}",
        "s": f"{fault.factor / 60:.3g}".replace("-", "−"),
    }
    factor = f" ({meaning.lower()}: {worth[KINDS[fault.kind].unit]})" if meaning else ""
    span = f"{clock(fault.start_s)} to {clock(fault.end_s)}"
    if fault.kind == FaultKind.RERUN:  # nothing happens in its time; what was done then goes out again when it is over
        return f"{what}: what it did from {span}, again at {clock(fault.end_s)}"
    return f"{what}{factor}, {span}"


def broken(scenario: Scenario, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Each fault of the day with its stage: `Log: it stops, 02:00 to 08:30`. `labels`: what each stage is called."""
    found = ((labels[fault.station], in_full(fault)) for fault in scenario.faults)
    return tuple(f"{label}: {words[0].lower()}{words[1:]}" for label, words in found)
