"""DOT to JSON by the Graphviz that draws the diagrams; the only place of this room that starts it.

It may read no file that a graph names (`image`, `shapefile`): the variable SERVER_NAME forbids it. The engine is
`patchwork`, the only one that neither lays out edges, which takes minutes for a large graph, nor takes a node out of
its cluster because of `rank=same`, as `dot` does before it writes.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lifecycle.importing.graph import ImportProblem, TooMuch
from lifecycle.importing.json_texts import listed, mapping, read_json
from lifecycle.importing.texts import plain

TIMEOUT_S = 60.0
# Graphviz leaves out a second graph that begins on the line where the first one ends.
_NEXT = re.compile(r"\}[ \t]*(?=(?:strict[ \t]+)?(?:di)?graph\b)", re.IGNORECASE)
COMMAND = ("-q", "-Kpatchwork", "-Tdot_json")


def dot_json(text: str) -> tuple[Mapping[str, Any], ...]:
    """Each graph of the text as Graphviz gives it in JSON. Raises ImportProblem with what Graphviz says."""
    text = _NEXT.sub("}\n", text)
    program = _program()
    if program is None:
        raise ImportProblem("no Graphviz was found", "install it with `pip install graphviz-pure`, or install `dot`")
    try:
        with tempfile.TemporaryDirectory() as nowhere:
            result = subprocess.run(
                [str(program), *COMMAND], input=text.encode(), capture_output=True, timeout=TIMEOUT_S, cwd=nowhere,
                env={"SERVER_NAME": "none"}, check=False,
            )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise TooMuch(f"Graphviz took more than {TIMEOUT_S:g} s", "import a part of the graph") from error
    except OSError as error:
        raise ImportProblem(f"Graphviz cannot be started at {program}", "install it again") from error
    # It also calls an error what leaves the graph whole: an image that it may not read, a label that is no HTML.
    if result.returncode < 0 or not result.stdout or b"<stdin>: syntax error" in result.stderr:
        words = result.stderr.decode(errors="replace").replace("<stdin>: ", "").removeprefix("Error: ")
        complaint = plain(words).split("\n")[0][:200]
        what = f"Graphviz says: {complaint}" if complaint else "Graphviz stopped"
        raise ImportProblem(what, "correct the graph there")
    graphs = read_json(result.stdout.decode(errors="replace"))
    return tuple(map(mapping, listed(graphs) or [graphs]))


def _program() -> Path | None:
    """The wheel's `graphviz-pure`, wherever pip put it; else a `dot` on the path; else None."""
    for place in (Path(sysconfig.get_path("scripts")), Path(sys.executable).parent):
        for name in ("graphviz-pure", "graphviz-pure.exe"):
            if (place / name).is_file():
                return place / name
    on_path = shutil.which("graphviz-pure") or shutil.which("dot")
    return Path(on_path) if on_path else None
