"""Terms marked in a text: only links are added, only where words stand as prose, and each term once."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.course import load
from lifecycle.course.glossary import Marking, Term, marked
from lifecycle.course.loading import SHIPPED
from lifecycle.documents import as_html, as_text

TERMS = (
    Term("lag", "Behind.", ("consumer lag",)),
    Term("offset", "A bookmark."),
    Term("dead-letter queue", "For odd records."),
    Term("CDC", "Read the log.", ("change data capture",)),
    Term("ETL", "Extract first."),
    Term("Reverse ETL", "Back to the tools."),
)
COURSE = load(SHIPPED)
MARK = re.compile(r'<a href="#term-[\w-]+">(.*?)</a>', re.DOTALL)


def mark(text):
    return marked(text, TERMS)[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The lag grows, and the lag stays.", "The [lag](#term-lag) grows, and the lag stays."),
        ("Lags and *offset*s; an offset.", "[Lags](#term-lag) and *offset*s; an [offset](#term-offset)."),
        ("- a **lag**\n- CDC, cdc", "- a **[lag](#term-lag)**\n- [CDC](#term-cdc), cdc"),
        ("Dead letter queues!", "[Dead letter queues](#term-dead-letter-queue)!"),
        ("consumer lag", "[consumer lag](#term-lag)"),
        ("Change-data capture", "[Change-data capture](#term-cdc)"),
        ("| lag |\n|---|\n| offset |", "| lag |\n|---|\n| [offset](#term-offset) |"),
        ("Reverse ETL, then ETL", "[Reverse ETL](#term-reverse-etl), then [ETL](#term-etl)"),
    ],
)
def test_a_term_is_marked_where_it_comes_first(text, shown):
    assert mark(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "`lag`",
        "```\nlag\n```",
        "    lag",
        "# The lag",
        "The lag\n=======",
        "> ## lag",
        "[the lag](?stage=lake)",
        '[x](?stage=lake "the lag (offset) again")',
        "[the lag][ref]\n\n[ref]: https://a.example/lag",
        "[@kafka-docs, offset]",
        "https://a.example/lag",
        "https://a.example/?lag",
        "lag@a.example",
        "{lag} of {consumer.lag}",
        "<!-- lag -->",
        "laggard, time-lag, lag_s, lag.py, flag",
        "a *b lag*c",
        "wow!lag",
        "etl and cdc in small letters",
    ],
)
def test_no_term_is_marked_in_code_links_headings_and_in_other_words(text):
    assert mark(text) == text


def test_a_page_marks_a_term_once_over_all_its_texts_and_what_is_known_never():
    marking = Marking(TERMS, frozenset({"cdc"}))
    assert marking.mark("A lag.") == "A [lag](#term-lag)."
    assert marking.mark("A lag, an offset, CDC.") == "A lag, an [offset](#term-offset), CDC."


def test_what_is_known_still_takes_its_words():
    assert Marking(TERMS, frozenset({"reverse-etl"})).mark("Reverse ETL") == "Reverse ETL"


def test_a_text_without_terms_and_a_course_without_a_glossary_stay_as_they_are():
    text = "No such *word* here, $5 and :blue[x].\n"
    assert mark(text) is text
    assert marked("The lag.", ())[0] == "The lag."


PIECES = [
    *("lag", "Lag", "offset", "CDC", "dead-letter queue", "consumer lag", "word", " ", " ", " ", "\n", "\n\n", ". "),
    *("*", "**", "_", "~~", "`", "```\n", "[", "]", "(", ")", "](", "][", "]: ", "!", "<", ">", "\\", "&", ";", "|"),
    *(
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "---\n",
        "===\n",
        "|---|\n",
        '"',
        "'",
        "{",
        "}",
        "@",
        "[@a, ",
        "https://",
        "?a=b",
    ),
    *("<!-- ", " -->", "$", ":", ":blue[", "é", "x"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_a_mark_changes_nothing_but_that_it_is_a_link(text):
    """Whatever the text: without the links of terms it is what it was, to the letter."""
    with_marks = as_html(mark(text), own_links="")
    assert MARK.sub(r"\1", with_marks) == as_html(text, own_links="")
    assert len(MARK.findall(with_marks)) == mark(text).count("](#term-")


@pytest.mark.parametrize("place", [*COURSE.places])
def test_the_pages_of_the_course_say_what_they_said(place):
    marking = COURSE.marking()
    for section in COURSE.places[place].sections:
        text = marking.mark(section.markdown)
        assert as_text(text) == as_text(section.markdown)
        assert MARK.sub(r"\1", as_html(text, own_links="")) == as_html(section.markdown, own_links="")
