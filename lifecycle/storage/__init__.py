"""What learners did, kept: answers, predictions, drills. The only package with SQL.

Rows are only ever added, and erased only at their learner's own wish; scores, mastery and progress are queries.
"""

from lifecycle.storage.errors import StoreError
from lifecycle.storage.rows import AnswerRow, DrillRow, PredictionScore
from lifecycle.storage.schema import VERSION
from lifecycle.storage.store import Store
from lifecycle.storage.transfer import FORMAT, MOST_BYTES

__all__ = ["FORMAT", "MOST_BYTES", "VERSION", "AnswerRow", "DrillRow", "PredictionScore", "Store", "StoreError"]
