"""What may be missing, or of another type, in general, and is known to be there in the tests' own data."""

from __future__ import annotations

from typing import TypeVar

from lifecycle.course.pipeline import Pipeline, Stage

T = TypeVar("T")


def not_none(value: T | None) -> T:
    """The value, which a test knows to be there."""
    assert value is not None
    return value


def stage_of(pipeline: Pipeline, id: str) -> Stage:
    """The stage with this id, which a test knows to be no undercurrent."""
    place = pipeline.by_id[id]
    assert isinstance(place, Stage)
    return place
