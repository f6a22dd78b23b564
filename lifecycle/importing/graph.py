"""A pipeline of somebody else's as it was read: nodes with their roles and the reasons for them, edges, and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from lifecycle.documents import printable
from lifecycle.simulation.model.kinds import Role

MOST_NODES = 200_000
MOST_EDGES = 1_000_000
SHOWN_STEPS = 6
_NO_SUCCESS = (
    *("error", "runtime error", "fail", "failed", "abort", "cancelled", "skipped"),
    *("partial success", "no-op", "reused"),
)


class ImportProblem(ValueError):  # noqa: N818 - a problem, as the house calls what is wrong with a file
    """A file that cannot be read as what it seems to be: one line with the file, what is wrong and what to do."""

    def __init__(self, what: str, fix: str, file: str = "", line: int = 0) -> None:
        self.what, self.fix, self.file, self.line = what, fix, file, line
        where = f"{printable(file)}{f':{line}' if line else ''}: " if file else ""
        super().__init__(f"{where}{what}; {fix}")

    def of(self, file: str) -> ImportProblem:
        """The same problem, of this file where it named none."""
        return self if self.file else type(self)(self.what, self.fix, file, self.line)


class TooMuch(ImportProblem):
    """What is refused for its size: it is never passed over, so that nobody waits for the next one."""


@dataclass(frozen=True)
class RoleEvidence:
    """What a node is taken for, why ("image `postgres`"), and whether that leaves no doubt."""

    role: Role
    reason: str
    certain: bool = True


class ZoneName(StrEnum):
    """A zone of the course that a graph becomes: a node's role says which, unless a person has said otherwise."""

    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"


@dataclass(frozen=True)
class HandSet:
    """What a person decided of a node besides its name and role; it goes before all that was read.

    `zone`: where it is drawn; `job_s`: how long its job takes, in seconds; `at`: when the job starts, a line of cron.
    None or "" leaves it to what was read.
    """

    zone: ZoneName | None = None
    job_s: float | None = None
    at: str = ""


@dataclass(frozen=True)
class ImportedColumn:
    """A column of a table; `kind` is its type as the database calls it. What is not known is ""."""

    name: str
    description: str = ""
    kind: str = ""


@dataclass(frozen=True)
class ImportedNode:
    """One node. Of its texts none holds HTML or control characters, and "" or () is what was not written.

    `group` is the package, folder, namespace or subgraph it lies in, with `/` between outer and inner. `schedule` is as
    written there (`@daily`, `0 2 * * *`); `freshness_s` is the age at which its owner calls it late, `age_s` how old
    its newest row was when that was last looked at, both in seconds. `tests` say what is tested: `unique(order_id)`.
    `moves` is the id of the way in which what it reads gets to it, where that leaves no doubt: `cdc`. One with an
    `own_time` is started by no schedule.
    """

    id: str
    name: str
    role: Role
    reason: str
    group: str = ""
    certain: bool = True
    description: str = ""
    owner: str = ""
    columns: tuple[ImportedColumn, ...] = ()
    tags: tuple[str, ...] = ()
    schedule: str = ""
    freshness_s: float | None = None
    age_s: float | None = None
    tests: tuple[str, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    by_hand: HandSet = HandSet()
    moves: str = ""
    own_time: bool = False


@dataclass(frozen=True, order=True)
class ImportedEdge:
    """Data goes from the node `source` to the node `target`, both by id; two nodes have one edge, however it `moves`.

    `moves`: the id of the way that this edge alone goes, "" where it does not say.
    """

    source: str
    target: str
    moves: str = field(default="", compare=False)


@dataclass(frozen=True)
class Observation:
    """One run of a node that really happened: its start in epoch seconds (UTC), how long it took, how it ended.

    `status` is the tool's own word in small letters: success, error, skipped, complete, fail, abort. `invocation`: the
    id of the run of the whole pipeline of which it was a part, "" where none is named; `threads`: how many jobs that
    may have had at work at once, 0 where nobody says. They were `counted` where only the names of threads tell it.
    """

    node: str
    start_s: float
    seconds: float
    status: str
    invocation: str = ""
    threads: int = 0
    counted: bool = False

    @property
    def succeeded(self) -> bool:
        """Whether it did its work; what dbt before 0.19 wrote there (`SELECT 100`) is a success, too."""
        return self.status not in _NO_SUCCESS


@dataclass(frozen=True)
class Imported:
    """A graph that was read; edges join nodes of it, each pair once. `notes` say what was guessed or not understood.

    `origins` say of each file what it was taken for.
    """

    nodes: tuple[ImportedNode, ...]
    edges: tuple[ImportedEdge, ...] = ()
    notes: tuple[str, ...] = ()
    observed: tuple[Observation, ...] = ()
    origins: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Kept, since what is made of a graph is sought by it at every click, and thousands of nodes take time."""
        return hash((self.nodes, self.edges, self.notes, self.observed, self.origins))


def cycle_in(graph: Imported) -> tuple[str, ...]:
    """The ids of one cycle of the graph in its order, or () where there is none; in linear time."""
    successors: dict[str, list[str]] = {}
    predecessors: dict[str, list[str]] = {}
    for edge in graph.edges:
        successors.setdefault(edge.source, []).append(edge.target)
        predecessors.setdefault(edge.target, []).append(edge.source)
    open_parents = {id: len(parents) for id, parents in predecessors.items()}
    free = [id for id in successors if not open_parents.get(id)]
    while free:
        for child in successors.get(free.pop(), ()):
            open_parents[child] -= 1
            if not open_parents[child]:
                free.append(child)
    left = {id for id, count in open_parents.items() if count}
    if not left:
        return ()
    at, steps = (
        min(left),
        dict[str, int](),
    )  # whatever is left has a parent that is left too: upwards one must come round
    while at not in steps:
        steps[at] = len(steps)
        at = min(parent for parent in predecessors[at] if parent in left)
    return tuple(reversed([id for id, step in steps.items() if step >= steps[at]]))


def cycle_words(graph: Imported, cycle: tuple[str, ...]) -> str:
    """The cycle in words, by the names of its nodes: `a → b → a`; a long one is cut short."""
    names = {node.id: node.name for node in graph.nodes}
    steps = [names.get(id, id) for id in cycle]
    if len(steps) > SHOWN_STEPS:
        steps = [*steps[: SHOWN_STEPS - 1], "…", steps[-1]]
    return " → ".join([*steps, steps[0]])
