"""Compose files and Kafka Connect configurations: what is known of an image or a connector's class becomes a role."""

import pytest

from lifecycle.importing import ImportProblem
from tests.importing.reads import edges, of_text, read, roles


def test_services_and_what_they_wait_for():
    graph = read("compose.yaml")
    assert [node.id for node in graph.nodes] == ["db", "broker", "connect", "scheduler", "orders-api", "board", "odd"]
    assert edges(graph) == {
        ("broker", "connect"), ("db", "connect"), ("db", "scheduler"), ("broker", "orders-api"), ("db", "board"),
    }  # fmt: skip
    assert {node.group for node in graph.nodes} == {"shop"}
    assert any("look at the directions" in note for note in graph.notes)
    assert any("gone" in note for note in graph.notes)


def test_known_images_are_roles_and_the_rest_is_guessed():
    shown = roles(read("compose.yaml"))
    assert shown["db"] == ("source", "image `postgres`", True)
    assert shown["broker"] == ("buffer", "image `registry.test:5000/confluentinc/cp-kafka`", True)
    assert shown["connect"] == ("ingestion", "image `debezium/connect`", True)
    assert shown["scheduler"] == ("transform", "image `apache/airflow`", True)
    assert shown["board"] == ("consumer", "image `apache/superset`", True)
    assert shown["orders-api"] == ("interface", "its name says “api”", False)
    assert not shown["odd"][2]


BOMB = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(f"b{n}: &a [{'*a,' * 8}]\n" for n in range(9)) + "services: *a\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("services:\n  a: {image: x\n", ["not YAML"]),
        ("services: []\n", ["no service in it"]),
        ("services:\n", ["no service in it"]),
        ("services:\n\ta: b\n", [":2: ", "a tab in YAML"]),
        (BOMB, ["more than 20,000 values"]),
        ("services:\n  a: " + "[" * 50 + "]" * 50, ["nested more than"]),
    ],
)  # fmt: skip
def test_a_faulty_compose_file_is_one_line(text, words):
    with pytest.raises(ImportProblem) as problem:
        of_text(text, "compose.yaml")
    for word in ["compose.yaml", *words]:
        assert word in str(problem.value)


def test_connectors_topics_and_systems_are_one_graph():
    graph = read("connectors.json", "sink.properties")
    assert edges(graph) == {
        ("system:Postgres db", "connector:shop-cdc"),
        ("connector:shop-cdc", "topic:shop.public.orders"),
        ("connector:shop-cdc", "topic:shop.public.users"),
        ("topic:shop.public.orders", "connector:to-lake"),
        ("topic:clicks", "connector:to-lake"),
        ("connector:to-lake", "system:S3 lake"),
        ("topic:clicks", "connector:to-pg"),
        ("connector:to-pg", "system:Jdbc mart:5432/shop"),
    }
    shown = roles(graph)
    assert shown["connector:shop-cdc"] == ("ingestion", "connector `PostgresConnector`", True)
    assert shown["topic:clicks"] == ("buffer", "topic of Kafka", True)
    assert shown["system:Postgres db"][::2] == ("source", True)
    assert shown["system:S3 lake"][::2] == ("lake", True)
    assert shown["system:Jdbc mart:5432/shop"][::2] == ("warehouse", False)
    assert "secret" not in str(graph)


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "c", "config": {"connector.class": "x.FileStreamSource", "topic": "t"}}',
        '{"name": "c", "connector.class": "x.FileStreamSource", "topic": "t"}',
        '{"c": {"info": {"name": "c", "config": {"connector.class": "FileStreamSource", "name": "c", "topic": "t"}}}}',
        "name=c\nconnector.class=FileStreamSource\ntopic=t\n",
        "apiVersion: kafka.strimzi.io/v1\nkind: KafkaConnector\nmetadata: {name: c}\n"
        "spec: {class: FileStreamSource, config: {topic: t}}\n---\nkind: Secret\n",
    ],
)
def test_a_configuration_is_read_in_every_form(text):
    joined = edges(of_text(text))
    assert ("connector:c", "topic:t") in joined
    assert len(joined) == 2
