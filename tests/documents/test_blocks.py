"""Markdown as plain data: every kind of block, every look of letters, and any text at all."""

from hypothesis import given
from hypothesis import strategies as st

from lifecycle.documents import Block, Letters, blocks, inline


def said(block):
    return "".join(each.text for each in block.letters)


def test_letters_keep_their_looks_also_within_each_other():
    (paragraph,) = blocks("plain **bold _both_** `code` ~~gone~~ [out](https://a.example/x)")
    assert [(each.text, each.bold, each.italic, each.code, each.struck, each.href) for each in paragraph.letters] == [
        ("plain ", False, False, False, False, ""),
        ("bold ", True, False, False, False, ""),
        ("both", True, True, False, False, ""),
        (" ", False, False, False, False, ""),
        ("code", False, False, True, False, ""),
        (" ", False, False, False, False, ""),
        ("gone", False, False, False, True, ""),
        (" ", False, False, False, False, ""),
        ("out", False, False, False, False, "https://a.example/x"),
    ]


def test_a_link_into_the_app_becomes_its_words_and_one_that_runs_something_stays_as_typed():
    assert inline("[words](?stage=lake)") == (Letters("words"),)
    for target in ("javascript:alert(1)", "data:text/html,x", "vbscript:x"):
        assert inline(f"[words]({target})") == (Letters(f"[words]({target})"),)


def test_lists_keep_their_numbers_and_what_is_nested_in_them():
    (listed,) = blocks("3. one\n4. two\n   - inner\n")
    assert (listed.kind, listed.level, len(listed.items)) == ("list", 3, 2)
    assert [block.kind for block in listed.items[1]] == ["paragraph", "list"]
    assert said(listed.items[1][1].items[0][0]) == "inner"


def test_a_table_has_its_head_first_and_a_quote_its_blocks():
    table, quote = blocks("| a | b |\n|---|---|\n| 1 | **2** |\n\n> said\n")
    assert [["".join(letters.text for letters in cell) for cell in row] for row in table.rows] == [
        ["a", "b"],
        ["1", "2"],
    ]
    assert said(quote.inside[0]) == "said"


def test_code_keeps_its_lines_and_html_stands_as_it_was_typed():
    assert blocks("```sql\nselect 1\n\n  from t\n```") == (Block("code", text="select 1\n\n  from t"),)
    assert blocks("<b>x</b> <!-- no --> y")[0].letters[0].text == "<b>"
    assert blocks("<!-- only a comment -->") == ()


@given(st.text(alphabet="ab*_`[]()<>|-#>~!1. \n\\&", max_size=80))
def test_any_text_becomes_blocks(text):
    assert all(isinstance(block, Block) for block in blocks(text))


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=30))
def test_plain_words_are_kept_to_the_letter(text):
    assert "".join(each.text for each in inline(f"x{text}")) == f"x{text}"
