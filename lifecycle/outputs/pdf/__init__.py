"""What is made to be printed or kept: certificate, hand-outs, pictures. The only room with reportlab."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lifecycle.outputs.pdf.certificate import certificate_pdf, honest_words
    from lifecycle.outputs.pdf.classes import class_pdf, slips_pdf
    from lifecycle.outputs.pdf.scene import Scene
    from lifecycle.outputs.pdf.stage import stage_pdf
    from lifecycle.outputs.pdf.step import step_svg
    from lifecycle.outputs.pdf.talk import talk_pdf
    from lifecycle.outputs.pdf.view import chart_svg, view_pdf, view_svg

_HOMES = {
    "Scene": "scene",
    "certificate_pdf": "certificate",
    "chart_svg": "view",
    "class_pdf": "classes",
    "honest_words": "certificate",
    "slips_pdf": "classes",
    "stage_pdf": "stage",
    "step_svg": "step",
    "talk_pdf": "talk",
    "view_pdf": "view",
    "view_svg": "view",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for and not before: every page offers papers, and starts without what prints them."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Scene",
    "certificate_pdf",
    "chart_svg",
    "class_pdf",
    "honest_words",
    "slips_pdf",
    "stage_pdf",
    "step_svg",
    "talk_pdf",
    "view_pdf",
    "view_svg",
]
