"""While the server runs, days that learners brought go when their time is over."""

import asyncio
import contextlib
import time

import pytest

from lifecycle.storage import Uploads, place
from lifecycle.ui import expiry, server
from tests.support.coroutines import run


@pytest.fixture(autouse=True)
def _server_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.setattr("lifecycle.classroom.server.lifespan", contextlib.nullcontext)
    monkeypatch.setattr(server, "_get_ready", lambda: None)


async def gone(uploads):
    async with asyncio.timeout(20):
        while await asyncio.to_thread(uploads.count, "ada"):
            await asyncio.sleep(0.01)


def test_an_expired_day_is_gone_soon_after_the_start_and_one_that_expires_later_too(monkeypatch):
    monkeypatch.setattr(expiry, "ERASE_EVERY_S", 0.01)
    yesterday = Uploads(place(), now=lambda: time.time() - 25 * 3600.0)
    yesterday.keep("own-1", "ada", b"moments")

    async def serve():
        async with server.lifespan(None):
            await gone(yesterday)
            await asyncio.to_thread(yesterday.keep, "own-2", "ada", b"moments")
            await gone(yesterday)

    run(serve())
    assert yesterday.find("own-2") is None
