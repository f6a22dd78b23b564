"""`figures`: the roles of stages, and the figures that each of them has."""

from __future__ import annotations

import argparse

from lifecycle.cli.commands import WELL, Command
from lifecycle.simulation.roles import ROLES


def add_options(_: argparse.ArgumentParser) -> None:
    """`figures` has no options."""


def run(_: argparse.Namespace) -> int:
    """Print every role with its figures: what they mean, their range, unit, default and source."""
    for role, figures in ROLES.items():
        print(role)
        for figure in figures:
            span = f"{figure.low:,g} to {figure.high:,g} {figure.unit}, {figure.default:,g} unless said"
            print(f"  {figure.name}: {figure.about} ({span}; {figure.source})")
    return WELL


COMMAND = Command("figures", "List the roles of stages and the figures of each.", add_options, run)
