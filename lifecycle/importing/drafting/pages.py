"""The page of a stage, from what its project says of it: a stranger's text, so its marks are shown as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lifecycle.importing.drafting.stages import DraftStage, Guess
from lifecycle.importing.texts import ANGLES, cut
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import decimal, unlinked

NOBODY = "Nobody has described this yet."
MOST_COLUMNS, MOST_TESTS = 60, 40
SUMMARY, TITLE = 200, 60
# What would be a mark or an entity, or begin a list or a directive.
_MARKS = re.compile(r"([\\`*_\[\]<>#~|&:@]|^[-+=])")
_NUMBERED = re.compile(r"^(\d+)([.)])")


def page(stage: DraftStage, before: Sequence[DraftStage], after: Sequence[DraftStage]) -> str:
    """The Markdown of one stage's page; `before` and `after` are its neighbours."""
    head = ["---", f"title: {line(stage.node.name, TITLE)}", f"summary: {as_markdown(summary(stage), SUMMARY)}", "---"]
    return "\n".join([*head, "", *_body(stage, before, after)]).rstrip() + "\n"


def summary(stage: DraftStage) -> str:
    """One line on a stage: the first sentence of its description, or that there is none."""
    text = " ".join(stage.node.description.split())
    first = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0] if text else NOBODY
    return cut(first, SUMMARY)


def quoted(text: str) -> str:
    """A text as YAML has it in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def line(text: str, most: int) -> str:
    """A stranger's text as YAML has it: one line of at most so many characters, in which no HTML can stand."""
    return quoted(cut(text.translate(ANGLES), most))


def as_markdown(text: str, most: int) -> str:
    """A stranger's text as `line` has it, where the course reads Markdown: its marks are shown as they stand."""
    whole = text.translate(ANGLES)
    cuts = (literal(cut(whole, length)) for length in range(most, 0, -most // 10))
    return quoted(next((shown for shown in cuts if len(shown) <= most), ""))


def literal(text: str) -> str:
    """Text as Markdown that shows exactly its characters, and links nowhere."""
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\1", unlinked(" ".join(text.split()))))


def _body(stage: DraftStage, before: Sequence[DraftStage], after: Sequence[DraftStage]) -> Iterator[str]:
    node = stage.node
    yield "## What it is"
    yield ""
    paragraphs = [part for part in re.split(r"\n\s*\n", node.description) if part.strip()] or [NOBODY]
    for part in paragraphs:
        yield literal(part)
        yield ""
    yield from _facts(stage)
    yield "## What it stands between"
    yield ""
    yield _neighbours("It reads", before, "It reads nothing of this pipeline.")
    yield ""
    yield _neighbours("It is read by", after, "Nothing of this pipeline reads it.")
    yield ""
    if node.columns:
        yield from _columns(stage)
    yield "## What is checked"
    yield ""
    unguarded = "Nothing checks what is made of it." if stage.role is Role.CONSUMER else "No test guards it yet."
    yield from (f"- {literal(test)}" for test in node.tests[:MOST_TESTS]) if node.tests else (unguarded,)


def _facts(stage: DraftStage) -> Iterator[str]:
    node = stage.node
    guess = " This is a guess: look at it." if Guess.ROLE in stage.guesses else ""
    yield f"- **Role**: {stage.role.value}, because: {literal(stage.reason)}.{guess}"
    yield f"- **Owner**: {literal(node.owner) if node.owner else 'nobody is named'}"
    others: Mapping[str, str] = {
        "Where it stands": node.group,
        "Tags": ", ".join(node.tags),
        "Schedule": node.by_hand.at or node.schedule,
        **{name: value for name, value in node.meta if (name.casefold(), value) != ("owner", node.owner)},
    }
    yield from (f"- **{literal(name)}**: {literal(value)}" for name, value in others.items() if value)
    unused = "" if stage.scheduled else "; the day uses the course's own time"
    if node.by_hand.job_s is not None:
        yield f"- **Duration**: {decimal(node.by_hand.job_s, 3)} s, set by you{unused}"
    elif stage.median_s is not None:
        runs = "in the one run that was" if stage.runs == 1 else f"at the median of {stage.runs:,} runs that were"
        one_of = "; the day draws one of these" if stage.draws_observed and stage.runs > 1 and stage.scheduled else ""
        yield f"- **Duration**: {decimal(stage.median_s, 3)} s {runs} observed{one_of}{unused}"
    elif Guess.DURATION in stage.guesses:
        yield "- **Duration**: a guess: nobody has observed it, so the day uses the course's own"
    if Guess.START in stage.guesses:
        yield "- **Start**: a guess: look at the last part of `TODO.md`"
    yield ""


def _neighbours(what: str, stages: Sequence[DraftStage], none: str) -> str:
    links = [f"[{literal(stage.node.name)}](?stage={stage.id})" for stage in stages]
    return f"{what} {', '.join(links)}." if links else none


def _columns(stage: DraftStage) -> Iterator[str]:
    yield "## Its columns"
    yield ""
    yield "| column | type | what it holds |"
    yield "|---|---|---|"
    for column in stage.node.columns[:MOST_COLUMNS]:
        yield f"| {literal(column.name)} | {literal(column.kind)} | {literal(column.description)} |"
    if (left := len(stage.node.columns) - MOST_COLUMNS) > 0:
        yield ""
        yield f"And {left:,} more."
    yield ""
