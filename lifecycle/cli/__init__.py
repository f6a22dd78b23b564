"""The command line: one module a command, each of which ends in a `Command`; the front door is `lifecycle.__main__`."""

from __future__ import annotations

from lifecycle.cli import check, diff, export, figures, follow, importing, new, questions, serve, simulate, sweep

COMMANDS = tuple(
    module.COMMAND
    for module in (serve, check, questions, simulate, follow, sweep, export, figures, importing, diff, new)
)
