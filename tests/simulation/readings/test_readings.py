"""What was made faster says the same as the slow way of saying it."""

from dataclasses import asdict, fields
from itertools import pairwise

import numpy as np
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lifecycle.course import content_folder
from lifecycle.documents import code, markup, yaml_tree
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.kernels.clock import Clock
from lifecycle.simulation.kernels.replay import drop_or_expire, drop_or_expire_at_once, expire_only
from lifecycle.simulation.readings import crests, measures
from lifecycle.simulation.readings.bill import Prices
from lifecycle.simulation.readings.report import stage_figures
from lifecycle.simulation.theory import facts
from tests.support.narrow import not_none
from tests.support.networks import networks, scenarios


def files(suffix):
    return sorted(content_folder().rglob(f"*{suffix}"))


def slowly(text):
    return yaml_tree._Reader(text, 1, yaml_tree._Loader).document()


@pytest.mark.parametrize("file", files(".yaml"), ids=lambda file: file.name)
def test_libyaml_reads_the_course_as_pyyaml_does(file):
    text = file.read_text(encoding="utf-8")
    quick = yaml_tree._quickly(text, 1)
    assert quick is not None, "the wheels of PyYAML carry libyaml"
    assert quick[1] == slowly(text)


SCRAPS = st.text(st.sampled_from("ab1 :-,[]{}\"'#|>\n!&*%@é\u2028\t"), max_size=40)


@given(SCRAPS)
@example("---")
def test_whatever_stands_in_a_file_is_read_alike(text):
    try:
        wanted = slowly(text)
    except (yaml_tree._RefusedError, yaml.YAMLError):
        wanted = None
    quick = yaml_tree._quickly(text, 1)
    if quick is not None:
        assert quick[1] == wanted


MARKS = st.text(st.sampled_from("ab <>[]()!:-*+1.`\n#?=&/\\"), max_size=60)
MARKED = (
    "<!--|<!-- c -->|<!-- = 2 -->|-->|--|](?stage=lake)|](?stage=nowhere)|](https://a)|](a)|]|[|![|`|<b>|</b>|<https://a>"
    "|- |1. |> |    |5|**|a| |\n|\n\n|```|\\|[a]: javascript:b\n|[a]|<|&amp;|?|<!|)|(|\t"
)
PARTS = st.sampled_from([*MARKED.split("|"), "|"])
TEXTS = st.one_of(
    MARKS, st.lists(MARKS, max_size=4).map("\n<!-- id: x -->\n".join), st.lists(PARTS, max_size=14).map("".join)
)
WHOLE = markup._parser().enable(["inline", "text_join"])


def faults(tokens):
    return [(block.map, fault) for block in markup._blocks(tokens) for fault in markup._faults(block, ("lake",))]


@settings(max_examples=2000)
@given(TEXTS)
def test_a_text_that_is_not_parsed_has_no_fault(text):
    if markup._is_harmless(text, ("lake",)):
        tokens = WHOLE.parse(text)
        assert not faults(tokens)
        assert all(block.level < markup.MAX_NESTING - 1 for block in tokens)


@pytest.mark.parametrize(
    "text",
    [
        "a <!--\n\n<b>x</b> -->",
        "`a <!-- ` [x](javascript:y) -->",
        "- <!-- a\nb -->",
        "<!-- a --> b",
        "`5 <!-- ` ![x -->](https://a)",
        "<!-->\n**a** -->",
        "[x](?stage=nowhere)",
        "![x](https://a)",
        "> 1. <!-- a --> b",
    ],
)
def test_a_fault_that_a_comment_or_a_link_might_hide_is_found(text):
    assert markup.markup_problems(text, "f", 1, ("lake",))
    assert faults(WHOLE.parse(text))


@settings(max_examples=1000)
@given(TEXTS)
def test_the_blocks_that_are_read_have_the_faults_and_links_of_all(text):
    if not markup._deep_brackets(text.split("\n")):
        read = markup._parse(text)
        whole = WHOLE.parse(text)
        assert faults(read) == faults(whole)
        hrefs = [child.attrs["href"] for each in whole for child in each.children or () if child.type == "link_open"]
        assert [href for _, href in markup.links(text)] == hrefs


@settings(max_examples=1000)
@given(TEXTS)
def test_a_text_without_a_sign_of_code_has_none(text):
    if not code._SIGN.search(text):
        assert not list(code._spans(code._BLOCKS.parse(text), text.split("\n")))


HEADED = (
    "##;## ;## b;##\t; ## c;#;# ;###; #;a;\n;\n\n;---;===;> ;- ;1. ;    ;| a | b |\n|---|---|\n;**; ;\\;`;```\n;"
    "<!-- c -->;[a]: ;\u00a0;\u2028;\x0b"
)
HEADS = st.sampled_from(HEADED.split(";"))


@settings(max_examples=2000)
@given(st.lists(HEADS, max_size=14).map("".join))
def test_headings_seen_at_a_look_are_those_that_are_parsed(text):
    if not markup._UNPLAIN.search(text):
        assert list(markup._heads_at_a_look(text.split("\n"))) == list(markup._heads(not_none(markup._parse(text))))


@given(st.data())
def test_one_loop_loses_whom_the_line_loses(data):
    size = data.draw(st.integers(1, 30))
    gaps = data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=size, max_size=size))
    work = np.array(data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 4.0]), min_size=size, max_size=size)))
    times, patience = np.cumsum(gaps), data.draw(st.sampled_from([0.5, 2.0, 1e9]))
    room, drop = data.draw(st.sampled_from([1.0, 2.0, 5.0, np.inf])), data.draw(st.booleans())
    jumps = data.draw(st.booleans())
    whole = drop_or_expire(times, work, room, patience, drop, Clock(), jumps=jumps)
    for one, other in zip(whole, drop_or_expire_at_once(times, work, room, patience, drop, jumps=jumps), strict=True):
        np.testing.assert_array_equal(one, other)
    clock = Clock(data.draw(st.sampled_from([(), ((2.0, 5.0),)])), data.draw(st.sampled_from([(), ((4.0, 9.0, 0.5),)])))
    endless = drop_or_expire(times, work, np.inf, patience, drop, clock, jumps=jumps)
    for one, other in zip(endless, expire_only(times, work, patience, clock, jumps=jumps), strict=True):
        np.testing.assert_allclose(np.asarray(one), np.asarray(other), rtol=0, atol=1e-12)


@given(st.data())
def test_where_the_time_goes_adds_up_to_the_mean_latency(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    for name, here in run.passages.items():
        if here.role == "consumer" and (took := measures.latency(run, name)).size:
            split = measures.time_split(run, name)
            assert sum(wait + work for _, wait, work in split) == pytest.approx(took.mean(), rel=1e-9, abs=1e-6)


def test_figures_asked_for_one_by_one_are_those_of_the_whole(pipeline, batch_run):
    asked = facts.LazyFacts(pipeline.network, lambda _: batch_run, Prices())
    whole = facts.run_facts(batch_run, Prices())
    assert set(asked) == set(whole)
    for name, value in whole.items():
        found = asked[name]
        assert {key: found[key] for key in found} == value
    assert "nowhere" not in asked["stages"]


@given(st.data())
def test_a_day_simulated_as_far_as_one_station_is_the_same_there(data):
    network = data.draw(networks())
    scenario = data.draw(scenarios(network))
    whole = simulate(network, scenario)
    for station in network.stations:
        part = simulate(network, scenario, towards=station.id)
        assert asdict(stage_figures(part, station.id)) == pytest.approx(
            asdict(stage_figures(whole, station.id)), rel=0, abs=0, nan_ok=True
        )
        assert set(part.passages) == before(network, station.id)
        for name, here in part.passages.items():
            for field in fields(here):
                one, other = getattr(here, field.name), getattr(whole.passages[name], field.name)
                np.testing.assert_array_equal(one, other)


def before(network, station):
    """A station and all from which its events come, link by link."""
    found = {station}
    while more := {link.source for link in network.links if link.target in found and not link.loop} - found:
        found |= more
    return found


def one_by_one(run, name, edges_s):
    """How many are inside after each arrival, counted, and the most of each bucket."""
    here = run.passages[name]
    gone = [np.searchsorted(times, here.arrived_s, "right") for times in (here.out_s, here.copied_s, here.lost_s)]
    inside = np.arange(1, here.arrived_s.size + 1) - gone[0] + gone[1] - gone[2]
    most = measures.depth(run, name, edges_s)[:-1]
    for bucket, (low, high) in enumerate(pairwise(edges_s)):
        within = (here.arrived_s > low) & (here.arrived_s <= high) | ((bucket == 0) & (here.arrived_s == low))
        most[bucket] = max(most[bucket], inside[within].max(initial=0))
    return most, inside.max(initial=0)


@given(st.data())
def test_the_most_at_once_is_that_of_looking_at_every_arrival(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    edges_s = measures.edges(run, data.draw(st.sampled_from([1, 7, 288])))
    few = data.draw(st.sampled_from([1, 3, crests.FEW]))  # shallow and deep alike, each way
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crests, "FEW", few)
        for name in run.passages:
            wanted, most = one_by_one(run, name, edges_s)
            np.testing.assert_array_equal(measures.crest(run, name, edges_s), wanted)
            assert measures.max_depth(run, name) == most


def test_the_most_at_once_of_whole_days(batch_run, stream_run, lossy_run):
    for run in (batch_run, stream_run, lossy_run):
        edges_s = measures.edges(run, 288)
        for name in run.passages:
            wanted, most = one_by_one(run, name, edges_s)
            np.testing.assert_array_equal(measures.crest(run, name, edges_s), wanted)
            assert measures.max_depth(run, name) == most
