"""The undercurrents' band: one row where the pills fit, Graphviz's rows where they do not."""

import dataclasses
import re
from itertools import pairwise

import pytest

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.diagram.band import GAP, in_one_row
from lifecycle.diagram.layout import dot, picture, svg
from tests.support.narrow import not_none

PIPELINE = load(SHIPPED).pipeline
PAIR = re.compile(r"(-?[\d.]+),(-?[\d.]+)")


def with_currents(labels):
    one = PIPELINE.undercurrents[0]
    below = tuple(dataclasses.replace(one, id=f"under-{n}", label=label) for n, label in enumerate(labels))
    return dataclasses.replace(PIPELINE, undercurrents=below)


def outline(drawn, element):
    group = not_none(re.search(rf'<g id="{element.replace("-", "&#45;")}".*?</g>', drawn, re.DOTALL))
    path = not_none(re.search(r'\bd="([^"]*)"', group[0]))[1]
    pairs = [(float(x), float(y)) for x, y in PAIR.findall(path)]
    xs, ys = zip(*pairs, strict=True)
    return min(xs), max(xs), min(ys), max(ys)


def height(drawn):
    return size(drawn)[1]


def size(drawn):
    box = not_none(re.search(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"', drawn))
    return float(box[1]), float(box[2])


@pytest.mark.parametrize("count", [3, 5, 7])
def test_pills_that_fit_stand_in_one_row_in_their_order_within_the_band(count):
    drawn = picture(with_currents(["Lineage"] * count)).lr
    left, right, top, bottom = outline(drawn, "zone-undercurrents")
    pills = [outline(drawn, f"stage-under-{n}") for n in range(count)]
    assert len({round(pill[2], 1) for pill in pills}) == 1
    assert all(b[0] - a[1] >= GAP - 0.1 for a, b in pairwise(pills))
    assert all(left < pill[0] and pill[1] < right and top < pill[2] and pill[3] < bottom for pill in pills)
    lowest = max(float(y) for path in re.findall(r'\bd="([^"]*)"', drawn) for _, y in PAIR.findall(path))
    assert lowest == pytest.approx(bottom, abs=0.1)


def test_a_row_instead_of_two_makes_the_picture_lower_and_moves_each_name_with_its_pill():
    pipeline = with_currents(["Lineage"] * 7)
    graphviz, drawn = svg(dot(pipeline)), picture(pipeline).lr
    assert height(drawn) < height(graphviz) - 30
    for n in range(7):
        name = f"under-{n}"
        group = not_none(re.search(rf'<g id="stage&#45;{name.replace("-", "&#45;")}".*?</g>', drawn, re.DOTALL))[0]
        x, y = map(float, not_none(re.search(r' x="(-?[\d.]+)" y="(-?[\d.]+)"', group)).groups())
        pill = outline(drawn, f"stage-{name}")
        assert x == pytest.approx((pill[0] + pill[1]) / 2, abs=0.5)
        assert pill[2] < y < pill[3]


def test_more_than_fit_stay_in_the_rows_of_graphviz():
    pipeline = with_currents(["An undercurrent of a very long name"] * 12)
    drawn = svg(dot(pipeline))
    assert in_one_row(drawn, [current.id for current in pipeline.undercurrents]) == drawn


def test_few_are_left_where_graphviz_stands_them():
    drawn = svg(dot(PIPELINE))
    assert in_one_row(drawn, []) == drawn
    assert in_one_row("<svg></svg>", ["access"]) == "<svg></svg>"


def test_top_to_bottom_three_stand_in_a_row_and_the_picture_stays_as_wide_as_a_phone():
    drawn = picture(
        with_currents(
            ["Access control", "Encryption", "PII masking", "Orchestration", "Observability", "Data quality", "Lineage"]
        )
    ).tb
    pills = [outline(drawn, f"stage-under-{n}") for n in range(7)]
    assert [len({round(pill[2]) for pill in pills[n : n + 3]}) for n in (0, 3, 6)] == [1, 1, 1]
    assert all(a[1] < b[0] for n in (0, 3) for a, b in zip(pills[n : n + 2], pills[n + 1 : n + 3], strict=True))
    assert size(drawn)[0] < 480
