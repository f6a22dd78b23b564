"""The course as one HTML file that needs no server and no network: texts, living diagram, quizzes and computed runs.

`files` is pure, from a course to bytes; `save` puts them into a folder. What runs in the browser lies in `page/`.
"""

from lifecycle.outputs.offline.page import FILE, MARKER, files
from lifecycle.outputs.offline.saving import refuse, save

__all__ = ["FILE", "MARKER", "files", "refuse", "save"]
