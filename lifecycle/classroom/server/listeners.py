"""Who listens to a class: the open streams of phones, screens and desks, and how they are woken from any thread."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(eq=False)
class Listener:
    """An open stream of events; `phone` is "" for screens and desks, which hear of every vote.

    `proven`: it came with the presenter's proof.
    """

    phone: str = ""
    proven: bool = False
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)


def wake(listeners: Iterable[Listener], *, moved: bool) -> None:
    """Let streams look at their class again; `moved` says that it is at another state."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Listener]] = {}
    for listener in listeners:
        by_loop.setdefault(listener.loop, []).append(listener)
    for loop, of_loop in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_set, of_loop, moved)


def _set(listeners: Iterable[Listener], moved: bool) -> None:
    for listener in listeners:
        if moved:
            listener.moved.set()
        listener.stirred.set()
