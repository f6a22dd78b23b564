"""`figures`: the roles of stages with the figures that each of them has, and the ways in which a flow may move."""

from __future__ import annotations

import argparse

import numpy as np

from lifecycle.cli.commands import WELL, Command
from lifecycle.simulation.model.figures import Figure
from lifecycle.simulation.model.ways import WAYS, Way
from lifecycle.simulation.roles import ROLES
from lifecycle.words import clock, duration


def add_options(_: argparse.ArgumentParser) -> None:
    """`figures` has no options."""


def run(_: argparse.Namespace) -> int:
    """Print every role with its figures: what they mean, their range, unit, default and source; then the ways."""
    for role, figures in ROLES.items():
        print(role)
        for figure in figures:
            print(f"  {figure.name}: {figure.about} ({_span(figure)}; {figure.source})")
    print("ways")
    for way in WAYS.values():
        print(f"  {way.id}: {_moves(way)} ({way.source})")
    return WELL


def _moves(way: Way) -> str:
    """Who starts, how much at a time, when, and what waits where while the receiver is down."""
    when = f", every {duration(way.interval_s)}" if way.interval_s else ""
    first = f", the first at {clock(way.offset_s)}" if way.offset_s else ""
    waits = "is lost" if way.loses else f"waits at the {way.waits}"
    return f"{way.starts}, {way.size}{when}{first}; what comes while the receiver is down {waits}"


def _span(figure: Figure) -> str:
    """What it may be: each code of a choice with its name, or the range with its unit; and the default."""
    default = f"{_plain(figure.default)} unless said"
    if figure.options:
        return f"{', '.join(f'{_plain(code)} {name!r}' for code, name in sorted(figure.options))}; {default}"
    unit = ("share" if figure.about.startswith("Share") else "") if figure.unit == "1" else figure.unit
    least = f"{_plain(figure.low)}, or {_plain(figure.least)}" if figure.least else _plain(figure.low)
    return f"{f'{least} to {_plain(figure.high)} {unit}'.rstrip()}, {default}"


def _plain(value: float) -> str:
    """A number as an author would write it, with commas and never an exponent: 1,000,000 and 0.00005."""
    return np.format_float_positional(value, trim="-") if abs(value) < 1 else f"{value:,.15g}"


COMMAND = Command("figures", "List the roles of stages and the figures of each.", add_options, run)
