"""Theory beside every day that can be set: a law that the day agrees with, or a sentence why none holds.

Every kind of fault at every role that it can strike, under every policy and every switch: all of them in
`make search`, in `make test` every pair of them; and figures that Hypothesis makes up.
"""

import math
import warnings
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.faults import KINDS, can_happen
from lifecycle.simulation.model.kinds import Arrivals, FaultKind, Role, Size, Start
from lifecycle.simulation.model.network import Link, Network
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.roles import ROLES
from lifecycle.simulation.theory.expected import expected
from lifecycle.simulation.theory.laws import Law, NoLaw
from tests.support.networks import chain

EVENTS = 12_000
LINE = chain(
    ("shop", "source"),
    ("log", "interface", {"per_event_s": 0.8}),
    ("intake", "ingestion", {"per_event_s": 2.5, "latency_s": 0.0}),
    ("topic", "buffer", {"per_event_s": 4.0, "capacity": 6.0, "sender_room": 20.0}),
    ("lake", "lake", {"flush_interval_s": 0.0}),
    ("mill", "transform", {"per_event_s": 6.5, "workers": 2.0}),
    ("store", "warehouse", {"per_event_s": 3.3, "analysts_per_s": 0.05, "query_work_s": 12.0, "slots": 2.0}),
    ("desk", "consumer", {"interval_s": 600.0, "reads_per_s": 0.2}),
)
LIVE = chain(("wall", "consumer", {"views_per_s": 0.2, "cache_s": 240.0, "query_s": 1.0}), ("cold", "archive"))
NETWORK = Network((*LINE.stations, *LIVE.stations), (*LINE.links, Link("store", "wall"), Link("lake", "cold")))
ROLE = {station.id: station.role for station in NETWORK.stations}

PLACES: list[tuple[FaultKind, str] | None] = [
    None,
    *((kind, each.id) for kind in KINDS for each in NETWORK.stations if can_happen(kind, each)),
]
POLICIES = [code for code, _ in next(figure for figure in ROLES[Role.BUFFER] if figure.name == "policy").options]
SWITCHES = list(product(Start, Size, Size))
EVERY = list(product(PLACES, POLICIES, SWITCHES))
# Of any two switches four settings hold every pair; turned round from fault to fault, they meet every policy, too.
FOUR = [
    (Start.PULL, Size.BATCH, Size.STREAM),
    (Start.PULL, Size.STREAM, Size.BATCH),
    (Start.PUSH, Size.BATCH, Size.BATCH),
    (Start.PUSH, Size.STREAM, Size.STREAM),
]
PAIRS = [
    (place, policy, FOUR[(i + j) % len(FOUR)]) for i, place in enumerate(PLACES) for j, policy in enumerate(POLICIES)
]
SEARCHING = settings().max_examples > 500  # the profile of `make search`


def said(run):
    """What is said of each station of a day, each held to what it must be."""
    found = {}
    for name in run.passages:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # whatever numpy mutters goes to standard error
            found[name] = expected(run, name)
        for each in found[name]:
            match each:
                case Law():
                    assert all(map(math.isfinite, (each.value, each.simulated, each.within))), each
                    assert each.agrees, f"{name}: {each}"
                    assert each.law
                case NoLaw():
                    assert each.value is None
                    assert len(each.why.split()) > 2, each
                    assert each.simulated is None or math.isfinite(each.simulated), each
    return found


def day(place: tuple[FaultKind, str] | None, policy: float, switches: tuple[Start, Size, Size]) -> Run:
    faults = () if place is None else (Fault(*place, 36_000.0, 39_600.0, KINDS[place[0]].usual),)
    overrides = (("topic", "policy", policy),)
    return simulate(NETWORK, Scenario(*switches, Arrivals.STEADY, EVENTS, faults=faults, overrides=overrides))


def test_the_pairs_are_all_pairs():
    places = {(place, at, switch) for place, _, switches in PAIRS for at, switch in enumerate(switches)}
    assert len(places) == len(PLACES) * 6
    policies = {(policy, at, switch) for _, policy, switches in PAIRS for at, switch in enumerate(switches)}
    assert len(policies) == len(POLICIES) * 6
    assert len({(place, policy) for place, policy, _ in PAIRS}) == len(PLACES) * len(POLICIES)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "none" if place is None else ".".join(place))
def test_a_law_that_the_day_agrees_with_or_a_reason(place):
    for combination in EVERY if SEARCHING else PAIRS:
        if combination[0] == place:
            said(day(*combination))


# What a figure may be beside its default: every branch of what theory says is met.
FIGURES: dict[str, dict[str, tuple[float, ...]]] = {
    "source": {"late_share": (0.0, 0.2, 1.0), "late_s": (60.0, 600.0)},
    "interface": {
        "per_event_s": (0.0, 2.0, 9.0), "rate_per_s": (0.0, 0.05, 0.5), "burst": (1.0, 20.0), "on_limit": (0.0, 1.0),
        "round_trip_s": (0.0, 1.0), "own_interval_s": (0.0, 0.0, 1800.0), "malformed_share": (0.0, 0.1),
        "same_server": (0.0, 1.0),
    },
    "ingestion": {
        "per_event_s": (0.0, 3.0, 6.0), "spread": (0.0, 0.5, 1.0), "capacity": (0.0, 1.0, 2.5, 5.0),
        "bandwidth_bytes_per_s": (0.0, 200.0), "duplicate_share": (0.0, 0.2), "contract": (0.0, 1.0),
        "latency_s": (0.0, 30.0),
    },
    "buffer": {
        "per_event_s": (0.0, 2.0, 5.0, 9.0), "spread": (0.0, 0.5, 1.0), "capacity": (0.0, 1.0, 4.5, 40.0, 5000.0),
        "policy": (0.0, 1.0, 2.0, 3.0), "sender_room": (1.0, 10.0, 10_000.0), "consumers": (1.0, 2.0, 3.0),
        "retention_s": (2.0, 15.0, 300.0, 604_800.0), "on_gone": (0.0, 1.0),
        "direct": (0.0, 0.0, 1.0), "delivery": (0.0, 1.0, 2.0), "duplicate_share": (0.0, 0.2),
        "tries": (0.0, 3.0),
    },
    "lake": {"flush_interval_s": (0.0, 5.0, 600.0, 3600.0), "put_s": (0.0, 2.0)},
    "transform": {
        "per_event_s": (0.0, 2.0, 5.0, 9.0), "spread": (0.0, 0.5, 1.0), "workers": (1.0, 2.0, 3.0),
        "interval_s": (60.0, 900.0, 9000.0, 40_000.0), "job_overhead_s": (0.0, 30.0), "micro_batch_s": (0.0, 0.0, 60.0),
        "window_s": (0.0, 0.0, 600.0), "on_drift": (0.0, 1.0, 2.0), "reject_share": (0.0, 0.1), "tries": (0.0, 3.0),
    },
    "warehouse": {
        "per_event_s": (0.0, 2.0, 5.0), "spread": (0.0, 0.5, 1.0), "load_s": (0.0, 600.0), "slots": (1.0, 2.0, 4.0),
        "analysts_per_s": (0.0, 0.05, 0.3), "query_work_s": (1.0, 10.0), "query_spread": (0.0, 0.5, 1.0),
    },
    "archive": {"after_s": (0.0, 600.0, 21_600.0, 172_800.0)},
    "consumer": {
        "interval_s": (0.0, 0.0, 600.0, 9000.0), "query_s": (0.0, 5.0), "per_event_s": (0.0, 2.0),
        "rate_per_s": (0.0, 0.0, 0.05), "burst": (1.0, 10.0), "views_per_s": (0.0, 0.2), "cache_s": (0.0, 60.0, 1200.0),
        "reads_per_s": (0.0, 0.1),
    },
}  # fmt: skip
SHORT = chain(("shop", "source"), ("intake", "ingestion", {"per_event_s": 0.0, "latency_s": 0.0}))


@st.composite
def days(draw: st.DrawFn):
    """A day of a short line that ends with a station of any role, with any figures, faults and switches."""
    role = draw(st.sampled_from(list(ROLES)))
    figures = {name: draw(st.sampled_from(values)) for name, values in FIGURES[role].items()}
    here = chain(("here", role, figures)).stations
    stations = {
        "source": (*here,),
        "interface": (SHORT.stations[0], *here, SHORT.stations[1]),
        "ingestion": (SHORT.stations[0], *here),
    }.get(role, (*SHORT.stations, *here))
    network = Network(stations, tuple(Link(a.id, b.id) for a, b in pairwise(stations)))
    struck = [(kind, each.id) for kind in KINDS for each in stations if can_happen(kind, each)]
    faults = []
    for kind, name in draw(st.lists(st.sampled_from(struck), max_size=2)):
        start_s = draw(st.sampled_from([0.0, 20_000.0, 36_000.0, 80_000.0]))
        end_s = min(start_s + draw(st.sampled_from([0.0, 600.0, 3600.0, 20_000.0])), DAY_S)
        faults.append(Fault(kind, name, start_s, end_s, KINDS[kind].usual))
    switches = draw(st.sampled_from([(Start.PUSH, Size.STREAM, Size.STREAM), *SWITCHES]))
    arrivals = draw(st.sampled_from([Arrivals.STEADY, Arrivals.DAILY, Arrivals.SPIKE]))
    events = draw(st.sampled_from([0, 500, 9_000]))
    return network, Scenario(*switches, arrivals, events, faults=tuple(faults), seed=draw(st.integers(0, 3)))


@given(days())
def test_whatever_the_figures_are(drawn):
    run = simulate(*drawn)
    said(run)


def test_every_figure_that_changes_what_theory_says_is_drawn():
    for role, figures in FIGURES.items():
        assert set(figures) <= {figure.name for figure in ROLES[Role(role)]}
    assert set(FIGURES) == set(ROLES) == set(Role)
