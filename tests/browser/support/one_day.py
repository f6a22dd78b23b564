"""A day made by hand for the diagram's tests: hourly batches, a queue, a loss and a fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml

from lifecycle.course.pipeline import Act, Flow, Pipeline, Stage, Undercurrent, Zone
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault
from lifecycle.simulation.readings.frames import LOOKS, Frames, Moves, Pace, StationFrames
from tests.support.moving import at_its_end, by_hand, evenly

N = 288
EDGES = np.linspace(0.0, 86_400.0, N + 1)
HOLDERS = {"lake", "warehouse", "archive"}


def pipeline() -> Pipeline:
    """The course's pipeline without its assistant, with a few deeds of three undercurrents."""
    path = Path(__file__).parents[3] / "content" / "pipeline.yaml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    acts = {
        "access": (Act("api", "a token at the door"), Act("warehouse", "grants by role")),
        "encryption": (
            Act("ingestion", "TLS on the wire", "one TLS ends"),
            Act("lake", "keys at rest", "keys at rest"),
        ),
        "masking": (Act("transform", "names become tokens"), Act("bi", "analysts see a region, not a street")),
    }
    stages = [stage for stage in raw["stages"] if stage["id"] != "ai"]
    flows = [flow for flow in raw["flows"] if flow["to"] != "ai"]
    below = [current for current in raw["undercurrents"] if current["id"] in acts]
    return Pipeline(
        raw["title"],
        tuple(Zone(**zone) for zone in raw["zones"]),
        tuple(Stage(**{**stage, "figures": (), "origins": (), "jobs": ()}) for stage in stages),
        tuple(Flow(f["from"], f["to"], f.get("label", ""), f.get("share"), f.get("loop", False)) for f in flows),
        tuple(replace(Undercurrent(**{**current, "acts": ()}), acts=acts[current["id"]]) for current in below),
    )


def frames(made: Pipeline, events: int = 120_000) -> Frames:
    """Events on a daily rhythm; ingestion and transformation pull hourly, the buffer is down from 2 to 3."""
    hours = EDGES[:-1] / 3600
    rhythm = 1 - 0.75 * np.cos((hours - 4) / 24 * 2 * np.pi)
    born = np.round(events * rhythm / rhythm.sum()).astype(np.int64)

    def hourly(counts: np.ndarray) -> np.ndarray:
        out = np.zeros_like(counts)
        out[11::12] = counts.reshape(-1, 12).sum(axis=1)
        return out

    lost = np.zeros(N, dtype=np.int64)
    lost[24:36] = 40
    # each hands on a bucket after it was handed to: what leaves has arrived, and what is lost leaves no more
    batch, held = np.roll(hourly(born), 1), np.roll(hourly(born) - hourly(lost), 2)
    kept, late, last = (np.roll(held, after) for after in (1, 2, 3))
    out = {"oltp": born * 3 // 10, "telemetry": born * 6 // 10, "external": born // 10, "ingestion": batch}
    out |= {"jdbc": hourly(out["oltp"]), "logs": hourly(out["telemetry"]), "api": hourly(out["external"])}
    out |= {"buffer": held, "lake": kept, "transform": late, "warehouse": last}
    flows = {(f.source, f.target): out.get(f.source, last // 20) for f in made.flows}
    stations = {}
    for stage in made.stages:
        arrived = sum((c for (_, t), c in flows.items() if t == stage.id and stage.role != "source"), np.zeros(N, int))
        arrived = born if stage.role == "source" else arrived
        departed = out.get(stage.id, arrived)
        inside = np.maximum(0, np.cumsum(arrived - departed))
        level = np.cumsum(arrived) if stage.role in HOLDERS else inside
        since = np.where(arrived > 0, np.arange(N), -1)
        newest = np.maximum.accumulate(since)
        age = np.where(newest >= 0, (np.arange(N) - newest) * 300.0 + 60.0, np.nan)
        stations[stage.id] = StationFrames(
            arrived=arrived.astype(np.int64),
            departed=departed.astype(np.int64),
            lost=lost if stage.id == "buffer" else np.zeros(N, dtype=np.int64),
            removed=np.zeros(N, dtype=np.int64),
            inside=inside.astype(np.int64),
            level=level.astype(np.int64),
            busy=np.clip(departed / 8000, 0, 1),
            age_s=age,
            ages_s=np.append(np.repeat(age, LOOKS), age[-1]) if stage.role == "consumer" else None,
            faulty=(hours >= 2) & (hours < 3) if stage.id == "buffer" else np.zeros(N, dtype=bool),
        )
    pace = Pace(mean=events / 1440 / 3, most=born.max() / 5, opens_s=72_000.0)
    down = (Fault(FaultKind.DOWN, "buffer", 7_200.0, 10_800.0),)
    return Frames(EDGES, stations, flows, pace=pace, faults=down, moves=_moves(made, stations))


def _moves(made: Pipeline, stations: dict[str, StationFrames]) -> Moves:
    """Sources send one event after the other, all others packets."""
    sources = {stage.id for stage in made.stages if stage.role == "source"}
    kept = {
        name: {
            "born": evenly(series.departed) if name in sources else None,
            "sent": (evenly if name in sources else at_its_end)(series.departed),
            "lost": evenly(series.lost),
            "keeps": name in HOLDERS,
            "timetable": (3600.0, 0.0) if name == "transform" else None,
        }
        for name, series in stations.items()
    }
    return by_hand(kept, {(flow.source, flow.target): {"loop": flow.loop} for flow in made.flows})
