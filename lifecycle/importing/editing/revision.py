"""A graph as it was read, and what a person has done to it since: undone, redone, and done again to a newer reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from lifecycle.importing.editing.edits import Add, Edit, EditRefused
from lifecycle.importing.editing.workbench import Workbench, apply
from lifecycle.importing.graph import Imported

MOST_EDITS = 20_000  # of all steps together, so that a history stays something one can read and keep
EditStep = tuple[Edit, ...]


@dataclass(frozen=True)
class LostEdit:
    """An edit that a graph no longer takes, and why."""

    edit: Edit
    why: str


@dataclass(frozen=True)
class ReplayedEdits:
    """A graph with the edits that it takes, and those that it does not, in their order."""

    graph: Imported
    lost: tuple[LostEdit, ...] = ()


def replayed(graph: Imported, edits: Iterable[Edit]) -> ReplayedEdits:
    """The edits done to a graph, which may be another than they were made for; what it does not take is reported."""
    bench, lost, is_edited = Workbench(graph), [], False
    for edit in edits:
        try:
            bench.edit(edit)
            is_edited = True
        except EditRefused as problem:
            lost.append(LostEdit(edit, problem.what))
    return ReplayedEdits(bench.graph() if is_edited else graph, tuple(lost))


@dataclass(frozen=True)
class Revision:
    """What was read (`base`), the steps that were done to it, and those that were undone, the next to redo at the end.

    A step is one edit, or several that were done, and are undone, together.
    """

    base: Imported
    steps: tuple[EditStep, ...] = ()
    undone: tuple[EditStep, ...] = ()

    @cached_property
    def _replayed(self) -> ReplayedEdits:
        return replayed(self.base, chain.from_iterable(self.steps))

    @property
    def graph(self) -> Imported:
        """The graph as the edits have made it."""
        return self._replayed.graph

    @property
    def lost(self) -> tuple[LostEdit, ...]:
        """The edits that the graph does not take, since what they name is gone; they stay, it may come back."""
        return self._replayed.lost

    def done(self, *edits: Edit) -> Revision:
        """With one more step; what was undone before cannot be redone then. Raises EditRefused, and nothing is done."""
        graph = apply(self.graph, *edits)
        if graph == self.graph:
            return self  # a step that changes nothing would be one to undo
        if sum(map(len, self.steps)) + len(edits) > MOST_EDITS:
            raise EditRefused(f"more than {MOST_EDITS:,} edits", "download the course, and go on from there")
        later = replace(self, steps=(*self.steps, edits), undone=())
        vars(later)["_replayed"] = ReplayedEdits(graph, self.lost)  # known already, and costly in a large graph
        return later

    def undo(self) -> Revision:
        """Without the last step; as it is where there is none."""
        return Revision(self.base, self.steps[:-1], (*self.undone, *self.steps[-1:]))

    def redo(self) -> Revision:
        """With the step that was undone last; as it is where there is none."""
        return Revision(self.base, (*self.steps, *self.undone[-1:]), self.undone[:-1])

    def onto(self, graph: Imported) -> Revision:
        """The same steps on the project as it was read again; `lost` says which of them it no longer takes."""
        return replace(self, base=graph)

    def new_id(self) -> str:
        """An id for a node to add: one that no node of this graph has or had."""
        taken = {node.id for graph in (self.base, self.graph) for node in graph.nodes}
        taken |= {edit.node for edit in chain.from_iterable(self.steps) if isinstance(edit, Add)}
        number = 1
        while (id := f"by-hand:{number}") in taken:
            number += 1
        return id
