"""Run -> figure: what each chart shows, the finding in words, and the table behind it. The only room with plotly."""

from lifecycle.charts.believe import distances, law
from lifecycle.charts.compare import depth_of, freshness_of, latency_of
from lifecycle.charts.drawing import Drawing, csv
from lifecycle.charts.flow import depth, load, load_by_stage, losses
from lifecycle.charts.serving import feature_age, query_response, view_response
from lifecycle.charts.stage import stage_flow, stage_waiting, users_response
from lifecycle.charts.sweep import heat_map
from lifecycle.charts.time import freshness, latency, time_split
from lifecycle.pipeline import Stage

# The charts of a whole run, by the name that the page and the downloads use. The first two stand under the diagram.
CHARTS = {
    "Freshness": freshness,
    "Load": load,
    "Latency": latency,
    "Where the time goes": time_split,
    "Queues": depth,
    "Losses": losses,
    "Load by stage": load_by_stage,
}

# The charts of one stage, for the panel's Watch.
STAGE_CHARTS = {
    "Flow": stage_flow,
    "Queries": query_response,
    "Views": view_response,
    "Reads": feature_age,
    "Waiting": stage_waiting,
    "Users": users_response,
}
# Those that only some roles have, and those that only stages with such visitors have.
ROLES_OF = {"Users": ("source",), "Queries": ("warehouse",), "Views": ("consumer",), "Reads": ("consumer",)}
VISITORS = {"Views": "views_per_s", "Reads": "reads_per_s"}


def of_stage(stage: Stage) -> tuple[str, ...]:
    """Names of the charts that a stage of this role, and with these figures, has."""
    own = dict(stage.figures)
    fitting = [name for name in STAGE_CHARTS if stage.role in ROLES_OF.get(name, (stage.role,))]
    return tuple(name for name in fitting if name not in VISITORS or own.get(VISITORS[name], 0.0) > 0.0)


__all__ = [
    "CHARTS",
    "STAGE_CHARTS",
    "Drawing",
    "csv",
    "depth_of",
    "distances",
    "freshness_of",
    "heat_map",
    "latency_of",
    "law",
    "of_stage",
]
