"""What the page holds: `page/message.js` has the same fields and types, which a test holds.

Texts of a day are numbers, places in its list of texts; a series is packed text, see `pack` of the diagram.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from lifecycle.diagram.living.message import Followed, Payload
from lifecycle.outputs.lookup import Lookup


class HeldPlace(TypedDict):
    """A stage or an undercurrent, with the title of its text."""

    id: str
    kind: Literal["stage", "undercurrent"]
    label: str
    title: str


class SentScenario(TypedDict):
    """A scenario, and the switches that it sets."""

    id: str
    title: str
    switches: dict[str, str]


class SentChart(TypedDict):
    """A chart of the whole run: its values are held in so many steps a unit."""

    heading: str
    steps: int
    axis: str
    per: str
    log: bool


class TypingRules(TypedDict):
    """How a typed number is read: patterns, the sentence that asks back, and signs that stand for others."""

    form: str
    doubtful: str
    doubt: str
    signs: dict[str, str]


class Variant(TypedDict):
    """What every kind of question shows: its stem as HTML, and its key under a veil."""

    stem: str
    sealed: str


class OptionsVariant(Variant):
    """Options as HTML, shuffled."""

    options: list[str]


class BlanksVariant(Variant):
    """So many blanks."""

    blanks: int


class PairsVariant(Variant):
    """Left-hand sides as HTML, and right-hand sides to choose from."""

    lefts: list[str]
    pairs: list[str]


class SentQuestion(TypedDict):
    """A question; its variants are as its kind shows them, see `Kinds`."""

    id: str
    kind: str
    level: str
    number: str
    variants: list[Variant]


class JudgedOption(TypedDict):
    """What is said of an option that was chosen."""

    right: bool
    feedback: NotRequired[str]
    belief: NotRequired[str]
    see: NotRequired[str]


class AcceptedText(TypedDict):
    """A text to be typed, as a salted hash, and those of the other words that count."""

    hash: str
    also: NotRequired[list[str]]


class AcceptedNumber(AcceptedText):
    """A number to be typed, in its unit ("" for none)."""

    value: float
    tolerance: float
    unit: str


class HeldKey(TypedDict):
    """What every key says: the reason, the right answer, and a view that shows it."""

    explanation: str
    answer: list[str]
    reasons: list[str]
    view: str
    look: str


class ChoiceKey(HeldKey):
    """What is said of each option."""

    options: list[JudgedOption]


class BlanksKey(HeldKey):
    """What each blank accepts."""

    blanks: list[AcceptedText | AcceptedNumber]


class OrderKey(HeldKey):
    """The place of each step that is shown."""

    places: list[int]


class PairsKey(HeldKey):
    """The right-hand side of each left-hand side, and what is said of each right-hand side."""

    pairs: list[int]
    options: list[JudgedOption]


class ClickKey(HeldKey):
    """What is said of each place or flow that the question lists."""

    places: dict[str, JudgedOption]


class Kinds(TypedDict):
    """What each kind of question shows, and what its key holds once the veil is lifted."""

    single: tuple[OptionsVariant, ChoiceKey]
    multiple: tuple[OptionsVariant, ChoiceKey]
    blank: tuple[BlanksVariant, BlanksKey]
    order: tuple[OptionsVariant, OrderKey]
    match: tuple[PairsVariant, PairsKey]
    click: tuple[Variant, ClickKey]


class SentGuess(TypedDict):
    """A number to be guessed before the run tells it; the truth is sealed."""

    label: str
    unit: str
    low: float
    high: float
    salt: str
    sealed: str


class SentStep(TypedDict):
    """A step of a talk: its view as a query, whether the clock runs, and what it asks."""

    view: str
    plays: bool
    question: NotRequired[SentQuestion]
    predict: NotRequired[SentGuess]


class SentTalk(TypedDict):
    """A talk, or a `lesson`."""

    id: str
    title: str
    lesson: bool
    steps: list[SentStep]


class SentCourse(TypedDict):
    """Everything but the runs and the texts. `picks`: what the list of orders calls each; `further`: what only links
    turn, with the days and their switches that have it."""

    key: str
    living: Payload
    pointable: dict[str, str]
    places: list[HeldPlace]
    overview: str
    whole: str
    overviewTitle: str
    scenarios: list[SentScenario]
    picks: dict[str, str]
    further: dict[str, dict[str, list[str]]]
    furtherNames: list[str]
    questions: dict[str, list[SentQuestion]]
    talks: list[SentTalk]
    gap: str
    units: dict[str, tuple[str, float]]
    typed: TypingRules
    percents: list[str]
    charts: dict[str, SentChart]
    lookup: Lookup


class HeldWire(TypedDict):
    """A flow's moves as the diagram plays them, with numbers of texts in place of the texts."""

    source: str
    target: str
    sent: int | None
    refused: int
    pulled: bool
    loop: bool


class HeldFrames(TypedDict):
    """A run's frames as the diagram plays them, with numbers of texts in place of the texts."""

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
    stations: dict[str, dict[str, int]]
    keeps: list[str]
    ticks: dict[str, tuple[float, float]]
    flows: list[HeldWire]


class HeldChart(TypedDict):
    """What a chart says, and its lines: name, points, values, and moments where they are not those of the buckets."""

    finding: str
    lines: list[tuple[str, int, int] | tuple[str, int, int, int]]


class HeldRun(TypedDict):
    """A run: its figures (label, value, in words, meaning, whether it is left out where it is zero), its charts,
    percentiles of latency at each consumer, what the texts are told of it, and the orders that were recorded on it."""

    frames: HeldFrames
    figures: list[tuple[str, float | None, str, int, bool]]
    charts: dict[str, HeldChart]
    latency: list[tuple[str, float | None, float | None, float | None]]
    told: dict[str, int]
    orders: dict[str, Followed]


class HeldDay(TypedDict):
    """The runs of one scenario by their switches; a text that several of them hold stands here once."""

    texts: list[str]
    runs: dict[str, HeldRun]
