"""A strict subset of Mermaid's flowcharts: statements to nodes, links and subgraphs, in one pass over the text.

    document  = ("flowchart" | "graph" | "flowchart-elk") [direction] {statement (newline | ";")}
    statement = "subgraph" [id] ["[" text "]"] | "end" | "direction" … | style | nodes {link nodes}
    style     = ("classDef" | "class" | "style" | "linkStyle" | "click" | "accTitle" | "accDescr") …, passed over
    nodes     = node {" & " node}
    node      = id [shape text end of shape] {"@{" … "}" | ":::" class}
    link      = [id "@"] arrow ["|" text "|"] | start of an arrow, text, end of that arrow

An arrow may stand on the line below its node. `id@{ … }` is about a link where the id is a link's, the one written with
it or `L_from_to_0` as Mermaid counts them, or where it says only what links have. What does not fit is refused with its
line, as Mermaid refuses it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from typing import NoReturn

from lifecycle.importing.graph import MOST_EDGES, ImportProblem, TooMuch
from lifecycle.importing.mermaid.diagrams import MermaidText, label_of

MOST_DEPTH = 100
SHAPES = {
    "(((": (")))", "circle"), "((": ("))", "circle"), "([": ("])", "stadium"), "[(": (")]", "cylinder"),
    "[[": ("]]", "subroutine"), "{{": ("}}", "hexagon"), "(-": ("-)", "ellipse"), "[/": (r"/]|\]", "slanted"),
    "[\\": (r"/]|\]", "slanted"), "[|": ("]", "box"), "[": ("]", "box"), "(": (")", "round"), "{": ("}", "diamond"),
    ">": ("]", "flag"),
}  # fmt: skip
CYLINDERS = frozenset({"cyl", "cylinder", "db", "database", "das", "h-cyl", "horizontal-cylinder", "lin-cyl", "disk"})
_ID = re.compile(r'(?:(?!:::)[^\s\[\](){}<>|;"@=~-]|-(?![->.])|=(?!=)|~(?!~~))+')
_HEADER = re.compile(r"\s*(?:flowchart-elk|flowchart|graph)\b[ \t]*(?:(?:TB|TD|BT|RL|LR|BR|[<>^v])[ \t]*)?(?=[;\n]|$)")
_OPENERS = re.compile("|".join(re.escape(opener) for opener in sorted(SHAPES, key=len, reverse=True)))
_CLOSERS = {
    opener: re.compile(r'"[^"]*"|(' + (r"/\]|\\\]" if closer == r"/]|\]" else re.escape(closer)) + ")")
    for opener, (closer, _) in SHAPES.items()
}
_ARROW = re.compile(r"\s*(?:[^\s\"@]{1,99}@)?(?:[xo<]?--+[-xo>]|[xo<]?==+[=xo>]|[xo<]?-?\.+-[xo>]?|~~~+)\s*")
_START = re.compile(r"\s*(?:[^\s\"@]{1,99}@)?[xo<]?(--|==|-\.)\s*")
_ENDS = {
    "--": re.compile(r'"[^"]*"|([xo<]?--+[-xo>]\s*)'),
    "==": re.compile(r'"[^"]*"|([xo<]?==+[=xo>]\s*)'),
    "-.": re.compile(r'"[^"]*"|([xo<]?-?\.+-[xo>]?\s*)'),
}
_LINK_ID = re.compile(r"\s*([^\s\"@]{1,99})@(?=[xo<]?(?:--|==|-?\.|~~~))")
_PIPED = re.compile(r'\|(?:"[^"]*"|[^|"])*\|\s*')
_DATA = re.compile(r'@\{((?:"[^"]*"|[^}"])*)\}')
_DATUM = re.compile(r"""(?:^|[,\n])[ \t]*([\w-]+)[ \t]*:[ \t]*("[^"]*"|'(?:[^']|'')*'|[^,\n]*)""")
_OF_LINKS = frozenset({"animate", "animation", "curve", "thickness"})
_COUNTED = re.compile(r"\b(L_[^\s@]+)@\{")
_CLASS = re.compile(r":::[\w-]+")
_AND = re.compile(r"[ \t]+&[ \t]*(?=\S)")
_REST = re.compile(r'(?:"[^"]*"|[^";\n])*')
_PASSED_OVER = re.compile(
    r"(?:classDef|class|style|linkStyle|click|direction|accTitle|accDescr)\b(?![^\S\n]*(?:--|==|-\.))"
)
_ACC_BLOCK = re.compile(r"accDescr\s*\{[^}]*\}")
_SUBGRAPH = re.compile(r"subgraph(?=[\s;]|$)")
_TITLED = re.compile(r'("[^"]*"\s*|[^"\[]*)\[(.*)\]', re.DOTALL)
_END = re.compile(r"end(?=[\s;]|$)")
_GAP = re.compile(r"(?:[\s;]|%%[^\n]*)*")
_AFTER = re.compile(r"[ \t]*(?=[;\n]|$|%%)")


@dataclass
class MermaidNode:
    """A node as it was written: its label ("" for none), its shape, and the subgraph it belongs to (-1 for none)."""

    id: str
    label: str = ""
    shape: str = "box"
    subgraph: int = -1


@dataclass
class MermaidSubgraph:
    """A subgraph: its id, its title, the subgraph around it (-1 for none), and the ids that stand in it."""

    id: str
    title: str
    outer: int
    mentioned: dict[str, None] = field(default_factory=dict)


@dataclass
class Flowchart:
    """A flowchart: nodes by id, links as pairs of ids of nodes or subgraphs, and subgraphs in the order they open."""

    nodes: dict[str, MermaidNode] = field(default_factory=dict)
    links: dict[tuple[str, str], None] = field(default_factory=dict)
    subgraphs: list[MermaidSubgraph] = field(default_factory=list)
    both_ways: int = 0  # arrows with two heads


def parse(diagram: MermaidText) -> Flowchart:
    """The flowchart of a diagram's text, in linear time. Raises ImportProblem with the file's line."""
    return _Parser(diagram).flowchart()


class _Parser:
    def __init__(self, diagram: MermaidText) -> None:
        self.text, self.first_line = diagram.text, diagram.first_line
        self.at = 0
        self.chart = Flowchart()
        self.open: list[int] = []
        self.link_ids: set[str] = set()
        self.counted = set(_COUNTED.findall(self.text))  # what may be the id of a link by Mermaid's count
        self.times: Counter[tuple[str, str]] = Counter()
        self.numbers: dict[str, int] = {}  # of subgraphs, by id

    def flowchart(self) -> Flowchart:
        if not self.take(_HEADER):
            self.refuse("a direction that Mermaid does not know", "write TB, BT, LR or RL")
        while self.take(_GAP) is not None and self.at < len(self.text):
            self.statement()
        if self.open:
            title = self.chart.subgraphs[self.open[-1]].title
            self.refuse(f"the subgraph {title[:40]!r} is never closed", "close it with `end`")
        return self.chart

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def refuse(self, what: str, fix: str) -> NoReturn:
        raise ImportProblem(what, fix, line=self.line())

    def line(self) -> int:
        """The file's line that is read now."""
        return self.first_line + self.text.count("\n", 0, self.at)

    def statement(self) -> None:
        if self.take(_SUBGRAPH):
            self.begin_subgraph()
        elif self.take(_END):
            self.end_subgraph()
        elif self.take(_ACC_BLOCK):
            return
        elif _PASSED_OVER.match(self.text, self.at):
            self.take(_REST)
        else:
            self.chain()

    def begin_subgraph(self) -> None:
        rest = self.take(_REST)
        header = rest.group().strip() if rest else ""
        if titled := _TITLED.fullmatch(header):
            id, title = titled[1].strip().strip('"'), titled[2]
        else:
            id = title = label_of(header)
            if re.search(r"\s", id):  # a title of several words is no id
                id = ""
        id, title = id.strip(), label_of(title)
        if not id:
            id = f"subGraph{len(self.chart.subgraphs)}"
        if len(self.open) >= MOST_DEPTH:
            self.refuse(f"subgraphs nested more than {MOST_DEPTH} deep", "draw fewer within each other")
        if id not in self.numbers:  # else it goes on
            self.numbers[id] = len(self.chart.subgraphs)
            self.chart.subgraphs.append(MermaidSubgraph(id, title or id, self.open[-1] if self.open else -1))
        self.open.append(self.numbers[id])

    def end_subgraph(self) -> None:
        if not self.open:
            self.refuse("an `end` without a subgraph", "remove it, or call a node End")
        number = self.open.pop()
        for id in self.chart.subgraphs[number].mentioned:  # a node lies in the first subgraph closed that names it
            if self.chart.nodes[id].subgraph < 0:
                self.chart.nodes[id].subgraph = number

    def chain(self) -> None:
        left = self.node_group()
        while arrow := self.link():
            right = self.node_group()
            self.join(left, right, invisible="~" in arrow)
            left = right
        if not self.take(_AFTER):
            rest = self.text[self.at :].strip()[:30].split("\n")[0]
            self.refuse(f"not understood: {rest!r}", "write a node, a link, a subgraph or an end as Mermaid has them")

    def join(self, left: list[str], right: list[str], *, invisible: bool) -> None:
        if len(self.chart.links) + len(left) * len(right) > MOST_EDGES:
            raise TooMuch(f"more than {MOST_EDGES:,} links", "import a part of the diagram", line=self.line())
        for pair in product(left, right):
            if not invisible:  # such a link only moves boxes
                self.chart.links[pair] = None
            if self.counted:
                times = self.times[pair]
                self.link_ids |= self.counted & {f"L_{pair[0]}_{pair[1]}_{times + 1 if times else 0}"}
                self.times[pair] += 1

    def node_group(self) -> list[str]:
        group = [self.node()]
        while self.take(_AND):
            group.append(self.node())
        return [id for id in group if id]

    def node(self) -> str:
        match = self.take(_ID)
        if not match:
            self.refuse("a node is missing", "write an id on both sides of a link")
        id = match.group()
        data = self.take(_DATA)
        if data and (id in self.link_ids or (id not in self.chart.nodes and _is_of_links(data.group(1)))):
            return ""
        node = self.chart.nodes.setdefault(id, MermaidNode(id))
        for number in self.open[-1:]:
            self.chart.subgraphs[number].mentioned[id] = None
        if data:
            self.shape_data(node, data.group(1))
        elif opener := self.take(_OPENERS):
            self.shape(node, opener.group())
        while more := self.take(_DATA) or self.take(_CLASS):
            if more.re is _DATA:
                self.shape_data(node, more.group(1))
        return id

    def shape(self, node: MermaidNode, opener: str) -> None:
        start = self.at
        for match in _CLOSERS[opener].finditer(self.text, start):
            if match.group(1):
                node.label = label_of(self.text[start : match.start()]) or node.label
                node.shape = SHAPES[opener][1]
                self.at = match.end()
                return
        self.refuse(f"`{opener}` is never closed", f"close it with `{SHAPES[opener][0][-2:].strip('|')}`")

    def shape_data(self, node: MermaidNode, data: str) -> None:
        for name, value in _DATUM.findall(data):
            if name == "label":
                node.label = label_of(_unquoted(value)) or node.label
            elif name == "shape":
                node.shape = "cylinder" if _unquoted(value) in CYLINDERS else "box"

    def link(self) -> str:
        """The arrow that leads on, "" where there is none."""
        link_id = _LINK_ID.match(self.text, self.at)
        if start := self.take(_ARROW):
            arrow = start.group().strip()
        elif start := self.take(_START):
            ends = _ENDS[start.group(1)].finditer(self.text, self.at)
            end = next((match for match in ends if match.group(1)), None)
            if not end:
                self.refuse(f"the arrow `{start.group(1)}` has no end", "write it whole: -->, ---, -.->, ==>")
            self.at = end.end()
            arrow = start.group().strip() + end.group(1).strip()
        else:
            return ""
        self.take(_PIPED)
        if link_id:
            self.link_ids.add(link_id.group(1))
        arrow = arrow.rpartition("@")[2]
        self.chart.both_ways += arrow.startswith("<") and arrow.endswith(">")
        return arrow


def _unquoted(value: str) -> str:
    text = value.strip()
    if text[:1] not in ("'", '"'):
        return text
    return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1]


def _is_of_links(data: str) -> bool:
    """Whether `@{ … }` says something, and only what links have."""
    names = {name for name, _ in _DATUM.findall(data)}
    return bool(names) and names <= _OF_LINKS
