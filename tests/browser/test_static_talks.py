"""The offline copy: its talks, and numbers read and written as Python does."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qsl

from playwright.sync_api import Page, expect

from lifecycle import words
from lifecycle.classroom import rehearsal
from lifecycle.course.quizzes.kinds.blank import hashed, normalised
from lifecycle.course.quizzes.numbers import UNITS, accepted_number, doubt_in
from lifecycle.outputs.offline import asking
from lifecycle.outputs.offline.page import TYPING
from lifecycle.words import measured
from tests.browser.offline_copy import question_of, right

ROOT = Path(__file__).parents[2]
CHANGES = [(1, 2), (2, 1), (0, 5), (3, 3), (1, 3.2), (100, 99.96), (3600, 3), (7, 7.3), (100, 0.01), (5, 0)]
TIMES_S = [0, 0.001, 0.0123, 0.5, 1, 1.04, 9.9, 12, 99, 120, 3500, 3599, 3600, 5000, 90_000, 172_800, 400_000]
NUMBERS = [0, 0.25, 0.123, 1.5, 12, 99.9, 100, 3400, 9999, 12_345, 120_000, 1_234_567]
TYPED = {
    "75 ± 5 % min": ["75", "1.25 h", "4500 s", "78.7 min", "80", "75 GB", "", "min", "−75"],
    "lake": [" Lake ", "lak"],
}
SAY = """(asked) => {
    window.headwaters = (() => { %FRAMES; return { duration, number }; })();
    %s
    const say = { change, duration, number, hashed, fits, doubt };
    return asked.map(([name, ...values]) => say[name](...values));
}"""


def fits(typed: str, accepted: str) -> bool:
    number = accepted_number(accepted)
    return normalised(typed) == normalised(accepted) or bool(number and number.fits(typed))


def test_a_talk_is_read_step_by_step_with_its_views_and_a_reload_stays(stick, copied):
    talk = next(each for each in copied.talks if each.id == "push-or-pull")
    page = stick(f"#talk={talk.id}")
    headline = page.locator(".talk-step.on h3")
    for nth, step in enumerate(talk.steps[:3], 1):
        expect(headline).to_have_text(step.headline)
        expect(page.locator("#talk-where")).to_have_text(f"Step {nth} of {len(talk.steps)}")
        for name, value in parse_qsl(step.view.removeprefix("?")):
            if name in ("start", "size", "transform"):
                expect(page.locator(f"#{name} input:checked")).to_have_value(value)
        page.keyboard.press("ArrowRight") if nth > 1 else page.get_by_role("button", name="Next", exact=True).click()
    expect(headline).to_be_focused()
    page.reload()
    expect(headline).to_have_text(talk.steps[3].headline)
    page.get_by_role("button", name="Leave the talk").click()
    expect(page.locator("#talk")).to_be_hidden()
    assert "talk=" not in page.url


def test_a_talks_questions_are_answered_and_revealed_and_its_predictions_told(stick, copied):
    talk = next(each for each in copied.talks if each.id == "push-or-pull")
    page = stick(f"#talk={talk.id}&step=4")
    truth = rehearsal.truth(talk.steps[3].ask.predict, copied)
    page.get_by_role("button", name="Show what the simulation says").click()
    expect(page.locator("#talk-ask")).to_contain_text(f"Simulated: {measured(truth, 'min')}.")
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="Next", exact=True).click()
    asked = page.locator("#talk-ask")
    expect(asked.locator(".explanation")).to_have_count(0)
    asked.get_by_role("button", name="Show the answer").click()
    expect(asked.locator(".explanation")).to_be_visible()
    asked.locator("input").first.check()
    asked.get_by_role("button", name="Check").click()
    expect(asked.locator(".verdict")).to_be_focused()


def doubted(case) -> str:
    return doubt_in(case["typed"], accepted_number(case["accepted"]).unit)


def test_a_number_that_can_mean_two_is_asked_about_and_not_counted(stick, copied):
    place, nth, _ = question_of(copied, "blank", number=True)
    page = stick(f"#stage={place}&view=quiz")
    page.locator(".numbers button").nth(nth).click()
    page.locator("input.blank").first.fill("1,500")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".missing")).to_contain_text("1,500 can mean 1500 or 1.5")
    expect(page.locator(".verdict")).to_have_count(0)


def test_the_page_says_figures_and_takes_numbers_as_python_does(page: Page):
    page.set_content(
        f"<script type='application/json' id='course'>{json.dumps({'units': UNITS, 'typed': TYPING})}</script>"
    )
    long = "wärme" * 30
    calls = [
        *((("change", *pair), words.change(*pair)) for pair in CHANGES),
        *((("duration", time_s), words.duration(time_s)) for time_s in TIMES_S),
        *((("number", value), words.number(value)) for value in NUMBERS),
        *(
            (("fits", one, asking._blank(key, "id"), "id"), fits(one, key))
            for key, typed in TYPED.items()
            for one in typed
        ),
        *(
            ((name, case["typed"], asking._blank(case["accepted"], "id"), "id"), said(case))
            for case in json.loads((ROOT / "tests/typed_numbers.json").read_text(encoding="utf-8"))
            for name, said in (("fits", right), ("doubt", doubted))
        ),
        (("hashed", long, "salt"), hashed(long, "salt")),
    ]
    script = (ROOT / "lifecycle/outputs/offline/page/1-words.js").read_text(encoding="utf-8")
    frames = (ROOT / "lifecycle/diagram/living/1-frames.js").read_text(encoding="utf-8")
    said = page.evaluate(SAY.replace("%FRAMES", frames).replace("%s", script), [call for call, _ in calls])
    assert list(zip((call for call, _ in calls), said, strict=True)) == calls
