"""What would make the data fresher, in words: each change with what it wins where."""

from __future__ import annotations

from collections.abc import Mapping

from lifecycle.simulation.experiments.fresher import WORTH_S, FresherChange, FreshnessGain, FreshnessRanking
from lifecycle.words import duration, plural


def fresher_sentence(ranking: FreshnessRanking, labels: Mapping[str, str]) -> str:
    """The best change and what it wins at the consumer that wins most, as a sentence; why there is none."""
    if not ranking.now_s:
        return "Nothing reaches a consumer on this day, so there is no age to make less."
    rest = f" {_left_out(ranking.left_out)}" if ranking.left_out else ""
    if not ranking.gains:
        tried = plural(ranking.tried, "change")
        return f"None of the {tried} that were tried makes the data fresher by a second.{rest}"
    idle = ranking.tried - len(ranking.gains)
    rest = f" {_idle(idle)}{rest}" if idle else rest
    best = ranking.gains[0]
    where = max(best.won_s, key=lambda name: best.won_s[name])
    then = duration(best.p95_s[where])
    others = sum(won_s >= WORTH_S for name, won_s in best.won_s.items() if name != where)
    also = f", and {plural(others, 'other consumer')} {'wins' if others == 1 else 'win'}, too" if others else ""
    return (
        f"{_change(best, labels)} wins most: at {labels[where]} the data is at most {then} old for 95 % of the day, "
        f"{_won(best.won_s[where])} than now{also}.{rest}"
    )


def fresher_rows(ranking: FreshnessRanking, labels: Mapping[str, str], most: int | None = None) -> list[dict[str, str]]:
    """Each change that wins anything as a row of a table, the best first: what each consumer wins, or loses.

    Of more than `most` consumers those that some change makes fresher by most.
    """
    shown = _winners(ranking)[:most]
    return [
        {"Change": _change(gain, labels)}
        | {
            labels[name]: _won(gain.won_s[name]) if name in gain.won_s else "nothing comes"
            for name in ranking.now_s
            if name in shown
        }
        for gain in ranking.gains
    ]


def _winners(ranking: FreshnessRanking) -> list[str]:
    """The consumers by what the change that is best for each wins there, the most first."""
    best_s = {name: max((gain.won_s.get(name, 0.0) for gain in ranking.gains), default=0.0) for name in ranking.now_s}
    return sorted(best_s, key=lambda name: -best_s[name])


def _change(gain: FreshnessGain, labels: Mapping[str, str]) -> str:
    match gain.change:
        case FresherChange.ONE_SLOT:
            return f"One slot more for the schedule “{gain.place}”"
        case FresherChange.HALF_INTERVAL if gain.place not in labels:
            return f"The schedule “{gain.place}” twice as often"
        case FresherChange.HALF_INTERVAL:
            return f"{labels[gain.place]} twice as often"
        case FresherChange.HALF_FLOW_INTERVAL:
            return f"What leaves {labels[gain.place]} fetched or sent twice as often"
        case _:
            return f"{labels[gain.place]} in half its time"


def _won(won_s: float) -> str:
    if abs(won_s) < WORTH_S:
        return "nothing"
    return f"{duration(abs(won_s))} {'fresher' if won_s > 0 else 'older'}"


def _idle(count: int) -> str:
    return f"{plural(count, 'more change')}, not listed, {'win' if count != 1 else 'wins'} nothing."


def _left_out(count: int) -> str:
    return f"{plural(count, 'change')} with less time to win had no room among those that were tried."
