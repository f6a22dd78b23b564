"""The actors of a sequence diagram: one that is named like a stage of the pipeline bears that stage's label."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BARE = re.compile(r"^([ \t]*(?:participant|actor)[ \t]+)(\S+)[ \t]*$", re.MULTILINE)


def with_labels(mermaid: str, labels: Mapping[str, str]) -> str:
    """The diagram with `participant lake` written as `participant lake as Raw storage`; `labels` by id of the stage.

    So a stage has one name in the picture and in the sequence, whatever its author calls it tomorrow. Participants
    with a name of their own (`participant Drop as Drop bucket`) and those who are no stage stay as they are.
    """

    def named(match: re.Match[str]) -> str:
        lead, id = match.groups()
        return f"{lead}{id} as {_escaped(labels[id])}" if id in labels else match.group()

    return _BARE.sub(named, mermaid)


def _escaped(label: str) -> str:
    """Mermaid ends a statement at `;` and begins an entity at `#`."""
    return re.sub("[#;]", lambda mark: f"#{ord(mark.group())};", label)
