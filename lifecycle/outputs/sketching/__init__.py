"""A graph that was read as a pipeline one can look at, the other way round, and a sample to begin with."""

from lifecycle.outputs.sketching.boxes import BoxSketch, box_sketch
from lifecycle.outputs.sketching.copying import copied
from lifecycle.outputs.sketching.packing import archive, folder_name
from lifecycle.outputs.sketching.replaying import Replay, replay_rows, replay_sentence, replayed
from lifecycle.outputs.sketching.sample import SAMPLE_TITLE, sample
from lifecycle.outputs.sketching.sketch import (
    ConsumerAge,
    Sketch,
    SketchProblem,
    ages_in_words,
    consumer_ages,
    draft_of,
    resting_on,
    sketch_day,
    sketched,
    unscheduled,
)

__all__ = [
    "SAMPLE_TITLE",
    "BoxSketch",
    "ConsumerAge",
    "Replay",
    "Sketch",
    "SketchProblem",
    "ages_in_words",
    "archive",
    "box_sketch",
    "consumer_ages",
    "copied",
    "draft_of",
    "folder_name",
    "replay_rows",
    "replay_sentence",
    "replayed",
    "resting_on",
    "sample",
    "sketch_day",
    "sketched",
    "unscheduled",
]
