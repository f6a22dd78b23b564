"""The course that the server serves, read from files that may be edited meanwhile, and its faults in words.

Only the course asks the files each time whether they have changed; all else is a pure function of it (`cached`).
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TypeVar

import streamlit as st

from lifecycle import installed
from lifecycle.course import SHIPPED, Course, content_folder, load
from lifecycle.course.day import kept
from lifecycle.documents import ContentError, authored
from lifecycle.outputs.explanations import Explanations, explanations
from lifecycle.outputs.lookup import Served
from lifecycle.ui.session import uploads

# The course that was last read without a fault, by folder: it goes on being served while an author fixes the next.
_last_good: dict[Path, Course] = {}
# What the courses served last say of their places, and what one can look up in them, by the identity of their places: a
# page's course holds learners' days too.
EXPLAINED_KEPT = 4
_explained: dict[int, tuple[Course, Explanations]] = {}
_looked_up: dict[int, tuple[Course, Served]] = {}
MadeOfCourse = TypeVar("MadeOfCourse", Explanations, Served)


def course_or_stop() -> Course:
    """The course to show, learners' own days beside its traces.

    With faults in the content: the last good one with a warning, or a page that lists them.
    """
    return uploads.with_brought(_course_or_stop())


def course() -> Course:
    """The course that this page has asked for already: its faults, if it has any, are told, and not told again."""
    shown = _last_good.get(content_folder())
    return course_or_stop() if shown is None else uploads.with_brought(shown)


def own_title() -> str:
    """The title of a team's own course, "" for the one that comes with the program or while it cannot be read."""
    shown = None if content_folder() == SHIPPED else _shown()
    return shown.pipeline.title if shown else ""


def _shown() -> Course | None:
    """The course that a page shows, None where there is none; of its faults that page tells."""
    folder = content_folder()
    try:
        return _load(folder, _fingerprint(folder))
    except ContentError:
        return _last_good.get(folder)


def _course_or_stop() -> Course:
    folder = content_folder()
    faults = st.container()  # stands when empty too: what follows keeps its place, and is never there twice
    try:
        course = _load(folder, _fingerprint(folder))
    except ContentError as error:
        with faults:
            _say_faults(folder, error)
        if folder not in _last_good:
            st.stop()
        return _last_good[folder]
    _last_good[folder] = course
    return course


@kept(4)
def _load(folder: Path, fingerprint: tuple[tuple[str, int, int], ...]) -> Course:  # noqa: ARG001 - only keys the cache
    return load(folder)


def check() -> None:
    """Raise ContentError where there is no course to show, nor one from before its faults."""
    try:
        course_without_a_page()
    except ContentError:
        if content_folder() not in _last_good:
            raise


def course_without_a_page() -> Course:
    """The course as its files are now, for what no visitor waits for; ContentError with every fault."""
    folder = content_folder()
    return _load(folder, _fingerprint(folder))


def explained(course: Course) -> Explanations:
    """What the course says of its places, made once for all its visitors."""
    return _made(course, _explained, explanations)


def explained_as(version: str) -> Explanations | None:
    """What a page that was drawn with this version shows of its places; None where no course here is of it."""
    return _made_as(version, _explained, explanations)


def looked_up() -> Served | None:
    """What one can look up in the course that is shown, made once for all its visitors; None where there is none."""
    shown = _shown()
    return _made(shown, _looked_up, Served.of) if shown else None


def looked_up_as(version: str) -> Served | None:
    """What one can look up on a page that was drawn with this version; None where no course here is of it."""
    return _made_as(version, _looked_up, Served.of)


def _made(
    course: Course, held: dict[int, tuple[Course, MadeOfCourse]], make: Callable[[Course], MadeOfCourse]
) -> MadeOfCourse:
    known = held.get(id(course.places))
    if known is None:
        known = course, make(course)
        held[id(course.places)] = known  # holds the course as well: while it does, the identity is no other's
        for oldest in list(held)[:-EXPLAINED_KEPT]:
            held.pop(oldest, None)
    return known[1]


def _made_as(
    version: str, held: dict[int, tuple[Course, MadeOfCourse]], make: Callable[[Course], MadeOfCourse]
) -> MadeOfCourse | None:
    for _, known in list(held.values()):
        if known.version == version:
            return known
    try:
        now = _made(course_without_a_page(), held, make)  # started anew, or another process drew the page
    except ContentError:
        return None
    return now if now.version == version else None


def content_version() -> int:
    """A number that is another one when a file of the course was edited; within one server only."""
    return hash(_fingerprint(content_folder()))


def _fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, times (ns) and sizes (bytes) of the content files: another value means that something was edited."""
    files = []
    for path in islice(authored(folder), 20_000):
        try:
            status = path.stat()
        except OSError:  # gone since it was listed, as when an editor saves, or not ours to look at
            continue
        if stat.S_ISREG(status.st_mode):
            files.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(files))


def _say_faults(folder: Path, error: ContentError) -> None:
    lines = "\n".join(map(str, error.problems[:50]))
    kept = " The last version without faults is shown." if folder in _last_good else ""
    faults = "1 fault" if len(error.problems) == 1 else f"{len(error.problems)} faults"
    st.error(f"The course has {faults} to correct before it can be shown.{kept}")
    st.code(lines, language=None, wrap_lines=True)
    st.caption(f"The same list comes from `{installed.COMMANDS} check` on the content folder.")
