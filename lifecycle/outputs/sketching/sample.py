"""A dbt project of our own, as dbt leaves it behind: a shop that sells socks, and seven nights of its runs."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from lifecycle.importing import Imported, read_paths

SAMPLE_TITLE = "The sock shop"
SAMPLE_FOLDER = Path(__file__).with_name("sample")


@lru_cache(maxsize=1)
def sample() -> Imported:
    """The sample's graph, read from its files as anybody else's would be."""
    return read_paths([SAMPLE_FOLDER])
