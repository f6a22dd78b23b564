"""The script that films the diagram's clock, handed out under a digest of its bytes when a film is first asked for."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from lifecycle.diagram.living import film_script
from lifecycle.diagram.living.message import SentFilm

# Where the server hands it out: this, and its version.
FILM = "film"


@lru_cache(maxsize=1)
def film_version() -> str:
    """What the script's address names it by: with other bytes it has another one."""
    return hashlib.sha256(film_script().encode()).hexdigest()[:12]


def sent(site: str, caption: str, address: str, *, public: bool) -> SentFilm:
    """What the diagram is told: where the script is, what is on screen in words, and the address that shows it, which
    other machines find or not."""
    return {"source": f"{site}/{FILM}/{film_version()}.js", "caption": caption, "address": address, "public": public}
