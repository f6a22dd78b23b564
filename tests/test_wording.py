"""What nobody should read on a page: words and forms that are out, and two names for one stage."""

import ast
import html
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from lifecycle import charts
from lifecycle.charts.headlines import headlines
from lifecycle.course import load
from lifecycle.course.address import State
from lifecycle.diagram.layout import Picture, dot
from lifecycle.diagram.living import payload, pointable
from lifecycle.learning.drills import happened
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.faults import KINDS
from lifecycle.simulation.model.kinds import FaultKind
from lifecycle.simulation.model.scenario import Fault
from lifecycle.simulation.roles import ROLES
from lifecycle.ui.session.naming import names
from tests.support.narrow import not_none

ROOT = Path(__file__).parent.parent
COURSE = load(ROOT / "content")
LABELS = {stage.id: stage.label for stage in COURSE.pipeline.stages}

OUT = {
    "old words": r"\b(shall|nought|reckon(s|ed|ing)?|thus|whoever|hitherto|oftener)\b",
    "mend": r"\bmend(s|ed|ing)?\b",
    "dear for costly": r"\bdear(er|est|ly)\b|\b(is|are) dear\b|\| dear\b",
    "in streams": r"\bin streams\b",
    "at most so old": r"\bso old\b",
    "freshest with": r"\bfreshest with\b",
    "seed of the chance": r"\bof the chance\b",
    "newest data no data": r"newest data no\b",
    "plural in brackets": r"(?<![.\w])[a-z]+\(s\)",
    "for ever": r"\bfor ever\b",
    "an own": r"\ban own\b",
    "is to be had": r"\bto be had\b",
    "come past": r"\bcome past\b",
    "told at a moment": r"\b(is|are) told (at|once|of then)\b",
    "share of speed left": r"\bof (its|their) speed left\b",
    "of its way": r"% of (its|their) way\b",
    "done otherwise": r"\bdone otherwise\b",
    "after so many": r"\b(after|over) so many\b",
    "no thing": r"\b(is|are) no (JSON|time|moment|choice|origin|address)\b",
    "were to": r"\bwere (data|it|they|you|we|this|the \w+) to\b",
    "of then": r"\bsettings of then\b",
}
# Readers of uploaded files speak to their owners in words of their own, which other tests hold.
SPOKEN_ELSEWHERE = {"trace_files.py", "uploads.py"}
# Names of tags and fields that authors write, and of styles.
# `reckon` is what older courses call an estimate.
NAMES = {"reckon"}


def python_strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def script_strings(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        code = re.sub(r"(^|\s)//.*$", "", line)
        if not code.lstrip().startswith(("/*", "*")):
            for found in re.finditer(r'"([^"\n]*)"|`([^`\n]*)`|\'([^\'\n]*)\'', code):
                yield number, next(filter(None, found.groups()), "")


def page_texts(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        yield number, html.unescape(re.sub(r"<[^>]*>", " ", line))


@lru_cache(maxsize=1)
def spoken() -> tuple[tuple[str, str], ...]:
    return tuple(_spoken())


def _spoken() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "lifecycle").rglob("*")):
        reader = {".py": python_strings, ".js": script_strings, ".html": page_texts}.get(path.suffix)
        if reader and path.name not in SPOKEN_ELSEWHERE:
            for number, text in reader(path):
                if text.strip() not in NAMES:
                    yield f"{path.relative_to(ROOT)}:{number}", text


@pytest.mark.parametrize("name", OUT)
def test_no_string_of_the_program_uses_what_is_out(name):
    found = [f"{where}: {text!r}" for where, text in spoken() if re.search(OUT[name], text, re.IGNORECASE)]
    assert not found, "\n".join(found)


# What an author writes for the machine: ids, tags and fields, in comments, links and YAML keys.
MACHINE = re.compile(r"<!--.*?-->|\]\([^)]*\)|\bid: [\w-]+|`[^`\n]*`", re.DOTALL)


def prose() -> Iterator[tuple[str, str]]:
    """Every line of the course, of its guide and of the docs that people read, without what is for the machine."""
    course = (*(ROOT / "content").rglob("*.md"), *(ROOT / "content").rglob("*.yaml"))
    for path in sorted((*course, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))):
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(MACHINE.sub(lambda each: "\n" * each[0].count("\n"), text).splitlines(), 1):
            yield f"{path.relative_to(ROOT)}:{number}", line


@pytest.mark.parametrize("name", OUT)
def test_no_sentence_of_the_course_uses_what_is_out(name):
    found = [f"{where}: {line[:160]!r}" for where, line in prose() if re.search(OUT[name], line, re.IGNORECASE)]
    assert not found, "\n".join(found)


def test_no_comment_of_the_program_uses_old_words():
    old = re.compile(r"\b(whoever|nought|hitherto|oftener|thus)\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for folder in ("lifecycle", "pages", "benchmarks", "tools")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".js", ".css", ".html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if old.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "You shall not",
        "3 fault(s)",
        "Analytics is freshest with pull",
        "at most so old",
        "39 % of its way",
        "what it does is told at 15:00",
    ],
)
def test_what_is_out_would_be_found(text):
    assert any(re.search(pattern, text, re.IGNORECASE) for pattern in OUT.values())


@pytest.fixture(scope="module")
def day():
    return simulate(COURSE.pipeline.network, COURSE.default.scenario)


def named_in(text: str) -> set[str]:
    return {label for label in LABELS.values() if label in text}


def test_every_output_calls_a_stage_by_its_label(day):
    picture = Picture("", "", "x")
    places = {place["id"]: place["label"] for place in payload(picture, COURSE.pipeline, {})["places"]}
    assert {id: places[id] for id in LABELS} == LABELS
    assert {id: pointable(COURSE.pipeline)[id] for id in LABELS} == LABELS
    drawn = dot(COURSE.pipeline)
    for id, label in LABELS.items():
        node = re.search(rf'label="?([^"\n]*?)"? id="?stage-{id}"?', drawn) or re.search(rf"stage-{id}", drawn)
        assert node, id
        assert label.split()[0] in drawn
    heat = charts.CHARTS["Load by stage"](COURSE.pipeline, day, None)
    assert [name.removesuffix(" (1/s)") for name in heat.table.columns[1:]] == list(LABELS.values())
    queues = charts.CHARTS["Queues"](COURSE.pipeline, day, None)
    assert {name.removesuffix(" (events)") for name in queues.table.columns[1:]} <= set(LABELS.values())
    assert set(charts.CHARTS["Where the time goes"](COURSE.pipeline, day, None).table["stage"]) <= set(LABELS.values())
    assert set(charts.CHARTS["Losses"](COURSE.pipeline, day, None).table["stage"]) <= set(LABELS.values())


def test_no_sentence_about_a_stage_uses_its_id_for_its_name(day):
    said = [chart(COURSE.pipeline, day, None).finding for chart in charts.CHARTS.values()]
    said += [each.about for each in headlines(COURSE.pipeline, day).values()]
    said += [happened(Fault(FaultKind.DOWN, id, 3600.0, 7200.0), LABELS) for id in LABELS]
    said += [happened(Fault(kind, "buffer", 3600.0, 7200.0, known.usual), LABELS) for kind, known in KINDS.items()]
    knobs = tuple((s.id, f.name, f.low) for s in COURSE.pipeline.stages for f in ROLES[s.role] if f.knob)[:12]
    said += names([State(), *(State(knobs=(knob,)) for knob in knobs)], COURSE)
    ids = [id for id, label in LABELS.items() if id.lower() not in label.lower()]
    assert ids
    for text in said:
        for id in ids:
            assert not re.search(rf"(?<![\w-]){re.escape(id)}(?![\w-])", text), (id, text)


def test_a_place_is_titled_by_its_label():
    """What the panel and the quiz say above a stage is the name that the diagram, menus and charts use."""
    for place in COURSE.places.values():
        assert place.title == COURSE.pipeline.by_id[place.id].label


def brief_text(scenario):
    brief = not_none(COURSE.named(scenario)).brief
    return [brief.story, brief.question, brief.see, *brief.tries]


def talk_text(id):
    talk = not_none(COURSE.talk(id))
    return [text for step in talk.steps for text in (step.headline, step.text, step.notes, *step.points)]


TEXTS = {
    **{f"scenarios/{named.id}": " ".join(brief_text(named.id)) for named in COURSE.scenarios},
    **{f"talks/{talk.id}": " ".join(talk_text(talk.id)) for talk in COURSE.talks},
    **({"lifecycle": " ".join(section.markdown for section in COURSE.overview.sections)} if COURSE.overview else {}),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_calls_a_stage_by_its_label_alone(name):
    """`the buffer` beside `the transient storage` would be two things to a beginner; `a buffer` is the idea."""
    text = TEXTS[name].lower()
    for id in ("buffer", "lake", "transform"):
        assert id not in LABELS[id].lower().split()
        assert not re.search(rf"\bthe {id}\b", text), (name, id)
    if name != "lifecycle":  # where socks are shipped from a warehouse
        assert not re.search(r"\bthe warehouse\b", text), name


OTHERWISE = ("lake", "warehouse")


@pytest.mark.parametrize("place", [id for id in COURSE.places if id not in OTHERWISE])
def test_a_page_says_the_stages_label_before_what_others_call_it(place):
    page = COURSE.places[place]
    text = " ".join((page.summary, *(section.markdown for section in page.sections))).lower()
    for name in OTHERWISE:
        before = text.partition(f"the {name}")[0]
        assert before == text or LABELS[name].lower() in before, name


@pytest.mark.parametrize("scenario", [named.id for named in COURSE.scenarios])
def test_a_scenario_does_not_call_the_transient_storage_a_log_too(scenario):
    text = TEXTS[f"scenarios/{scenario}"].lower()
    assert not ("transient storage" in text and re.search(r"\bthe log\b", text)), scenario


def test_no_stages_detail_is_a_piece_of_its_name():
    """It stands alone in the search and begins a sentence on the card."""
    for stage in COURSE.pipeline.stages:
        assert not re.match(r"(and|or|of|with)\b", stage.detail), stage.id
