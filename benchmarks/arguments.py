"""What benchmarks are called with: everything odd is refused in one line before anything is measured."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from pathlib import Path

from lifecycle.__main__ import OneLineParser


def parser(module: str, doc: str | None) -> argparse.ArgumentParser:
    """A parser of `python -m benchmarks.MODULE`, described by the first line of its docstring."""
    return OneLineParser(prog=f"python -m benchmarks.{module}", description=(doc or "").partition("\n")[0])


def whole(least: int = 1, most: int | None = None) -> Callable[[str], int]:
    """Read a whole number within bounds."""
    bounds = f"of {least:,} or more" if most is None else f"from {least:,} to {most:,}"

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least or (most is not None and value > most):
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number {bounds}")
        return value

    return read


def number(least: float, *, above: bool = False) -> Callable[[str], float]:
    """Read a finite number that is at least `least`, or above it."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or value < least or (above and value == least):
            bounds = f"above {least:g}" if above else f"of {least:g} or more"
            raise argparse.ArgumentTypeError(f"{text!r} is not a number {bounds}")
        return value

    return read


def checkout(text: str) -> Path:
    """Read the folder of a checkout, as a whole path."""
    folder = Path(text).resolve()
    if not (folder / "app.py").is_file():
        raise argparse.ArgumentTypeError(f"{text!r} is no checkout of Headwaters: no app.py is in it")
    return folder
