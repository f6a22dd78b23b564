"""Each kind of field: what it takes, and what is said of the rest."""

import pytest

from lifecycle.documents import (
    Fields,
    Problem,
    name_fault,
    read_yaml,
)


def only(problems):
    assert len(problems) == 1, problems
    return problems[0]


def fields_of(yaml_text: str):
    root, faults = read_yaml(yaml_text, "p.yaml")
    assert root is not None
    assert not faults
    problems: list[Problem] = []
    return Fields(root, "p.yaml", problems, "stage"), problems


# --- fields


@pytest.mark.parametrize("written", ["no", "2024-01-01", "12", "1.5", "null", "12:00", "0x1f", "1e3", "yes", "~"])
def test_what_yaml_does_not_read_as_text_must_be_quoted_to_be_an_id(written):
    fields, problems = fields_of(f"label: x\nid: {written}\n")
    assert fields.name() == ""
    problem = only(problems)
    assert problem.line == 2
    if written not in ("null", "~"):  # those say nothing at all, and the field is missing
        assert f'id: "{written}"' in problem.fix


@pytest.mark.parametrize("written", ["no", "2024-01-01", "12", "1e3"])
def test_the_same_words_in_quotes_are_ids(written):
    fields, problems = fields_of(f'id: "{written}"\n')
    assert fields.name() == written
    assert not problems


@pytest.mark.parametrize(
    "name", ["../x", "<script>", "A", "a_b", "a--b", "-a", "a-", "a b", "ä", "", "a\n", "x" * 65, "a/b", ".", "a\x00"]
)
def test_what_is_no_kebab_case_id_is_refused(name):
    assert name_fault(name)


def test_kebab_case_ids_are_fine():
    assert not any(name_fault(name) for name in ("lake", "reverse-etl", "s3", "3d", "x" * 64))


@pytest.mark.parametrize(
    "written", [".nan", ".inf", "-.inf", "'5'", "true", "1:30", "0x10", "010", "five", "[1]", "9" * 400]
)
def test_what_is_no_finite_number_is_reported(written):
    fields, problems = fields_of(f"share: {written}\n")
    fields.number("share", 0, 1e300, 1.0)
    assert only(problems).line == 1


@pytest.mark.parametrize(
    ("written", "value"), [("3", 3), ("-0.5", -0.5), ("1e3", 1000), ("2.5e-3", 0.0025), (".5", 0.5)]
)
def test_plain_numbers_are_read(written, value):
    fields, problems = fields_of(f"share: {written}\n")
    assert fields.number("share", -1e6, 1e6) == value
    assert not problems


def test_a_number_out_of_range_is_reported_with_the_range():
    fields, problems = fields_of("events: 1000001\n")
    fields.whole("events", 0, 1_000_000, 5)
    assert "0 to 1e+06" in only(problems).fix


@pytest.mark.parametrize(
    ("written", "seconds"), [('"02:00"', 7200), ("'00:00:01'", 1), ('"24:00"', 86400), ('"9:05"', 9 * 3600 + 300)]
)
def test_times_of_the_day_are_read_as_seconds(written, seconds):
    fields, problems = fields_of(f"at: {written}\n")
    assert fields.clock_s("at") == seconds
    assert not problems


@pytest.mark.parametrize(
    "written", ["12:00", "720", "true", '"24:01"', '"12:60"', '"noon"', '"-1:00"', "2024-01-01", "[1]"]
)
def test_what_is_no_quoted_time_of_the_day_is_reported(written):
    fields, problems = fields_of(f"at: {written}\n")
    fields.clock_s("at")
    assert "hh:mm" in only(problems).fix or 'at: "12:00"' in only(problems).fix


@pytest.mark.parametrize(
    "label",
    ["'<TABLE>'", "'a <b>c'", "'</x'", "'<!-- x'", "'<script>alert(1)</script>'", '"a\\u202eb"', '"a\\0b"', '"\\e[1m"'],
)
def test_a_label_with_html_or_control_characters_is_refused(label):
    fields, problems = fields_of(f"label: {label}\n")
    fields.text("label", 60)
    assert only(problems).line == 1


@pytest.mark.parametrize(
    ("label", "text"), [("'a < b \"c\" & d'", 'a < b "c" & d'), ('"a\\nb"', "a b"), (">-\n  one\n  two", "one two")]
)
def test_a_label_with_quotes_or_folded_lines_is_one_line_of_text(label, text):
    fields, problems = fields_of(f"label: {label}\n")
    assert fields.text("label", 60) == text
    assert not problems


def test_an_unknown_key_is_reported_with_the_nearest_known_one():
    fields, problems = fields_of("label: a\ndetial: b\n")
    fields.text("label", 60)
    fields.text("detail", 60)
    fields.done()
    assert only(problems).line == 2
    assert only(problems).fix == "did you mean detail?"


def test_a_list_where_a_mapping_should_be_is_reported_and_the_rest_is_read_on():
    fields, problems = fields_of("- a\n- b\n")
    assert fields.text("label", 60) == ""
    assert "should be a mapping, not a list" in only(problems).what
