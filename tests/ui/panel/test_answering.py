"""Each kind of question, asked and answered on the page, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.kinds_course import kinds_course

ROOT = Path(__file__).parents[3]


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HEADWATERS_CONTENT", str(kinds_course(tmp_path / "course")))

    def at(question):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for name, value in {"stage": "store", "view": "quiz"}.items():
            app.query_params[name] = value
        app.session_state["question-of-store"] = question
        return app.run()

    return at


def sent(app):
    next(button for button in app.button if button.label == "Check").click().run()
    assert not app.exception
    return [each.value for each in (*app.success, *app.error, *app.warning)]


def words(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption])


def links(app):
    return [each.proto.label for each in app.get("page_link")]


def button(app, label):
    return next(each for each in app.button if each.label == label)


def steps(app):
    return [each.value[6:] for each in app.markdown if each.value.startswith(("**1** ", "**2** ", "**3** "))]


def test_steps_are_moved_up_and_down_until_they_are_in_order(app):
    app = app(0)
    assert steps(app) != ["orders", "copy", "store"]
    assert button(app, "Move step 1 up").disabled
    assert button(app, "Move step 3 down").disabled
    for place, step in enumerate(["orders", "copy", "store"]):
        while (now := steps(app).index(step)) > place:
            button(app, f"Move step {now + 1} up").click().run()
    assert steps(app) == ["orders", "copy", "store"]
    assert sent(app) == ["Right."]
    assert "Along the flow." in words(app)


def test_a_wrong_order_says_which_steps_stand_in_place_and_then_the_right_order(app):
    app = app(0)
    placed = [place for place, step in enumerate(steps(app)) if step == ("orders", "copy", "store")[place]]
    assert sent(app) == ["Not yet."]
    marks = [each.value for each in app.markdown if each.value.startswith((":material/check:", ":material/close:"))]
    assert [place for place, mark in enumerate(marks) if "/check:" in mark] == placed
    assert "**The right answer:**\n\n1. orders\n1. copy\n1. store" in words(app)
    assert "Along the flow." in words(app)
    assert [each for each in links(app) if each.startswith("Look at ")]  # nothing shows it: no more is promised


def test_a_wrong_number_says_how_it_misses_the_right_one_and_where_to_see_it(app):
    app = app(3)
    assert "The right answer" not in words(app)
    app.text_input[0].set_value("1")
    assert sent(app) == ["Not yet."]
    assert "**(1) 1: too small**" in words(app)
    assert "(1 % more or less counts too)" in words(app)
    assert [each for each in links(app) if each.startswith("Look at ")]  # nothing shows it: no more is promised


@pytest.mark.parametrize(("first", "said"), [("a source", "Right."), ("a lake", "Not yet."), (None, "first")])
def test_pairs_are_chosen_from_all_right_hand_sides(app, first, said):
    app = app(1)
    orders, store = app.selectbox(key="answer-pairs-0-0"), app.selectbox(key="answer-pairs-0-1")
    assert sorted(orders.options) == ["a lake", "a source", "a warehouse"]
    if first:
        orders.set_value(_index(first))
    store.set_value(_index("a warehouse"))
    assert said in " ".join(sent(app))


def _index(pair):
    """The option's place in the source, which is the value behind its label."""
    return ["a source", "a warehouse", "a lake"].index(pair)


@pytest.mark.parametrize(("place", "said"), [("copy", "Right."), ("copy->store", "Right."), ("store", "Not yet.")])
def test_a_place_or_a_flow_is_chosen_from_the_list_as_on_the_diagram(app, place, said):
    app = app(2)
    app.selectbox(key="answer-where-0").set_value(place).run()
    assert sent(app) == [said]


def test_a_wrong_place_shows_its_feedback_the_belief_behind_it_and_the_view_that_disproves_it(app):
    app = app(2)
    app.selectbox(key="answer-where-0").set_value("orders").run()
    assert sent(app) == ["Not yet."]
    assert "Orders come when they like." in words(app)
    assert "The belief behind it: “The copy comes first.”" in words(app)
    (link,) = [each for each in app.get("page_link") if each.proto.label == "See why it is not so"]
    assert link.proto.query_string == "stage=orders&view=watch"


def test_a_question_that_points_at_the_diagram_is_asked_in_practice_too(tmp_path, monkeypatch, app):
    app = app(2)
    app.switch_page("pages/practice.py").run()
    app.session_state["practice-part"] = "By place"
    app.session_state["practice-place"] = "store"
    app.session_state["question-of-store"] = 2
    app.run()
    assert not app.exception
    app.selectbox(key="answer-where-0").set_value("copy").run()
    assert sent(app) == ["Right."]


def drawn(app):
    """The rate that this learner is asked about, at this attempt."""
    text = next(each.value for each in app.markdown if "a second: how many a minute?" in each.value)
    return int(text.split()[0])


def test_a_computed_question_has_numbers_of_ones_own_and_others_at_the_next_attempt(app):
    app = app(3)
    rate = drawn(app)
    app.text_input(key="answer-drawn-0-0").set_value(str(rate * 60 + 100))
    assert sent(app) == ["Not yet."]
    assert drawn(app) == rate
    button(app, "Try again").click().run()
    other = drawn(app)
    app.text_input(key="answer-drawn-1-0").set_value(str(other * 60))
    assert sent(app) == ["Right."]
    assert drawn(app) == other
    assert f"60 times {other} is {other * 60:,}." in words(app)


def test_learners_are_asked_about_different_numbers(app):
    assert len({drawn(app(3)) for _ in range(5)}) > 1


def test_a_number_that_can_mean_two_is_asked_about_and_no_answer_is_counted(app, tmp_path):
    (tmp_path / "course" / "quizzes" / "store.md").write_text("<quiz>\nIt takes [[1.5 ± 0.1 h]].\n</quiz>\n")
    app = app(0)
    app.text_input[0].set_value("1,500")
    assert sent(app) == ["1,500 can mean 1500 or 1.5: write it without the comma as 1500, or with a point as 1.5."]
    app.text_input[0].set_value("1,5")
    assert "Right." in sent(app)
