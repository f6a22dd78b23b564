"""Answers for a store, and a program that writes them until it is killed, or as many as it is told."""

from lifecycle.storage import AnswerRow

WRITER = """
import sys
from pathlib import Path
from lifecycle.storage import AnswerRow, Store

where, nth, *most = sys.argv[1:]
store = Store(where if "://" in where else Path(where))
number = 0
while not most or number < int(most[0]):
    store.add_answer(f"{nth}-{number}", "ada", AnswerRow("lake", "q", True, "[]"))
    number += 1
    print(number, flush=True)
"""


def answer(store, submission="s1", learner="ada", question="q1", right=True):
    store.add_answer(submission, learner, AnswerRow("lake", question, right, "[0]"))
