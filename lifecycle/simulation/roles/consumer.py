"""Someone who looks: live or at a refresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lifecycle.simulation.model.figures import (
    CHOSEN,
    DAY,
    LEAST_TICK_S,
    Figure,
    asking_rate,
    burst,
    codes,
    per_event_s,
    rate,
    readers,
)
from lifecycle.simulation.model.inputs import Seconds
from lifecycle.simulation.model.kinds import Cause, IndexRefresh, OnDrift, Readers, Role
from lifecycle.simulation.roles.calling import carried
from lifecycle.simulation.roles.kind import Hold, RoleType
from lifecycle.simulation.roles.stream import Jobs, Stream
from lifecycle.simulation.roles.timetable import at_next_tick, next_tick_s, ticks
from lifecycle.simulation.roles.workplace import Work, Workplace


class Consumer(RoleType):
    """Someone who looks: live or at a refresh."""

    role = Role.CONSUMER
    keeps = False
    queues = True
    figures = (
        Figure("interval_s", 0, "s", 0, 2 * DAY, "Refresh", "Seconds between two looks at the data; 0: live",
               scale="log", knob=True, least=LEAST_TICK_S),
        Figure("query_s", 2, "s", 0, 3600, "A query", "Seconds from asking to seeing",
               "chosen; nothing published was found for the seconds of a warehouse query", "log", knob=True),
        per_event_s(0.0, "Seconds to take in one event"),
        rate("Calls a second that the tool behind it takes; 0: no limit", 0, CHOSEN),
        burst(100),
        Figure("bulk_rows", 1, "rows", 1, 10_000, "Rows a call", "A call carries up to so many, and counts as one",
               "chosen: each row alone; Salesforce takes up to 200 records in a call that counts as one", "log",
               knob=True, needs="rate_per_s", cite="salesforce-docs-collections"),
        asking_rate("views_per_s", "views/s", "Dashboard views", "Looks at a dashboard"),
        Figure("dashboards", 20, "dashboards", 1, 1000, "Dashboards", "Different ones, all looked at equally often"),
        Figure("cache_s", 0, "s", 0, DAY, "Cache", "Seconds for which a result is shown again without asking; 0: none",
               "chosen: none, so that every view asks; Looker keeps results for 1 h by default (persist_for)",
               "log", knob=True, needs="views_per_s", cite="looker-docs"),
        Figure("patience_s", 5, "s", 0.1, 600, "Patience", "A viewer who waits longer leaves",
               "chosen: five seconds, the course's own; after ten, attention is gone (Nielsen)", "log",
               cite="nielsen-1993"),
        Figure("rush_factor", 1, "times", 1, 10, "Rush", "Views in the rush, as a multiple of the usual; 1: none"),
        Figure("rush_at_s", 32_400, "s", 0, DAY, "Rush begins at", "Second of the day"),
        Figure("rush_length_s", 3600, "s", 60, 7200, "Length of the rush", "Seconds", scale="log"),
        asking_rate("reads_per_s", "reads/s", "Feature reads", "A model that asks for the newest features"),
        Figure("age_limit_s", 3600, "s", 1, DAY, "Too old", "Age from which features are too old for the model",
               scale="log"),
        Figure("index_rows", 0, "rows", 0, 1e8, "Index", "Rows in its index before the day begins; 0: it keeps none",
               scale="log", knob=True),
        Figure("index_rebuilds", IndexRefresh.UPDATE.value, "choice", 0, 1, "Refresh of the index",
               "What a refresh takes in: what is new, or everything once more", knob=True, needs="index_rows",
               options=codes(IndexRefresh, "only what is new", "everything again")),
        readers(Readers.ANALYSTS, "Who sees what it shows"),
    )  # fmt: skip

    def work(self, workplace: Workplace, stream: Stream) -> Work:
        """Someone looks: live or at a refresh, at the pace at which they can take it in."""
        figures, times = workplace.figures, stream.at_s
        interval = figures["interval_s"]
        due = times if interval == 0.0 else at_next_tick(times, interval)
        if interval and figures["index_rows"] and figures["index_rebuilds"] == IndexRefresh.REBUILD:
            return _rebuilt(workplace, due, ticks(times, interval))
        work = carried(workplace, due, None, workplace.closed, thrown=interval == 0.0)
        return replace(work, ended_s=work.ended_s + figures["query_s"])

    def reads(self, figures: Mapping[str, float]) -> OnDrift | None:  # noqa: ARG002 - as every role
        """Nobody can use a row that cannot be read."""
        return OnDrift.SET_ASIDE

    def holds(self, workplace: Workplace, event: int, at_s: float) -> tuple[Hold, ...]:  # noqa: ARG002 - as every role
        """Until the next look."""
        interval = workplace.figures["interval_s"]
        return (Hold(Cause.REFRESH, next_tick_s(at_s, interval)),) if interval else ()

    def trailing_s(self, workplace: Workplace) -> float:
        """The query."""
        return workplace.figures["query_s"]


def _rebuilt(workplace: Workplace, due: Seconds, refreshes: Jobs) -> Work:
    """An index that is made anew at each refresh: a full load, and all of it is seen when the new index is in place."""
    figures = workplace.figures
    whole = {"full_load": 1.0, "table_rows": figures["index_rows"], "page_events": 1.0, "round_trip_s": 0.0}
    work = carried(replace(workplace, figures={**figures, **whole}), due, refreshes, workplace.closed)
    last = np.searchsorted(refreshes, refreshes, side="right") - 1
    return replace(work.seen(work.ended_s[last] + figures["query_s"], None), jobs=None)
