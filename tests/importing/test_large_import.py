"""A project of 3,000 models becomes a course that passes `check`, within limits that stay."""

import json
import random
from typing import Any

import pytest

from lifecycle.__main__ import main
from lifecycle.course.pipeline_file.reading import MAX_STAGES
from lifecycle.documents import PIPELINE_LIMIT_BYTES
from lifecycle.documents.folder import MAX_FILES

MODELS, SOURCES, EXPOSURES = 3_000, 150, 60


def manifest() -> dict[str, Any]:
    """Models that each read up to four of those written shortly before them, or sources."""
    chance = random.Random(1)
    parents: dict[str, list[str]] = {f"source.big.raw.t{i}": [] for i in range(SOURCES)}
    sources = list(parents)
    models: list[str] = []
    for i in range(MODELS):
        pool = models[-400:] if i > SOURCES and chance.random() < 0.8 else sources
        parents[f"model.big.m{i}"] = sorted({chance.choice(pool) for _ in range(chance.randint(1, 4))})
        models.append(f"model.big.m{i}")
    for i in range(EXPOSURES):
        parents[f"exposure.big.e{i}"] = chance.sample(models, 3)

    def entries(kind: str) -> dict[str, Any]:
        return {id: entry(id, kind) for id in parents if id.startswith(f"{kind}.")}

    def entry(id: str, kind: str) -> dict[str, Any]:
        name = id.rpartition(".")[2]
        columns = {c: {"name": c, "data_type": "int", "description": ""} for c in ("id", "day", "amount")}
        about = {"unique_id": id, "resource_type": kind, "name": name, "package_name": "big", "columns": columns}
        return {**about, "source_name": "raw", "depends_on": {"nodes": parents[id]}, "config": {"enabled": True}}

    version = "https://schemas.getdbt.com/dbt/manifest/v12.json"
    return {
        "metadata": {"dbt_schema_version": version, "project_name": "big"},
        "nodes": entries("model"),
        "sources": entries("source"),
        "exposures": entries("exposure"),
        "parent_map": parents,
    }


@pytest.mark.xdist_group("large import")
def test_a_project_of_3_000_models_passes_check(tmp_path, capsys):
    (tmp_path / "manifest.json").write_text(json.dumps(manifest()), encoding="utf-8")
    assert main(["import", str(tmp_path / "manifest.json"), "--out", str(tmp_path / "course")]) == 0
    pages = list((tmp_path / "course" / "stages").iterdir())
    assert MODELS < len(pages) <= MAX_STAGES < MAX_FILES
    assert (tmp_path / "course" / "pipeline.yaml").stat().st_size < PIPELINE_LIMIT_BYTES
    code = main(["check", str(tmp_path / "course"), "--strict"])
    assert (code, capsys.readouterr().out.splitlines()[-1]) == (
        0,
        f"{len(pages)} places, 0 questions, 0 scenarios: all well",
    )
