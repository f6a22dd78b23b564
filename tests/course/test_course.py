"""A content folder loaded whole: a good one becomes a course, a bad one all its problems."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lifecycle.course import ContentError, check, folder_questions, load
from lifecycle.course.pipeline import Act
from tests.support.narrow import not_none
from tests.support.small_course import FILES, PIPELINE, QUIZ, STAGE, TRANSFER, write_course


def only(problems):
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


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
    assert not_none(course.named("real")).trace == "flights"
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
    assert problem.fix == "put it into traces/flights.csv"


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


def test_a_repaired_folder_is_read_anew(tmp_path: Path):
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
