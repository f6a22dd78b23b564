"""`glossary.yaml`: its terms, what is wrong with it, and how a course holds them."""

import pytest

from lifecycle.course import check, load
from lifecycle.course.glossary import Term, anchor, read_glossary
from lifecycle.course.loading import SHIPPED
from tests.support.small_course import write_course

GOOD = """
terms:
  - term: lag
    about: How far a reader is behind.
    synonyms: [consumer lag, delay of the reader]
    view: "?stage=store"
  - {term: CDC, about: Change data capture.}
"""
COURSE = load(SHIPPED)


def read(text):
    return read_glossary(text, lambda view: [("no view", "mend")] if "nowhere" in view else [])


def faults(text):
    return [(problem.line, problem.what) for problem in read(text)[1]]


def test_terms_are_read_in_order_with_their_synonyms_and_views():
    terms, problems = read(GOOD)
    assert problems == ()
    assert terms == (
        Term("lag", "How far a reader is behind.", ("consumer lag", "delay of the reader"), "?stage=store"),
        Term("CDC", "Change data capture."),
    )
    assert [term.id for term in terms] == ["lag", "cdc"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("  - {term: Lag, about: Again.}", "'Lag' again, as in the term lag"),
        ("  - {term: behind, about: Again., synonyms: [consumer-lag]}", "'consumer-lag' again, as in the term lag"),
        ("  - {term: more, about: One., synonyms: [More]}", "'More' again, as in the term more"),
        ("  - {term: more, about: One., synonyms: [CDC]}", "'CDC' again, as in the term CDC"),
        ("  - {term: more, about: One., also: [x]}", "unknown key 'also' in the term"),
        ("  - {term: more}", "term without `about`"),
        ("  - {about: One.}", "term without `term`"),
        ('  - {term: "--", about: One.}', "'--' has no letter"),
        ("  - {term: more, about: One., view: stage=lake}", "'stage=lake' is no view"),
        ('  - {term: more, about: One., view: "?stage=nowhere"}', "no view"),
        (f"  - {{term: more, about: {'long ' * 60}}}", "`about` has 299 characters"),
        ("  - {term: more, about: a <b>bold</b> word}", "HTML in `about`: 'a <b>bold</b> word'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(more, told):
    assert faults(GOOD + more + "\n") == [(8, told)]


def test_a_file_of_comments_has_no_terms_and_one_without_the_list_is_told():
    assert read("# later\n") == ((), ())
    assert faults("words: []\n") == [(1, "file without `terms`"), (1, "unknown key 'words' in the file")]


def test_a_course_does_without_a_glossary_and_holds_one_that_it_has(tmp_path):
    assert load(write_course(tmp_path)).glossary == ()
    course = load(write_course(tmp_path, {"glossary.yaml": GOOD}))
    assert [term.name for term in course.glossary] == ["lag", "CDC"]


def test_a_view_must_be_one_of_this_course(tmp_path):
    folder = write_course(tmp_path, {"glossary.yaml": GOOD.replace("=store", "=stork")})
    assert [str(problem) for problem in check(folder)] == [
        "glossary.yaml:6: Left out of the link: “stage” with “stork”, because this course has no such stage, "
        "copy the settings from the address of the page"
    ]


def test_an_anchor_forgets_case_accents_and_signs():
    assert [anchor(name) for name in ("Dead-letter queue", "Little's law", "Überlauf", "p95", "429!")] == [
        "dead-letter-queue",
        "little-s-law",
        "uberlauf",
        "p95",
        "429",
    ]


def test_the_shipped_glossary_explains_each_term_in_two_lines():
    assert len(COURSE.glossary) >= 60
    for term in COURSE.glossary:
        assert len(term.about.split()) <= 42, term.name
        assert term.about.endswith((".", "”")), term.name


ASKED_FOR = """
    p50 p95 p99 CDC idempotent backpressure watermark at-least-once at-most-once utilisation sojourn lag offset
    partition replay schema-drift batch stream push pull webhook polling OLTP OLAP ETL ELT reverse-ETL
    materialised-view feature-store SLA SLO dead-letter tokenisation masking encryption-at-rest
    encryption-in-transit WAL replication-slot freshness throughput latency exactly-once retention compaction
    Parquet columnar star-schema orchestration backfill lineage
"""


@pytest.mark.parametrize("word", ASKED_FOR.split())
def test_the_shipped_glossary_knows_the_words_of_the_field(word):
    names = {anchor(name) for term in COURSE.glossary for name in (term.name, *term.synonyms)}
    assert anchor(word) in names


def test_each_place_stands_in_the_shipped_glossary_under_its_one_name_and_leads_to_it():
    """Others call it otherwise: so its entry says, and the search finds it by that."""
    terms = {term.name: term for term in COURSE.glossary}
    for id in COURSE.pipeline.places:
        term = terms[COURSE.pipeline.by_id[id].label]
        assert term.view == f"?stage={id}"
        assert term.synonyms
