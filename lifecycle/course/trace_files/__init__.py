"""A real day out of somebody's file: CSV, Parquet or a server's log, gzipped or not, told apart by what is in it.

`opening` fetches the bytes and never more than MAX_BYTES of them, `formats` says what they are, `columns` chooses the
moments among the columns, `moments` reads them, `day` takes the fullest day, and `packed` makes it small to be kept.
Files come from strangers: memory and time are bounded however the file was made, and a number is a moment only where
header and span both say so.
"""

from lifecycle.course.trace_files.columns import ColumnError
from lifecycle.course.trace_files.day import RealDay
from lifecycle.course.trace_files.formats import read_trace_file
from lifecycle.course.trace_files.opening import MAX_BYTES, read_bytes
from lifecycle.course.trace_files.packed import packed, unpacked

__all__ = ["MAX_BYTES", "ColumnError", "RealDay", "packed", "read_bytes", "read_trace_file", "unpacked"]
