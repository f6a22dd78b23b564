"""While the server runs, days that learners brought are deleted when their time is over."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from lifecycle.classroom.server.serving import now_and_then
from lifecycle.storage import Uploads, place

ERASE_EVERY_S = 600.0


@contextlib.asynccontextmanager
async def lifespan() -> AsyncIterator[None]:
    """From the server's start to its end."""
    erasing = asyncio.create_task(now_and_then(_erase, ERASE_EVERY_S, "old uploads were not erased"))
    try:
        yield
    finally:
        erasing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await erasing


def _erase() -> None:
    Uploads(place()).erase_expired()
