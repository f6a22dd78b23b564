"""pipeline.yaml as the last import wrote it, as people have it, and as this one would write it, become one file."""

from lifecycle.importing.again import merged

LAST = """title: "Ours"
zones:
  - {id: upstream, label: Up}
stages:
  - {id: "a", zone: upstream, role: source}
  - {id: "b", zone: upstream, role: transform}
flows:
  - {from: "a", to: "b"}
"""


def test_entries_that_people_changed_stay_theirs_and_others_follow_the_project():
    mine = LAST.replace("role: transform", "role: lake").replace("Ours", "Yours")
    new = LAST.replace("role: source", "role: source, detail: x").replace(
        "role: transform}", 'role: transform}\n  - {id: "c", role: consumer}'
    )
    result = merged(LAST, mine, new)
    assert 'title: "Yours"' in result.text
    assert '{id: "b", zone: upstream, role: lake}' in result.text
    assert "detail: x" in result.text
    assert '{id: "c", role: consumer}' in result.text
    assert result.stale == ()
    assert merged(LAST, mine, new.replace("role: transform", "role: buffer")).stale == ("b",)


def test_peoples_own_entries_comments_and_sections_stay():
    own = "  # ours\n  - id: d\n    zone: upstream\n    role: lake\n"
    mine = (
        LAST.replace("flows:\n", f"{own}flows:\n  - {{from: b, to: d}}\n")
        + "undercurrents:\n  - {id: access, label: Access}\n"
    )
    result = merged(LAST, mine, LAST.replace('"a"', '"z"'))
    assert own in result.text
    assert "{from: b, to: d}" in result.text
    assert result.text.endswith("undercurrents:\n  - {id: access, label: Access}\n")
    assert '"a"' not in result.text
    assert result.dropped == ()


def test_what_leads_to_a_gone_stage_is_dropped_and_told_where_people_wrote_it():
    mine = LAST.replace('{from: "a", to: "b"}', '{from: "a", to: "b", label: ours}').replace(
        "source}", "source, detail: ours}"
    )
    new = LAST.replace('  - {id: "a", zone: upstream, role: source}\n', "").replace('"a"', '"b"')
    result = merged(LAST, mine, new)
    assert "ours" not in result.text
    assert sorted(text.strip() for text in result.dropped) == [
        '- {from: "a", to: "b", label: ours}', '- {id: "a", zone: upstream, role: source, detail: ours}',
    ]  # fmt: skip


def test_what_people_took_out_stays_out_with_all_that_leads_to_it():
    mine = LAST.replace('  - {id: "b", zone: upstream, role: transform}\n', "").replace(
        '  - {from: "a", to: "b"}\n', ""
    )
    new = LAST + '  - {from: "b", to: "a", loop: true}\n'
    result = merged(LAST, mine, new)
    assert '"b"' not in result.text
    assert result.dropped == ()


def test_a_list_that_people_took_out_whole_stays_out():
    last = LAST + 'schedules:\n  - {id: jobs, at: "0 2 * * *"}\n'
    assert merged(last, LAST, last.replace("role: source", "role: lake")).text == LAST.replace(
        "role: source", "role: lake"
    )


def test_a_zone_in_which_only_a_stage_of_peoples_own_stands_stays_in_its_place():
    last = LAST.replace("stages:\n", "  - {id: down, label: Down}\nstages:\n", 1)
    mine = last.replace("flows:\n", '  - {id: "own", zone: "down", role: lake}\nflows:\n')
    new = LAST.replace(
        "  - {id: upstream, label: Up}\n", "  - {id: upstream, label: Above}\n  - {id: new, label: New}\n"
    )
    zones = merged(last, mine, new).text.partition("stages:")[0]
    assert zones.splitlines()[1:] == [
        "zones:",
        "  - {id: upstream, label: Above}",
        "  - {id: down, label: Down}",
        "  - {id: new, label: New}",
    ]
    assert "down" not in merged(last, last.replace("Ours", "Yours"), new).text


def test_a_schedule_that_only_a_stage_of_peoples_own_names_stays():
    jobs = 'schedules:\n  - {id: jobs, at: "0 2 * * *"}\n'
    mine = LAST.replace("flows:\n", "  - {id: d, zone: upstream, role: transform, schedule: jobs}\nflows:\n") + jobs
    assert merged(LAST + jobs, mine, LAST).text == mine
    assert "schedules" not in merged(LAST + jobs, LAST.replace("Ours", "Yours") + jobs, LAST).text
