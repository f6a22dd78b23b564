"""The form of sequence diagrams: what passes here Mermaid draws, what does not is told on its line."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course import check, load
from lifecycle.course.loading import SHIPPED
from lifecycle.course.sequence import slips
from tests.support.small_course import TRANSFER, write_course

# Diagrams with the verdict of `mermaid.parse`; tools/mermaid_cases.mjs holds them against Mermaid where npm is at hand.
CASES = json.loads((Path(__file__).parent / "mermaid_cases.json").read_text(encoding="utf-8"))
BOTH = [case for case in CASES if not case.get("only_mermaid")]


def test_the_table_has_many_of_either_kind():
    assert len(BOTH) > 350
    assert 0.3 < sum(case["mermaid"] for case in BOTH) / len(BOTH) < 0.7


@pytest.mark.parametrize("case", BOTH, ids=range(len(BOTH)))
def test_a_diagram_passes_where_mermaid_parses_it(case):
    assert (list(slips(case["diagram"])) == []) is case["mermaid"], case["diagram"]


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.get("only_mermaid")],
    ids=lambda case: case["diagram"].split("\n")[1].strip(),
)
def test_what_only_mermaid_takes_is_refused(case):
    assert case["mermaid"]
    assert list(slips(case["diagram"]))


@pytest.mark.parametrize(
    ("lines", "row", "what", "fix"),
    [
        (["A->>B"], 1, "without text", "A->>B: text"),
        (["A->>B: a", "loop x", "A->>B: b"], 2, "`loop` without its `end`", "end"),
        (["alt x", "loop y", "end", "option z", "end"], 4, "`option` outside of `critical`", "critical"),
        (["end"], 1, "`end` without a block", "remove"),
        (["A=>B: x"], 1, "no part of a sequence diagram", "A->>B: text"),
        (["A->>B: one; two"], 1, "no part of a sequence diagram", "#59;"),
        (["End user->>B: x"], 1, "'End user' begins with 'End'", "another name"),
        (["A->>B: x", "B-->>-A: y"], 2, "'B' is deactivated", "activate B"),
        (["Note over A,B,C: x"], 1, "a note at 3", "name one"),
        (["Note over A"], 1, "says nothing", "Note over A,B: text"),
        (["participant A: b"], 1, "no participant", "participant A as"),
        (["box Blue", "participant A", "end"], 1, "`box`", "alone"),
        (["A-|\\B: x"], 1, "not drawn here", "-->>"),
    ],
)
def test_a_slip_is_told_on_its_line_with_how_to_put_it_right(lines, row, what, fix):
    slip = next(slips("\n".join(["sequenceDiagram", *lines])))
    assert slip.row == row
    assert what in slip.what
    assert fix in slip.fix


def test_the_transfers_of_our_course_are_drawn():
    assert [list(slips(each.mermaid)) for each in load(SHIPPED).transfers] == [[]] * 4


def test_check_names_file_and_line(tmp_path):
    broken = TRANSFER.replace("    S-->>P: rows", "    S-->>P")
    (problem,) = check(write_course(tmp_path, {"transfers/pull-batch.md": broken}))
    assert (problem.file, problem.line) == ("transfers/pull-batch.md", broken.split("\n").index("    S-->>P") + 1)


@given(st.text(st.sampled_from("AB-> x)(+:;,#%\nend loopalt|/\\<"), max_size=80))
def test_no_text_whatever_breaks_the_reader(text):
    assert all(0 <= slip.row <= text.count("\n") + 1 for slip in slips(f"sequenceDiagram\n{text}"))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "line", ["A-" * 50_000, "A" * 100_000 + "->>B", "note over " + "A," * 50_000, "loop\n" * 50_000]
)
def test_a_hostile_line_returns(line):
    assert list(slips(f"sequenceDiagram\n{line}"))
