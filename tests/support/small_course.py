"""A small whole course, for tests to break in one place at a time."""

from collections.abc import Mapping
from pathlib import Path

PIPELINE = """\
title: Orders
zones:
  - {id: shop, label: The shop}
  - {id: office, label: The office}
stages:
  - {id: orders, zone: shop, label: Orders, role: source}
  - {id: copy, zone: shop, label: Nightly copy, role: ingestion}
  - {id: store, zone: office, label: Store, role: warehouse}
  - {id: report, zone: office, label: Report, role: consumer}
flows:
  - {from: orders, to: copy}
  - {from: copy, to: store}
  - {from: store, to: report}
  - {from: report, to: orders, loop: true}
undercurrents:
  - {id: access, label: Access, acts: {store: Who reads what.}}
"""
STAGE = "---\ntitle: {title}\nsummary: One sentence.\n---\n\n## What it is\n\nText.\n"
QUIZ = """\
<!-- question: {place}-truth; level: recall -->
<quiz>
Which one?
- [x] This one
> Yes.
- [ ] That one
> Tempting, but no.

Because.
</quiz>
"""
BRIEF = "## Story\n\nPlanes.\n\n## Question\n\nWhen?\n\n## Try\n\n- Look.\n- Look again.\n\n## See\n\nPlanes.\n"
SCENARIO = """\
---
title: A rush
order: 1
arrivals: spike
events: 1000
spike: {at: "12:00", length: "00:30", factor: 8}
start: push
faults:
  - {kind: slow, stage: store, from: "12:00", to: "14:00", factor: 0.5}
figures: {"copy.batch_interval_s": 600}
---

## Story

Everybody comes at noon.

## Question

Where do they wait?

## Try

1. Watch the store.
2. Let the copy run [every hour](?knobs=copy.batch_interval_s:3600&size=stream).

## See

The store fills.
"""
REAL_DAY = "---\ntitle: A real day\norder: 2\narrivals: real-day\ntrace: flights\nevents: 500\n---\n" + BRIEF
TRACE = "# name: Flights\n# licence: CC0\ntime_s,weight\n60,1\n3600,2\n"
TRANSFER = """\
---
title: An hourly job
gives: Simple.
costs: Old data.
---

The job asks.

```mermaid
sequenceDiagram
    P->>S: what is new?
    S-->>P: rows
```
"""
FILES = {
    "pipeline.yaml": PIPELINE,
    **{f"stages/{id}.md": STAGE.format(title=id.title()) for id in ("orders", "copy", "store", "report", "access")},
    "quizzes/store.md": QUIZ.format(place="store"),
    "lifecycle.md": STAGE.format(title="The whole"),
    "quizzes/lifecycle.md": QUIZ.format(place="whole"),
    "scenarios/rush.md": SCENARIO,
    "scenarios/real.md": REAL_DAY,
    "transfers/pull-batch.md": TRANSFER,
    "traces/flights.csv": TRACE,
}


def write_course(folder: Path, changed: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the course into `folder`; `changed` replaces files, None leaves one out."""
    for name, text in {**FILES, **(changed or {})}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
