"""Content's Markdown made ready for Streamlit, which obeys more marks than plain Markdown has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lifecycle.words import NO_BREAK, unlinked

# Code is left as it is; in everything else `$` would start a formula and `:word[` or `:word:` a Streamlit directive.
CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]*`)", re.DOTALL)
DOLLAR = re.compile(r"(?<!\\)\$")
DIRECTIVE = re.compile(r"(?<!\\):(?=[a-z][\w/-]*[:\[])")
_BETWEEN = re.compile(r"`([^`\n]+)`")
# A number and its unit, and the small word before a number: `5 h`, `at 02:00`.
_COUNTED = re.compile(r"(?<=\d) (?=[^\W\d]|%)|\b(at|after|before|every|from|until|to) (?=\d)", re.IGNORECASE)


def prose(markdown: str) -> str:
    """The Markdown with Streamlit's own marks escaped, so that a page shows what its author wrote."""
    parts = CODE.split(markdown)
    parts[::2] = [DIRECTIVE.sub(r"\\:", DOLLAR.sub(r"\\$", part)) for part in parts[::2]]
    return "".join(parts)


def table(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows of the same columns as a table in Markdown; their heads and cells are text."""
    heads = list(rows[0]) if rows else []
    lines = [
        [plain(head) for head in heads],
        ["---"] * len(heads),
        *([plain(row[head]) for head in heads] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def plain(text: str) -> str:
    """A label or title from content as Markdown that shows exactly its characters, and links nowhere."""
    return prose(re.sub(r"([\\`*_\[\]<>#~|]|:(?=[a-zA-Z]))", r"\\\1", unlinked(text)))


def coded(text: str) -> str:
    """Words of ours as Markdown in which what stands between backticks is code, and no other mark works.

    A stranger's name may stand in them: outside of code it is shown as `plain` shows it, and none can end the code.
    """
    parts = _BETWEEN.split(text)
    parts[::2] = map(plain, parts[::2])
    parts[1::2] = [f"`{part}`" for part in parts[1::2]]
    return "".join(parts)


def uncoded(text: str) -> str:
    """Words of ours without their marks of code, where nothing is Markdown."""
    return text.replace("`", "")


def with_units(text: str) -> str:
    """The text with each number and its unit on one line, and `at` with its moment: `10.6 k`, `5 h`, `at 02:00`."""
    return _COUNTED.sub(lambda match: f"{match[1] or ''}{NO_BREAK}", text)
