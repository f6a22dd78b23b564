"""What is made to be printed or kept: certificate, hand-outs, pictures. The only room with reportlab."""

from lifecycle.outputs.pdf.certificate import certificate_pdf, honest_words
from lifecycle.outputs.pdf.classes import class_pdf, slips_pdf
from lifecycle.outputs.pdf.scene import Scene
from lifecycle.outputs.pdf.stage import stage_pdf
from lifecycle.outputs.pdf.step import step_svg
from lifecycle.outputs.pdf.talk import talk_pdf
from lifecycle.outputs.pdf.view import chart_svg, view_pdf, view_svg

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
