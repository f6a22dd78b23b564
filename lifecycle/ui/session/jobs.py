"""Work that takes seconds: in a thread of its own, with progress and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

LOOK_S = 0.5


@dataclass(eq=False, kw_only=True)
class Job:
    """Something at work; `done` of `of` days are simulated. `trouble`: why it could not be done, in words."""

    done: int = 0
    of: int = 1
    trouble: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def begin(self, work: Callable[[], object]) -> None:
        """Do the work in a thread; a ValueError of it is the trouble."""

        def run() -> None:
            try:
                work()
            except ValueError as error:
                self.trouble = str(error)
            finally:
                self.ended.set()

        threading.Thread(target=run, name=type(self).__name__, daemon=True).start()

    def count(self, done: int, of: int) -> None:
        """Take note of the progress."""
        self.done, self.of = done, of


@st.fragment(run_every=LOOK_S)
def at_work(job: Job, key: str) -> None:
    """Show the progress and a button that stops it, until it has ended."""
    if job.ended.is_set():
        st.rerun()
    st.progress(job.done / job.of, text=f"{job.done} of {job.of} days simulated")
    st.button("Cancel", icon=":material/cancel:", key=key, on_click=job.stop.set)
