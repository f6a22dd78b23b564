"""docs/IN_A_PULL_REQUEST.md: its workflow is one, and its last step does what the guide says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from lifecycle.importing.drafting.draft import MOST_STAGES
from lifecycle.outputs.comparing.markdown import MOST_ROWS
from lifecycle.outputs.comparing.sketch import MOST_NODES
from lifecycle.simulation.model.bounds import MOST_VISITS
from tests.importing.reads import FIXTURES
from tests.support.small_course import PIPELINE, write_course

REPO = Path(__file__).resolve().parents[2]
GUIDE = (REPO / "docs/IN_A_PULL_REQUEST.md").read_text(encoding="utf-8")
WORKFLOW, DBT = (yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL))
STEPS = WORKFLOW["jobs"]["diff"]["steps"]


def step(command, folder):
    """Run a step as the runner does: `bash -e`, with a file for the summary and the program on the path."""
    programs = folder / "programs"
    programs.mkdir()
    program = programs / "headwaters"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lifecycle "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(REPO),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=100
    )
    return done, (folder / "summary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("load_s", "code"), [(1, 0), (3_600, 1)])
def test_the_workflow_compares_what_it_checked_out_and_fails_where_the_level_is_broken(tmp_path, load_s, code):
    paths = [one["with"]["path"] for one in STEPS if one.get("uses", "").startswith("actions/checkout")]
    assert paths == ["after", "before", "headwaters"]
    named = PIPELINE.replace("id: report", "id: looker").replace("report", "looker")
    named = named.replace("role: warehouse}", f"role: warehouse, figures: {{load_s: {load_s}}}}}")
    files = {
        "stages/report.md": None,
        "stages/looker.md": "---\ntitle: L\nsummary: One.\n---\n\n## What it is\n\nText.\n",
    }
    files |= {"scenarios/rush.md": None, "scenarios/real.md": None, "traces/flights.csv": None}
    quick = {
        **files,
        "pipeline.yaml": named.replace("role: ingestion", "role: ingestion, figures: {batch_interval_s: 300}"),
    }
    write_course(tmp_path / "before/pipeline", quick)
    write_course(tmp_path / "after/pipeline", quick)
    done, summary = step(STEPS[-1]["run"], tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert summary.startswith("**Nothing changed**")
    assert ("broken by " in done.stderr) is bool(code)


def test_the_steps_for_dbt_end_in_a_comparison_of_two_targets(tmp_path):
    for version in ("before", "after"):
        (tmp_path / version / "target").mkdir(parents=True)
        for path in (FIXTURES / "target").iterdir():
            (tmp_path / version / "target" / path.name).write_bytes(path.read_bytes())
    done, summary = step(DBT[-1]["run"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert summary.startswith("**Nothing changed**")


def test_the_limits_are_those_of_the_program():
    assert f"Up to {MOST_STAGES:,} stages." in GUIDE
    assert f"pass {MOST_VISITS // 1_000_000} million" in GUIDE
    assert f"{MOST_ROWS} rows of a kind, and {MOST_NODES} stages in the sketch" in GUIDE
