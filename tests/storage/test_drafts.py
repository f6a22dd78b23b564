"""Pipelines that learners work on, on SQLite and PostgreSQL: never lost, bounded, exported and erased with the rest."""

import base64
import json
import threading
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.storage import AnswerRow, DraftChanged, DraftRefused, DraftRow, Drafts, Store, StoreError
from lifecycle.storage import drafts as kept

pytestmark = pytest.mark.xdist_group("storage")  # one cluster for all of them
SECRET = "a-secret-that-must-go"


class Clock:
    """A wall clock that stands still until it is moved."""

    def __init__(self):
        self.now_s = 1e9

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def drafts(store, clock):
    return Drafts(store.where, now=clock)


def names(drafts, learner="ada"):
    return [head.name for head in drafts.heads(learner)]


# --- what is kept


def test_a_draft_is_read_back_by_its_learner_only(drafts, store):
    assert drafts.begin("ada", "  Our   shop ", '{"é": 1}', "[]") == 1
    assert Drafts(store.where).find("ada", "Our shop") == DraftRow("Our shop", '{"é": 1}', "[]", 1, 1e9)
    assert drafts.find("ada", " Our shop\n") == drafts.find("ada", "Our shop")
    assert drafts.find("bob", "Our shop") is None
    assert drafts.find("ada", "other") is None


def test_what_is_saved_stands_in_place_of_what_was_before(drafts, clock):
    drafts.begin("ada", "Ours", "graph", "[]")
    clock.now_s += 60.0
    assert drafts.save("ada", "Ours", "[1]", 1) == 2
    assert drafts.find("ada", "Ours") == DraftRow("Ours", "graph", "[1]", 2, 1e9 + 60.0)
    assert drafts.save("ada", "Ours", "[1, 2]", 2, "graph, read again") == 3
    assert drafts.find("ada", "Ours") == DraftRow("Ours", "graph, read again", "[1, 2]", 3, 1e9 + 60.0)


def test_two_windows_do_not_undo_each_others_work_unseen(drafts):
    drafts.begin("ada", "Ours", "graph", "[]")
    drafts.save("ada", "Ours", "[1]", 1)
    with pytest.raises(DraftChanged, match="changed in another window"):
        drafts.save("ada", "Ours", "[2]", 1)
    assert drafts.find("ada", "Ours").steps == "[1]"
    drafts.erase("ada", "Ours")
    with pytest.raises(DraftChanged, match="no draft called Ours any more"):
        drafts.save("ada", "Ours", "[2]", 2)


def test_drafts_are_listed_with_the_one_saved_last_first(drafts, clock):
    for name in ("one", "two"):
        drafts.begin("ada", name, "graph" * 1000, "[]")
        clock.now_s += 1.0
    drafts.begin("bob", "one", "graph", "[]")
    drafts.save("ada", "one", "[1]", 1)
    assert names(drafts) == ["one", "two"]
    head = drafts.heads("ada")[0]
    assert head.at_s == 1e9 + 2.0


def test_a_draft_is_renamed_and_erased(drafts):
    drafts.begin("ada", "one", "graph", "[]")
    drafts.begin("ada", "two", "graph", "[]")
    drafts.rename("ada", "one", "first")
    drafts.rename("ada", "two", "two")
    assert drafts.find("ada", "first").graph == "graph"
    with pytest.raises(DraftRefused, match="called two already"):
        drafts.rename("ada", "first", "two")
    with pytest.raises(DraftChanged, match="no draft called one"):
        drafts.rename("ada", "one", "third")
    assert (drafts.erase("ada", "two"), drafts.erase("ada", "two")) == (True, False)
    assert names(drafts) == ["first"]


# --- bounds, in words


@pytest.mark.parametrize("name", ["", " \t", "x" * 101, "a\u202eb", "a\ud800"])
def test_a_name_is_one_that_can_be_shown(drafts, name):
    with pytest.raises(DraftRefused, match="a name of 1 to 100 characters"):
        drafts.begin("ada", name, "graph", "[]")
    assert names(drafts) == []
    assert drafts.find("ada", name) is None


def test_no_more_than_five_are_kept_and_none_makes_room_by_itself(drafts):
    for number in range(5):
        drafts.begin("ada", f"draft {number}", "graph", "[]")
    with pytest.raises(DraftRefused, match="no more than 5 drafts are kept for each learner: delete one first"):
        drafts.begin("ada", "one more", "graph", "[]")
    with pytest.raises(DraftRefused, match="called draft 3 already"):
        drafts.begin("ada", "draft 3", "other", "[]")
    assert len(names(drafts)) == 5
    drafts.begin("bob", "one more", "graph", "[]")
    drafts.erase("ada", "draft 0")
    drafts.begin("ada", "one more", "graph", "[]")


def test_several_that_are_begun_at_once_are_no_more_than_five(drafts):
    def begin(number):
        with suppress(DraftRefused):
            drafts.begin("ada", f"draft {number}", "graph", "[]")

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(drafts)) == 5


def test_of_several_windows_that_save_at_once_one_does(drafts):
    drafts.begin("ada", "Ours", "graph", "[]")
    saved = []

    def save(number):
        with suppress(DraftChanged):
            drafts.save("ada", "Ours", f"[{number}]", 1)
            saved.append(f"[{number}]")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert saved == [drafts.find("ada", "Ours").steps]


def test_what_is_too_large_is_refused_and_the_draft_stays_as_it_was(drafts, monkeypatch):
    monkeypatch.setattr(kept, "MOST_DRAFT_BYTES", 110)
    text = "".join(map(chr, range(40, 120)))
    drafts.begin("ada", "Ours", text, "[]")
    with pytest.raises(DraftRefused, match="too large to be kept"):
        drafts.save("ada", "Ours", text, 1)
    with pytest.raises(DraftRefused, match="too large to be kept"):
        drafts.begin("ada", "other", text * 2 + text[::-1] + text[::3], text)
    assert drafts.find("ada", "Ours").saves == 1
    assert drafts.save("ada", "Ours", text, 1, "graph") == 2  # the sum counts
    monkeypatch.setattr(kept, "MOST_TEXT_BYTES", 1_000)
    with pytest.raises(DraftRefused, match="too large to be kept"):
        drafts.begin("ada", "other", "x" * 1_001, "[]")


def test_a_server_without_room_begins_no_more_and_goes_on_saving_what_there_is(drafts, monkeypatch):
    drafts.begin("ada", "Ours", "graph", "[]")
    monkeypatch.setattr(kept, "MOST_ALL_BYTES", 30)
    with pytest.raises(DraftRefused, match="no more room for drafts"):
        drafts.begin("bob", "Ours", "graph", "[]")
    assert drafts.save("ada", "Ours", "[1, 2, 3]", 1) == 2


# --- one's own data


def filled(drafts, learner="ada"):
    drafts.begin(learner, "Ours", '{"é": 1}', "[]")
    drafts.save(learner, "Ours", "[1]", 1)
    drafts.begin(learner, "Other", "graph", "[]")


def contents(drafts, learner="ada"):
    rows = [drafts.find(learner, name) for name in sorted(names(drafts, learner))]
    return [(row.name, row.graph, row.steps, row.at_s) for row in rows]


def test_what_is_exported_and_erased_comes_back_as_it_was_by_its_import(drafts, store):
    filled(drafts)
    store.add_answer("s1", "ada", AnswerRow("lake", "q1", True, "[0]"))
    before = contents(drafts)
    exported = json.loads(json.dumps(store.export("ada")))
    assert "ada" not in json.dumps(exported)
    assert store.erase("ada") == 3
    assert names(drafts) == []
    assert store.bring_in("ada", exported) == 3
    assert contents(drafts) == before


def test_an_import_adds_nothing_twice_and_takes_no_other_drafts_place(drafts, store):
    filled(drafts)
    exported = store.export("ada")
    assert store.bring_in("ada", exported) == 0
    drafts.rename("ada", "Other", "Another")
    assert store.bring_in("ada", exported) == 0
    drafts.save("ada", "Ours", "[1, 2]", 2)
    assert store.bring_in("ada", exported) == 1
    assert [row[:3] for row in contents(drafts)] == [
        ("Another", "graph", "[]"),
        ("Ours", '{"é": 1}', "[1, 2]"),
        ("Ours (2)", '{"é": 1}', "[1]"),
    ]
    assert store.bring_in("ada", exported) == 0
    assert store.bring_in("bob", exported) == 2


def test_an_export_of_a_version_before_has_no_drafts_and_is_read(drafts, store):
    filled(drafts)
    exported = {key: part for key, part in store.export("ada").items() if key != "drafts"}
    assert store.bring_in("bob", exported) == 0


def test_an_import_that_is_too_much_adds_nothing_at_all(drafts, store):
    filled(drafts)
    store.add_answer("s1", "ada", AnswerRow("lake", "q1", True, "[0]"))
    exported = store.export("ada")
    for number in range(4):
        drafts.begin("bob", f"draft {number}", "graph", f"[{number}]")
    with pytest.raises(ValueError, match="no more than 5 drafts"):
        store.bring_in("bob", exported)
    assert (len(names(drafts, "bob")), store.answers("bob")) == (4, ())


def test_erasing_one_learner_leaves_the_others(drafts, store):
    filled(drafts)
    filled(drafts, "bob")
    assert store.erase("ada") == 2
    assert (names(drafts), len(names(drafts, "bob"))) == ([], 2)


@pytest.mark.parametrize(
    "erase", [lambda file: file.erase("ada"), lambda file: Drafts(file.where).erase("ada", "Ours")]
)
def test_a_draft_that_was_erased_is_gone_from_the_disk(file, erase, monkeypatch):
    monkeypatch.setattr(kept, "_packed", str.encode)  # else nobody could search for it
    Drafts(file.where).begin("ada", "Ours", SECRET * 1_000, "[]")
    assert [path for path in file.where.parent.iterdir() if SECRET.encode() in path.read_bytes()]
    erase(file)
    assert not [path for path in file.where.parent.iterdir() if SECRET.encode() in path.read_bytes()]


def packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data)).decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda _: {}, "should be a list"),
        (lambda d: d * 3, "more than 5 drafts"),
        (lambda _: ["x"], "draft 1 of this export is no draft"),
        (lambda d: [d[0] | {"name": 5}], "no usable name"),
        (lambda d: [d[0] | {"name": "x" * 101}], "a name of 1 to 100 characters"),
        (lambda d: [d[0] | {"at_s": True}], "no usable name or at_s"),
        (lambda d: [d[0] | {"at_s": float("nan")}], "no usable name or at_s"),
        (lambda d: [d[0] | {"at_s": 10**400}], "no usable name or at_s"),
        (lambda d: [d[0], d[1] | {"graph": None}], "draft 2 of this export has no usable graph"),
        (lambda d: [d[0] | {"graph": "no base64"}], "no usable graph"),
        (lambda d: [d[0] | {"graph": d[0]["graph"] + "é"}], "no usable graph"),
        (lambda d: [d[0] | {"steps": base64.b64encode(b"no zlib").decode()}], "no usable steps"),
        (lambda d: [d[0] | {"steps": packed(b"\xff")}], "no usable steps"),
        (lambda d: [d[0] | {"steps": base64.b64encode(zlib.compress(b"[]")[:-1]).decode()}], "no usable steps"),
        (lambda d: [d[0] | {"steps": base64.b64encode(zlib.compress(b"[]") + b"x").decode()}], "no usable steps"),
        (lambda d: [d[0] | {"steps": packed(b"0" * 32_000_001)}], "no usable steps"),
        (lambda d: [{key: part for key, part in d[0].items() if key != "steps"}], "no usable steps"),
    ],
)
def test_drafts_that_are_none_are_refused_in_words_and_nothing_is_added(file, change, words):
    drafts = Drafts(file.where)
    filled(drafts)
    file.add_answer("s1", "ada", AnswerRow("lake", "q1", True, "[0]"))
    exported = file.export("ada")
    with pytest.raises(ValueError, match=words):
        file.bring_in("bob", exported | {"drafts": change(exported["drafts"])})
    assert (file.answers("bob"), names(drafts, "bob")) == ((), [])


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=50), st.text(max_size=50)), max_size=5))
def test_whatever_is_kept_comes_back_or_is_refused(tmp_path_factory, rows):
    file = Store(tmp_path_factory.mktemp("kept") / "h.db")
    drafts, known = Drafts(file.where), {}
    for name, graph, steps in rows:
        with suppress(DraftRefused):
            drafts.begin("ada", name, graph, steps)
            known[" ".join(name.split())] = (graph, steps)
    assert {row[0]: row[1:3] for row in contents(drafts)} == known
    brought = file.bring_in("bob", json.loads(json.dumps(file.export("ada"))))
    assert brought == len(set(known.values()))
    assert {row[1:3] for row in contents(drafts, "bob")} == set(known.values())


def test_a_store_that_cannot_be_used_says_so(tmp_path):
    (tmp_path / "h.db").write_bytes(b"no database at all, and long enough to be read as one" * 50)
    drafts = Drafts(tmp_path / "h.db")
    for call in (
        lambda: drafts.begin("ada", "x", "g", "s"),
        lambda: drafts.find("ada", "x"),
        lambda: drafts.heads("ada"),
    ):
        with pytest.raises(StoreError, match="damaged"):
            call()
