"""A graph that was read is edited: each edit does what it says or is refused, and all of it undoes and redoes."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lifecycle.course import check
from lifecycle.importing import Imported, ImportedColumn, ImportedEdge, ImportedNode, Observation
from lifecycle.importing.drafting import course_files, drafted, write_course
from lifecycle.importing.editing import (
    Add,
    Connect,
    Disconnect,
    EditRefused,
    Merge,
    Remove,
    Rename,
    Revision,
    SetRole,
    SetTiming,
    SetZone,
    apply,
    edit_words,
    graph_from_json,
    graph_to_json,
    replayed,
    revision_from_json,
    steps_to_json,
    workbench,
)
from lifecycle.importing.graph import HandSet, ZoneName
from lifecycle.simulation.model.kinds import Role
from tests.importing.reads import by_id, edges


def graph(*pairs: str, observed: tuple[Observation, ...] = ()) -> Imported:
    """A graph of edges written `ab`; its nodes are transforms by a guess."""
    ids = dict.fromkeys("".join(pairs))
    nodes = tuple(ImportedNode(id, id, Role.TRANSFORM, "a guess", certain=False) for id in ids)
    return Imported(nodes, tuple(ImportedEdge(*pair) for pair in dict.fromkeys(pairs)), observed=observed)


LINE = graph("ab", "bc", "cd")


# --- what each edit does


def test_a_name_a_role_and_a_zone_are_set_and_a_role_is_then_certain():
    edited = by_id(apply(LINE, Rename("a", "  Web shop "), SetRole("b", Role.LAKE), SetZone("c", ZoneName.UPSTREAM)))
    assert edited["a"].name == "Web shop"
    assert (edited["b"].role, edited["b"].reason, edited["b"].certain) == (Role.LAKE, "set by you", True)
    assert edited["c"].by_hand == HandSet(zone=ZoneName.UPSTREAM)
    assert by_id(apply(LINE, SetZone("c", ZoneName.UPSTREAM), SetZone("c", None)))["c"] == by_id(LINE)["c"]


def test_a_node_is_removed_with_its_edges_and_its_runs():
    runs = (Observation("b", 0.0, 1.0, "success"), Observation("c", 0.0, 1.0, "success"))
    edited = apply(replace(LINE, observed=runs), Remove("b"))
    assert [node.id for node in edited.nodes] == ["a", "c", "d"]
    assert edges(edited) == {("c", "d")}
    assert edited.observed == runs[1:]


def test_two_nodes_become_one_with_the_edges_and_the_runs_of_both():
    runs = tuple(Observation(id, float(start), 1.0, "success") for start, id in enumerate("cbcd"))
    edited = apply(graph("ab", "ac", "bc", "cd", "cb", "bd", observed=runs), Merge("b", "c"))
    assert [node.id for node in edited.nodes] == ["a", "c", "d"]
    assert edges(edited) == {("a", "c"), ("c", "d")}
    assert edited.observed == tuple(replace(run, node="c" if run.node == "b" else run.node) for run in runs)


def test_of_two_that_become_one_the_one_that_stays_speaks_first():
    stays = ImportedNode(
        "x", "x", Role.LAKE, "r", columns=(ImportedColumn("ID", "mine"),), tags=("a",), freshness_s=0.0
    )
    goes = ImportedNode(
        "y", "y", Role.SOURCE, "s", description="Text.", owner="ann", tags=("A", "b"), tests=("t",), freshness_s=5.0,
        columns=(ImportedColumn("id", "theirs"), ImportedColumn("name")), meta=(("k", "v"),),
        by_hand=HandSet(job_s=9.0),
    )  # fmt: skip
    (one,) = apply(Imported((stays, goes)), Merge("y", "x")).nodes
    assert one == replace(
        stays, description="Text.", owner="ann", tags=("a", "b"), tests=("t",), meta=(("k", "v"),),
        columns=(ImportedColumn("ID", "mine"), ImportedColumn("name")), by_hand=HandSet(job_s=9.0),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "line"), [("2:05", "5 2 * * *"), (" 04:30 ", "30 4 * * *"), ("0 6 * * 1", "0 6 * * 1"), ("", "")]
)
def test_a_time_of_the_day_is_the_line_of_cron_that_it_means(typed, line):
    (node, *_) = apply(LINE, SetTiming("a", None, typed)).nodes
    assert node.by_hand.at == line


def test_a_node_is_added_and_joined_and_an_edge_taken_away():
    edited = apply(LINE, Add("new", "A lake", Role.LAKE), Connect("d", "new"), Disconnect("a", "b"))
    assert edited.nodes[-1] == ImportedNode("new", "A lake", Role.LAKE, "set by you")
    assert edges(edited) == {("b", "c"), ("c", "d"), ("d", "new")}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Rename("z", "x"), "no node 'z'"),
        (SetRole("z", Role.LAKE), "no node 'z'"),
        (Merge("a", "z"), "no node 'z'"),
        (Connect("a", "z"), "no node 'z'"),
        (Merge("a", "a"), "cannot be merged with itself"),
        (Connect("a", "a"), "cannot lead to itself"),
        (Connect("a", "b"), "leads to b already"),
        (Disconnect("b", "a"), "does not lead to a"),
        (Rename("a", " \t"), "an empty name"),
        (Rename("a", "x" * 201), "a name of 201 characters"),
        (Rename("a", "x\u202ey"), "a character that is no text"),
        (Rename("a", "x\ud800"), "a character that is no text"),
        (Add("a", "x", Role.LAKE), "there is a node 'a' already"),
        (Add("", "x", Role.LAKE), "no id for a node"),
        (Add("<i>", "x", Role.LAKE), "no id for a node"),
        (Add("new", "", Role.LAKE), "an empty name"),
        (SetTiming("a", 0.0), "a job of 0 s"),
        (SetTiming("a", float("nan")), "a job of nan s"),
        (SetTiming("a", 86_401.0), "write 0.001 to 86,400 seconds"),
        (SetTiming("a", 1.0, "at noon"), "neither a time of the day nor a line of cron"),
        (SetTiming("a", 1.0, "at noon"), "write a time such as 04:30, or five fields of cron such as 30 4"),
        (SetTiming("a", 1.0, "24:00"), "'24:00' is neither a time of the day"),
        (SetTiming("a", 1.0, "99 2 * * *"), "not a time in cron: the minute '99'; write 0 to 59, or a time such as"),
        (SetTiming("a", 1.0, "0 2 30 2 *"), "a date that never comes"),
        (SetTiming("a", 1.0, ",".join(["1"] * 40) + " 2 * * *"), "a time of 87 characters"),
    ],
)  # fmt: skip
def test_what_a_graph_cannot_take_is_refused_in_one_line_and_nothing_is_done(edit, words):
    with pytest.raises(EditRefused, match=words) as refused:
        apply(LINE, Rename("d", "other"), edit)
    assert "\n" not in str(refused.value)
    revision = Revision(LINE).done(Rename("d", "other"))
    with pytest.raises(EditRefused):
        revision.done(Rename("d", "another"), edit)
    assert by_id(revision.graph)["d"].name == "other"


def test_a_graph_grows_no_larger_than_one_that_can_be_read(monkeypatch):
    monkeypatch.setattr(workbench, "MOST_NODES", 4)
    monkeypatch.setattr(workbench, "MOST_EDGES", 3)
    with pytest.raises(EditRefused, match="at most 4 nodes"):
        apply(LINE, Add("new", "x", Role.LAKE))
    with pytest.raises(EditRefused, match="at most 3 edges"):
        apply(LINE, Connect("a", "c"))


def test_each_edit_is_a_few_words_by_the_names_of_its_nodes():
    names = {"a": "Orders", "b": "Lake"}
    assert edit_words(Merge("a", "gone"), names) == "merge Orders into gone"
    assert edit_words(SetRole("b", Role.LAKE), names) == "make Lake a lake"
    assert edit_words(SetZone("b"), names) == "draw Lake where its role belongs"
    assert edit_words(Add("x", "Queue", Role.BUFFER), names) == "add Queue"


# --- what a course makes of it


JOBS = replace(
    apply(graph("sa", "ab", "bc"), SetRole("s", Role.SOURCE), SetRole("c", Role.CONSUMER)),
    observed=tuple(Observation("a", 0.0, 60.0, "success") for _ in range(5)),
)


def test_a_zone_and_times_that_were_set_go_before_what_was_read(tmp_path):
    edits = (SetZone("a", ZoneName.UPSTREAM), SetTiming("a", 90.0, " @hourly"), SetTiming("b", None, "0  *  * * *"))
    draft = drafted(apply(JOBS, *edits), "Ours")
    a = draft.stages[1]
    assert (a.zone, a.drawn_s, a.drawn_spread, a.runs) == (ZoneName.UPSTREAM, 90.0, 1.0, 0)
    assert draft.at == "0 * * * *"
    assert draft.notes == (
        "its 2 jobs start together at 0 * * * * (cron): as you set it",
        "at most 1 of its jobs run at once: no more were seen at work",
    )
    write_course(course_files(draft), tmp_path / "course")
    assert check(tmp_path / "course") == ()
    text = (tmp_path / "course/stages/a.md").read_text(encoding="utf-8")
    assert "- **Duration**: 90 s, set by you" in text
    assert "- **Schedule**: 0 \\* \\* \\* \\*" in text


def test_of_two_times_that_were_set_the_course_says_which_gives_way():
    draft = drafted(apply(JOBS, SetTiming("a", at="0 4 * * *"), SetTiming("b", at="0 5 * * *")), "Ours")
    assert draft.at == "0 4 * * *"
    assert "0 5 * * *, which you set too, gives way to it" in " ".join(draft.notes)


def test_a_time_that_has_no_effect_is_said_so():
    draft = drafted(apply(JOBS, SetTiming("c", 5.0)), "Ours")
    assert draft.notes[-1] == "the times that you set of 1 stage have no effect: only jobs on a schedule have them"


# --- a history of it


ROLES = st.sampled_from(list(Role))
NODES = st.sampled_from([*"abcdef", "by-hand:1", "by-hand:2", "gone"])
NAMES = st.sampled_from(["Orders", "", "x" * 201, "a | b", "日本", "lifecycle", "- [x](y)", "a & <b>"])
TIMES = st.sampled_from(["", "@daily", "30 4 * * *", "*/5 * * * 1-5", "noon"])
EDITS = st.one_of(
    st.builds(Rename, NODES, NAMES),
    st.builds(SetRole, NODES, ROLES),
    st.builds(SetZone, NODES, st.none() | st.sampled_from(list(ZoneName))),
    st.builds(SetTiming, NODES, st.none() | st.sampled_from([0.5, 3600.0, -1.0]), TIMES),
    st.builds(Merge, NODES, NODES),
    st.builds(Remove, NODES),
    st.builds(Add, NODES, NAMES, ROLES),
    st.builds(Connect, NODES, NODES),
    st.builds(Disconnect, NODES, NODES),
)
GRAPHS = st.lists(st.text("abcdef", min_size=2, max_size=2), min_size=1, max_size=9).map(
    lambda pairs: graph(*pairs, observed=tuple(Observation(pair[0], 0.0, 2.0, "success") for pair in pairs))
)


def after(revision: Revision, edits) -> list[Revision]:
    """The revision, and the one after each step that it took; what was refused left no step."""
    revisions = [revision]
    for edit in edits:
        try:
            later = revisions[-1].done(edit)
        except EditRefused:
            continue
        if later is not revisions[-1]:
            revisions.append(later)
    return revisions


@given(GRAPHS, st.lists(EDITS, max_size=12))
def test_undoing_gives_the_graph_before_and_redoing_gives_it_back(read, edits):
    revisions = after(Revision(read), edits)
    now = revisions[-1]
    for before in reversed(revisions):
        assert now.graph == before.graph
        now = now.undo()
    assert now.graph == read
    for later in revisions:
        assert now.graph == later.graph
        now = now.redo()
    assert now == revisions[-1]


@given(GRAPHS, st.lists(EDITS, max_size=12))
def test_edits_one_by_one_are_the_edits_at_once_and_leave_a_graph_that_is_sound(read, edits):
    taken, now = [], read
    for edit in edits:
        try:
            now = apply(now, edit)
            taken.append(edit)
        except EditRefused:
            continue
    assert apply(read, *taken) == now
    assert replayed(read, edits).graph == now
    assert len(replayed(read, edits).lost) == len(edits) - len(taken)
    ids = [node.id for node in now.nodes]
    assert len(set(ids)) == len(ids)
    assert len(set(now.edges)) == len(now.edges)
    assert {end for edge in now.edges for end in (edge.source, edge.target)} | {run.node for run in now.observed} <= {
        *ids
    }


@given(GRAPHS, st.lists(EDITS, max_size=8), st.integers(0, 8))
def test_graph_and_steps_are_read_back_as_they_were_kept(read, edits, undone):
    revision = after(Revision(read), edits)[-1]
    for _ in range(undone):
        revision = revision.undo()
    assert graph_from_json(graph_to_json(revision.graph)) == revision.graph
    assert revision_from_json(read, steps_to_json(revision)) == revision


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GRAPHS, st.lists(EDITS, max_size=10))
def test_an_edited_graph_becomes_a_course_that_checks_or_is_refused_in_words(tmp_path_factory, read, edits):
    try:
        draft = drafted(replayed(read, edits).graph, "Ours")
    except ValueError as refused:
        problem = str(refused)
    else:
        folder = tmp_path_factory.mktemp("made") / "course"
        write_course(course_files(draft), folder)
        problem = "\n".join(map(str, check(folder)))
    assert problem in ("", "no two nodes of it are joined, so there is no flow to simulate")


def test_several_edits_are_one_step_and_what_was_undone_is_gone_with_the_next_step():
    revision = Revision(LINE).done(Remove("a"), Remove("b"))
    assert len(revision.graph.nodes) == 2
    assert revision.undo().graph == LINE
    other = revision.undo().done(Remove("d"))
    assert other.redo() == other
    assert Revision(LINE).undo() == Revision(LINE)


def test_a_step_that_changes_nothing_is_none():
    revision = Revision(LINE).done(SetRole("a", Role.LAKE))
    assert revision.done(SetRole("a", Role.LAKE)) is revision
    assert revision.undo().done(Rename("a", "a")).redo() == revision  # so that what was undone stays


def test_the_ids_of_added_nodes_are_never_used_again():
    revision = Revision(LINE)
    assert revision.new_id() == "by-hand:1"
    revision = revision.done(Add("by-hand:1", "x", Role.LAKE)).done(Remove("by-hand:1"))
    assert revision.new_id() == "by-hand:2"


def test_a_history_has_an_end(monkeypatch):
    monkeypatch.setattr("lifecycle.importing.editing.revision.MOST_EDITS", 2)
    revision = Revision(LINE).done(Remove("a"))
    with pytest.raises(EditRefused, match="more than 2 edits"):
        revision.done(Remove("b"), Remove("c"))


# --- read again after the project grew


def test_the_edits_stay_when_the_project_grew_and_those_that_no_longer_apply_are_reported_and_kept():
    revision = Revision(LINE).done(Rename("a", "Shop")).done(SetRole("b", Role.LAKE)).done(Merge("c", "d"))
    grown = revision.onto(graph("ea", "ac", "cd", "df"))
    assert by_id(grown.graph)["a"].name == "Shop"
    assert edges(grown.graph) == {("e", "a"), ("a", "d"), ("d", "f")}
    assert [(lost.edit, lost.why) for lost in grown.lost] == [(SetRole("b", Role.LAKE), "no node 'b' in this graph")]
    back = grown.onto(LINE)
    assert (back.graph, back.lost) == (revision.graph, ())
