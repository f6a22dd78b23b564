"""What Python sends to the diagram and what its JavaScript reads are one contract, written down on both sides."""

from __future__ import annotations

import numpy as np

from lifecycle.diagram import layout, living
from lifecycle.diagram.living import message
from tests.contracts import differences, fits
from tests.diagram.test_diagram import PIPELINE, N, day

SCRIPT = (living.LIVING / "script" / "message.js").read_text(encoding="utf-8")


def test_both_sides_write_down_the_same_messages_with_the_same_fields_and_types():
    assert differences(SCRIPT, [message]) == []


def test_what_is_sent_is_what_is_written_down():
    frames = day(np.full(N, 5, dtype=np.int64))
    assert fits(living.payload(layout.picture(PIPELINE), PIPELINE, {}), message.Payload)
    assert fits(living.run_note(frames, "monday"), message.RunNote)
    assert fits(living.run_note(None), message.RunNote)
    assert not fits({**living.run_note(None), "dya": ""}, message.RunNote)
