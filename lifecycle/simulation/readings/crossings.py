"""Which events went over a wire of the pipeline."""

from __future__ import annotations

import numpy as np

from lifecycle.simulation.day.run import Run


def crossing(run: Run, source: str, target: str, moment_s: float) -> int:
    """Return the event that went from one stage to the other nearest to a second of the day, by number; of several that
    went together the first in line. ValueError in words for a wire that there is not, or where nothing went over it.
    """
    if not any((link.source, link.target) == (source, target) for link in run.network.links):
        raise ValueError(f"no flow leads from {source[:40]} to {target[:40]}; click a dot of the diagram")
    feed = run.passages[source]
    went = np.flatnonzero(np.isin(feed.out_ids, run.passages[target].ids))
    if went.size == 0:
        raise ValueError(f"nothing went from {source} to {target} on this day; choose another order")
    return int(feed.out_ids[went[np.argmin(np.abs(feed.out_s[went] - moment_s))]])
