"""A lesson on the small course, whole and well."""

HEAD = "---\ntitle: A lesson\nsummary: One sentence.\nminutes: {minutes}\norder: 2\n---\n"
CLOSING = """
## One more
<!-- ask: store-truth -->

## And one
<!-- ask: whole-truth -->

## The last
<quiz>
Which?
- [x] This
- [ ] That
</quiz>
"""
GOOD = (
    HEAD.format(minutes=8)
    + """
## Watch the clock
<!-- step: view: ?moment=7000; plays: yes; reveals: clock; until: moment 7200 -->

The job comes at two.

- It is a *caption*

```
code
```

## Turn it
<!-- step: view: ?moment=7000; reveals: size, start; until: set size=stream -->

## Open it
<!-- step: reveals: stage, break; until: stage store -->

## Break it
<!-- step: view: ?scenario=rush; until: broken store -->

## Guess
<!-- predict: born; figure: events.born; view: ?scenario=rush; unit: events; low: 0; high: 2000 -->
"""
    + CLOSING
)
