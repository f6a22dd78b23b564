"""`pipeline.yaml` read into a Pipeline and checked: names, flows, circles, orphans."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from statistics import median

from lifecycle.course.pipeline import Act, Flow, Pipeline, Stage, Undercurrent, Zone
from lifecycle.course.pipeline_file.flow_ways import check_moves, read_moves, read_ways
from lifecycle.course.scenarios import figure_fault
from lifecycle.course.schedules import check_place, read_jobs, read_schedules
from lifecycle.documents import Fields, Node, Problem, instead, name_fault, read_yaml, shown
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network, Station, order
from lifecycle.simulation.model.ways import Way
from lifecycle.simulation.roles import ROLES

FILE = "pipeline.yaml"
MAX_ZONES, MAX_STAGES, MAX_FLOWS, MAX_UNDERCURRENTS = 20, 4_000, 20_000, 50
MAX_VALUES = 300_000  # of the YAML: a stage with figures takes some twenty, a flow five
MAX_CIRCLES = 20
MAX_OBSERVED = 100
DRAWN = "drawn_s"  # the one figure that may be a list
LABEL, DETAIL, ACT = 60, 100, 600
SHORT = 18  # characters that fit into a stage's box
# `lifecycle` names the course as a whole: its overview, its quiz, its place in the address.
WHOLE = "lifecycle"
# What the diagram calls the band of all undercurrents, a zone of the picture like the others.
BAND = "undercurrents"


def read_pipeline(text: str) -> tuple[Pipeline | None, dict[str, int], tuple[Problem, ...]]:
    """The pipeline, the line of each stage, undercurrent and flow ("from -> to") in the file, and what is wrong.

    The pipeline is there whenever the YAML is readable, faults or not, so that the rest of the folder can be checked
    against it; None only where nothing could be read.
    """
    root, faults = read_yaml(text, FILE, most=MAX_VALUES)
    if root is None:
        return None, {}, faults
    reader = _PipelineReader(root, list(faults))
    return reader.pipeline, reader.lines, tuple(reader.problems)


def pipeline_of(text: str) -> Pipeline:
    """The pipeline of a text in which nothing is wrong; ValueError with the first fault, in words, for another."""
    pipeline, _, problems = read_pipeline(text)
    if pipeline is None or problems:
        raise ValueError(f"this pipeline makes no course: {problems[0]}")
    return pipeline


def network_of(text: str) -> Network:
    """What the course of such a text will simulate; ValueError as in `pipeline_of`."""
    return pipeline_of(text).network


class _PipelineReader:
    def __init__(self, root: Node, problems: list[Problem]) -> None:
        self.problems = problems
        self.lines: dict[str, int] = {}
        self.unsure: set[str] = set()  # stages whose role cannot be read
        top = Fields(root, FILE, problems, "pipeline")
        title = top.text("title", LABEL, required=True)
        zones = self.zones(top)
        stages = self.stages(top, zones)
        undercurrents = self.undercurrents(top, stages)
        flows = self.flows(top, stages, undercurrents, read_ways(top))
        self.lines["schedules"] = top.at("schedules")
        schedules = read_schedules(top)
        for stage in stages:
            if stage.schedule:
                known = [schedule.id for schedule in schedules]
                role = None if stage.id in self.unsure else stage.role
                check_place(top, self.lines.get(stage.id, 1), stage.id, role, stage.schedule, known)
        schedules = tuple(schedule for schedule in schedules if schedule.ticks_s)
        top.done()
        self.pipeline = Pipeline(title, zones, stages, flows, undercurrents, schedules, frozenset(self.unsure))
        # An unread flow would look like a missing one: what is joined is judged only when every flow was read.
        whole = not problems
        check_moves(top, self.pipeline, self.lines)
        self.circles(whole=whole)
        if not problems:
            self.interrupted()
        if whole:
            self.orphans()
            self.sourceless(top)

    def report(self, line: int, what: str, fix: str) -> None:
        self.problems.append(Problem(FILE, line, what, fix))

    def zones(self, top: Fields) -> tuple[Zone, ...]:
        zones: dict[str, Zone] = {}
        for node in top.items("zones", MAX_ZONES, required=True):
            fields = Fields(node, FILE, self.problems, "zone")
            zone = Zone(fields.name(), fields.text("label", LABEL, required=True), fields.text("about", DETAIL))
            fields.done()
            if zone.id in zones:
                self.report(node.line, f"two zones with the id {zone.id}", "rename one")
            elif zone.id == BAND:
                self.report(node.line, f"{BAND} is the id of the band beneath the zones", "give this zone another")
            elif zone.id:
                zones[zone.id] = zone
        return tuple(zones.values())

    def stages(self, top: Fields, zones: tuple[Zone, ...]) -> tuple[Stage, ...]:
        stages: dict[str, Stage] = {}
        for node in top.items("stages", MAX_STAGES, required=True):
            fields = Fields(node, FILE, self.problems, "stage")
            id = self.place_id(fields)
            role = fields.kind_of("role", Role)
            observed_s = self.observed_s(fields)
            stage = Stage(
                id=id,
                zone=fields.choice("zone", [zone.id for zone in zones], required=True),
                label=fields.text("label", LABEL, required=True),
                role=role or Role.SOURCE,  # only to stand for it: see `unsure`
                detail=fields.text("detail", DETAIL),
                icon=fields.name("icon", required=False),
                figures=self.figures(fields, Station(id, role) if role else None, observed_s),
                origins=self.origins(fields, role),
                schedule=fields.name("schedule", required=False),
                jobs=read_jobs(fields, role),
                observed_s=observed_s,
            )
            fields.done()
            if stage.id:
                stages[stage.id] = stage
                self.unsure.update(() if role else (stage.id,))
        return tuple(stages.values())

    def place_id(self, fields: Fields) -> str:
        """The id of a stage or undercurrent, "" where it cannot be used."""
        name = fields.name()
        if name == WHOLE:
            fields.report(fields.at("id"), f"the id {WHOLE} names the course as a whole", "choose another id")
            return ""
        if name in self.lines:
            first = self.lines[name]
            fields.report(fields.at("id"), f"two places with the id {name} (the first on line {first})", "rename one")
            return ""
        if name:
            self.lines[name] = fields.at("id")
        return name

    def observed_s(self, fields: Fields) -> tuple[float, ...]:
        """What a list of drawn durations holds; none where there is no list."""
        figures = fields.node("figures")
        node = next((node for name, node in figures.pairs if _is_observed(name, node)), None) if figures else None
        if node is None:
            return ()
        if not 1 <= len(node.items) <= MAX_OBSERVED:
            fix = f"write the seconds that 1 to {MAX_OBSERVED} runs took, or their median alone"
            self.report(node.line, f"{len(node.items):,} durations in `{DRAWN}`", fix)
        numbers = [fields.number_of(item, DRAWN) for item in node.items[:MAX_OBSERVED]]
        if any(number is not None and number <= 0 for number in numbers):
            self.report(node.line, f"a duration in `{DRAWN}` that is not above 0", "write how many seconds a run took")
        return tuple(float(number) for number in numbers if number is not None)

    def figures(
        self, fields: Fields, station: Station | None, observed_s: tuple[float, ...]
    ) -> tuple[tuple[str, float], ...]:
        """The figures of a stage; of durations that were observed the median."""
        pairs = []
        for name, node in fields.entries("figures"):
            values = observed_s if _is_observed(name, node) else [fields.number_of(node, name)]
            numbers = [value for value in values if value is not None]
            if not numbers or station is None:
                continue
            if fault := next(filter(None, (figure_fault(station, name, number) for number in numbers)), None):
                self.report(node.line, *fault)
            pairs.append((name, float(median(numbers))))
        return tuple(pairs)

    def origins(self, fields: Fields, role: Role | None) -> tuple[tuple[str, str], ...]:
        """Where the stage's own figures come from."""
        figures = fields.node("figures")
        names = [name for name, _ in figures.pairs] if figures else []
        known = {figure.name for figure in ROLES[role]} if role else {*names}
        # Of a figure whose name is misspelled only that is told, not that its origin has none.
        misspelled = not known.issuperset(names)
        pairs = []
        for name, node in fields.entries("origins"):
            if name not in names and not (misspelled and name in known):
                fix = instead(name, names) if names else "give the stage that figure under `figures`"
                self.report(node.line, f"the origin of {shown(name)}, which `figures` does not have", fix)
            pairs.append((name, fields.text_of(node, name, ACT, required=True, markup=True)))
        return tuple(pairs)

    def undercurrents(self, top: Fields, stages: tuple[Stage, ...]) -> tuple[Undercurrent, ...]:
        known = [stage.id for stage in stages]
        undercurrents_read = []
        for node in top.items("undercurrents", MAX_UNDERCURRENTS):
            fields = Fields(node, FILE, self.problems, "undercurrent")
            acts = []
            for stage, act in fields.entries("acts"):
                if stage not in known:
                    self.report(act.line, f"unknown stage {shown(stage)} in `acts`", instead(stage, known))
                acts.append(self.act(fields, stage, act))
            undercurrent = Undercurrent(
                id=self.place_id(fields),
                label=fields.text("label", LABEL, required=True),
                detail=fields.text("detail", DETAIL),
                icon=fields.name("icon", required=False),
                acts=tuple(acts),
            )
            fields.done()
            if undercurrent.id:
                undercurrents_read.append(undercurrent)
        return tuple(undercurrents_read)

    def act(self, fields: Fields, stage: str, node: Node) -> Act:
        """A line of text, or a mapping of `text` and, for the picture, `short`."""
        if node.kind != "a mapping":
            return Act(stage, fields.text_of(node, stage, ACT, required=True, markup=True))
        acts = Fields(node, FILE, self.problems, f"act on {stage}")
        act = Act(stage, acts.text("text", ACT, required=True, markup=True), acts.text("short", SHORT))
        acts.done()
        return act

    def flows(
        self,
        top: Fields,
        stages: tuple[Stage, ...],
        undercurrents: tuple[Undercurrent, ...],
        ways: Mapping[str, Way],
    ) -> tuple[Flow, ...]:
        flows: dict[str, Flow] = {}
        known = {stage.id for stage in stages}
        beneath = {undercurrent.id for undercurrent in undercurrents}
        for node in top.items("flows", MAX_FLOWS, required=len(stages) > 1):
            fields = Fields(node, FILE, self.problems, "flow")
            source, target = (self.end(fields, key, known, beneath) for key in ("from", "to"))
            share = fields.number("share", 1e-9, 1e6, 1.0) if "share" in fields else None
            label, loop, way = fields.text("label", LABEL), fields.flag("loop"), read_moves(fields, ways)
            flow = Flow(source, target, label, share, loop, way)
            fields.done()
            if not source or not target:
                continue
            # The page names a flow `flow-<from>-<to>`: two flows may not come to one name (a-b to c, and a to b-c).
            name = f"flow-{source}-{target}"
            if source == target:
                self.report(node.line, f"a flow from {source} to itself", "remove it or name another stage")
            elif name in flows and flows[name].source == source:
                self.report(node.line, f"the flow from {source} to {target} stands twice", "remove one")
            elif name in flows:
                self.report(node.line, f"two flows come to the name {name}", "rename one of their stages")
            else:
                flows[name] = flow
                self.lines[f"{source} -> {target}"] = node.line
        return tuple(flows.values())

    def end(self, fields: Fields, key: str, known: set[str], beneath: set[str]) -> str:
        """One end of a flow: a stage's id, or "" after saying why it is none."""
        node = fields.require(key)
        if node is None:
            return ""
        name = node.raw if node.kind == "text" else fields.name(key)
        if name in known or not name:
            return name
        if name in beneath:
            self.report(node.line, f"a flow to the undercurrent {name}", "use `acts` of the undercurrent instead")
        else:
            fix = instead(name, sorted(known)) if not name_fault(name) else "name a stage of this file"
            self.report(node.line, f"unknown stage {shown(name)} in `{key}` of a flow", fix)
        return ""

    def orphans(self) -> None:
        joined = {end for flow in self.pipeline.flows for end in (flow.source, flow.target)}
        for stage in self.pipeline.stages:
            if stage.id not in joined:
                what = f"no flow reaches or leaves the stage {stage.id}"
                self.report(self.lines[stage.id], what, "add a flow or remove the stage")

    def sourceless(self, top: Fields) -> None:
        if not any(stage.role == Role.SOURCE for stage in self.pipeline.stages):
            self.report(top.at("stages"), "no stage has the role source", "give it to the stages where data is born")

    def circles(self, *, whole: bool) -> None:
        """Report each circle by name at its last flow, and in a `whole` picture each `loop` flow that closes none."""
        flows = [flow for flow in self.pipeline.flows if not flow.loop]
        for _ in range(MAX_CIRCLES):
            circle = _circle(flows)
            if not circle:
                break
            around = set(pairwise(circle))
            last = max((flow for flow in flows if (flow.source, flow.target) in around), key=self.line_of)
            what = f"a circle without a marked loop: {' -> '.join(circle)}"
            self.report(self.line_of(last), what, "mark the flow that leads back with `loop: true`")
            flows.remove(last)
        if not whole:
            return
        after: dict[str, list[str]] = {}
        for flow in flows:
            after.setdefault(flow.source, []).append(flow.target)
        for flow in self.pipeline.flows:
            if flow.loop and not _leads(flow.target, flow.source, after):
                what = f"the loop from {flow.source} to {flow.target} closes no circle"
                self.report(self.line_of(flow), what, "remove `loop: true`, or turn the flow round")

    def interrupted(self) -> None:
        """Report what keeps its own time between two stages of one schedule."""
        try:
            order(self.pipeline.network)
        except ValueError as problem:
            what, _, fix = str(problem).partition("; ")
            self.report(self.lines["schedules"], what, fix)

    def line_of(self, flow: Flow) -> int:
        return self.lines[f"{flow.source} -> {flow.target}"]


def _is_observed(name: str, node: Node) -> bool:
    """Whether a figure is a list of durations that were observed."""
    return name == DRAWN and node.kind == "a list"


def _circle(flows: list[Flow]) -> list[str]:
    """The stages of one circle in the order of its flows, the first again at the end; [] where there is none."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for flow in flows:
        sorter.add(flow.target, flow.source)
    try:
        sorter.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _leads(start: str, end: str, after: Mapping[str, list[str]]) -> bool:
    """Whether the flows lead from `start` to `end`."""
    seen, todo = {start}, [start]
    while todo:
        station = todo.pop()
        if station == end:
            return True
        fresh = [stage for stage in after.get(station, ()) if stage not in seen]
        seen.update(fresh)
        todo += fresh
    return False
