"""The ways in: files that are dropped, the sample, or a copy of the course that is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from lifecycle.course import Course
from lifecycle.importing import Imported, ImportProblem, read_brought
from lifecycle.importing.opening import MOST_BYTES
from lifecycle.outputs import sketching
from lifecycle.storage import MOST_DRAFTS
from lifecycle.ui import remembered, toasts
from lifecycle.ui.components.prose import coded, plain
from lifecycle.ui.session.uploads import LIMIT_MB
from lifecycle.ui.yours import drafts

LONGEST_TITLE = 60
# Names that say nothing of the project: what lies in the file says more.
_PLAIN_NAMES = frozenset({
    "manifest", "run_results", "catalog", "sources", "target", "events", "connectors", "compose", "docker-compose",
    "readme", "dag", "dags", "graph", "pipeline",
})  # fmt: skip

WHERE = """
| You have | Bring | Where it is |
|---|---|---|
| dbt | `manifest.json`; `run_results.json` says how long each model takes | in `target/`, after any `dbt build` |
| Airflow | the DAG files, `*.py`: they are read, never run | in the folder `dags/` |
| OpenLineage | events as JSON, one a line or a list | what the transport `file` writes, or your lineage server |
| Kafka Connect | the connectors as JSON, `.properties` or Strimzi's YAML | in your deployment, or `GET /connectors` |
| Docker Compose | `compose.yaml` | beside the code |
| a drawing | Mermaid (a README with a flowchart will do) or Graphviz DOT | in your documentation |
"""


def offer(course: Course) -> None:
    """The three ways in; what cannot be read is said in one line, and whatever is open stays open."""
    times = remembered.DRAFT_BROUGHT.setdefault(0)
    files = st.file_uploader(
        "Drop the files of your pipeline, or a zip of their folder",
        accept_multiple_files=True,
        max_upload_size=LIMIT_MB,
        key=f"draft-files-{times}",
        help=f"Up to {LIMIT_MB} MB a file, and {MOST_BYTES // 2**20} MB in all, unpacked. Nothing in them is run and "
        "nothing is fetched. The page keeps what it understood of them (names, roles, flows, descriptions), not the "
        "files.",
    )
    if files:
        _read([(file.name, file.getvalue()) for file in files])
    with st.container(horizontal=True):
        st.button(
            "Open the sample",
            icon=":material/storefront:",
            on_click=lambda: drafts.begin(sketching.SAMPLE_TITLE, sketching.sample()),
            help="A small dbt project of ours: a shop that sells socks, with seven nights of its runs.",
        )
        st.button(
            "Edit a copy of this course's pipeline",
            icon=":material/content_copy:",
            on_click=lambda: drafts.begin(_cut(f"{course.pipeline.title}, a copy"), sketching.copied(course)),
            help="The pipeline of the explorer, to change as you like. The course stays as it is.",
        )


def kept() -> None:
    """The drafts that are kept, to open again or to delete."""
    heads, loose = drafts.heads(), drafts.not_kept()
    if not heads and not loose:
        return
    st.markdown("**Your drafts**")
    for name in loose:
        st.button(
            f"Open {plain(name)}, which is not kept",
            key=f"draft-loose-{name}",
            icon=":material/warning:",
            on_click=drafts.go,
            args=(name,),
            disabled=name == drafts.named(),
        )
    for head in heads:  # each with its name as the key: what is clicked while the list changes is still itself
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                f"Open {plain(head.name)}",
                key=f"draft-open-{head.name}",
                icon=":material/account_tree:",
                on_click=drafts.go,
                args=(head.name,),
                disabled=head.name == drafts.named(),
            )
            with st.popover("Delete", key=f"draft-delete-{head.name}", icon=":material/delete:", type="tertiary"):
                st.markdown(f"**{plain(head.name)}** and every change of it will be gone.")
                st.button(
                    "Delete it for good", key=f"draft-erase-{head.name}", on_click=drafts.erase, args=(head.name,)
                )
    st.caption(
        f"Up to {MOST_DRAFTS} are kept for you, under your random name, until you delete them here or erase your data "
        "on the page *Practice*, where you can also export them."
    )


def teach() -> None:
    """Before anything is open: what to bring, and where each tool keeps it."""
    st.markdown("### What you can bring", anchors=False)
    st.markdown(WHERE)
    st.caption(
        "Several files become one graph. Nothing at hand? Open the sample: a shop sells socks, its orders pass through "
        "ten dbt models at night, and in the morning three people look at what came out."
    )


def again() -> None:
    """The project as it is now, for the draft that is open: what was changed of it is changed again."""
    files = st.file_uploader(
        "Read newer files into this draft",
        accept_multiple_files=True,
        max_upload_size=LIMIT_MB,
        key=f"draft-again-{remembered.DRAFT_BROUGHT.setdefault(0)}",
        help="They take the place of what was read before, so bring every file of the project; the runs that were "
        "observed stay. Your changes are done to them again; a change of a node that is gone is listed below the "
        "picture, and waits for its return.",
    )
    if drafts.can_take_back():
        st.button(
            "Back to what was read before",
            icon=":material/history:",
            key="draft-take-back",
            on_click=drafts.take_back,
            help="The draft as it was before newer files were read; what was changed since is gone then.",
        )
    if files and (graph := _graph_of([(file.name, file.getvalue()) for file in files], "The draft stays as it is")):
        try:
            came = drafts.read_again(graph)
        except ImportProblem as problem:
            _refuse("The draft stays as it is", problem)
            return
        if came:
            toasts.say(came, icon=":material/sync:")
        _taken_in()


def _read(files: Sequence[tuple[str, bytes]]) -> None:
    if graph := _graph_of(files, "Nothing was opened"):
        drafts.begin(title_of([name for name, _ in files], graph), graph)
        _taken_in()


def _graph_of(files: Sequence[tuple[str, bytes]], otherwise: str) -> Imported | None:
    """The graph of the files; None, and a line that says why, where they cannot be read."""
    try:
        with st.spinner("Reading …"):
            return read_brought(files)
    except ImportProblem as problem:
        _refuse(otherwise, problem)
        return None


def _refuse(otherwise: str, problem: ImportProblem) -> None:
    st.error(f"{otherwise}. {coded(str(problem))}.", icon=":material/upload_file:")


def _taken_in() -> None:
    """Draw the page anew, with fields for files that are empty."""
    remembered.DRAFT_BROUGHT.put(remembered.DRAFT_BROUGHT.value + 1)
    st.rerun()


def title_of(names: Sequence[str], graph: Imported) -> str:
    """What to call a pipeline: by the first file whose name says anything, else by its package."""
    stems = (PurePath(name).stem for name in names)
    telling = next((stem for stem in stems if stem.lower().rstrip("-_ ()0123456789") not in _PLAIN_NAMES), "")
    packages = Counter(node.group.partition("/")[0] for node in graph.nodes if node.group)
    package = packages.most_common(1)[0][0] if packages else ""
    return _cut(telling or package or PurePath(names[0]).stem)


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
