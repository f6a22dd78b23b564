"""What a class's server sends to phone, hall and desk, and what they post: `js/shared/class_message.js` has the same
fields and types, which a test holds.

HTML in it was made safe by the server's own Markdown. Moments (`…_s`) are seconds of the wall clock.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NotRequired, TypedDict

from lifecycle.course.talks.talk import Rounds

Door = Literal["open", "present", "seats"]
# What a presenter can do by a name; `server/acts.py` has what each does.
Action = Literal[
    "ask",
    "aside",
    "put_away",
    "close",
    "discuss",
    "reopen",
    "second_round",
    "reveal",
    "answer",
    "hide",
    "toggle",
    "unfold",
    "onward",
    "go",
    "black",
    "join",
    "look",
    "clock",
    "end",
    "door",
    "limit",
    "show_text",
    "hide_text",
    "hide_texts",
]


class PollKind(StrEnum):
    """How a class answers: as the bank's questions are, or by a guess or short texts, which only a class is asked for.

    The values are the words of stored classes and of what phones are sent.
    """

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    CLICK = "click"
    PREDICT = "predict"
    OPEN = "open"

    @property
    def is_judged(self) -> bool:
        """Whether an answer is right or wrong."""
        return self not in (PollKind.PREDICT, PollKind.OPEN)


class PollPlace(TypedDict):
    """A place or flow of the diagram that one may point at."""

    id: str
    label: str


class PollShown(TypedDict):
    """A question without its key; `taken` says which units a number may be typed in."""

    id: str
    kind: PollKind
    stem: str
    options: list[str]
    letters: list[str]
    hint: str
    unit: str
    taken: str
    low: float
    high: float
    places: list[PollPlace]


class KeyKept(TypedDict):
    """What is right: options by index, places by id, or a number within its tolerance."""

    options: list[int]
    places: list[str]
    truth: float | None
    tolerance: float
    feedback: list[str]
    why: str


class KeyShown(KeyKept):
    """A key with its number in words, "" where it has none."""

    said: str


class AskKept(TypedDict):
    """A question with its key, as a talk has it."""

    poll: PollShown
    key: KeyKept
    rounds: Rounds


class BallotSent(TypedDict):
    """A choice: exactly one of these. A phone sends a number as it was typed; the server answers with its reading."""

    chosen: NotRequired[list[int]]
    number: NotRequired[float | str]
    place: NotRequired[str]
    text: NotRequired[str]


class BinShown(TypedDict):
    """So many numbers from `low` up to, and not with, `high`."""

    low: float
    high: float
    count: int


class ShiftShown(TypedDict):
    """Who moved from what to what between two rounds."""

    labels: list[str]
    moved: list[list[int]]
    both: int
    gain: float | None
    first: int
    second: int


class TallyShown(TypedDict):
    """One round's votes, the one before it within."""

    voted: int
    right: int | None
    counts: list[int]
    places: dict[str, int]
    values: list[float]
    bins: list[BinShown]
    beyond: int
    median: float | None
    first: TallyShown | None
    shift: ShiftShown | None
    median_said: str


class StateShown(TypedDict):
    """Where a class is; the key only for those who may know it."""

    talk: str
    step: int
    points: int
    black: bool
    poll: PollShown | None
    rounds: Rounds
    round: Rounds
    open: bool
    revealed: bool
    answered: bool
    discuss_until_s: float | None
    door: Door
    key: KeyShown | None
    view: str
    joining: bool
    started_s: float
    over: bool


class TextShown(TypedDict):
    """What a phone wrote to an open question, and whether the hall sees it."""

    id: str
    text: str
    shown: bool


class ToAll(TypedDict):
    """What everybody hears of a class."""

    code: str
    title: str
    now_s: float


class OfPhone(ToAll):
    """What differs from phone to phone: its own vote, and whether the door lets it vote."""

    mine: BallotSent | None
    votes_here: bool


class ToPhone(OfPhone):
    """All that a phone shows."""

    state: StateShown


class ToScreen(ToAll):
    """All that the hall's screen shows."""

    state: StateShown
    texts: list[TextShown]
    phones: int
    here: int
    votes: int
    tally: TallyShown | None


class OfDesk(TypedDict):
    """What the desk alone hears: phones that were turned away, or could not vote by seat, and when all is erased."""

    turned_away: int
    without_slip: int
    expires_s: float


class ToDesk(ToScreen, OfDesk):
    """All that the desk shows; its state has the key, its tally is never hidden."""


class StepToDesk(TypedDict):
    """A step of the talk with its notes; `minutes` as planned, `points` as many as `points_html` has."""

    headline: str
    notes_html: str
    points: int
    minutes: float
    ask: AskKept | None
    text_html: NotRequired[str]
    points_html: NotRequired[list[str]]


class TalkToDesk(TypedDict):
    """The talk that a class follows; without steps where none was given."""

    id: NotRequired[str]
    title: NotRequired[str]
    minutes: NotRequired[float]
    steps: NotRequired[list[StepToDesk]]


class DeskOpened(TypedDict):
    """What the desk asks for once: the talk, and where phones `join`."""

    talk: TalkToDesk
    join: str
    most_phones: int


class ClassListed(TypedDict):
    """A class that this browser presents."""

    code: str
    spelled: str
    title: str
    talk: str
    step: int
    points: int
    over: bool
    phones: int
    voters: int
    most_phones: int
    expires_s: float


class ClassesListed(TypedDict):
    """The classes that this browser presents, the newest first."""

    classes: list[ClassListed]
    now_s: float


class DeskLink(TypedDict):
    """The desk's own link, with its secret."""

    link: str


class VoteSent(TypedDict):
    """A vote as a phone posts it, under a `key` of its own by which a second try is known."""

    key: str
    poll: str
    round: Rounds
    ballot: BallotSent


class VoteTaken(TypedDict):
    """The answer to a vote: it is on the disk, and so the server has read it."""

    recorded: bool
    key: str
    ballot: BallotSent | None


class ActSent(TypedDict):
    """What a presenter's key or button posts; which values an action takes, `server/acts.py` says."""

    action: Action
    step: NotRequired[int]
    points: NotRequired[int]
    on: NotRequired[bool]
    view: NotRequired[str]
    door: NotRequired[str]
    most: NotRequired[int]
    text: NotRequired[str]
    id: NotRequired[str]


class RefusalSent(TypedDict):
    """Why something was not done, in words."""

    error: str
