"""A comparison as people read it: bounded, its names harmless, its numbers those of the JSON."""

from dataclasses import replace

import pytest

from lifecycle.importing import read_brought
from lifecycle.importing.drafting.pages import literal
from lifecycle.outputs.comparing import PipelineSide, as_dict, as_markdown, compared, promised, read_levels
from lifecycle.outputs.comparing.comparison import FigurePair
from lifecycle.outputs.comparing.escaping import in_mermaid
from lifecycle.outputs.comparing.markdown import MOST_ROWS
from lifecycle.outputs.comparing.sketch import MOST_EDGES, MOST_NODES, sketch
from lifecycle.words import duration
from tests.outputs.comparing.versions import HOURLY, day, shop, side, stage

NASTY = [
    'a | b `x` "q" <b>y</b> & *z*',
    "%%{init: {'theme': 'dark'}}%%",
    "```\n# heading",
    "@team #1 [x](javascript:y)",
    "fa:fa-bell $$x$$ a\\nb",
    "1. end --> n0",
]


def rows(text):
    return [line for line in text.split("\n") if line.startswith("|")]


def test_the_first_line_says_who_gets_older_data_and_the_tables_say_all():
    comparison = compared(side(shop(job_s=60.0)), side(shop(job_s=600.0), name="after"))
    text, facts = as_markdown(comparison), as_dict(comparison)
    age_s = facts["consumers"][0]["p95_age_s"]
    before, after = duration(age_s["before"]), duration(age_s["after"])
    assert text.startswith(f"**The p95 age at Looker grows from {before} to {after} (+")
    assert f"| p95 age at Looker | {before} | {after} | +" in text
    assert "1 stage changed." in text.split("\n")[0]
    assert "| changed | Clean (`clean`) | `drawn_s` 10 min, was 60 s |" in text
    assert "| Critical path of `hourly`: its longest run | 60 s | 10 min | 10 times as much |" in text
    assert "| Slots of `hourly` in use at most | 1 of 2 | 1 of 2 | no change |" in text
    back = as_markdown(compared(comparison.after, comparison.before))
    assert back.startswith(f"**The p95 age at Looker falls from {after} to {before} (−")


def test_nothing_changed_is_said_and_there_is_no_sketch():
    text = as_markdown(compared(side(shop()), side(shop())))
    assert (
        text.split("\n")[0] == "**Nothing changed**: the same stages, flows and times, and the day comes out the same."
    )
    assert "mermaid" not in text
    assert "| Cost of the day |" in text


def test_an_age_that_changes_by_nothing_worth_a_word_is_no_headline():
    same = compared(side(shop()), side(shop()))
    (looker,) = same.consumers
    assert duration(71_670.0) != duration(71_700.0)
    comparison = replace(same, consumers=(replace(looker, age_s=FigurePair(71_670.0, 71_700.0)),))
    assert as_markdown(comparison).startswith("**Nothing changed**")
    comparison = replace(same, consumers=(replace(looker, age_s=FigurePair(71_670.0, 72_000.0)),))
    assert as_markdown(comparison).startswith("**The p95 age at Looker grows from 19 h 54 min to 20 h (+0.5 %)")


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        ((600.0, 1.2), (612.0, 1.21), False),
        ((600.0, 1.2), (640.0, 1.2), True),
        ((600.0, 1.0), (601.0, 1.0), True),
        ((100.0, 1.2), (149.0, 1.2), True),
    ],
)
def test_only_a_time_that_was_fitted_to_runs_may_be_a_little_otherwise(before, after, is_told):
    one, other = (side(shop(job_s=job_s, spread=spread)) for job_s, spread in (before, after))
    comparison = compared(one, other)
    assert [part.key for part in comparison.stages] == ["clean"] * is_told
    if is_told:
        (told,) = [row for row in rows(as_markdown(comparison)) if "`drawn_s`" in row]
        new, old = told.split("`drawn_s` ")[1].split(" |")[0].split(";")[0].split(", was ")
        assert new != old


def test_a_service_level_stands_below_the_summary_and_says_by_how_much():
    after = side(shop())
    comparison = compared(side(shop()), after)
    text = as_markdown(comparison, promised(comparison, read_levels(after, ["looker=60", "Looker=86400"])))
    broken, kept = text.split("\n")[2:4]
    assert broken.startswith("- **Looker: p95 age ")
    assert "broken by " in broken
    assert kept.startswith("- Looker: p95 age ")


def test_a_schedule_is_told_by_what_differs():
    later = replace(HOURLY, ticks_s=(7_200.0,), slots=1)
    text = as_markdown(compared(side(shop()), side(shop(schedule=later))))
    line = next(line for line in rows(text) if "schedule `hourly`" in line)
    assert line.endswith(
        "| 1 run a day, at 02:00, was 24 runs a day, at 01:00, 02:00, 03:00, 04:00 …; 1 slot, was 2 slots |"
    )


@pytest.mark.parametrize("name", NASTY)
def test_names_are_shown_as_they_are_spelled_and_do_nothing(name):
    after = shop(extra=(stage("odd", "consumer", name),), flows=[("mart", "odd")], labels={"mart": name})
    text = as_markdown(compared(side(shop(), name=name), side(after, name=name)))
    assert text.count("```") == 2
    table = [line for line in rows(text) if "odd" in line]
    assert table
    assert all(line.replace("\\|", "").count("|") in (4, 5) for line in table)
    assert "<b>" not in text
    assert "@team" not in text
    graph = read_brought([("comparison.md", text.encode())])
    spelled = " ".join(name.split()).replace("\u2060", "")
    shown = [node.name.replace("\u2060", "") for node in graph.nodes]
    plain = spelled.replace("<b>", "‹b›").replace("</b>", "‹/b›")  # the reader makes words of what is no tag
    assert f"{plain} added" in shown
    assert f"{plain} renamed" in shown


def test_a_name_literal_or_mermaid_has_no_mark_left():
    assert literal("a|b`c<d") == r"a\|b\`c\<d"
    assert in_mermaid('"<`|;#%{') == "#34;#60;#96;#124;#59;#35;#37;#123;"
    assert in_mermaid("stg_orders (EU), x/y") == "stg_orders (EU), x/y"


def test_the_sketch_has_what_changed_and_its_direct_neighbours_alone():
    after = shop(extra=(stage("crm", "consumer"),), flows=[("mart", "crm")])
    lines = sketch(compared(side(shop()), side(after))).lines
    drawn = [line.split('"')[1] for line in lines if '"' in line]
    assert drawn == ["Crm<br/>added", "Mart", "Clean", "Looker"]
    assert sum("==>|added|" in line for line in lines) == 1
    gone = sketch(compared(side(after), side(shop()))).lines
    assert any("Crm<br/>gone" in line for line in gone)
    assert any("-.->|gone|" in line for line in gone)
    assert any(line.strip().startswith("classDef gone") for line in gone)


def test_three_thousand_stages_make_a_page_that_can_be_read():
    extra = tuple(stage(f"s{place}", "consumer") for place in range(3_000))
    large = shop(extra=extra, flows=[("mart", one.id) for one in extra])
    comparison = compared(PipelineSide("a", shop(), (day(events=50),)), PipelineSide("b", large, (day(events=50),)))
    text = as_markdown(comparison)
    assert len(text) < 40_000
    assert len(rows(text)) < 5 * MOST_ROWS
    assert "2,960 more stages" in text
    lines = sketch(comparison).lines
    assert sum('"' in line for line in lines) == MOST_NODES
    assert sum("n" in line and ">" in line and '"' not in line for line in lines) <= MOST_EDGES
    assert f"{3_003 - MOST_NODES:,} more stages, changed or beside a change" in text
    assert "3,000 stages added" in text.split("\n")[0]
    assert len(as_dict(comparison)["stages"]) == 3_000
