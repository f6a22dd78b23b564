"""A class that votes: what is asked, the ballots, their tally, and the presenter's moves. Data in, data out."""

from lifecycle.classroom import moves
from lifecycle.classroom.ballots import Ballot, Refused, ballot_from, ballot_json, read_ballot
from lifecycle.classroom.keeping import DELETED, deletion
from lifecycle.classroom.message import PollKind
from lifecycle.classroom.polls import (
    AnswerKey,
    Ask,
    Poll,
    ask_from,
    ask_json,
    ask_of,
    open_question,
    prediction,
)
from lifecycle.classroom.results import ResultLine, Round, results, results_csv
from lifecycle.classroom.states import ClassState, shown_json, state_from, state_json
from lifecycle.classroom.tallies import Bin, Shift, Tally, tally, tally_json

__all__ = [
    "DELETED",
    "AnswerKey",
    "Ask",
    "Ballot",
    "Bin",
    "ClassState",
    "Poll",
    "PollKind",
    "Refused",
    "ResultLine",
    "Round",
    "Shift",
    "Tally",
    "ask_from",
    "ask_json",
    "ask_of",
    "ballot_from",
    "ballot_json",
    "deletion",
    "moves",
    "open_question",
    "prediction",
    "read_ballot",
    "results",
    "results_csv",
    "shown_json",
    "state_from",
    "state_json",
    "tally",
    "tally_json",
]
