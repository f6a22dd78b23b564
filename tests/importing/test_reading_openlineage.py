"""OpenLineage events: jobs and datasets as nodes, runs gathered over all their events."""

import json

import pytest

from lifecycle.importing import ImportProblem, Observation, read_paths
from tests.importing.reads import FIXTURES, by_id, edges, of_text, read, roles

EVENTS = [
    json.loads(line) for line in (FIXTURES / "events.ndjson").read_text(encoding="utf-8").splitlines() if line.strip()
]
LOAD, SUM, MENUS = "job:airflow:nightly.load", "job:spark:sum", "job:food:menus"
ORDERS, CLICKS = "dataset:postgres://db:5432:shop.public.orders", "dataset:kafka://broker:9092:clicks"
RAW, SUMS = "dataset:s3://lake:raw/orders", "dataset:snowflake://acme:mart.sums"
COPY, TABLE = "dataset:postgres://db:5432:shop.public.sums", "dataset:food:menus"


def test_edges_run_from_dataset_to_job_to_dataset():
    graph = read("events.ndjson")
    assert {node.id for node in graph.nodes} == {LOAD, SUM, MENUS, ORDERS, CLICKS, RAW, SUMS, COPY, TABLE}
    assert edges(graph) == {
        (ORDERS, LOAD), (CLICKS, LOAD), (LOAD, RAW), (RAW, SUM), (SUM, SUMS), (SUM, COPY), (TABLE, MENUS),
    }  # fmt: skip


def test_start_and_end_of_a_run_are_paired_in_any_order_and_zone():
    graph = read("events.ndjson")
    assert [(seen.node, seen.seconds, seen.status) for seen in graph.observed] == [
        (LOAD, pytest.approx(60.0), "complete"),
        (SUM, 60.0, "fail"),
    ]
    assert graph.observed[1] == Observation(SUM, 1714529040.0, 60.0, "fail")
    assert "1 run without both a start and an end: their times are not known" in graph.notes
    assert "1 object in it that are no events" in graph.notes


def test_fractions_of_a_second_count_and_what_runs_has_started():
    assert read("events.ndjson").observed[0].start_s == pytest.approx(1714528800.123456789, abs=1e-6)
    graph = of_text(json.dumps(EVENTS[1:3]))  # its START was lost
    assert [seen.seconds for seen in graph.observed] == [pytest.approx(30.123456789)]


def test_namespaces_and_places_give_roles():
    shown = roles(read("events.ndjson"))
    assert shown[ORDERS] == ("source", "namespace `postgres`, and no job writes it", True)
    assert shown[CLICKS] == ("buffer", "namespace `kafka`", True)
    assert shown[RAW] == ("lake", "namespace `s3`", True)
    assert shown[SUMS] == ("warehouse", "namespace `snowflake`", True)
    assert shown[COPY][::2] == ("warehouse", False)
    assert shown[TABLE] == ("source", "dataset that no job writes", False)
    assert shown[LOAD] == ("transform", "job that reads and writes", True)
    assert shown[MENUS][::2] == ("consumer", False)


def test_parents_owners_schedules_and_columns_are_kept():
    nodes = by_id(read("events.ndjson"))
    load, orders = nodes[LOAD], nodes[ORDERS]
    assert (load.group, load.owner, load.schedule) == ("airflow/nightly", "team:sales", "@daily")
    assert (load.description, load.tags) == ("Loads orders .", ("AIRFLOW", "TASK", "BATCH"))
    assert [(column.name, column.kind, column.description) for column in orders.columns] == [("id", "INT", "The key.")]
    assert nodes[TABLE].description == "A table."


def test_an_array_lines_a_folder_and_what_an_interface_answers_are_one_graph(tmp_path):
    for number, event in enumerate(EVENTS):
        (tmp_path / f"{number}.json").write_text(json.dumps(event, indent=1), encoding="utf-8")
    lines = read("events.ndjson")
    for other in (
        of_text(json.dumps(EVENTS)),
        of_text("\n".join(json.dumps(event, indent=2) for event in EVENTS)),
        of_text(json.dumps({"events": EVENTS, "totalCount": len(EVENTS)})),
        read_paths([tmp_path]),
    ):
        assert (set(other.nodes), set(other.edges)) == (set(lines.nodes), set(lines.edges))
        assert set(other.observed) == set(lines.observed)


def test_one_event_alone_is_read():
    graph = of_text(json.dumps(EVENTS[0]))
    assert (len(graph.nodes), len(graph.edges)) == (3, 2)


@pytest.mark.parametrize("moment", ["{{RUN_START_TIME}}", None, 5, "2024-13-45T99:00:00Z", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_is_none_costs_only_the_observation(moment):
    graph = of_text(json.dumps([{**event, "eventTime": moment} for event in EVENTS[:3]]))
    assert (len(graph.nodes), graph.observed) == (4, ())


def test_a_job_that_reads_what_it_writes_is_noted_as_a_cycle():
    table = [{"namespace": "n", "name": "t"}]
    event = {"eventType": "START", "job": {"namespace": "n", "name": "j"}, "inputs": table, "outputs": table}
    graph = of_text(json.dumps(event))
    assert edges(graph) == {("dataset:n:t", "job:n:j"), ("job:n:j", "dataset:n:t")}
    assert any("the graph comes round: " in note for note in graph.notes)


CUTS = ['{"eventType": "STA', '{"eventType":', '{"eventType": tr', '{"eventType": "a\\u00', '{"a": [1,', "{", '{"a": -']


@pytest.mark.parametrize("cut", CUTS)
def test_lines_that_are_cut_off_at_the_end_are_read_up_to_there(cut):
    whole = of_text("\n".join(json.dumps(event) for event in EVENTS[:3]))
    graph = of_text("\n".join([*(json.dumps(event) for event in EVENTS[:3]), cut]), "log")
    assert (graph.nodes, edges(graph), graph.observed) == (whole.nodes, edges(whole), whole.observed)
    assert graph.notes == ("1 file cut off at the end, read up to there: log (line 4)", *whole.notes)


@pytest.mark.parametrize(
    "text", [json.dumps(EVENTS[0])[:40], json.dumps({"a": 1}) + '\n{"a', json.dumps(EVENTS[:2])[:-9]]
)
def test_what_is_cut_before_an_event_is_whole_names_its_line(text):
    with pytest.raises(ImportProblem, match=r"^log:\d: the JSON ends in the middle; "):
        of_text(text, "log")


@pytest.mark.parametrize("line", ['{"a": }', '{"a" 1}\n', "x}"])
def test_a_last_line_that_is_whole_and_broken_is_refused(line):
    with pytest.raises(ImportProblem, match=r"^log:2: not JSON: "):
        of_text(f"{json.dumps(EVENTS[0])}\n{line}", "log")


def event(job, reads=(), writes=(), kind="", parent="", schedule="", **facets):
    """An event of a job; `facets` are the identifiers by which datasets, by name, are known too."""

    def table(name):
        others = [dict(zip(("namespace", "name"), other, strict=True), type="TABLE") for other in facets.get(name, ())]
        return {
            "namespace": "s3://b",
            "name": name,
            **({"facets": {"symlinks": {"identifiers": others}}} if others else {}),
        }

    of_run = {
        **({"parent": {"run": {"runId": "p"}, "job": {"namespace": "n", "name": parent}}} if parent else {}),
        **({"airflow": {"dag": {"schedule_interval": schedule}}} if schedule else {}),
    }
    return {
        "eventType": "COMPLETE", "eventTime": "2026-05-01T02:00:00Z", "run": {"runId": f"r-{job}", "facets": of_run},
        "job": {"namespace": "n", "name": job, "facets": {"jobType": {"jobType": kind}} if kind else {}},
        "inputs": [table(name) for name in reads], "outputs": [table(name) for name in writes],
    }  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("write", "read"),
    [
        ({"t": [("hive://m", "db.t")]}, {}),  # the reader's dataset is the other name
        ({"t": [("hive://m", "db.t")]}, {"u": [("hive://m", "db.t")]}),  # both name a third
        ({"t": [("s3://b", "t"), ("s3://b", "u")]}, {}),
    ],
)
def test_datasets_that_symlinks_join_are_one(write, read, turned):
    reader = event("read", ["u"], **read)
    if not read and write["t"][0][0] == "hive://m":
        reader["inputs"] = [{"namespace": "hive://m", "name": "db.t"}]
    events = [event("write", [], ["t"], **write), reader]
    graph = of_text(json.dumps(events[::-1] if turned else events))
    table = "dataset:s3://b:t"
    assert edges(graph) == {("job:n:write", table), (table, "job:n:read")}
    assert "1 dataset with several names, by the symlinks of the events: one node each" in graph.notes


def test_a_symlink_that_nobody_else_uses_changes_nothing():
    graph = of_text(json.dumps([event("write", [], ["t"], t=[("hive://m", "db.t")]), event("read", ["u"])]))
    assert len(graph.nodes) == 4
    assert not any("several names" in note for note in graph.notes)


def test_tests_that_only_read_are_no_consumers():
    events = [
        event("load", ["a"], ["b"]), event("check", ["b"], kind="TEST"), event("audit", [], ["c"], kind="test"),
    ]  # fmt: skip
    start = {**event("check", ["b"], kind="TEST"), "eventType": "START"}
    graph = of_text(json.dumps([*events, start]))
    assert {id: role for id, (role, _, _) in roles(graph).items() if id.startswith("job:")} == {
        "job:n:load": "transform", "job:n:audit": "transform",
    }  # fmt: skip
    assert "1 test without outputs: no node" in graph.notes
    assert graph.observed == ()


def test_a_run_that_says_which_tests_it_made_is_a_test():
    test = event("unique", ["b"])
    test["run"]["facets"] = {"test": {"tests": [{"name": "unique", "status": "pass"}]}}
    graph = of_text(json.dumps([event("load", ["a"], ["b"]), test, event("unique", ["b"])]))
    assert [node.id for node in graph.nodes if node.id.startswith("job:")] == ["job:n:load"]


def test_a_dag_that_only_runs_others_is_their_group():
    events = [
        event("dag", kind="DAG", schedule="@hourly"), event("dag.load", ["a"], ["b"], parent="dag"),
        event("lone", kind="DAG"), event("both", ["b"], ["c"]), event("both.sub", ["c"], ["d"], parent="both"),
    ]  # fmt: skip
    nodes = by_id(of_text(json.dumps(events)))
    assert sorted(id for id in nodes if id.startswith("job:")) == [
        "job:n:both",
        "job:n:both.sub",
        "job:n:dag.load",
        "job:n:lone",
    ]
    assert (nodes["job:n:dag.load"].group, nodes["job:n:dag.load"].schedule) == ("n/dag", "@hourly")
    notes = of_text(json.dumps(events)).notes
    assert "1 job without data, known as the parent of others: their group, and no node" in notes
