"""What is made to be printed or kept: certificate, hand-outs, pictures. The only room with reportlab and segno."""

from lifecycle.papers.certificate import certificate_pdf, honest_words

__all__ = ["certificate_pdf", "honest_words"]
