"""What the team has to look at: guesses, and what nobody has described or measured yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lifecycle.importing.drafting.draft import Draft, DraftStage
from lifecycle.importing.teaching.subject import safe
from lifecycle.simulation.model.kinds import Role

FILE = "TODO.md"


def todo(draft: Draft, left_out: Sequence[str] = (), news: Sequence[str] = ()) -> str:
    """The Markdown of the list; `left_out` are sources for which no day was made, by name.

    `news` are sentences on what has changed since the last import.
    """
    return "\n".join(_lines(draft, left_out, news)).rstrip() + "\n"


def _lines(draft: Draft, left_out: Sequence[str], news: Sequence[str]) -> Iterator[str]:
    yield "# What to look at"
    yield ""
    yield "The import writes this list, and writes it anew each time, so keep your notes elsewhere. No page shows it."
    yield ""
    yield from _list("Since the last import", "The project has changed.", [safe(one) for one in news])
    guessed = [stage for stage in draft.stages if not stage.certain]
    yield from _list(
        "Roles that are guesses",
        "Correct `role` in `pipeline.yaml` where one is wrong.",
        [f"{_named(stage)}: {stage.role}, because {safe(stage.reason)}" for stage in guessed],
    )
    yield from _list(
        "Stages that nobody has described",
        "A sentence or two in the project itself, or in the stage's page.",
        [_named(stage) for stage in draft.stages if not stage.node.description],
    )
    yield from _list(
        "Stages that nobody owns",
        "Who is called when it breaks at night?",
        [_named(stage) for stage in draft.stages if not stage.node.owner],
    )
    yield from _list(
        "Jobs that nobody has measured",
        "Their durations are the course's own. Import run results together with the project.",
        [_named(stage) for stage in draft.stages if stage.role is Role.TRANSFORM and stage.drawn_s is None],
    )
    yield from _list(
        "Sources without a scenario",
        "There are many, so only those that reach most stages are late on a day of the course.",
        [safe(name) for name in left_out],
    )


def _named(stage: DraftStage) -> str:
    return f"**{safe(stage.node.name or stage.id)}** (`{stage.id}`)"


def _list(title: str, about: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield f"## {title} ({len(rows):,})"
        yield ""
        yield about
        yield ""
        yield from (f"- [ ] {row}" for row in rows)
        yield ""
