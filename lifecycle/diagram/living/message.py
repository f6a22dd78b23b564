"""What the diagram is sent, and what it sends: `script/message.js` has the same fields and types, which a test holds.

Times are seconds of the day; a series is packed text, see `pack`.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class SentAct(TypedDict):
    """What an undercurrent does at a stage."""

    text: str
    short: str


class SentPlace(TypedDict):
    """A stage or an undercurrent; only the latter acts on others, by their ids.

    `keeps`: whether a stage is a store, which holds its events for good.
    """

    id: str
    kind: Literal["stage", "undercurrent"]
    label: str
    detail: str
    role: str
    icon: str
    summary: str
    acts: dict[str, SentAct]
    zone: str
    keeps: bool


class SentFlow(TypedDict):
    """A wire between two stages."""

    source: str
    target: str
    label: str
    loop: bool


class SentZone(TypedDict):
    """A zone of the picture."""

    id: str
    label: str


class Payload(TypedDict):
    """The picture with its places, sent once: `lr` and `tb` are SVG, `version` and `facts` digests."""

    version: str
    facts: str
    title: str
    lr: str
    tb: str
    zones: list[SentZone]
    places: list[SentPlace]
    flows: list[SentFlow]
    name: NotRequired[str]


class PackedFrames(TypedDict):
    """A run's frames: `n` buckets from `start` to `end`, each series by station and field packed."""

    n: int
    start: float
    end: float
    travel_s: float
    looks: int
    per_dot: int
    opening: float
    occasions: list[tuple[float, float, str, str]]
    faults: list[tuple[float, float, str, str, str]]
    stations: dict[str, dict[str, str]]
    flows: list[tuple[str, str, str]]


class RunNote(TypedDict):
    """The run to play; no frames, no clock."""

    run: str
    frames: PackedFrames | None
    day: str
    name: NotRequired[str]
    note: NotRequired[Literal["run"]]


class StateNote(TypedDict):
    """What is selected, and how the diagram is to be shown."""

    selected: str | None
    moment_s: float | None
    progress: dict[str, float]
    overlay: str | None
    pointing: bool
    pointed: str | None
    cue: NotRequired[str]
    plays: NotRequired[bool]
    bare: NotRequired[bool]
    frame: NotRequired[list[str]]
    name: NotRequired[str]
    note: NotRequired[Literal["state"]]


class Triggers(TypedDict):
    """What the diagram sends: a place that was chosen ("" for none), the second at which the clock came to rest, and a
    place or flow that was pointed at as an answer."""

    select: str
    moment: float
    point: str
