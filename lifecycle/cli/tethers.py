"""Programs that end with us: on Linux the kernel sees to it, however we end."""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Callable

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>


def ends_with_us(by: signal.Signals = signal.SIGKILL) -> Callable[[], None] | None:
    """For `Popen(preexec_fn=…)`: on Linux the kernel sends `by` to the program when the thread that started it ends.

    None elsewhere, where only an orderly end reaches the program.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up here: between fork and exec nothing may be loaded

    def tie() -> None:
        prctl(_SET_PARENT_DEATH_SIGNAL, int(by), 0, 0, 0)

    return tie
