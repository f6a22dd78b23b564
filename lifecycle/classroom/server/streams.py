"""Server-sent events: the class as it is now, again each time that it changes, and a beat when nothing does."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from functools import partial

from lifecycle import metrics
from lifecycle.classroom.server.hub import Hub
from lifecycle.classroom.server.lectures import Lecture

# The hall sees votes grow so often at most; where the talk is it sees at once.
PACE_S = 0.25
BEAT_S = 15.0
_BEAT = "event: beat\ndata: {}\n\n"
# After how long a stream that broke is opened again. Phones spread out, so that a server that has just started has room
# for their votes; the presenter's windows come first.
PHONES_RETRY_S = (1.0, 6.0)
SCREENS_RETRY_S = (0.3, 0.3)
# Where another replica is there already, a phone need not wait for a server to start.
PHONES_ELSEWHERE_S = (0.3, 2.0)


async def of_phone(hub: Hub, lecture: Lecture, phone: str) -> AsyncIterator[str]:
    """What a phone hears: where the class is, not how others vote."""
    message = partial(_to_phone, hub, lecture, phone)
    with metrics.EVENT_STREAMS.track_inprogress():
        async for event in _events(hub, lecture, phone, message, lambda: 0, 0.0, False):
            yield event


async def of_screen(hub: Hub, lecture: Lecture, *, desk: bool, proven: bool) -> AsyncIterator[str]:
    """What the hall's screen hears, or the presenter's desk: votes too."""
    message = partial(_to_screen, hub, lecture, desk)
    with metrics.EVENT_STREAMS.track_inprogress():
        async for event in _events(hub, lecture, "", message, lambda: lecture.phones(hub.store.now()), PACE_S, proven):
            yield event


def _to_phone(hub: Hub, lecture: Lecture, phone: str) -> str:
    return lecture.for_phone(phone, hub.store.now())


def _to_screen(hub: Hub, lecture: Lecture, desk: bool) -> str:
    return lecture.for_screen(hub.store.now(), desk=desk)


async def _events(
    hub: Hub,
    lecture: Lecture,
    phone: str,
    message: Callable[[], str],
    count: Callable[[], int],
    pace_s: float,
    proven: bool,
) -> AsyncIterator[str]:
    """`count` changes as time goes by, when a phone was away for long enough: that is told at the next beat."""
    listener = hub.listen(lecture, phone, proven=proven)
    retry_s = random.uniform(*_retry_s(hub, phone))
    try:
        yield f"retry: {1000 * retry_s:.0f}\n\n"
        while True:
            listener.moved.clear()
            listener.stirred.clear()
            sent_s, state, counted = time.monotonic(), lecture.state, count()
            yield f"data: {message()}\n\n"
            if state.over or hub.closing:
                return
            while not await _is_set(listener.stirred, BEAT_S):
                if lecture.row.expires_s <= hub.store.now():
                    await asyncio.to_thread(hub.erase_expired)
                yield _BEAT
                if count() != counted:
                    break
            if lecture.state is state:
                await _is_set(listener.moved, sent_s + pace_s - time.monotonic())
    finally:
        hub.leave(lecture, listener)


def _retry_s(hub: Hub, phone: str) -> tuple[float, float]:
    if not phone:
        return SCREENS_RETRY_S
    return PHONES_ELSEWHERE_S if hub.store.is_shared else PHONES_RETRY_S


async def _is_set(event: asyncio.Event, within_s: float) -> bool:
    """Whether something happens in that time."""
    if within_s <= 0.0:
        return event.is_set()
    try:
        async with asyncio.timeout(within_s):
            return await event.wait()
    except TimeoutError:
        return False
