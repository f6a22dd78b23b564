"""What those who watch a day are told: the checks that rang, and what of persons could be read where."""

from lifecycle.course.watching.alarm_words import alarm_rows, first_alarm
from lifecycle.course.watching.leak_words import leak_rows, leak_sentence

__all__ = ["alarm_rows", "first_alarm", "leak_rows", "leak_sentence"]
