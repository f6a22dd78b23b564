"""What a team has to decide about an imported course: guesses, and what nobody has said or measured yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from lifecycle.importing.drafting.pages import literal
from lifecycle.importing.drafting.stages import Draft, DraftStage, Guess
from lifecycle.importing.texts import cut
from lifecycle.words import plural

TODO = "TODO.md"
MOST_LISTED = 500  # under one heading: of a longer list nobody comes to the end
NAME = 100
_INTRO = """# What is left to decide

This course was made of files that another tool wrote. They say a lot, and not everything. Go through the lists with the
people who know. The next import writes the list anew, so keep your notes elsewhere. Where stages are listed, those with
the most flows come first.
"""
_STARTS = "Nobody has named a time, and no runs were observed that began at the same one, so it is a guess."


def todo(draft: Draft, left_out: Sequence[str] = (), news: Sequence[str] = ()) -> str:
    """The Markdown of `TODO.md`: a list of boxes to tick for each thing that is open, and what was decided already.

    `left_out` are sources for which no day was made, by name; `news` are sentences on what has changed since the last
    import.
    """
    flows = Counter(end for flow in draft.flows for end in (flow.source, flow.target))
    stages = sorted(draft.stages, key=lambda stage: -flows[stage.id])
    changed = _rows("Since the last import", "The project has changed.", news)
    quiet = "There are many, so only those that reach most stages are late on a day of the course."
    alone = _rows("Sources without a scenario", quiet, left_out)
    return "\n".join([_INTRO, *changed, *_lists(stages), *alone, *_decided(draft)])


def _lists(stages: list[DraftStage]) -> Iterator[str]:
    guessed = [stage for stage in stages if Guess.ROLE in stage.guesses]
    role = "The simulation treats a stage by its role. Correct a wrong one in `pipeline.yaml`, at `role`."
    yield from _boxes("Roles that were guessed", role, guessed, _guess)
    silent = [stage for stage in stages if not stage.node.description]
    page = "Write a few sentences into its page: what is in it, and what one may trust it for."
    yield from _boxes("Stages that nobody has described", page, silent)
    orphans = [stage for stage in stages if not stage.node.owner]
    yield from _boxes("Stages without an owner", "Write a name at **Owner** on its page.", orphans)
    untimed = [stage for stage in stages if Guess.DURATION in stage.guesses]
    time = "Their times are the course's own. Write how many seconds one takes as `figures: {drawn_s: 90}`; of one "
    time += "without a schedule, as `job_overhead_s`."
    yield from _boxes("Jobs whose duration is a guess", time, untimed)
    unstarted = [stage for stage in stages if Guess.START in stage.guesses]
    yield from _rows("When the jobs start", _STARTS, _starts(unstarted))
    untested = [stage for stage in stages if stage.scheduled and not stage.node.tests]
    yield from _boxes("Jobs that no test guards", "A wrong row passes through each of these unnoticed.", untested)
    if not (guessed or silent or orphans or untimed or unstarted or untested):
        yield "Nothing: every role is certain, and every stage has a description, an owner, a time and a test.\n"


def _starts(guessed: list[DraftStage]) -> Iterator[str]:
    """What has to be said of when jobs start: once for all on the schedule, once for those without one."""
    for is_on, where in ((True, "as the schedule's at, five fields of cron"), (False, "as the interval_s of each")):
        if count := sum(stage.scheduled is is_on for stage in guessed):
            yield f"{plural(count, 'job')}: write it into pipeline.yaml {where}"


def _guess(stage: DraftStage) -> str:
    return f", taken for: {stage.role.value}, because: {literal(stage.reason)}"


def _boxes(
    title: str, about: str, stages: list[DraftStage], rest: Callable[[DraftStage], str] = lambda _: ""
) -> Iterator[str]:
    """One heading with its boxes; nothing where the list is empty."""
    if not stages:
        return
    yield f"## {title} ({len(stages):,})\n\n{about}\n"
    for stage in stages[:MOST_LISTED]:
        yield f"- [ ] {literal(cut(stage.node.name, NAME))} (`stages/{stage.id}.md`){rest(stage)}"
    if (left := len(stages) - MOST_LISTED) > 0:
        yield f"\nAnd {left:,} more."
    yield ""


def _rows(title: str, about: str, sentences: Iterable[str]) -> Iterator[str]:
    """One heading with a box for each sentence; nothing where there is none."""
    if rows := list(sentences):
        yield f"## {title} ({len(rows):,})\n\n{about}\n"
        yield from (f"- [ ] {literal(row)}" for row in rows)
        yield ""


def _decided(draft: Draft) -> Iterator[str]:
    if draft.notes:
        yield "## What was decided on the way\n"
        yield from (f"- {literal(note)}" for note in draft.notes[:MOST_LISTED])
        yield ""
