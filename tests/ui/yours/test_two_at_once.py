"""Two changes of a draft in quick succession, of which the server begins the second while the first is being saved."""

import threading

import pytest

from lifecycle.importing.editing import Rename, Revision
from lifecycle.outputs import sketching
from lifecycle.storage import DraftChanged
from lifecycle.ui.session import learner
from lifecycle.ui.yours import drafts
from lifecycle.ui.yours.drafts import OwnDraft


class Store:
    """A store whose first save takes until it is `released`."""

    def __init__(self):
        self.saves, self.calls = 1, 0
        self.begun, self.begun_again, self.released = (threading.Event() for _ in range(3))

    def save(self, _learner, _name, _steps, saves, _graph):
        self.calls += 1
        (self.begun if self.calls == 1 else self.begun_again).set()
        self.released.wait(10)
        if saves != self.saves:
            raise DraftChanged("changed in another window")
        self.saves += 1
        return self.saves


@pytest.fixture
def store(monkeypatch):
    one = Store()
    monkeypatch.setattr(drafts, "_store", lambda: one)
    monkeypatch.setattr(drafts, "named", lambda: "t")
    monkeypatch.setattr(learner, "name", lambda: "ada")
    return one


def test_the_second_waits_for_the_first_and_both_are_done(store, monkeypatch):
    graph = sketching.sample()
    held = {("ada", "t"): OwnDraft("t", Revision(graph), 1, has_base=True)}
    monkeypatch.setattr(drafts, "_held", lambda: held)
    first, second = (
        threading.Thread(target=drafts.change, args=(Rename(node.id, f"new {place}"),))
        for place, node in enumerate(graph.nodes[:2])
    )
    first.start()
    assert store.begun.wait(10)
    second.start()
    assert not store.begun_again.wait(0.3)
    store.released.set()
    first.join()
    second.join()
    draft = held["ada", "t"]
    assert (len(draft.revision.steps), draft.saves) == (2, 3)


def test_between_the_stores_word_and_ours_the_session_is_not_asked(store, monkeypatch):
    """Wherever it is asked a run may be stopped: what is saved would not be known, and the next change refused."""
    graph = sketching.sample()
    held = {("ada", "t"): OwnDraft("t", Revision(graph), 1, has_base=True)}

    def asked():
        assert store.saves == 1
        return held

    monkeypatch.setattr(drafts, "_held", asked)
    store.released.set()
    drafts.change(Rename(graph.nodes[0].id, "new"))
    assert held["ada", "t"].saves == 2
