"""OpenLineage: events of runs, jobs and datasets, as an array, a line each, or a file each.

Jobs and datasets are both nodes, and an edge leads from what a job reads to the job and on to what it writes. What a
run reads and writes is gathered over all of its events, since a COMPLETE often says neither; START and COMPLETE, FAIL
or ABORT of one run are one observation. Datasets that a `symlinks` facet joins are one. No nodes are tests that write
nothing, and jobs that only run others, such as a DAG: those are groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lifecycle.importing.evidence import by_scheme
from lifecycle.importing.graph import (
    Imported,
    ImportedColumn,
    ImportedEdge,
    ImportedNode,
    ImportProblem,
    Observation,
    RoleEvidence,
)
from lifecycle.importing.json_texts import listed, mapping
from lifecycle.importing.moments import epoch_s
from lifecycle.importing.texts import MOST_VALUES, id_of, name_of, names_of, path_of, plain
from lifecycle.simulation.model.kinds import Role
from lifecycle.words import plural

ENDS = frozenset({"COMPLETE", "FAIL", "ABORT"})
MOST_NESTED = 20  # runs within runs, above which no parent is looked for
Facets = dict[str, Mapping[str, Any]]


@dataclass
class _Thing:
    """A job or a dataset while events are gathered: the newest facet of each name, and what it is joined to."""

    namespace: str
    name: str
    facets: Facets = field(default_factory=dict)
    inputs: dict[str, None] = field(default_factory=dict)
    outputs: dict[str, None] = field(default_factory=dict)
    parent: str = ""
    parent_id: str = ""
    schedule: str = ""
    tests: bool = False  # whether a run of it says which tests it made


@dataclass
class _LineageRun:
    job: str
    start_s: float | None = None
    end_s: float | None = None
    status: str = ""
    parent: str = ""
    root: str = ""


@dataclass
class _Gathered:
    jobs: dict[str, _Thing] = field(default_factory=dict)
    datasets: dict[str, _Thing] = field(default_factory=dict)
    runs: dict[str, _LineageRun] = field(default_factory=dict)
    links: dict[str, dict[str, None]] = field(default_factory=dict)  # of datasets the other ids that they say they have
    strange: int = 0


def is_event(document: Any) -> bool:
    """Whether a JSON object is an event of OpenLineage, of any of its three kinds."""
    names = mapping(document)
    job, dataset = mapping(names.get("job")), mapping(names.get("dataset"))
    told_by = names.keys() & {"eventTime", "eventType", "run", "schemaURL", "producer", "inputs", "outputs"}
    return bool(told_by) and bool(_is_thing(job) or _is_thing(dataset))


def read_events(documents: Iterable[Any]) -> Imported:
    """The graph of the events; what is no event among them is counted in a note. Raises ImportProblem."""
    gathered = _Gathered()
    for document in documents:
        if is_event(document):
            _gather(document, gathered)
        else:
            gathered.strange += 1
    if not gathered.jobs and not gathered.datasets:
        raise ImportProblem("no event of OpenLineage in it", "give the events with their `job` or `dataset`")
    notes = (*_joined_by_links(gathered), *_left_out(gathered), *_notes(gathered))
    written = {id for job in gathered.jobs.values() for id in job.outputs}
    nodes = (
        *(_job_node(id, job) for id, job in gathered.jobs.items()),
        *(_dataset_node(id, dataset, id in written) for id, dataset in gathered.datasets.items()),
    )
    observed = tuple(seen for seen in _observed(gathered) if seen.node in gathered.jobs)
    return Imported(nodes, tuple(_edges(gathered)), notes, observed)


def _is_thing(thing: Mapping[str, Any]) -> bool:
    return bool(id_of(thing.get("name")))


def _gather(event: Mapping[str, Any], gathered: _Gathered) -> None:
    if _is_thing(mapping(event.get("dataset"))):
        _dataset(event["dataset"], gathered)
    if not _is_thing(mapping(event.get("job"))):
        return
    id = _id("job", event["job"])
    job = gathered.jobs.setdefault(id, _thing(event["job"]))
    job.facets.update(_facets(event["job"]))
    for key, ids in (("inputs", job.inputs), ("outputs", job.outputs)):
        for dataset in listed(event.get(key)):
            if _is_thing(mapping(dataset)):
                ids[_dataset(dataset, gathered)] = None
    run = mapping(event.get("run"))
    _gather_run(run, event, id, gathered)
    facets = _facets(run)
    parent = mapping(mapping(facets.get("parent")).get("job"))
    if _is_thing(parent):
        job.parent, job.parent_id = name_of(parent.get("name")), _id("job", parent)
    job.schedule = _schedule(facets) or job.schedule
    job.tests = job.tests or "test" in facets


def _gather_run(run: Mapping[str, Any], event: Mapping[str, Any], job: str, gathered: _Gathered) -> None:
    run_id, moment = id_of(run.get("runId")), epoch_s(event.get("eventTime"))
    if not run_id or moment is None:
        return
    kind = str(event.get("eventType") or "").upper()
    gathered_run = gathered.runs.setdefault(run_id, _LineageRun(job))
    if kind in ENDS:
        gathered_run.end_s, gathered_run.status = moment, kind.lower()
    elif kind == "START" or gathered_run.start_s is None:
        gathered_run.start_s = moment
    parent = mapping(_facets(run).get("parent"))
    gathered_run.parent = id_of(mapping(parent.get("run")).get("runId")) or gathered_run.parent
    gathered_run.root = id_of(mapping(mapping(parent.get("root")).get("run")).get("runId")) or gathered_run.root


def _dataset(dataset: Mapping[str, Any], gathered: _Gathered) -> str:
    id = _id("dataset", dataset)
    thing = gathered.datasets.setdefault(id, _thing(dataset))
    thing.facets.update(_facets(dataset))
    identifiers = listed(mapping(thing.facets.get("symlinks")).get("identifiers"))[:MOST_VALUES]
    others = [_id("dataset", other) for other in map(mapping, identifiers) if _is_thing(other)]
    if others:
        gathered.links.setdefault(id, {}).update(dict.fromkeys(others))
    return id


def _joined_by_links(gathered: _Gathered) -> Iterator[str]:
    """Make one dataset of those that name each other, known by the one that says so; the note on how many there are."""
    linked = {id: others.keys() - {id} for id, others in gathered.links.items() if others.keys() - {id}}
    neighbours: dict[str, set[str]] = {}
    for id, others in linked.items():
        neighbours.setdefault(id, set()).update(others)
        for other in others:
            neighbours.setdefault(other, set()).add(id)
    first: dict[str, str] = {}
    for id in sorted(linked):  # what says so goes before what is only named, whatever order the events came in
        pending = [] if id in first else [id]
        while pending:
            at = pending.pop()
            if at not in first:
                first[at] = id
                pending += neighbours[at]
    again = [id for id in gathered.datasets if first.get(id, id) != id]
    for id in again:
        dataset, kept = gathered.datasets.pop(id), gathered.datasets[first[id]]
        kept.facets = {**dataset.facets, **kept.facets}
    for job in gathered.jobs.values() if again else ():
        job.inputs = {first.get(id, id): None for id in job.inputs}
        job.outputs = {first.get(id, id): None for id in job.outputs}
    if again:
        count = len({first[id] for id in again})
        yield f"{plural(count, 'dataset')} with several names, by the symlinks of the events: one node each"


def _left_out(gathered: _Gathered) -> Iterator[str]:
    """Take away the jobs that are no nodes; the notes on them. Tasks keep the schedule of the job that runs them."""
    jobs = gathered.jobs
    tests = [id for id, job in jobs.items() if _is_test(job) and not job.outputs]
    parents = {job.parent_id for id, job in jobs.items() if job.parent_id != id}
    groups = [id for id, job in jobs.items() if id in parents and not job.inputs and not job.outputs]
    for job in jobs.values():
        if not job.schedule and job.parent_id in jobs:
            job.schedule = jobs[job.parent_id].schedule
    for id in {*tests, *groups}:
        del jobs[id]
    if tests:
        yield f"{plural(len(tests), 'test')} without outputs: no node"
    if groups:
        yield f"{plural(len(groups), 'job')} without data, known as the parent of others: their group, and no node"


def _is_test(job: _Thing) -> bool:
    return job.tests or name_of(mapping(job.facets.get("jobType")).get("jobType")).upper() == "TEST"


def _id(kind: str, thing: Mapping[str, Any]) -> str:
    return ":".join(filter(None, (kind, id_of(thing.get("namespace")), id_of(thing.get("name")))))


def _thing(thing: Mapping[str, Any]) -> _Thing:
    return _Thing(id_of(thing.get("namespace")), name_of(thing.get("name")))


def _facets(thing: Mapping[str, Any]) -> Facets:
    return {name: facet for name, facet in mapping(thing.get("facets")).items() if isinstance(facet, dict)}


def _schedule(facets: Facets) -> str:
    dag = mapping(mapping(facets.get("airflow")).get("dag")) or mapping(facets.get("airflow_dag"))
    return name_of(dag.get("schedule_interval")) or name_of(dag.get("timetable_summary"))


def _job_node(id: str, job: _Thing) -> ImportedNode:
    evidence = _job_role(job)
    kind = mapping(job.facets.get("jobType"))
    tags = names_of([kind.get("integration"), kind.get("jobType"), kind.get("processingType")])
    return ImportedNode(
        id, job.name or id, evidence.role, evidence.reason, path_of([job.namespace, job.parent]), evidence.certain,
        description=_description(job), owner=_owner(job), tags=tags, schedule=job.schedule,
    )  # fmt: skip


def _job_role(job: _Thing) -> RoleEvidence:
    if job.inputs and job.outputs:
        return RoleEvidence(Role.TRANSFORM, "job that reads and writes")
    if job.outputs and _is_test(job):
        return RoleEvidence(Role.TRANSFORM, "test that writes", certain=False)
    if job.outputs:
        return RoleEvidence(Role.INGESTION, "job that writes, and reads nothing that is named", certain=False)
    if job.inputs:
        return RoleEvidence(Role.CONSUMER, "job that reads, and writes nothing that is named", certain=False)
    return RoleEvidence(Role.TRANSFORM, "job of which nothing is known", certain=False)


def _dataset_node(id: str, dataset: _Thing, produced: bool) -> ImportedNode:
    evidence = by_scheme(dataset.namespace, produced=produced) or _unknown_dataset(produced)
    fields = listed(mapping(dataset.facets.get("schema")).get("fields"))
    columns = tuple(
        ImportedColumn(name_of(column.get("name")), plain(column.get("description")), name_of(column.get("type")))
        for column in fields[:MOST_VALUES]
        if isinstance(column, dict)
    )
    return ImportedNode(
        id, dataset.name or id, evidence.role, evidence.reason, path_of([dataset.namespace]), evidence.certain,
        description=_description(dataset), owner=_owner(dataset), columns=columns,
    )  # fmt: skip


def _unknown_dataset(produced: bool) -> RoleEvidence:
    if produced:
        return RoleEvidence(Role.WAREHOUSE, "dataset that a job writes", certain=False)
    return RoleEvidence(Role.SOURCE, "dataset that no job writes", certain=False)


def _description(thing: _Thing) -> str:
    return plain(mapping(thing.facets.get("documentation")).get("description"))


def _owner(thing: _Thing) -> str:
    owners = listed(mapping(thing.facets.get("ownership")).get("owners"))
    return ", ".join(names_of([mapping(owner).get("name") for owner in owners]))


def _edges(gathered: _Gathered) -> Iterator[ImportedEdge]:
    for id, job in gathered.jobs.items():
        yield from (ImportedEdge(dataset, id) for dataset in job.inputs)
        yield from (ImportedEdge(id, dataset) for dataset in job.outputs)


def _observed(gathered: _Gathered) -> Iterator[Observation]:
    tops = {id: _top(run, gathered.runs) for id, run in gathered.runs.items()}
    members = Counter(tops.values())
    for id, run in gathered.runs.items():
        if run.start_s is not None and run.end_s is not None and run.end_s >= run.start_s:
            # the parent of a single run, as a Spark application often is, says nothing of what belongs together
            invocation = tops[id] if members[tops[id]] > 1 else ""
            yield Observation(run.job, run.start_s, run.end_s - run.start_s, run.status, invocation)


def _top(run: _LineageRun, runs: Mapping[str, _LineageRun]) -> str:
    """The id of the run at the top of those under which this one ran; "" for one that names none."""
    top = run.root or run.parent
    for _ in range(MOST_NESTED):
        if run.root or not (above := runs.get(run.parent)):
            break
        top, run = above.root or above.parent or top, above
    return top


def _notes(gathered: _Gathered) -> Iterator[str]:
    if gathered.strange:
        yield f"{plural(gathered.strange, 'object')} in it that are no events"
    alone = len(gathered.runs) - sum(1 for _ in _observed(gathered))
    if alone:
        yield f"{plural(alone, 'run')} without both a start and an end: their times are not known"
