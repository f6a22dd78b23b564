"""A pipeline as it will be written: its stages and flows, what was observed of its jobs, and what of it is a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lifecycle.importing.graph import Imported, ImportedNode, ZoneName
from lifecycle.importing.texts import cut
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import enumerated

UPSTREAM = (Role.SOURCE, Role.INTERFACE, Role.INGESTION)
DOWNSTREAM = (Role.CONSUMER,)
ZONES = {zone: zone.capitalize() for zone in ZoneName}
SCHEDULE = "jobs"  # the id of the schedule on which its jobs are
LABEL = 60
FITTED_FROM = 5  # observations from which a spread is read off them; of fewer one is drawn as it is


class Guess(StrEnum):
    """What of a stage may be a guess: what it is; of a job how long it takes, and when it starts."""

    ROLE = "role"
    DURATION = "duration"
    START = "start"


@dataclass(frozen=True)
class DraftStage:
    """A stage of the course: its own id, the node it was made of, and the role that it has in this place.

    `why` speaks for the role, `place` says what its place made of it, `certain` whether that leaves no doubt. Of what
    was observed of its job in so many `runs`: `median_s`, None for nothing, and what a day on a schedule draws from,
    the median `drawn_s` of a log-normal and the factor `drawn_spread` around it, or, where they are few, one of the
    `observed_s`, the seconds that the runs took. What a person has set is drawn instead. `start_guessed`: whether
    nobody knows when its job starts.
    """

    id: str
    node: ImportedNode
    role: Role
    why: str
    certain: bool
    scheduled: bool = False
    median_s: float | None = None
    drawn_s: float | None = None
    drawn_spread: float = 1.0
    observed_s: tuple[float, ...] = ()
    runs: int = 0
    start_guessed: bool = False
    place: str = ""

    @property
    def reason(self) -> str:
        """Why it has its role, whole."""
        return "; ".join(filter(None, (self.why, self.place)))

    @property
    def zone(self) -> ZoneName:
        """Where it is drawn: where a person has set it, else by its role."""
        if self.node.by_hand.zone:
            return self.node.by_hand.zone
        if self.role in UPSTREAM:
            return ZoneName.UPSTREAM
        return ZoneName.DOWNSTREAM if self.role in DOWNSTREAM else ZoneName.MIDSTREAM

    @property
    def label(self) -> str:
        """Its name as the course has it."""
        return cut(self.node.name, LABEL)

    @property
    def figures(self) -> Mapping[str, float | tuple[float, ...]]:
        """The figures that it has of its runs; none where nothing was observed, or no schedule starts it."""
        if not self.scheduled or self.drawn_s is None:
            return {}
        if self.draws_observed:
            return {"drawn_s": tuple(float(f"{lasted_s:.6g}") for lasted_s in self.observed_s)}
        return {"drawn_s": float(f"{self.drawn_s:.6g}"), "drawn_spread": float(f"{max(1.0, self.drawn_spread):.4g}")}

    @property
    def draws_observed(self) -> bool:
        """Whether so few runs were observed that a day on a schedule draws one of them."""
        return 0 < len(self.observed_s) < FITTED_FROM

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What of it is a guess, since nobody has set, written or observed it."""
        is_job = self.role is Role.TRANSFORM
        is_guessed = {
            Guess.ROLE: not self.certain,
            Guess.DURATION: is_job and not self.figures,
            Guess.START: is_job and self.start_guessed,
        }
        return tuple(guess for guess, is_so in is_guessed.items() if is_so)

    @property
    def guessed(self) -> str:
        """The same in words, as they stand beside its name: `role and start guessed`; "" for nothing."""
        return guess_words(self.guesses)


@dataclass(frozen=True)
class DraftFlow:
    """A flow between two stages by their ids; `loop` where it leads back, `moves` the id of the way that it goes."""

    source: str
    target: str
    loop: bool = False
    moves: str = ""


@dataclass(frozen=True)
class Draft:
    """A pipeline as it will be written; `notes` say what was decided on the way. `at` is the jobs' line of cron,
    and `slots` how many of them run at once, as the tool or what was observed says, 0 where neither does."""

    title: str
    stages: tuple[DraftStage, ...]
    flows: tuple[DraftFlow, ...]
    notes: tuple[str, ...]
    at: str = ""
    slots: int = 0

    @cached_property
    def guesses(self) -> Mapping[str, tuple[Guess, ...]]:
        """What is guessed of each node, by its id."""
        return {stage.node.id: stage.guesses for stage in self.stages}


def guesses_of(graph: Imported, draft: Draft | None) -> Mapping[str, tuple[Guess, ...]]:
    """What is guessed of each node, by its id; without a draft, or outside of it, only of the role one can tell."""
    by_role: dict[str, tuple[Guess, ...]] = {node.id: () if node.certain else (Guess.ROLE,) for node in graph.nodes}
    return {**by_role, **draft.guesses} if draft else by_role


def guess_words(guesses: Sequence[Guess]) -> str:
    """What is guessed, as it stands beside a name: `role and start guessed`; "" for nothing."""
    return f"{enumerated(guesses)} guessed" if guesses else ""
