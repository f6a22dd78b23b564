"""A fault in one word of a command line: `buffer.slow@10:00-11:00=0.3`."""

from __future__ import annotations

import math
import re

from lifecycle.simulation.faults import KINDS, can_happen, factor_problem, place_problem
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import DAY_S, Fault

FORM = "STAGE.KIND@HH:MM-HH:MM or STAGE.KIND@HH:MM-HH:MM=VALUE"
# What a value is, by the unit of the kind; the address writes it in the same units.
VALUES = {"share": "a share", "times": "times the usual", "s": "seconds"}
_WRITTEN = re.compile(r"([^.@=\s]+)\.([^.@=\s]+)@([0-9:]+)-([0-9:]+)(?:=(.*))?", re.ASCII)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)


def read_fault(text: str, network: Network) -> Fault:
    """Return the fault that `FORM` names; ValueError in one line: what is wrong, and what is allowed."""
    option = f"--fault {text[:60]}"
    written = _WRITTEN.fullmatch(text.strip())
    if not written:
        raise ValueError(f"{option}: write {FORM}, such as buffer.down@10:00-11:00 or buffer.slow@10:00-11:00=0.3")
    name, kind, begins, ends, value = written.groups()
    stations = {station.id: station for station in network.stations}
    if name not in stations:
        raise ValueError(f"{option}: there is no stage {name[:40]!r}; choose {', '.join(stations)}")
    at = stations[name]
    possible_kinds = ", ".join(possible for possible in KINDS if can_happen(possible, at))
    if kind not in KINDS:
        raise ValueError(f"{option}: there is no kind of fault {kind[:40]!r}; {name} can have {possible_kinds}")
    known = FaultKind(kind)
    if misplaced := place_problem(known, at):
        raise ValueError(f"{option}: {misplaced[0]}: {misplaced[1]}; {name} can have {possible_kinds}")
    try:
        start_s, end_s = read_moment(begins), read_moment(ends)
    except ValueError as error:
        raise ValueError(f"{option}: {error}") from None
    if not start_s < end_s:
        raise ValueError(f"{option}: it ends at {ends}, which is not after {begins}; write the earlier moment first")
    try:
        return Fault(known, name, start_s, end_s, _factor(known, value))
    except ValueError as error:
        raise ValueError(f"{option}: {error}") from None


def read_moment(text: str) -> float:
    """Return the second of the day that `HH:MM` or `HH:MM:SS` names; ValueError in words for anything else."""
    read = _CLOCK.fullmatch(text)
    if read:
        hours, minutes, seconds = (int(part or 0) for part in read.groups())
        moment_s = 3600.0 * hours + 60.0 * minutes + seconds
        if minutes < 60 and seconds < 60 and moment_s <= DAY_S:
            return moment_s
    raise ValueError(f"{text[:20]} is not a time of the day; write 00:00 to 24:00")


def _factor(kind: FaultKind, text: str | None) -> float:
    known = KINDS[kind]
    if text is None:
        return known.usual
    if not known.unit:
        raise ValueError(f"{kind} takes no value; leave out ={text[:20]}")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if problem := factor_problem(kind, value):
        raise ValueError(f"the value of {kind} is {text[:20]!r}; {problem} ({VALUES[known.unit]})")
    return value


def fault_text(fault: Fault) -> str:
    """Return a fault as `read_fault` takes it; its value is left out where it is the usual one."""
    known = KINDS[fault.kind]
    value = f"={fault.factor:.12g}" if known.unit and fault.factor != known.usual else ""
    return f"{fault.station}.{fault.kind}@{_clock(fault.start_s)}-{_clock(fault.end_s)}{value}"


def _clock(moment_s: float) -> str:
    minutes, seconds = divmod(round(moment_s), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
