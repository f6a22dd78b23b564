"""Two versions of a pipeline side by side: what was added and what is gone, and what that does to one and the same day.

`comparison` decides, of two `PipelineSide`s, everything that is said; `as_dict` and `as_markdown` only say it.
"""

from lifecycle.outputs.comparing.comparison import PipelineComparison, as_dict, compared
from lifecycle.outputs.comparing.markdown import as_markdown
from lifecycle.outputs.comparing.promises import Promise, promised, read_levels
from lifecycle.outputs.comparing.sides import PipelineSide, read_sides

__all__ = [
    "PipelineComparison",
    "PipelineSide",
    "Promise",
    "as_dict",
    "as_markdown",
    "compared",
    "promised",
    "read_levels",
    "read_sides",
]
