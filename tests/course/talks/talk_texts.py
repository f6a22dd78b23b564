"""A talk, and a bank of questions that it may ask."""

from lifecycle.course.quizzes.reading import read_questions
from tests.support.small_course import FILES

HEAD = "---\ntitle: A talk\nsummary: One sentence.\nminutes: {minutes}\norder: 2\n---\n"
GOOD = (
    HEAD.format(minutes=7)
    + """
## The store fills
<!-- step: view: ?scenario=rush&stage=store&view=watch&moment=14400; plays: yes;
     show: diagram, panel, chart freshness; minutes: 1.5 -->

A sentence for the hall,
over two lines.

- The first point
- the second,
  which goes on

> Notes with **marks**.
>
> - and a list

<!-- ask: store-truth; rounds: 2 -->

## Words alone
<!-- step: show: text; minutes: 3 -->
<!-- the author's own remark -->

Words.

<!-- question: own-one; rounds: 2 -->
<quiz>
Which?
- [x] This
- [ ] That
</quiz>

## How old is it?
<!-- step: minutes: 1.5 -->
<!-- predict: p95 freshness at the report; figure: consumers.report.freshness_s.p95 / 60; view: ?size=stream;
     unit: min; low: 0; high: 120 -->

## The diagram at rest
"""
)
BANK = {
    question.id: question
    for question in read_questions(
        FILES["quizzes/store.md"]
        + """
<!-- question: two-right -->
<quiz>
Which?
- [x] This
- [x] That
- [ ] No
</quiz>
<!-- question: a-number -->
<quiz>
It takes [[75 ± 5 min]].
</quiz>
<!-- question: a-word -->
<quiz>
It is a [[lake]].
</quiz>
<!-- question: two-numbers -->
<quiz>
Between [[7 ± 1]] and [[9 ± 1]].
</quiz>
<!-- question: a-click; kind: click -->
<quiz>
Where?
- [x] store
</quiz>
<!-- question: an-order; kind: order -->
<quiz>
In order?
- [x] one
- [x] two
</quiz>
<!-- question: a-match; kind: match -->
<quiz>
Which?
- [x] a → b
- [x] c → d
</quiz>
""",
        "quizzes/store.md",
        "store",
    )[0]
}
