"""Programs that end with us: what a test run starts is gone when the run is, however that ended."""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>


def ends_with_us(by: signal.Signals = signal.SIGKILL) -> Callable[[], None] | None:
    """For `Popen(preexec_fn=…)`: on Linux the kernel sends `by` to the program when the thread that started it ends.

    None elsewhere, where only an orderly end (`end_in_order`, or a fixture's own) reaches the program.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up here: between fork and exec nothing may be loaded

    def tie() -> None:
        prctl(_SET_PARENT_DEATH_SIGNAL, int(by), 0, 0, 0)

    return tie


def end_in_order() -> None:
    """Let a polite request to end (SIGTERM) end the run as Ctrl-C does: with every fixture put away."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
