"""The opening: how long it takes, what it reveals, whom it follows, and what its bill is compared with."""

from lifecycle.course import address
from lifecycle.course.lessons import Control
from lifecycle.diagram.following.note import Wordings, followed
from lifecycle.learning.lessons import compared_with, view_state
from lifecycle.words import clock_s
from tests.course.lessons.test_lessons_content import HOURLY, OURS
from tests.course.talks.test_talks_content import COURSE, day
from tests.support.narrow import not_none


def test_the_opening_follows_its_order_and_compares_its_bill_with_the_hourly_jobs():
    """The gold dot is the order of the text, once the question is answered that its ribbon would answer.

    The last step's figure stands beside the bill that the text names.
    """
    opening = not_none(COURSE.lesson("opening"))
    assert [view_state(step, COURSE).follow for step in opening.steps] == [None, OURS, OURS, OURS, None, None]
    assert clock_s(day(HOURLY).born_s[OURS]) == opening.steps[0].headline[-8:]
    assert compared_with(opening.steps[-1], COURSE) == address.turned(address.State(), HOURLY, COURSE)[0]


def test_the_line_to_which_the_opening_points_has_the_times_of_its_text():
    opening, run = not_none(COURSE.lesson("opening")), day(HOURLY)
    assert "the line below the diagram has its real times" in opening.steps[1].text
    beats = followed(run, OURS, "bi", Wordings.of(COURSE), None, key="", digest="")["beats"]
    when = {stage: [beat["when"] for beat in beats if beat["stage"] == stage] for stage in ("jdbc", "lake", "bi")}
    assert when["jdbc"][0].endswith(" to 21:00:00")
    assert all(words.startswith(("21:02:", "at 21:02:")) for words in when["lake"])
    assert when["bi"][-1].endswith(" to 22:00:44")


def test_the_opening_takes_ninety_seconds_and_reveals_one_control_a_step():
    opening = not_none(COURSE.lesson("opening"))
    assert opening.minutes == 1.5
    assert [step.reveals for step in opening.steps] == [
        (),
        (Control.CLOCK,),
        (Control.SIZE,),
        (Control.TRANSFORM,),
        (Control.BREAK,),
        (Control.BILL,),
    ]
    assert opening.steps[0].headline == "You press Buy at 20:59:12"
    assert [option.text for option in opening.questions[0].options] == [
        "After one second",
        "After five minutes",
        "After an hour",
    ]
