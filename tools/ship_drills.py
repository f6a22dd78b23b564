"""Make the drills that come with the program anew, after the course's stages or the simulation have changed.

Run: python -m tools.ship_drills
"""

from __future__ import annotations

from functools import partial

from lifecycle import work
from lifecycle.course import SHIPPED, load
from lifecycle.learning.drills import LEVELS, drill, shipped


def made() -> str:
    """What the file is to hold: the first drill of each level, made now. Takes some seconds."""
    pipeline = load(SHIPPED).pipeline
    labels = {stage.id: stage.label for stage in pipeline.stages}
    make = partial(drill, pipeline.network, labels, shipped.SEED)
    with work.workers() as workers:
        drills = dict(workers.results(make, LEVELS, per_call=1))
    return shipped.text(pipeline.network, labels, [drills[level] for level in LEVELS])


if __name__ == "__main__":
    shipped.FILE.write_text(made(), encoding="utf-8")
