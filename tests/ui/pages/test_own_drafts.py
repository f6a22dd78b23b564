"""Drafts of one's own pipeline are kept: over a reload, in a list, with the learner's data."""

import json

import pytest

from lifecycle.outputs import sketching
from lifecycle.outputs.sketching.sample import SAMPLE_FOLDER
from lifecycle.storage import DraftRefused, Drafts, Store, place
from tests.ui.pages.own_page import LETTER, LOYAL, bring, chosen, click, field, opened, reload, row, table, words

AGAIN = "Read newer files"


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
    sample.button(key="draft-open-The sock shop").click().run()
    assert sample.query_params["draft"] in ("The sock shop", ["The sock shop"])
    sample.button(key="draft-erase-The sock shop").click().run()
    assert "draft" not in sample.query_params
    assert [button.label for button in sample.button if button.label.startswith("Open The")] == [
        "Open The sock shop (2)"
    ]


def test_a_sixth_draft_is_shown_and_the_page_says_that_it_is_not_kept(page):
    for _ in range(6):
        click(page, "Open the sample")
    assert "This draft is not kept" in words(page)
    page.button(key="draft-erase-The sock shop (5)").click().run()
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


def renamed(app, name):
    field(app, "text_input", "title").set_value(name).run()
    assert not app.exception
    return app


def test_a_draft_is_renamed_and_the_address_and_the_store_follow(sample):
    chosen(sample, LOYAL)
    field(sample, "text_input", "name").set_value("Friends").run()
    renamed(sample, "  Socks of   2027 ")
    assert "Your pipeline: Socks of 2027" in words(sample)
    assert sample.query_params["draft"] in ("Socks of 2027", ["Socks of 2027"])
    assert field(sample, "selectbox", "node").value == LOYAL
    assert [head.name for head in Drafts(place()).heads(sample.session_state["learner"])] == ["Socks of 2027"]
    sample.button(key="draft-undo").click().run()
    assert row(reload(sample), "customers_loyal")


def test_a_name_that_another_draft_has_is_refused_in_words_and_so_is_none(sample):
    click(sample, "Open the sample")
    for name, why in (("The sock shop", "you have a draft called The sock shop already"), (" ", "without a name")):
        renamed(sample, name)
        assert why in words(sample)
        assert "Your pipeline: The sock shop (2)" in words(sample)
        assert field(sample, "text_input", "title").value == "The sock shop (2)"
    renamed(sample, "Other socks")
    assert "Nothing was changed" not in words(sample)


def test_a_window_that_knows_a_draft_by_its_old_name_is_told_and_finds_it_in_the_list(sample):
    other = reload(sample)
    renamed(sample, "New socks")
    chosen(other, LOYAL)
    field(other, "text_input", "name").set_value("Friends").run()
    assert "no draft called The sock shop any more: it was renamed or deleted in another window" in words(other)
    assert not other.dataframe
    click(other, "Open New socks")
    assert row(other, "customers_loyal")


def test_a_draft_that_is_not_kept_is_renamed_for_the_visit(page, monkeypatch, tmp_path):
    (tmp_path / "blocked").write_text("a file")
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "blocked"))
    renamed(click(page, "Open the sample"), "Ours")
    assert "Your pipeline: Ours" in words(page)
    assert row(page, "customers_loyal")


def grown(*gone):
    """The sample's manifest with one model more and without those that are gone."""
    manifest = json.loads((SAMPLE_FOLDER / "manifest.json").read_text("utf-8"))
    new = {**manifest["nodes"][LOYAL], "name": "sales_by_week", "unique_id": "model.sock_shop.sales_by_week"}
    manifest["nodes"]["model.sock_shop.sales_by_week"] = new
    parents = manifest["parent_map"]
    parents["model.sock_shop.sales_by_week"] = ["model.sock_shop.sales_by_day"]
    for id in gone:
        del manifest["nodes"][id]
        parents.pop(id)
    manifest["parent_map"] = {id: [one for one in of if one not in gone] for id, of in parents.items()}
    return "manifest.json", json.dumps(manifest).encode()


def test_newer_files_are_read_into_the_draft_with_every_edit_done_to_them_again(sample):
    parcels = "model.sock_shop.stg_parcels"
    for node, name in ((LOYAL, "Friends"), (parcels, "Parcels")):
        chosen(sample, node)
        field(sample, "text_input", "name").set_value(name).run()
    bring(sample, grown(parcels), into=AGAIN)
    (toast,) = sample.toast
    assert toast.value == (
        "Read again. New: sales_by_week. Gone: stg_parcels. 1 change has no effect any more: it is listed below "
        "the picture."
    )
    assert {"Friends", "sales_by_week"} <= set(table(sample)["name"])
    assert len(table(sample)) == len(sketching.sample().nodes)
    assert f"No effect any more: rename {parcels.replace('_', chr(92) + '_')} to Parcels" in words(sample)
    assert "Your pipeline: The sock shop" in words(sample)
    again = reload(sample)
    assert {"Friends", "sales_by_week"} <= set(table(again)["name"])
    bring(again, grown(), into=AGAIN)
    assert row(again, "Parcels")
    assert "No effect any more" not in words(reload(again))


def test_another_projects_files_are_refused_and_the_draft_stays(sample):
    bring(sample, ("other.mmd", b"flowchart LR\n a --> b\n"), into=AGAIN)
    (error,) = sample.error
    assert error.value.startswith("The draft stays as it is. Not one node of this draft is in it")
    bring(reload(sample), ("holiday.txt", b"sun and sand"), into=AGAIN)
    assert len(table(reload(sample))) == len(sketching.sample().nodes)


def test_what_was_read_again_is_kept_later_where_the_store_could_not_take_it_at_once(sample, monkeypatch, tmp_path):
    (tmp_path / "blocked").write_text("a file")
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "blocked"))
    bring(sample, grown(), into=AGAIN)
    assert "This draft is not kept" in words(sample)
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    chosen(sample, LOYAL)
    field(sample, "text_input", "name").set_value("Friends").run()
    assert {"Friends", "sales_by_week"} <= set(table(reload(sample))["name"])


def test_back_after_a_new_name_leads_to_the_draft_under_it(sample):
    field(sample, "text_input", "title").set_value("Socks").run()
    field(sample, "text_input", "title").set_value("Warm socks").run()
    for before in ("The sock shop", "Socks"):
        sample.query_params["draft"] = before
        sample.run()
        assert "Your pipeline: Warm socks" in words(sample)


def test_a_draft_that_the_store_could_not_take_is_listed_while_the_session_lasts(sample, monkeypatch):
    def full(*_):
        raise DraftRefused("no room")

    monkeypatch.setattr(Drafts, "begin", full)
    click(sample, "Open the sample")
    assert "This draft is not kept" in sample.warning[0].value
    sample.query_params["draft"] = ""
    sample.run()
    click(sample, "Open The sock shop (2), which is not kept")
    assert "Your pipeline: The sock shop (2)" in words(sample)


def test_a_reading_is_taken_back_with_the_runs_and_the_nodes_of_before(sample):
    before = table(sample).to_dict("records")
    bring(sample, grown("model.sock_shop.stg_parcels"), into=AGAIN)
    assert {record["name"]: record["runs observed"] for record in table(sample).to_dict("records")}["stg_orders"] == 7
    assert "stg_parcels" not in list(table(sample)["name"])
    sample.button(key="draft-take-back").click().run()
    assert table(sample).to_dict("records") == before
    assert not [button for button in sample.button if button.key == "draft-take-back"]
    assert table(reload(sample)).to_dict("records") == before


def test_a_draft_that_was_deleted_is_not_brought_back_by_a_new_one_of_its_name(sample):
    bring(sample, grown("model.sock_shop.stg_parcels"), into=AGAIN)
    sample.button(key="draft-erase-The sock shop").click().run()
    click(sample, "Open the sample")
    assert "Your pipeline: The sock shop" in words(sample)
    assert not [button for button in sample.button if button.key == "draft-take-back"]
