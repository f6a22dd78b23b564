"""dbt's artefacts: which entries are nodes, whose parents they get, and what is kept of each."""

import json

import pytest

from lifecycle.importing import ImportProblem, Observation, read_files
from lifecycle.importing.opening import NamedBytes
from tests.importing.reads import FIXTURES, by_id, edges, of_text, read, roles

MANIFEST = json.loads((FIXTURES / "target" / "manifest.json").read_text(encoding="utf-8"))
EDGES = {
    ("source.shop.crm.orders", "model.shop.stg_orders"),
    ("source.shop.crm.orders", "snapshot.shop.orders_history"),
    ("source.pay.bank.transfers", "model.pay.payments"),
    ("model.shop.stg_orders", "model.shop.orders.v2"),
    ("model.pay.payments", "model.shop.orders.v2"),
    ("seed.shop.countries", "model.shop.orders.v2"),
    ("model.shop.orders.v2", "semantic_model.shop.orders"),
    ("semantic_model.shop.orders", "metric.shop.revenue"),
    ("model.shop.orders.v2", "exposure.shop.weekly"),
    ("metric.shop.revenue", "exposure.shop.weekly"),
}


def manifest(**changes):
    return json.dumps({**MANIFEST, **changes})


def test_nodes_are_what_dbt_builds_and_what_stands_at_the_ends():
    graph = read("target/manifest.json")
    assert {node.id for node in graph.nodes} == {end for edge in EDGES for end in edge}
    assert (len(graph.nodes), len(graph.edges)) == (10, 10)


def test_parents_of_ephemeral_models_become_parents_of_their_children():
    graph = read("target/manifest.json")
    assert edges(graph) == EDGES
    assert "2 ephemeral models: folded into what reads it" in graph.notes
    assert "1 saved query: no node" in graph.notes
    assert "1 analysis: no node" in graph.notes


def test_a_parent_map_that_is_there_counts_before_the_entries():
    graph = of_text(manifest(parent_map={"model.shop.stg_orders": ["source.pay.bank.transfers"]}))
    assert ("source.pay.bank.transfers", "model.shop.stg_orders") in edges(graph)
    assert ("source.shop.crm.orders", "model.shop.stg_orders") not in edges(graph)
    assert ("source.shop.crm.orders", "snapshot.shop.orders_history") in edges(graph)


def test_an_old_manifest_without_metadata_is_read_as_far_as_it_goes():
    graph = read("old_manifest.json")
    assert {node.id for node in graph.nodes} == {"model.old.clean", "model.old.report", "source.old.app.users"}
    assert edges(graph) == {("source.old.app.users", "model.old.clean"), ("model.old.clean", "model.old.report")}
    assert by_id(graph)["model.old.clean"].tests == ("not_null",)
    assert any("model.old.lost" in note for note in graph.notes)
    neither = of_text('{"nodes": {"model.a.b": {"name": "b"}, "model.a.c": {"resource_type": "model"}}}')
    assert ([node.name for node in neither.nodes], neither.edges) == (["b", "c"], ())


def test_roles_come_with_their_reasons():
    shown = roles(read("target/manifest.json"))
    assert shown["source.shop.crm.orders"] == ("source", "source in schema `raw_crm`", True)
    assert shown["seed.shop.countries"][0] == "source"
    assert shown["model.shop.orders.v2"] == ("transform", "model, built as incremental", True)
    assert shown["snapshot.shop.orders_history"][0] == "transform"
    assert shown["exposure.shop.weekly"] == ("consumer", "exposure of type dashboard", True)
    assert shown["semantic_model.shop.orders"][::2] == ("warehouse", False)
    assert shown["metric.shop.revenue"][::2] == ("warehouse", False)


def test_texts_owners_groups_and_rules_are_kept():
    nodes = by_id(read("target/manifest.json"))
    staged, source = nodes["model.shop.stg_orders"], nodes["source.shop.crm.orders"]
    assert staged.description == "One row an order .\nCleaned."
    assert (staged.group, staged.owner, staged.tags) == ("shop/staging", "@sales", ("nightly",))
    assert staged.tests == ("unique(order_id)",)
    assert staged.meta == (("owner", "@sales"),)
    assert (source.group, source.name, source.freshness_s) == ("shop/crm", "crm.orders", 86_400.0)
    assert source.owner == "ann@shop.test, bob@shop.test"
    assert nodes["source.pay.bank.transfers"].freshness_s is None
    assert nodes["exposure.shop.weekly"].owner == "Cleo"
    orders = nodes["model.shop.orders.v2"]
    assert (orders.name, orders.owner, orders.tests) == ("orders.v2", "finance@shop.test", ("relationships(country)",))


def test_catalog_runs_and_freshness_beside_it_are_joined():
    graph = read("target")
    nodes = by_id(graph)
    columns = nodes["model.shop.stg_orders"].columns
    assert [(column.name, column.description, column.kind) for column in columns] == [
        ("ORDER_ID", "The key.", "NUMBER"),
        ("COUNTRY", "Two letters.", "TEXT"),
    ]
    assert nodes["source.shop.crm.orders"].age_s == 3600.0
    assert (nodes["source.pay.bank.transfers"].age_s, nodes["source.pay.bank.transfers"].freshness_s) == (90.5, 1800.0)
    assert graph.observed == (
        Observation("model.shop.stg_orders", 1714528800.25, 2.5, "success", threads=2),
        Observation("model.shop.orders.v2", 1714528803.0, 6.0, "error", threads=2),
    )
    assert edges(graph) == EDGES
    assert any(
        "1 file passed over: semantic_manifest.json (JSON of a kind that is not known)" in note for note in graph.notes
    )


def test_many_run_results_are_all_observed():
    runs = (FIXTURES / "target" / "run_results.json").read_bytes()
    graph = read_files([NamedBytes("m", manifest().encode()), NamedBytes("a", runs), NamedBytes("b", runs)])
    assert len(graph.observed) == 4


def runs_of(*ids, thread="Thread-1"):
    timing = [{"name": "execute", "started_at": "2026-05-01T02:00:00Z"}]
    rows = [
        {"unique_id": id, "status": "success", "execution_time": 1.0, "timing": timing, "thread_id": thread}
        for id in ids
    ]
    return {"results": rows, "args": {}}


@pytest.mark.parametrize(
    ("ids", "notes"),
    [
        (["test.shop.x", "unit_test.shop.orders.works", "operation.shop.shop-on-run-end-0"], []),
        (["saved_query.shop.q", "analysis.shop.a", "function.shop.f", "sql_operation.shop.s"], []),
        (["model.shop.tidy", "model.shop.off", "seed.shop.old"], []),  # ephemeral, disabled, and disabled elsewhere
        (
            ["model.shop.gone", "snapshot.shop.gone", "model.shop.gone"],
            ["runs of 2 nodes that the graph does not have"],
        ),
    ],
)
def test_runs_of_what_is_left_out_on_purpose_are_not_told(ids, notes):
    nodes = {
        **MANIFEST["nodes"],
        "model.shop.tidy": {"resource_type": "model", "config": {"materialized": "ephemeral"}},
        "model.shop.off": {"resource_type": "model", "config": {"enabled": False}},
    }
    text = manifest(nodes=nodes, disabled={"seed.shop.old": [{}]})
    files = [NamedBytes("m", text.encode()), NamedBytes("r", json.dumps(runs_of(*ids)).encode())]
    graph = read_files(files)
    assert [note for note in graph.notes if note.startswith("runs of")] == notes
    assert graph.observed == ()


def test_runs_of_two_projects_are_told_by_neither():
    runs = json.dumps(runs_of("model.old.clean", "model.shop.stg_orders")).encode()
    old = NamedBytes("old", (FIXTURES / "old_manifest.json").read_bytes())
    graph = read_files([NamedBytes("m", manifest().encode()), old, NamedBytes("r", runs)])
    assert len(graph.observed) == 2
    assert not any(note.startswith("runs of") for note in graph.notes)


@pytest.mark.parametrize(
    ("hook", "thread", "threads"),
    [("operation.shop.hook", "MainThread", 1), ("operation.shop.hook", "main", 1), ("model.pay.payments", "main", 1)],
)
def test_a_hook_runs_in_no_thread(hook, thread, threads):
    rows = [*runs_of("model.shop.stg_orders")["results"], *runs_of(hook, thread=thread)["results"]]
    files = [NamedBytes("m", manifest().encode()), NamedBytes("r", json.dumps({"results": rows}).encode())]
    assert read_files(files).observed[0].threads == threads


@pytest.mark.parametrize("seconds", ["1e999", "1" + "0" * 400, "true", '"2"', "-1"])
def test_a_run_whose_duration_is_no_number_that_can_be_counted_with_is_passed_over(seconds):
    runs = (FIXTURES / "target" / "run_results.json").read_text(encoding="utf-8")
    first = json.loads(runs)["results"][0]
    text = json.dumps({**json.loads(runs), "results": [{**first, "execution_time": "SECONDS"}]})
    files = [NamedBytes("run_results.json", text.replace('"SECONDS"', seconds).encode())]
    manifest = NamedBytes("manifest.json", (FIXTURES / "target" / "manifest.json").read_bytes())
    assert read_files([manifest, *files]).observed == ()


@pytest.mark.parametrize("name", ["catalog", "run_results", "sources"])
def test_what_draws_no_graph_alone_is_refused_by_name(name):
    with pytest.raises(ImportProblem, match=rf"^{name}\.json: .*dbt.*; give manifest\.json with it$"):
        read(f"target/{name}.json")


def test_a_catalog_without_metadata_is_still_no_manifest():
    catalog = json.loads((FIXTURES / "target" / "catalog.json").read_text(encoding="utf-8"))
    del catalog["metadata"]
    with pytest.raises(ImportProblem, match="a dbt catalog"):
        of_text(json.dumps(catalog), "manifest.json")


def test_a_project_that_comes_round_is_refused_with_its_cycle():
    parents = {"model.shop.stg_orders": ["model.shop.orders.v2"]}
    with pytest.raises(ImportProblem, match=r"the graph comes round: (stg_orders → orders.v2|orders.v2 → stg_orders)"):
        of_text(manifest(parent_map=parents))


def test_ephemeral_models_that_come_round_end():
    hidden = {f"model.a.{name}": {"config": {"materialized": "ephemeral"}} for name in "ab"}
    nodes = {**hidden, "model.a.c": {"config": {}}}
    parents = {"model.a.a": ["model.a.b"], "model.a.b": ["model.a.a"], "model.a.c": ["model.a.a"]}
    graph = of_text(json.dumps({"nodes": nodes, "parent_map": parents}))
    assert (len(graph.nodes), graph.edges) == (1, ())


def test_no_text_of_a_file_is_html_or_half_a_character():
    half, tag = "model.a.x\ud83dy", "model.a.<script>"
    graph = of_text(json.dumps({"nodes": {half: {"name": "x\ud83d\u202ey"}, tag: {"description": "&lt;script&gt;1"}}}))
    assert [(node.id, node.name) for node in graph.nodes] == [
        ("model.a.xy", "xy"),
        ("model.a.‹script›", "‹script›"),
    ]
    assert graph.nodes[1].description == ""


@pytest.mark.parametrize("strange", [None, 7, "x", [], [None], {"a": None}, [[]]])
@pytest.mark.parametrize("field", ["depends_on", "config", "columns", "tags", "meta", "owner", "resource_type", "name"])
def test_a_field_of_another_kind_never_breaks_a_manifest(field, strange):
    nodes = {**MANIFEST["nodes"]}
    nodes["model.shop.stg_orders"] = {**nodes["model.shop.stg_orders"], field: strange}
    graph = of_text(manifest(nodes=nodes))
    assert len(graph.nodes) >= 9
