"""The question bank in the formats of other programs: GIFT, QTI 2.1, Anki and Markdown.

One module a format, each a function `export(questions, places)` that gives the files and says what the format could not
hold: nothing is dropped without a word.
"""

from lifecycle.outputs.question_formats.exported import Export, Exported, ExportedPlace, Loss
from lifecycle.outputs.question_formats.formats import FORMATS

__all__ = ["FORMATS", "Export", "Exported", "ExportedPlace", "Loss"]
