"""Faults in the few words that stand beside a picture: what is wrong at a stage, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lifecycle.simulation.faults import shows_s
from lifecycle.simulation.scenario import Fault, FaultKind
from lifecycle.words import clock, duration, number

# What a kind is called above the clock's slider, and what a stage says of itself meanwhile.
_WORDS: Mapping[FaultKind, tuple[str, str]] = {
    "down": ("{stage} stopped", "stopped"),
    "slow": ("{stage} at {share} of its usual speed", "slowed down"),
    "cut": ("Way out of {stage} cut", "way out cut"),
    "drift": ("A column renamed at {stage}", "column renamed"),
    "contend": ("Other work takes {share} of the server at {stage}", "server shared"),
    "spike": ("{stage} has {times} times its usual traffic", "rush"),
    "skew": ("The clock at {stage} {ahead}", "clock wrong"),
    "poison": ("A record at {stage} that crashes its reader", "reader crashes"),
    "rerun": ("Work of {stage} from {start} to {end} run again", "work run again"),
    "forget": ("{stage} keeps events for only {time}", "forgets too soon"),
}


def told(fault: Fault) -> str:
    """`{stage} stopped, 14:00 to 15:00`: what happens, and when; whoever shows it puts a label for `{stage}`."""
    words = _WORDS[fault.kind][0].format(
        stage="{stage}",
        share=f"{100 * fault.factor:.3g} %",
        times=number(fault.factor),
        time=duration(abs(fault.factor)),
        ahead=f"{duration(abs(fault.factor))} {'ahead' if fault.factor >= 0 else 'behind'}",
        start=clock(fault.start_s),
        end=clock(fault.end_s),
    )
    if fault.kind == "rerun":  # its two moments are those of the work, not of the fault
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
