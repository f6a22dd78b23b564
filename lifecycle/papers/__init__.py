"""What is made to be printed or kept: certificate, hand-outs, pictures. The only room with reportlab."""

from lifecycle.papers.certificate import certificate_pdf, honest_words
from lifecycle.papers.classes import class_pdf, slips_pdf
from lifecycle.papers.scene import Scene
from lifecycle.papers.stage import stage_pdf
from lifecycle.papers.step import step_svg
from lifecycle.papers.talk import talk_pdf
from lifecycle.papers.view import chart_svg, view_pdf, view_svg

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
