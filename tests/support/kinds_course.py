"""A small course whose store asks one question of each kind, for the page's tests."""

from pathlib import Path

from tests.support.small_course import write_course

IDEAS = """
ideas: [{id: order, label: Order, about: What comes first.}]
misconceptions: [{id: copy-first, idea: order, label: The copy comes first.}]
"""
QUIZ = """
<!-- question: steps; kind: order -->
<quiz>
In which order?
- [x] orders
- [x] copy
- [x] store

Along the flow.
</quiz>

<!-- question: pairs; kind: match -->
<quiz>
What is what?
- [x] Orders → a source
- [x] Store → a warehouse
- [ ] a lake
</quiz>

<!-- question: where; kind: click -->
<quiz>
Where does it run every hour?
- [x] copy
- [x] copy -> store
- [ ] orders <!-- misconception: copy-first; see: ?stage=orders&view=watch -->
> Orders come when they like.
</quiz>

<!-- question: drawn; draw: rate 10 in 10..90 by 1; answer: rate * 60 -->
<quiz>
10<!-- = rate --> a second: how many a minute? [[600 ± 1 %]]

---
60 times 10<!-- = rate --> is 600<!-- = rate * 60 -->.
</quiz>
"""


def kinds_course(folder: Path) -> Path:
    """Write it into `folder`."""
    return write_course(folder, {"quizzes/store.md": QUIZ, "ideas.yaml": IDEAS})
