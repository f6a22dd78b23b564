"""Questions whose answers are computed: from the graph, from a simulated day, from owners and tests of the project."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from lifecycle.importing.teaching.days import STALE_S, TaughtDays, age
from lifecycle.importing.teaching.drawing import DrawnOption, ProjectQuestion, balanced, drawn, luck, unlike_stems
from lifecycle.importing.teaching.scenarios import failing_jobs
from lifecycle.importing.teaching.subject import TaughtPipeline, safe
from lifecycle.simulation.model.kinds import FaultKind, Role
from lifecycle.simulation.readings.gantt import job_run, run_at
from lifecycle.words import clock, duration, plural

MOST_OF_A_KIND = 20  # questions; those on the widest stages come first
MOST_OWNED = 8  # questions after an owner: a list of names to learn by heart is no course
MOST_TRIED = 8  # jobs of which a day is simulated, to see whether the run waits for them
SAME_END_S = 0.01
LEAST_OF_AN_IDEA = 3  # fewer cannot tell knowing from luck, as `check` says
LINEAGE, OWNERSHIP, WHOLE = "lineage", "ownership", "our-pipeline"
_TEST = re.compile(r"([^()]+)\(([^()]+)\)")


def project_questions(days: TaughtDays) -> tuple[ProjectQuestion, ...]:
    """All questions, those on the widest stages first; none where fewer come together than tell anything."""
    kinds: tuple[Callable[[TaughtDays], Iterator[ProjectQuestion]], ...] = (
        _reached,
        _stale,
        _critical,
        _owned,
        _tested,
    )
    made: list[ProjectQuestion] = []
    for kind in kinds:
        of_kind = (question for question in kind(days) if question.options)
        made += islice(of_kind, MOST_OWNED if kind is _owned else MOST_OF_A_KIND)
    distinct = balanced(tuple(unlike_stems(made)))
    return distinct if len(distinct) >= LEAST_OF_AN_IDEA else ()


def question_files(questions: tuple[ProjectQuestion, ...]) -> dict[str, str]:
    """The text of each stage's questions, by its path in the folder."""
    times = Counter(question.idea for question in questions)
    thin = any(count < LEAST_OF_AN_IDEA for count in times.values())
    pages: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        pages[question.place].append(question.markdown(WHOLE if thin else question.idea))
    return {f"quizzes/{place}.md": "\n".join(blocks) for place, blocks in pages.items()}


def _reached(days: TaughtDays) -> Iterator[ProjectQuestion]:
    """What is downstream of a stage."""
    taught = days.taught
    for id in taught.widest:
        after = taught.after[id]
        if not after:
            return
        key, name = f"{id}-downstream", taught.called(id)
        rights = [DrawnOption(taught.names[s], f"Yes: {_way(taught, id, s)}.") for s in after]
        circled = taught.comes_round(id)
        wrongs = [
            DrawnOption(taught.names[s], _apart(taught, id, s)) for s in taught.stages if s != id and s not in circled
        ]
        back = ", what leads back left out" if len(circled) > len(after) else ""
        explanation = f"The flows from {name} reach {plural(len(after), 'stage')}{back}."
        yield ProjectQuestion(
            key, id, f"Which stages get rows of {name}?", drawn(key, rights, wrongs), explanation, "explain", LINEAGE
        )


def _way(taught: TaughtPipeline, start: str, end: str) -> str:
    """The stages from one to another in words; of a long way the ends."""
    way = [taught.called(id) for id in taught.way(start, end)]
    return " → ".join(way if len(way) <= 6 else [*way[:3], "…", *way[-2:]])


def _apart(taught: TaughtPipeline, id: str, other: str) -> str:
    if id in taught.after[other]:
        return f"It lies on the other side: its rows come to {taught.called(id)}, and none go back."
    return f"No flow leads from {taught.called(id)} to it."


def _stale(days: TaughtDays) -> Iterator[ProjectQuestion]:
    """Who has old rows when people look, after a job has failed."""
    taught, at, usual = days.taught, clock(days.look_s), days.ages()
    for id in failing_jobs(days):
        fault = days.failure(id)
        now, stale = days.ages(fault), days.stale(fault)
        judged = [s for s in taught.stages if s != id and s in stale and taught.roles.get(s) is not Role.SOURCE]
        consumers = [s for s in judged if taught.roles[s] is Role.CONSUMER]
        # Dashboards are asked for; where they are too few, tables that people look at are, too.
        right, wrong = ([s for s in consumers if stale[s] is is_right] for is_right in (True, False))
        offered = consumers if right and len(wrong) >= 3 else judged
        rights = [DrawnOption(taught.names[s], _ages(now[s], usual[s])) for s in offered if stale[s]]
        wrongs = [DrawnOption(taught.names[s], _ages(now[s], usual[s])) for s in offered if not stale[s]]
        key, start, end = f"{id}-stale", clock(fault.start_s), clock(fault.end_s)
        happens = f"{taught.called(id)} {'fails' if fault.kind is FaultKind.FAIL else 'stops'} at {start}"
        stem = f"{happens}, and nobody repairs it. Which stages are stale at {at}?"
        explanation = (
            f"The day was simulated, with the failure until {end} and without. Stale means that the newest row is"
            f" more than {duration(STALE_S)} older than on the ordinary day."
        )
        yield ProjectQuestion(key, id, stem, drawn(key, rights, wrongs), explanation, "decide", LINEAGE)


def _ages(now_s: float, usual_s: float) -> str:
    return f"The age of its newest row: {age(now_s)}; on an ordinary day {age(usual_s)}."


def _critical(days: TaughtDays) -> Iterator[ProjectQuestion]:
    """Which jobs decide when the run ends on whose rows people look."""
    taught = days.taught
    for done in days.run.orchestrated.values():
        number = run_at(done, days.starts_s)
        if number is None:
            continue
        run = job_run(done, number)
        over = {one.name.stage for one in run.tries if one.critical}
        last = max(run.tries, key=lambda one: one.attempt.end_s).name.stage
        if last not in taught.stages:
            continue
        jobs = [s for s in done.stages if s in taught.stages and s != last]
        rights = [DrawnOption(taught.names[s], "The end of the run waits for it.") for s in jobs if s in over]
        key = f"{done.schedule.id}-critical-path"
        # Of two that end at once the path leads over one, and the run waits for both: so each is tried.
        others = sorted((s for s in jobs if s not in over), key=lambda s: luck(key, s))[:MOST_TRIED]
        spare = [s for s in others if abs(days.end_with_slower_s(done.schedule.id, number, s) - run.end_s) < SAME_END_S]
        wrongs = [DrawnOption(taught.names[s], "A second more of it would not make the run end later.") for s in spare]
        stem = f"The run of {clock(run.tick_s)} ends with {taught.called(last)}. Which jobs are on its critical path?"
        explanation = f"On the simulated day the run lasts {duration(run.makespan_s)}."
        yield ProjectQuestion(key, last, stem, drawn(key, rights, wrongs), explanation, "explain", LINEAGE)


def _owned(days: TaughtDays) -> Iterator[ProjectQuestion]:
    """Who owns a stage, where owners differ."""
    taught = days.taught
    owners = {id: taught.stages[id].node.owner for id in taught.widest if taught.stages[id].node.owner}
    people = {owner: {one.strip().casefold() for one in owner.split(",")} for owner in owners.values()}
    for id, owner in owners.items():
        key, name = f"{id}-owner", taught.called(id)
        wrongs = [
            DrawnOption(other, f"The project names this owner for {_owned_by(taught, owners, other)}.")
            for other in people
            if not people[other] & people[owner]
        ]
        right = DrawnOption(owner, "So the project says.")
        explanation = f"Ask them first when {name} looks wrong."
        yield ProjectQuestion(
            key, id, f"Who owns {name}?", drawn(key, [right], wrongs), explanation, "recall", OWNERSHIP
        )


def _owned_by(taught: TaughtPipeline, owners: Mapping[str, str], owner: str) -> str:
    return next(taught.called(id) for id, name in owners.items() if name == owner)


def _tested(days: TaughtDays) -> Iterator[ProjectQuestion]:
    """Which test guards a column, or where the project has few kinds of tests, which column a test guards."""
    taught = days.taught
    tests = {id: _tests(taught, id) for id in taught.widest}
    rules = {rule for of_stage in tests.values() for of_column in of_stage.values() for rule in of_column}
    for id, by_column in tests.items():
        name, key = taught.called(id), f"{id}-test"
        for column in sorted(by_column):
            rights = [DrawnOption(rule, "The project runs it on this column.") for rule in sorted(by_column[column])]
            wrongs = [DrawnOption(rule, "The project runs it elsewhere.") for rule in sorted(rules - by_column[column])]
            stem = f"Which tests guard {safe(column)} of {name}?"
            if options := drawn(key, rights, wrongs):
                explanation = f"The project has {plural(len(rights), 'test')} of this column."
                yield ProjectQuestion(key, id, stem, options, explanation, "recall", OWNERSHIP)
                break
        else:
            yield from _guarded(taught, id, by_column)


def _guarded(taught: TaughtPipeline, id: str, by_column: Mapping[str, set[str]]) -> Iterator[ProjectQuestion]:
    """Which column a test guards."""
    key, name = f"{id}-test", taught.called(id)
    columns = {_column(column.name): column.name for column in taught.stages[id].node.columns}
    for rule in sorted({rule for of_column in by_column.values() for rule in of_column}):
        rights = [DrawnOption(columns.get(c, c), "The project tests it so.") for c in by_column if rule in by_column[c]]
        wrongs = [
            DrawnOption(columns[c], "No such test stands at this column.")
            for c in columns
            if rule not in by_column.get(c, ())
        ]
        stem = f"Which columns of {name} does the test {safe(rule)} guard?"
        if options := drawn(key, rights, wrongs):
            yield ProjectQuestion(
                key, id, stem, options, f"It guards {plural(len(rights), 'column')}.", "recall", OWNERSHIP
            )
            return


def _tests(taught: TaughtPipeline, id: str) -> dict[str, set[str]]:
    """The rules that guard each column of a stage, by the column's name as databases compare it."""
    rules: dict[str, set[str]] = defaultdict(set)
    for test in taught.stages[id].node.tests:
        if match := _TEST.fullmatch(test):
            rules[_column(match[2])].add(match[1].strip())
    return dict(rules)


def _column(name: str) -> str:
    return name.strip().strip('"`').casefold()
