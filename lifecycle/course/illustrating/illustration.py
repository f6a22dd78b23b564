"""A figure in a text: a fence of the Markdown that names a view, a chart and what one should see in it.

    ```figure
    view: "?scenario=consumer-crash&size=stream&stage=buffer"
    chart: Waiting
    caption: Nobody reads for hours, and the log keeps what comes.
    ```

Other programs show the fence as code. Here the chart is drawn from the simulated day wherever the text is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from lifecycle.course.talks import CHARTS, STAGE_CHARTS, DayChart, StageChart
from lifecycle.documents import Fields, Problem, read_yaml

CAPTION, VIEW = 200, 300
_FENCE = re.compile(r"^```figure[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Illustration:
    """A chart of the day at an address query, and what it shows in a sentence; `line` is the file's line of its fence.

    A chart of one stage is that of the stage that the view names.
    """

    view: str
    chart: DayChart | StageChart
    caption: str
    line: int = 1

    @property
    def stage(self) -> str:
        """The stage that its chart is of, "" for one of the whole day."""
        return dict(parse_qsl(self.view.removeprefix("?"))).get("stage", "") if self.chart in STAGE_CHARTS else ""

    @property
    def in_words(self) -> str:
        """As Markdown without a picture: its caption, and a link to what it shows."""
        return f"{self.caption} [See it move]({self.view})"


def parted(markdown: str, first_line: int = 1) -> Iterator[str | Illustration]:
    """The text and its figures in order; a fence that cannot be read is left out, `illustration_faults` tells why."""
    after = 0
    for fence in _FENCE.finditer(markdown):
        if (text := markdown[after : fence.start()]).strip():
            yield text
        made, _ = _read(fence, markdown, "", first_line)
        if made is not None:
            yield made
        after = fence.end()
    if (text := markdown[after:]).strip():
        yield text


def without_pictures(markdown: str) -> str:
    """The text with each figure as its caption and a link, for where there are no pictures."""
    return _FENCE.sub(lambda fence: made.in_words if (made := _read(fence, markdown, "", 1)[0]) else "", markdown)


def illustration_faults(markdown: str, file: str, first_line: int) -> Iterator[Problem]:
    """What is wrong with the figures of a text, whose first line is the file's `first_line`."""
    for fence in _FENCE.finditer(markdown):
        yield from _read(fence, markdown, file, first_line)[1]


def _read(
    fence: re.Match[str], markdown: str, file: str, first_line: int
) -> tuple[Illustration | None, tuple[Problem, ...]]:
    line = first_line + markdown.count("\n", 0, fence.start())
    root, faults = read_yaml(fence[1], file)
    problems = list(faults)
    if root is None or root.kind != "a mapping":
        what = Problem(
            file, 0, "a figure without keys", "write `view: …`, `chart: …` and `caption: …` within its fence"
        )
        return None, tuple(_moved(problems or [what], line))
    fields = Fields(root, file, problems, "figure")
    view = fields.text("view", VIEW, required=True)
    chart = fields.choice("chart", (*CHARTS, *STAGE_CHARTS), required=True)
    caption = fields.text("caption", CAPTION, required=True)
    fields.done()
    if problems or chart is None:
        return None, tuple(_moved(problems, line))
    known: dict[str, DayChart | StageChart] = {name: name for name in (*CHARTS, *STAGE_CHARTS)}
    made = Illustration(f"?{view.removeprefix('?')}", known[chart], caption, line)
    if chart in STAGE_CHARTS and not made.stage:
        fix = "name it in the view: `stage=buffer`"
        return None, (Problem(file, line, f"the chart {chart} is of one stage", fix),)
    return made, ()


def _moved(problems: list[Problem], line: int) -> Iterator[Problem]:
    """Problems of the lines within a fence, as lines of its file."""
    return (replace(problem, line=line + problem.line) for problem in problems)
