"""When the jobs of a pipeline usually start, read off the runs that were observed; the time of day is UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from lifecycle.simulation.model.schedules import cron_line
from lifecycle.words import DAY_S, MINUTE_S, duration, plural

NEAR_S = 45 * MINUTE_S
"""Two starts within this of each other are at the same time of the day."""
MOST = 0.75
"""The share of runs that has to agree."""
ROUNDED_S = 5 * MINUTE_S
_PERIODS_S = tuple(minutes * MINUTE_S for minutes in (15, 20, 30, 60, 120, 180, 240, 360, 480, 720))
MOST_CRON = 60
"""Characters of a line of cron that a course may have."""
_FEWEST = 3  # runs by which one can tell that they come at regular spacing
_LATE = 1 / 6  # by which part of the spacing a run may be late or early


@dataclass(frozen=True)
class UsualStart:
    """When runs usually start: a line of cron, "" where they do not agree, and how that was seen, in words.

    `by_night`: whether it is so near to midnight that the simulated day has no rows yet, or is over. `is_guess`:
    whether a part of the day was never seen.
    """

    at: str
    why: str
    by_night: bool = False
    is_guess: bool = False


def usual_start(starts_s: Sequence[float]) -> UsualStart:
    """The usual start of runs that began at these moments (epoch seconds)."""
    if not starts_s:
        return UsualStart("", "no run was observed")
    return _regular(sorted(starts_s)) or _daily(starts_s)


def _daily(starts_s: Sequence[float]) -> UsualStart:
    """One time of the day, where all or most runs began about then."""
    usual_s = _middle_s(starts_s, DAY_S)
    near = sum(_apart_s(start_s, usual_s, DAY_S) <= NEAR_S for start_s in starts_s)
    if near < MOST * len(starts_s):
        return UsualStart("", f"{plural(len(starts_s), 'observed run')} began at different times of the day")
    by_night = _apart_s(usual_s, 0.0, DAY_S) <= NEAR_S
    part = "" if near == len(starts_s) else f"{near:,} of "
    who = "the one run that was observed" if len(starts_s) == 1 else f"{part}{plural(len(starts_s), 'observed run')}"
    why = f"{who} began about {'midnight' if by_night else 'then'} (UTC)"
    return UsualStart(cron_line([round(usual_s / ROUNDED_S) * ROUNDED_S % DAY_S]), why, by_night)


def _regular(starts_s: Sequence[float]) -> UsualStart | None:
    """Several times a day at regular spacing; None where the runs, in order of time, do not come so."""
    if len(starts_s) < _FEWEST:
        return None
    gaps_s = [later_s - start_s for start_s, later_s in pairwise(starts_s)]
    middle_s = median(gaps_s)
    period_s = min(_PERIODS_S, key=lambda one: abs(one - middle_s))
    near_s = min(NEAR_S, period_s * _LATE)
    phase_s = _middle_s(starts_s, period_s)
    near = [start_s for start_s in starts_s if _apart_s(start_s, phase_s, period_s) <= near_s]
    fits = sum(abs(gap_s - period_s) <= near_s for gap_s in gaps_s)
    if 3 * fits < 2 * len(gaps_s) or len(near) < MOST * len(starts_s):
        return None
    phase_s = round(phase_s / ROUNDED_S) * ROUNDED_S % period_s
    places = round(DAY_S / period_s)
    seen = {round((start_s - phase_s) / period_s) % places for start_s in near}
    in_part = starts_s[-1] - starts_s[0] < DAY_S  # nobody knows what comes in the rest of the day
    if in_part or len(seen) > MOST * places:  # nearly all of the times are all of them
        seen = set(range(places))
    line = cron_line([phase_s + place * period_s for place in sorted(seen)])
    if not line or len(line) > MOST_CRON:
        return UsualStart("", f"no short line of cron has the times at which {plural(len(starts_s), 'run')} began")
    often = "" if fits == len(gaps_s) else f"in {fits:,} of {len(gaps_s):,} cases "
    rest = "; that they come all day is a guess" if in_part else ""
    why = f"{plural(len(starts_s), 'observed run')} came {often}{duration(period_s)} apart (UTC){rest}"
    return UsualStart(line, why, is_guess=in_part)


def _middle_s(moments_s: Sequence[float], period_s: float) -> float:
    """The median of moments on a circle, which is opened where nothing lies for the longest."""
    phases_s = sorted(moment_s % period_s for moment_s in moments_s)
    gaps_s = [later_s - phase_s for phase_s, later_s in pairwise((*phases_s, phases_s[0] + period_s))]
    first = gaps_s.index(max(gaps_s)) + 1
    return median((*phases_s[first:], *(phase_s + period_s for phase_s in phases_s[:first]))) % period_s


def _apart_s(one_s: float, other_s: float, period_s: float) -> float:
    """How far two moments lie from each other on a circle."""
    return abs((one_s - other_s + period_s / 2) % period_s - period_s / 2)
