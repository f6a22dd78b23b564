"""A content folder loaded whole: a good one becomes a course, a bad one all its problems."""

import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_course import FILES, PIPELINE, QUIZ, STAGE, TRANSFER, write_course

from lifecycle.course import ContentError, check, content_folder, folder_questions, load
from lifecycle.course.actors import with_labels
from lifecycle.course.pipeline import Act
from lifecycle.course.pipeline_file import read_pipeline
from lifecycle.installed import Setting
from lifecycle.ui.session import served


def only(problems):
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def pipeline_problems(text: str):
    return read_pipeline(text)[2]


def with_stage(line: str) -> str:
    """The small pipeline with one more stage line, on line 10, fed by the store."""
    return PIPELINE.replace("flows:\n", f"  - {line}\nflows:\n").replace(
        "  - {from: store, to: report}\n", "  - {from: store, to: report}\n  - {from: store, to: extra}\n"
    )


# --- a good folder


def test_a_good_folder_becomes_a_course(tmp_path: Path):
    assert check(write_course(tmp_path)) == ()
    course = load(tmp_path)
    assert list(course.places) == ["orders", "copy", "store", "report", "access"]
    assert course.places["store"].title == "Store"
    assert course.places["store"].sections[0].heading == "What it is"
    assert [question.id for question in course.places["store"].questions] == ["store-truth"]
    assert course.overview is not None
    assert [question.place for question in course.overview.questions] == ["lifecycle"]
    assert len(course.questions) == 2
    assert [named.id for named in course.scenarios] == ["rush", "real"]
    assert course.default.id == "rush"
    assert course.named("real").trace == "flights"
    assert course.traces["flights"].weights == (1.0, 2.0)
    (transfer,) = course.transfers
    assert (transfer.start, transfer.size) == ("pull", "batch")
    assert transfer.markdown == "The job asks."
    assert transfer.mermaid.startswith("sequenceDiagram\n")
    assert course.pipeline.undercurrents[0].acts == (Act("store", "Who reads what."),)
    assert course.pipeline.flows[-1].loop


def test_only_the_map_and_the_explanations_are_needed(tmp_path: Path):
    for name, text in FILES.items():
        if name == "pipeline.yaml" or name.startswith("stages/"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
    course = load(tmp_path)
    assert course.overview is None
    assert course.default.scenario.events > 0


def test_windows_line_ends_and_byte_order_marks_change_nothing(tmp_path: Path):
    plain = load(write_course(tmp_path / "plain"))
    marked = tmp_path / "marked"
    for name, text in FILES.items():
        (marked / name).parent.mkdir(parents=True, exist_ok=True)
        (marked / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(marked) == plain


def test_hidden_files_and_the_readme_are_left_alone(tmp_path: Path):
    write_course(tmp_path)
    (tmp_path / "README.md").write_text("<b>for authors</b>")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x").write_bytes(b"\xff")
    assert check(tmp_path) == ()


LEFTOVERS = [
    "orders.md~", ".#orders.md", "#orders.md#", ".orders.md.swp", "orders.md.swp", ".DS_Store", "Thumbs.db",
    "thumbs.db", "desktop.ini", "orders.md.bak", "orders.md.orig", "orders.md.rej", "orders.md.tmp", "._orders.md",
    "orders.md___jb_tmp___", "~$orders.md", "Icon\r", "ORDERS.MD.BAK",
]  # fmt: skip


@pytest.mark.parametrize("name", LEFTOVERS)
def test_what_editors_leave_behind_is_passed_over(tmp_path: Path, name):
    write_course(tmp_path)
    for folder in (".", "stages", "quizzes", "scenarios", "transfers", "traces"):
        (tmp_path / folder / name).write_bytes(b"\xff <quiz> half a save")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "a.md").write_text("x")
    assert check(tmp_path) == ()
    questions, problems = folder_questions(tmp_path)
    assert (len(questions), problems) == (2, ())


@pytest.mark.parametrize("name", ["node_modules", ".venv", ".git", "__pycache__", ".obsidian", "Node_Modules"])
def test_what_programs_put_into_a_folder_is_no_content_and_no_edit(tmp_path: Path, name):
    write_course(tmp_path)
    before = served._fingerprint(tmp_path)
    for within in (".", "stages", "quizzes"):
        here = tmp_path / within / name / "deep"
        here.mkdir(parents=True)
        (here / "r.md").write_text("<quiz>\nNot ours?\n- [x] Yes\n- [ ] No\n</quiz>\n")
    assert check(tmp_path) == ()
    questions, problems = folder_questions(tmp_path)
    assert (len(questions), problems) == (2, ())
    assert served._fingerprint(tmp_path) == before
    (tmp_path / "stages" / "store.md").write_text("changed")
    assert served._fingerprint(tmp_path) != before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_the_lock_that_emacs_leaves_is_a_link_and_passed_over(tmp_path: Path):
    write_course(tmp_path)
    (tmp_path / "stages" / ".#store.md").symlink_to("ada@desk.4711:1700000000")
    assert check(tmp_path) == ()


@pytest.mark.parametrize("name", ["orders (copy).md", "orders copy.md", "orders.md.txt", "orders.old", "~orders.md"])
def test_what_somebody_may_have_meant_is_told(tmp_path: Path, name):
    write_course(tmp_path)
    (tmp_path / "stages" / name).write_text(STAGE.format(title="X"))
    assert only(check(tmp_path)).file == f"stages/{name}"


def test_the_content_folder_is_that_of_the_environment_or_the_one_shipped(monkeypatch):
    monkeypatch.setenv(Setting.CONTENT, "/some/where")
    assert content_folder() == Path("/some/where")
    monkeypatch.setenv(Setting.CONTENT, " ")
    assert (content_folder() / "pipeline.yaml").is_file()


# --- the folder


@pytest.mark.parametrize(("name", "word"), [("gone", "no such folder"), ("pipeline.yaml", "a file, not a folder")])
def test_a_folder_that_is_not_there_or_a_file_is_one_problem(tmp_path: Path, name, word):
    write_course(tmp_path)
    assert word in only(check(tmp_path / name)).what


def test_an_empty_folder_lacks_its_pipeline(tmp_path: Path):
    problem = only(check(tmp_path))
    assert (problem.file, problem.line, problem.what) == ("pipeline.yaml", 1, "missing file")


def test_a_missing_explanation_is_reported_by_its_name(tmp_path: Path):
    problem = only(check(write_course(tmp_path, {"stages/store.md": None})))
    assert (problem.file, problem.what) == ("stages/store.md", "missing file")


def test_ten_thousand_files_are_one_problem_and_soon_found(tmp_path: Path):
    write_course(tmp_path)
    for number in range(10_000):
        (tmp_path / "stages" / f"x{number}.md").touch()
    begun = time.perf_counter()
    assert "more than 2,000 files" in only(check(tmp_path)).what
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("name", ["pipeline.yaml", "stages/store.md", "quizzes/store.md", "scenarios/rush.md"])
def test_a_file_of_50_mb_is_refused_wherever_it_lies(tmp_path: Path, name):
    write_course(tmp_path)
    with (tmp_path / name).open("r+b") as stream:
        stream.truncate(50 * 1024 * 1024)
    begun = time.perf_counter()
    problem = only(check(tmp_path))
    assert time.perf_counter() - begun < 2
    assert problem.file == name
    assert "too large" in problem.what


def test_a_trace_of_50_mb_is_refused_too(tmp_path: Path):
    write_course(tmp_path)
    with (tmp_path / "traces" / "flights.csv").open("r+b") as stream:
        stream.truncate(50 * 1024 * 1024)
    assert "too large" in only(check(tmp_path)).what


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path):
    content = write_course(tmp_path / "content", {"stages/store.md": None})
    (tmp_path / "outside.md").write_text(STAGE.format(title="Outside"))
    (content / "stages" / "store.md").symlink_to(tmp_path / "outside.md")
    problems = check(content)
    assert {problem.file for problem in problems} == {"stages/store.md"}
    assert any(problem.what == "a symbolic link" for problem in problems)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_folder_outside_is_refused(tmp_path: Path):
    content = write_course(tmp_path / "content", {"quizzes/store.md": None, "quizzes/lifecycle.md": None})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "store.md").write_text(QUIZ.format(place="outside"))
    (content / "quizzes").symlink_to(tmp_path / "outside")
    assert only(check(content)).what == "a symbolic link"


@pytest.mark.parametrize(
    ("name", "word", "mend"),
    [
        ("stages/stroe.md", "no stage or undercurrent stroe", "did you mean store?"),
        ("quizzes/stroe.md", "no stage or undercurrent stroe", "did you mean store?"),
        ("stages/Bad Name.md", "is not an id", "lower-case"),
        ("stages/store.txt", "nothing reads", "stages/<id>.md"),
        ("stages/deep/store.md", "nothing reads", "stages/<id>.md"),
        ("stage/store.md", "unknown folder 'stage'", "did you mean stages?"),
        ("pipline.yaml", "nothing reads", "did you mean pipeline.yaml?"),
        ("transfers/pull-btach.md", "no transfer is called pull-btach", "did you mean pull-batch?"),
    ],
)
def test_a_file_that_nothing_reads_is_reported(tmp_path: Path, name, word, mend):
    write_course(tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(QUIZ.format(place="other") if "quiz" in name else STAGE.format(title="X"))
    problem = only(check(tmp_path))
    assert problem.file == name
    assert word in problem.what
    assert mend in problem.mend


def test_a_file_name_with_a_line_break_is_shown_on_one_line(tmp_path: Path):
    write_course(tmp_path)
    (tmp_path / "stages" / "a\nb:1: forged.md").write_text("x")
    assert "\n" not in str(only(check(tmp_path)))


# --- the pipeline


def test_the_small_pipeline_has_no_problem():
    assert pipeline_problems(PIPELINE) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("{from: copy, to: store}", "{from: copy, to: stroe}", 12, "unknown stage 'stroe'"),
        ("{from: copy, to: store}", "{from: nowhere, to: store}", 12, "unknown stage 'nowhere'"),
        ("{from: copy, to: store}", "{from: copy}", 12, "without `to`"),
        ("{from: copy, to: store}", "{from: copy, to: access}", 12, "a flow to the undercurrent access"),
        ("{from: copy, to: store}", "{from: copy, to: store, share: 0}", 12, "out of range"),
        ("{from: copy, to: store}", "{from: copy, to: store, share: .nan}", 12, "not finite"),
        ("{from: copy, to: store}", "{from: copy, to: store, loop: maybe}", 12, "`loop` is 'maybe'"),
        ("{from: copy, to: store}", "{from: copy, to: store, label: <b>x</b>}", 12, "HTML in `label`"),
        ("{from: copy, to: store}", "copy -> store", 12, "should be a mapping"),
        ("zone: office, label: Store", "zone: ofice, label: Store", 8, "unknown zone 'ofice'"),
        ("role: warehouse", "role: warehose", 8, "unknown role 'warehose'"),
        ("role: warehouse", "role: no", 8, "read as true or false"),
        ("label: Store,", "", 8, "without `label`"),
        ("label: Store,", "label: '<TABLE>',", 8, "HTML in `label`"),
        ("label: Store,", "label: '<script>alert(1)</script>',", 8, "HTML in `label`"),
        ("label: Store,", "label: " + "x" * 61 + ",", 8, "61 characters"),
        ("label: Store,", "label: Store, image: /etc/passwd,", 8, "unknown key 'image'"),
        ("label: Store,", "label: Store, URL: 'javascript:alert(1)',", 8, "unknown key 'URL'"),
        ("role: warehouse", "role: warehouse, figures: {laod_s: 1}", 8, "no figure 'laod_s'"),
        ("role: warehouse", "role: warehouse, figures: {load_s: fast}", 8, "not a number"),
        ("role: warehouse", "role: warehouse, figures: {load_s: .inf}", 8, "not finite"),
        ("role: warehouse", "role: warehouse, figures: {load_s: .nan}", 8, "not finite"),
        ("role: warehouse", "role: warehouse, figures: {load_s: -1}", 8, "load_s is -1"),
        ("role: warehouse", "role: warehouse, figures: [1]", 8, "should be a mapping"),
        ("{store: Who reads what.}", "{stroe: Who reads what.}", 16, "unknown stage 'stroe'"),
        ("{store: Who reads what.}", "{store: Who <i>reads</i> what.}", 16, "HTML in `store`"),
        ("title: Orders", "title: no", 1, "read as true or false"),
        ("title: Orders", "title: Orders\ntitle: Again", 2, "stands twice"),
        ("title: Orders", "tilte: Orders\ntitle: Orders", 1, "unknown key 'tilte'"),
        ("{id: office,", "{id: shop, label: x}\n  - {id: office,", 4, "two zones with the id shop"),
    ],
)
def test_each_fault_of_the_pipeline_is_reported_at_its_line(old, new, line, word):
    assert old in PIPELINE
    problem = only(pipeline_problems(PIPELINE.replace(old, new)))
    assert problem.line == line
    assert word in problem.what


@pytest.mark.parametrize(
    ("id", "word"),
    [
        ("../x", "is not an id"),
        ("'<script>'", "is not an id"),
        ("Extra", "is not an id"),
        ("no", "read as true or false"),
        ("2024-01-01", "read as a date"),
        ("12", "read as a number"),
        ("lifecycle", "names the course as a whole"),
        ("store", "two places with the id store (the first on line 8)"),
        ("access", "two places with the id access"),
    ],
)
def test_an_id_that_cannot_be_one_is_reported(id, word):
    text = with_stage(f"{{id: {id}, zone: office, label: Extra, role: lake}}").replace(
        "  - {from: store, to: extra}\n", ""
    )
    assert any(word in problem.what for problem in pipeline_problems(text))


def test_what_an_undercurrent_does_may_have_a_few_words_for_the_picture(tmp_path: Path):
    few = "{store: {short: by role, text: Who reads what.}}"
    course = load(write_course(tmp_path, {"pipeline.yaml": PIPELINE.replace("{store: Who reads what.}", few)}))
    assert course.pipeline.undercurrents[0].acts == (Act("store", "Who reads what.", "by role"),)


@pytest.mark.parametrize(
    ("act", "word"),
    [
        ("{short: by role}", "without `text`"),
        ("{text: Who., short: far more words than a box holds}", "shorten it to 18"),
    ],
)
def test_a_few_words_that_do_not_fit_are_reported(act, word):
    _, _, problems = read_pipeline(PIPELINE.replace("{store: Who reads what.}", f"{{store: {act}}}"))
    assert word in f"{only(problems).what} {only(problems).mend}"


def test_a_participant_that_is_a_stage_bears_its_label(tmp_path: Path):
    text = TRANSFER.replace("    P->>S", "    participant store\n    participant Drop as Drop bucket\n    P->>S", 1)
    (transfer,) = load(write_course(tmp_path, {"transfers/pull-batch.md": text})).transfers
    label = load(tmp_path).pipeline.by_id["store"].label
    assert f"    participant store as {label}\n    participant Drop as Drop bucket\n" in transfer.mermaid


def test_a_label_cannot_end_a_line_of_the_sequence():
    assert with_labels("participant a", {"a": "A; B #1"}) == "participant a as A#59; B #35;1"


def test_the_mend_for_an_unquoted_id_says_to_quote_it():
    text = with_stage("{id: no, zone: office, label: Extra, role: lake}").replace("to: extra", 'to: "no"')
    problem = pipeline_problems(text)[0]
    assert problem.line == 10
    assert problem.mend == 'quote it: id: "no"'


def test_a_quoted_no_is_an_id_like_any_other():
    text = with_stage('{id: "no", zone: office, label: Extra, role: lake}').replace("to: extra", 'to: "no"')
    assert pipeline_problems(text) == ()


def test_a_circle_without_a_marked_loop_is_named_at_the_flow_that_closes_it():
    problem = only(pipeline_problems(PIPELINE.replace(", loop: true", "")))
    assert problem.line == 14
    assert problem.what.startswith("a circle without a marked loop: ")
    around = problem.what.split(": ")[1].split(" -> ")
    assert set(around) == {"orders", "copy", "store", "report"}
    assert around[0] == around[-1]
    assert "report -> orders" in problem.what + " -> " + around[1]
    assert "loop: true" in problem.mend


def test_two_circles_are_both_reported():
    text = PIPELINE.replace(", loop: true", "").replace("undercurrents:", "  - {from: store, to: copy}\nundercurrents:")
    assert [problem.line for problem in pipeline_problems(text)] == [14, 15] or [
        problem.line for problem in pipeline_problems(text)
    ] == [15, 14]


def test_a_loop_that_closes_no_circle_is_reported():
    text = PIPELINE.replace("undercurrents:", "  - {from: orders, to: report, loop: true}\nundercurrents:")
    problem = only(pipeline_problems(text))
    assert problem.line == 15
    assert "closes no circle" in problem.what


def test_a_flow_to_itself_is_reported_even_when_marked():
    for loop in ("", ", loop: true"):
        text = PIPELINE.replace("undercurrents:", f"  - {{from: copy, to: copy{loop}}}\nundercurrents:")
        assert only(pipeline_problems(text)).what == "a flow from copy to itself"


def test_a_flow_that_stands_twice_is_reported():
    text = PIPELINE.replace("undercurrents:", "  - {from: copy, to: store}\nundercurrents:")
    assert only(pipeline_problems(text)).line == 15


def test_flows_that_come_to_one_name_on_the_page_are_reported():
    text = (
        "title: x\nzones: [{id: z, label: Z}]\nstages:\n"
        + "".join(f"  - {{id: {id}, zone: z, label: L, role: source}}\n" for id in ("a", "a-b", "b-c", "c"))
        + "flows:\n  - {from: a, to: b-c}\n  - {from: a-b, to: c}\n"
    )
    problem = only(pipeline_problems(text))
    assert problem.line == 10
    assert "flow-a-b-c" in problem.what


def test_a_stage_that_no_flow_touches_is_reported():
    text = with_stage("{id: extra, zone: office, label: Extra, role: lake}").replace(
        "  - {from: store, to: extra}\n", ""
    )
    problem = only(pipeline_problems(text))
    assert problem.line == 10
    assert "no flow reaches or leaves the stage extra" in problem.what


@pytest.mark.parametrize("text", ["", "# nothing\n", "just text", "- a\n- b\n", "title: x\n", "zones: 3\nstages: {}\n"])
def test_a_pipeline_that_is_none_is_reported(text):
    assert pipeline_problems(text)


def test_a_pipeline_of_500_stages_is_read_within_seconds():
    ids = [f"stage-{number}" for number in range(500)]
    text = (
        "title: x\nzones: [{id: z, label: Z}]\nstages:\n"
        + "".join(f"  - {{id: {id}, zone: z, label: L, role: source}}\n" for id in ids)
        + "flows:\n"
        + "".join(f"  - {{from: {a}, to: {b}}}\n" for a, b in pairwise(ids))
    )
    begun = time.perf_counter()
    assert pipeline_problems(text) == ()
    assert time.perf_counter() - begun < 5


def test_more_than_500_stages_are_refused():
    text = "title: x\nzones: [{id: z, label: Z}]\nstages:\n" + "".join(
        f"  - {{id: s{number}, zone: z, label: L, role: lake}}\n" for number in range(501)
    )
    assert any("501 stages" in problem.what for problem in pipeline_problems(text))


# --- the texts


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (STAGE.replace("title: {title}", "titel: x"), 2, "unknown key 'titel'"),
        (STAGE.replace("One sentence.", "x" * 201), 3, "201 characters"),
        (STAGE.replace("Text.", "a <b>b</b>"), 8, "HTML in Markdown"),
        (STAGE.replace("Text.", "<script>\nalert(1)\n</script>"), 8, "HTML in Markdown"),
        (STAGE.replace("Text.", "<iframe src=x></iframe>"), 8, "HTML in Markdown"),
        (STAGE.replace("Text.", "[x](javascript:alert(1))"), 8, "a link to 'javascript:'"),
        (STAGE.replace("Text.", "![x](https://example.org/x.png)"), 8, "a picture"),
        (STAGE.replace("Text.", "[" * 10_000), 8, "nested too deep"),
        (STAGE.replace("## What it is", "What it is"), 6, "without a `##` heading"),
        (STAGE.replace("Text.", "See [it](?stage=stroe)."), 8, "a link to the unknown place 'stroe'"),
    ],
)
def test_each_fault_of_an_explanation_is_reported_at_its_line(tmp_path: Path, text, line, word):
    problems = check(write_course(tmp_path, {"stages/store.md": text}))
    problem = next(problem for problem in problems if word in problem.what)
    assert (problem.file, problem.line) == ("stages/store.md", line)


def test_a_link_to_a_place_of_the_course_is_fine(tmp_path: Path):
    text = STAGE.format(title="x").replace("Text.", "See [it](?stage=orders) or [here](?view=watch&stage=copy#x).")
    assert check(write_course(tmp_path, {"stages/store.md": text})) == ()


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (QUIZ.replace("[x]", "[ ]"), 2, "right"),
        (QUIZ.replace("</quiz>\n", ""), 2, "clos"),
        (QUIZ.replace("Which one?", "Which <b>one</b>?"), 3, "HTML in Markdown"),
        (QUIZ.replace("Because.", "[x](javascript:alert(1))"), 9, "a link to 'javascript:'"),
        (QUIZ.replace("> Yes.", "> <script>x</script>"), 5, "HTML in Markdown"),
    ],
)
def test_each_fault_of_a_quiz_is_reported_at_its_line(tmp_path: Path, text, line, word):
    problems = check(write_course(tmp_path, {"quizzes/store.md": text.replace("{place}", "store")}))
    problem = next(problem for problem in problems if word in problem.what)
    assert (problem.file, problem.line) == ("quizzes/store.md", line)


def test_html_in_an_indented_quiz_is_found_too(tmp_path: Path):
    text = "\n".join(
        f"    {line}" for line in QUIZ.format(place="store").replace("This one", "<b>This</b>").split("\n")
    )
    assert any("HTML" in problem.what for problem in check(write_course(tmp_path, {"quizzes/store.md": text})))


def test_a_quiz_tag_with_text_on_its_line_is_no_html(tmp_path: Path):
    text = QUIZ.format(place="store").replace("<quiz>\n", "<quiz>")
    assert not any("HTML" in problem.what for problem in check(write_course(tmp_path, {"quizzes/store.md": text})))


def test_a_quiz_that_its_front_matter_turns_off_asks_nothing(tmp_path: Path):
    text = "---\nquiz: {enabled: false}\n---\n" + QUIZ.format(place="store")
    assert load(write_course(tmp_path, {"quizzes/store.md": text})).places["store"].questions == ()


def test_two_questions_with_one_id_are_reported_across_files(tmp_path: Path):
    problems = check(write_course(tmp_path, {"quizzes/orders.md": QUIZ.format(place="store")}))
    problem = only(problems)
    assert "two questions with the id 'store-truth'" in problem.what


def test_questions_on_the_whole_need_the_whole(tmp_path: Path):
    problem = only(check(write_course(tmp_path, {"lifecycle.md": None})))
    assert problem.file == "quizzes/lifecycle.md"


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (TRANSFER.replace("```", "~~~"), 6, "no sequence diagram"),
        (TRANSFER + "\n```mermaid\nsequenceDiagram\n```\n", 6, "2 sequence diagrams"),
        (TRANSFER.replace("sequenceDiagram", "flowchart TD"), 10, "no sequence diagram"),
        (TRANSFER.replace("what is new?", "<script>"), 11, "HTML, a link or a directive"),
        (TRANSFER.replace("    P->>S", "    %%{init: {}}%%\n    P->>S"), 11, "HTML, a link or a directive"),
        (TRANSFER.replace("gives: Simple.\n", ""), 2, "without `gives`"),
        (TRANSFER.replace("The job asks.", ""), 6, "no text"),
    ],
)
def test_each_fault_of_a_transfer_is_reported_at_its_line(tmp_path: Path, text, line, word):
    problem = only(check(write_course(tmp_path, {"transfers/pull-batch.md": text})))
    assert problem.line == line
    assert word in problem.what


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("time_s,weight\n1,2\n3\n", 3), ("heure,poids\n1,2\n", 1), ("time_s\nnan\n", 2)]
)
def test_a_trace_that_cannot_be_read_is_reported_once_at_its_line(tmp_path: Path, text, line):
    problem = only(check(write_course(tmp_path, {"traces/flights.csv": text})))
    assert (problem.file, problem.line) == ("traces/flights.csv", line)


def test_a_missing_trace_is_asked_for_by_its_name(tmp_path: Path):
    problem = only(check(write_course(tmp_path, {"traces/flights.csv": None})))
    assert problem.file == "scenarios/real.md"
    assert problem.mend == "put it into traces/flights.csv"


# --- all at once, and never a crash


def test_all_problems_come_at_once_sorted(tmp_path: Path):
    write_course(
        tmp_path,
        {
            "pipeline.yaml": PIPELINE.replace("role: warehouse", "role: shed"),
            "stages/store.md": "no front matter",
            "stages/copy.md": b"\xff",
            "quizzes/store.md": "<quiz>\n",
        },
    )
    with pytest.raises(ContentError) as raised:
        load(tmp_path)
    problems = raised.value.problems
    assert list(problems) == sorted(set(problems))
    assert {problem.file for problem in problems} == {
        "pipeline.yaml", "stages/store.md", "stages/copy.md", "quizzes/store.md",
    }  # fmt: skip
    assert str(raised.value).count("\n") == len(problems) - 1


def test_a_mended_folder_is_read_anew(tmp_path: Path):
    write_course(tmp_path)
    (tmp_path / "stages" / "store.md").write_text("broken")
    assert check(tmp_path)
    (tmp_path / "stages" / "store.md").write_text(FILES["stages/store.md"])
    assert check(tmp_path) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=120)
@given(name=st.sampled_from(sorted(FILES)), data=st.binary(max_size=400))
def test_random_bytes_in_any_file_never_make_the_check_raise(tmp_path: Path, name, data):
    write_course(tmp_path)
    (tmp_path / name).write_bytes(data)
    for problem in check(tmp_path):
        assert str(problem).startswith(f"{problem.file}:{problem.line}: ")
        assert problem.line >= 1
        assert "\n" not in str(problem)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150)
@given(
    name=st.sampled_from(sorted(FILES)),
    at=st.floats(0, 1),
    cut=st.integers(0, 40),
    put=st.text(alphabet=st.sampled_from("{}[]:-,&*!|>'\"#%@`<>\n\t 0aé\u202e\x00?~.e"), max_size=12),
)
def test_any_small_edit_of_a_good_file_never_makes_the_check_raise(tmp_path: Path, name, at, cut, put):
    write_course(tmp_path)
    text = FILES[name]
    place = int(at * len(text))
    (tmp_path / name).write_bytes((text[:place] + put + text[place + cut :]).encode())
    last = (text[:place] + put + text[place + cut :]).count("\n") + 1
    for problem in check(tmp_path):
        assert 1 <= problem.line <= max(last, 60)
        assert "\n" not in str(problem)


# --- any folder's questions


def test_the_questions_of_any_folder_are_listed_by_file(tmp_path: Path):
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / "one.md").write_text("# Title\n\n<b>html</b>\n\n" + QUIZ.format(place="one"))
    (tmp_path / "docs" / "deep" / "two.md").write_text("---\ntags: [a]\n---\n" + QUIZ.format(place="two"))
    (tmp_path / "docs" / "off.md").write_text("---\nquiz: {enabled: false}\n---\n" + QUIZ.format(place="off"))
    (tmp_path / "docs" / "style.css").write_text("x")
    questions, problems = folder_questions(tmp_path)
    assert problems == ()
    assert [(question.place, question.file, question.line) for question in questions] == [
        ("docs/deep/two", "docs/deep/two.md", 5),
        ("docs/one", "docs/one.md", 6),
    ]


def test_a_bad_file_does_not_keep_the_other_questions_back(tmp_path: Path):
    (tmp_path / "bad.md").write_bytes(b"\xff")
    (tmp_path / "worse.md").write_text("---\na: *x\n---\n" + QUIZ.format(place="worse"))
    (tmp_path / "good.md").write_text(QUIZ.format(place="good"))
    questions, problems = folder_questions(tmp_path)
    assert [question.id for question in questions] == ["good-truth", "worse-truth"]
    assert {problem.file for problem in problems} == {"bad.md", "worse.md"}


@pytest.mark.parametrize(
    ("name", "old", "line"),
    [
        ("stages/store.md", "One sentence.", 3),
        ("transfers/pull-batch.md", "Simple.", 3),
        ("transfers/pull-batch.md", "Old data.", 4),
        ("pipeline.yaml", "Who reads what.", 16),
    ],
)
def test_a_picture_in_one_line_of_markdown_is_refused_too(tmp_path: Path, name, old, line):
    text = FILES[name].replace(old, '"![x](https://example.org/x.png)"')
    problem = only(check(write_course(tmp_path, {name: text})))
    assert (problem.file, problem.line) == (name, line)
    assert "a picture" in problem.what


def test_a_pipeline_where_nothing_is_born_is_reported():
    problem = only(pipeline_problems(PIPELINE.replace("role: source", "role: lake")))
    assert problem.line == 5
    assert "no stage has the role source" in problem.what
