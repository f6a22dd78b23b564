"""A graph becomes the pipeline that its course would have, and a course becomes a graph again."""

import io
import math
import zipfile
from dataclasses import replace
from itertools import pairwise

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.course.day import Day
from lifecycle.importing import Imported, ImportedEdge, ImportedNode, ImportProblem, read_brought
from lifecycle.importing.drafting import course_files, write_course
from lifecycle.importing.editing import Remove, Rename, SetRole, SetTiming, apply
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching import ConsumerAge, SketchProblem
from lifecycle.outputs.sketching.sample import SAMPLE_FOLDER
from lifecycle.simulation.model.kinds import Role, Size, Start, Waits
from lifecycle.simulation.model.scenario import DAY_S
from lifecycle.simulation.model.schedules import Schedule, cron, every
from lifecycle.simulation.model.ways import WAYS, Way
from lifecycle.simulation.readings.summary import day_age_p95_s


def test_the_sample_is_read_without_a_guess_and_its_day_reaches_every_consumer():
    graph = sketching.sample()
    assert all(node.certain for node in graph.nodes)
    assert not graph.notes
    sketch = sketching.sketched(sketching.draft_of(graph, sketching.SAMPLE_TITLE))
    assert len(sketch.pipeline.stages) == len(graph.nodes)
    assert all(stage.runs == 7 for stage in sketch.draft.stages if stage.role is Role.TRANSFORM)
    day = sketching.sketch_day(sketch)
    ages = sketching.consumer_ages(day.simulated(), sketch.pipeline)
    assert [age.is_reached for age in ages] == [True] * 3
    assert ages[0].name in sketching.ages_in_words(ages)


def test_a_sketch_is_the_course_that_is_written(tmp_path):
    sketch = sketching.sketched(sketching.draft_of(sketching.sample(), "The shop"))
    write_course(course_files(sketch.draft), tmp_path / "course")
    assert load(tmp_path / "course").pipeline == sketch.pipeline


def test_the_shipped_course_as_a_graph_has_its_stages_flows_roles_and_zones_and_can_be_drawn_again():
    course = load(SHIPPED)
    graph = sketching.copied(course)
    assert {(node.id, node.name, node.role) for node in graph.nodes} == {
        (stage.id, stage.label, stage.role) for stage in course.pipeline.stages
    }
    assert {(edge.source, edge.target) for edge in graph.edges} == {
        (flow.source, flow.target) for flow in course.pipeline.flows
    }
    assert all(node.certain and node.description for node in graph.nodes)
    sketch = sketching.sketched(sketching.draft_of(graph, "A copy"))
    zones = {stage.id: stage.zone for stage in course.pipeline.stages}
    assert {sketch.node_of[stage.id]: stage.zone for stage in sketch.pipeline.stages} == zones
    roles = {sketch.node_of[stage.id]: stage.role for stage in sketch.pipeline.stages}
    assert roles == {stage.id: stage.role for stage in course.pipeline.stages}
    assert {
        (sketch.node_of[flow.source], sketch.node_of[flow.target]) for flow in sketch.pipeline.flows if flow.loop
    } == {(flow.source, flow.target) for flow in course.pipeline.flows if flow.loop}
    assert "figures" in graph.notes[0]


def test_a_copy_of_the_shipped_course_is_as_fresh_as_the_course_itself():
    """Its transformation keeps its quarter of an hour; on a nightly schedule the data would be 21 h old."""
    course = load(SHIPPED)
    sketch = sketching.sketched(sketching.draft_of(sketching.copied(course), "A copy"))
    assert sketch.draft.at == ""
    assert not any(stage.scheduled for stage in sketch.draft.stages)
    assert any(note.startswith("no schedule: its jobs keep their own time") for note in sketch.draft.notes)
    day = sketching.sketch_day(sketch)
    theirs = Day(course.pipeline, day.scenario).simulated()
    own = {age.name: age.p95_s for age in sketching.consumer_ages(day.simulated(), sketch.pipeline)}
    for age in sketching.consumer_ages(theirs, course.pipeline):
        # the course's own consumers look once an hour, which its author set; those of the copy look live
        assert own[age.name] / age.p95_s == pytest.approx(1.0, abs=0.5), age.name
    assert own["Analytics"] == pytest.approx(day_age_p95_s(theirs, "bi"), rel=0.02)


def test_a_time_that_a_person_gives_a_job_of_a_copy_puts_the_jobs_on_a_schedule():
    graph = apply(sketching.copied(load(SHIPPED)), SetTiming("transform", None, "0 4 * * *"))
    assert sketching.draft_of(graph, "A copy").at == "0 4 * * *"


def schedule_in_a_copy(at, **flow):
    """What a copy makes of a course whose jobs a schedule starts."""
    course = load(SHIPPED)
    stages = tuple(replace(s, schedule="own", jobs=()) if s.id == "transform" else s for s in course.pipeline.stages)
    flows = tuple(replace(f, **flow) if f.target == "ingestion" else f for f in course.pipeline.flows)
    pipeline = replace(course.pipeline, stages=stages, schedules=(Schedule("own", at),), flows=flows)
    return sketching.copied(replace(course, pipeline=pipeline))


def test_a_copy_keeps_a_time_of_the_day_and_no_other_schedule():
    assert sketching.draft_of(schedule_in_a_copy(cron("15 3 * * *")), "T").at == "15 3 * * *"
    assert sketching.draft_of(schedule_in_a_copy(cron("0 * * * *")), "T").at == "0 * * * *"
    for every_so_often in (every(5_400.0, DAY_S), (11_220.0, 50_000.0)):
        assert sketching.draft_of(schedule_in_a_copy(every_so_often), "T").at == ""


def test_the_flows_of_a_copy_keep_how_they_move_each_for_itself():
    def moves(graph):
        return {(flow.source, flow.moves) for flow in sketching.draft_of(graph, "T").flows if flow.moves}

    graph = schedule_in_a_copy(cron("15 3 * * *"), way=WAYS["cdc"])
    assert moves(graph) == {(name, "cdc") for name in ("api", "database-link", "log-files")}
    own = Way("own", "our own", Start.PULL, Size.STREAM, Waits.SENDER)
    assert moves(schedule_in_a_copy(cron("15 3 * * *"), way=own)) == set()
    mixed = replace(graph, edges=tuple(replace(e, moves="webhook") if e.source == "api" else e for e in graph.edges))
    assert {("api", "webhook"), ("log-files", "cdc")} <= moves(mixed)
    assert "`moves: webhook`" in " ".join(sketching.draft_of(mixed, "T").notes)
    assert moves(apply(mixed, SetRole("ingestion", Role.TRANSFORM))) == set()  # only an ingestion is called so


def test_what_is_guessed_is_marked_in_the_picture_and_nowhere_else():
    graph = apply(sketching.sample(), SetRole("exposure.sock_shop.morning_sales", Role.CONSUMER))
    whole = sketching.sketched(sketching.draft_of(graph, "T"))
    assert whole.drawn == whole.pipeline
    unseen = sketching.sketched(sketching.draft_of(replace(graph, observed=()), "T"))
    marked = {stage.id for stage in unseen.drawn.stages if stage.label.startswith("? ")}
    assert marked == {stage.id for stage in unseen.draft.stages if stage.role is Role.TRANSFORM}
    assert not any(stage.label.startswith("?") for stage in unseen.pipeline.stages)
    (one,) = (stage for stage in whole.marked({graph.nodes[0].id}).stages if stage.label.startswith("? "))
    assert whole.node_of[one.id] == graph.nodes[0].id


def test_a_graph_without_a_flow_is_refused_in_words_and_so_is_one_that_is_too_large():
    alone = Imported((ImportedNode("a", "A", Role.SOURCE, "x"),))
    with pytest.raises(SketchProblem, match="no two nodes of it are joined"):
        sketching.sketched(sketching.draft_of(alone, "T"))
    names = [f"n{n}" for n in range(600)]
    nodes = tuple(ImportedNode(name, name, Role.TRANSFORM, "x") for name in names)
    edges = tuple(ImportedEdge(one, other) for one, other in pairwise(names))
    with pytest.raises(SketchProblem, match="at most 500"):
        sketching.sketched(sketching.draft_of(Imported(nodes, edges), "T"))


def test_a_stage_is_known_by_its_node_whatever_it_is_called_and_one_that_stands_alone_by_none():
    graph = sketching.sample()
    renamed = apply(graph, Rename("exposure.sock_shop.morning_sales", "Coffee report"))
    sketch = sketching.sketched(sketching.draft_of(renamed, "T"))
    assert sketch.stage_of["exposure.sock_shop.morning_sales"] == "coffee-report"
    assert sketch.node_of["coffee-report"] == "exposure.sock_shop.morning_sales"
    lonely = apply(graph, Remove("model.sock_shop.stg_parcels"))
    assert "source.sock_shop.carrier.parcels" not in sketching.sketched(sketching.draft_of(lonely, "T")).stage_of


def test_a_day_has_fewer_events_only_where_a_run_has_no_room_for_them():
    def simulated(role, layers, wide):
        """The events that are asked for and simulated where each of `wide` nodes leads to all of the next layer."""
        names = [[f"n{layer}-{n}" for n in range(wide)] for layer in range(layers)]
        nodes = tuple(ImportedNode(name, name, role, "x") for layer in names for name in layer)
        edges = tuple(ImportedEdge(a, b) for one, other in pairwise(names) for a in one for b in other)
        sketch = sketching.sketched(sketching.draft_of(Imported(nodes, edges), "T"))
        day = sketching.sketch_day(sketch)
        return day.scenario.events, day.simulated().scenario.events

    assert simulated(Role.TRANSFORM, 3, 20) == (20_000, 20_000)  # sixty stages
    assert simulated(Role.LAKE, 4, 10) == (20_000, 2_700)  # an event is copied to each of ten, three times


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ((), "Nobody uses the data yet"),
        ((("A", math.nan),), "No data reaches a consumer"),
        ((("A", 7200.0),), "For 95 % of the day, A sees data no older than 2 h."),
        ((("A", 7200.0), ("B", 60.0)), "A sees data no older than 2 h; the freshest is B, with 60 s."),
        ((("A", 7200.0), ("B", 7200.0)), "no older than 2 h, and so does B."),
        ((("A", 7200.0), ("B", 7200.0), ("C", 7200.0)), "no older than 2 h, and so do the others."),
        ((("A", 7200.0), ("B", math.nan)), "no older than 2 h. Nothing reaches B."),
        ((("A", 7200.0), ("B", math.nan), ("C", math.nan)), "no older than 2 h. Nothing reaches 2 others."),
    ],
)
def test_the_ages_are_told_in_a_sentence(ages, words):
    assert words in sketching.ages_in_words(tuple(ConsumerAge(name, name, p95_s) for name, p95_s in ages))


def test_files_that_are_brought_are_read_as_paths_are_and_a_zip_gives_those_in_it():
    names = ("manifest.json", "run_results_1.json")
    files = [(name, (SAMPLE_FOLDER / name).read_bytes()) for name in names]
    loose = read_brought(files)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for name, data in files:
            folder.writestr(f"target/{name}", data)
    zipped = read_brought([("target.zip", packed.getvalue())])
    assert loose.nodes == zipped.nodes
    assert loose.observed == zipped.observed
    assert len(loose.observed) == 10
    with pytest.raises(ImportProblem, match=r"^holiday\.jpg:1: "):
        read_brought([*files, ("holiday.jpg", b"\xff\xd8\xff\xe0 no text")])


def test_what_the_ages_rest_on_is_said():
    def draft(**about):
        nodes = (
            ImportedNode("s", "s", Role.SOURCE, "x"), ImportedNode("a", "a", Role.TRANSFORM, "x", **about),
            ImportedNode("d", "d", Role.CONSUMER, "x"),
        )  # fmt: skip
        return sketching.draft_of(Imported(nodes, (ImportedEdge("s", "a"), ImportedEdge("a", "d"))), "t")

    assert sketching.resting_on(draft()) == "Guessed: how long 1 of 1 job takes and when it starts."
    assert sketching.resting_on(draft(schedule="30 4 * * *")) == "Guessed: how long 1 of 1 job takes."
    assert sketching.resting_on(sketching.draft_of(sketching.sample(), "t")) == ""
