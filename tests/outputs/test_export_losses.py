"""Whatever an export does not hold is told: it is read back and held against what the author wrote."""

import io
import re
import sqlite3
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.__main__ import main
from lifecycle.course import folder_questions
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.course.quizzes.reading import read_questions
from lifecycle.documents.folder import TEXT_LIMIT_BYTES
from lifecycle.outputs.question_formats import FORMATS, anki, gift, markdown, qti
from lifecycle.outputs.question_formats.content import lost, of_html, of_markdown
from lifecycle.outputs.question_formats.losses import checked, written
from lifecycle.outputs.question_formats.readers import READERS
from tests.outputs import gift_reading

FOREIGN = ("gift", "qti", "anki")


def asked(stem="Q?", option="a", feedback="", explanation="", id="x", place="p", **more):
    options = (Option(option, True, feedback), Option("b", False))
    return Question(id, place, QuestionKind.SINGLE, stem, options, explanation=explanation, file="a.md", **more)


def told(form, question):
    return [loss.what for loss in FORMATS[form]([question], ()).losses]


# What an author may write, and the word for it where a format does not show it.
WRITTEN = {
    "![The lake](lake.png)": "pictures",
    "![The lake](https://example.org/lake.png)": "pictures",
    "one<br>two": "line breaks",
    "H<sub>2</sub>O": "<sub>",
    "[the other page](other.md)": "links",
    "[a place](?stage=lake)": "links",
    "[a file](../a/b.pdf)": "links",
    "a [footnote][^1]": "footnotes",
    "so $a^2 + b^2$ is": "formulas",
    "==marked==": "highlights",
    "press ++ctrl+c++": "keys",
    "a :material-lake: sign": "icons",
    "text <!-- to be checked --> text": "comments",
    "water is H~2~O": "subscripts",
    "x^2^ grows": "superscripts",
    "^^new^^ text": "insertions",
    "{++new++} text": "edits",
    "a :smile: sign": "icons",
    "text{ .wide } text": "attributes",
    "[a part of this page](#here)": "links",
}
IN_BLOCKS = {
    "Q?\n\n!!! note\n\n    Mind this.": "admonitions",
    "Q?\n\n??? tip\n    Mind this.": "admonitions",
    'Q?\n\n=== "One"\n\n    Text': "tabs",
    "Q?\n\n[^1]: Below.": "footnotes",
    "Q?\n{: .wide }": "attributes",
    "Q?\n\n<details>\n<summary>More</summary>\n</details>": "<details>",
    "$$\na^2\n$$ and $$b$$": "formulas",
    "HTML is old.\n*[HTML]: Hypertext": "abbreviations",
    "Q?\n\n*[HTML]: Hypertext": "abbreviations",
    "```mermaid\ngraph TD\n```": "diagrams",
    "Q?\n\n~~~ mermaid\ngraph TD\n~~~": "diagrams",
    '```py title="pull.py" hl_lines="2"\nx\n```': "attributes",
    '--8<-- "part.md"': "snippets",
    "Q?\n\n/// note\nMind this.\n///": "admonitions",
    "- [ ] open\n- [x] done": "tasks",
}


@pytest.mark.parametrize("form", FOREIGN)
@pytest.mark.parametrize(("text", "what"), [*WRITTEN.items(), *IN_BLOCKS.items()])
def test_a_loss_in_the_question_and_the_explanation_is_told(form, text, what):
    assert f"{what} in the question" in told(form, asked(stem=text))
    assert f"{what} in the explanation" in told(form, asked(explanation=text))


@pytest.mark.parametrize("form", FOREIGN)
@pytest.mark.parametrize(("text", "what"), WRITTEN.items())
def test_a_loss_in_an_option_and_its_feedback_is_told(form, text, what):
    assert f"{what} in an option" in told(form, asked(option=text))
    assert f"{what} in feedback" in told(form, asked(feedback=text))


@pytest.mark.parametrize("form", FOREIGN)
@pytest.mark.parametrize(
    "text",
    [
        'Plain **bold** *words*, `code [[ ]]` & &lt;more&gt; "quoted" 5 < 6, $5 and $6.',
        "A [link](https://example.org/?a=1&b=2), <https://example.org> and a  \nbreak.",
        "# Head\n\n- one\n- two\n    1. three\n\n> said\n\n```bash\n  [[ -f x ]] && y\n```\n\n    code\n\n---\n\nend",
        "| a | b |\n|---|---|\n| `1` | {x} = #2 |",
        "At 12:30:45 std::vector or a::b, about ~5 or ~6, 2^3 and 4^5, C:\\\\x: {x}, [ ] and - 8< -.",
        "[sound:x.mp3] [latex]x[/latex] {{c1::a}} [[type:Back]]",
    ],
)
def test_what_a_format_holds_is_not_called_lost(form, text):
    assert told(form, asked(stem=text, explanation=text)) == []


def test_only_what_a_format_lacks_is_told_of_it():
    struck = asked(stem="~~old~~ new", explanation="3. three\n4. four", option='[a](https://e.org "A title")')
    assert told("gift", struck) == told("anki", struck) == []
    assert told("qti", struck) == [
        "struck-out text in the question",
        "titles of links in an option",
        "the first number of a list in the explanation",
    ]
    aligned = asked(stem="| a |\n|--:|\n| 1 |")
    assert told("qti", aligned) == ["alignment in the question"]
    pair = Question("x", "p", QuestionKind.MATCH, "Q", (Option("a", True, pair="*b*"), Option("c", True, pair="d")))
    assert "emphasis in an option" in told("gift", pair)
    assert "emphasis in an option" not in told("qti", pair)


def test_a_loss_is_found_whatever_made_it():
    """A format that drops what no list foresees: each third letter, or a whole option."""

    def careless(questions, places=()):
        made = gift.export(questions, places)
        return type(made)({"": made.files[""].replace(b"Mind", b"Md").replace(b"~[html]b", b"")})

    losses = checked("gift", careless)([asked(stem="Mind the gap")], ()).losses
    assert [loss.what for loss in losses] == ["text in the question", "text in an option"]
    nothing = checked("gift", lambda *_: gift.export([]))
    assert [loss.whole for loss in nothing([asked()], ()).losses] == [True]


@pytest.mark.parametrize("form", FORMATS)
def test_twins_are_written_once_and_told(form):
    exported = FORMATS[form]([asked(), asked(stem="Other?")], ())
    assert [(loss.whole, loss.question.stem) for loss in exported.losses] == [(True, "Other?")]
    assert written(form, exported.files, [asked()]) == 1


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_said_to_be_written_is_what_can_be_read_back(tmp_path, capsys, form):
    page = "<quiz>\nWhich?\n- [x] a\n- [ ] b\n</quiz>\n\n<quiz>\n[[a]] and [[b]]\n</quiz>\n"
    for name in ("a/index.md", "b/index.md", "a-b.md", "a/b.md"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(f"<!-- question: same -->\n{page}" if "b.md" in name else page)
    out = tmp_path / "out" / "bank.md"
    assert main(["questions", str(tmp_path / "in"), "--as", form, "--out", str(out)]) == 1  # one has another's id
    printed = capsys.readouterr()
    assert printed.out.startswith("7 of 8 questions written")
    assert "a/b.md:" in printed.err
    if form == "qti":
        names = zipfile.ZipFile(out).namelist()
        assert len([name for name in names if name.startswith("items/")]) == len(set(names)) - 1 == 7
    if form == "gift":
        assert len(gift_reading.read(out.read_text())) == 11  # one for each blank
    if form == "markdown":
        assert len(folder_questions(out)[0]) == 7


def test_a_blank_s_number_never_meets_another_question_s_id():
    blanks = Question("q", "p", QuestionKind.BLANK, "[[]] and [[]]", answers=("a", "b"))
    exported = FORMATS["gift"]([blanks, asked(id="q-1")], ())
    ids = re.findall(r"\[id:([^\]]+)\]", exported.files[""].decode())
    assert ids == ["q.1", "q.2", "q-1"]
    assert not any(loss.whole for loss in exported.losses)


def test_a_blank_alone_on_its_line_stays_a_gap():
    blank = Question("q", "p", QuestionKind.BLANK, "Which?\n\n[[]]", answers=("a",))
    assert "_____" in gift.export([blank]).files[""].decode()
    assert "_____" in anki.front(blank, ())
    assert "<hr" not in anki.front(blank, ())


# --- Markdown of any size


def many(count):
    return [asked(stem=f"Question {n}? " + "words " * 3_000 + "end", id=f"q-{n}") for n in range(count)]


def test_a_bank_beyond_the_limit_of_our_reader_becomes_files_that_it_reads(tmp_path, capsys):
    questions = many(80)
    pages = FORMATS["markdown"](questions, ())
    assert list(pages.files) == ["p.md", "p-2.md", "p-3.md"]
    assert pages.losses == ()
    for exported in (pages, markdown.one_file(pages)):
        assert all(len(data) <= TEXT_LIMIT_BYTES for data in exported.files.values())
        read = [each for data in exported.files.values() for each in read_questions(data.decode(), "a.md", "p")[0]]
        assert [each.id for each in read] == [question.id for question in questions]
    (tmp_path / "in").mkdir()
    for name, data in pages.files.items():
        (tmp_path / "in" / name).write_bytes(data)
    out = tmp_path / "out" / "bank.md"
    assert main(["questions", str(tmp_path / "in"), "--as", "markdown", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("80 of 80 questions written")
    assert "bank-2.md" in printed
    found, problems = folder_questions(out.parent)
    assert problems == ()
    assert len(found) == 80


def test_relative_addresses_are_told_where_the_page_moves():
    assert told("markdown", asked(stem="![x](a.png) and [y](https://e.org)")) == [
        "where relative addresses in the question lead: the export lies elsewhere"
    ]
    assert told("markdown", asked(stem="[w][part]\n\n[part]: #here", explanation="[w](#here)")) == [
        "where relative addresses in the question lead: the export lies elsewhere",
        "where relative addresses in the explanation lead: the export lies elsewhere",
    ]
    assert told("markdown", asked(stem="[y](https://e.org#here) [z](?stage=lake)")) == []


def test_places_that_differ_in_capitals_share_a_file_and_a_deck():
    questions = [asked(place="a/Index"), asked(place="a/index", id="y")]
    exported = FORMATS["markdown"](questions, ())
    assert list(exported.files) == ["a/Index.md"]
    assert [loss.what.split(":")[0] for loss in exported.losses] == ["its own file"]
    assert written("markdown", exported.files, questions) == 2
    assert written("anki", FORMATS["anki"](questions, ()).files, questions) == 2


# --- nothing acts in another program


def sides(question):
    data = zipfile.ZipFile(io.BytesIO(anki.export([question]).files[""])).read("collection.anki2")
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    (fields,) = base.execute("select flds from notes").fetchone()
    return fields.split("\x1f")


ACTIVE = [
    "[sound:x.mp3]", "[SOUND:x.mp3]", "[anki:tts lang=en]x[/anki:tts]", "[latex]x[/latex]", "[$]x[/$]", "[$$]x[/$$]",
    "{{c1::x}}", "{{Answer}}", "{{{x}}}", "[[type:Answer]]", "\\\\(x\\\\)", "\\\\[x\\\\]", "`\\(x\\)`",
    "<script>x</script>", "`[sound:x.mp3]`", "a\x1fb",
]  # fmt: skip
ACTS = re.compile(r"\[sound:|\[anki:|\[latex\]|\[\$\$?\]|\{\{|\[\[type:|\\\(|\\\[|<script|<anki-mathjax", re.IGNORECASE)


@pytest.mark.parametrize("text", ACTIVE)
def test_a_field_of_anki_holds_nothing_that_acts(text):
    question = asked(stem=text, option=text, feedback=text, explanation=text)
    front, back = sides(question)
    assert not ACTS.search(front + back)
    if "\x1f" not in text:
        assert not {event[0] for event in lost(of_markdown(text), of_html(front))} & {"word", "code"}


@given(st.text(st.sampled_from("[]{}$()\\:/ soundlatexkitype&#91;<>`*_"), max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_text_whatever_acts_in_anki(text):
    assert not ACTS.search(anki.inert(anki.front(asked(stem=text, option=text), ())))


# --- there and back


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30)
MARKUP = st.sampled_from(
    ["**b**", "*i*", "`c`", "``[[ ` ]]``", "[l](https://e.org/?a=1&b=~2)", "= # { } : ~ \\", "->", "%50%", "// x",
     "::", "~~s~~", "[sound:a]", "{{c1::a}}", "&amp;", "a &lt; b", "\\*", "$CATEGORY: x", "####", "é 🛒 \u0301"]
)  # fmt: skip
LINE = st.lists(WORDS | MARKUP, min_size=1, max_size=4).map(" ".join)
BLOCK = st.lists(
    LINE | st.sampled_from(["- a\n- b", "```\n{x} = [[ ~y ]]\n```", "| a |\n|---|\n| 1 |", "> q", "# h"]),
    min_size=1,
    max_size=3,
).map("\n\n".join)


@given(BLOCK, LINE, BLOCK, BLOCK)
@settings(max_examples=60, deadline=None)
def test_a_question_comes_back_from_every_format_or_its_losses_are_told(stem, option, feedback, explanation):
    question = asked(stem, option, feedback, explanation)
    source = [event for text in (stem, feedback, explanation) for event in of_markdown(text)]
    for form in FOREIGN:
        exported = FORMATS[form]([question], ())
        (texts,) = READERS[form](exported.files, [question]).values()
        shown = [event for text in texts for event in text]
        if not exported.losses:
            kept = [event for event in source if event[0] in ("open", "mark", "code", "attr")]
            assert all(shown.count(event) >= kept.count(event) for event in kept)
            assert lost(of_markdown(option, inline=True), shown) == []


@given(st.text(max_size=100))
@settings(deadline=None)
def test_gift_in_production_and_in_the_tests_read_alike(text):
    exported = gift.export([asked(stem=text)])
    (texts,) = READERS["gift"](exported.files, ()).values()
    (read,) = gift_reading.read(exported.files[""].decode())
    assert texts[0] == of_html(read.stem)


def test_the_items_of_qti_hold_no_character_that_xml_cannot():
    exported = qti.export([asked(stem="a\x0bb\x00c\ufffe", option="\x1f")])
    assert written("qti", exported.files, [asked()]) == 1
