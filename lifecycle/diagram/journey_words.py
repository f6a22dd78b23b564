"""A journey in words: what held an event up, how it ended, and where it parts from the same event in another run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never

from lifecycle.simulation.day.passage import REASONS
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Cause, Fate, Role, Size
from lifecycle.simulation.model.moving import CALLED
from lifecycle.simulation.model.network import Network
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.journey import DELIVERED, ELSEWHERE, INSIDE, ON_THE_WAY, Journey, Stay
from lifecycle.simulation.readings.partings import Parting
from lifecycle.simulation.readings.waits import SHORTEST_S
from lifecycle.simulation.roles.calling import Calls, calls_at
from lifecycle.words import clock_s, duration

# How each reason of a loss or a removal ends a sentence about one event.
ENDS: Mapping[str, str] = {
    REASONS[Fate.REFUSED]: "was refused",
    REASONS[Fate.EXPIRED]: "expired",
    REASONS[Fate.DROPPED]: "was dropped",
    REASONS[Fate.MALFORMED]: "could not be parsed",
    REASONS[Fate.DRIFTED]: "could not be read",
    REASONS[Fate.REJECTED]: "was rejected",
    REASONS[Fate.DUPLICATE]: "was removed as a second copy",
    REASONS[Fate.LATE]: "came too late for its sum",
    REASONS[Fate.POISONED]: "was set aside",
    REASONS[Fate.UNCONFIRMED]: "was lost in the handover",
    REASONS[Fate.JOINED]: "was joined with its other half",
    REASONS[Fate.SKIPPED]: "was skipped by a reader that jumped to the newest",
}


def journey_words(journey: Journey, labels: Mapping[str, str]) -> str:
    """The whole of a journey in a sentence; `labels`: what each stage is called."""
    last = journey.stays[-1]
    born = f"Event {journey.event:,}, born at {labels[journey.stays[0].stage]} at {clock_s(journey.born_s)},"
    if journey.latency_s is not None:
        return f"{born} was delivered to {labels[journey.to]} after {duration(journey.latency_s)}."
    if journey.fate == ON_THE_WAY:
        return f"{born} was still at {labels[last.stage]} at midnight, on its way to {labels[journey.to]}."
    if journey.fate == ELSEWHERE:
        return f"{born} went to {labels[last.stage]}, from where nothing leads to {labels[journey.to]}."
    return f"{born} {ENDS[journey.fate]} at {labels[last.stage]} after {duration(_stayed_s(last, journey.born_s))}."


def stay_words(run: Run, stay: Stay) -> str:
    """What happened to an event at one stage: `waited 57 min for the next pull; worked on for 1 ms`."""
    waits = [f"{duration(wait.seconds)} for {cause_words(run, stay.stage, wait.cause)}" for wait in stay.waits]
    words = [f"waited {', '.join(waits)}"] if waits else []
    if stay.fate == INSIDE:
        return "; ".join([*words, "still there at midnight"])
    if stay.worked_s is not None and stay.worked_s > SHORTEST_S:
        words.append(f"worked on for {duration(stay.worked_s)}")
    if stay.fate in ENDS:
        words.append(ENDS[stay.fate])
    return "; ".join(words) or ("seen at once" if stay.fate == DELIVERED else "went on at once")


def parting_words(parting: Parting | None, one: Run, other: Run, labels: Mapping[str, str]) -> str:
    """Where and why the journeys of one event part in two runs: a sentence whose figures are those of its stays."""
    if parting is None:
        return "The same happens to it in both runs."
    first, second = run_names(one.scenario, other.scenario)
    stays = parting.one, parting.other
    same_stage = stays[0] is not None and stays[1] is not None and stays[0].stage == stays[1].stage
    clauses = [_clause(one, stays[0], labels, "at"), _clause(other, stays[1], labels, "" if same_stage else "at")]
    if same_stage and clauses[1] == _clause(one, stays[0], labels, ""):
        clauses[1] = _difference(*stays) or clauses[1]
    return f"In {first} it {clauses[0]}; in {second} it {clauses[1]}."


def run_names(one: Scenario, other: Scenario) -> tuple[str, str]:
    """What two runs are called beside each other: by the switches in which they differ, else by what is broken."""
    moved = [[str(getattr(day, name)) for name in ("start", "size") if getattr(one, name) != getattr(other, name)]
             for day in (one, other)]  # fmt: skip
    if one.transform != other.transform:
        for words, day in zip(moved, (one, other), strict=True):
            words.append(f"{day.transform}-transformed")
    if moved[0]:
        return f"the {' '.join(moved[0])} run", f"the {' '.join(moved[1])} run"
    if bool(one.faults) != bool(other.faults):
        with_fault, without = "the run with the fault", "the run without the fault"
        return (with_fault, without) if one.faults else (without, with_fault)
    return "the first run", "the second run"


def _clause(run: Run, stay: Stay | None, labels: Mapping[str, str], at: str) -> str:
    """What an event did, in a run, at the stage at which it parted from its other self."""
    if stay is None:
        return "went no further"
    where = f" {at} {labels[stay.stage]}" if at else ""
    stayed_s = _stayed_s(stay, stay.arrived_s)
    if stay.fate in ENDS:
        return f"{ENDS[stay.fate]}{where}{f' after {duration(stayed_s)}' if stayed_s > SHORTEST_S else ''}"
    longest = max(stay.waits, key=lambda wait: wait.seconds, default=None)
    awaited = "" if longest is None else f" for {cause_words(run, stay.stage, longest.cause)}"
    if stay.fate == INSIDE:
        return f"was still{where or ' there'} at midnight{f', waiting{awaited}' if awaited else ''}"
    if longest is not None and 2.0 * longest.seconds >= stayed_s:
        return f"waited {duration(longest.seconds)}{where}{awaited}"
    after = f"after {duration(stayed_s)}" if stayed_s > SHORTEST_S else "at once"
    if stay.fate == DELIVERED:
        return f"was seen{where} {after}"
    return f"went on{where.replace(f' {at} ', ' from ', 1)} {after}"


def _difference(one: Stay | None, other: Stay | None) -> str:
    """By how much one left later, where both are told by the same words; "" where one of them did not leave."""
    if one is None or other is None or one.left_s is None or other.left_s is None:
        return ""
    return f"left {duration(abs(other.left_s - one.left_s))} {'later' if other.left_s > one.left_s else 'sooner'}"


def _stayed_s(stay: Stay, from_s: float) -> float:
    return (stay.left_s if stay.left_s is not None else stay.arrived_s) - from_s


def cause_words(run: Run, stage: str, cause: Cause) -> str:
    """What is waited for at a stage: `the next pull`, `its turn`."""
    match cause:
        case Cause.TICK:
            return _tick(run, stage)
        case Cause.BATCH:
            return "the rest of its batch"
        case Cause.LATE:
            return "a signal"
        case Cause.QUEUE:
            return "its turn"
        case Cause.RATE_LIMIT:
            return "room under the rate limit"
        case Cause.RETRY:
            return "another try"
        case Cause.OUTAGE:
            return "the end of an outage"
        case Cause.WINDOW:
            return "its window to close"
        case Cause.REFRESH:
            return "the next refresh"
        case Cause.PARENT:
            return "the jobs before"
        case Cause.SLOT:
            return "a free slot"
        case Cause.FAILED:
            return "a run that succeeds"
        case Cause.NONE:
            return "nothing"
        case _:
            assert_never(cause)


def _tick(run: Run, stage: str) -> str:
    """What a timetable brings at a stage."""
    role = run.passages[stage].role
    if role in CALLED:
        how = calls_at(run.network, run.scenario, run.figures[stage], stage)
        return {Calls.FETCH: "the next pull", Calls.POLL: "the next poll"}.get(how, "the next file")
    if role == Role.TRANSFORM and run.scenario.transform == Size.STREAM and not run.orchestrated_at(stage):
        return "the next micro-batch"
    others = {Role.LAKE: "the next object", Role.BUFFER: "the next commit", Role.ARCHIVE: "old age"}
    return others.get(role, "the next job")


def reason_words(problem: ValueError, network: Network, labels: Mapping[str, str]) -> str:
    """Why nothing can be followed, with the consumer named as the page has it; a pipeline may have none."""
    consumers = {station.id for station in network.stations if station.role == Role.CONSUMER}
    return re.sub(
        r"\b(at|to) ([\w-]+) ", lambda at: f"{at[1]} {labels[at[2]]} " if at[2] in consumers else at[0], str(problem)
    )
