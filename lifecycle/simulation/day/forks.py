"""Where a station's output is split among its links: which of them an event takes, by the station's own luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lifecycle.simulation.model.draws import Ids, uniforms
from lifecycle.simulation.model.network import Link, Network


def split_of(network: Network, station: str) -> list[Link]:
    """The links among which a station's output is split; one without a share carries a copy of all of it."""
    return [link for link in network.links_from.get(station, ()) if link.share is not None]


def drawn(seed: int, station: str, events: int, split: Sequence[Link], ids: Ids) -> NDArray[np.intp]:
    """Which of the links of a `split` each event takes, in proportion to their shares; `events`: born in the day."""
    shares = np.cumsum([link.share or 0.0 for link in split])
    draws = uniforms(seed, station, "split", events)
    return np.searchsorted(shares[:-1] / shares[-1], draws[ids], "right")
