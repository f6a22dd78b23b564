"""Programs that end with us: what a test run starts is gone when the run is, however that ended."""

from __future__ import annotations

import signal
import threading
from typing import NoReturn


def end_in_order() -> None:
    """Let a polite request to end (SIGTERM) end the run as Ctrl-C does: with every fixture put away."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
