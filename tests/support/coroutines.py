"""Coroutines run to their end in a thread of their own: a browser test before may have left its loop in this one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def run(scene: Coroutine[object, object, Result]) -> Result:
    """What `asyncio.run` gives, whatever runs in this thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, scene).result()
