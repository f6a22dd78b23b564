"""How much of a day's damage a remedy would have undone, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lifecycle.simulation.experiments.remedies import HARMS, SAME_EVENTS, SAME_S
from lifecycle.words import DAY_S, duration, number


def _gone(after_s: float) -> str:
    """When the backlog was gone; what is still there at midnight counts as a whole day."""
    return "after midnight" if after_s >= DAY_S else f"{duration(after_s)} after the end"


# Each harm: what is left of it beside what it was, the same where nothing is left, and how its size is said.
_WORDS: Mapping[str, tuple[str, str, Callable[[float], str]]] = {
    "older": ("data {} older than on a calm day, not {}", "no data older than on a calm day, not {1}", duration),
    "late": ("the backlog gone {}, not {}", "no backlog after the end, not one gone {1}", _gone),
    "lost": ("{} events lost, not {}", "no events lost, not {1}", number),
    "set aside": ("{} events set aside, not {}", "no events set aside, not {1}", number),
    "twice": ("{} rows twice, not {}", "no rows twice, not {1}", number),
    "empty": ("{} rows with an empty column, not {}", "no rows with an empty column, not {1}", number),
}


def saves(undone: Sequence[tuple[float, float]]) -> str:
    """Each harm that gets better, as it would be beside what it was: `3 events lost, not 40`; "" where none does."""
    better = []
    for name, (had, has) in zip(HARMS, undone, strict=True):
        if had and has < 0.9 * had:
            some, none, words = _WORDS[name]
            left = has > (SAME_S if words in (duration, _gone) else SAME_EVENTS)
            better.append((some if left else none).format(words(has), words(had)))
    return "; ".join(better)


def most(undone: Sequence[tuple[float, float]]) -> bool:
    """Whether at least half of every harm that there was would be undone."""
    return all(has <= 0.5 * had for had, has in undone)
