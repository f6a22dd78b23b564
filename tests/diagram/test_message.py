"""What Python sends to the diagram and what its JavaScript reads are one contract, written down on both sides."""

from __future__ import annotations

from typing import is_typeddict

import numpy as np
import pytest

from lifecycle.diagram import layout, living
from lifecycle.diagram.living import message
from tests.diagram.test_diagram import PIPELINE, N, day
from tests.support.message_contract import fields_of, fits, written

WRITTEN = written((living.LIVING / "script" / "message.js").read_text(encoding="utf-8"))
MESSAGES = {name: each for name, each in vars(message).items() if is_typeddict(each)}


@pytest.mark.parametrize("name", MESSAGES)
def test_both_sides_write_down_the_same_fields_and_types(name):
    assert WRITTEN[name] == fields_of(MESSAGES[name])


def test_the_script_writes_down_no_message_that_python_does_not_know():
    assert set(WRITTEN) == set(MESSAGES)


def test_what_is_sent_is_what_is_written_down():
    frames = day(np.full(N, 5, dtype=np.int64))
    assert fits(living.payload(layout.picture(PIPELINE), PIPELINE, {}), message.Payload)
    assert fits(living.run_note(frames, "monday"), message.RunNote)
    assert fits(living.run_note(None), message.RunNote)
    assert not fits({**living.run_note(None), "dya": ""}, message.RunNote)
