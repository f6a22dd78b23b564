"""What is taught: the pipeline as it will be simulated, with what the project says of its stages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lifecycle.importing.drafting.pages import literal
from lifecycle.importing.drafting.stages import DraftStage
from lifecycle.importing.texts import ANGLES, cut
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.lineage import downstream
from lifecycle.simulation.model.network import Network

NAME = 60
_WORD = re.compile(r"[^\W_]+")
_BRACES = re.compile(r"([{}])")


@dataclass(frozen=True)
class TaughtPipeline:
    """The stages that the project knows, by their ids, and the network that a day of the course walks."""

    stages: Mapping[str, DraftStage]
    network: Network

    @cached_property
    def names(self) -> Mapping[str, str]:
        """One line for each stage by which nobody takes it for another; not yet Markdown."""
        names = {id: cut(stage.node.name.translate(ANGLES), NAME) for id, stage in self.stages.items()}
        times = Counter(" ".join(words_in(name)) for name in names.values())
        return {id: name if times[" ".join(words_in(name))] == 1 else f"{name} ({id})" for id, name in names.items()}

    def called(self, stage: str) -> str:
        """The name of a stage as Markdown."""
        return safe(self.names[stage])

    @cached_property
    def after(self) -> Mapping[str, tuple[str, ...]]:
        """Of each stage those that its rows reach, the nearest first and consumers last."""
        return {id: tuple(s for s in downstream(self.network, id) if s in self.stages) for id in self.stages}

    def comes_round(self, stage: str) -> frozenset[str]:
        """All that its rows reach when what leads back counts, too."""
        reached, todo = {stage}, [stage]
        while todo:
            targets = {link.target for link in self.network.links_from.get(todo.pop(), ())} - reached
            reached |= targets
            todo += targets
        return frozenset(reached - {stage})

    @cached_property
    def flows_to(self) -> Mapping[str, tuple[str, ...]]:
        """Of each stage those that its rows reach in one step; what leads back is left out."""
        targets: dict[str, list[str]] = {id: [] for id in self.stages}
        for link in self.network.links:
            if not link.loop and link.source in targets and link.target in targets:
                targets[link.source].append(link.target)
        return {id: tuple(row) for id, row in targets.items()}

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """What each stage does on the day; a person may have corrected what the import took it for."""
        return {station.id: station.role for station in self.network.stations if station.id in self.stages}

    @cached_property
    def widest(self) -> tuple[str, ...]:
        """All stages, those first whose rows reach most others; of as many in the order of their ids."""
        return tuple(sorted(self.stages, key=lambda id: (-len(self.after[id]), id)))

    def of(self, role: Role) -> tuple[str, ...]:
        """The stages of a role, the widest first."""
        return tuple(id for id in self.widest if self.roles.get(id) is role)

    def way(self, start: str, end: str) -> tuple[str, ...]:
        """The shortest way from one stage to another, both ends included; () where there is none."""
        came_from: dict[str, str] = {start: ""}
        ring = [start]
        while ring and end not in came_from:
            steps = [(target, id) for id in ring for target in self.flows_to[id] if target not in came_from]
            came_from |= dict(reversed(steps))
            ring = list(dict.fromkeys(target for target, _ in steps))
        return tuple(reversed(list(_back(came_from, end)))) if end in came_from else ()


def _back(came_from: Mapping[str, str], end: str) -> Iterator[str]:
    while end:
        yield end
        end = came_from[end]


def words_in(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [word.lower() for word in _WORD.findall(text)]


def safe(text: str) -> str:
    """A stranger's text as Markdown that shows exactly its characters, wherever in a line it stands.

    Unlike what a page of a stage needs, no comment can begin in it, and no `{place}` is filled.
    """
    return _BRACES.sub(r"\\\1", literal(text.translate(ANGLES)))
