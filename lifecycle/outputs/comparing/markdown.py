"""A comparison as Markdown for a pull request: a summary, tables and a sketch, all of the comparison's own values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lifecycle.importing.drafting.pages import literal
from lifecycle.outputs.comparing.comparison import FigurePair, OrchestratorChange, PipelineComparison
from lifecycle.outputs.comparing.days import OrchestratorDay
from lifecycle.outputs.comparing.part_words import flow_words, schedule_words, stage_words
from lifecycle.outputs.comparing.promises import Promise
from lifecycle.outputs.comparing.sides import PipelineSide
from lifecycle.outputs.comparing.sketch import sketch
from lifecycle.outputs.comparing.summary import cost_words, summary, weight
from lifecycle.words import NO_CHANGE, change, duration, enumerated, plural

MOST_ROWS, MOST_SCHEDULES, MOST_NOTES, MOST_STEPS = 40, 10, 10, 7
NOT_THERE = "not there"


def as_markdown(comparison: PipelineComparison, promises: Sequence[Promise] = ()) -> str:
    """The whole text, its summary first."""
    return "\n".join(_lines(comparison, promises)) + "\n"


def _lines(comparison: PipelineComparison, promises: Sequence[Promise]) -> Iterator[str]:
    yield summary(comparison)
    yield from ("",) if promises else ()
    for promise in promises:
        line = f"{literal(promise.consumer.name)}: {promise.words}"
        yield f"- **{line}**" if promise.broken else f"- {line}"
    if comparison.reshaped:
        yield from _table("What changed", ("", "what", "how"), _parts(comparison))
        yield from _drawing(comparison)
    yield from _table("The same day in both", ("", "before", "after", "change"), _figures(comparison))
    yield from ("", _day(comparison))
    for side in (comparison.before, comparison.after):
        yield from _notes(side)


def _table(title: str, head: Sequence[str], rows: Sequence[str]) -> Iterator[str]:
    yield from ("", f"### {title}", "", _row(*head), _row(*["---"] * len(head)))
    yield from rows


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _some(rows: Sequence[str], noun: str) -> list[str]:
    """As many rows as one reads; below them how many more there are."""
    more = len(rows) - MOST_ROWS
    return [*rows[:MOST_ROWS], *([f"| … | {plural(more, f'more {noun}')} |"] if more > 0 else [])]


def _parts(comparison: PipelineComparison) -> list[str]:
    names = {id: literal(label) for id, label in comparison.labels.items()}
    stages = [
        _row(part.kind, f"{literal(part.latest.name)} (`{part.key}`)", stage_words(part)) for part in comparison.stages
    ]
    flows = [
        _row(part.kind, " → ".join(f"{names[end]} (`{end}`)" for end in part.key), flow_words(part))
        for part in comparison.flows
    ]
    schedules = [_row(part.kind, f"schedule `{part.key}`", schedule_words(part)) for part in comparison.schedules]
    return [*_some(stages, "stage"), *_some(flows, "flow"), *_some(schedules, "schedule")]


def _drawing(comparison: PipelineComparison) -> Iterator[str]:
    drawn = sketch(comparison)
    if not drawn.lines:
        return
    yield from ("", "```mermaid", *drawn.lines, "```")
    if drawn.left_out:
        yield from (
            "",
            f"No room in the sketch for {plural(drawn.left_out, 'more stage')}, changed or beside a change.",
        )


def _figures(comparison: PipelineComparison) -> list[str]:
    """The ages, those that change most first; then the schedules, and the bill."""
    ages = [
        _row(f"p95 age at {literal(consumer.name)}", *_cells(consumer.age_s, duration))
        for consumer in sorted(comparison.consumers, key=weight, reverse=True)
    ]
    rows = _some(ages, "consumer")
    for orchestrator in comparison.orchestrators[:MOST_SCHEDULES]:
        rows += _orchestrator(comparison, orchestrator)
    return [*rows, _row("Cost of the day", *cost_words(comparison.cost, comparison.currencies))]


def _cells(pair: FigurePair, in_words: Callable[[float], str]) -> tuple[str, str, str]:
    """Both values in words, and how they differ."""
    before, after = pair.before, pair.after
    if before is None or after is None:
        return _present(before, in_words), _present(after, in_words), ""
    return in_words(before), in_words(after), change(before, after)


def _present(value: float | None, in_words: Callable[[float], str]) -> str:
    return NOT_THERE if value is None else in_words(value)


def _orchestrator(comparison: PipelineComparison, orchestrator: OrchestratorChange) -> Iterator[str]:
    days, name = (orchestrator.before, orchestrator.after), f"`{orchestrator.id}`"
    yield _row(f"Critical path of {name}: its longest run", *_cells(orchestrator.pair("critical_s"), duration))
    before, after = (NOT_THERE if day is None else _path(comparison, day) for day in days)
    yield _row(
        f"The critical path of {name} leads over", before, after, NO_CHANGE if before == after else "another way"
    )
    in_use = [NOT_THERE if day is None else f"{day.most_in_use} of {day.slots}" for day in days]
    by = NO_CHANGE if in_use[0] == in_use[1] else _cells(orchestrator.pair("most_in_use"), duration)[2]
    yield _row(f"Slots of {name} in use at most", *in_use, by)
    yield _row(f"Waiting for a slot of {name}, all jobs together", *_cells(orchestrator.pair("waited_s"), duration))


def _path(comparison: PipelineComparison, day: OrchestratorDay) -> str:
    """The stages of a path; of a long one its beginning and its end."""
    steps = [literal(comparison.labels[id]) for id in day.path]
    if len(steps) > MOST_STEPS:
        steps = [*steps[: MOST_STEPS - 3], f"… {len(steps) - MOST_STEPS + 1} more …", *steps[-2:]]
    return " → ".join(steps) or "no run"


def _day(comparison: PipelineComparison) -> str:
    day = comparison.day
    events = " and ".join(f"{count:,}" for count in dict.fromkeys((day.before.events, day.after.events)))
    words = f"The day is *{literal(day.title)}* with {events} events, and every stage that both have has the same luck."
    if day.fewer is not None:
        words += " So large a pipeline gets fewer events than the day has, so that they fit into memory."
    if day.settings_changed:
        words += f" The day itself is not the same in both: see its {enumerated(day.settings_changed)}."
    return words


def _notes(side: PipelineSide) -> Iterator[str]:
    """What was decided while a side was drafted."""
    if not side.notes:
        return
    yield from ("", f"Decided while reading {literal(side.name)}:", "")
    yield from (f"- {literal(note)}" for note in side.notes[:MOST_NOTES])
    if (more := len(side.notes) - MOST_NOTES) > 0:
        yield f"- and {more:,} more"
