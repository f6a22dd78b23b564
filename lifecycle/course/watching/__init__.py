"""What those who watch a day are told: which checks rang, what of persons can be read where, what an erasure leaves,
what would make it fresher."""

from lifecycle.course.watching.alarm_words import alarm_rows, first_alarm
from lifecycle.course.watching.copy_words import copy_rows, nothing_yet
from lifecycle.course.watching.fresher_words import fresher_rows, fresher_sentence
from lifecycle.course.watching.leak_words import leak_rows, leak_sentence

__all__ = [
    "alarm_rows",
    "copy_rows",
    "first_alarm",
    "fresher_rows",
    "fresher_sentence",
    "leak_rows",
    "leak_sentence",
    "nothing_yet",
]
