"""Stores of every version keep their rows and become what this version uses."""

import json
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from lifecycle.cli.tethers import ends_with_us
from lifecycle.storage import VERSION, AnswerRow, Drafts, PredictionScore, StoreError, engines, schema
from tests.storage.store_writing import WRITER, answer
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("storage")  # one cluster for all of them
VERSION_1 = """
CREATE TABLE answers (id INTEGER PRIMARY KEY, submission TEXT NOT NULL UNIQUE, learner TEXT NOT NULL,
    place TEXT NOT NULL, question TEXT NOT NULL, right INTEGER NOT NULL, answer TEXT NOT NULL, at_s REAL NOT NULL);
CREATE INDEX answers_by_learner ON answers (learner, id);
CREATE TABLE predictions (id INTEGER PRIMARY KEY, submission TEXT NOT NULL UNIQUE, learner TEXT NOT NULL,
    points INTEGER NOT NULL, possible INTEGER NOT NULL, at_s REAL NOT NULL);
CREATE INDEX predictions_by_learner ON predictions (learner, id);
INSERT INTO answers VALUES (1, 's1', 'ada', 'lake', 'q1', 1, '[0]', 5.0);
INSERT INTO predictions VALUES (1, 'p1', 'ada', 3, 4, 5.0)
"""
# As they were written when versions 2 to 6 came out; {id} is INTEGER in SQLite, SERIAL in PostgreSQL,
# {bytes} BLOB or BYTEA.
VERSION_2 = """
CREATE TABLE answers (id {id} NOT NULL, submission VARCHAR(100) NOT NULL, learner VARCHAR(100) NOT NULL,
    place TEXT NOT NULL, question TEXT NOT NULL, "right" BOOLEAN NOT NULL, answer TEXT NOT NULL, at_s FLOAT NOT NULL,
    confidence INTEGER, variant TEXT DEFAULT '' NOT NULL, PRIMARY KEY (id), UNIQUE (submission));
CREATE INDEX answers_by_learner ON answers (learner, id);
CREATE TABLE drills (id {id} NOT NULL, submission VARCHAR(100) NOT NULL, learner VARCHAR(100) NOT NULL,
    drill TEXT NOT NULL, level INTEGER NOT NULL, stage_right BOOLEAN NOT NULL, cause_right BOOLEAN NOT NULL,
    remedy_right BOOLEAN NOT NULL, hints INTEGER NOT NULL, points INTEGER NOT NULL, at_s FLOAT NOT NULL,
    PRIMARY KEY (id), UNIQUE (submission));
CREATE INDEX drills_by_learner ON drills (learner, id);
CREATE TABLE predictions (id {id} NOT NULL, submission VARCHAR(100) NOT NULL, learner VARCHAR(100) NOT NULL,
    points INTEGER NOT NULL, possible INTEGER NOT NULL, at_s FLOAT NOT NULL, PRIMARY KEY (id), UNIQUE (submission));
CREATE INDEX predictions_by_learner ON predictions (learner, id);
INSERT INTO answers (submission, learner, place, question, "right", answer, at_s)
    VALUES ('s1', 'ada', 'lake', 'q1', true, '[0]', 5.0);
INSERT INTO predictions (submission, learner, points, possible, at_s) VALUES ('p1', 'ada', 3, 4, 5.0)
"""
VERSION_3 = f"""{VERSION_2};
CREATE TABLE classes (id {{id}} NOT NULL, code VARCHAR(20) NOT NULL, secret_hash VARCHAR(64) NOT NULL,
    created_s FLOAT NOT NULL, expires_s FLOAT NOT NULL, state TEXT NOT NULL, talk TEXT NOT NULL,
    PRIMARY KEY (id), UNIQUE (code));
CREATE TABLE votes (id {{id}} NOT NULL, submission VARCHAR(100) NOT NULL, class_id INTEGER NOT NULL,
    poll TEXT NOT NULL, round INTEGER NOT NULL, phone VARCHAR(100) NOT NULL, ballot TEXT NOT NULL,
    at_s FLOAT NOT NULL, PRIMARY KEY (id), UNIQUE (submission), FOREIGN KEY(class_id) REFERENCES classes (id));
CREATE INDEX votes_by_class ON votes (class_id, id)
"""
VERSION_4 = f"""{VERSION_3};
ALTER TABLE classes ADD COLUMN pressed TEXT DEFAULT '{{}}' NOT NULL;
ALTER TABLE classes ADD COLUMN moves INTEGER DEFAULT 0 NOT NULL;
CREATE TABLE phones_around (class_id INTEGER NOT NULL REFERENCES classes (id), replica VARCHAR(32) NOT NULL,
    phones TEXT NOT NULL, at_s FLOAT NOT NULL, PRIMARY KEY (class_id, replica))
"""
VERSION_5 = f"""{VERSION_4};
CREATE TABLE uploads (name VARCHAR(40) NOT NULL PRIMARY KEY, moments {{bytes}} NOT NULL, used_s FLOAT NOT NULL);
CREATE TABLE uploaders (name VARCHAR(40) NOT NULL REFERENCES uploads (name), learner VARCHAR(100) NOT NULL,
    PRIMARY KEY (name, learner));
CREATE INDEX uploaders_by_learner ON uploaders (learner)
"""
VERSION_6 = f"""{VERSION_5};
CREATE TABLE lessons (id {{id}} NOT NULL, submission VARCHAR(100) NOT NULL, learner VARCHAR(100) NOT NULL,
    lesson TEXT NOT NULL, step INTEGER NOT NULL, done BOOLEAN NOT NULL, guess FLOAT, at_s FLOAT NOT NULL,
    PRIMARY KEY (id), UNIQUE (submission));
CREATE INDEX lessons_by_learner ON lessons (learner, id)
"""
OLD = {1: VERSION_1, 2: VERSION_2, 3: VERSION_3, 4: VERSION_4, 5: VERSION_5, 6: VERSION_6}


def as_it_was(store, version):
    """Make the store's database what it was at a version, by the SQL of that time, with an answer and a prediction."""
    if version == 1 and isinstance(store.where, str):
        pytest.skip("version 1 was never released for PostgreSQL")
    if isinstance(store.where, Path):
        store.where.parent.mkdir()
    engine = sa.create_engine(store.url)
    lite = engine.dialect.name == "sqlite"
    numbered = (
        f"PRAGMA user_version = {version}",
        "CREATE TABLE headwaters_version (version INTEGER NOT NULL)",
        f"INSERT INTO headwaters_version VALUES ({version})",
    )
    with engine.begin() as db:
        for statement in OLD[version].split(";"):
            words = statement.replace("{id}", "INTEGER" if lite else "SERIAL")
            db.exec_driver_sql(words.replace("{bytes}", "BLOB" if lite else "BYTEA"))
        for statement in numbered[:1] if lite else numbered[1:]:
            db.exec_driver_sql(statement)
    engine.dispose()


def columns_of(url):
    """Of each table its columns with whether they may be empty, and its indexes with their columns."""
    engine = sa.create_engine(url)
    inspector = sa.inspect(engine)
    found = {
        table: (
            {column["name"]: column["nullable"] for column in inspector.get_columns(table) if column["name"] != "id"},
            {index["name"]: index["column_names"] for index in inspector.get_indexes(table) if not index["unique"]},
        )
        for table in inspector.get_table_names()
        if table != "headwaters_version"
    }
    engine.dispose()
    return found


TODAYS = {
    table.name: (
        {column.name: column.nullable for column in table.c if column.name != "id"},
        {index.name: [column.name for column in index.columns] for index in table.indexes},
    )
    for table in schema.META.sorted_tables
}


@pytest.mark.parametrize("version", [0, *OLD])
def test_every_old_store_keeps_its_rows_and_becomes_what_this_version_uses(store, version):
    if version:
        as_it_was(store, version)
        assert store.answers("ada") == (AnswerRow("lake", "q1", True, "[0]", 5.0),)
        assert store.prediction_score("ada") == PredictionScore(3, 4, 1)
    answer(store)  # the submission that is there already
    answer(store, "s2")
    assert len(store.answers("ada")) == 2
    assert store.drills("ada") == ()
    Drafts(store.where).begin("ada", "Ours", "{}", "[]")
    assert [head.name for head in Drafts(store.where).heads("ada")] == ["Ours"]
    assert columns_of(store.url) == TODAYS


EXPORTED = {
    "format": "headwaters-progress",
    "version": 1,
    "answers": [{"submission": "x", "place": "lake", "question": "q", "right": True, "answer": "[0]", "at_s": 5.0}],
}
NEXT_VERSION = """
import json, sys
from pathlib import Path
from sqlalchemy import Column, Text
from lifecycle.storage import AnswerRow, Classes, DrillRow, schema, Store

tables = schema.META.sorted_tables
for table in tables:
    table.append_column(Column("mood", Text, nullable=False, server_default="calm"))
schema.VERSION += 1
schema.STEPS[schema.VERSION] = lambda db: [
    db.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN mood TEXT DEFAULT 'calm' NOT NULL") for table in tables
]
where = sys.argv[1]
store = Store(where if "://" in where else Path(where))
store.add_answer("later", "ada", AnswerRow("lake", "q2", True, "[0]"))
store.add_drill("d", "ada", DrillRow("17", 2, True, False, True, 1, 60))
Classes(store.where).start("CODE", "hash", 1.0, "{}", "{}")
print(json.dumps([store.export("ada"), store.bring_in("bob", json.loads(sys.argv[2]))]))
"""


@pytest.mark.parametrize("version", [0, *OLD])
def test_the_next_version_can_add_a_column_to_every_table_of_every_store(store, version):
    if version:
        as_it_was(store, version)
    exported = json.dumps(EXPORTED)
    command = [sys.executable, "-c", NEXT_VERSION, str(store.where), exported]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told, brought = json.loads(done.stdout)
    assert [row["mood"] for row in told["answers"]] == ["calm"] * (2 if version else 1)
    assert [row["submission"] for row in told["answers"]] == ["s1", "later"][0 if version else 1 :]
    assert [row["mood"] for row in told["drills"]] == ["calm"]
    assert brought == 1  # an export from before the column
    found = columns_of(store.url)
    assert {table: columns | {"mood": False} for table, (columns, _) in TODAYS.items()} == {
        table: columns for table, (columns, _) in found.items()
    }
    with pytest.raises(StoreError, match="newer"):
        answer(store)


@pytest.mark.parametrize("version", [0, *OLD])
def test_several_servers_that_start_at_once_make_one_store(store, version):
    if version:
        as_it_was(store, version)
    # each writes once: the others, writing without end, would keep the file from one that comes later
    commands = [[sys.executable, "-c", WRITER, str(store.where), f"w{n}", "1"] for n in range(4)]
    writers = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, preexec_fn=ends_with_us())
        for command in commands
    ]
    said = [not_none(writer.stdout).readline() for writer in writers]
    for writer in writers:
        writer.kill()
        writer.communicate()
    assert said == ["1\n"] * 4
    assert columns_of(store.url) == TODAYS


@pytest.mark.parametrize("version", [0, 1])
def test_a_server_waits_for_the_one_beside_it_that_is_making_the_store(file, version, monkeypatch):
    if version:
        as_it_was(file, version)
    file.where.parent.mkdir(exist_ok=True)
    monkeypatch.setattr(engines, "BUSY_S", 0.01)
    engines.forget()
    beside = sqlite3.connect(file.where, isolation_level=None, check_same_thread=False)
    beside.execute("BEGIN IMMEDIATE")
    done = threading.Timer(0.5, beside.rollback)
    done.start()
    answer(file, "late")
    done.join()
    beside.close()
    assert len(file.answers("ada")) == 1 + version


def test_a_migration_that_fails_half_way_leaves_the_version_before(file, monkeypatch):
    as_it_was(file, 1)

    def fails(db):
        db.execute(sa.text("ALTER TABLE answers ADD COLUMN confidence INTEGER"))
        raise OSError("unable to open")

    monkeypatch.setitem(schema.STEPS, 2, fails)
    with pytest.raises(StoreError):
        file.answers("ada")
    monkeypatch.undo()
    assert len(file.answers("ada")) == 1


def test_a_store_of_a_newer_version_is_left_alone(store):
    answer(store)
    engines.forget()
    engine = sa.create_engine(store.url)
    with engine.begin() as db:
        newer = (
            "PRAGMA user_version = {}"
            if engine.dialect.name == "sqlite"
            else "UPDATE headwaters_version SET version={}"
        )
        db.exec_driver_sql(newer.format(VERSION + 1))
    engine.dispose()
    with pytest.raises(StoreError, match="newer"):
        answer(store, "s2")
