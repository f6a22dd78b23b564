"""One page with a question of every kind."""

from lifecycle.course.quizzes.reading import read_questions

PAGE = """\
<!-- question: one; level: explain; idea: decoupling -->
<quiz>
A stem: {with} #marks = ~all~ \\ of `a[0] = {b: 1}`

A second paragraph, [a link](https://example.org/?a=1&b=2) and [a place](?stage=lake).
- [ ] 50% = half: {x} <!-- misconception: mean-describes; see: ?stage=bi&view=watch -->
> No: 50% ~ #1
- [x] Right & **bold**
> Yes.
>
> - a list
- [ ] [x] is <b>no</b> tag

Because `->` points, and 3 < 4.

| a | b |
|---|---|
| 1 | ~~2~~ |
</quiz>

<!-- question: many; level: recall -->
<quiz>
Which?
- [x] a
- [x] b
- [ ] c
- [x] d
</quiz>

<!-- question: blanks -->
<quiz>
First the [[buffer]], then `the` [[data lake*]].

---
So.
</quiz>

<!-- question: number -->
<quiz>
Dry after [[75 ± 5 min]].
</quiz>

<!-- question: steps; kind: order -->
<quiz>
In order:
- [x] Read = first
- [x] Write
> Twice.
- [x] Move
</quiz>

<!-- question: pairs; kind: match -->
<quiz>
What is each good at?
- [x] Buffer → *taking* writes
- [x] Lake -> keeping = all
- [ ] changing a -> b
</quiz>

<!-- question: point; kind: click -->
<quiz>
Where?
- [x] lake
> There.
- [ ] buffer
> Handed on.
- [x] archive
</quiz>

<!-- question: flow; kind: click -->
<quiz>
Which flow?
- [x] buffer -> lake
</quiz>
"""
QUESTIONS, _PROBLEMS = read_questions(PAGE, "a.md", "place")
