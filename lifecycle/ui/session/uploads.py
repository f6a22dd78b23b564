"""Real days that learners bring: read from their files, held in this server's memory for a while, never written."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock

import streamlit as st

from lifecycle.course import Course, address
from lifecycle.course.trace_files import ColumnError, read_trace_file
from lifecycle.simulation.model.traces import Trace
from lifecycle.ui.components.prose import plain
from lifecycle.ui.session import addressbar
from lifecycle.words import number

# Of a million moments a trace takes some 60 MB: what is held for all learners together stays below 250.
MOST_TRACES, MOST_ROWS = 50, 4_000_000
LIMIT_MB = 128  # as `maxUploadSize` in .streamlit/config.toml

_held: OrderedDict[str, Trace] = OrderedDict()
_turn = Lock()


def keep(trace: Trace, data: bytes, column: str = "") -> str:
    """Hold a trace under a name made from its file and the column that was named; the name.

    The oldest go where there is no room.
    """
    digest = hashlib.sha256(data)
    if column:
        digest.update(b"\0" + column.encode("utf-8", "surrogatepass"))
    name = f"own-{digest.hexdigest()[:16]}"
    with _turn:
        _held[name] = trace
        _held.move_to_end(name)
        while len(_held) > 1 and (len(_held) > MOST_TRACES or _rows() > MOST_ROWS):
            _held.popitem(last=False)
    return name


def _rows() -> int:
    return sum(len(trace.times_s) for trace in _held.values())


def held() -> Mapping[str, Trace]:
    """The traces that are held, by name."""
    with _turn:
        return dict(_held)


def with_held(course: Course) -> Course:
    """The course with the learners' traces beside its own."""
    return replace(course, traces={**course.traces, **traces}) if (traces := held()) else course


def offer(course: Course) -> None:
    """A place for a file; once it is read, the page replays it. What cannot be read is said, and nothing changes."""
    file = st.file_uploader(
        "Replay a day of your own",
        key="own-day",
        max_upload_size=LIMIT_MB,
        help="A CSV or Parquet file with a column of moments, or a web server's log; gzipped if you like. Its "
        "fullest day is replayed. It is held in this server's memory for a while and never written anywhere.",
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
    st.rerun()


def show(course: Course, state: address.State) -> None:
    """What is replayed instead of the scenario's arrivals, and a way back."""
    trace = course.traces.get(state.trace)
    if trace is None:
        return
    with st.container(border=True, key="own-day-shown"):
        st.markdown(
            f":material/upload_file: Replaying **{plain(trace.name or state.trace)}**: {number(trace.events)} events."
        )
        if trace.source:
            st.caption(plain(trace.source))
        st.button("Back to the scenario's arrivals", icon=":material/undo:", on_click=_let_go, args=(course,))


def _let_go(course: Course) -> None:
    addressbar.go(course, trace="", events=None)
