"""The store, on SQLite and PostgreSQL: what was saved stays, whatever happens; faults come out in words."""

import contextlib
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.cli.tethers import ends_with_us
from lifecycle.storage import AnswerRow, DrillRow, LessonRow, PredictionRow, PredictionScore, Store
from tests.storage.store_writing import WRITER, answer
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("storage")  # one cluster for all of them


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
    store.add_prediction("p1", "ada", PredictionRow(3, 4))
    store.add_prediction("p2", "ada", PredictionRow(1, 4))
    store.add_prediction("p2", "ada", PredictionRow(1, 4))
    assert store.prediction_score("ada") == PredictionScore(points=4, possible=8, rounds=2)
    assert store.prediction_score("bob") == PredictionScore()


def test_drills_are_kept_with_what_was_right(store):
    for _ in range(2):
        store.add_drill("d1", "ada", DrillRow("17", 2, True, False, True, 1, 60))
    (row,) = store.drills("ada")
    assert row == DrillRow("17", 2, True, False, True, 1, 60, row.at_s)
    assert store.drills("bob") == ()


def test_steps_of_lessons_are_kept_in_their_order(store):
    for _ in range(2):
        store.add_lesson("l1", "ada", LessonRow("opening", 0, True))
    store.add_lesson("l2", "ada", LessonRow("opening", 3, False, 42.5))
    assert [(row.step, row.done, row.guess) for row in store.lessons("ada")] == [(0, True, None), (3, False, 42.5)]
    assert store.lessons("bob") == ()


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
    assert store.answers("ada") == store.drills("ada") == store.lessons("ada") == ()
    assert list(store.everyone()) == []
    assert store.erase("ada") == 0


# --- one's own data


def filled(store, learner="ada"):
    store.add_answer("s1", learner, AnswerRow("lake", "q1", False, '["é", 1]', confidence=50, variant="7"))
    answer(store, "s2", learner)
    store.add_prediction("p1", learner, PredictionRow(3, 4))
    store.add_drill("d1", learner, DrillRow("17", 2, True, False, True, 1, 60))
    store.add_lesson("l1", learner, LessonRow("opening", 2, True, 7.0))
    return store


def test_what_is_exported_and_erased_comes_back_as_it_was_by_its_import(store):
    filled(store)
    before = store.answers("ada"), store.drills("ada"), store.prediction_score("ada"), store.lessons("ada")
    exported = json.loads(json.dumps(store.export("ada")))
    assert store.erase("ada") == 5
    assert store.answers("ada") == store.drills("ada") == store.lessons("ada") == ()
    assert store.bring_in("ada", exported) == 5
    assert (store.answers("ada"), store.drills("ada"), store.prediction_score("ada"), store.lessons("ada")) == before


def test_an_import_adds_nothing_twice_neither_to_its_own_learner_nor_to_another(store):
    exported = filled(store).export("ada")
    assert store.bring_in("ada", exported) == 0
    assert store.bring_in("bob", exported) == 5
    assert store.bring_in("bob", exported) == 0
    assert store.bring_in("bob", store.export("bob")) == 0
    assert store.answers("bob") == store.answers("ada")


def test_a_row_that_an_export_has_twice_is_counted_and_kept_once(store):
    exported = filled(store).export("ada")
    doubled = {key: rows * 2 if isinstance(rows, list) else rows for key, rows in exported.items()}
    assert store.bring_in("bob", doubled) == 5
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
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, preexec_fn=ends_with_us())
        not_none(writer.stdout).readline()
        time.sleep(chance.uniform(0.0, 0.12))  # the moment of death is what is drawn here, nothing is waited for
        writer.kill()
        rest = not_none(writer.stdout).read().split()
        writer.wait()
        acknowledged[nth] = int(rest[-1]) if rest else 1
    submissions = [row["submission"] for row in store.export("ada")["answers"]]
    assert len(set(submissions)) == len(submissions)
    for nth, count in acknowledged.items():
        kept = [each for each in submissions if each.startswith(f"{nth}-")]
        assert {f"{nth}-{number}" for number in range(count)} <= set(kept)
        assert len(kept) <= count + 1  # committed, and killed before it could say so
