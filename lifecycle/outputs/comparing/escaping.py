"""Names out of other people's files inside Mermaid: shown as they are spelled, never obeyed."""

from __future__ import annotations

import re

from lifecycle.words import WORD_JOINER

_PAIRED = ":$\\"  # once entities are characters, `fa:fa-bell` is an icon, `$$x$$` a formula and `\n` a new line
# All but letters, digits and marks that never mean anything: a dot could begin a list, an underscore stress a word.
_MAY_MEAN_SOMETHING = re.compile(r"[^\w ,/()]|(?<![^\W_])_|_(?![^\W_])")


def in_mermaid(name: str) -> str:
    """A name inside a quoted label: whatever could be a mark is written as Mermaid's entity for the character."""
    return _MAY_MEAN_SOMETHING.sub(lambda match: _entity(match[0]), " ".join(name.split()))


def _entity(character: str) -> str:
    """The character as an entity, apart from what follows where Mermaid would look at it again (`_PAIRED`)."""
    entity = f"#{ord(character)};"
    return entity + WORD_JOINER if character in _PAIRED else entity
