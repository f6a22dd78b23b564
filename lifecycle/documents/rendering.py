# ruff: noqa: ARG002 - the rules of a renderer all take the same arguments
"""Markdown turned into what other programs show: XHTML that is safe anywhere, or plain words.

What is not wanted there is left out or shown as text: HTML is shown as it was typed, comments are dropped, a link to a
place of this app becomes its words, a picture its description.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from lifecycle.documents.markup import COMMENT, MAX_NESTING, link_fault

# In the parser's environment: what our own links begin with on the page that is made, None where it has none.
_OWN_LINKS = "own links"
# How a link to a place or a setting, or within the page, begins.
_INTERNAL = ("?", "#")


class _Safe(RendererHTML):
    """The parser's own renderer, with nothing that runs, loads or leads nowhere."""

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show a block of HTML as text; a comment is nothing."""
        shown = COMMENT.sub("", tokens[idx].content).strip()
        return f"<p>{html.escape(shown)}</p>\n" if shown else ""

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show a tag within a line as text; a comment is nothing."""
        return html.escape(COMMENT.sub("", tokens[idx].content))

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Say what the picture shows."""
        return html.escape(tokens[idx].content)

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Open a link that leads somewhere from another program, too."""
        link = tokens[idx]
        if _stays_here(link, env) and str(link.attrs["href"]).startswith("?"):
            link.attrs["href"] = f"{env[_OWN_LINKS]}{link.attrs['href']}"
        return str(self.renderToken(tokens, idx, options, env)) if _leads_on(link, env) else ""

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Close the link that was opened: links do not nest, so it is the last one."""
        opened = next(token for token in reversed(tokens[:idx]) if token.type == "link_open")
        return "</a>" if _leads_on(opened, env) else ""


def _leads_on(link: Token, env: EnvType) -> bool:
    href = str(link.attrs.get("href", ""))
    if href.startswith(_INTERNAL):
        return _stays_here(link, env)
    return ":" in href and link_fault(href) is None


def _stays_here(link: Token, env: EnvType) -> bool:
    return env.get(_OWN_LINKS) is not None and str(link.attrs.get("href", "")).startswith(_INTERNAL)


def _parser() -> MarkdownIt:
    settings = {"maxNesting": MAX_NESTING, "html": True, "xhtmlOut": True}
    return MarkdownIt("commonmark", settings, renderer_cls=_Safe).enable(["table", "strikethrough"])


_PARSER = _parser()


def parsed(markdown: str) -> list[Token]:
    """The parser's tokens, for another form of the same text."""
    return _PARSER.parse(markdown)


def as_html(markdown: str, *, inline: bool = False, own_links: str | None = None) -> str:
    """The Markdown as XHTML, in paragraphs or, with `inline`, as the inside of one; never raises.

    With `own_links` a link to a place or a setting of this app, `?stage=lake`, is kept behind those letters, as
    `#?stage=lake`, and one within the page, `#source-2`, as it is.
    """
    environment = {_OWN_LINKS: own_links}
    try:
        made = (_PARSER.renderInline if inline else _PARSER.render)(markdown, environment)
    except Exception:  # a fault of the parser on strange input: the text as it is
        made = html.escape(markdown)
    return str(made).strip()


@lru_cache(maxsize=4096)  # some thousand short texts: what is weak about a question asks for each of its texts often
def as_text(markdown: str) -> str:
    """The words of the Markdown without its marks, a line for each of its blocks; never raises."""
    try:
        blocks = ["".join(_words(token)) for token in parsed(markdown)]
    except Exception:
        return markdown.strip()
    return "\n".join(filter(None, (block.strip() for block in blocks)))


def _words(token: Token) -> Iterator[str]:
    if token.type in ("text", "code_inline", "fence", "code_block", "image"):
        yield token.content
    elif token.type in ("softbreak", "hardbreak"):
        yield " "
    elif token.type in ("html_inline", "html_block"):
        yield COMMENT.sub("", token.content)
    if token.type != "image":
        for child in token.children or ():
            yield from _words(child)
