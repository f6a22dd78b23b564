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


VERSION_1 = """\
db:
  image: postgres:9.4
  volumes: ["./data:/data"]

web:
  build: .
  links:
    - db:database
"""


def test_a_compose_file_of_version_1_has_its_services_at_the_top():
    graph = of_text(VERSION_1, "docker-compose.yml")
    assert edges(graph) == {("db", "web")}
    assert roles(graph)["db"] == ("source", "image `postgres`", True)


@pytest.mark.parametrize(
    "text",
    [
        "name: ci\non: push\njobs:\n  build:\n    runs-on: ubuntu\n",
        "db:\n  image: postgres\nport: 80\n",
        "db:\n  image: [postgres\n",
        "db:\n" + "   \n" * 5_000 + "x: 1\n",
    ],
)
def test_other_yaml_that_speaks_of_images_or_builds_is_none(text):
    with pytest.raises(ImportProblem, match="a kind that is not known"):
        of_text(text, "ci.yml")


def test_what_other_files_hold_is_said_to_be_not_read():
    extended = "  web:\n    extends: {file: common.yaml, service: base}\n"
    text = f"include: [more.yaml]\nservices:\n{extended}  db: {{image: mysql}}\n"
    notes = " ".join(of_text(text, "compose.yaml").notes)
    assert "`include` was not followed" in notes
    assert "`extends` was not followed, in 1 service: web" in notes


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


def test_a_line_of_properties_that_ends_in_a_backslash_goes_on_in_the_next():
    graph = of_text("name=s\nconnector.class=JdbcSinkConnector\ntopics=orders,\\\n   parcels\n", "s.properties")
    assert {edge.source for edge in graph.edges if edge.target.endswith("s")} >= {"topic:orders", "topic:parcels"}
