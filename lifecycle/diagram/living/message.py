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
    """What is selected, and how the diagram is to be shown; `follows`: the key of what is followed,
    "" for nothing; `dots`: whether a dot can be clicked, to be followed."""

    selected: str | None
    moment_s: float | None
    progress: dict[str, float]
    overlay: str | None
    pointing: bool
    pointed: str | None
    follows: NotRequired[str]
    dots: NotRequired[bool]
    cue: NotRequired[str]
    plays: NotRequired[bool]
    bare: NotRequired[bool]
    frame: NotRequired[list[str]]
    name: NotRequired[str]
    note: NotRequired[Literal["state"]]


class SentStretch(TypedDict):
    """A part of a ribbon: so long the event was at a stage, for one cause.

    `label` of the stage and how long it `lasted` for what, in short; `words`: in full. `share`: of the scale that both
    ribbons have. `waits`: whether it was held up; `short`: whether it is too narrow to carry words.
    """

    stage: str
    label: str
    lasted: str
    words: str
    start: float
    end: float
    share: float
    waits: bool
    short: bool


class SentRibbon(TypedDict):
    """A journey as a ribbon: of which run, in a sentence, part by part, and how it ends."""

    title: str
    words: str
    parts: list[SentStretch]
    end: str


class SentBeat(TypedDict):
    """A piece of watching: `watch` seconds for the day's `start` to `end`, at `stage` or, with `to`, on the wire there.

    `part`: which part of the ribbon it shows; `rate`: how fast the day goes by, in words.
    """

    stage: str
    to: str
    start: float
    end: float
    watch: float
    part: int
    rate: str


class SentArtefact(TypedDict):
    """What the event looks like at a stage, as plain text."""

    stage: str
    title: str
    text: str


class Followed(TypedDict):
    """One event that is followed in the run of this digest. `key`: another one is watched from its birth.

    `other`: the same event in another run, and `parting`: where the two part, or why that cannot be said.
    """

    key: str
    run: str
    tag: str
    ribbon: SentRibbon
    beats: list[SentBeat]
    artefacts: list[SentArtefact]
    other: SentRibbon | None
    parting: str


class FollowNote(TypedDict):
    """The event to follow."""

    followed: Followed
    name: NotRequired[str]
    note: NotRequired[Literal["follow"]]


class Triggers(TypedDict):
    """What the diagram sends: a place that was chosen ("" for none), the second at which the clock came to rest, a
    place or flow that was pointed at as an answer, and a dot that was clicked: `oltp>jdbc@50400`, the wire and when it
    set off."""

    select: str
    moment: float
    point: str
    follow: str
