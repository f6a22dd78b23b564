"""`follow`: one event of a day, from its birth to where it ends, with what held it up at each stage."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from lifecycle.cli._days import add_setting_options, asked_day
from lifecycle.cli.commands import Command, exit_code
from lifecycle.course.watching import copy_rows, nothing_yet
from lifecycle.diagram.journey_words import journey_words, stay_words
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.faults.text import read_moment
from lifecycle.simulation.readings.exposure import KeptCopy, copies, erasing_warehouse
from lifecycle.simulation.readings.journey import Journey, Pick, choose, consumer_of, follow
from lifecycle.words import clock_s


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `follow` its options."""
    add_setting_options(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--event", metavar="N", help="its number in order of birth, from 0")
    which.add_argument(
        "--order",
        choices=[pick.value for pick in Pick],
        default=Pick.LAST.value,
        help="or: the last delivered (the default), the slowest, the last lost, the one of median latency",
    )
    parser.add_argument("--to", metavar="CONSUMER", default="", help="towards whom (default: the first consumer)")
    parser.add_argument(
        "--erased", metavar="HH:MM", help="and what is left of it where the warehouse erases it at that moment"
    )
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Follow the event that the options name and print its journey."""
    return exit_code(lambda: _follow(options), "no event was followed")


COMMAND = Command("follow", "Follow one event of a day through its stages.", add_options, run)


def _follow(options: argparse.Namespace) -> None:
    day_asked = asked_day(options)
    network, scenario = day_asked.course.pipeline.network, day_asked.scenario
    consumer = consumer_of(network, options.to)
    number = None if options.event is None else _number(options.event)
    erased_s = None if options.erased is None else _moment(options.erased)
    day = simulate(network, scenario, day_asked.trace)
    journey = follow(day, choose(day, Pick(options.order), consumer) if number is None else number, consumer)
    left = () if erased_s is None else copies(day, journey.event, erased_s)
    if options.json:
        figures = _as_json(journey) | ({} if erased_s is None else {"copies": [asdict(copy) for copy in left]})
        print(json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False))
        return
    labels = day_asked.course.pipeline.labels
    lines = [*day_asked.replayed, journey_words(journey, labels), *_table(day, journey, labels)]
    if erased_s is not None:
        erased_at = erasing_warehouse(network)
        early = nothing_yet(left, erased_at, erased_s, labels)
        lines += [
            f"Copies, where {labels[erased_at]} erases it at {clock_s(erased_s)}:",
            *(_left(left, labels) if left else ["  none: this day makes no copy of it"]),
            *([early] if early else []),
        ]
    print("\n".join(lines))


def _moment(text: str) -> float:
    try:
        return read_moment(text)
    except ValueError as error:
        raise ValueError(f"--erased: {error}") from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise ValueError(f"--event is {text[:40]!r}; write a whole number, counted from 0 in order of birth")
    return int(text)


def _as_json(journey: Journey) -> dict[str, Any]:
    """The journey as it is printed: seconds of the day, null for what was not reached."""
    return {
        "event": journey.event,
        "born_s": journey.born_s,
        "latency_s": journey.latency_s,
        "fate": journey.fate,
        "stages": [
            {
                "stage": stay.stage,
                "arrived_s": stay.arrived_s,
                "started_s": stay.started_s,
                "finished_s": stay.finished_s,
                "left_s": stay.left_s,
                "cause": stay.cause,
                "fate": stay.fate,
            }
            for stay in journey.stays
        ],
    }


def _table(day: Run, journey: Journey, labels: Mapping[str, str]) -> Iterator[str]:
    """A line a stage: when the event came and left, and what happened to it there."""
    wide = max(len(labels[stay.stage]) for stay in journey.stays)
    for stay in journey.stays:
        left = "never" if stay.left_s is None else clock_s(stay.left_s)
        yield f"  {clock_s(stay.arrived_s)} to {left:8}  {labels[stay.stage]:{wide}}  {stay_words(day, stay)}"


def _left(left: Iterable[KeptCopy], labels: Mapping[str, str]) -> Iterator[str]:
    """A line a copy: where it lies, from when till when, and whether it names the person."""
    for row in copy_rows(left, labels):
        yield f"  {row['Place']}: from {row['From']} {row['Until']}, {row['Names the person']}"
