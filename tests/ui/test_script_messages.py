"""What Streamlit hands to the scripts of hall, conductor and panel, and what they send, is the same on both sides."""

import re

import pytest

from lifecycle.ui.components import explanation, flips
from lifecycle.ui.panel import hall
from lifecycle.ui.present import conductor, running
from tests.support.message_contract import differences, messages
from tests.test_house import ROOT

CONTRACTS = (("present", (conductor, running)), ("panel", (hall,)), ("components", (explanation, flips)))


def script(folder):
    return (ROOT / "lifecycle/ui" / folder / "message.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("folder", "modules"), CONTRACTS, ids=["present", "panel", "components"])
def test_both_sides_write_down_the_same_messages_with_the_same_fields_and_types(folder, modules):
    assert differences(script(folder), modules) == []
    for module in modules:
        for name in messages(module):
            lost = re.sub(rf"@typedef \{{object\}} {name}\n", "@typedef {object} Another\n", script(folder))
            assert len(differences(lost, modules)) == 2
    assert differences(re.sub(r"\{string\} (?=code|place)", "{number} ", script(folder)), modules) != []


@pytest.mark.parametrize(
    ("kind", "file"),
    [(conductor.ConductorTriggers, "conductor.py"), (running.RunningTriggers, "running.py")],
    ids=["conductor", "running"],
)
def test_every_trigger_is_listened_to_and_no_other(kind, file):
    source = (ROOT / "lifecycle/ui/present" / file).read_text(encoding="utf-8")
    assert set(re.findall(r"\bon_(\w+)_change=", source)) == set(kind.__annotations__)
