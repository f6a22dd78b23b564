"""Two versions of small pipelines, for the tests of the comparison."""

from lifecycle.course.briefs import Brief
from lifecycle.course.pipeline import Flow, Pipeline, Stage, Zone
from lifecycle.course.scenarios import NamedScenario
from lifecycle.outputs.comparing import PipelineSide
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.schedules import Schedule, every

EVERY_FOUR_HOURS = Schedule("hourly", every(4 * 3600.0, 86_400.0), slots=2)
HOURLY = Schedule("hourly", every(3600.0, 86_400.0), slots=2)


def day(**settings):
    return NamedScenario("normal", "A normal day", Brief(), Scenario(**{"events": 2_000, **settings}))


def stage(id, role, label="", **rest):
    return Stage(id, "all", label or id.title(), Role(role), **rest)


def shop(*, job_s=600.0, spread=1.0, extra=(), flows=(), without=(), labels=None, schedule=HOURLY):
    """An hourly pipeline: orders → load → clean → mart → looker, with what a test adds, leaves out or renames."""
    stages = (
        stage("orders", "source"),
        stage("load", "ingestion"),
        stage("clean", "transform", schedule="hourly", figures=(("drawn_s", job_s), ("drawn_spread", spread))),
        stage("mart", "warehouse"),
        stage("looker", "consumer"),
        *extra,
    )
    ends = [("orders", "load"), ("load", "clean"), ("clean", "mart"), ("mart", "looker"), *flows]
    kept = tuple(
        Stage(**{**vars(one), "label": (labels or {}).get(one.id, one.label)})
        for one in stages
        if one.id not in without
    )
    ids = {one.id for one in kept}
    return Pipeline(
        "Shop",
        (Zone("all", "All"),),
        kept,
        tuple(Flow(*pair) for pair in ends if ids.issuperset(pair)),
        schedules=(schedule,),
    )


def side(pipeline, name="a version", **settings):
    return PipelineSide(name, pipeline, (day(**settings),))
