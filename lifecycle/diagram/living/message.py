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


class SentBreak(TypedDict):
    """A fault that a click makes: what is sent of it (`down.lake`), and what its button says."""

    fault: str
    words: str


class SentBreaks(TypedDict):
    """What breaks each stage, by its id, and each flow, by its ends (`buffer>lake`)."""

    stages: dict[str, list[SentBreak]]
    flows: dict[str, SentBreak]


class Payload(TypedDict):
    """The picture with its places, sent once: `lr` and `tb` are SVG, `version` and `facts` digests.

    `joins`: the stages between which a flow can be drawn, by their ids; none where it is missing.
    """

    version: str
    facts: str
    title: str
    lr: str
    tb: str
    zones: list[SentZone]
    places: list[SentPlace]
    flows: list[SentFlow]
    breaks: NotRequired[SentBreaks]
    joins: NotRequired[list[str]]
    name: NotRequired[str]


class SentWire(TypedDict):
    """What goes over a wire in each minute: a negative number is a packet; `sent` null: all that its source sends.

    `refused`: what came back from a closed door. `pulled`: whether it is asked for; `loop`: whether it goes home.
    """

    source: str
    target: str
    sent: str | None
    refused: str
    pulled: bool
    loop: bool


class PackedFrames(TypedDict):
    """A run's frames: each series by station and field packed, in `n` buckets from `start` to `end`, or in `minutes`.

    The latter have a last number for what is under way at midnight, and after it is where the run has it. `hop_s`: how
    long an event is on a wire. `keeps`: the stores, where what was sent stays, too. `ticks`: seconds between two ticks
    of a station, and the second of one."""

    n: int
    minutes: int
    start: float
    end: float
    hop_s: float
    looks: int
    per_dot: int
    opening: float
    occasions: list[tuple[float, float, str, str]]
    faults: list[tuple[float, float, str, str, str, str]]
    stations: dict[str, dict[str, str]]
    keeps: list[str]
    ticks: dict[str, tuple[float, float]]
    flows: list[SentWire]


class RunNote(TypedDict):
    """The run to play; no frames, no clock."""

    run: str
    frames: PackedFrames | None
    day: str
    name: NotRequired[str]
    note: NotRequired[Literal["run"]]


class SentFilm(TypedDict):
    """What a film of the clock needs of the page: where its script is, "" where the page has it already; what is on
    screen, in words; the address that shows it, to which a moment can be added, "" for none; and whether other machines
    find it."""

    source: str
    caption: str
    address: str
    public: bool


class LateNote(TypedDict):
    """What of a run is known only after it is drawn: the second by which what its faults held up is worked off.

    It is the day's end or later where it is not, None where they held up nothing.
    """

    run: str
    caught_up: float | None
    name: NotRequired[str]
    note: NotRequired[Literal["late"]]


class StateNote(TypedDict):
    """What is selected, and how the diagram is to be shown; `follows`: the key of what is followed,
    "" for nothing; `dots`: whether a dot can be clicked, to be followed. `breakable`: there where a click may break a
    place; why it just now cannot, "" where it can; `broken`: what clicks, or the form, broke so far (`down.lake`).
    `replay`: with another one than before the clock goes to `moment_s` and plays, to see what comes until `until`.
    Without `film` none is offered. `leaks`: since which second names can be read at a stage by more than those who run
    the pipeline; `leaking`: the flows along which they came there, as `buffer>lake`; neither where nothing leaks."""

    selected: str | None
    moment_s: float | None
    progress: dict[str, float]
    overlay: str | None
    pointing: bool
    pointed: str | None
    follows: NotRequired[str]
    dots: NotRequired[bool]
    breakable: NotRequired[str]
    broken: NotRequired[list[str]]
    replay: NotRequired[str]
    until: NotRequired[float]
    cue: NotRequired[str]
    plays: NotRequired[bool]
    bare: NotRequired[bool]
    frame: NotRequired[list[str]]
    film: NotRequired[SentFilm]
    leaks: NotRequired[dict[str, float]]
    leaking: NotRequired[list[str]]
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

    `part`: which part of the ribbon it shows; `when` that part really was, and the `rate` at which the day goes by, in
    words.
    """

    stage: str
    to: str
    start: float
    end: float
    watch: float
    part: int
    when: str
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
    place or flow that was pointed at as an answer, a dot that was clicked: `oltp>jdbc@50400`, the wire and when it set
    off; what was broken: `down.lake@50400`, the fault and the moment of the clock, and what was repaired: `down.lake`;
    the `replay` that was seen to its end; and the two stages that a flow was drawn between, `connect`."""

    select: str
    moment: float
    point: str
    follow: str
    broken: str
    repaired: str
    watched: str
    connect: tuple[str, str]
