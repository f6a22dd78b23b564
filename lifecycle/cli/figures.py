"""`figures`: the roles of stages, and the figures that each of them has."""

from __future__ import annotations

import argparse

import numpy as np

from lifecycle.cli.commands import WELL, Command
from lifecycle.simulation.model.figures import Figure
from lifecycle.simulation.roles import ROLES


def add_options(_: argparse.ArgumentParser) -> None:
    """`figures` has no options."""


def run(_: argparse.Namespace) -> int:
    """Print every role with its figures: what they mean, their range, unit, default and source."""
    for role, figures in ROLES.items():
        print(role)
        for figure in figures:
            print(f"  {figure.name}: {figure.about} ({_span(figure)}; {figure.source})")
    return WELL


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
