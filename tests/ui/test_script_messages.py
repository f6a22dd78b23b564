"""What Streamlit hands to the scripts of hall, conductor and panel, and what they send, is the same on both sides.

What the diagram is handed as bytes is what the explorer draws.
"""

import json
import re

import pytest

from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.loading import SHIPPED
from lifecycle.diagram.living import run_note
from lifecycle.ui.components import aside, explanation, flips, lookup
from lifecycle.ui.lessons import leading
from lifecycle.ui.panel import hall
from lifecycle.ui.present import conductor, running
from lifecycle.ui.session import cached
from tests.support.message_contract import differences, messages
from tests.test_house import ROOT
from tests.ui.explorer_app import opened

CONTRACTS = (
    ("present", (conductor, running)),
    ("panel", (hall,)),
    ("lessons", (leading,)),
    ("components", (aside, explanation, flips, lookup)),
)


def script(folder):
    return (ROOT / "lifecycle/ui" / folder / "message.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("folder", "modules"), CONTRACTS, ids=["present", "panel", "lessons", "components"])
def test_both_sides_write_down_the_same_messages_with_the_same_fields_and_types(folder, modules):
    assert differences(script(folder), modules) == []
    for module in modules:
        for name in messages(module):
            lost = re.sub(rf"@typedef \{{object\}} {name}\n", "@typedef {object} Another\n", script(folder))
            assert len(differences(lost, modules)) == 2
    assert differences(re.sub(r"\{string\} (?=code|place|words)", "{number} ", script(folder)), modules) != []


@pytest.mark.parametrize(
    ("kind", "file"),
    [(conductor.ConductorTriggers, "conductor.py"), (running.RunningTriggers, "running.py")],
    ids=["conductor", "running"],
)
def test_every_trigger_is_listened_to_and_no_other(kind, file):
    source = (ROOT / "lifecycle/ui/present" / file).read_text(encoding="utf-8")
    assert set(re.findall(r"\bon_(\w+)_change=", source)) == set(kind.__annotations__)


@pytest.mark.usefixtures("own_folders")
@pytest.mark.parametrize("story", ["normal-day", "flash-sale"])
def test_the_diagram_is_sent_what_each_place_is_in_a_line_and_the_run_with_the_day_that_it_is_of(story):
    course = load(SHIPPED)
    mounts = [each.proto for each in opened(scenario=story).get("bidi_component")]
    sent = [each.bytes for each in mounts if each.WhichOneof("data") == "bytes"]
    picture, run, state = map(json.loads, sent)
    assert state["note"] == "state"
    summaries = {place["id"]: place["summary"] for place in picture["places"]}
    assert summaries == {id: place.summary for id, place in course.places.items()}
    assert run["day"].split() == [story]
    frames = cached.frames(course.day(scenario_of(State(scenario=story), course)))
    note = {**run_note(frames, run["day"]), "name": picture["name"], "note": "run"}
    assert json.dumps(note).encode() == sent[1]
