"""What of a stage is a guess: one answer, and the same one wherever it is shown."""

import re

from lifecycle.course.pipeline_file.reading import read_pipeline
from lifecycle.importing import Imported, ImportedEdge, ImportedNode, Observation
from lifecycle.importing.drafting import Guess, course_files, drafted, guess_words, guesses_of, todo
from lifecycle.importing.editing import SetRole, SetTiming, apply
from lifecycle.simulation.model.kinds import Role

SEEN = tuple(Observation("a", day * 86_400.0 + 16_200.0, 60.0, "success") for day in range(3))


def project(*observed, certain=True, parted=False, **node):
    """A source, the jobs a and b, between which something may keep its own time, and a report."""
    nodes = [ImportedNode("s", "s", Role.SOURCE, "x"), ImportedNode("a", "a", Role.TRANSFORM, "x", "", certain, **node)]
    nodes += [ImportedNode("b", "b", Role.TRANSFORM, "x"), ImportedNode("r", "r", Role.CONSUMER, "x")]
    between = [("a", "w"), ("w", "b")] if parted else [("a", "b")]
    nodes += [ImportedNode("w", "w", Role.WAREHOUSE, "x")] if parted else []
    edges = (("s", "a"), *between, ("b", "r"))
    return Imported(tuple(nodes), tuple(ImportedEdge(*edge) for edge in edges), observed=observed)


def written(graph):
    """What its pipeline.yaml reads as, by its stages' ids."""
    pipeline, _, faults = read_pipeline(course_files(drafted(graph, "t"))["pipeline.yaml"])
    assert pipeline
    assert not faults
    return {stage.id: stage for stage in pipeline.stages}


def guessed(graph):
    return {stage.id: stage.guesses for stage in drafted(graph, "t").stages}


def test_what_nobody_set_wrote_or_observed_is_a_guess():
    assert guessed(project()) == {
        "s": (), "a": (Guess.DURATION, Guess.START), "b": (Guess.DURATION, Guess.START), "r": (),
    }  # fmt: skip
    assert guessed(project(*SEEN)) == {"s": (), "a": (), "b": (Guess.DURATION,), "r": ()}
    assert guessed(project(schedule="15 4 * * *"))["a"] == (Guess.DURATION,)
    assert guessed(project(certain=False))["a"] == (Guess.ROLE, Guess.DURATION, Guess.START)
    by_hand = apply(project(certain=False), SetRole("a", Role.TRANSFORM), SetTiming("a", 90.0, "0 4 * * *"))
    assert guessed(by_hand)["a"] == ()


def test_what_was_observed_and_the_day_does_not_use_is_a_guess_there():
    parted = guessed(project(*SEEN, parted=True))
    assert parted["a"] == parted["b"] == (Guess.DURATION, Guess.START)
    own = project()
    own = Imported(tuple(ImportedNode(n.id, n.name, n.role, "x", own_time=True) for n in own.nodes), own.edges)
    assert guessed(own)["a"] == (Guess.DURATION,)  # that it keeps its own time is known


def test_each_node_has_its_guesses_also_one_that_no_draft_has():
    graph = project(certain=False)
    lonely = Imported((*graph.nodes, ImportedNode("z", "z", Role.LAKE, "x", certain=False)), graph.edges)
    with_draft = guesses_of(lonely, drafted(lonely, "t"))
    assert with_draft["a"] == (Guess.ROLE, Guess.DURATION, Guess.START)
    assert with_draft["z"] == guesses_of(lonely, None)["a"] == (Guess.ROLE,)
    assert (guess_words(with_draft["a"]), guess_words(())) == ("role, duration and start guessed", "")


def test_the_pipeline_the_page_and_the_list_say_the_same():
    files = course_files(drafted(project(certain=False), "t"))
    assert [stage.detail for stage in written(project(certain=False)).values()] == [
        "", "(role, duration and start guessed)", "(duration and start guessed)", "",
    ]  # fmt: skip
    assert "**Duration**: a guess" in files["stages/a.md"]
    assert "**Start**: a guess" in files["stages/a.md"]
    assert "a guess" not in files["stages/s.md"] + files["stages/r.md"]
    assert re.findall(r"## (.*guess.*)", todo(drafted(project(certain=False), "t"))) == [
        "Roles that were guessed (1)", "Jobs whose duration is a guess (2)",
    ]  # fmt: skip
    assert "## When the jobs start (1)" in todo(drafted(project(certain=False), "t"))
    assert "(" not in written(project(*SEEN))["a"].detail
    assert "When the jobs start" not in todo(drafted(project(*SEEN), "t"))


def test_a_mark_stays_however_long_the_group_is():
    graph = project()
    long = Imported(tuple(ImportedNode(n.id, n.name, n.role, "x", "g" * 200) for n in graph.nodes), graph.edges)
    assert written(long)["a"].detail.endswith("… (duration and start guessed)")


def test_a_source_that_something_leads_to_says_once_that_a_person_set_it():
    graph = apply(project(), SetRole("a", Role.SOURCE))
    stage = next(stage for stage in drafted(graph, "t").stages if stage.id == "a")
    assert stage.reason == "set by you; something leads here, so it is no source"
    assert stage.place == "something leads here, so it is no source"
    assert (stage.role, stage.guesses[0]) == (Role.TRANSFORM, Guess.ROLE)
