"""What a slow browser still sends of the node, or the step, before: no edit of the draft that is shown by now."""

import pytest

from lifecycle.outputs.sketching.sample import SAMPLE_FOLDER
from tests.ui.pages.own_page import LETTER, LOYAL, bring, chosen, click, field, opened, table


@pytest.fixture
def sample(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    return click(opened(), "Open the sample")


def test_what_a_browser_still_sends_of_before_is_no_edit(sample):
    fields = [("text_input", "name"), ("selectbox", "role"), ("multiselect", "reads"), ("multiselect", "leads")]
    chosen(sample, LETTER)
    of_letter = [field(sample, *one).key for one in fields]
    chosen(sample, LOYAL)
    of_loyal = [field(sample, *one).key for one in fields]
    assert not set(of_letter) & set(of_loyal)
    field(sample, "text_input", "name").set_value("Friends").run()
    assert [field(sample, *one).key for one in fields] == of_loyal  # who edits keeps the focus
    sample.button(key="draft-undo").click().run()
    undone = [field(sample, *one).key for one in fields]
    assert not set(undone) & set(of_loyal)
    assert field(sample, "selectbox", "node").value == LOYAL
    sample.button(key="draft-redo").click().run()
    assert not {field(sample, *one).key for one in fields} & set(undone)


def sent(app, pressed=""):
    """What a browser sends that shows the page as it is now, with a button pressed."""
    states = app._tree.get_widget_states()
    for widget in states.widgets:
        if pressed and pressed in widget.id:
            widget.trigger_value = True
    return states


@pytest.mark.parametrize("pressed", ["", "draft-remove", "draft-merge"])
def test_a_click_on_the_form_of_another_node_changes_nothing_of_the_one_that_is_chosen_now(sample, pressed):
    chosen(sample, LETTER)
    late = sent(sample, pressed)
    chosen(sample, LOYAL)
    before = table(sample).to_dict("records")
    sample._run(late)
    assert not sample.exception
    assert "customers_loyal" in list(table(sample)["name"])
    if not pressed:
        assert table(sample).to_dict("records") == before
        assert sample.button(key="draft-undo").disabled


def test_a_field_that_still_holds_what_was_undone_does_not_do_it_again(sample):
    chosen(sample, LOYAL)
    field(sample, "text_input", "name").set_value("Friends").run()
    late = sent(sample)
    sample.button(key="draft-undo").click().run()
    sample._run(late)
    assert sample.button(key="draft-redo").label.startswith("Redo: rename")
    assert "Friends" not in list(table(sample)["name"])


def test_a_name_of_before_in_a_list_of_nodes_joins_nothing(sample):
    chosen(sample, LETTER)
    field(sample, "multiselect", "reads").set_value(["customers_loyal!"]).run()
    assert field(sample, "multiselect", "reads").value == [LOYAL]
    assert not sample.warning
    assert sample.button(key="draft-undo").disabled


@pytest.mark.parametrize("back", [False, True])
def test_after_a_reading_the_fields_are_others_too(sample, back):
    chosen(sample, LOYAL)
    files = [(path.name, path.read_bytes()) for path in sorted(SAMPLE_FOLDER.iterdir())]
    if back:
        bring(sample, *files, into="Read newer files")
    before = field(sample, "text_input", "name").key
    if back:
        sample.button(key="draft-take-back").click().run()
    else:
        bring(sample, *files, into="Read newer files")
    assert field(sample, "selectbox", "node").value == LOYAL
    assert field(sample, "text_input", "name").key != before


def test_another_search_has_another_list(sample):
    before = sample.dataframe[0].proto.id
    sample.text_input(key="draft-search").set_value("late").run()
    assert sample.dataframe[0].proto.id != before
