"""Optional tracks: questions that need more than the pages teach, left out unless a learner chooses their track.

A question stands in one by its tag, `track: queueing`. Its place's quiz shows it all the same, marked; practice,
placement, mastery and the score of a place do without.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lifecycle.course.quizzes.questions import Question


def in_tracks(questions: Iterable[Question], chosen: Collection[str] = ()) -> tuple[Question, ...]:
    """The questions of everybody and of the chosen tracks, in their order."""
    return tuple(question for question in questions if not question.track or question.track in chosen)


def tracks_of(questions: Iterable[Question]) -> tuple[str, ...]:
    """The tracks that these questions stand in, each once, in their order."""
    return tuple(dict.fromkeys(question.track for question in questions if question.track))


def track_label(track: str) -> str:
    """A track's name as a learner reads it."""
    return track.replace("-", " ").capitalize()
