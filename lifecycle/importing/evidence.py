"""From what files name to what a station is: the products of the field; where none is named, its place in the graph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache

from lifecycle.importing.graph import ImportedEdge, ImportedNode, RoleEvidence
from lifecycle.simulation.model.kinds import Role

# What names speak for: first of products, then of what people call such a place. Of several in one name the first line
# that has one counts: what reads a database into Kafka names all three, and is neither of the two ends.
WORDS: tuple[tuple[Role, str, str], ...] = (
    (
        Role.CONSUMER,
        "kafka-ui akhq kafdrop kafka-manager cmak control-center pgadmin pgadmin4 adminer mongo-express redisinsight",
        "exporter ui",
    ),
    (
        Role.INGESTION,
        "debezium fivetran airbyte stitch singer meltano nifi logstash fluentd fluentbit fluent-bit filebeat "
        "metricbeat telegraf kafka-connect sqoop dlt datastream dms snowpipe firehose",
        "ingest ingestion ingester ingestor extract extractor extraction loader cdc connector scraper crawler "
        "collector poller importer producer",
    ),
    (
        Role.TRANSFORM,
        "dbt spark pyspark flink beam dataflow databricks glue emr dataproc sqlmesh ksqldb ksql kstreams faust airflow "
        "dagster prefect",
        "transform transformer transformation transformations processor processing enrich enrichment aggregate "
        "aggregation etl elt jobmanager taskmanager worker",
    ),
    (
        Role.BUFFER,
        "kafka redpanda pulsar kinesis rabbitmq activemq nats eventhub eventhubs event-hubs pubsub pub/sub sqs sns "
        "mosquitto mqtt redis valkey",
        "queue topic topics stream broker buffer",
    ),
    (
        Role.CONSUMER,
        "looker tableau powerbi power-bi metabase superset grafana redash kibana qlik sigma lightdash quicksight "
        "jupyter jupyterlab mlflow streamlit",
        "dashboard dashboards report reports reporting bi notebook ml analyst analysts email slack alerts alerting "
        "alert consumer frontend",
    ),
    (
        Role.WAREHOUSE,
        "snowflake bigquery redshift synapse clickhouse duckdb motherduck vertica teradata greenplum druid pinot trino "
        "presto athena starrocks doris elasticsearch opensearch",
        "warehouse dwh mart marts gold",
    ),
    (Role.ARCHIVE, "glacier", "archive archives backup backups tape cold-storage"),
    (
        Role.LAKE,
        "s3 minio gcs adls hdfs delta iceberg hudi hive nessie parquet seaweedfs ceph",
        "lake datalake data-lake lakehouse blob bucket object-storage bronze landing",
    ),
    (
        Role.INTERFACE,
        "nginx traefik haproxy envoy kong graphql",
        "api rest webhook webhooks gateway ftp sftp http endpoint",
    ),
    (
        Role.SOURCE,
        "postgres postgresql postgis timescaledb mysql mariadb mssql sqlserver sql-server oracle mongo mongodb "
        "cassandra db2 dynamodb cockroachdb salesforce sap hubspot stripe shopify",
        "crm erp sensor sensors iot device devices source sources database db app users clickstream logs",
    ),
)

BY_SCHEME: dict[Role, str] = {
    Role.BUFFER: "kafka kinesis pulsar eventhub eventhubs pubsub rabbitmq sqs sns mqtt nats redis",
    Role.LAKE: (
        "s3 s3a s3n gs gcs abfss abfs abfsss wasb wasbs adl hdfs file dbfs hive glue iceberg delta nessie oss obs cos "
        "alluxio"
    ),
    Role.WAREHOUSE: (
        "snowflake bigquery redshift databricks synapse sqldw clickhouse duckdb trino presto athena awsathena teradata "
        "vertica unitycatalog exasol spanner druid"
    ),
}  # fmt: skip
# Where one database both feeds a pipeline and takes what it makes.
DATABASES = frozenset({
    "postgres", "postgresql", "mysql", "mariadb", "oracle", "mssql", "sqlserver", "mongodb", "mongo", "cassandra",
    "db2", "dynamodb", "cosmosdb", "azurecosmos", "sqlite", "cockroachdb", "crdb", "jdbc", "oceanbase", "tidb",
})  # fmt: skip


@cache
def _patterns() -> tuple[tuple[Role, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((role, _pattern(products), _pattern(words)) for role, products, words in WORDS)


def _pattern(words: str) -> re.Pattern[str]:
    longest_first = sorted(words.split(), key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, longest_first))})(?![a-z0-9])")


def _lowered(text: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text[:300]).lower().replace("_", " ")


def by_product(text: str) -> Role | None:
    """The role of the product that a name speaks of: `cp-kafka`, `PostgresConnector`; None where it names none."""
    lowered = _lowered(text)
    return next((role for role, products, _ in _patterns() if products.search(lowered)), None)


def by_words(text: str, what: str) -> RoleEvidence | None:
    """What the words of a name speak for; `what` is what the text is, for the reason: `its label`. Always a guess."""
    lowered = _lowered(text)
    for role, products, words in _patterns():
        if match := products.search(lowered) or words.search(lowered):
            return RoleEvidence(role, f"{what} says “{match.group()}”", certain=False)
    return None


def by_scheme(namespace: str, *, produced: bool) -> RoleEvidence | None:
    """What the namespace of a dataset speaks for: `kafka://broker:9092`, `bigquery`; None for an unknown one.

    `produced`: whether a job writes the dataset.
    """
    scheme = re.split(r"[:/]", namespace, maxsplit=1)[0].lower().removeprefix("jdbc:")
    for role, schemes in BY_SCHEME.items():
        if scheme in schemes.split():
            return RoleEvidence(role, f"namespace `{scheme}`")
    if scheme in DATABASES:
        if not produced:
            return RoleEvidence(Role.SOURCE, f"namespace `{scheme}`, and no job writes it")
        return RoleEvidence(Role.WAREHOUSE, f"namespace `{scheme}`, written by a job", certain=False)
    return None


def by_place(id: str, parents: Collection[str], children: Collection[str]) -> RoleEvidence:
    """What is left where nothing names a role: the node's place among the others. Always a guess."""
    if id in parents and id not in children:
        return RoleEvidence(Role.CONSUMER, "nothing follows it", certain=False)
    if id in children and id not in parents:
        return RoleEvidence(Role.SOURCE, "nothing precedes it", certain=False)
    if id in children:
        return RoleEvidence(Role.TRANSFORM, "stands between others", certain=False)
    return RoleEvidence(Role.SOURCE, "joined to nothing", certain=False)


def placed(nodes: Iterable[ImportedNode], edges: Iterable[ImportedEdge]) -> tuple[ImportedNode, ...]:
    """The nodes, those without a reason for their role with one from their place in the graph."""
    edges = tuple(edges)
    with_parents, with_children = {edge.target for edge in edges}, {edge.source for edge in edges}
    return tuple(
        node if node.reason else with_role(node, by_place(node.id, with_parents, with_children)) for node in nodes
    )


def with_role(node: ImportedNode, evidence: RoleEvidence) -> ImportedNode:
    """The node with the role that the evidence speaks for."""
    return replace(node, role=evidence.role, reason=evidence.reason, certain=evidence.certain)
