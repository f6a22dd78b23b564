"""Drafts of one's own pipeline are kept: over a reload, in a list, with the learner's data."""

import pytest

from lifecycle.storage import Drafts, Store, place
from tests.ui.pages.own_page import LETTER, LOYAL, chosen, click, field, opened, reload, row, words


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


@pytest.fixture
def page():
    return opened()


@pytest.fixture
def sample(page):
    return click(page, "Open the sample")


def test_a_reload_finds_the_draft_with_every_change_and_what_can_be_undone(sample):
    chosen(sample, LOYAL)
    field(sample, "text_input", "name").set_value("Friends").run()
    again = reload(sample)
    assert row(again, "Friends")
    again.button(key="draft-undo").click().run()
    assert row(reload(again), "customers_loyal")
    assert reload(again).button(key="draft-redo").label == "Redo: rename customers\\_loyal to Friends"


def test_a_draft_is_its_learners_own_and_its_link_says_so_to_others(sample):
    other = reload(sample, learner="somebody-else")
    assert "There is no draft called The sock shop" in other.info[0].value
    assert not other.dataframe


def test_drafts_are_listed_opened_and_deleted_and_two_of_one_name_are_told_apart(sample):
    click(sample, "Open the sample")
    assert sample.query_params["draft"] in ("The sock shop (2)", ["The sock shop (2)"])
    sample.button(key="draft-open-1").click().run()
    assert sample.query_params["draft"] in ("The sock shop", ["The sock shop"])
    sample.button(key="draft-erase-1").click().run()
    assert "draft" not in sample.query_params
    assert [button.label for button in sample.button if button.label.startswith("Open The")] == [
        "Open The sock shop (2)"
    ]


def test_a_sixth_draft_is_shown_and_the_page_says_that_it_is_not_kept(page):
    for _ in range(6):
        click(page, "Open the sample")
    assert "This draft is not kept" in words(page)
    page.button(key="draft-erase-0").click().run()
    page.query_params["draft"] = "The sock shop (6)"
    page.run()
    chosen(page, LOYAL)
    field(page, "text_input", "name").set_value("Friends").run()
    assert "This draft is not kept" not in words(page)
    assert row(reload(page), "Friends")


def test_a_change_in_another_window_is_not_overwritten_unseen(sample):
    other = reload(sample)
    chosen(other, LOYAL)
    field(other, "text_input", "name").set_value("Friends").run()
    chosen(sample, LETTER)
    field(sample, "text_input", "name").set_value("Post").run()
    assert "changed in another window" in words(sample)
    assert row(sample, "Friends")
    assert row(sample, "thank_you_letter")


def test_without_a_store_the_draft_stays_for_the_visit_and_the_page_says_so(page, monkeypatch, tmp_path):
    (tmp_path / "blocked").write_text("a file")
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "blocked"))
    click(page, "Open the sample")
    assert "This draft is not kept" in words(page)
    chosen(page, LOYAL)
    field(page, "text_input", "name").set_value("Friends").run()
    assert row(page, "Friends")


def test_the_drafts_go_out_with_my_data_and_are_erased_with_it(sample, tmp_path):
    store = Store(place())
    me = sample.session_state["learner"]
    exported = store.export(me)
    assert len(exported["drafts"]) == 1
    sample.session_state["practice-part"] = "About me"
    sample.switch_page("pages/practice.py").run()
    next(button for button in sample.button if button.label == "Erase my data").click().run()
    assert Drafts(place()).heads(me) == ()
    sample.switch_page("pages/pipeline.py").run()
    assert "Your drafts" not in words(sample)
