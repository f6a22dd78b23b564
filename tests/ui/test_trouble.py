"""What the app must survive, in the app itself: words instead of a traceback, and nothing saved is lost.

What a single module survives is tested beside that module; here the whole page runs, without a browser."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lifecycle.course import load
from lifecycle.course.address import FIELDS
from lifecycle.diagram import layout
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.ui.session import cached
from tests.support.small_course import PIPELINE, SCENARIO, STAGE, write_course
from tests.ui.troubled_app import answered, opened, said, sound

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
HOSTILE = "<script>alert(1)</script>' OR 1=1; -- ../../etc/passwd\x00\u202e"


pytestmark = pytest.mark.usefixtures("own_folders")


# Address


@pytest.mark.parametrize("name", [*FIELDS, HOSTILE])
def test_a_hostile_parameter_costs_one_warning_and_none_of_its_marks_is_shown(small, name):
    app = sound(opened(**{name: HOSTILE}))
    assert len(app.warning) == 1
    assert not set(app.warning[0].value) & set("<>`'\x00\u202e")
    assert app.selectbox(key="stage").options


@pytest.mark.parametrize(
    "params",
    [
        {"stage": "x" * 100_000},
        {"knobs": ",".join(["copy.latency_s:1"] * 6_000)},
        {f"x{i}": "y" * 90 for i in range(1_000)},
        {"y" * 100_000: "1"},
    ],
    ids=["a long value", "many knobs", "many parameters", "a long name"],
)
def test_an_address_of_100_kb_is_answered_in_a_few_words(small, params):
    app = sound(opened(**params))
    (told,) = app.warning
    assert all(len(line) < 300 for line in told.value.splitlines())
    assert len(told.value.splitlines()) <= 7


def test_six_settings_that_cannot_be_used_stand_in_one_bar_and_one_alone_in_a_sentence(small):
    app = sound(opened(size="x", start="y", transform="z", scenario="q", stage="nobody", view="foo"))
    (told,) = app.warning
    assert told.value.startswith("Left out of the link:\n- “size” with “x”, because it must be one of batch, stream.\n")
    assert told.value.endswith("\n- 1 more setting was left out of the link.")
    assert len(told.value.splitlines()) == 7
    (told,) = sound(opened(size="x")).warning
    assert told.value == "Left out of the link: “size” with “x”, because it must be one of batch, stream."


def test_a_link_of_an_older_version_keeps_what_is_still_known(small):
    app = sound(opened(stage="store", stale="1", scenario="gone-since-2024", knobs="copy.old_figure:3"))
    (told,) = app.warning
    assert told.value.splitlines() == [
        "Left out of the link:",
        "- “stale” with “1”, because this version does not know it.",
        "- “scenario” with “gone-since-2024”, because this course has no such scenario.",
        "- “knobs” with “copy.old_figure:3”, because there is no knob copy.old_figure.",
    ]
    assert app.selectbox(key="stage").value == "store"


@pytest.mark.parametrize(
    ("knob", "allowed"),
    [
        ("transform.workers:1.5", "a whole number"),
        ("buffer.consumers:2.000001", "a whole number"),
        ("buffer.policy:0.5", "one of 0, 1, 2"),
        ("transform.idempotent:0.1", "one of 1, 0"),
    ],
)
def test_a_knob_within_its_range_that_no_control_could_set_is_left_out(knob, allowed):
    app = sound(opened(knobs=knob))
    assert allowed in app.warning[0].value


# Content folder


def test_ten_thousand_files_are_one_fault_on_the_page(tmp_path, monkeypatch):
    for number in range(10_000):
        (tmp_path / f"{number}.md").touch()
    monkeypatch.setenv("HEADWATERS_CONTENT", str(tmp_path))
    app = sound(opened())
    assert "to correct before it can be shown" in app.error[0].value
    assert "more than 8,000 files" in app.code[0].value


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("stages/store.md", STAGE.format(title="Store") + "[" * 10_000 + "\n", "stages/store.md:"),
        ("quizzes/store.md", "<quiz>\nQ\n" + "- [x] a\n" * 500 + "</quiz>\n", "500 options"),
        ("pipeline.yaml", PIPELINE.replace("label: Store,", "label: Store, image: /etc/passwd,"), "image"),
        ("pipeline.yaml", PIPELINE.replace("label: Store,", "label: Store, URL: 'javascript:x',"), "URL"),
        ("pipeline.yaml", PIPELINE.replace("{id: store,", "{id: ../x,"), "../x"),
        ("stages/store.md", None, "stages/store.md:1"),
    ],
    ids=["nested brackets", "500 options", "a picture file", "a link", "a path as id", "a file missing"],
)
def test_a_course_with_a_fault_is_a_page_that_names_it(tmp_path, monkeypatch, file, text, words):
    monkeypatch.setenv("HEADWATERS_CONTENT", str(write_course(tmp_path / "content", {file: text})))
    app = sound(opened())
    assert "to correct before it can be shown" in app.error[0].value
    assert words in app.code[0].value


def test_a_course_broken_and_repaired_while_the_app_runs_shows_the_last_good_one_meanwhile(small):
    app = sound(opened(stage="store"))
    (small / "stages/store.md").write_text("no front matter")
    sound(app.run())
    assert "last version without faults" in app.error[0].value
    assert "stages/store.md:1" in app.code[0].value
    assert "One sentence." in said(app)
    (small / "stages/store.md").write_text(STAGE.format(title="Store").replace("One sentence.", "Mended."))
    sound(app.run())
    assert not app.error
    assert "Mended." in said(app)


def place(block, widget, way=()):
    """Where a widget stands: the number of each part of the page that it is in."""
    for number, part in block.children.items():
        if getattr(part, "id", None) == widget.id:
            return (*way, number)
        if found := place(part, widget, (*way, number)) if hasattr(part, "children") else ():
            return found
    return ()


def test_words_about_a_fault_move_nothing_below_them_which_would_stand_there_twice_for_a_while(small):
    app = sound(opened(stage="store"))
    whole = place(app.main, app.segmented_control[0])
    (small / "stages/store.md").write_text("no front matter")
    sound(app.run())
    assert "last version without faults" in app.error[0].value
    assert place(app.main, app.segmented_control[0]) == whole != ()


@pytest.mark.parametrize("pinned", [False, True])
def test_a_run_on_a_stage_that_an_author_takes_away_is_forgotten(small, pinned):
    app = sound(opened(scenario="rush"))
    if pinned:  # the button for it is in a dialog, which needs a browser
        app.session_state["run-pinned"] = app.session_state["run-now"]
    renamed = {
        "pipeline.yaml": PIPELINE.replace("id: store", "id: shelf").replace(": store}", ": shelf}")
        .replace("from: store", "from: shelf").replace("{store:", "{shelf:"),
        "scenarios/rush.md": SCENARIO.replace("stage: store", "stage: shelf"),
    }  # fmt: skip
    for name, text in renamed.items():
        (small / name).write_text(text)
    (small / "stages/store.md").rename(small / "stages/shelf.md")
    (small / "quizzes/store.md").rename(small / "quizzes/shelf.md")
    assert not sound(app.run()).error
    app.segmented_control(key="size").set_value("stream").run()
    assert not sound(app).error


def test_a_real_day_whose_trace_is_taken_away_is_forgotten(small):
    app = sound(opened(scenario="real"))
    (small / "scenarios/real.md").unlink()
    (small / "traces/flights.csv").unlink()
    sound(app.run())
    assert not app.error
    assert "no such scenario" in app.warning[0].value


def test_a_file_that_vanishes_between_listing_and_looking_is_no_fault(small, monkeypatch):
    (small / "README.md").write_text("for authors")
    real = os.stat

    def vanishing(path, *args, **kwargs):
        if str(path).endswith("README.md"):
            raise FileNotFoundError(path)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "stat", vanishing)
    assert not sound(opened()).error


def test_a_question_rewritten_after_it_was_answered_is_asked_anew(small):
    app = answered(opened(stage="store", view="quiz"), 0)
    assert app.success
    (small / "quizzes/store.md").write_text("<!-- question: store-truth -->\n<quiz>\nHow much [[ten]]?\n</quiz>\n")
    sound(app.run())
    assert "Right." not in [each.value for each in app.success]
    assert app.text_input


# Simulation


def test_two_learners_who_turn_knobs_at_once_get_what_each_would_get_alone():
    network = COURSE.pipeline.network
    days = [Scenario(events=3_000, seed=seed, size=size) for seed in (1, 2) for size in Size]
    alone = [simulate(network, day) for day in days]
    gate = threading.Barrier(len(days))

    def at_once(day):
        gate.wait()
        return simulate(network, day)

    with ThreadPoolExecutor(len(days)) as pool:
        together = list(pool.map(at_once, days))
    for one, other in zip(alone, together, strict=True):
        for name, passage in one.passages.items():
            assert np.array_equal(passage.out_s, other.passages[name].out_s, equal_nan=True)


@pytest.mark.parametrize(
    "params",
    [
        {"knobs": "buffer.capacity:1,buffer.policy:1", "size": "stream"},
        {"knobs": "transform.per_event_s:10", "transform": "stream"},
        {"knobs": "buffer.retention_s:1,buffer.per_event_s:10", "size": "stream"},
        {"knobs": "transform.interval_s:172800"},
        {"events": "0"},
        {"events": "1"},
    ],
    ids=[
        "room for one",
        "far too much work",
        "retention below service",
        "a job every two days",
        "nothing",
        "one event",
    ],
)
def test_a_day_at_the_edge_is_shown_with_all_its_charts(params):
    app = opened(view="watch", stage="buffer", **params)
    assert not sound(app).error
    assert not app.warning
    assert app.metric


# Graphviz


@pytest.mark.parametrize("trouble", ["hangs", "crashes"])
def test_a_graphviz_in_trouble_is_asked_once_and_the_list_goes_on_working(small, tmp_path, monkeypatch, trouble):
    dot, calls = tmp_path / "dot", tmp_path / "calls"
    dot.write_text(f"#!/bin/sh\necho x >> {calls}\n{'exec sleep 60' if trouble == 'hangs' else 'exit 3'}\n")
    dot.chmod(0o755)
    real = layout.svg
    monkeypatch.setattr(layout, "find_executable", lambda: dot)
    monkeypatch.setattr(layout, "svg", lambda text: real(text, timeout_s=1.0))
    app = sound(opened())
    assert "cannot be drawn" in app.warning[0].value
    asked = calls.read_text()
    # Once for each direction; one that gives up is asked for straight flows, too.
    assert len(asked.split()) <= (2 if trouble == "hangs" else 4)
    sound(app.selectbox(key="stage").set_value("store").run())
    assert "cannot be drawn" in app.warning[0].value
    assert "One sentence." in said(app)
    assert calls.read_text() == asked


def test_a_graphviz_that_was_repaired_is_asked_again_after_a_while(small, monkeypatch):
    find = layout.find_executable
    monkeypatch.setattr(layout, "find_executable", lambda: None)
    assert sound(app := opened()).warning
    monkeypatch.setattr(layout, "find_executable", find)
    assert sound(app.run()).warning
    monkeypatch.setattr(cached, "DRAW_AGAIN_S", 0.0)
    assert not sound(app.run()).warning


def test_a_pipeline_of_500_stages_is_served(tmp_path, monkeypatch):
    names = [f"s{number}" for number in range(500)]
    roles = ["source", *["buffer"] * 498, "consumer"]
    lines = ["title: Long", "zones: [{id: z, label: Z}]", "stages:"]
    lines += [
        f"  - {{id: {name}, zone: z, label: L{name}, role: {role}}}" for name, role in zip(names, roles, strict=True)
    ]
    lines += ["flows:", *(f"  - {{from: {one}, to: {two}}}" for one, two in pairwise(names))]
    stages = {f"stages/{name}.md": STAGE.format(title=name) for name in names}
    for name, text in {"pipeline.yaml": "\n".join(lines), **stages}.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setenv("HEADWATERS_CONTENT", str(tmp_path / "content"))
    app = sound(opened(stage="s499", events="10"))
    assert not app.error
    assert not app.warning
    assert len(app.selectbox(key="stage").options) == 500
