"""The nodes of a draft as a plain list, and in words what was understood of the files and what is a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lifecycle.course.day import kept
from lifecycle.importing import Imported, ImportedNode
from lifecycle.importing.drafting import Draft, Guess, guesses_of
from lifecycle.importing.editing import edit_words
from lifecycle.importing.looking import search
from lifecycle.importing.looking.searching import MOST_SOUGHT
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching import Replay
from lifecycle.ui.components.prose import coded, plain, table
from lifecycle.ui.remembered import SessionKey, draft_field
from lifecycle.ui.yours import drafts
from lifecycle.ui.yours.drafts import OwnDraft
from lifecycle.words import enumerated, plural, with_article

REPLAYS_KEPT = 16
MOST_REPLAYED = 14  # runs that are shown, each with its error
MOST_ORIGINS = 3  # files that are named
MOST_CHANGED = 40  # nodes of another role that are named
MOST_ROWS = 300  # that a table shows; a search leads to the others
ROW_PX, MOST_PX = 35, 460


def searched(graph: Imported, plan: Draft | None) -> None:
    """The nodes, all of them or those that a search leads to; a click on a row chooses the node."""
    field = draft_field("search")
    text = st.text_input(
        "Search",
        key=field.name,
        max_chars=MOST_SOUGHT,
        placeholder="Part of a name, a column, a word of a description",
    )
    rows = tuple(match.node for match in search(graph, text, MOST_ROWS)) if text.strip() else graph.nodes
    if text.strip() and not rows:
        st.caption("No node has that. Try a shorter word.")
    # Of another search it is another table: a late click on a row of before chooses nothing.
    _table(graph, rows[:MOST_ROWS], guesses_of(graph, plan), draft_field(f"table-{text.strip()}"))
    if len(rows) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} of {len(rows):,} nodes; a search leads to the others.")


def _table(
    graph: Imported, rows: Sequence[ImportedNode], guesses: Mapping[str, Sequence[Guess]], field: SessionKey[Any]
) -> None:
    runs = Counter(run.node for run in graph.observed)
    reads, leads = Counter(edge.target for edge in graph.edges), Counter(edge.source for edge in graph.edges)
    frame = pd.DataFrame(
        {
            "name": [node.name for node in rows],
            "role": [node.role.value for node in rows],
            "why": [node.reason for node in rows],
            "guessed": [enumerated(guesses[node.id]) for node in rows],
            "runs observed": [runs[node.id] for node in rows],
            "reads": [reads[node.id] for node in rows],
            "leads to": [leads[node.id] for node in rows],
            "group": [node.group for node in rows],
        }
    )

    def choose() -> None:
        chosen = field.value.selection.rows
        if chosen and chosen[0] < len(rows):
            drafts.choose(rows[chosen[0]].id)

    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height=min(ROW_PX * (len(rows) + 1) + 3, MOST_PX),
        key=field.name,
        selection_mode="single-row",
        on_select=choose,
        alt="The nodes of your pipeline: name, role, why, what of it is guessed, runs observed, neighbours, group",
    )


def understood(draft: OwnDraft, plan: Draft | None) -> None:
    """What was read, which edits have no effect any more, and what was decided on the way to the course `plan`."""
    graph = draft.revision.graph
    first, more = graph.origins[:MOST_ORIGINS], len(graph.origins) - MOST_ORIGINS
    rest = (f"and {plural(more, 'more file')}",) if more > 0 else ()
    names = {node.id: node.name for node in graph.nodes}
    lines = [f"Read: {'; '.join((*first, *rest))}"]
    lines += [f"No effect any more: {edit_words(lost.edit, names)} ({lost.why})" for lost in draft.revision.lost]
    lines += plan.notes if plan else graph.notes
    changed = [stage for stage in plan.stages if stage.role is not stage.node.role] if plan else []
    lines += [
        f"{stage.node.name} is {with_article(stage.role)} here: {stage.reason}" for stage in changed[:MOST_CHANGED]
    ]
    if (left := len(changed) - MOST_CHANGED) > 0:
        lines.append(f"and {plural(left, 'more node')} with another role than the files say; `TODO.md` lists them")
    st.markdown("\n".join(f"- {coded(line)}" for line in lines))


@kept(REPLAYS_KEPT)
def _replayed(plan: Draft, graph: Imported) -> Replay:
    return sketching.replayed(plan, graph)


def fit(plan: Draft, graph: Imported) -> None:
    """How well the pipeline explains the runs that really happened."""
    replay = _replayed(plan, graph)
    st.markdown("### Played against what really happened", anchors=False)
    st.markdown(plain(sketching.replay_sentence(replay)))
    if replay.runs:
        st.markdown(table(sketching.replay_rows(replay)[:MOST_REPLAYED]))
    if (left := len(replay.runs) - MOST_REPLAYED) > 0:
        st.caption(f"The first {MOST_REPLAYED} of {MOST_REPLAYED + left:,} runs.")


def standing(graph: Imported, plan: Draft | None) -> str:
    """How large the graph is and how much of it is guessed, in a line."""
    guesses = Counter(kind for row in guesses_of(graph, plan).values() for kind in row)
    parts = [f"{plural(len(graph.nodes), 'node')}, {plural(len(graph.edges), 'flow')}"]
    match guesses[Guess.ROLE]:
        case 0:
            parts.append("no role is a guess")
        case 1:
            parts.append("one role is a guess: look at it")
        case many:
            parts.append(f"{many:,} roles are guesses")
    for kind in (Guess.DURATION, Guess.START):
        if jobs := guesses[kind]:
            parts.append(f"the {kind} of {plural(jobs, 'job')} is a guess")
    return "; ".join(parts)
