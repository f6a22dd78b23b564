"""YAML out of other people's files, by the reader of `documents`: nothing is constructed, and every size is bounded."""

from __future__ import annotations

import re
from typing import Any

from lifecycle.documents import read_yaml
from lifecycle.importing.graph import ImportProblem

_DOCUMENTS = re.compile(r"^---(?=[ \t\n]|$)[ \t]*|^\.\.\.[ \t]*$", re.MULTILINE)


def yaml_documents(text: str) -> tuple[Any, ...]:
    """Each document of the text as ordinary Python, empty ones left out. Raises ImportProblem with the line."""
    starts = [0, *(match.end() for match in _DOCUMENTS.finditer(text))]
    ends = [*(match.start() for match in _DOCUMENTS.finditer(text)), len(text)]
    documents = []
    for start, end in zip(starts, ends, strict=True):
        root, problems = read_yaml(text[start:end], "", 1 + text.count("\n", 0, start), foreign=True)
        if root is None:
            raise ImportProblem(problems[0].what, problems[0].fix, line=problems[0].line)
        if root.kind != "nothing":
            documents.append(root.plain)
    return tuple(documents)
