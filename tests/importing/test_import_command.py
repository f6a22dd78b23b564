"""`python -m lifecycle import`: what it prints of a graph, and the one line it says of what is no graph."""

import json
import os
import zipfile

import pytest

from lifecycle.__main__ import main
from tests.cli.command_line import run
from tests.importing.reads import FIXTURES, read


@pytest.fixture
def printed(capsys):
    def command(*arguments):
        code = main(["import", *map(str, arguments)])
        out = capsys.readouterr()
        return code, out.out, out.err

    return command


def test_json_has_nodes_edges_and_notes_and_nothing_else():
    shown = json.loads(run("import", str(FIXTURES / "target"), "--json").stdout, parse_constant=pytest.fail)
    assert list(shown) == ["nodes", "edges", "notes"]
    assert (len(shown["nodes"]), len(shown["edges"])) == (10, 10)
    keys = ["id", "name", "role", "reason", "group", "certain"]
    assert all(list(node) == keys for node in shown["nodes"])
    assert all(list(edge) == ["from", "to"] for edge in shown["edges"])
    assert shown["edges"][0] == {"from": "source.shop.crm.orders", "to": "model.shop.stg_orders"}
    assert shown["nodes"][0] == {
        "id": "seed.shop.countries", "name": "countries", "role": "source",
        "reason": "seed: a CSV file of the project", "group": "shop", "certain": True,
    }  # fmt: skip


def test_for_people_it_says_what_was_understood_and_what_was_guessed(printed):
    code, out, err = printed(FIXTURES / "target", FIXTURES / "events.ndjson")
    assert (code, err) == (0, "")
    assert "manifest.json: a dbt manifest (v12), 10 nodes and 10 edges" in out
    assert "run_results.json: dbt run results" in out
    assert "events.ndjson: OpenLineage events, 9 nodes and 7 edges" in out
    assert "19 nodes and 17 edges: " in out
    assert "namespace `kafka`\n" in out
    assert "metric, which consumers query (a guess)" in out
    assert "4 runs observed, of 4 nodes" in out
    assert "Note: 1 saved query: no node" in out


def test_a_folder_and_a_zip_of_it_are_the_same_argument(tmp_path, printed):
    packed = tmp_path / "whatever"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((FIXTURES / "target").iterdir()):
            archive.write(path, f"target\\{path.name}")
        archive.writestr("__MACOSX/target/manifest.json", "{")
        archive.writestr("target/partial_parse.msgpack", b"\x00\xff")
    _, of_zip, _ = printed(packed, "--json")
    _, of_folder, _ = printed(FIXTURES / "target", "--json")
    one, other = json.loads(of_zip), json.loads(of_folder)
    assert (one["nodes"], one["edges"]) == (other["nodes"], other["edges"])


def test_a_projects_notes_and_set_up_are_no_part_of_its_graph(tmp_path, printed):
    (tmp_path / "target").mkdir()
    for path in (FIXTURES / "target").iterdir():
        (tmp_path / "target" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "README.md").write_text("```mermaid\nflowchart LR\n  a --> b\n```\n", encoding="utf-8")
    (tmp_path / "compose.yaml").write_text("services:\n  db: {image: postgres}\n", encoding="utf-8")
    code, out, _ = printed(tmp_path, "--json")
    assert (code, len(json.loads(out)["nodes"])) == (0, 10)
    assert "2 files passed over" in out or "3 files passed over" in out


FAULTS = {
    "nothing": (b"", ["an empty file"]),
    "blanks": (b" \n\t\n", ["an empty file"]),
    "unknown text": (b"hello", ["a kind that is not known", "give dbt artefacts"]),
    "unknown json": (b'{"a": 1}', ["JSON of a kind that is not known"]),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", ["not a text file"]),
    "utf-16": ("{}".encode("utf-16"), ["UTF-16", "save it again as UTF-8"]),
    "latin-1": (b'{"a":\n "\xe9"}', [":2: ", "not UTF-8: byte 0xe9"]),
    "cut": (b'{"metadata": {},\n "nodes": {"model', [":2: ", "ends in the middle"]),
    "cut at a comma": (b'{"metadata": {},\n', [":2: ", "ends in the middle"]),
    "not json": (b'{"nodes": {\n"a" 1}}', [":2: ", "not JSON", "column 5"]),
    "nan": (b'{"nodes": {"model.a.b": {\n"note": "NaN", "x": NaN}}}', [":2: ", "NaN is no value of JSON"]),
    "infinity": (b'{"a": -Infinity}', ["-Infinity is no value of JSON"]),
    "long number": (b'{"a": ' + b"1" * 5000 + b"}", ["a number too long"]),
    "deep": (b"[" * 200_000, ["nested too deep"]),
    "deep object": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, ["nested too deep"]),
    "no node": (b'{"metadata": {"dbt_schema_version": "x/dbt/manifest/v9.json"}, "nodes": {}}', ["no node in it"]),
    "other artefact": (b'{"metadata": {"dbt_schema_version": "x/dbt/semantic/v1.json"}}', ["artefact `semantic`"]),
    "cut zip": (b"PK\x03\x04" + b"x" * 40, ["an archive that cannot be read"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_meant_is_one_line_and_exit_2(tmp_path, printed, name):
    data, words = FAULTS[name]
    path = tmp_path / "given.bin"
    path.write_bytes(data)
    code, out, err = printed(path, "--json")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith("nothing was imported: given.bin:") or name == "no node"
    for word in words:
        assert word in err


def test_a_bomb_is_refused_by_what_it_inflates_to(tmp_path, printed, monkeypatch):
    monkeypatch.setattr("lifecycle.importing.opening.MOST_BYTES", 1_000_000)
    packed = tmp_path / "bomb.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b" " * 3_000_000)
    assert packed.stat().st_size < 10_000
    code, out, err = printed(packed)
    assert (code, out) == (2, "")
    assert "bomb.zip: more than" in err


def test_paths_that_lead_nowhere_are_one_line(tmp_path, printed):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    with zipfile.ZipFile(tmp_path / "none.zip", "w") as archive:
        archive.writestr("picture.png", b"x")
    for name, word in (
        ("missing", "no such file or folder"),
        ("pipe", "not a regular file"),
        ("empty", "a folder without a file"),
        ("none.zip", "an archive without a file"),
    ):
        code, out, err = printed(FIXTURES / "events.ndjson", tmp_path / name)
        assert (code, out, len(err.splitlines())) == (2, "", 1), name
        assert word in err


def test_two_files_of_one_id_and_two_names_are_two_nodes():
    graph = read("target/manifest.json", "old_manifest.json")
    assert len(graph.nodes) == 13
