"""Durations that were observed, as a list in `pipeline.yaml`."""

import pytest

from lifecycle.course.pipeline_file.reading import MAX_OBSERVED, read_pipeline
from lifecycle.course.worlds.idle import why_idle
from lifecycle.importing import Imported, ImportedEdge, ImportedNode, Observation
from lifecycle.importing.drafting import course_files, drafted
from lifecycle.outputs.comparing.part_words import stage_words
from lifecycle.outputs.comparing.shapes import changes, stages_of
from lifecycle.simulation.day.checks import validate
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.network import Network, Station
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.roles import figures_of


def pipeline(figures, role="transform"):
    return read_pipeline(
        "title: T\nzones:\n  - {id: z, label: Z}\nstages:\n"
        "  - {id: s, zone: z, label: S, role: source}\n"
        f"  - {{id: a, zone: z, label: A, role: {role}, figures: {{{figures}}}, schedule: jobs}}\n"
        "flows:\n  - {from: s, to: a}\nschedules:\n  - {id: jobs, at: 0 2 * * *}\n"
    )


def test_a_list_is_kept_and_the_figure_is_its_median():
    read, _, faults = pipeline("drawn_s: [612, 655, 580]")
    assert not faults
    (station,) = (one for one in read.network.stations if one.id == "a")
    assert station.observed_s == (612.0, 655.0, 580.0)
    assert figures_of(station, Scenario())["drawn_s"] == 612.0
    assert pipeline("drawn_s: 612")[0].network.stations[1].observed_s == ()


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("drawn_s: []", "0 durations in `drawn_s`"),
        (f"drawn_s: [{', '.join(['5'] * (MAX_OBSERVED + 1))}]", f"{MAX_OBSERVED + 1} durations in `drawn_s`"),
        ("drawn_s: [5, 0]", "not above 0"),
        ("drawn_s: [5, -1]", "not above 0"),
        ("drawn_s: [5, 100000]", "drawn_s is 100000"),
        ("drawn_s: [5, soon]", "`drawn_s` is not a number: 'soon'"),
        ("drawn_s: [[5]]", "`drawn_s` is not a number"),
        ("workers: [1, 2]", "`workers` is not a number"),
    ],
)
def test_what_is_no_list_of_durations_is_told(figures, words):
    _, _, faults = pipeline(figures)
    assert words in " ".join(map(str, faults))
    assert all(fault.line == 6 for fault in faults)


def test_only_a_transform_draws():
    _, _, faults = pipeline("drawn_s: [5, 6]", role="lake")
    assert "a lake has no figure 'drawn_s'" in " ".join(map(str, faults))
    odd = Network((Station("l", Role.LAKE, observed_s=(5.0, float("nan"))),), ())
    problems = " ".join(validate(odd, Scenario()))
    assert "only a transform has jobs" in problems
    assert "write numbers above 0" in problems


def test_of_fewer_than_five_observations_an_import_writes_the_list_and_from_five_on_the_spread():
    def written(*seconds):
        nodes = (ImportedNode("s", "s", Role.SOURCE, "x"), ImportedNode("a", "a", Role.TRANSFORM, "x"))
        runs = tuple(Observation("a", nth * 86_400.0, lasted, "success") for nth, lasted in enumerate(seconds))
        return course_files(drafted(Imported(nodes, (ImportedEdge("s", "a"),), observed=runs), "t"))["pipeline.yaml"]

    assert "figures: {drawn_s: [612, 655.25, 580]}" in written(612.0, 655.25, 580.0)
    assert "figures: {drawn_s: [612]}" in written(612.0)
    assert "drawn_s: 4, drawn_spread: " in written(1.0, 2.0, 4.0, 8.0, 16.0)
    assert "drawn_s: 10, drawn_spread: 10}" in written(0.01, 0.1, 10.0, 1_000.0, 10_000.0)  # a spread has a bound
    read, _, faults = read_pipeline(written(612.0, 655.25, 580.0))
    assert read
    assert not faults
    assert read.stages[1].observed_s == (612.0, 655.25, 580.0)


def test_a_spread_does_nothing_beside_a_list_and_a_comparison_tells_two_lists_apart():
    figures = figures_of(Station("a", Role.TRANSFORM, (("drawn_s", 600.0),)), Scenario())
    idle = why_idle(Role.TRANSFORM, "drawn_spread", figures, Scenario(), "jobs", observed_s=(600.0,))
    assert "one that was observed" in idle
    assert why_idle(Role.TRANSFORM, "drawn_spread", figures, Scenario(), "jobs") == ""
    before, after = (pipeline(f"drawn_s: {text}")[0] for text in ("[580, 612, 655]", "[600, 612, 700, 500]"))
    (change,) = changes(stages_of(before, Scenario()), stages_of(after, Scenario()))
    assert stage_words(change).startswith("4 durations to draw from, 8 min to 12 min, was 3 durations")
    (to_one,) = changes(stages_of(before, Scenario()), stages_of(pipeline("drawn_s: 612")[0], Scenario()))
    assert "no list of durations, was 3 durations to draw from" in stage_words(to_one)
    same = pipeline("drawn_s: [655, 580, 612]")[0]
    assert changes(stages_of(before, Scenario()), stages_of(same, Scenario())) == ()
