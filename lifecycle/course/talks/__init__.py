"""Talks: what a class is shown step by step, told in a Markdown file."""

from lifecycle.course.talks.reading import read_talk
from lifecycle.course.talks.talk import (
    CHARTS,
    OF_LESSON,
    STAGE_CHARTS,
    DayChart,
    Prediction,
    StageChart,
    Step,
    StepAsk,
    Talk,
    class_can_answer,
)

__all__ = [
    "CHARTS",
    "OF_LESSON",
    "STAGE_CHARTS",
    "DayChart",
    "Prediction",
    "StageChart",
    "Step",
    "StepAsk",
    "Talk",
    "class_can_answer",
    "read_talk",
]
