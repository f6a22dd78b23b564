"""Compose files and Kafka Connect configurations: what is known of an image or a connector's class becomes a role."""

import json

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


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("jdbc:sqlserver://mssql:1433;databaseName=demo;username=sa;password=Admin123", "Jdbc mssql:1433/demo"),
        ("jdbc:sqlserver://mssql:1433;username=sa;password=Secret@1234;", "Jdbc mssql:1433"),
        ("jdbc:oracle:thin:scott/tiger@oracle:1521/XE", "Jdbc oracle:1521/XE"),
        ("jdbc:oracle:thin:@oracle:1521:XE", "Jdbc oracle:1521:XE"),
        ("jdbc:oracle:thin:@//oracle:1521/shop", "Jdbc oracle:1521/shop"),
        ("mongodb+srv://u:pa@ss@cluster0.mongodb.net/db?x=1", "Jdbc cluster0.mongodb.net/db"),
        ("mongodb://u:pa/ss@one:27017,two:27017/db", "Jdbc one:27017"),
        ("amqp://guest:pa;ss@rabbit:5672", "Jdbc"),
        ("jdbc:mysql://${secret}:3306/x", "Jdbc"),
        ("jdbc:mysql://shop/db?password=pa@ss", "Jdbc shop/db"),
    ],
)
def test_of_an_address_only_what_can_be_no_password_is_taken(place, shown):
    graph = of_text(
        json.dumps({"name": "c", "connector.class": "JdbcSinkConnector", "topics": "t", "connection.url": place})
    )
    assert [node.name for node in graph.nodes if node.id.startswith("system:")] == [shown]


def source(**config):
    return {"name": "in", "config": {"connector.class": "io.confluent.connect.jdbc.JdbcSourceConnector", **config}}


@pytest.mark.parametrize(
    ("config", "topics"),
    [
        ({"topic.prefix": "v1_", "table.whitelist": "payment,public.orders"}, ["v1_payment", "v1_orders"]),
        ({"topic.prefix": "MINE", "query": "select 1"}, ["MINE"]),
        ({"topic.prefix": "v1_"}, ["v1_*"]),
    ],
)
def test_a_source_by_jdbc_puts_its_prefix_right_before_a_tables_name(config, topics):
    graph = of_text(json.dumps(source(**config)))
    assert [node.name for node in graph.nodes if node.group == "topics"] == topics


CDC = {"connector.class": "PostgresConnector", "topic.prefix": "cdc", "table.include.list": "shop.orders,shop.users"}
ROUTED = {"transforms": "a,route", "transforms.route.type": "org.apache.kafka.connect.transforms.RegexRouter"}


def out(**config):
    return {"name": "out", "config": {"connector.class": "S3SinkConnector", **config}}


def test_a_sink_that_names_its_topics_by_a_pattern_reads_those_that_it_means():
    both = [{"name": "in", "config": CDC}, out(**{"topics.regex": r"cdc\.shop\..*"})]
    graph = of_text(json.dumps(both))
    assert {edge for edge in edges(graph) if edge[1] == "connector:out"} == {
        ("topic:cdc.shop.orders", "connector:out"), ("topic:cdc.shop.users", "connector:out"),
    }  # fmt: skip
    unknown = of_text(json.dumps([both[0], out(**{"topics.regex": r"web\..*"})]))
    assert (r"topic:web\..*", "connector:out") in edges(unknown)


@pytest.mark.parametrize("pattern", [r"(.*)*x", r"(a+)+$", ".*.*.*.*.*b", "(", "[a-", "a{1,9999}"])
def test_a_pattern_that_could_take_long_is_not_followed(pattern):
    graph = of_text(json.dumps([{"name": "in", "config": CDC}, out(**{"topics.regex": pattern})]))
    assert (f"topic:{pattern}", "connector:out") in edges(graph)


def test_topics_that_a_source_renames_bear_their_new_name_or_a_note():
    route = {"transforms.route.regex": r"([^.]+)\.([^.]+)\.([^.]+)", "transforms.route.replacement": "new_$3"}
    graph = of_text(json.dumps({"name": "in", "config": CDC | ROUTED | route}))
    assert [node.name for node in graph.nodes if node.group == "topics"] == ["new_orders", "new_users"]
    odd = of_text(json.dumps({"name": "in", "config": CDC | ROUTED | route | {"transforms.route.regex": "(?<x>.*)"}}))
    assert [node.name for node in odd.nodes if node.group == "topics"] == ["cdc.shop.orders", "cdc.shop.users"]
    assert "in renames its topics by a pattern that was not followed" in odd.notes


@pytest.mark.parametrize(
    ("image", "role", "certain"),
    [
        ("debezium/zookeeper", "ingestion", False),
        ("danielqsj/kafka-exporter", "consumer", False),
        ("oliver006/redis_exporter", "consumer", False),
        ("landoop/kafka-topics-ui", "consumer", False),
        ("confluentinc/cp-kafka-rest", "buffer", False),
        ("grafana/loki", "consumer", False),
        ("minio/mc", "lake", False),
        ("prodrigestivill/postgres-backup-local", "archive", False),
        ("provectuslabs/kafka-ui", "consumer", True),
        ("clickhouse/clickhouse-server:24", "warehouse", True),
        ("ghcr.io/dbt-labs/dbt-postgres", "transform", True),
        ("confluentinc/cp-kafka-connect", "ingestion", True),
    ],
)
def test_a_role_is_sure_where_the_image_is_the_product_itself(image, role, certain):
    graph = of_text(f"services:\n  one: {{image: '{image}'}}\n", "compose.yaml")
    assert roles(graph)["one"][::2] == (role, certain)
