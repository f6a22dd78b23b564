"""Following an order on the explorer: who is chosen, what the address holds, and what the diagram is told."""

import json
from pathlib import Path

import pytest

from lifecycle.course import load
from lifecycle.course.address import State
from lifecycle.diagram.journey_words import journey_words
from lifecycle.diagram.living.message import Followed
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.journey import Pick, choose, crossing, follow
from lifecycle.ui import following, toasts
from lifecycle.ui.session import addressbar, kept
from tests.support.message_contract import fits
from tests.ui.explorer_app import opened

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
LABELS = {stage.id: stage.label for stage in COURSE.pipeline.stages}
EVENTS = 3_000
RUNS = {size: simulate(COURSE.pipeline.network, Scenario(events=EVENTS, size=size)) for size in Size}
CHOICES = {
    Pick.MEDIAN: "an order like yours",
    Pick.SLOWEST: "the slowest",
    Pick.LAST: "the last",
    Pick.LOST: "one that was lost",
}


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


def explorer(**params):
    return opened(events=str(EVENTS), **params)


def notes(app):
    """What is left for the explorer's diagram, by the name of each note."""
    mounts = [each.proto for each in app.get("bidi_component")]
    sent = [json.loads(each.bytes) for each in mounts if each.component_name == "headwaters.diagram_note"]
    return {note["note"]: note for note in sent}


def told(app):
    return notes(app)["follow"]["followed"]


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def lines(app):
    return [each.value for each in [*app.info, *app.warning]]


def test_nothing_is_followed_unless_somebody_asks():
    app = explorer()
    assert notes(app).keys() == {"run", "state"}
    assert notes(app)["state"]["follows"] == ""
    assert app.selectbox(key="follow").value is None
    assert app.selectbox(key="follow").options == list(CHOICES.values())
    assert lines(app) == []


@pytest.mark.parametrize("pick", [Pick.MEDIAN, Pick.SLOWEST, Pick.LAST])
def test_who_is_chosen_is_held_by_number_and_told_as_the_command_prints_it(pick):
    app = explorer(moment="43200")
    app.selectbox(key="follow").set_value(pick.value).run()
    run = RUNS[Size.BATCH]
    event = choose(run, pick, "bi")
    assert app.query_params["follow"] == str(event)
    assert "moment" not in app.query_params
    followed = told(app)
    assert fits(followed, Followed)
    assert followed["ribbon"]["words"] == journey_words(follow(run, event, "bi"), LABELS)
    assert (followed["key"], followed["run"]) == (notes(app)["state"]["follows"], notes(app)["run"]["run"])
    assert followed["other"]["title"] == "The stream run, under the other size"
    assert f"order {event:,}" in app.selectbox(key="follow").options
    app.selectbox(key="follow").set_value(None).run()
    assert "follow" not in app.query_params
    assert "follow" not in notes(app)
    assert not app.exception


def test_the_number_stays_the_same_event_under_other_switches_beside_the_run_before_or_the_pinned_one():
    app = explorer(follow="slowest")
    event = choose(RUNS[Size.BATCH], Pick.SLOWEST, "bi")
    assert told(app)["tag"].startswith(f"order {event:,} ")
    app.selectbox(key="follow").set_value(Pick.SLOWEST.value).run()
    app = explorer(follow=str(event))
    key = told(app)["key"]
    press(app, "More")
    press(app, "Pin this run for comparison")
    app.segmented_control(key="size").set_value("stream").run()
    assert app.query_params["follow"] == str(event)
    followed = told(app)
    assert followed["key"] == key
    assert followed["ribbon"]["words"] == journey_words(follow(RUNS[Size.STREAM], event, "bi"), LABELS)
    assert followed["other"]["words"] == journey_words(follow(RUNS[Size.BATCH], event, "bi"), LABELS)
    assert followed["other"]["title"] == "The batch run, pinned"
    app.segmented_control(key="transform").set_value("stream").run()
    assert told(app)["other"]["title"].endswith(", pinned")
    press(app, "Unpin the run")
    assert told(app)["other"]["title"].endswith(", before")
    app.number_input(key="number-seed").set_value(7).run()
    assert told(app)["key"] != key
    assert not app.exception


@pytest.mark.parametrize(
    ("params", "line"),
    [
        (
            {"follow": "3000"},
            "No order is followed, because there is no event 3,000: the day has 3,000, numbered 0 to 2,999.",
        ),
        ({"follow": "999999999"}, "No order is followed, because there is no event 999,999,999:"),
        ({"follow": "fastest"}, "Left out of the link: “follow” with “fastest”, because it must be the number of an"),
        ({"follow": "-1"}, "Left out of the link: “follow” with “-1”,"),
        ({"follow": "9999999999"}, "Left out of the link: “follow” with “9999999999”,"),
    ],
)
def test_an_order_that_there_is_not_is_said_in_one_line(params, line):
    app = explorer(**params)
    assert len(lines(app)) == 1
    assert lines(app)[0].startswith(line)
    assert "follow" not in notes(app)
    assert notes(app)["state"]["follows"] == ""
    assert not app.exception


def test_two_runs_are_the_same_whoever_is_followed_in_them():
    assert kept.bare(State(follow=5)) == kept.bare(State(follow=Pick.LAST)) == kept.bare(State())


def test_where_none_was_lost_the_choice_says_so_and_nothing_breaks():
    app = opened(events="40")
    app.selectbox(key="follow").set_value(Pick.LOST.value).run()
    assert app.query_params["follow"] == "lost"
    assert lines(app) == [
        "No order is followed, because no event was lost on its way to Analytics on this day; choose another order."
    ]
    assert not app.exception


def test_a_dot_that_was_clicked_stands_for_the_order_that_was_on_its_wire(monkeypatch):
    gone: list[dict[str, object]] = []
    said: list[str] = []
    monkeypatch.setattr(addressbar, "go", lambda _, **changes: gone.append(changes))
    monkeypatch.setattr(toasts, "say", said.append)
    day = COURSE.day(Scenario(events=EVENTS))
    event = crossing(RUNS[Size.BATCH], "jdbc", "ingestion", 50_400.0)
    following.clicked(COURSE, day, "jdbc>ingestion@50400")
    assert gone == [{"follow": event, "moment": None}]
    assert said == [f"Order {event:,}: an order of this packet, from Database link to Ingestion."]
    for odd in ("", "jdbc>ingestion", "jdbc>nowhere@5", "bi>lake@5", "<b>>lake@5", "jdbc>ingestion@1e9", "a" * 9_000):
        following.clicked(COURSE, day, odd)
    assert len(gone) == len(said) == 1
