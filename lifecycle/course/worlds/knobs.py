"""The figures of a stage that a learner may turn: what they are in an address's run, and where their sliders stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lifecycle.course import address
from lifecycle.course.course import Course
from lifecycle.course.pipeline import Stage
from lifecycle.course.turned_parts import Knob
from lifecycle.course.worlds import idle
from lifecycle.simulation.model.figures import WHOLE, Figure
from lifecycle.simulation.model.moving import ways_at
from lifecycle.simulation.model.network import Station
from lifecycle.simulation.roles import ROLES, figures_of

COUNTED = ("events", "rows")  # there is no half of one
LIVE = 2  # knobs that stand beside a chosen stage
PLACES_OF_A_SHARE = 10  # a linear slider goes on in these parts of its range, where somebody asks for its next place


def that_matter(course: Course, state: address.State, stage: Stage) -> list[Figure]:
    """The few figures of a stage that the panel lets a learner turn: those that do something in the address's run."""
    values = all_in_use(course, state, stage)
    scheduled = bool(
        stage.on_day(address.scenario_of(state, course)).schedule
    )  # nobody turns the timetable that it does not keep
    return [
        figure
        for figure in ROLES[stage.role]
        if figure.knob
        and (not figure.needs or values[figure.needs] > 0.0)
        and not (scheduled and figure.name not in idle.OF_JOBS)
    ]


def live(course: Course, state: address.State, stage: Stage) -> list[Figure]:
    """The two figures of a stage to turn first: of those that matter the first two, in its role's order, that act."""
    return [figure for figure in that_matter(course, state, stage) if not why_idle(course, state, stage, figure)][:LIVE]


def why_idle(course: Course, state: address.State, stage: Stage, figure: Figure) -> str:
    """Why a figure of a stage does nothing in the address's run, as a sentence; "" where it does, or may."""
    values = all_in_use(course, state, stage)
    scenario = address.scenario_of(state, course)
    schedule, ways = stage.on_day(scenario).schedule, ways_at(course.pipeline.network, scenario, stage.id)
    return idle.why_idle(stage.role, figure.name, values, scenario, schedule, ways, stage.observed_s)


def in_use(course: Course, state: address.State, stage: Stage, figure: Figure) -> float:
    """The value of a figure in the run that the address names."""
    return float(all_in_use(course, state, stage)[figure.name])


def all_in_use(course: Course, state: address.State, stage: Stage) -> Mapping[str, float]:
    """The value of each figure of a stage in the run that the address names."""
    station = Station(stage.id, stage.role, stage.figures)
    return figures_of(station, address.scenario_of(state, course))


def turned(course: Course, state: address.State, stage: Stage, figure: Figure, value: float) -> tuple[Knob, ...]:
    """The knobs of a state once one is turned; one that is back at its base value is none of them."""
    knobs = tuple(knob for knob in state.knobs if knob[:2] != (stage.id, figure.name))
    if value == in_use(course, address.State(scenario=state.scenario), stage, figure):
        return knobs
    return address.merged(knobs, ((stage.id, figure.name, value),))


def slid_to(figure: Figure, in_use: float, thumb: float) -> float | None:
    """The value that a figure's slider stands for while its thumb is at a place; None where that is no place of it.

    On a logarithmic scale the places are numbered, among them the value that was in use when the slider was drawn.
    """
    if figure.unit in WHOLE:
        return thumb if thumb in range(int(figure.low), int(figure.high) + 1) else None
    if figure.scale == "log":
        steps = steps_of(figure, in_use)
        return steps[int(thumb)] if thumb in range(len(steps)) else None
    if figure.options:  # a list, and no slider
        return None
    return thumb if figure.holds(thumb) else None


def steps_of(figure: Figure, in_use: float) -> Sequence[float]:
    """Round values from low to high in the series 1, 2, 5 of each decade, with the value in use among them."""
    decades = [10.0**power for power in range(-6, 10)]
    series = {float(f"{digit * decade:.1g}") for decade in decades for digit in (1, 2, 5)}
    inside = {step for step in series if figure.holds(step) and (step >= 1 or figure.unit not in COUNTED)}
    return sorted({*inside, figure.low, figure.high, figure.default, in_use})


def places_of(figure: Figure, in_use: float) -> Sequence[float]:
    """Every value, in order, that a figure may be turned to from the one in use, which is among them."""
    if figure.options:
        return sorted({code for code, _ in figure.options} | {in_use})
    if figure.unit in WHOLE or figure.scale == "log":
        steps = steps_of(figure, in_use)
        return [step for step in steps if figure.unit not in WHOLE or step == int(step)]
    width = (figure.high - figure.low) / PLACES_OF_A_SHARE
    return sorted({in_use, *(round(figure.low + part * width, 9) for part in range(PLACES_OF_A_SHARE + 1))})
