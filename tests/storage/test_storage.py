"""The store, on SQLite and PostgreSQL: what was saved stays, whatever happens; faults come out in words."""

import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.storage import VERSION, AnswerRow, DrillRow, PredictionScore, Store, StoreError, engines, errors, schema

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("storage")  # one cluster for all of them
WRITER = """
import sys
from pathlib import Path
from lifecycle.storage import AnswerRow, Store

where, nth = sys.argv[1:]
store = Store(where if "://" in where else Path(where))
number = 0
while True:
    store.add_answer(f"{nth}-{number}", "ada", AnswerRow("lake", "q", True, "[]"))
    number += 1
    print(number, flush=True)
"""


@pytest.fixture
def postgres(empty_postgres):
    return Store(empty_postgres)


@pytest.fixture
def file(tmp_path):
    return Store(tmp_path / "data" / "headwaters.db")


@pytest.fixture(params=["file", "postgres"])
def store(request):
    return request.getfixturevalue(request.param)


def answer(store, submission="s1", learner="ada", question="q1", right=True):
    store.add_answer(submission, learner, AnswerRow("lake", question, right, "[0]"))


# --- what is kept


def test_an_answer_is_read_back_by_its_learner_only(store):
    store.add_answer("s1", "ada", AnswerRow("lake", "q1", True, "[0]", confidence=70, variant="v"))
    (row,) = store.answers("ada")
    assert row == AnswerRow("lake", "q1", True, "[0]", row.at_s, 70, "v")
    assert store.answers("bob") == ()


def test_the_same_submission_twice_is_one_answer(store):
    answer(store)
    answer(store)
    assert len(store.answers("ada")) == 1


def test_answers_come_in_the_order_in_which_they_were_given_even_when_the_clock_is_set_back(store):
    moments = iter([100.0, 50.0])
    store = Store(store.where, now=lambda: next(moments))
    answer(store, "s1", right=False)
    answer(store, "s2", right=True)
    assert [row.right for row in store.answers("ada")] == [False, True]


def test_predictions_add_up(store):
    store.add_prediction("p1", "ada", 3, 4)
    store.add_prediction("p2", "ada", 1, 4)
    store.add_prediction("p2", "ada", 1, 4)
    assert store.prediction_score("ada") == PredictionScore(points=4, possible=8, rounds=2)
    assert store.prediction_score("bob") == PredictionScore()


def test_drills_are_kept_with_what_was_right(store):
    for _ in range(2):
        store.add_drill("d1", "ada", DrillRow("17", 2, True, False, True, 1, 60))
    (row,) = store.drills("ada")
    assert row == DrillRow("17", 2, True, False, True, 1, 60, row.at_s)
    assert store.drills("bob") == ()


def test_everyone_is_told_apart_and_nobody_named(store):
    for learner in ("ada", "bob"):
        answer(store, f"{learner}-1", learner)
        answer(store, f"{learner}-2", learner, right=False)
    rows = list(store.everyone())
    assert [row.right for _, row in rows] == [True, False, True, False]
    names = {name for name, _ in rows}
    assert len(names) == 2
    assert not names & {"ada", "bob"}
    assert not names & {name for name, _ in store.everyone()}


def test_an_empty_store_has_nothing_and_says_so_without_an_error(store):
    assert store.answers("ada") == store.drills("ada") == ()
    assert list(store.everyone()) == []
    assert store.erase("ada") == 0


# --- one's own data


def filled(store, learner="ada"):
    store.add_answer("s1", learner, AnswerRow("lake", "q1", False, '["é", 1]', confidence=50, variant="7"))
    answer(store, "s2", learner)
    store.add_prediction("p1", learner, 3, 4)
    store.add_drill("d1", learner, DrillRow("17", 2, True, False, True, 1, 60))
    return store


def test_what_is_exported_and_erased_comes_back_as_it_was_by_its_import(store):
    filled(store)
    before = store.answers("ada"), store.drills("ada"), store.prediction_score("ada")
    exported = json.loads(json.dumps(store.export("ada")))
    assert store.erase("ada") == 4
    assert store.answers("ada") == store.drills("ada") == ()
    assert store.bring_in("ada", exported) == 4
    assert (store.answers("ada"), store.drills("ada"), store.prediction_score("ada")) == before


def test_an_import_adds_nothing_twice_neither_to_its_own_learner_nor_to_another(store):
    exported = filled(store).export("ada")
    assert store.bring_in("ada", exported) == 0
    assert store.bring_in("bob", exported) == 4
    assert store.bring_in("bob", exported) == 0
    assert store.bring_in("bob", store.export("bob")) == 0
    assert store.answers("bob") == store.answers("ada")


def test_a_row_that_an_export_has_twice_is_counted_and_kept_once(store):
    exported = filled(store).export("ada")
    doubled = {key: rows * 2 if isinstance(rows, list) else rows for key, rows in exported.items()}
    assert store.bring_in("bob", doubled) == 4
    assert len(store.answers("bob")) == 2
    known = store.export("bob")  # by the names that the import gave them
    both = {key: [*rows, *known[key]] if isinstance(rows, list) else rows for key, rows in exported.items()}
    assert store.bring_in("bob", both) == 0


def test_erasing_one_learner_leaves_the_others(store):
    filled(store)
    answer(store, "b1", "bob")
    store.erase("ada")
    assert len(store.answers("bob")) == 1


def test_an_export_names_nobody(store):
    assert "ada" not in json.dumps(filled(store).export("ada"))


def test_what_was_erased_is_gone_from_the_disk(file):
    file.add_answer("s1", "ada", AnswerRow("lake", "q", True, "a-secret-that-must-go"))
    file.erase("ada")
    assert not [path for path in file.where.parent.iterdir() if b"a-secret-that-must-go" in path.read_bytes()]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: list(d), "no export of Headwaters"),
        (lambda d: d | {"format": "other"}, "no export of Headwaters"),
        (lambda d: d | {"version": 99}, "of version 99"),
        (lambda d: d | {"answers": {}}, "should be a list"),
        (lambda d: d | {"answers": ["x"]}, "row 1 of answers is no row"),
        (lambda d: d | {"answers": [*d["answers"], {}]}, "row 3 of answers has no usable submission"),
        (lambda d: d | {"answers": [d["answers"][0] | {"right": 1}]}, "no usable right"),
        (lambda d: d | {"answers": [d["answers"][0] | {"at_s": float("nan")}]}, "no usable at_s"),
        (lambda d: d | {"answers": [d["answers"][0] | {"answer": "x" * 30_000}]}, "no usable answer"),
        (lambda d: d | {"answers": [d["answers"][0] | {"answer": "\0"}]}, "no usable answer"),
        (lambda d: d | {"answers": [d["answers"][0] | {"answer": "\ud83d"}]}, "no usable answer"),
        (lambda d: d | {"drills": [d["drills"][0] | {"points": 10**20}]}, "no usable points"),
        (lambda d: d | {"drills": [d["drills"][0] | {"points": True}]}, "no usable points"),
        (lambda d: d | {"answers": [d["answers"][0]] * 60_000}, "more than 50,000 rows"),
    ],
)
def test_what_is_no_export_is_refused_whole_and_in_words(file, change, said):
    exported = filled(file).export("ada")
    with pytest.raises(ValueError, match=said):
        file.bring_in("bob", change(exported))
    assert file.answers("bob") == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(JSON, st.lists(JSON, max_size=2))
def test_no_document_does_anything_but_come_in_or_be_refused(document, rows):
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "h.db")
        for each in (document, {"format": "headwaters-progress", "version": 1, "answers": rows}):
            with contextlib.suppress(ValueError):
                assert store.bring_in("ada", each) == 0


# --- what it survives


def test_fifty_writers_at_once_lose_nothing(store):
    threads = [threading.Thread(target=answer, args=(store, f"s{i}")) for i in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.answers("ada")) == 50


def test_a_writer_killed_at_any_moment_loses_nothing_that_was_acknowledged_and_doubles_nothing(store):
    chance = random.Random(7)
    acknowledged = {}
    for nth in range(4):
        command = [sys.executable, "-c", WRITER, str(store.where), str(nth)]
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.12))  # the moment of death is what is drawn here, nothing is waited for
        writer.kill()
        rest = writer.stdout.read().split()
        writer.wait()
        acknowledged[nth] = int(rest[-1]) if rest else 1
    submissions = [row["submission"] for row in store.export("ada")["answers"]]
    assert len(set(submissions)) == len(submissions)
    for nth, count in acknowledged.items():
        kept = [each for each in submissions if each.startswith(f"{nth}-")]
        assert {f"{nth}-{number}" for number in range(count)} <= set(kept)
        assert len(kept) <= count + 1  # committed, and killed before it could say so


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
# As SQLAlchemy wrote them when versions 2 and 3 came out; {id} is INTEGER in SQLite, SERIAL in PostgreSQL.
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
OLD = {1: VERSION_1, 2: VERSION_2, 3: VERSION_3}


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
            db.exec_driver_sql(statement.replace("{id}", "INTEGER" if lite else "SERIAL"))
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
    command = [sys.executable, "-c", WRITER, str(store.where)]
    writers = [subprocess.Popen([*command, f"w{n}"], cwd=ROOT, stdout=subprocess.PIPE, text=True) for n in range(4)]
    said = [writer.stdout.readline() for writer in writers]
    for writer in writers:
        writer.kill()
        writer.communicate()
    assert said == ["1\n"] * 4
    assert columns_of(store.url) == TODAYS


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


def test_a_file_deleted_while_running_starts_afresh_without_an_error(file):
    answer(file)
    for path in file.where.parent.iterdir():
        path.unlink()
    answer(file, "s2")
    assert len(file.answers("ada")) == 1


def test_a_damaged_file_is_named_and_left_as_it_is(file):
    file.where.parent.mkdir()
    file.where.write_bytes(b"this is not a database at all, sorry" * 100)
    before = file.where.read_bytes()
    with pytest.raises(StoreError, match="damaged"):
        answer(file)
    assert file.where.read_bytes() == before


def test_a_file_locked_by_another_program_is_said_in_words_and_soon(file):
    answer(file)
    other = sqlite3.connect(file.where)
    other.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    try:
        with pytest.raises(StoreError, match="in use"):
            answer(file, "s2")
    finally:
        other.close()
    assert time.monotonic() - began < engines.BUSY_S + 5.0  # a bound against hanging, no measure of speed
    answer(file, "s2")
    assert len(file.answers("ada")) == 2


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "data").write_text("a file stands where the folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        answer(Store(tmp_path / "data" / "h.db"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes where others may not")
def test_a_read_only_file_is_said_in_words(file):
    answer(file)
    file.where.chmod(0o400)
    with pytest.raises(StoreError, match="cannot be written"):
        answer(file, "s2")


def test_a_full_disk_is_said_in_words_and_keeps_what_was_saved(file, monkeypatch):
    answer(file)
    with sqlite3.connect(file.where) as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.close()
    original = sqlite3.connect

    def small(*args, **kwargs):
        connection = original(*args, **kwargs)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", small)
        patch.setattr(sqlite3.dbapi2, "connect", small)
        engines.forget()
        with pytest.raises(StoreError, match="free some space"):
            file.add_answer("s2", "ada", AnswerRow("lake", "q", True, "x" * 200_000))
        engines.forget()
    assert len(file.answers("ada")) == 1


def test_a_postgresql_that_goes_and_comes_back_costs_a_message_and_no_row(postgres, cluster):
    answer(postgres)
    cluster.stop()
    try:
        with pytest.raises(StoreError, match="cannot be used just now"):
            answer(postgres, "s2")
    finally:
        cluster.start()
    answer(postgres, "s2")
    assert len(postgres.answers("ada")) == 2


def test_a_postgresql_that_comes_back_empty_is_made_ready_again(postgres):
    answer(postgres)
    engine = sa.create_engine(postgres.url)
    with engine.begin() as db:
        db.exec_driver_sql("DROP TABLE answers, predictions, drills, headwaters_version")
    engine.dispose()
    with pytest.raises(StoreError):
        answer(postgres, "s2")
    answer(postgres, "s2")
    assert len(postgres.answers("ada")) == 1


def test_who_reads_does_not_wait_for_who_writes(file):
    answer(file)
    with contextlib.closing(sqlite3.connect(file.where)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(file.answers("ada")) == len(list(file.everyone())) == 1
        assert file.drills("ada") == ()
        assert file.prediction_score("ada") == PredictionScore(0, 0, 0)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///somewhere/headwaters.db", "headwaters.db cannot be used (no such thing)"),
        (
            "postgresql+psycopg://ada@db/progress",
            "the database progress at db cannot be used just now (no such thing): see that it runs, "
            "and HEADWATERS_DATABASE_URL",
        ),
    ],
)
def test_what_has_no_words_of_its_own_is_told_by_its_first_line(url, told):
    with pytest.raises(StoreError) as caught, errors.told(sa.make_url(url)):
        raise sqlite3.OperationalError("no such thing\nand more of it")
    assert str(caught.value) == told


def test_a_message_about_a_database_tells_no_password():
    with pytest.raises(StoreError) as caught:
        Store("postgresql://ada:hunter2@127.0.0.1:1/progress").answers("ada")
    assert "progress at 127.0.0.1" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_the_programs_that_the_cluster_needs_are_those_that_were_found(cluster):
    assert shutil.which("postgres", path=str(cluster.programs))
