"""Drills made ahead: a few of each level, by a thread of their own, kept in files, so that a drill begins at once.

The first ones of the shipped course come with it (`drills/shipped.py`), those of another are made when the server
starts.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
from collections.abc import Collection

from lifecycle import work
from lifecycle.course import SHIPPED, ContentError, Course, content_folder
from lifecycle.learning.drills import LEVELS
from lifecycle.ui.session import cached, learner, served

# Seeds that are made ahead for each level; anyone who has done them all waits for a drill of their own.
SEEDS = (1, 2, 3, 4, 5)

log = logging.getLogger(__name__)
_lock = threading.Lock()
_ordered: set[tuple[int, int, int]] = set()


def stock(course: Course, *, levels: Collection[int] = LEVELS, most: int) -> None:
    """Have the first `most` drills of these levels made in the background, unless they are there or being made.

    The first of every level comes before the second of any.
    """
    wanted = [(seed, level) for seed in SEEDS[:most] for level in levels]
    with _lock:
        new = [pair for pair in wanted if (hash(course.pipeline), *pair) not in _ordered]
        _ordered.update((hash(course.pipeline), *pair) for pair in new)
    if new:
        # a daemon: a server that is told to stop does not wait for drills that nobody has asked for
        threading.Thread(target=_make, args=(course, new), name="drills", daemon=True).start()


def at_start() -> None:
    """Have the first drill of each level of a team's own course made while nobody has come yet."""
    if content_folder() != SHIPPED:
        with contextlib.suppress(ContentError):  # the page tells; anyone who opens the corrected course has them made
            stock(served.course_without_a_page(), most=1)


def next_seed(course: Course, done: Collection[str], level: int) -> int:
    """The seed of this learner's next drill: one that is there already if possible, in an order of the learner's own.

    `done`: the drills that the learner has finished, as `seed-level`.
    """
    left = sorted((seed for seed in SEEDS if f"{seed}-{level}" not in done), key=_rank)
    ready = [seed for seed in left if cached.drill_is_kept(course.pipeline, seed, level)]
    if ready:
        return ready[0]
    return left[0] if left else _digest(f"drill\0{len(done)}") % 1_000_000


def _make(course: Course, pairs: list[tuple[int, int]]) -> None:
    """All at once on a cluster, where one is named; else one after the other, since visitors need this machine too."""
    if work.on_cluster():
        try:
            cached.make_drills(course.pipeline, pairs)
        except ValueError as error:
            log.warning("drills are made by this server itself: %s", error)
    for seed, level in pairs:
        cached.drill(course.pipeline, seed, level)


def _rank(seed: int) -> int:
    return _digest(f"order\0{seed}")


def _digest(text: str) -> int:
    return int(hashlib.sha256(f"{learner.name()}\0{text}".encode()).hexdigest(), 16)
