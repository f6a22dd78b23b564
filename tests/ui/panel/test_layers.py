"""The two layers of the explorer: what each shows, where the choice is kept, and what stands beside a stage."""

import re
from types import SimpleNamespace

import pytest

from lifecycle.course import load
from lifecycle.course.address import State
from lifecycle.course.loading import SHIPPED
from lifecycle.course.worlds import knobs
from lifecycle.simulation.model.kinds import Size
from lifecycle.simulation.roles import ROLES
from lifecycle.ui import remembered
from lifecycle.ui.components import keeping
from lifecycle.ui.session import addressbar, layers
from lifecycle.ui.session.addressbar import Layer
from tests.ui.explorer_app import metric, opened, panel

pytestmark = pytest.mark.usefixtures("own_folders")
COURSE = load(SHIPPED)
FIGURES = ["p95 freshness", "Peak load at Ingestion", "Delivered", "Lost", "Cost a day"]


def learners(**params):
    return opened(chosen=None, **params)


def labels(app):
    return [button.label for button in app.button]


def story(app):
    return next(each for each in app.expander if each.label.startswith("**")).proto.expanded


def charts(app):
    return len(app.get("plotly_chart"))


def knobs_shown(app):
    widgets = (*app.slider, *app.select_slider, *app.selectbox)
    return [str(each.key) for each in widgets if re.match("(all-)?knob-", str(each.key))]


def test_a_first_look_has_five_figures_one_chart_and_a_folded_story_and_the_engineer_everything():
    plain, dense = learners(seed="1"), opened(seed="1")
    assert [each.label for each in plain.metric] == FIGURES
    assert charts(plain) == 1
    assert not story(plain)
    assert {each.key for each in plain.toggle} == set()
    assert "More" in labels(plain)
    assert len(dense.metric) > len(FIGURES)
    assert charts(dense) == 2
    assert story(dense)
    assert {each.key for each in dense.toggle} == {"predict-first"}
    assert not plain.exception
    assert not dense.exception


def test_the_choice_stands_in_the_address_stays_there_and_is_remembered():
    app = learners(seed="7")
    app.segmented_control(key="layer").set_value(Layer.ENGINEER).run()
    assert app.query_params["layer"] == "engineer"
    assert app.session_state[remembered.LAYER.name] == "engineer"
    assert charts(app) == 2
    app.segmented_control(key="size").set_value("stream").run()
    assert list(app.query_params) == ["size", "seed", "layer"]
    app.segmented_control(key="layer").set_value(Layer.LEARNER).run()
    assert app.query_params["layer"] == "learner"
    assert charts(app) == 1
    assert not app.exception


@pytest.mark.parametrize(
    ("cookie", "named", "session", "shown"),
    [
        ("", "", None, Layer.LEARNER),
        ("headwaters_layer=engineer", "", None, Layer.ENGINEER),
        ("headwaters_layer=engineer", "learner", None, Layer.LEARNER),
        ("headwaters_layer=engineer", "", "", Layer.LEARNER),  # erased, though this session's browser still said it
        ("headwaters_layer=learner", "", "engineer", Layer.ENGINEER),
        ("headwaters_layer=<b>", "", None, Layer.LEARNER),
        ("", "engineers", None, Layer.LEARNER),
    ],
)
def test_the_address_counts_before_the_session_and_the_session_before_the_cookie(
    monkeypatch, cookie, named, session, shown
):
    headers = SimpleNamespace(get_all=lambda _: [cookie])
    page = SimpleNamespace(context=SimpleNamespace(headers=headers), query_params={"layer": named})
    for module in (layers, addressbar):
        monkeypatch.setattr(module, "st", page)
    state = {} if session is None else {remembered.LAYER.name: session}
    monkeypatch.setattr(remembered, "st", SimpleNamespace(session_state=state))
    assert layers.chosen() is shown


def press(app, label):
    return next(button for button in app.button if button.label == label).click().run()


def test_a_layer_that_there_is_not_is_told_and_harms_nothing_else():
    app = learners(layer="expert", size="stream")
    assert any("must be one of learner, engineer" in each.value for each in app.warning)
    assert app.segmented_control(key="size").value == "stream"
    assert not learners(layer="engineer").warning


@pytest.mark.parametrize(("size", "first"), [("batch", "batch_interval_s"), ("stream", "poll_interval_s")])
@pytest.mark.parametrize("view", ["explain", "watch"])
def test_beside_a_chosen_stage_stand_its_two_live_knobs(size, first, view):
    app = learners(stage="ingestion", size=size, view=view)
    assert knobs_shown(app) == [f"knob-ingestion-{first}", "knob-ingestion-per_event_s"]
    before = metric(app, "p95 freshness").value
    app.select_slider(key=f"knob-ingestion-{first}").set_value(500.0).run()
    assert app.query_params["knobs"] == f"ingestion.{first}:500"
    assert metric(app, "p95 freshness").value != before
    assert not app.exception


def test_beside_a_question_stands_no_knob():
    assert knobs_shown(learners(stage="ingestion", view="quiz")) == []


def test_the_rest_of_a_stage_opens_in_the_panels_place_and_says_which_knobs_do_nothing_and_why():
    app = press(learners(stage="transform", transform="stream"), "All its settings")
    (stage,) = [stage for stage in COURSE.pipeline.stages if stage.id == "transform"]
    state = State(transform=Size.STREAM)
    idle = [why for name in knobs.all_in_use(COURSE, state, stage) if (why := why_of(state, stage, name))]
    assert len(idle) >= 5
    assert [each.value for each in app.caption if each.value.startswith("Does nothing")] == idle
    assert all(key.startswith("all-knob-transform-") for key in knobs_shown(app))
    assert panel(app) == {}
    app = press(app, "Close")
    assert panel(app)["title"]["content"] == COURSE.places["transform"].title
    assert not app.exception


def why_of(state, stage, name):
    figure = next(figure for figure in ROLES[stage.role] if figure.name == name)
    return knobs.why_idle(COURSE, state, stage, figure)


def test_a_place_that_is_chosen_shuts_the_drawer_and_a_link_that_hides_it_never_opens_it():
    app = press(learners(seed="1"), "More")
    assert "number-seed" in {each.key for each in app.number_input}
    app.number_input(key="number-seed").set_value(5).run()
    assert app.query_params["seed"] == "5"
    app.selectbox(key="stage").set_value("lake").run()
    assert "number-seed" not in {each.key for each in app.number_input}
    assert panel(app)["title"]["place"] == "lake"
    app = press(app, "Close")
    assert "stage" not in app.query_params
    app = press(app, "More")
    app.query_params["hide"] = "more"
    hidden = app.run()
    assert "number-seed" not in {each.key for each in hidden.number_input}
    assert not {"More", "All its settings"} & set(labels(hidden))
    assert not app.exception


def test_what_an_engineer_set_is_shown_to_a_learner_by_what_it_does_and_the_link_for_learners_names_no_layer():
    link = {"knobs": "ingestion.batch_interval_s:600", "seed": "3", "faults": "down.lake:36000-39600"}
    plain, dense = learners(**link), opened(**link)
    assert [each.value for each in plain.metric if each.label in FIGURES] == [
        each.value for each in dense.metric if each.label in FIGURES
    ]
    app = learners(layer="engineer", seed="3")
    app = press(app, "More")
    links = [each.value for each in app.code if "seed=3" in each.value]
    assert links
    assert not [link for link in links if "layer" in link]


def test_a_lesson_and_a_hall_show_what_they_say_in_either_layer():
    for layer in (None, Layer.ENGINEER):
        app = opened(chosen=layer, lesson="opening", step="1")
        assert "layer" not in {each.key for each in app.segmented_control}
        assert not app.metric
    hall = learners(talk="push-or-pull", step="3", free="1")
    assert charts(hall) == 2
    assert "layer" not in {each.key for each in hall.segmented_control}


def test_who_erases_their_data_has_the_browser_forget_the_choice(monkeypatch):
    kept = []
    monkeypatch.setattr(keeping, "keep", lambda *given: kept.append(given))
    app = learners(seed="1")
    assert kept == []
    app.segmented_control(key="layer").set_value(Layer.ENGINEER).run()
    assert kept[-1][:2] == ("headwaters_layer", "engineer")
    monkeypatch.setattr(remembered, "st", SimpleNamespace(session_state={}))
    layers.forget()
    layers.keep()
    assert kept[-1][:2] == ("headwaters_layer", "")


@pytest.mark.parametrize("chosen", [None, Layer.ENGINEER])
def test_beside_a_run_before_each_figure_has_two_bars_of_one_scale_that_are_said_in_words(chosen):
    app = opened(chosen=chosen, seed="1")
    assert {bars(pair) for pair in pairs(app)} == {("0.0%", "0.0%")}
    assert all('aria-hidden="true"' in pair for pair in pairs(app))
    was = metric(app, "p95 freshness").value
    app.segmented_control(key="size").set_value("stream").run()
    now = metric(app, "p95 freshness").value
    assert len(pairs(app)) == len(app.metric)
    age, *_, cost = pairs(app)
    assert f'role="img" aria-label="before {was}, now {now}" aria-hidden="false"' in age
    assert bars(age)[0] == "100.0%"
    assert 20 < float(bars(age)[1][:-1]) < 21  # 15 min of 1 h 13 min
    assert bars(cost)[1] == "100.0%"
    assert 71.5 < float(bars(cost)[0][:-1]) < 72.5  # 56 of 77 dollars


def pairs(app):
    return [each.proto.body for each in app.get("html") if 'class="pair"' in each.proto.body]


def bars(pair):
    return tuple(re.findall(r"width: ([0-9.]+%)", pair))


def test_what_the_bars_are_is_said_once_where_they_have_no_names():
    def said(app):
        return [each.proto.body for each in app.get("html") if "hollow: before" in each.proto.body]

    assert len(said(opened(layer="engineer"))) == 1
    assert said(learners()) == []
