"""Networks for tests: small ones by hand, and any acyclic one by Hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.model.kinds import Arrivals, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network, Station
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.model.traces import Trace
from lifecycle.simulation.roles import ROLES

# So that a day can be calculated by hand: bytes take no time.
NO_BYTES: dict[str, dict[str, float]] = {
    "ingestion": {"bandwidth_bytes_per_s": 0.0, "decode_s_per_mb": 0.0, "encrypt_s_per_mb": 0.0},
    "buffer": {"encrypt_s_per_mb": 0.0},
}


def chain(*stations: tuple[str, str] | tuple[str, str, dict[str, float]]) -> Network:
    """Return stations, (id, role) or (id, role, figures), one after the other; their bytes take no time unless said."""
    made = tuple(
        Station(s[0], Role(s[1]), tuple((NO_BYTES.get(s[1], {}) | (s[2] if len(s) == 3 else {})).items()))
        for s in stations
    )
    return Network(made, tuple(Link(a.id, b.id) for a, b in pairwise(made)))


def at(times_s: Sequence[float]) -> Trace:
    """Return a trace with one event at each time."""
    return Trace(tuple(sorted(times_s)), (1.0,) * len(times_s))


# Figures that make every rule bite within a day of few events.
HARSH: dict[str, dict[str, st.SearchStrategy[float]]] = {
    "source": {"late_share": st.sampled_from([0.0, 0.3])},
    "interface": {
        "rate_per_s": st.sampled_from([0.0, 0.002, 0.1]),
        "burst": st.sampled_from([1.0, 5.0]),
        "round_trip_s": st.sampled_from([0.0, 30.0]),
        "page_events": st.sampled_from([1.0, 3.0]),
        "malformed_share": st.sampled_from([0.0, 0.2]),
        "own_interval_s": st.sampled_from([0.0, 0.0, 20_000.0]),
        "own_offset_s": st.sampled_from([0.0, 5_000.0]),
        "poll_interval_s": st.sampled_from([0.0, 600.0]),
        "scan_s": st.sampled_from([0.0, 500.0]),
        "on_limit": st.sampled_from([0.0, 1.0]),
        "full_load": st.sampled_from([0.0, 1.0]),
        "table_rows": st.sampled_from([0.0, 100.0]),
        "same_server": st.sampled_from([0.0, 1.0]),
        "disk_bytes": st.sampled_from([0.0, 30_000.0]),
        "slot_keep_bytes": st.sampled_from([0.0, 20_000.0, 100_000.0]),
        "slot_idle_s": st.sampled_from([0.0, 3600.0]),
    },
    "ingestion": {
        "batch_interval_s": st.sampled_from([60.0, 3600.0, 40_000.0, 2 * DAY_S]),
        "per_event_s": st.sampled_from([0.0, 10.0]),
        "capacity": st.sampled_from([0.0, 1.0, 4.0]),
        "duplicate_share": st.sampled_from([0.0, 0.3]),
        "contract": st.sampled_from([0.0, 1.0]),
        "bandwidth_bytes_per_s": st.sampled_from([0.0, 100.0]),
    },
    "buffer": {
        "per_event_s": st.sampled_from([0.0, 5.0, 10.0]),
        "retention_s": st.sampled_from([1.0, 5_000.0, 604_800.0]),
        "on_gone": st.sampled_from([0.0, 1.0]),
        "direct": st.sampled_from([0.0, 0.0, 1.0]),
        "capacity": st.sampled_from([0.0, 1.0, 5.0]),
        "policy": st.sampled_from([0.0, 1.0, 2.0, 3.0]),
        "sender_room": st.sampled_from([1.0, 4.0]),
        "delivery": st.sampled_from([0.0, 1.0, 2.0]),
        "transaction_s": st.sampled_from([0.0, 100.0]),
        "redelivery_s": st.sampled_from([0.0, 5.0, 2_000.0]),
        "tries": st.sampled_from([0.0, 3.0]),
        "consumers": st.sampled_from([1.0, 3.0]),
        "duplicate_share": st.sampled_from([0.0, 0.5]),
    },
    "lake": {"flush_interval_s": st.sampled_from([0.0, 5.0, 3600.0])},
    "transform": {
        "interval_s": st.sampled_from([10.0, 900.0, 2 * DAY_S]),
        "per_event_s": st.sampled_from([0.0, 10.0]),
        "workers": st.sampled_from([1.0, 3.0]),
        "reject_share": st.sampled_from([0.0, 0.3, 1.0]),
        "idempotent": st.sampled_from([0.0, 1.0]),
        "micro_batch_s": st.sampled_from([0.0, 1.0, 700.0]),
        "window_s": st.sampled_from([0.0, 0.0, 600.0]),
        "watermark_s": st.sampled_from([0.0, 300.0]),
        "on_late": st.sampled_from([0.0, 1.0]),
        "on_drift": st.sampled_from([0.0, 1.0, 2.0]),
        "tries": st.sampled_from([0.0, 3.0]),
    },
    "warehouse": {"per_event_s": st.sampled_from([0.0, 10.0]), "load_s": st.sampled_from([0.0, 1_000.0])},
    "archive": {"after_s": st.sampled_from([0.0, 10_000.0])},
    "consumer": {
        "interval_s": st.sampled_from([0.0, 3600.0, 2 * DAY_S]),
        "rate_per_s": st.sampled_from([0.0, 0.01]),
        "bulk_rows": st.sampled_from([1.0, 3.0]),
        "per_event_s": st.sampled_from([0.0, 10.0]),
    },
}


@st.composite
def stations(draw: st.DrawFn, name: str) -> Station:
    role = draw(st.sampled_from(sorted(ROLES)))
    figures = draw(st.fixed_dictionaries({}, optional=HARSH[role]))
    return Station(name, role, tuple(figures.items()))


@st.composite
def networks(draw: st.DrawFn, most: int = 7) -> Network:
    """Any stations in any acyclic arrangement: orphans, forks with and without shares, diamonds, a loop back."""
    made = [draw(stations(f"s{i}")) for i in range(draw(st.integers(1, most)))]
    pairs = [(a, b) for b in range(len(made)) for a in range(b)]
    links = []
    for a, b in pairs:
        if draw(st.booleans()):
            links.append(Link(f"s{a}", f"s{b}", draw(st.sampled_from([None, None, 1.0, 3.0]))))
    if len(made) > 1 and draw(st.booleans()):
        links.append(Link(made[-1].id, made[0].id, loop=True))
    return Network(tuple(draw(st.permutations(made))), tuple(draw(st.permutations(links))))


@st.composite
def scenarios(draw: st.DrawFn, network: Network) -> Scenario:
    """Any switches, any faults at any station, overlapping ones and whole days of them included."""
    faults = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.sampled_from([0.0, 10_000.0, 40_000.0]))
        end = start + draw(st.sampled_from([0.0, 1_000.0, 30_000.0, DAY_S]))
        kind = draw(st.sampled_from(sorted(KINDS)))
        place = draw(st.sampled_from(network.stations)).id
        low, high, usual = KINDS[kind].low, KINDS[kind].high, KINDS[kind].usual
        faults.append(Fault(kind, place, start, end, draw(st.sampled_from([low, usual, (low + high) / 2, high]))))
    return Scenario(
        start=draw(st.sampled_from(Start)),
        size=draw(st.sampled_from(Size)),
        transform=draw(st.sampled_from(Size)),
        arrivals=draw(st.sampled_from([Arrivals.STEADY, Arrivals.DAILY, Arrivals.SPIKE])),
        events=draw(st.sampled_from([0, 1, 2, 60, 300])),
        faults=tuple(faults),
        seed=draw(st.integers(0, 5)),
    )


def time_inside(run: Run, station: str) -> float:
    """Return the area under a station's number of events inside, walked step by step: the L of Little's law."""
    here = run.passages[station]
    changes = [(t, 1) for t in here.arrived_s.tolist()]
    gone = sorted(here.out_s.tolist())
    copies = here.copied_s.tolist()
    changes += [(t, -1) for t in gone] + [(t, 1) for t in copies] + [(t, -1) for t in here.lost_s.tolist()]
    area, inside, before = 0.0, 0, 0.0
    for moment, change in [*sorted(changes), (run.horizon_s, 0)]:
        area += inside * (moment - before)
        inside, before = inside + change, moment
    return area


def time_spent(run: Run, station: str) -> float:
    """Return the seconds that each arrival spent inside by the day's end, summed: the W of Little's law, times n."""
    here = run.passages[station]
    left = np.where(np.isnan(here.departed_s), run.horizon_s, np.minimum(here.departed_s, run.horizon_s))
    lost = np.flatnonzero(here.fate)
    spent = left - here.arrived_s
    spent[lost] = -here.arrived_s[lost]
    return float(spent.sum() + here.lost_s.sum())
