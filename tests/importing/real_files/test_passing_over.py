"""Files of a folder or a zip that cannot be meant are passed over with one note; those named by themselves are not."""

import io
import zipfile

import pytest

from lifecycle.importing import ImportProblem, read_brought, read_paths
from tests.importing.reads import FIXTURES, edges

FLOW = "# Title\n```mermaid\nflowchart LR\n  A --> B\n```\n"
DAG = "from airflow import DAG\nwith DAG('d'):\n    a = Op(task_id='a')\n    b = Op(task_id='b')\n    a >> b\n"
COMPOSE = "services:\n  a: {image: x, depends_on: [b]}\n  b: {image: y}\n"
SINK = (FIXTURES / "sink.properties").read_text(encoding="utf-8")
# A good file, one beside it that cannot be meant, and what is said of that.
UNUSABLE = {
    "no DAG": ("d.py", DAG, "ops.py", "from airflow.models import BaseOperator\n", "ops.py (no task of a DAG in it)"),
    "another diagram": (
        "flow.md", FLOW, "seq.md", "```mermaid\nsequenceDiagram\nA->>B: x\n```\n",
        "seq.md (line 2: a Mermaid diagram of type sequenceDiagram)",
    ),
    "a broken chart": (
        "flow.md", FLOW, "bad.md", "\n```mermaid\nflowchart LR\n A-->\n```\n", "bad.md (line 4: a node is missing)",
    ),
    "comments in JSON": (
        "compose.yaml", COMPOSE, "tsconfig.json", "{\n // x\n}", "tsconfig.json (line 2: not JSON: Expecting",
    ),
    "another services": (
        "compose.yaml", COMPOSE, "ci.yml", "services:\n  - db\ntest:\n  script: [make]\n", "ci.yml (no service",
    ),
    "no class": ("a.properties", SINK, "b.properties", "connector.class=\nname=x\n", "b.properties (no connector"),
    "a faulty graph": ("a.dot", "digraph { a -> b }", "b.dot", "digraph { a -> ; }", "b.dot (Graphviz says: "),
    "runs alone": ("flow.md", FLOW, "run.json", '{"results": [{"execution_time": 1}]}', "run.json (dbt run results, "),
    "another kind": ("flow.md", FLOW, "README.md", "# Hello\n", "README.md (a text of a kind that is not known)"),
    "empty": ("flow.md", FLOW, "x.py", "", "x.py (an empty file)"),
    "other letters": ("flow.md", FLOW, "x.yml", "a: \xe9", "x.yml (not UTF-8: byte 0xe9)"),
}  # fmt: skip


def write(folder, files):
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("latin-1"))
    return folder


def zipped(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode("latin-1"))
    return packed.getvalue()


@pytest.mark.parametrize("case", UNUSABLE)
def test_what_cannot_be_meant_in_a_folder_or_a_zip_is_passed_over_with_a_note(tmp_path, case):
    good, text, other, content, words = UNUSABLE[case]
    alone = read_brought([(good, text.encode("latin-1"))])
    files = {good: text, other: content}
    for graph in (read_paths([write(tmp_path, files)]), read_brought([("docs.zip", zipped(files))])):
        assert (graph.nodes, edges(graph)) == (alone.nodes, edges(alone))
        assert graph.notes[0].startswith(f"1 file passed over: {words}")
        assert graph.notes[1:] == alone.notes


@pytest.mark.parametrize("case", UNUSABLE)
def test_the_same_file_named_by_itself_is_refused(tmp_path, case):
    good, text, other, content, _ = UNUSABLE[case]
    write(tmp_path, {good: text, other: content})
    with pytest.raises(ImportProblem, match=rf"^{other}:"):
        read_paths([tmp_path / good, tmp_path / other])
    with pytest.raises(ImportProblem, match=rf"^{other}:"):
        read_brought([(good, text.encode()), (other, content.encode("latin-1"))])


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_folder_in_which_nothing_can_be_read_is_refused_with_the_reason(tmp_path, case):
    good, text, other, content, _ = UNUSABLE[case]
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", {other: content})
    write(tmp_path, {good: text})
    for paths in ([tmp_path / "in"], [tmp_path / good, tmp_path / "in"]):
        with pytest.raises(ImportProblem, match=rf"^{other}:"):
            read_paths(paths)


def test_what_broke_is_a_better_reason_than_another_kind(tmp_path):
    write(tmp_path, {"README.md": "# x\n", "__init__.py": ""})
    with pytest.raises(ImportProblem, match=r"^2 files, none of a kind that is known; name the files themselves$"):
        read_paths([tmp_path])
    write(tmp_path, {"manifest.json": '{"metadata": {},\n', "run_results.json": '{"results": [{"execution_time": 1}]}'})
    with pytest.raises(ImportProblem, match=r"^manifest\.json:2: the JSON ends in the middle"):
        read_paths([tmp_path])


def test_a_handful_is_named_and_the_rest_is_counted(tmp_path):
    write(tmp_path, {f"{number:02}.md": "# x\n" for number in range(40)})
    write(tmp_path, {"flow.md": FLOW, "seq.md": "```mermaid\ngantt\n```\n"})
    note = read_paths([tmp_path]).notes[0]
    assert note.startswith("41 files passed over: seq.md (line 2: a Mermaid diagram of type gantt), 00.md (a text")
    assert note.endswith(", and 36 more")
    assert note.count(".md") == 5


def test_what_is_too_much_is_refused_wherever_it_lies(tmp_path, monkeypatch):
    monkeypatch.setattr("lifecycle.importing.mermaid.parser.MOST_EDGES", 3)
    write(tmp_path, {"flow.md": FLOW, "large.mmd": "flowchart LR\na & b --> c & d\n"})
    with pytest.raises(ImportProblem, match=r"^large\.mmd:2: more than 3 links; import a part"):
        read_paths([tmp_path])


def test_a_project_that_comes_round_hides_behind_no_diagram(tmp_path):
    round_it = '{"nodes": {"model.a.b": {"depends_on": {"nodes": ["model.a.b"]}}}}'
    write(tmp_path, {"manifest.json": round_it, "README.md": FLOW})
    with pytest.raises(ImportProblem, match=r"^manifest\.json: the graph comes round"):
        read_paths([tmp_path])


def test_files_that_are_cut_off_are_named_in_one_note(tmp_path):
    event = '{"eventType": "START", "job": {"namespace": "n", "name": "j"}}\n'
    write(tmp_path, {f"{number}.jsonl": f'{event}{{"event' for number in range(7)})
    note = read_paths([tmp_path]).notes[0]
    assert note.startswith("7 files cut off at the end, read up to there: 0.jsonl (line 2), ")
    assert note.endswith("4.jsonl (line 2), and 2 more")
