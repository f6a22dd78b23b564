from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course.pipeline import Flow, Pipeline, Stage, Zone
from lifecycle.diagram import layout, living
from lifecycle.diagram.living.packing import _round_up
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.readings.frames import Frames, StationFrames
from lifecycle.simulation.readings.moves import HOP_S
from tests.support.moving import at_its_end, by_hand, evenly

N = 96
EDGES = np.linspace(0, 86_400, N + 1)


def station(arrived: np.ndarray) -> StationFrames:
    zero = np.zeros(len(arrived), dtype=np.int64)
    age = np.linspace(0, 5000, len(arrived))
    age[0] = np.nan
    return StationFrames(arrived, arrived, zero, zero, zero, np.cumsum(arrived), zero / 1.0, age, zero.astype(bool))


def day(counts: np.ndarray) -> Frames:
    moved = by_hand({"a": {"born": evenly(counts), "sent": evenly(counts)}, "b": {"keeps": True}}, {("a", "b"): {}})
    return Frames(EDGES, {"a": station(counts), "b": station(counts)}, {("a", "b"): counts}, moves=moved)


PIPELINE = Pipeline(
    "P", (Zone("z", "Z"),), (Stage("a", "z", "A", Role.SOURCE), Stage("b", "z", "B", Role.LAKE)), (Flow("a", "b"),)
)


@given(st.lists(st.lists(st.integers(-(2**52), 2**52), max_size=30), max_size=5))
def test_packed_series_come_back_the_same(series: list[list[int]]) -> None:
    texts = living.pack([np.array(values, dtype=np.int64) for values in series])
    assert [living.unpack(text, len(values)).tolist() for text, values in zip(texts, series, strict=True)] == series


def test_a_quiet_series_takes_a_byte_a_number_and_a_still_one_none() -> None:
    quiet, still = living.pack([50 + np.arange(300) % 2, np.full(300, 50)])
    assert len(quiet) <= 4 * 101
    assert len(still) <= 4


def test_ages_before_the_first_event_are_sent_as_minus_one() -> None:
    sent = living.unpack(living.pack_frames(day(np.ones(N, dtype=np.int64)))["stations"]["a"]["age_s"], N)
    assert sent[0] == -1
    assert sent[-1] == 5000


@given(st.lists(st.integers(0, 100_000), min_size=N, max_size=N))
def test_no_flow_ever_shows_more_dots_than_can_be_told_apart(counts: list[int]) -> None:
    frames = day(np.array(counts, dtype=np.int64))
    shown = [living.dots(frames, ("a", "b"), t) for t in np.linspace(0, 86_400, 500)]
    assert min(shown) >= 0
    assert max(shown) <= living.MOST_DOTS + 1


def test_a_batch_stands_still_and_then_goes_as_one_packet() -> None:
    counts = np.zeros(N, dtype=np.int64)
    counts[40] = 3000
    moved = by_hand({"a": {"sent": at_its_end(counts)}, "b": {}}, {("a", "b"): {}})
    frames = replace(day(counts), moves=moved)
    at = float(EDGES[41])
    seen = [living.packets(frames, ("a", "b"), at + later) for later in (-1, 0, HOP_S - 1, HOP_S)]
    assert seen == [[], [3000], [3000], []]
    assert living.dots(frames, ("a", "b"), at + 60) == 0


def test_every_dot_of_the_day_sets_off_exactly_once() -> None:
    frames = day(np.random.default_rng(1).integers(0, 900, N))
    ends = np.arange(HOP_S, 86_400, HOP_S)
    total = int(np.sum(frames.flows["a", "b"])) // living.events_per_dot(frames)
    last = living.dots(frames, ("a", "b"), 86_399.999)  # after midnight none is under way
    assert sum(living.dots(frames, ("a", "b"), t) for t in ends) + last == total
    assert living.dots(frames, ("a", "b"), 86_400) == 0


@pytest.mark.parametrize(("size", "up"), [(0, 1), (1, 1), (1.2, 2), (21, 25), (218, 250), (2.4, 5), (501, 1000)])
def test_a_dot_stands_for_a_round_number(size: float, up: int) -> None:
    assert _round_up(size) == up


def test_the_clock_opens_shortly_before_the_busiest_half_hour() -> None:
    counts = np.ones(N, dtype=np.int64)
    counts[60] = 5000
    assert EDGES[60] - 2400 <= living.opening(day(counts)) <= EDGES[60]


def test_what_is_sent_is_equal_byte_for_byte_while_nothing_changes() -> None:
    picture = layout.picture(PIPELINE)
    one, other = (day(np.full(N, count, dtype=np.int64)) for count in (5, 6))
    note = json.dumps(living.run_note(one))
    assert note == json.dumps(living.run_note(replace(one)))
    assert note != json.dumps(living.run_note(other))
    first = json.dumps(living.payload(picture, PIPELINE, {}))
    assert first == json.dumps(living.payload(picture, PIPELINE, {}))
    assert first != json.dumps(living.payload(picture, PIPELINE, {"a": "where it starts"}))


def test_a_day_of_fifteen_stages_is_sent_in_under_a_hundred_kilobytes() -> None:
    rng = np.random.default_rng(2)
    edges = np.linspace(0, 86_400, 289)
    counts = rng.poisson(400, 288)
    stations = [f"s{i}" for i in range(15)]
    moved = by_hand({name: {"sent": evenly(counts)} for name in stations}, {(name, "t"): {} for name in stations})
    flows = {(name, "t"): counts for name in stations}
    frames = Frames(edges, {name: station(counts) for name in stations}, flows, moves=moved)
    assert len(json.dumps(living.pack_frames(frames))) < 100_000


def test_the_javascript_uses_no_html_strings() -> None:
    modules = [*(living.LIVING / "script").glob("*.js")]
    assert len(modules) > 10
    for path in modules:
        text = path.read_text(encoding="utf-8")
        for door in ("setHtml", "html:", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert door not in text, path.name


def test_no_asset_names_an_address_to_load_from() -> None:
    for path in (path for ending in ("*.js", "*.css") for path in living.LIVING.rglob(ending)):
        addresses = set(path.read_text(encoding="utf-8").split('"')) & {"http", "https"}
        assert not addresses
        assert path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "").count("://") == 0, path.name


@given(st.permutations("abcdef"), st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))))
def test_the_places_are_told_along_the_flow_and_else_in_the_order_of_the_file(ids, pairs) -> None:
    flows = [Flow(ids[min(pair)], ids[max(pair)]) for pair in pairs if len(set(pair)) > 1]
    loops = [Flow(ids[max(pair)], ids[min(pair)], loop=True) for pair in pairs if sum(pair) % 2]
    written = tuple(Stage(each, "z", each, Role.LAKE) for each in "abcdef")
    pipeline = Pipeline("P", (Zone("z", "Z"),), written, (*flows, *loops))
    order = pipeline.reading_order
    assert sorted(order) == list("abcdef")
    assert all(order.index(flow.source) < order.index(flow.target) for flow in flows)
    assert Pipeline("P", (Zone("z", "Z"),), written, tuple(loops)).reading_order == tuple("abcdef")
    told = living.payload(layout.Picture("", "", ""), pipeline, {})["places"]
    assert [place["id"] for place in told] == list(order)
