"""Texts without the marks that the glossary puts on its terms."""

import re

_MARK = re.compile(r"\[([^\]]*)\]\(#term-[\w-]+\)|<a class=\"term\"[^>]*>(.*?)</a>")


def unmarked(text: str) -> str:
    return _MARK.sub(lambda mark: mark[1] or mark[2], text)
