"""What phones and presenters are refused, each in words; `routes` gives every kind its status."""

from __future__ import annotations

from lifecycle.classroom import Refused

GONE = "There is no class of this code, or its time is over: look at the screen again."
REPLAYED = "This vote came before, with another choice: choose again."


class NoClass(Refused):
    """There is no class of this code, or its time is over."""


class NotPresenter(Refused):
    """The secret is not the presenter's."""


class TooOften(Refused):
    """More than is allowed; `wait_s` until it is again."""

    def __init__(self, words: str, wait_s: float) -> None:
        super().__init__(words)
        self.wait_s = wait_s


class Closed(Refused):
    """The question is not open, or another one is."""


class Replayed(Refused):
    """The key of a vote came again with another vote."""


class Shut(Refused):
    """The door is shut for this phone."""


class Full(Refused):
    """As many phones as may come from this address are in."""


class SeatTaken(Refused):
    """Another device has this seat."""
