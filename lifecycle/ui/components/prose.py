"""Content's Markdown made ready for Streamlit, which obeys more marks than plain Markdown has."""

from __future__ import annotations

import re

# Code is left as it is; in everything else `$` would start a formula and `:word[` or `:word:` a Streamlit directive.
CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]*`)", re.DOTALL)
DOLLAR = re.compile(r"(?<!\\)\$")
DIRECTIVE = re.compile(r"(?<!\\):(?=[a-z][\w/-]*[:\[])")


def prose(markdown: str) -> str:
    """The Markdown with Streamlit's own marks escaped, so that a page shows what its author wrote."""
    parts = CODE.split(markdown)
    parts[::2] = [DIRECTIVE.sub(r"\\:", DOLLAR.sub(r"\\$", part)) for part in parts[::2]]
    return "".join(parts)


def plain(text: str) -> str:
    """A label or title from content as Markdown that shows exactly its characters."""
    return prose(re.sub(r"([\\`*_\[\]<>#~|])", r"\\\1", text))
