"""Airflow DAG files: read by their syntax, never run."""

import pytest

from lifecycle.importing import ImportProblem, read_paths
from tests.importing.reads import by_id, edges, of_text, read, roles


def test_a_file_with_every_way_to_make_tasks_is_read_and_not_run():
    graph = read("dag.txt")
    assert edges(graph) == {
        ("nightly.start", "nightly.load.copy_orders"),
        ("nightly.start", "nightly.load.copy_users"),
        ("nightly.load.copy_orders", "nightly.load.check_0"),
        ("nightly.load.copy_users", "nightly.load.check_1"),
        ("nightly.load.check_0", "nightly.mail"),
        ("nightly.load.check_1", "nightly.mail"),
        ("nightly.start", "nightly.archive_logs"),
        ("nightly.mail", "nightly.archive_logs"),
        ("old.abc", "old.y"),
        ("old.abc", "old.z"),
        ("old.z", "old.dyn_{table}"),
        ("flows.pull", "flows.turn"),
        ("flows.turn", "flows.publish.write"),
        ("flows.turn", "flows.publish.write__1"),
        ("flows.publish.write", "flows.publish.tell"),
        ("flows.publish.write__1", "flows.publish.tell"),
        ("flows.extract", "flows.turn__1"),
        ("flows.pull", "flows.turn__1"),
    }
    assert len(graph.nodes) == 18
    assert any("old.dyn_{table}" in note for note in graph.notes)


def test_schedules_owners_groups_and_texts_are_kept():
    nodes = by_id(read("dag.txt"))
    copy = nodes["nightly.load.copy_orders"]
    assert (copy.name, copy.group, copy.schedule) == ("load.copy_orders", "nightly/load", "0 2 * * *")
    assert (copy.owner, copy.tags) == ("sales", ("shop",))
    assert nodes["old.y"].schedule == "timedelta(hours=1)"
    assert nodes["flows.pull"].description == "Fetch a day."


def test_operators_and_names_give_roles():
    shown = roles(read("dag.txt"))
    assert shown["nightly.load.copy_orders"] == ("ingestion", "operator `S3ToRedshiftOperator` moves data", True)
    assert shown["nightly.mail"] == ("consumer", "operator `EmailOperator` tells people", True)
    assert shown["nightly.archive_logs"][::2] == ("archive", False)
    assert shown["nightly.start"] == ("transform", "task by `BashOperator`", False)


PRODUCER = """\
from airflow import DAG, Dataset
orders = Dataset("s3://lake/orders")
with DAG("fetch", schedule="@daily"):
    XOperator(task_id="get") >> XOperator(task_id="put", outlets=[orders])
"""
CONSUMER = """\
from airflow.sdk import DAG, Asset, task
orders, rates = Asset(uri="s3://lake/orders", name="orders"), Asset("rates")
with DAG("sum", schedule=orders & rates):
    first = XOperator(task_id="first")
    first >> XOperator(task_id="second", outlets=orders)
    XOperator(task_id="beside", inlets=[rates])
"""


def test_data_stands_between_the_task_that_writes_it_and_the_dag_that_waits_for_it():
    assert edges(of_text(PRODUCER, "a.py")) == {("fetch.get", "fetch.put"), ("fetch.put", "dataset:s3://lake/orders")}
    graph = of_text(CONSUMER, "b.py")
    assert edges(graph) == {
        ("dataset:s3://lake/orders", "sum.first"),
        ("dataset:rates", "sum.first"),
        ("dataset:s3://lake/orders", "sum.beside"),
        ("dataset:rates", "sum.beside"),
        ("sum.first", "sum.second"),
        ("sum.second", "dataset:s3://lake/orders"),
    }
    shown = roles(graph)
    assert shown["dataset:s3://lake/orders"] == ("lake", "namespace `s3`", True)
    assert shown["dataset:rates"] == ("source", "data that no task writes", False)


def test_two_files_that_speak_of_one_dataset_are_one_graph(tmp_path):
    (tmp_path / "a.py").write_text(PRODUCER, encoding="utf-8")
    (tmp_path / "b.py").write_text(CONSUMER, encoding="utf-8")
    graph = read_paths([tmp_path])
    assert {("fetch.put", "dataset:s3://lake/orders"), ("dataset:s3://lake/orders", "sum.first")} <= edges(graph)
    assert [node.id for node in graph.nodes].count("dataset:s3://lake/orders") == 1


@pytest.mark.parametrize(
    "schedule",
    [
        "[Dataset('s3://x')]",
        "Dataset('s3://x') | Dataset('s3://y')",
        "DatasetAny(Dataset('s3://x'), Dataset('s3://y'))",
        "AssetOrTimeSchedule(timetable=CronTriggerTimetable('0 1 * * *'), assets=[Asset('s3://x')])",
        "[Asset(uri=uri) for uri in ['s3://x']]",
    ],
)
def test_every_way_to_wait_for_data_is_read(schedule):
    text = f"from airflow import DAG\n@dag(schedule={schedule})\ndef d():\n    XOperator(task_id='a')\nd()\n"
    assert ("dataset:s3://x", "d.a") in edges(of_text(text, "d.py"))


ASSETS = """\
from airflow.sdk import Asset, asset, task
@asset(schedule="@daily", uri="s3://lake/orders")
def orders(context):
    "All orders of the day."
@asset(schedule=orders)
def revenue(self, orders, rates): ...
@asset.multi(schedule=None, outlets=[Asset("by_day"), Asset("by_shop")])
def report(revenue): ...
"""


def test_a_function_that_is_an_asset_is_data_with_the_task_that_makes_it():
    graph = of_text(ASSETS, "a.py")
    assert edges(graph) == {
        ("orders.orders", "dataset:s3://lake/orders"),
        ("dataset:s3://lake/orders", "revenue.revenue"),
        ("dataset:rates", "revenue.revenue"),
        ("revenue.revenue", "dataset:revenue"),
        ("dataset:revenue", "report.report"),
        ("report.report", "dataset:by_day"),
        ("report.report", "dataset:by_shop"),
    }
    (made,) = [node for node in graph.nodes if node.id == "orders.orders"]
    assert (made.name, made.schedule, made.description) == ("orders", "@daily", "All orders of the day.")
    assert roles(graph)["dataset:s3://lake/orders"] == ("lake", "namespace `s3`", True)


def test_what_is_made_within_a_teardown_stands_between_its_setup_and_itself():
    body = """
from airflow import DAG
with DAG("d"):
    up = XOperator(task_id="up")
    down = XOperator(task_id="down")
    with down.as_teardown(setups=up):
        XOperator(task_id="a") >> XOperator(task_id="b")
"""
    assert edges(of_text(body, "d.py")) == {
        ("d.up", "d.down"),
        ("d.up", "d.a"),
        ("d.a", "d.b"),
        ("d.b", "d.down"),
    }


HEAD = "from airflow import DAG\n"


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        ("a = XOperator(task_id='a')\nb = XOperator(task_id='b')\na >> b", "ab"),
        ("a = XOperator('a')\nb = XSensor('b')\nb << a", "ab"),
        ("[XOperator(task_id='a'), XOperator(task_id='b')] >> XOperator(task_id='c')", "ac bc"),
        ("t = {n: XOperator(task_id=n) for n in ['a', 'b']}\nt['a'] >> t['b']", "ab"),
        ("ts = [XOperator(task_id=f'{n}') for n in 'a b c'.split(' ')]\nchain(*ts)", "ab bc"),
        ("ts = []\nfor n in ('a', 'b'):\n  ts.append(XOperator(task_id=n))\nts[0].set_downstream(ts[1])", "ab"),
        ("a, b, c, d = [XOperator(task_id=n) for n in ('a', 'b', 'c', 'd')]\nchain([a, b], [c, d])", "ac bd"),
        ("def make(n):\n  return XOperator(task_id=n)\nmake('a') >> make('b')", "ab"),
        ("a = XOperator.partial(task_id='a').expand(x=[1])\nXOperator(task_id='b', x=a.output)", "ab"),
        ("if FLAG:\n  a = XOperator(task_id='a')\n  a >> XOperator(task_id='b')", "ab"),
        ("try:\n  XOperator(task_id='a') >> XOperator(task_id='b')\nexcept E:\n  pass", "ab"),
        ("from airflow.decorators import task\n@task.branch\ndef a(): ...\na() >> XOperator(task_id='b')", "ab"),
        ("@sdk.task.bash(x=1)\ndef a(): ...\n@sdk.task\ndef b(x): ...\nb.override(task_id='c')(a())", "ac"),
        ("@task\ndef a(): ...\n@task\ndef b(x): ...\nb(a())", "ab"),
    ],
)  # fmt: skip
def test_each_way_to_join_tasks(body, joined):
    assert edges(of_text(HEAD + body)) == {(pair[0], pair[1]) for pair in joined.split()}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("x = = 1", [":2: ", "not Python"]),
        ("x = 1", ["no task of a DAG in it"]),
        ("x = 'a\0b'", ["not Python"]),
        ("x = " + "(" * 5000, ["not Python"]),
        ("x = " + "-" * 20_000 + "1", [""]),
        ("x = 1" + "+1" * 5_000 + "\nXOperator(task_id='a')", [""]),
        ("for a in range(999):\n for b in range(999):\n  XOperator(task_id='x')", ["too many tasks"]),
        ("def f():\n  g()\n  g()\ndef g():\n  f()\n  f()\nf()", ["no task", "too many"]),
    ],
)  # fmt: skip
def test_what_is_no_dag_file_is_one_line(body, words):
    with pytest.raises(ImportProblem) as problem:
        of_text(HEAD + body, "dag.py")
    text = str(problem.value)
    assert "\n" not in text
    assert any(word in text for word in words)
