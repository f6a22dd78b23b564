"""Scenarios: an ordinary day, a day for each source that is late, and one for each of the widest jobs that fails.

Every number in their texts is read off a simulation of that very day.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence

from lifecycle.importing.drafting.ids import MOST
from lifecycle.importing.drafting.pages import quoted
from lifecycle.importing.teaching.days import TaughtDays, age
from lifecycle.importing.texts import cut
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.model.scenario import Fault
from lifecycle.words import clock, enumerated, plural

ORDINARY = "ordinary-day"
MOST_LATE, MOST_FAILING = 10, 5
LISTED = 6  # stages that a text compares; of the others it says how many there are
TITLE_NAME = 36  # of a title's sixty characters


def late_sources(days: TaughtDays) -> tuple[str, ...]:
    """The sources that are late on a day of the course: those whose rows reach most stages."""
    return days.taught.of(Role.SOURCE)[:MOST_LATE]


def failing_jobs(days: TaughtDays) -> tuple[str, ...]:
    """The jobs that fail on a day of the course: those with the most stages downstream."""
    return days.jobs[:MOST_FAILING]


def scenario_files(days: TaughtDays) -> dict[str, str]:
    """The text of each scenario, by its path in the folder."""
    files = {f"scenarios/{ORDINARY}.md": "\n".join(_ordinary(days))}
    for order, source in enumerate(late_sources(days), 100):
        files[f"scenarios/{_id('late', source)}.md"] = "\n".join(_late(days, source, order))
    for order, job in enumerate(failing_jobs(days), 200):
        files[f"scenarios/{_id('failing', job)}.md"] = "\n".join(_failing(days, job, order))
    return files


def _id(what: str, stage: str) -> str:
    """The scenario's id, of the length that one may have."""
    plain = f"{what}-{stage}"
    if len(plain) <= MOST:
        return plain
    tail = hashlib.sha256(stage.encode()).hexdigest()[:6]
    return f"{plain[: MOST - 7].rstrip('-')}-{tail}"


def _head(days: TaughtDays, title: str, order: int, **more: str) -> Iterator[str]:
    yield from ("---", f"title: {quoted(title)}", f"order: {order}", "arrivals: daily")
    yield f"events: {days.scenario.events}"
    yield from (f"{key}: {value}" for key, value in more.items())
    yield from ("---", "")


def _ordinary(days: TaughtDays) -> Iterator[str]:
    taught, sources = days.taught, days.taught.of(Role.SOURCE)
    yield from _head(days, "An ordinary day", 1)
    yield "## Story\n"
    rows = plural(days.run.born_s.size, "row")
    yield f"Nothing goes wrong today. {rows} are born at {plural(len(sources), 'source')}."
    yield "How many there really are the project does not say, so each source has about as many as the others."
    yield "New here? On the page Lessons a tour leads along the busiest way, step by step."
    if days.starts_s is not None:
        often = f" and {plural(len(days.ticks_s) - 1, 'other time')} of the day" if len(days.ticks_s) > 1 else ""
        yield f"The jobs start at {clock(days.starts_s)}{often}."
    yield "\n## Question\n"
    yield f"How old is the newest row of each stage at {clock(days.look_s)}, and where has it waited longest?"
    yield "\n## Try\n"
    ends = _looked_at(days, [id for id in taught.widest if not taught.flows_to[id]])
    yield _stop_at(days, ends[0])
    yield f"2. Follow [the slowest row](?follow=slowest&stage={ends[0]}&view=watch) to see what it waited for."
    yield "\n## See\n"
    yield from _table(days, ends[:LISTED])
    if (left := len(ends) - LISTED) > 0:
        yield f"\nAnd {plural(left, 'more stage')} at the end of a way."
    yield ""


def _late(days: TaughtDays, source: str, order: int) -> Iterator[str]:
    fault, name = days.lateness(source), days.taught.called(source)
    start, end = clock(fault.start_s), clock(fault.end_s)
    yield from _head(
        days,
        f"{cut(days.taught.names[source], TITLE_NAME)}: two hours late",
        order,
        **_shown(days, fault, "A source is late"),
    )
    yield "## Story\n"
    yield f"{name} hands nothing on from {start} to {end}. Then all of it comes at once, up to two hours late."
    if days.starts_s is not None and fault.start_s <= days.starts_s < fault.end_s:
        yield f"The jobs do not wait: they start at {clock(days.starts_s)} as usual, with the rows that are there."
    yield from _asks_and_tries(days, fault)


def _failing(days: TaughtDays, job: str, order: int) -> Iterator[str]:
    fault, name = days.failure(job), days.taught.called(job)
    start, end = clock(fault.start_s), clock(fault.end_s)
    fails = fault.kind is FaultKind.FAIL
    title = f"{cut(days.taught.names[job], TITLE_NAME)} {'fails' if fails else 'stops'} at {start}"
    yield from _head(days, title, order, **_shown(days, fault, "A job fails"))
    yield "## Story\n"
    if fails:
        yield f"The run of {start} begins, and the job of {name} fails. Nobody repairs it before {end}."
        yield "Every job that waits for it is left out of this run."
    else:
        yield f"{name} stops at {start} and is back at {end}. What comes to it meanwhile waits."
    yield f"Its rows reach {plural(len(days.taught.after[job]), 'stage')} of this pipeline."
    yield from _asks_and_tries(days, fault)


def _shown(days: TaughtDays, fault: Fault, group: str) -> Mapping[str, str]:
    """What stands in the front matter of a day on which something goes wrong."""
    happens = (
        f'{{kind: {fault.kind}, stage: "{fault.station}", from: "{clock(fault.start_s)}", to: "{clock(fault.end_s)}"}}'
    )
    return {"group": group, "stage": f'"{_noticing(days, fault)[0]}"', "faults": f"[{happens}]"}


def _noticing(days: TaughtDays, fault: Fault) -> tuple[str, ...]:
    """The stages whose newest row is older than usual, consumers first; without one, what comes after the fault."""
    stale = days.stale(fault)
    after = days.taught.after[fault.station]
    return _looked_at(days, [id for id in after if stale.get(id)] or after or [fault.station])


def _looked_at(days: TaughtDays, stages: Sequence[str]) -> tuple[str, ...]:
    """The stages with consumers in front: people look at these. Where nothing ever comes by then is last."""
    usual = days.ages()
    return tuple(sorted(stages, key=lambda id: (math.isnan(usual[id]), days.taught.roles.get(id) is not Role.CONSUMER)))


def _asks_and_tries(days: TaughtDays, fault: Fault) -> Iterator[str]:
    taught, at = days.taught, clock(days.look_s)
    stale = days.stale(fault)
    after = taught.after[fault.station]
    noticing = _noticing(days, fault)
    yield "\n## Question\n"
    yield f"At {at} somebody looks at the data. Where is it older than on an ordinary day?"
    yield "\n## Try\n"
    yield _stop_at(days, noticing[0])
    yield f"2. Look at the same moment of [the ordinary day]({_look(days, noticing[0], ORDINARY)}) and compare."
    yield "\n## See\n"
    harmed = [id for id in after if stale.get(id)]
    if harmed:
        yield from _table(days, _looked_at(days, harmed)[:LISTED], fault)
        if any(math.isnan(days.ages(fault)[id]) for id in harmed):
            yield "\nThe simulated day begins empty. A real table would go on showing the rows of the day before, which"
            yield "are older still."
        if (left := len(harmed) - LISTED) > 0:
            yield f"\nAnd {plural(left, 'more stage')} downstream with older rows than usual."
    else:
        yield f"At {at} no stage downstream has a newest row that is clearly older than usual."
    spared = [id for id in after if stale.get(id) is False]
    if spared:
        names = enumerated(
            [taught.called(id) for id in spared[:LISTED]]
            + ([f"{len(spared) - LISTED:,} more"] if len(spared) > LISTED else [])
        )
        yield f"\nDownstream, too, and as fresh as ever by this measure: {names}. The age of the newest row does not"
        yield "say whose row it is, so rows that come by other ways can hide that some are missing."
    yield ""


def _table(days: TaughtDays, stages: Sequence[str], fault: Fault | None = None) -> Iterator[str]:
    """The age of the newest row at each of the stages, beside that of the ordinary day."""
    usual = days.ages()
    yield f"The age of the newest row at {clock(days.look_s)}:\n"
    if fault is None:
        yield "| stage | age |\n|---|---|"
        yield from (f"| {days.taught.called(id)} | {age(usual[id])} |" for id in stages)
        return
    now = days.ages(fault)
    yield "| stage | today | ordinary day |\n|---|---|---|"
    yield from (f"| {days.taught.called(id)} | {age(now[id])} | {age(usual[id])} |" for id in stages)


def _stop_at(days: TaughtDays, stage: str) -> str:
    """The first thing to try: look at a stage when people look."""
    link = f"[Stop the clock at {clock(days.look_s)}]({_look(days, stage)})"
    reads = "see that nothing has come yet to" if math.isnan(days.ages()[stage]) else "read the age at"
    return f"1. {link} and {reads} **{days.taught.called(stage)}**."


def _look(days: TaughtDays, stage: str, scenario: str = "") -> str:
    """The address of a stage at the moment at which people look."""
    day = f"scenario={scenario}&" if scenario else ""
    return f"?{day}stage={stage}&view=watch&moment={days.look_s:.0f}"


def unasked_sources(days: TaughtDays) -> tuple[str, ...]:
    """The sources for which no day was made, since there are so many: the names, not yet Markdown."""
    return tuple(days.taught.names[id] for id in days.taught.of(Role.SOURCE)[MOST_LATE:])
