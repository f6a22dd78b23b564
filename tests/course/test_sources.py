"""Sources and citations: what is read, what is refused with its line, and what a page makes of it."""

import pytest

from lifecycle.cli import links
from lifecycle.course import check, load
from lifecycle.course.sources import Citation, citation_problems, cited, read_sources, replaced, url_fault, without
from tests.support.small_course import FILES, write_course

BOOK = "id: book, kind: book, title: A Book, by: A. Author, year: 2017, where: ISBN 978-1, url: 'https://example.org/b'"
DOCS = "id: docs, kind: docs, title: The Docs, by: A Project, url: 'https://example.org/docs?page=1#here'"
LIST = f"sources:\n  - {{{BOOK}}}\n  - {{{DOCS}}}\n"
BOTH = "[@book, chapter 3; @docs]"
STAGE = FILES["stages/store.md"]


def of(tmp_path, changed):
    return [str(problem) for problem in check(write_course(tmp_path, changed))]


def test_a_list_of_sources_is_read_with_who_when_and_where():
    sources, lines, problems = read_sources(LIST)
    assert problems == ()
    assert lines == {"book": 2, "docs": 3}
    book, docs = sources["book"], sources["docs"]
    assert (book.title, book.named, book.where, book.kind) == ("A Book", "A. Author, 2017", "ISBN 978-1", "book")
    assert (docs.named, docs.url) == ("A Project", "https://example.org/docs?page=1#here")


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        (BOOK.replace("year: 2017, ", ""), 2, "a book without `year`"),
        (BOOK.replace("by: A. Author, ", ""), 2, "source without `by`"),
        (BOOK.replace("book, title", "poem, title"), 2, "unknown kind 'poem'"),
        (BOOK.replace("2017", "17"), 2, "out of range"),
        (BOOK.replace("https://example.org/b", "example.org/b"), 2, "is no web address"),
        (BOOK + ", pages: 600", 2, "unknown key 'pages'"),
        (f"{BOOK}}}\n  - {{{BOOK.replace('/b', '/other')}", 3, "the id book again"),
        (f"{BOOK}}}\n  - {{{BOOK.replace('id: book', 'id: twin')}", 3, "the address of book again"),
    ],
)
def test_what_is_wrong_with_a_source_is_said_with_its_line(entry, line, words):
    _, _, problems = read_sources(f"sources:\n  - {{{entry}}}\n")
    assert [(problem.line, words in problem.what) for problem in problems] == [(line, True)]


@pytest.mark.parametrize(
    "url", ["https://aws.amazon.com/s3/pricing/", "https://doi.org/10.1145/2723372.2742797", "https://a.b.org/c?d=e#f"]
)
def test_a_web_address_is_taken(url):
    assert url_fault(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org", "ftp://example.org/a", "javascript:alert(1)", "https://", "https://localhost/a",
        "https://example.org/a b", "https://user@example.org/", "https://example.org:99999/", "https://[::1/",
        "//example.org", "https://example.org/(a)", "https://example.org:8443/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url):
    assert url_fault(url)


def test_citations_are_found_by_line_and_code_and_links_are_left_alone():
    text = (
        "One [@book].\n`[@code]` and [@octocat](https://example.org)\n\n```\n[@fence]\n```\nTwo [@book, page 7; @docs]."
    )
    assert list(cited(text)) == [
        (1, "[@book]", (Citation("book"),)),
        (7, "[@book, page 7; @docs]", (Citation("book", "page 7"), Citation("docs"))),
    ]
    assert without(text).startswith("One.\n`[@code]` and [@octocat](https://example.org)\n")
    assert without(text).endswith("```\n[@fence]\n```\nTwo.")
    assert replaced("x [@book].", lambda found: f"({found[0].id})") == "x(book)."


def test_a_colon_may_follow_a_citation_and_only_a_line_that_begins_so_is_a_link_of_markdown():
    text = "As one wrote [@book]: so it is.\n[@octocat]: https://example.org"
    assert [(line, mark) for line, mark, _ in cited(text)] == [(1, "[@book]")]
    assert without(text) == "As one wrote: so it is.\n[@octocat]: https://example.org"


@pytest.mark.parametrize("mark", ["[@]", "[@Two Words]", "[@book; docs]", "[@book,]", "[@book page 7]"])
def test_a_citation_that_cannot_be_read_is_said_and_stays_as_it_is(mark):
    known, _, _ = read_sources(LIST)
    (problem,) = citation_problems(f"\nText {mark}.", "stages/store.md", known)
    assert (problem.line, "cannot be read" in problem.what) == (2, True)
    assert without(mark) == mark


def test_a_course_with_citations_is_well_and_knows_its_sources(tmp_path):
    changed = {"sources.yaml": LIST, "stages/store.md": STAGE + f"\nMore {BOTH}.\n"}
    assert of(tmp_path, changed) == []
    assert set(load(tmp_path).sources) == {"book", "docs"}


def test_an_unknown_source_is_said_with_file_line_and_the_nearest(tmp_path):
    changed = {"sources.yaml": LIST, "stages/store.md": STAGE + f"\nMore {BOTH} [@bok].\n"}
    line = STAGE.count("\n") + 2
    assert of(tmp_path, changed) == [f"stages/store.md:{line}: no source is called bok, did you mean book?"]


def test_a_citation_in_a_course_without_a_list_is_said(tmp_path):
    (problem,) = of(tmp_path, {"lifecycle.md": FILES["lifecycle.md"] + "\nMore [@book].\n"})
    assert problem.endswith("no source is called book, list it in sources.yaml")


def test_a_source_that_nothing_cites_is_said_with_its_line(tmp_path):
    changed = {"sources.yaml": LIST, "stages/store.md": STAGE + "\nMore [@book].\n"}
    (problem,) = of(tmp_path, changed)
    assert problem.startswith("sources.yaml:3: nothing cites docs, ")


def test_what_acts_and_origins_cite_counts_and_is_checked(tmp_path):
    pipeline = FILES["pipeline.yaml"].replace("Who reads what.", '"Who reads what [@docs]."')
    store = "label: Store, role: warehouse"
    pipeline = pipeline.replace(
        store, f'{store}, figures: {{slots: 2}}, origins: {{slots: "as in [@book, page 7]", load_s: "see [@nobody]"}}'
    )
    problems = of(tmp_path, {"sources.yaml": LIST, "pipeline.yaml": pipeline})
    line = next(number for number, text in enumerate(pipeline.split("\n"), 1) if "origins" in text)
    assert [problem.split(", ")[0] for problem in problems] == [
        f"pipeline.yaml:{line}: no source is called nobody",
        f"pipeline.yaml:{line}: the origin of 'load_s'",
    ]


def test_a_citation_where_no_list_can_stand_is_said(tmp_path):
    head = STAGE.replace("summary: One sentence.", "summary: One sentence [@book].")
    (problem,) = of(tmp_path, {"sources.yaml": LIST, "stages/store.md": head + "\n[@book] [@docs]\n"})
    assert problem == "stages/store.md:3: [@book] in the front matter, cite in the text below it"


def test_links_to_settings_are_checked_in_every_text(tmp_path):
    course = load(write_course(tmp_path))
    (problem,) = links.link_problems("Text\n[see it](?scenario=nowhere&view=watch)", "stages/store.md", course)
    assert (problem.file, problem.line) == ("stages/store.md", 2)
    assert "no such scenario" in problem.what
