"""What an order looks like at a stage: every stage of the course has it, filled with the event's own values."""

import re
from pathlib import Path

import pytest

from lifecycle.course import SHIPPED, check, load
from lifecycle.course.following.artefacts import FIELDS, Artefact, amount_eur, filled
from lifecycle.simulation.readings.journey import DELIVERED, Journey, Stay
from tests.support.small_course import write_course

COURSE = load(SHIPPED)
STAY = Stay("lake", 75_600.4, 75_601.0, None, None, "still inside", ())
JOURNEY = Journey(48_213, 75_552.0, "bi", "on the way", (STAY,))


def test_every_stage_of_the_course_has_one_that_names_the_order_and_leaves_nothing_unfilled():
    for stage in COURSE.pipeline.stages:
        artefact = COURSE.places[stage.id].artefact
        assert artefact is not None, stage.id
        text = filled(artefact, JOURNEY, STAY)
        assert "48213" in text
        assert not re.search(r"\{[a-z_]+\}", text), text
    assert all(COURSE.places[current.id].artefact is None for current in COURSE.pipeline.undercurrents)


def test_each_field_is_filled_with_the_events_own_value():
    template = "\n".join(f"{name}={{{name}}}" for name in FIELDS)
    assert filled(Artefact("All", template), JOURNEY, STAY).split("\n") == [
        "order=48213", "amount=42", "customer=9041", "partition=9", "born=20:59:12", "came=21:00:00", "begun=21:00:01",
        "left=--:--:--", "age_s=--",
    ]  # fmt: skip


def test_its_age_is_that_at_which_it_was_seen_as_its_headline_has_it():
    seen = Stay("bi", 75_556.1, 75_556.1, 75_558.1, 75_558.1, DELIVERED, ())
    assert filled(Artefact("Age", "{age_s} s"), JOURNEY, seen) == "6 s"


def test_braces_of_json_stay_and_nothing_in_a_value_is_filled_again():
    assert filled(Artefact("JSON", '{"a": {"b": {order}}}'), JOURNEY, STAY) == '{"a": {"b": 48213}}'


def test_an_order_comes_to_the_same_amount_on_every_day():
    assert amount_eur(48_213) == 42
    amounts = {amount_eur(event) for event in range(1_000)}
    assert amounts == set(range(5, 100))


def problems_of(tmp_path: Path, *lines: str) -> list[str]:
    write_course(tmp_path)
    head = "\n".join(["---", "title: Store", "summary: One sentence.", "artefact:", *lines, "---"])
    (tmp_path / "stages" / "store.md").write_text(f"{head}\n\n## What it is\n\nText.\n")
    return [str(problem) for problem in check(tmp_path)]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (("  title: A row", "  text: |", "    id={order}", "    sum={amuont}"),
         "stages/store.md:8: unknown field 'amuont', did you mean amount?"),
        (("  title: A row", "  text: id={ordre}"), "stages/store.md:6: unknown field 'ordre', did you mean order?"),
        (("  title: A row",), "stages/store.md:5: artefact without `text`, add `text: …`"),
        (("  text: id={order}",), "stages/store.md:5: artefact without `title`, add `title: …`"),
        (("  title: A row", "  text: 7"), "stages/store.md:6: `text` should be text, not a number, write `text: |`"),
        (("  title: A row", "  text: |", *["    x"] * 7), "stages/store.md:7: an artefact of 7 lines, shorten it to 6"),
        (("  title: A row", "  text: |", "    x", f"    {'y' * 101}"),
         "stages/store.md:8: a line of 101 characters, shorten it to 100"),
        (("  title: A row", '  text: "a\\x1bb"'), "stages/store.md:6: the control character U+001B, delete it"),
        (("  title: A row", "  text: x", "  kind: json"), "stages/store.md:7: unknown key 'kind' in the artefact"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_one_is_told_with_its_line(tmp_path: Path, lines, problem):
    told = problems_of(tmp_path, *lines)
    assert len(told) == 1, told
    assert told[0].startswith(problem), told


def test_a_right_one_is_read_with_its_lines(tmp_path: Path):
    assert problems_of(tmp_path, "  title: A row", "  text: |", "    id={order}", "      sum={amount}") == []
    assert load(tmp_path).places["store"].artefact == Artefact("A row", "id={order}\n  sum={amount}")
