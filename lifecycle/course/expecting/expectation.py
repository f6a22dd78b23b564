"""`expect:` in a scenario's front matter: what its text says in numbers, written so that `check` can prove it.

expect:
  - consumers.bi.freshness_s.p95 < 4500
  - consumers.bi.freshness_s.p95 < 1000 with size=stream
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lifecycle.documents import Fields, Node, shown

KEY = "expect"
LONGEST, MOST = 300, 40
SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}
_FORM = re.compile(r"(?P<path>[^<>=!~]+?)\s*(?P<sign>[<>=!~]+)\s*(?P<number>\S+)(?:\s+with\s+(?P<given>\S+))?")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?")
EXAMPLE = "`expect: consumers.bi.freshness_s.p95 < 4500`"


@dataclass(frozen=True)
class DayExpectation:
    """One figure of the day, by its `path` in what `simulate --json` prints, compared with a number.

    `given`: the settings of a link under which it holds, as `size=stream`; "" for the day as it stands. `line` is where
    it stands in the scenario's file.
    """

    path: str
    sign: str
    number: float
    given: str = ""
    line: int = 1

    def holds_of(self, value: float) -> bool:
        """Whether it is true of what came out."""
        return SIGNS[self.sign](value, self.number)

    def __str__(self) -> str:
        return f"{self.path} {self.sign} {self.number:.10g}{f' with {self.given}' if self.given else ''}"


def read_expectations(fields: Fields) -> tuple[DayExpectation, ...]:
    """Those of a scenario: one line or a list of lines. What cannot be read is reported."""
    node = fields.node(KEY)
    if node is None:
        return ()
    nodes = fields.items(KEY, MOST) if node.kind == "a list" else (node,)
    return tuple(filter(None, [_read(item, fields) for item in nodes]))


def _read(node: Node, fields: Fields) -> DayExpectation | None:
    text = fields.text_of(node, KEY, LONGEST)
    if not text:
        return None
    form = _FORM.fullmatch(text)
    if form is None:
        what = "is no figure, sign and number"
    elif form["sign"] not in SIGNS:
        what = f"compares by {shown(form['sign'])}, where {', '.join(SIGNS)} may stand"
    elif not _NUMBER.fullmatch(form["number"]):
        what = f"compares with {shown(form['number'])}, which is no plain number"
    else:
        given = (form["given"] or "").removeprefix("?")
        return DayExpectation(form["path"], form["sign"], float(form["number"]), given, node.line)
    fields.report(node.line, f"`{KEY}: {shown(text)[1:-1]}` {what}", f"write it as {EXAMPLE}")
    return None
