"""Content's Markdown on a Streamlit page: what the author wrote is what is shown."""

import re

import pytest

from lifecycle.ui.components.prose import coded, plain, prose, with_units
from lifecycle.words import WORD_JOINER


@pytest.mark.parametrize(
    ("written", "passed_on"),
    [
        ("it costs $50 or $60", r"it costs \$50 or \$60"),
        (r"it costs \$50", r"it costs \$50"),
        ("`$HOME` stays", "`$HOME` stays"),
        ("```\n$x :red[y]\n```", "```\n$x :red[y]\n```"),
        (":red[alarm] and :material/home:", r"\:red[alarm] and \:material/home:"),
        ("at 12:01:05, ratio 1:2", "at 12:01:05, ratio 1:2"),
        ("**Bold**: [link](https://x.org)", "**Bold**: [link](https://x.org)"),
    ],
)
def test_streamlits_own_marks_are_escaped_and_markdown_is_not(written, passed_on):
    assert prose(written) == passed_on


@pytest.mark.parametrize("label", ["<b>x</b>", "*x*", "[a](javascript:b)", "a_b", "`x`", "# x", "a | b", "$5", "~~x~~"])
def test_a_label_is_shown_by_its_characters(label):
    shown = plain(label)
    assert shown.replace("\\", "") == label
    assert shown != label


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("it stops at 02:00", "it stops at~02:00"),
        ("refreshed every 6 h, counted", "refreshed every~6~h, counted"),
        ("10.6 k events, 51 % of 7", "10.6~k events, 51~% of 7"),
        ("a hat 3", "a hat 3"),
    ],
)
def test_a_number_stays_with_its_unit_and_a_moment_with_its_at(text, tied):
    assert with_units(text).replace("\u00a0", "~") == tied


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("written with `moves: cdc`", "written with `moves: cdc`"),
        ("image `a*b`; *x* and [y](z)", r"image `a*b`; \*x\* and \[y\](z)"),
        ("named `a` [x](y) `b`", r"named `a` \[x\](y) `b`"),
        ("one ` alone *x*", r"one \` alone \*x\*"),
    ],
)
def test_what_stands_between_backticks_is_code_and_nothing_else_is_obeyed(words, markdown):
    assert coded(words) == markdown


def test_no_shortcode_of_a_stranger_is_drawn_and_a_time_stays_as_it_is():
    for name in (":material/delete:", ":smile:", "a :+1: b"):
        shown = plain(name)
        assert not re.search(r":[a-z+/]+:", shown.replace("\\", ""))
        assert shown.replace("\\", "").replace(WORD_JOINER, "") == name
    assert WORD_JOINER not in plain("at 10:30:45")
