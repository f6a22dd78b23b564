"""What learners did, kept: answers, predictions, drills, lessons; days that they brought; pipelines that they work on;
and classes with their votes.

The only package with SQL. Rows are only ever added, but for drafts of pipelines, which are saved over; and erased only
at their learner's own wish, or when the time of a class or of a day that was brought is over. Scores, mastery and
progress are queries.
"""

from lifecycle.storage.classes import Around, Classes, ClassRow, Held, News, VoteKept, VoteRow
from lifecycle.storage.drafts import MOST_DRAFTS, DraftChanged, DraftHead, DraftRefused, DraftRow, Drafts
from lifecycle.storage.errors import StoreError
from lifecycle.storage.notices import Notices, Topic
from lifecycle.storage.place import files, place, problem
from lifecycle.storage.rows import AnswerRow, DrillRow, LessonRow, PredictionRow, PredictionScore
from lifecycle.storage.schema import VERSION
from lifecycle.storage.store import Store
from lifecycle.storage.transfer import FORMAT, MOST_BYTES
from lifecycle.storage.uploads import KEPT_HOURS, Uploads

__all__ = [
    "FORMAT",
    "KEPT_HOURS",
    "MOST_BYTES",
    "MOST_DRAFTS",
    "VERSION",
    "AnswerRow",
    "Around",
    "ClassRow",
    "Classes",
    "DraftChanged",
    "DraftHead",
    "DraftRefused",
    "DraftRow",
    "Drafts",
    "DrillRow",
    "Held",
    "LessonRow",
    "News",
    "Notices",
    "PredictionRow",
    "PredictionScore",
    "Store",
    "StoreError",
    "Topic",
    "Uploads",
    "VoteKept",
    "VoteRow",
    "files",
    "place",
    "problem",
]
