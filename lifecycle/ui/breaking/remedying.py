"""What would have saved it: the day's faults again, each time with one thing done otherwise, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from lifecycle.course import Course
from lifecycle.course.day import Day, in_turn
from lifecycle.simulation.experiments.remedies import SAME_EVENTS, SAME_S, Saved, harmful
from lifecycle.simulation.readings.bill import Prices
from lifecycle.simulation.readings.consequence import Consequence
from lifecycle.ui.session import cached, prices
from lifecycle.words import duration, money, number


def button(course: Course, day: Day, calm: Day, key: str) -> None:
    """Offer to try, where there is anything to save."""
    about = "Simulate the day again, each time with one thing changed"
    if harmful(cached.consequence(day, calm)) and st.button(
        "What would have saved it?", key=f"saved-{key}", icon=":material/healing:", help=about
    ):
        _dialog(course, day, calm)


@st.dialog("What would have saved it?", width="large")
def _dialog(course: Course, day: Day, calm: Day) -> None:
    st.markdown(
        "Each row is the same day with the same luck and the same faults, and with one thing changed. Its figures are "
        f"compared with that day without {'yours' if calm.scenario.faults else 'the faults'}. What helps against one "
        "fault may cost something every day, or do harm elsewhere: read along the row."
    )
    with st.spinner("Trying one change after another …"):
        try:
            results = cached.saved(day, calm)
            paid = _bills(calm, results, prices.current(course))
        except ValueError as why:
            st.warning(f"What would have saved it cannot be worked out: {why}.", icon=":material/build:")
            return
    labels = course.pipeline.labels
    rows = [
        {
            "Changed": "nothing: the day as it is",
            "Where": "",
            "What it saves": "",
            **_row(cached.consequence(day, calm)),
            "What it costs on any day": "",
        }
    ]
    rows += [_tried(saved, labels, words) for saved, words in zip(results, paid, strict=True)]
    st.dataframe(rows, hide_index=True, width="stretch", height="content")
    st.caption(
        "Events beyond those of the day without the faults. *Set aside*: kept as dead letters, so that somebody can "
        "repair them and send them again. *Twice*: delivered once more to somebody who had them. *Empty*: delivered "
        "without a column, and nobody noticed. Money is at the prices in use."
    )
    if not results:
        st.caption("No setting makes a difference to these faults.")


def _bills(calm: Day, results: Iterable[Saved], book: Prices) -> list[str]:
    """What each remedy adds to the bill of the day without the faults that it is tried against."""
    with in_turn():
        before = cached.total(calm, book)
        without = [replace(one.remedy.scenario, faults=calm.scenario.faults) for one in results]
        return [more_money(before, cached.total(replace(calm, scenario=day), book), book.currency) for day in without]


def more_money(before: float, now: float, currency: str) -> str:
    """`+10.56 USD`; "" where both bills are the same to a cent."""
    more = round(now, 2) - round(before, 2)
    return f"{'+' if more > 0 else '−'}{money(abs(more), currency)}" if abs(more) >= 0.01 - 1e-9 else ""


def _tried(saved: Saved, labels: dict[str, str], paid: str) -> dict[str, str]:
    return {
        "Changed": saved.remedy.what,
        "Where": labels.get(saved.remedy.station, "the whole pipeline"),
        "What it saves": saved.verdict,
        **_row(saved.done),
        "What it costs on any day": "; ".join(filter(None, (paid, costs(saved.costs)))),
    }


def beside(before: Consequence, now: Consequence) -> str:
    """A table in Markdown of what the faults do to a day before a remedy and with it; what neither has is left out."""
    rows = [
        (name, as_it_was, _row(now)[name])
        for name, as_it_was in _row(before).items()
        if (as_it_was, _row(now)[name]) != ("0", "0")
    ]
    lines = ["| | Before | With it |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)


def costs(done: Consequence) -> str:
    """What a remedy does to the data of a day without faults, beyond the day's own unrest; "" where nothing."""
    older_s = max((late.oldest_s - late.calm_s for late in done.stale), default=0.0)
    words = [f"data {duration(older_s)} older"] if older_s > SAME_S else []
    counts = ((done.lost, "lost"), (done.set_aside, "set aside"), (done.twice, "twice"), (done.empty, "empty"))
    words += [f"{_more(events)} {what}" for events, what in counts if events > SAME_EVENTS]
    return "; ".join(words)


def _row(done: Consequence) -> dict[str, str]:
    # older is what the verdict calls so, or the two would contradict each other
    worst = max((late.oldest_s for late in done.stale if late.oldest_s - late.calm_s > SAME_S), default=None)
    return {
        "Oldest data": "as without" if worst is None else duration(worst),
        "Backlog gone": "not by midnight" if done.drained_s is None else f"{duration(done.drained_s)} after",
        "Lost": _more(done.lost),
        "Set aside": _more(done.set_aside),
        "Twice": _more(done.twice),
        "Empty": _more(done.empty),
    }


def _more(events: int) -> str:
    return f"{'+' if events > 0 else '−' if events < 0 else ''}{number(abs(events))}"
