"""The page of one's own pipeline as a person uses it, without a browser."""

import io
import re
import zipfile

import pytest

from lifecycle.course import load
from lifecycle.course.watching import fresher_rows, fresher_sentence
from lifecycle.importing import Imported, ImportedNode
from lifecycle.importing.editing import Connect, Disconnect
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching.sample import SAMPLE_FOLDER
from lifecycle.simulation.experiments.fresher import fresher
from lifecycle.simulation.model.kinds import Role
from lifecycle.ui.components.prose import plain
from lifecycle.ui.yours import arriving, editing
from tests.ui.pages.own_page import LETTER, LOYAL, ROOT, bring, chosen, click, field, opened, row, table, words


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


def test_before_anything_is_open_the_page_says_what_to_bring_and_where_it_lies(page):
    for tool in ("dbt", "Airflow", "OpenLineage", "Kafka Connect", "compose.yaml", "Mermaid"):
        assert tool in words(page)
    assert "128 MB a file" in page.get("file_uploader")[0].help
    assert not page.dataframe


def test_the_sample_is_drawn_with_its_figures_and_listed(sample):
    assert sample.query_params["draft"]
    assert "The sock shop" in words(sample)
    assert "For 95 % of the day" in words(sample)
    assert len(sample.metric) == 3
    assert len(table(sample)) == len(sketching.sample().nodes)
    assert row(sample, "orders_with_value")["runs observed"] == 7
    assert "no role is a guess" in words(sample)


def test_a_copy_of_the_course_is_edited_and_the_course_stays(page):
    before = load(ROOT / "content").pipeline
    click(page, "Edit a copy of this course's pipeline")
    assert len(table(page)) == len(before.stages)
    chosen(page, "lake")
    field(page, "text_input", "name").set_value("The big lake").run()
    assert "The big lake" in list(table(page)["name"])
    assert load(ROOT / "content").pipeline == before


def test_files_and_a_zip_are_opened_and_named_after_what_they_hold(page):
    bring(page, ("manifest.json", (SAMPLE_FOLDER / "manifest.json").read_bytes()))
    assert "Your pipeline: sock\\_shop" in words(page)
    assert row(page, "orders_with_value")["runs observed"] == 0
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for file in SAMPLE_FOLDER.iterdir():
            folder.write(file, f"target/{file.name}")
    bring(page, ("target.zip", packed.getvalue()))
    assert row(page, "orders_with_value")["runs observed"] == 7


def test_what_cannot_be_read_is_one_line_and_what_is_open_stays(sample):
    draft = sample.query_params["draft"]
    bring(sample, ("holiday.txt", b"sun and sand"))
    (error,) = sample.error
    assert error.value.startswith("Nothing was opened. holiday.txt: ")
    assert "\n" not in error.value
    assert sample.query_params["draft"] == draft
    assert len(table(sample)) == len(sketching.sample().nodes)


def test_a_name_and_a_text_of_a_file_are_shown_and_never_obeyed(page):
    text = 'flowchart LR\n a["**bold** [x](http://evil.example) :red[r]"] --> b["<b>B</b>"]\n'
    bring(page, ("evil.mmd", text.encode()))
    chosen(page, "a")
    field(page, "text_input", "name").set_value("**bold** [x](http://evil.example) :red[r] $x$ <b>").run()
    assert "**bold**" in table(page)["name"][0]
    drawn = [*(each.value for each in (*page.markdown, *page.caption)), *(button.label for button in page.button)]
    assert [text for text in drawn if "bold" in text]
    assert not [text for text in drawn if re.search(r"(?<!\\)(\*\*bold|\[x|<b>|\$x)|:red\[", text)]


def test_every_edit_counts_at_once_and_is_undone_and_done_again_by_its_name(sample):
    chosen(sample, LOYAL)
    field(sample, "text_input", "name").set_value("Friends of the shop").run()
    assert row(sample, "Friends of the shop")
    assert sample.button(key="draft-undo").label == "Undo: rename customers\\_loyal to Friends of the shop"
    field(sample, "selectbox", "role").set_value("warehouse").run()
    assert (row(sample, "Friends of the shop")["role"], row(sample, "Friends of the shop")["why"]) == (
        "warehouse",
        "set by you",
    )
    sample.button(key="draft-undo").click().run()
    assert row(sample, "Friends of the shop")["role"] == "transform"
    assert field(sample, "selectbox", "role").value == "transform"
    sample.button(key="draft-undo").click().run()
    assert row(sample, "customers_loyal")
    assert sample.button(key="draft-undo").disabled
    sample.button(key="draft-redo").click().run()
    assert row(sample, "Friends of the shop")
    assert sample.button(key="draft-redo").label == "Redo: make Friends of the shop a warehouse"


def test_a_longer_job_makes_the_data_older(sample):
    before = {metric.label: metric.value for metric in sample.metric}
    chosen(sample, LOYAL)
    field(sample, "number_input", "job").set_value(7200.0).run()
    after = {metric.label: metric.value for metric in sample.metric}
    assert after["p95 age at thank\\_you\\_letter"] != before["p95 age at thank\\_you\\_letter"]
    assert after["p95 age at late\\_parcels"] == before["p95 age at late\\_parcels"]


def test_what_would_make_it_fresher_is_tried_on_the_day_that_is_drawn(sample):
    sample.toggle(key="draft-fresher-on").set_value(True).run()
    assert not sample.exception
    sketch = sketching.sketched(sketching.draft_of(sketching.sample(), sketching.SAMPLE_TITLE))
    ranking = fresher(sketching.sketch_day(sketch).simulated())
    assert ranking.gains
    shown, labels = words(sample), sketch.pipeline.labels
    assert plain(fresher_sentence(ranking, labels)) in shown
    assert plain(fresher_rows(ranking, labels)[0]["Change"]) in shown


def test_the_nights_that_were_observed_are_played_again_with_their_error(sample):
    sketch = sketching.sketched(sketching.draft_of(sketching.sample(), sketching.SAMPLE_TITLE))
    replay = sketching.replayed(sketch.draft, sketching.sample())
    assert plain(sketching.replay_sentence(replay)) in words(sample)
    assert len(re.findall(r"^\| 20\d\d-.*\d min \d\d s", words(sample), re.MULTILINE)) == 7


def test_observed_jobs_that_lose_their_schedule_are_told_beside_the_age(sample):
    assert not sample.warning
    chosen(sample, "exposure.sock_shop.morning_sales")
    field(sample, "multiselect", "leads").set_value(["source.sock_shop.shop.orders"]).run()
    (warning,) = sample.warning
    assert warning.value.startswith("No schedule: between its jobs lie stages that keep their own time")
    assert warning.value.endswith("so the durations that were observed have no part in this day.")
    assert "The jobs are on no schedule here, so no run that was observed can be played again." in words(sample)
    sample.button(key="draft-undo").click().run()
    assert not sample.warning


def test_a_guess_that_is_right_is_confirmed_with_a_click(page):
    bring(page, ("two.mmd", b"flowchart LR\n a --> thing --> b\n"))
    chosen(page, "thing")
    assert "That is a guess" in words(page)
    field(page, "button", "confirm").click().run()
    assert "That is a guess" not in words(page)
    assert not [button for button in page.button if "draft-confirm" in (button.key or "")]
    page.button(key="draft-undo").click().run()
    assert "That is a guess" in words(page)


def test_a_job_starts_when_it_is_told_and_a_time_that_is_none_is_refused_in_words(sample):
    chosen(sample, LOYAL)
    field(sample, "text_input", "at").set_value("04:30").run()
    assert "30 4 \\* \\* \\*" in words(sample)
    assert field(sample, "text_input", "at").value == "04:30"
    field(sample, "text_input", "at").set_value("at noon").run()
    warning = sample.warning[0].value
    assert "Nothing was changed" in warning
    assert "write a time such as 04:30, or five fields of cron" in warning
    assert "`" not in warning
    assert field(sample, "text_input", "at").value == "04:30"


def test_flows_are_made_and_taken_away_by_the_lists_of_neighbours(sample):
    chosen(sample, LETTER)
    reads = field(sample, "multiselect", "reads")
    assert reads.value == [LOYAL]
    reads.set_value([LOYAL, "model.sock_shop.sales_by_day"]).run()
    assert row(sample, "thank_you_letter")["reads"] == 2
    field(sample, "multiselect", "reads").set_value([]).run()
    assert "it is not in the picture" in words(sample)
    sample.button(key="draft-undo").click().run()
    assert row(sample, "thank_you_letter")["reads"] == 2


def test_nodes_are_merged_removed_and_added(sample):
    chosen(sample, "model.sock_shop.stg_orders")
    assert field(sample, "button", "merge").disabled
    field(sample, "selectbox", "into").set_value("model.sock_shop.stg_order_items").run()
    field(sample, "button", "merge").click().run()
    assert "stg_orders" not in list(table(sample)["name"])
    assert field(sample, "selectbox", "node").value == "model.sock_shop.stg_order_items"
    assert row(sample, "stg_order_items")["reads"] == 2
    field(sample, "button", "remove").click().run()
    assert field(sample, "selectbox", "node").value is None
    assert "stg_order_items" not in list(table(sample)["name"])
    sample.button(key="draft-add").click().run()
    assert "an empty name" in sample.warning[0].value
    sample.text_input(key="draft-new-name").set_value("Till")
    sample.button(key="draft-add").click().run()
    assert row(sample, "Till")["role"] == "source"
    assert field(sample, "selectbox", "node").value == "by-hand:1"
    assert not sample.exception


def test_what_is_guessed_is_said_in_the_form_the_list_and_beneath_the_picture(sample):
    assert " ? before a name" not in words(sample)
    assert "Durations that were observed are yours" in words(sample)
    assert row(sample, "customers_loyal")["guessed"] == ""
    bring(sample, ("jobs.mmd", b"flowchart LR\n shop[(Shop)] --> sums --> board[Dashboard]\n"))
    assert row(sample, "sums")["guessed"] == "role, duration and start"
    assert row(sample, "Dashboard")["guessed"] == "role"
    assert "3 roles are guesses; the duration of 1 job is a guess; the start of 1 job is a guess" in words(sample)
    assert "Every figure is a default of the role." in words(sample)
    assert "A ? before a name says that something of it is a guess" in words(sample)
    chosen(sample, "sums")
    assert "Its duration and start are guesses on the simulated day." in words(sample)
    options = field(sample, "selectbox", "node").options
    assert "sums, transform (role, duration and start guessed)" in options
    field(sample, "number_input", "job").set_value(90.0).run()
    field(sample, "text_input", "at").set_value("04:30").run()
    field(sample, "selectbox", "role").set_value("transform").run()
    assert "Durations that you set are yours" in words(sample)
    assert row(sample, "sums")["guessed"] == "role"  # the page's role was right already, so nothing was said of it


def test_from_five_runs_on_the_form_shows_how_well_the_fit_holds(sample):
    chosen(sample, LOYAL)
    assert "7 runs observed: they took " in words(sample)
    assert not sample.get("plotly_chart")
    sample.toggle(key="draft-fit").set_value(True).run()
    assert not sample.exception
    assert len(sample.get("plotly_chart")) == 1
    assert re.search(r"7 runs (follow|do not quite follow) the log-normal that the day draws from", words(sample))
    field(sample, "number_input", "job").set_value(90.0).run()
    assert not sample.get("plotly_chart")  # what was set is drawn, and nothing fitted


def test_of_few_runs_the_form_says_that_the_day_draws_one(page):
    names = ("manifest.json", "run_results_1.json", "run_results_2.json")
    bring(page, *((name, (SAMPLE_FOLDER / name).read_bytes()) for name in names))
    chosen(page, LOYAL)
    assert "2 runs observed: they took " in words(page)
    assert "at the median; the day draws one of them." in words(page)
    assert "draft-fit" not in [toggle.key for toggle in page.toggle]


def test_a_source_that_something_leads_to_says_each_reason_once(sample):
    chosen(sample, LOYAL)
    field(sample, "selectbox", "role").set_value("source").run()
    shown = words(sample)
    assert "It is taken for a source: set by you." in shown
    assert "In this place it is a transform: something leads here, so it is no source." in shown
    assert "7 observed runs, played again" in shown


def test_a_copy_of_the_course_keeps_its_own_time(page):
    click(page, "Edit a copy of this course's pipeline")
    assert "no schedule: its jobs keep their own time" in words(page)
    assert "Every figure is a default of the role." in words(page)


def test_a_graph_that_cannot_be_drawn_says_why_and_can_still_be_edited(page):
    bring(page, ("two.mmd", b"flowchart LR\n a --> b\n"))
    chosen(page, "a")
    field(page, "multiselect", "leads").set_value([]).run()
    assert "It cannot be drawn yet: no two nodes of it are joined" in page.info[0].value
    assert len(table(page)) == 2
    page.button(key="draft-undo").click().run()
    assert "For 95 % of the day" in words(page)


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["manifest.json", "run_results.json"], "sock_shop"),
        (["target (2).zip"], "sock_shop"),
        (["night-jobs.zip"], "night-jobs"),
    ],
)
def test_a_pipeline_is_called_by_what_says_most(names, title):
    assert arriving.title_of(names, sketching.sample()) == title


@pytest.mark.parametrize(
    ("line", "shown"), [("5 2 * * *", "02:05"), ("24:00", "24:00"), ("0 6 * * 1", "0 6 * * 1"), ("", "")]
)
def test_a_line_of_cron_that_means_a_time_each_day_is_shown_as_that_time(line, shown):
    assert editing.clock_of(line) == shown


def test_of_two_nodes_with_one_name_a_list_says_which_is_which():
    graph = Imported(
        tuple(ImportedNode(id, name, Role.SOURCE, "x") for id, name in (("a", "N"), ("b", "N"), ("c", "M")))
    )
    assert editing.labels(graph) == {"a": "N (a)", "b": "N (b)", "c": "M"}


def test_flows_are_joined_by_their_difference():
    before, after = [("a", "c"), ("b", "c")], [("b", "c"), ("d", "c")]
    assert editing.joined(before, after) == (Disconnect("a", "c"), Connect("d", "c"))
