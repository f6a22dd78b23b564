"""Run -> chart: what is drawn as data, the finding in words, and the table behind it; and Plotly's figure of it."""

from collections.abc import Callable, Mapping

from lifecycle.charts.believe import distances, law
from lifecycle.charts.calibration import calibrated
from lifecycle.charts.compare import depth_of, freshness_of, latency_of
from lifecycle.charts.drawing import csv
from lifecycle.charts.fitted import quantiles
from lifecycle.charts.flow import depth, load, load_by_stage, losses
from lifecycle.charts.items import distractors
from lifecycle.charts.jobs import job_gantt, stage_slots
from lifecycle.charts.plotted import figure_of
from lifecycle.charts.serving import age_seen, dashboards_response, features_age, given_up, queries_response
from lifecycle.charts.spec import ChartSpec, before_called
from lifecycle.charts.stage import stage_flow, stage_waiting, users_response
from lifecycle.charts.sweep import cheapest, heat_map, knob, swept
from lifecycle.charts.telling import Subject, tell
from lifecycle.charts.time import freshness, latency, time_split
from lifecycle.course.pipeline import Pipeline, Stage
from lifecycle.course.scenarios import Showing
from lifecycle.course.talks import DayChart, StageChart
from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.roles import figures_of

# The charts of a whole run, by the name that the page and the downloads use. The first two stand under the diagram.
_OF_DAY: Mapping[DayChart, Callable[[Pipeline, Run, Run | None], ChartSpec]] = {
    "Freshness": freshness,
    "Load": load,
    "Latency": latency,
    "Where the time goes": time_split,
    "Queues": depth,
    "Losses": losses,
    "Load by stage": load_by_stage,
}

CHARTS: Mapping[str, Callable[[Pipeline, Run, Run | None], ChartSpec]] = dict(_OF_DAY.items())
MAIN = tuple(CHARTS)[:2]

# The charts of one stage, for the panel's Watch.
_OF_STAGE: Mapping[StageChart, Callable[[Stage, Run, Run | None], ChartSpec]] = {
    "Flow": stage_flow,
    "Waiting": stage_waiting,
    "Users": users_response,
    "Queries": queries_response,
    "Views": dashboards_response,
    "Given up": given_up,
    "Age seen": age_seen,
    "Reads": features_age,
    "Run": job_gantt,
    "Slots": stage_slots,
}
STAGE_CHARTS: Mapping[str, Callable[[Stage, Run, Run | None], ChartSpec]] = dict(_OF_STAGE.items())
# Those that only some roles have.
ROLES_OF: Mapping[StageChart, tuple[Role, ...]] = {
    "Users": (Role.SOURCE,),
    "Queries": (Role.WAREHOUSE,),
    "Views": (Role.CONSUMER,),
    "Given up": (Role.CONSUMER,),
    "Age seen": (Role.CONSUMER,),
    "Reads": (Role.CONSUMER,),
    "Run": (Role.TRANSFORM,),
    "Slots": (Role.TRANSFORM,),
}
# Those that only a stage has whose jobs a schedule starts.
OF_SCHEDULE: tuple[StageChart, ...] = ("Run", "Slots")
OF_MOMENT: StageChart = "Run"
# Those that only a stage has at which somebody asks: the figure that must be above 0.
ASKED_BY: Mapping[StageChart, str] = {
    "Views": "views_per_s",
    "Given up": "views_per_s",
    "Age seen": "views_per_s",
    "Reads": "reads_per_s",
}

# What each shows, said in the middle of a sentence.
_SPOKEN: Mapping[str, str] = {
    "Freshness": "the age of the data",
    "Load": "how much arrives",
    "Latency": "the time from birth to visible",
    "Where the time goes": "where the time goes",
    "Queues": "the queues",
    "Losses": "the losses",
    "Load by stage": "the load by stage",
    "Flow": "what arrives",
    "Waiting": "what waits",
    "Users": "how long users wait",
    "Queries": "how long queries take",
    "Views": "how long dashboards take",
    "Given up": "the views given up",
    "Age seen": "the age of what is seen",
    "Reads": "the age of what is read",
    "Run": "a run job by job",
    "Slots": "the slots in use",
}


def of_stage(stage: Stage, scenario: Scenario) -> tuple[str, ...]:
    """Names of the charts that a stage of this role has on this day."""
    figures = figures_of(Station(stage.id, stage.role, stage.figures), scenario)
    of_role = (name for name in _OF_STAGE if stage.role in ROLES_OF.get(name, (stage.role,)))
    scheduled = bool(stage.on_day(scenario).schedule)
    there = (name for name in of_role if scheduled or name not in OF_SCHEDULE)
    return tuple(name for name in there if name not in ASKED_BY or figures[ASKED_BY[name]] > 0.0)


def leading(showing: Showing, pipeline: Pipeline, scenario: Scenario) -> tuple[str, Stage | None]:
    """The chart that leads in a scenario, and the stage that it is of, None for one of the whole day.

    A chart that its stage does not have leads nowhere: the first of all charts stands in.
    """
    stage = pipeline.by_id.get(showing.stage)
    if isinstance(stage, Stage) and showing.chart in of_stage(stage, scenario):
        return showing.chart, stage
    return (showing.chart if showing.chart in CHARTS else MAIN[0]), None


def spoken(name: str, stage: Stage | None = None) -> str:
    """What a chart shows, in the middle of a sentence: `what waits at Ingestion`."""
    return f"{_SPOKEN[name]} at {stage.label}" if stage else _SPOKEN[name]


def for_talk(name: str, about: Subject, run: Run, ghost: Run | None) -> ChartSpec:
    """The chart of this name as a step of a talk tells it; a chart of one stage is that of `about.place`."""

    def plain() -> ChartSpec:
        if name in CHARTS:
            return CHARTS[name](about.pipeline, run, ghost)
        if about.place is None:
            raise ValueError(f"the chart {name} is of one stage, and none is named")
        return STAGE_CHARTS[name](about.place, run, ghost)

    return tell(name, about, run, ghost, plain)


__all__ = [
    "CHARTS",
    "MAIN",
    "STAGE_CHARTS",
    "ChartSpec",
    "Subject",
    "before_called",
    "calibrated",
    "cheapest",
    "csv",
    "depth_of",
    "distances",
    "distractors",
    "figure_of",
    "for_talk",
    "freshness_of",
    "heat_map",
    "job_gantt",
    "knob",
    "latency_of",
    "law",
    "leading",
    "of_stage",
    "quantiles",
    "spoken",
    "swept",
]
