"""A draft taken home: the folder of its course as a zip, file for file what `import --out` writes."""

from __future__ import annotations

import io
import zipfile

from lifecycle.course.pipeline_file import network_of
from lifecycle.importing import Imported
from lifecycle.importing.drafting import Draft, slug
from lifecycle.importing.writing import new_files

UNNAMED = "our-course"  # where a title has no letter that a path can have everywhere


def folder_name(title: str) -> str:
    """What the folder of a course with this title is called, and its zip but for the ending."""
    return slug(title) or UNNAMED


def archive(draft: Draft, read: Imported, *, taught: bool) -> bytes:
    """The folder with all its files, `taught` with days, questions and a tour; the same bytes for the same draft.

    `read` is the graph before anything was changed by hand: importing it into the folder again keeps what was changed.
    ValueError in words where no day of it can be simulated.
    """
    packed, top = io.BytesIO(), folder_name(draft.title)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for path, text in new_files(draft, network_of, taught=taught, read=read).items():
            folder.writestr(zipfile.ZipInfo(f"{top}/{path}"), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
