"""Mermaid before its grammar: the diagrams of a file, what kind each is, and what a label says."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from lifecycle.importing.texts import name_of, with_angles

FLOWCHARTS = frozenset({"flowchart", "graph", "flowchart-elk"})
OTHERS = frozenset({
    "sequenceDiagram", "classDiagram", "classDiagram-v2", "stateDiagram", "stateDiagram-v2", "erDiagram", "gantt",
    "pie", "journey", "gitGraph", "mindmap", "timeline", "quadrantChart", "requirementDiagram", "requirement",
    "C4Context", "C4Container", "C4Component", "C4Dynamic", "C4Deployment", "sankey", "sankey-beta", "xychart",
    "xychart-beta", "block", "block-beta", "packet", "packet-beta", "architecture", "architecture-beta", "kanban",
    "radar", "radar-beta", "treemap", "treemap-beta", "zenuml", "info",
})  # fmt: skip
# A fence opens after quotes and marks of lists; the words behind its mark hold no backtick, else it is code in a line.
_FENCE = re.compile(
    r"(?P<lead>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+)(?P<mark>`{3,}+(?!.*`)|~{3,}|:{3,})(?P<words>.*)"
)
_MERMAID = re.compile(r"[ \t]*\{?[.]?mermaid\b", re.IGNORECASE)
_FRONT = re.compile(r"\s*---[ \t]*\n.*?\n[ \t]*---[ \t]*(?=\n|$)", re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*%%.*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"<(\w+)\b([^<>]*)>")
_WORD = re.compile(r"[\w-]+")
_LESS, _MORE = re.compile(r"(?<!&)#(?:lt|60);"), re.compile(r"(?<!&)#(?:gt|62);")
_ENTITY = re.compile(r"#(\w{1,30});")
_ICON = re.compile(r"\bfa[bsrlk]?:[\w-]+")


@dataclass(frozen=True)
class MermaidText:
    """One diagram: its text without comments and front matter (its lines kept), and the file's line it begins on."""

    text: str
    first_line: int
    kind: str


def diagrams(text: str) -> tuple[MermaidText, ...]:
    """The diagrams of a file: the one that it is, or every fence of a Markdown file, of whatever kind."""
    if diagram_type(text):
        return (MermaidText(_bare(text), 1, diagram_type(text)),)
    return tuple(MermaidText(_bare(inside), line, diagram_type(inside)) for inside, line in _fences(text))


def has_diagrams(text: str) -> bool:
    """Whether the text has a fence of Mermaid in it."""
    return "mermaid" in text.lower() and bool(_fences(text))


def diagram_type(text: str) -> str:
    """The word that says of which type the diagram is, `flowchart`, or "" where the text is none of Mermaid's."""
    match = _WORD.match(_bare(text).lstrip())
    return match.group() if match and match.group() in FLOWCHARTS | OTHERS else ""


def label_of(written: str) -> str:
    """What a label says, in one line: without its quotes, HTML, marks of Markdown and icons."""
    text = written.strip()
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        text = text[1:-1].strip()
    if text.startswith("`") and text.endswith("`") and len(text) > 1:
        text = re.sub(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)", "", text[1:-1])
    text = with_angles(_MORE.sub("&gt;", _LESS.sub("&lt;", text)))
    text = _ENTITY.sub(lambda match: _entity(match[1]), text)
    return name_of(_ICON.sub(" ", text.replace("\\n", " ")))


def _entity(name: str) -> str:
    return html.unescape(f"&#{name};" if name.isdigit() else f"&{name};")


def _bare(text: str) -> str:
    """The text with front matter, directives and comments blanked, so that every line keeps its number."""
    front = _FRONT.match(text)
    blanked = _lines_of(front.group()) + text[front.end() :] if front else text
    blanked = _COMMENT.sub("", _without_directives(blanked))
    return _ATTRIBUTES.sub(lambda tag: f"<{tag[1]}{tag[2].replace(chr(34), chr(39))}>", blanked)


def _without_directives(text: str) -> str:
    """The text without `%%{init: …}%%`, which may go over several lines."""
    parts, at = [], 0
    while (start := text.find("%%{", at)) >= 0 and (end := text.find("}%%", start)) >= 0:
        parts += [text[at:start], _lines_of(text[start:end])]
        at = end + 3
    return "".join(parts) + text[at:]


def _lines_of(text: str) -> str:
    return "\n" * text.count("\n")


def _fences(text: str) -> list[tuple[str, int]]:
    """What stands in each fence of Mermaid, and its first line. Nothing opens in another fence, which only shows it."""
    inside: list[tuple[str, int]] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        opened = _FENCE.fullmatch(lines[number])
        number += 1
        if not opened or (opened["mark"][0] == ":" and not _MERMAID.match(opened["words"])):
            continue  # a box of colons holds what else the page holds
        quoted, start = ">" in opened["lead"], number
        number = _end_of_fence(lines, start, opened["mark"], quoted=quoted)
        if _MERMAID.match(opened["words"]):
            body = [re.sub(r"^[ \t]*>+ ?", "", line) if quoted else line for line in lines[start:number]]
            inside.append(("\n".join(body), start + 1))
        number += 0 if quoted and number < len(lines) and not lines[number].lstrip().startswith(">") else 1
    return inside


def _end_of_fence(lines: list[str], start: int, mark: str, *, quoted: bool) -> int:
    """The line that closes a fence, with at least as many marks, or at which its quote ends; else the end of all."""
    close = re.compile(rf"[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*")
    ends = (
        number
        for number in range(start, len(lines))
        if close.fullmatch(lines[number]) or (quoted and not lines[number].lstrip().startswith(">"))
    )
    return next(ends, len(lines))
