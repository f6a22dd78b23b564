"""Real days that learners bring: read from their files, kept as moments in the store, and in memory for a while.

Every server of one store replays them. Where the store cannot be used, the server that was given a day holds it in its
memory, says so, and puts it into the store once that can be used again and the learner who brought it replays it. What
a file is called this server's memory alone knows, and tells to who brought it.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.trace_files import ColumnError, packed, read_trace_file, unpacked
from lifecycle.simulation.model.traces import Trace
from lifecycle.storage import KEPT_HOURS, StoreError, Uploads, place
from lifecycle.ui import remembered, toasts
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import addressbar, learner
from lifecycle.words import number

# Of a million moments a trace takes some 60 MB: what is held in memory for all learners together stays below 250.
MOST_TRACES, MOST_ROWS = 50, 4_000_000
LIMIT_MB = 128  # as `maxUploadSize` in .streamlit/config.toml
# What is held stays good for so long; then the store is asked whether its learner erased it, perhaps on another server.
ASK_AGAIN_S = 10.0
_NAME = re.compile(r"own-[0-9a-f]{16}")


@dataclass
class _Held:
    """A day in memory, under no name. `asked_s`: when, on the monotonic clock, the store was last asked.

    `called`: what the file is called, by the learner who brought it here. `unsaved`: those of them of whom the store
    does not know it; until it does, `moments` is what it is to get.
    """

    trace: Trace
    is_stored: bool = False
    asked_s: float = -ASK_AGAIN_S
    called: dict[str, str] = field(default_factory=dict)
    unsaved: set[str] = field(default_factory=set)
    moments: bytes = b""


_held: OrderedDict[str, _Held] = OrderedDict()  # what was used last stands last
_turn = Lock()


class _Traces(Mapping[str, Trace]):
    """A course's real days, and beside them every day that a learner brought, for who asks for it by its name.

    Each is looked for once, so that a page that has found a day does not lose it half-way.
    """

    def __init__(self, of_course: Mapping[str, Trace]) -> None:
        self._of_course = of_course
        self._brought: dict[str, Trace | None] = {}

    def __getitem__(self, name: str) -> Trace:
        if name in self._of_course:
            return self._of_course[name]
        if name not in self._brought:
            self._brought[name] = _for_me(name) if _NAME.fullmatch(name) else None
        trace = self._brought[name]
        if trace is None:
            raise KeyError(name)
        return trace

    def __iter__(self) -> Iterator[str]:
        """The course's own: what learners brought is known to those who have its name."""
        return iter(self._of_course)

    def __len__(self) -> int:
        return len(self._of_course)


def with_brought(course: Course) -> Course:
    """The course with the learners' days beside its own."""
    return course.with_traces(_Traces(course.traces))


def keep(trace: Trace, data: bytes, column: str = "") -> str:
    """Keep a trace under a name made from its file and the column that was named; the name."""
    digest = hashlib.sha256(data)
    if column:
        digest.update(b"\0" + column.encode("utf-8", "surrogatepass"))
    name, me = f"own-{digest.hexdigest()[:16]}", learner.name()
    with _turn:
        day = _held.get(name) or _Held(replace(trace, name="", licence=""))
        day.called[me] = trace.name
        day.unsaved.add(me)
        _hold(name, day)
    try:
        _store(name, day, me)
    except StoreError as error:
        _held_alone(error)
    return name


def find(name: str) -> Trace | None:
    """The day of this name, which is used by that; None where neither this server nor the store has it."""
    with _turn:
        day = _held.get(name)
        if day is not None:
            _held.move_to_end(name)
    if day is None:
        return _fetch(name)
    if time.monotonic() - day.asked_s < ASK_AGAIN_S:
        return day.trace
    try:
        return day.trace if _is_kept(name, day) else None
    except StoreError as error:
        _held_alone(error)
    return day.trace


def _for_me(name: str) -> Trace | None:
    """The day of this name, under the name of their file for those who brought it here, and under none for others."""
    trace, me = find(name), learner.name()
    with _turn:
        day = _held.get(name)
        called = day.called.get(me, "") if day else ""
    return replace(trace, name=called) if trace and called else trace


def unsaved(of: str) -> int:
    """How many days of a learner this server alone has."""
    with _turn:
        return sum(of in day.unsaved for day in _held.values())


def hand_over(giver: str, receiver: str) -> None:
    """Make one learner's days another's, as the store does with those that it has."""
    with _turn:
        for day in _held.values():
            if giver in day.called:
                day.called.setdefault(receiver, day.called.pop(giver))
            if giver in day.unsaved:
                day.unsaved.remove(giver)
                day.unsaved.add(receiver)


def forget(of: str) -> None:
    """Hold nothing that only this learner brought: the store has erased it, and says which days others brought, too."""
    with _turn:
        for name, day in list(_held.items()):
            day.asked_s = -ASK_AGAIN_S
            day.called.pop(of, None)
            day.unsaved.discard(of)
            if not (day.is_stored or day.unsaved):
                del _held[name]


def _is_kept(name: str, day: _Held) -> bool:
    """Whether a day that is held may go on being replayed.

    One that a learner brought without the store's knowing goes there when that learner replays it, and not when others
    do: it may be that everything of that learner was erased on another server meanwhile.
    """
    me = learner.name()
    if me in day.unsaved:
        _store(name, day, me)
        return True
    if day.unsaved:
        return True
    day.asked_s = time.monotonic()
    day.is_stored = Uploads(place()).use(name)
    with _turn:
        if not (day.is_stored or day.unsaved):
            _held.pop(name, None)
            return False
    return True


def _store(name: str, day: _Held, of: str) -> None:
    """Put a day into the store as this learner's. It is packed once, however often the store refuses it."""
    day.asked_s = time.monotonic()
    day.moments = moments = day.moments or packed(day.trace)
    Uploads(place()).keep(name, of, moments)
    day.is_stored = True
    with _turn:
        day.unsaved.discard(of)
        if not day.unsaved:
            day.moments = b""


def _fetch(name: str) -> Trace | None:
    try:
        moments = Uploads(place()).find(name)
    except StoreError as error:
        _warn(f"A day of your own cannot be fetched just now: {error}")
        return None
    if moments is None:
        return None
    try:
        trace = unpacked(moments)
    except ValueError:  # a newer version wrote it
        return None
    with _turn:
        _hold(name, _held.get(name) or _Held(trace, is_stored=True, asked_s=time.monotonic()))
    return trace


def _hold(name: str, day: _Held) -> None:
    """Hold a day in memory; those that were not used for the longest time go where there is no room."""
    _held[name] = day
    _held.move_to_end(name)
    while len(_held) > 1 and (len(_held) > MOST_TRACES or _rows() > MOST_ROWS):
        _held.popitem(last=False)


def _rows() -> int:
    return sum(len(day.trace.times_s) for day in _held.values())


def _held_alone(error: StoreError) -> None:
    _warn(f"A day of your own is held by this server alone for now: {error}")


def _warn(words: str) -> None:
    """Say once a session why a day is not being kept, or not found."""
    if remembered.UPLOAD_WARNING.get() != words:
        remembered.UPLOAD_WARNING.put(words)
        toasts.say(words, icon=":material/warning:")


def offer(course: Course) -> None:
    """A place for a file; once it is read, the page replays it. What cannot be read is said, and nothing changes."""
    file = st.file_uploader(
        "Replay a day of your own",
        key="own-day",
        max_upload_size=LIMIT_MB,
        help="A CSV or Parquet file with a column of moments, or a web server's log; gzipped if you like. Its "
        f"fullest day is replayed. Its moments and the names of its time columns are kept for {KEPT_HOURS} "
        "hours after they were last used; the file and its name are not.",
    )
    column = st.text_input(
        "Its column of moments",
        key="own-day-column",
        placeholder="found by itself",
        max_chars=200,
        help="Name the column whose moments you mean, where the file has several or they cannot be told from other "
        "numbers. What was taken stands under the story once the day is replayed.",
    ).strip()
    if file is None:
        return
    data = file.getvalue()
    try:
        with st.spinner("Reading …"):
            read = read_trace_file(file.name, data, column)
    except ValueError as error:
        advice = ". Name the column above." if isinstance(error, ColumnError) else ""
        st.error(f"{plain(file.name)}: {plain(str(error))}{advice}", icon=":material/upload_file:")
        return
    addressbar.go(course, trace=keep(read.trace, data, column), events=None)
    remembered.DRAWER.forget()  # and with it the file, which is not to be read again
    st.rerun()


def show(course: Course, state: address.State) -> None:
    """What is replayed instead of the scenario's arrivals, and a way back."""
    trace = course.traces.get(state.trace)
    if trace is None:
        return
    with st.container(border=True, key="own-day-shown"):
        called = plain(trace.name or "a day of your own")
        st.markdown(f":material/upload_file: Replaying **{called}**: {number(trace.events)} events.")
        if trace.source:
            st.caption(plain(trace.source))
        st.button("Back to the scenario's arrivals", icon=":material/undo:", on_click=_back, args=(course,))


def _back(course: Course) -> None:
    addressbar.go(course, trace="", events=None)
