"""The form beside the picture: what one node is called and is, how long its job takes, and what it is joined with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from lifecycle import charts
from lifecycle.importing import Imported, ImportedNode
from lifecycle.importing.drafting import Draft, DraftStage, Guess, guess_words, guesses_of
from lifecycle.importing.drafting.stages import FITTED_FROM
from lifecycle.importing.drafting.timing import LEAST_S, MOST_S
from lifecycle.importing.editing import (
    Add,
    Connect,
    Disconnect,
    Edit,
    Merge,
    Remove,
    Rename,
    SetRole,
    SetTiming,
    SetZone,
)
from lifecycle.importing.graph import ZoneName
from lifecycle.importing.looking import search
from lifecycle.importing.texts import MOST_NAME
from lifecycle.simulation.model.kinds import Role
from lifecycle.ui import remembered
from lifecycle.ui.components.prose import coded, plain
from lifecycle.ui.remembered import draft_field, draft_form
from lifecycle.ui.yours import drafts, turning
from lifecycle.words import capital, duration, enumerated, told_apart, with_article

MOST_LISTED = 400  # nodes in a list: with thousands in each a click takes a second in the browser
_DAILY = re.compile(r"([0-5]?\d) ([01]?\d|2[0-3]) \* \* \*")


def form(graph: Imported, plan: Draft | None) -> None:
    """Choose a node, or add one; whatever is changed counts at once, and can be undone. `plan` is its course."""
    nodes = {node.id: node for node in graph.nodes}
    chosen = remembered.DRAFT_NODE.get()
    if chosen not in nodes:
        chosen = None
        remembered.DRAFT_NODE.forget()
    with turning.place("form", chosen or ""):
        _fields(graph, plan, nodes, chosen)


def _fields(graph: Imported, plan: Draft | None, nodes: Mapping[str, ImportedNode], chosen: str | None) -> None:
    names = _sought_first(graph)
    _choosing(graph, plan, names, chosen)
    if len(names) > MOST_LISTED:
        st.caption(
            f"Each list here has {MOST_LISTED:,} of the {len(names):,} nodes. What *Search* below finds stands first."
        )
    if refusal := remembered.DRAFT_REFUSED.get():
        st.warning(f"Nothing was changed: {coded(refusal)}.", icon=":material/block:")
    if chosen is None:
        st.caption(
            "Click a node in the picture, or pick it from this list. Then you can say what it is, how long its job "
            "takes and what it is joined with. To draw a flow, drag from one node to another. Every change is "
            "simulated at once, and can be undone."
        )
        _adding()
        return
    _about(nodes[chosen], plan)
    _what_it_is(nodes[chosen], plan)
    _neighbours(graph, chosen, names)
    _uniting(chosen, names)


def _choosing(graph: Imported, plan: Draft | None, names: Mapping[str, str], chosen: str | None) -> None:
    """The field with all nodes, in which one is chosen; each says what of it is a guess."""
    nodes = {node.id: node for node in graph.nodes}
    marks = {id: f" ({guess_words(row)})" if row else "" for id, row in guesses_of(graph, plan).items()}
    field = draft_form("node")
    field.put(chosen)  # put anew, so that it shows a new name

    def choose() -> None:
        if (id := field.value) is None or id in nodes:  # else the browser still sends a name of before
            remembered.DRAFT_NODE.put(id)

    st.selectbox(
        "Node",
        _listed(names, chosen),
        index=None,
        format_func=lambda id: f"{names[id]}, {nodes[id].role}{marks[id]}",
        key=field.name,
        placeholder="Choose a node, in the picture or here",
        on_change=choose,
    )


def labels(graph: Imported) -> dict[str, str]:
    """What each node is called in a list, by its id; of two with the same name each says its id, too."""
    return told_apart({node.id: node.name for node in graph.nodes})


def _sought_first(graph: Imported) -> dict[str, str]:
    """What each node is called; of more than a list holds those come first that the search below finds."""
    names = labels(graph)
    text = draft_field("search").get("")
    if len(names) <= MOST_LISTED or not text:
        return names
    return {match.node.id: names[match.node.id] for match in search(graph, text, MOST_LISTED)} | names


def _listed(names: Mapping[str, str], *always: str | None) -> list[str]:
    """The ids to choose from in a list, as many as a browser can hold; those that are chosen are among them."""
    first = list(names)[:MOST_LISTED]
    known = set(first)
    return [*first, *(id for id in dict.fromkeys(always) if id is not None and id not in known)]


def _about(node: ImportedNode, plan: Draft | None) -> None:
    stage = next((one for one in plan.stages if one.node.id == node.id), None) if plan else None
    if node.description:
        st.caption(plain(node.description))
    guess = "" if node.certain else " That is a guess: look at it."
    st.markdown(f"It is taken for {with_article(node.role)}: {coded(node.reason)}.{guess}")
    if not node.certain:
        st.button(
            f"It is {with_article(node.role)}",
            icon=":material/check:",
            key=draft_form("confirm", node.id).name,
            on_click=lambda: drafts.change(SetRole(node.id, node.role)),
            help="Say that the guess is right. To say that it is not, choose another role below.",
        )
    if stage and stage.role is not node.role:
        st.caption(f"In this place it is {with_article(stage.role)}: {coded(stage.place or stage.why)}.")
    if plan and stage is None:
        st.caption("Nothing leads to it or from it, so it is not in the picture. Join it below.")
    if stage and stage.median_s is not None:
        took = "One run observed: it took" if stage.runs == 1 else f"{stage.runs:,} runs observed: they took"
        middle = "" if stage.runs == 1 else " at the median"
        draws = "; the day draws one of them" if stage.draws_observed and stage.runs > 1 and stage.scheduled else ""
        st.caption(f"{took} {duration(stage.median_s)}{middle}{draws}.")
        if stage.scheduled and stage.runs >= FITTED_FROM:
            _quantiles(stage)
    if stage and (unknown := [guess for guess in stage.guesses if guess is not Guess.ROLE]):
        are = "is a guess" if len(unknown) == 1 else "are guesses"
        st.caption(f"Its {enumerated(unknown)} {are} on the simulated day.")


def _quantiles(stage: DraftStage) -> None:
    """The job's runs beside the log-normal that was fitted to them."""
    about = (
        "The day draws how long the job takes from a curve fitted to its runs, a log-normal: short ones are common, "
        "and a few are long. On the dotted line a run took as long as the curve expects."
    )
    if stage.drawn_s is None or not st.toggle("How well does the fit hold?", key=draft_field("fit").name, help=about):
        return
    spec = charts.quantiles(stage.observed_s, stage.drawn_s, stage.drawn_spread)
    st.caption(f"{plain(spec.finding)}.")
    st.plotly_chart(charts.figure_of(spec), key="draft-quantiles", config={"displayModeBar": False}, alt=spec.finding)


def _what_it_is(node: ImportedNode, plan: Draft | None) -> None:
    name, role, zone = (draft_form(field, node.id) for field in ("name", "role", "zone"))
    name.put(node.name)
    role.put(node.role)
    zone.put(node.by_hand.zone or "")
    st.text_input(
        "Name", key=name.name, max_chars=MOST_NAME, on_change=lambda: drafts.change(Rename(node.id, name.value))
    )
    left, right = st.columns(2)
    left.selectbox(
        "Role",
        list(Role),
        format_func=lambda one: capital(str(one)),
        key=role.name,
        on_change=lambda: drafts.change(SetRole(node.id, role.value)),
    )
    right.selectbox(
        "Zone",
        ["", *ZoneName],
        format_func=lambda one: capital(str(one)) or "By its role",
        key=zone.name,
        on_change=lambda: drafts.change(SetZone(node.id, ZoneName(zone.value) if zone.value else None)),
    )
    has_job = (
        Role.TRANSFORM in (node.role, *(stage.role for stage in plan.stages if stage.node.id == node.id))
        if plan
        else node.role is Role.TRANSFORM
    )
    if has_job or node.by_hand.at or node.by_hand.job_s is not None:
        _times(node, plan)


def _times(node: ImportedNode, plan: Draft | None) -> None:
    """How long the job takes and when it starts; what is empty is left to what was observed."""
    job_s, at = draft_form("job", node.id), draft_form("at", node.id)
    job_s.put(node.by_hand.job_s)
    at.put(clock_of(node.by_hand.at))

    def change() -> None:
        drafts.change(SetTiming(node.id, job_s.value, at.value))

    left, right = st.columns(2)
    left.number_input(
        "Job, in seconds",
        min_value=LEAST_S,
        max_value=MOST_S,
        step=1.0,
        format="%.4g",
        placeholder="as observed" if plan and _is_observed(node, plan) else "not known",
        key=job_s.name,
        on_change=change,
    )
    right.text_input(
        "It starts at",
        key=at.name,
        placeholder=clock_of(plan.at) if plan and plan.at else "02:00",
        max_chars=60,
        help="A time such as 04:30, or five fields of cron such as 30 4 * * 1. All jobs of the pipeline start "
        "together, at the time that most of them have.",
        on_change=change,
    )


def _is_observed(node: ImportedNode, plan: Draft) -> bool:
    return any(stage.node.id == node.id and stage.runs for stage in plan.stages)


def clock_of(line: str) -> str:
    """A line of cron that means a time each day as that time, 02:30; any other as it is."""
    match = _DAILY.fullmatch(line)
    return f"{int(match[2]):02d}:{int(match[1]):02d}" if match else line


def _neighbours(graph: Imported, node: str, names: Mapping[str, str]) -> None:
    """What the node reads and what it leads to: to add one connects, to take one away disconnects."""
    into = tuple((edge.source, edge.target) for edge in graph.edges if edge.target == node)
    out = tuple((edge.source, edge.target) for edge in graph.edges if edge.source == node)
    reads, leads = draft_form("reads", node), draft_form("leads", node)
    reads.put([source for source, _ in into])
    leads.put([target for _, target in out])
    others = _listed({id: name for id, name in names.items() if id != node}, *reads.value, *leads.value)

    def join(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> None:
        if all(end in names for pair in after for end in pair):  # else the browser still sends a name of before
            drafts.change(*joined(before, after))

    st.multiselect(
        "It reads from",
        others,
        format_func=names.__getitem__,
        key=reads.name,
        placeholder="Nothing: choose what leads to it",
        on_change=lambda: join(into, [(id, node) for id in reads.value]),
    )
    st.multiselect(
        "It leads to",
        others,
        format_func=names.__getitem__,
        key=leads.name,
        placeholder="Nothing: choose what reads it",
        on_change=lambda: join(out, [(node, id) for id in leads.value]),
    )


def joined(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> tuple[Edit, ...]:
    """The edits that make the flows `after` of those `before`."""
    return (
        *(Disconnect(*pair) for pair in before if pair not in after),
        *(Connect(*pair) for pair in after if pair not in before),
    )


def _uniting(node: str, names: Mapping[str, str]) -> None:
    into = draft_form("into", node)
    others = {id: name for id, name in names.items() if id != node}
    if into.get() not in others:
        into.put(None)

    def merge() -> None:
        if (kept := into.get()) is not None:
            drafts.change(Merge(node, kept))
            drafts.choose(kept)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "The same thing as",
            _listed(others, into.get()),
            index=None,
            format_func=names.__getitem__,
            key=into.name,
            placeholder="Choose the one that stays",
        )
        st.button(
            "Merge",
            icon=":material/merge:",
            key=draft_form("merge", node).name,
            on_click=merge,
            disabled=into.get() is None,
        )
    st.button(
        "Remove it",
        icon=":material/delete:",
        key=draft_form("remove", node).name,
        on_click=lambda: drafts.change(Remove(node)),
    )


def _adding() -> None:
    """A node that no file knew."""
    name, role = draft_field("new-name"), draft_field("new-role")

    def add() -> None:
        if (draft := drafts.opened()) is not None:
            id = draft.revision.new_id()
            drafts.change(Add(id, name.value, role.value))
            if not remembered.DRAFT_REFUSED.is_set:
                drafts.choose(id)
                name.forget()

    with st.container(border=True, key="draft-adding"):
        st.markdown("**Something is missing?** Add it, then say what it reads and what reads it.")
        st.text_input("Name of the new node", key=name.name, max_chars=MOST_NAME)
        st.selectbox("What it is", list(Role), format_func=lambda one: capital(str(one)), key=role.name)
        st.button("Add it", icon=":material/add:", key="draft-add", on_click=add)
