"""`moves:` and `ways:` in `pipeline.yaml`: what is read, what is refused on which line, and what people are told."""

from __future__ import annotations

import json
import re

import pytest

from lifecycle.__main__ import main
from lifecycle.course.day_words import day_words, moving_words
from lifecycle.course.pipeline_file import read_pipeline
from lifecycle.course.worlds.idle import why_idle
from lifecycle.diagram.layout import dot
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size, Start, Waits
from lifecycle.simulation.model.moving import ways_at
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.model.ways import WAYS, Way
from lifecycle.simulation.roles import figures_of

TEXT = """\
title: Two tables
zones: [{id: shop, label: Shop}]
ways:
  - {id: sftp, title: SFTP drop, starts: push, size: batch, waits: receiver, interval_s: 21600, offset_s: 3600}
stages:
  - {id: orders, zone: shop, label: Orders, role: source}
  - {id: stock, zone: shop, label: Stock, role: source}
  - {id: log, zone: shop, label: Log reader, role: interface}
  - {id: drop, zone: shop, label: Drop, role: interface}
  - {id: intake, zone: shop, label: Intake, role: ingestion}
  - {id: desk, zone: shop, label: Desk, role: consumer}
flows:
  - {from: orders, to: log}
  - {from: stock, to: drop}
  - {from: log, to: intake, label: rows, moves: cdc}
  - {from: drop, to: intake, moves: sftp}
  - {from: intake, to: desk}
"""


def read(text: str = TEXT):
    pipeline, _, problems = read_pipeline(text)
    assert pipeline is not None
    return pipeline, [str(problem) for problem in problems]


def test_a_flow_names_a_way_that_is_shipped_or_the_authors_own():
    pipeline, problems = read()
    assert problems == []
    ways = {(flow.source, flow.target): flow.way for flow in pipeline.flows if flow.way}
    sftp = Way("sftp", "SFTP drop", Start.PUSH, Size.BATCH, Waits.RECEIVER, 21_600.0, 3_600.0)
    assert ways == {("log", "intake"): WAYS["cdc"], ("drop", "intake"): sftp}
    assert [link.way for link in pipeline.network.links] == [flow.way for flow in pipeline.flows]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("moves: cdc", "moves: cdcc", "pipeline.yaml:15: .*cdcc.*cdc"),
        ("to: desk}", "to: desk, moves: cdc}", "pipeline.yaml:17: intake to desk: .* the consumer desk.*ingestion"),
        ("to: log}", "to: log, moves: cdc}", "pipeline.yaml:13: orders to log: .*flow into one"),
        ("waits: receiver", "waits: nowhere", "pipeline.yaml:4: the way sftp: a file lies where it was put"),
        ("size: batch", "size: stream", "pipeline.yaml:4: the way sftp: a stream has no interval"),
        ("offset_s: 3600", "offset_s: 36000", "pipeline.yaml:4: the way sftp: offset_s is 36000"),
        ("interval_s: 21600", "interval_s: 9e9", "pipeline.yaml:4: .*interval_s"),
        ("id: sftp", "id: cdc", "pipeline.yaml:4: the way cdc comes with every course"),
        ("starts: push, ", "", "pipeline.yaml:4: .*starts"),
        ("title: SFTP drop", "titel: SFTP drop", "pipeline.yaml:4: .*titel"),
        ("label: Drop, role: interface", "label: Drop, role: interface, figures: {own_interval_s: 600}",
         "pipeline.yaml:16: drop to intake: .*a schedule of its own"),
        ("label: Drop, role: interface", "label: Drop, role: buffer", "pipeline.yaml:16: drop to .*the buffer drop"),
        ("flows:", "flows:\n  - {from: log, to: desk}", "pipeline.yaml:16: log to intake: .*otherwise.*log to desk"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(before, after, told):
    assert before in TEXT
    _, problems = read(TEXT.replace(before, after, 1))
    assert len(problems) == (2 if before == "id: sftp" else 1), problems
    assert re.match(told, problems[0]), problems[0]


def test_the_page_says_which_flows_the_switches_do_not_turn():
    pipeline, _ = read()
    assert moving_words(pipeline.network, pipeline.labels) == (
        "Who starts and how much at a time turn nothing here, since each flow says how it moves: "
        "Log reader → Intake by CDC and Drop → Intake by SFTP drop."
    )
    half, _ = read(TEXT.replace(", moves: sftp", ""))
    assert moving_words(half.network, half.labels) == (
        "Whatever the switches say, these flows move in their own way: Log reader → Intake by CDC."
    )
    silent, _ = read(TEXT.replace(", moves: sftp", "").replace(", moves: cdc", ""))
    assert moving_words(silent.network, silent.labels) == ""


def test_the_page_says_that_the_switches_turn_nothing_where_nothing_is_ingested():
    pipeline, problems = read(
        "title: T\nzones: [{id: z, label: Z}]\nstages:\n  - {id: a, zone: z, label: A, role: source}\n"
        "  - {id: b, zone: z, label: B, role: transform}\nflows:\n  - {from: a, to: b}\n"
    )
    assert not problems
    assert moving_words(pipeline.network, pipeline.labels).startswith("Who starts and how much at a time turn nothing")
    switched = {
        simulate(pipeline.network, Scenario(events=500, start=start, size=size)).passages["b"].departed_s.tobytes()
        for start in Start
        for size in Size
    }
    assert len(switched) == 1


def test_a_scenarios_text_is_told_both():
    pipeline, _ = read()
    assert day_words(pipeline.network, Scenario(), ["moves"]) == {"moves": "moved by CDC and SFTP drop"}
    half, _ = read(TEXT.replace(", moves: sftp", ""))
    words = "pulled in batches, one every hour, and in part moved by CDC"
    assert day_words(half.network, Scenario(), ["moves"]) == {"moves": words}


def test_the_diagram_has_the_name_of_the_way_beside_the_flow():
    pipeline, _ = read()
    assert [flow.caption for flow in pipeline.flows] == ["", "", "rows, CDC", "SFTP drop", ""]
    assert re.search(r"rows,.*CDC", dot(pipeline))
    assert "SFTP drop" in dot(pipeline)
    silent, _ = read(TEXT.replace(", moves: cdc", ""))
    assert "CDC" not in dot(silent)


@pytest.mark.parametrize(
    ("stage", "figure", "why"),
    [
        ("drop", "own_interval_s", "Does nothing while the flow from it says how it moves: by SFTP drop."),
        ("drop", "poll_interval_s", "nobody polls"),
        ("drop", "lateness_s", ""),
        ("log", "lateness_s", "no files are pushed"),
        ("log", "poll_interval_s", ""),
        ("log", "disk_bytes", ""),
        ("intake", "job_overhead_s", ""),
        ("intake", "batch_interval_s", "what comes by SFTP drop has an interval of its own"),
        ("intake", "capacity", "data waits at its source"),
    ],
)
def test_a_knob_is_idle_if_it_is_in_every_way(stage, figure, why):
    pipeline, _ = read()
    station = next(one for one in pipeline.network.stations if one.id == stage)
    scenario = Scenario(Start.PUSH, Size.STREAM)  # under these switches alone others would be idle
    ways = ways_at(pipeline.network, scenario, stage)
    words = why_idle(station.role, figure, figures_of(station, scenario), scenario, "", ways)
    assert why in words if why else words == ""


def test_simulate_tells_the_ways(tmp_path, capsys):
    (tmp_path / "stages").mkdir()
    (tmp_path / "pipeline.yaml").write_text(TEXT, encoding="utf-8")
    for id in ("orders", "stock", "log", "drop", "intake", "desk"):
        page = f"---\ntitle: {id.title()}\nsummary: A place.\n---\n\n## What it is\n\nText.\n"
        (tmp_path / "stages" / f"{id}.md").write_text(page, encoding="utf-8")
    assert main(["simulate", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ways"] == {
        "log->intake": {"way": "cdc", "title": "CDC", "starts": "pull", "size": "stream", "waits": "sender"},
        "drop->intake": {
            "way": "sftp", "title": "SFTP drop", "starts": "push", "size": "batch", "waits": "receiver",
            "interval_s": 21_600.0, "offset_s": 3_600.0,
        },
    }  # fmt: skip
